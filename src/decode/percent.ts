// Percent-encoding of a request's head. Law: undone as deep as any recipient may undo it; where that cannot be said
// (broken in a path, endless, not UTF-8) it is refused.

import { isUtf8 } from "node:buffer";
import type { HeadText } from "../words.ts";
import { HEX } from "./json/classes.ts";
import { Refused } from "./refused.ts";

const ROUNDS_MAX = 3;
const PERCENT = 0x25;

/** `+` in a query is a space to most readers. Text that needs no decoding, which is nearly all, is passed through. */
export function percentDecoded(text: string, where: HeadText["where"]): string {
  if (!/[%+\x80-\uffff]/.test(text)) return text;
  let bytes = Buffer.from(where === "query" ? text.replaceAll("+", " ") : text, "latin1");
  for (let round = 0; ; round++) {
    const decoded = undoOnce(bytes, where === "path" && round === 0);
    if (decoded.length === bytes.length) break;
    if (round === ROUNDS_MAX) throw ambiguous(`percent-encoding deeper than ${ROUNDS_MAX} in the ${where}`);
    bytes = decoded;
  }
  if (isUtf8(bytes)) return bytes.toString("utf8");
  // A header's bytes may be ISO 8859-1 by the old rule; a target's may not.
  if (where === "header") return bytes.toString("latin1");
  throw ambiguous(`the ${where} is not UTF-8`);
}

export function ambiguous(detail: string): Refused {
  return new Refused("target_ambiguous", detail);
}

/** @returns the bytes with every well-formed %XX undone once: shorter, or unchanged. */
function undoOnce(bytes: Buffer, strict: boolean): Buffer<ArrayBuffer> {
  const out = Buffer.alloc(bytes.length);
  let to = 0;
  for (let at = 0; at < bytes.length; at++) {
    const high = bytes[at] === PERCENT && at + 2 < bytes.length ? HEX[bytes[at + 1]!]! : 0;
    const low = high > 0 ? HEX[bytes[at + 2]!]! : 0;
    if (low > 0) at += 2;
    else if (strict && bytes[at] === PERCENT) throw ambiguous("broken percent-encoding in the path");
    out[to++] = low > 0 ? ((high - 1) << 4) | (low - 1) : bytes[at]!;
  }
  return out.subarray(0, to);
}
