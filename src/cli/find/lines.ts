// JSON lines in, JSON lines out. Law: the formats are fixed, other tools call them; a bad line is named, not quoted,
// and silences no other.

import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Input, Look } from "./look.ts";

/** @param file for messages. @returns the exit code; rejects when the input cannot be read at all. */
export async function findLines(input: Readable, file: string, look: Look): Promise<number> {
  // An unreadable file must reject: readline alone would only end.
  const failed = new Promise<never>((_, reject) => input.once("error", reject));
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  return Promise.race([answerLines(lines, file, look), failed]);
}

async function answerLines(lines: AsyncIterable<string>, file: string, look: Look): Promise<number> {
  let number = 0;
  let bad = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    try {
      const input = parseLine(line);
      process.stdout.write(`${JSON.stringify({ id: input.id, spans: look(input).spans })}\n`);
    } catch (error) {
      bad += 1;
      process.stderr.write(`${file}:${number}: ${(error as Error).message}\n`);
    }
  }
  return bad === 0 ? 0 : 2;
}

/** @throws TypeError without a word of the line: JSON.parse's own message would quote it. */
function parseLine(line: string): Input {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new TypeError("not a line of JSON (for plain text: --as text, for a document: --as json)");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("not a JSON object");
  const { id, text, json } = value as Readonly<Record<string, unknown>>;
  if (typeof id !== "string" && typeof id !== "number") throw new TypeError('"id" must be a string or a number');
  if (typeof text === "string" && json === undefined) return { id, text };
  if (typeof json === "string" && text === undefined) return { id, json };
  throw new TypeError('one of "text" and "json" must be a string');
}
