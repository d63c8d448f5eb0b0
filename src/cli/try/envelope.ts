// A file and flags → the request they stand for, written down as POST /v1/decide takes it: tried here or by a gate, it
// is read by the same reader.

import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Options } from "../try.ts";

/** JSON, UTF-8. */
export type Written = Buffer;

export async function writeDown(file: string, options: Options): Promise<Written> {
  const body = file === "-" ? await buffer(process.stdin) : await readFile(file);
  const { destination, method, path, subject, purpose, conversation, exporter, contentType = labelOf(body) } = options;
  const headers = body.byteLength === 0 ? {} : { "content-type": contentType };
  const said = { subject, purpose, conversation, exporter };
  return Buffer.from(JSON.stringify({ destination, method, path, headers, base64: body.toString("base64"), ...said }));
}

function labelOf(body: Buffer): string {
  if (!isUtf8(body)) return "application/octet-stream";
  try {
    JSON.parse(body.toString());
    return "application/json";
  } catch {
    // broken JSON is for the gate to refuse
    return /^\s*[[{]/.test(body.toString("utf8", 0, 64)) ? "application/json" : "text/plain; charset=utf-8";
  }
}
