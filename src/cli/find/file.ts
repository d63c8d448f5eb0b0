// An office file, a PDF, an archive → a document with its texts. Law: opened as the gate opens it, in this process: who
// calls a command waits for it anyway.

import { decode } from "../../decode/decode.ts";
import { openFile } from "../../io/extract/file.ts";
import { plainParts } from "../../io/extract/plain.ts";
import type { Doc, Opened } from "../../words.ts";

/** Of what comes out, and of what goes in. */
const LIMITS = { bodyBytesMax: 64 << 20 };

/** @throws TypeError: what the gate refuses without a look at policy. */
export async function fileDoc(body: Uint8Array): Promise<Doc> {
  const leaving = { method: "POST", target: "/", contentType: "application/octet-stream", contentEncoding: "", body };
  const first = decode(leaving, [], LIMITS);
  if (!("code" in first)) return first;
  const opened: Opened[] = [];
  for (const file of first.enclosed ?? []) {
    const parts = plainParts(file) ?? (await openFile(file.bytes, LIMITS.bodyBytesMax));
    if ("code" in parts) throw new TypeError(`${parts.code}: ${parts.detail}`);
    opened.push({ raw: file.raw, parts });
  }
  const doc = decode(leaving, [], LIMITS, opened);
  if ("code" in doc) throw new TypeError(`${doc.code}: ${doc.detail}`);
  return doc;
}
