// A file of identifiers, in portions that a request has room for. Law: memory does not grow with the file, and no
// message repeats a line.

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { CannotRun } from "../shown/cannot-run.ts";

export interface Identifier {
  readonly type: string;
  readonly value: string;
}

const IDENTIFIERS_MAX = 1_000;
/** Of the gate's 64 KiB. */
const BYTES_MAX = 56_000;

/** @param file `-`: standard input. @throws CannotRun with the number of the line that is none. */
export async function* identifiersIn(file: string): AsyncGenerator<readonly Identifier[]> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  let [portion, bytes, line]: [Identifier[], number, number] = [[], 0, 0];
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() === "") continue;
      const one = identifierOf(text.trim(), line);
      const size = Buffer.byteLength(JSON.stringify(one)) + 1;
      if (portion.length === IDENTIFIERS_MAX || bytes + size > BYTES_MAX) {
        yield portion;
        [portion, bytes] = [[], 0];
      }
      portion.push(one);
      bytes += size;
    }
  } catch (error) {
    if (error instanceof CannotRun || (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CannotRun(`读不了 ${file}`, `cannot read ${file}`);
  }
  if (portion.length > 0) yield portion;
}

function identifierOf(text: string, line: number): Identifier {
  const one = text.startsWith("{") ? parsed(text) : split(text);
  const { type, value } = (one ?? {}) as Partial<Record<keyof Identifier, unknown>>;
  if (typeof type === "string" && typeof value === "string" && type !== "" && value !== "") return { type, value };
  throw new CannotRun(
    `第 ${line} 行不是标识：应为 {"type","value"} 或 <种类>:<值>`,
    `line ${line} is no identifier: {"type","value"} or <type>:<value> is wanted`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function split(text: string): Identifier | null {
  const colon = text.indexOf(":");
  return colon < 1 ? null : { type: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}
