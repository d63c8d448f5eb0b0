// A Sentry envelope: JSON lines, each item's header saying how long its payload is. Law: lengths are exact, and because
// they are nothing in it is rewritten; a payload that is no text is refused.

import { isUtf8 } from "node:buffer";
import type { Tokens } from "../../../words.ts";
import { readAt } from "../../json/read.ts";
import { tokenize } from "../../json/tokenize.ts";
import { opaqueKind } from "../../magic.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { looksLikeJson } from "../mark.ts";
import { Shape } from "../shape.ts";
import { isPlainText } from "../text/plain.ts";

const NEWLINE = 0x0a;
const ITEMS_MAX = 1000;
/** Two lines of JSON, the second an item's header: it says a type and a length. */
const TWO_LINES = /^\{[^\n]*\}\r?\n(\{[^\n]*)/;
const TYPE = /"type"\s*:\s*"/;
const LENGTH = /"length"\s*:\s*\d/;
const SNIFFED_BYTES = 4096;

export const envelope: BodyCodec = {
  id: "envelope",
  media: ["application/x-sentry-envelope"],
  raw: true,
  sniff(bytes) {
    const item = TWO_LINES.exec(Buffer.from(bytes.subarray(0, SNIFFED_BYTES)).toString("latin1"))?.[1] ?? "";
    return TYPE.test(item) && LENGTH.test(item);
  },
  read: (bytes) => orRefused(() => ({ tokens: items(bytes), fixed: true })),
};

function items(bytes: Uint8Array): Tokens {
  if (!isUtf8(bytes)) throw new Refused("content_opaque", `envelope: ${opaqueKind(bytes)} among the items`);
  const shape = new Shape();
  shape.array(0);
  let at = header(bytes, 0, shape).end;
  for (let count = 0; at < bytes.length; count++) {
    if (count === ITEMS_MAX) throw new Refused("body_too_large", `envelope: more than ${ITEMS_MAX} items`);
    if (bytes[at] === NEWLINE) at++;
    else at = item(bytes, at, shape);
  }
  shape.close(bytes.length);
  return shape.done();
}

/** @returns where the payload ends, its line end included. */
function item(bytes: Uint8Array, start: number, shape: Shape): number {
  const { end: from, length } = header(bytes, start, shape);
  if (from > bytes.length) broken("a header without a payload", start);
  const to = length === null ? lineEnd(bytes, from) : from + length;
  if (to > bytes.length || (to < bytes.length && bytes[to] !== NEWLINE)) broken("a length that is another", start);
  const payload = bytes.subarray(from, to);
  const tokens = looksLikeJson(payload) ? tokenize(payload) : null;
  if (tokens !== null && !("code" in tokens)) shape.graft(tokens, from);
  else if (tokens !== null && tokens.code !== "json_invalid")
    throw new Refused(tokens.code, `envelope: ${tokens.detail}`);
  else if (isPlainText(payload)) shape.string(from, to);
  else throw new Refused("content_opaque", `envelope: an item at byte ${from}`);
  return to + 1;
}

function header(bytes: Uint8Array, start: number, shape: Shape): { end: number; length: number | null } {
  const end = lineEnd(bytes, start);
  const line = bytes.subarray(start, end);
  const tokens = tokenize(line);
  if ("code" in tokens) broken("a header that is no JSON", start);
  const index = tokens as Tokens;
  shape.graft(index, start);
  const length = readAt({ codec: "envelope", bytes: line, tokens: index, head: [] }, "/length");
  if (length !== undefined && length !== null && !(Number.isSafeInteger(length) && (length as number) >= 0))
    broken("a length that is none", start);
  return { end: end + 1, length: typeof length === "number" ? length : null };
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const found = bytes.indexOf(NEWLINE, from);
  return found < 0 ? bytes.length : found;
}

function broken(what: string, at: number): never {
  throw new Refused("body_invalid", `envelope: ${what} at byte ${at}`);
}
