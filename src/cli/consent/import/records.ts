// The records of a file, one after another. Law: flat memory; what is no record is told by its line and a code.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { CannotRun } from "../../shown/cannot-run.ts";
import { CsvFault, createCsv, type Row } from "./csv.ts";

export interface SourceLine {
  readonly line: number;
  /** Of a CSV, as its header says; absent of NDJSON. */
  readonly fields?: readonly string[];
  /** Of NDJSON. */
  readonly record?: unknown;
  /** It is no record, for this reason. */
  readonly wrong?: string;
}

/** What one piece of the file ended. */
export interface Piece {
  readonly lines: readonly SourceLine[];
  /** Names of the columns; empty of NDJSON. */
  readonly names: readonly string[];
  /** Of the file, read so far. */
  readonly bytes: number;
  /** Of these bytes, as hex. */
  digest(): string;
}

const CHUNK_BYTES = 65_536;

export interface Form {
  readonly format: "csv" | "ndjson";
  readonly encoding: "utf-8" | "gb18030";
  readonly delimiter: string;
}

/** @throws CannotRun: unreadable, another encoding, a header that repeats itself, a row that does not end. */
export async function* piecesOf(path: string, form: Form): AsyncGenerator<Piece> {
  const decoder = new TextDecoder(form.encoding, { fatal: true });
  const reader = form.format === "csv" ? csvReader(form.delimiter) : ndjsonReader();
  const hash = createHash("sha256");
  let bytes = 0;
  const pieceOf = (lines: readonly SourceLine[]): Piece => {
    return { lines, names: reader.names(), bytes, digest: () => hash.copy().digest("hex") };
  };
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      yield pieceOf([...reader.push(decoder.decode(chunk as Buffer, { stream: true }))]);
    }
    yield pieceOf([...reader.push(decoder.decode()), ...reader.flush()]);
  } catch (error) {
    throw readable(error, form.encoding);
  }
}

function readable(error: unknown, encoding: string): unknown {
  if (error instanceof CsvFault) {
    const { line } = error;
    return new CannotRun(
      `从第 ${line} 行开始的一行没有结束，或超过 65,536 个字符：是不是有引号没有配对？`,
      `line ${line} begins a row that does not end, or is longer than 65,536 characters: is a quote never closed?`,
    );
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return new CannotRun(
      `文件不是 ${encoding} 编码：映射里的 \`encoding\` 可写 utf-8 或 gb18030`,
      `the file is not ${encoding}: the mapping's \`encoding\` is utf-8 or gb18030`,
    );
  return unreadable(code) ?? error;
}

/** @returns null: something else went wrong. */
export function unreadable(code: string | undefined): CannotRun | null {
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return null;
  return new CannotRun(`读不了这个文件：${code}`, `cannot read the file: ${code}`);
}

export function nothingIn(): CannotRun {
  return new CannotRun("文件里没有记录", "there is no record in the file");
}

interface Reader {
  push(text: string): Iterable<SourceLine>;
  flush(): Iterable<SourceLine>;
  names(): readonly string[];
}

function csvReader(delimiter: string): Reader {
  const csv = createCsv(delimiter);
  let header: readonly string[] | null = null;
  const read = function* (rows: Iterable<Row>): Generator<SourceLine> {
    for (const { line, fields } of rows) {
      if (header === null) header = headerOf(fields);
      else if (fields.length !== header.length) yield { line, wrong: "fields_differ" };
      else yield { line, fields };
    }
  };
  return {
    push: (text) => read(csv.push(text)),
    flush() {
      const row = csv.flush();
      return read(row === null ? [] : [row]);
    },
    names: () => header ?? [],
  };
}

function headerOf(fields: readonly string[]): readonly string[] {
  const names = fields.map((field) => field.trim().replace(/^\ufeff/, ""));
  if (new Set(names).size !== names.length) throw new CannotRun("有两列同名", "two columns have one name");
  return names;
}

/** Of a CSV's row. */
export function recordOf(names: readonly string[], fields: readonly string[]): object {
  const record: Record<string, string> = Object.create(null);
  for (const [i, name] of names.entries()) record[name] = fields[i]!;
  return record;
}

function tooLong(line: number): CannotRun {
  return new CannotRun(`第 ${line} 行超过 1 MiB`, `line ${line} is longer than 1 MiB`);
}

function ndjsonReader(): Reader {
  let rest = "";
  let line = 0;
  const read = (text: string): SourceLine | null => {
    line += 1;
    const whole = text.trim();
    if (whole === "") return null;
    try {
      return { line, record: JSON.parse(whole) as unknown };
    } catch {
      return { line, wrong: "request_malformed" };
    }
  };
  return {
    *push(text) {
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        const one = read(rest + text.slice(from, at));
        rest = "";
        from = at + 1;
        if (one !== null) yield one;
      }
      rest += text.slice(from);
      if (rest.length > 1_048_576) throw tooLong(line + 1);
    },
    flush() {
      const one = rest === "" ? null : read(rest);
      return one === null ? [] : [one];
    },
    names: () => [],
  };
}
