// A body with files in it, opened as io opens them, in this thread, and looked at.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "../../src/decode/decode.ts";
import { find } from "../../src/find/find.ts";
import { openFile } from "../../src/io/extract/file.ts";
import { plainParts } from "../../src/io/extract/plain.ts";
import type { Doc, Enclosed, Opened, Unreadable } from "../../src/words.ts";

const LIMITS = { bodyBytesMax: 8 << 20 };

export const made = (name: string): Buffer => readFileSync(join(import.meta.dirname, name));

/** The only member of a JSON object: `/file`. */
export const inJson = (file: Uint8Array): string => JSON.stringify({ file: Buffer.from(file).toString("base64") });

/** As io opens them, one after the other. */
export async function opened(enclosed: readonly Enclosed[]): Promise<Opened[]> {
  const files = await open(enclosed);
  if ("code" in files) throw new Error(files.detail);
  return files;
}

async function open(enclosed: readonly Enclosed[]): Promise<Opened[] | Unreadable> {
  const opened: Opened[] = [];
  for (const file of enclosed) {
    const parts = plainParts(file) ?? (await openFile(file.bytes, LIMITS.bodyBytesMax));
    if ("code" in parts) return parts;
    opened.push({ raw: file.raw, parts });
  }
  return opened;
}

export async function read(body: string | Uint8Array, contentType = "application/json"): Promise<Doc | Unreadable> {
  const leaving = { method: "POST", target: "/", contentType, contentEncoding: "", body: Buffer.from(body) };
  const first = decode(leaving, [], LIMITS);
  if (!("code" in first) || first.enclosed === undefined) return first;
  const opened = await open(first.enclosed);
  return "code" in opened ? opened : decode(leaving, [], LIMITS, opened);
}

/** `value path` of what was found, `class path: kind` of what nobody read, in order of their letters. */
export async function seen(body: string | Uint8Array, contentType?: string): Promise<string[]> {
  const doc = await read(body, contentType);
  if ("code" in doc) return [`${doc.code}: ${doc.detail}`];
  const found = find(doc, "strict").map(({ original, path }) => `${original.reveal()} ${path}`);
  return [...found, ...(doc.unread ?? []).map((one) => `${one.class} ${one.path}: ${one.kind}`)].sort();
}
