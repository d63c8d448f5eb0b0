// `yumen find`: detection as a filter, text in, places out. Law: answers say where and what kind, never the text;
// every line gets an answer or an error of its own, and an error names the line, not its words.

import type { Command } from "commander";

const EXAMPLES = `
Input: JSON lines {"id","text"} or {"id","json"}; "json" is the document as a string
Output: {"id","spans":[{"start","end","type","path"?}]}
        offsets in UTF-16 units of the text, or of the string at that JSON Pointer

Examples:
  yumen find texts.jsonl
  echo '{"id":1,"text":"call 13800138000"}' | yumen find -

Exit codes: 0 fine, 2 some line could not be read.`;

interface Line {
  readonly id: string | number;
  readonly text?: string;
  readonly json?: string;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly path?: string;
}

type Look = (line: Line) => Place[];

export function register(program: Command): void {
  program
    .command("find")
    .description("find personal information: JSONL in, JSONL out")
    .argument("<file>", "JSONL of {id, text} or {id, json}; - for standard input")
    .option("--json", "print JSON (the default here)")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string) => {
      process.exitCode = await run(file);
    });
}

/** @returns the exit code. */
async function run(file: string): Promise<number> {
  const { createReadStream } = await import("node:fs");
  const { createInterface } = await import("node:readline");
  try {
    const look = await looker();
    const input = file === "-" ? process.stdin : createReadStream(file);
    // An unreadable file must reject the loop below: readline alone would only end.
    const failed = new Promise<never>((_, reject) => input.once("error", reject));
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    return await Promise.race([findLines(lines, file, look), failed]);
  } catch (error) {
    process.stderr.write(`yumen find: ${(error as Error).message}\n`);
    return 2;
  }
}

async function findLines(lines: AsyncIterable<string>, file: string, look: Look): Promise<number> {
  let number = 0;
  let bad = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    try {
      const parsed = parseLine(line);
      process.stdout.write(`${JSON.stringify({ id: parsed.id, spans: look(parsed) })}\n`);
    } catch (error) {
      bad += 1;
      process.stderr.write(`${file}:${number}: ${(error as Error).message}\n`);
    }
  }
  return bad === 0 ? 0 : 2;
}

async function looker(): Promise<Look> {
  const { decode } = await import("../decode/decode.ts");
  const { find, findInText } = await import("../find/find.ts");
  const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  return ({ text, json }) => {
    if (text !== undefined) return findInText(text, "strict").map(({ start, end, type }) => ({ start, end, type }));
    const doc = decode({ ...request, body: Buffer.from(json!) }, [], { bodyBytesMax: Number.MAX_SAFE_INTEGER });
    if ("code" in doc) throw new TypeError(`${doc.code}: ${doc.detail}`);
    return find(doc, "strict").map(({ start, end, type, path }) => ({ start, end, type, path }));
  };
}

/** @throws TypeError without a word of the line: JSON.parse's own message would quote it. */
function parseLine(line: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TypeError("not a line of JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("not a JSON object");
  const { id, text, json } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" && typeof id !== "number") throw new TypeError('"id" must be a string or a number');
  if (typeof text === "string" && json === undefined) return { id, text };
  if (typeof json === "string" && text === undefined) return { id, json };
  throw new TypeError('one of "text" and "json" must be a string');
}
