// One JSON document a line (NDJSON, JSON Lines), or a record (RFC 7464). Law: every line is JSON by itself, or
// nothing is read; empty lines are nothing.

import { tokenize } from "../../json/tokenize.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { looksLikeJson, markedBytes } from "../mark.ts";
import { Shape } from "../shape.ts";

const NEWLINE = 0x0a;
const RECORD = 0x1e;

export const ndjson: BodyCodec = {
  id: "ndjson",
  media: [
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/json-lines",
    "application/x-json-stream",
    "application/stream+json",
    "application/json-seq",
    "application/x-json-seq",
    "+json-seq",
    "text/jsonl",
    "text/x-ndjson",
  ],
  sniff: (bytes) => looksLikeJson(bytes) && bytes.includes(NEWLINE),
  read: (bytes, { type }) => orRefused(() => ({ tokens: lines(bytes, type.endsWith("json-seq")) })),
};

function lines(bytes: Uint8Array, records: boolean) {
  if (markedBytes(bytes) > 0) throw new Refused("json_ambiguous", "a byte order mark");
  const shape = new Shape();
  shape.array(0);
  let number = 0;
  for (let from = 0; from < bytes.length; ) {
    const found = bytes.indexOf(NEWLINE, from);
    const to = found < 0 ? bytes.length : found;
    number++;
    const start = records && bytes[from] === RECORD ? from + 1 : from;
    if (!isBlank(bytes, start, to)) {
      const tokens = tokenize(bytes.subarray(start, to));
      if ("code" in tokens) throw new Refused(tokens.code, `line ${number}: ${tokens.detail} of it`);
      shape.graft(tokens, start);
    }
    from = to + 1;
  }
  shape.close(bytes.length);
  return shape.done();
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0x20 && bytes[at] !== 0x0d && bytes[at] !== 0x09) return false;
  return true;
}
