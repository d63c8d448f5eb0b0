// The records of a file, one after another. Law: flat memory; what is no record is told by its line and a code.

import { createReadStream } from "node:fs";
import { CannotRun } from "../ask.ts";
import { CsvFault, createCsv, type Row } from "./csv.ts";

export interface SourceLine {
  readonly line: number;
  /** Absent: it is none, for this reason. */
  readonly record?: unknown;
  readonly wrong?: string;
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

export interface Form {
  readonly format: "csv" | "ndjson";
  readonly encoding: "utf-8" | "gb18030";
  readonly delimiter: string;
}

/** @throws CannotRun: unreadable, another encoding, a header that repeats itself, a row that does not end. */
export async function* recordsOf(path: string, form: Form): AsyncGenerator<SourceLine> {
  const decoder = new TextDecoder(form.encoding, { fatal: true });
  const reader = form.format === "csv" ? csvReader(form.delimiter) : ndjsonReader();
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path)) {
      bytes += (chunk as Buffer).length;
      for (const one of reader.push(decoder.decode(chunk as Buffer, { stream: true }))) yield { ...one, bytes };
    }
    for (const one of reader.push(decoder.decode())) yield { ...one, bytes };
    for (const one of reader.flush()) yield { ...one, bytes };
  } catch (error) {
    throw readable(error, form.encoding);
  }
}

function readable(error: unknown, encoding: string): unknown {
  if (error instanceof CsvFault) return new CannotRun(`${error.message}: is a quote never closed?`);
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return new CannotRun(`the file is not ${encoding}: the mapping's \`encoding\` is utf-8 or gb18030`);
  if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
    return new CannotRun(`cannot read the file: ${code}`);
  return error;
}

type Read = Omit<SourceLine, "bytes">;

interface Reader {
  push(text: string): Iterable<Read>;
  flush(): Iterable<Read>;
}

function csvReader(delimiter: string): Reader {
  const csv = createCsv(delimiter);
  let header: readonly string[] | null = null;
  const read = function* (rows: Iterable<Row>): Generator<Read> {
    for (const { line, fields } of rows) {
      if (header === null) header = headerOf(fields);
      else if (fields.length !== header.length) yield { line, wrong: "fields_differ" };
      else yield { line, record: recordOf(header, fields) };
    }
  };
  return {
    push: (text) => read(csv.push(text)),
    flush() {
      const row = csv.flush();
      return read(row === null ? [] : [row]);
    },
  };
}

function headerOf(fields: readonly string[]): readonly string[] {
  const names = fields.map((field) => field.trim().replace(/^\ufeff/, ""));
  if (new Set(names).size !== names.length) throw new CannotRun("two columns have one name");
  return names;
}

function recordOf(names: readonly string[], fields: readonly string[]): object {
  const record: Record<string, string> = Object.create(null);
  for (const [i, name] of names.entries()) record[name] = fields[i]!;
  return record;
}

function ndjsonReader(): Reader {
  let rest = "";
  let line = 0;
  const read = (text: string): Read | null => {
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
      if (rest.length > 1_048_576) throw new CannotRun(`line ${line + 1} is longer than 1 MiB`);
    },
    flush() {
      const one = rest === "" ? null : read(rest);
      return one === null ? [] : [one];
    },
  };
}
