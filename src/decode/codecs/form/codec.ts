// application/x-www-form-urlencoded (WHATWG URL §5): an object of strings. Law: percent-encoding is undone as deep as
// any recipient may undo it; where that cannot be said, the form is refused.

import { isUtf8 } from "node:buffer";
import { PERCENT, PERCENT_DEEP, PERCENT_ROUNDS, unescapeInto } from "../../escapes.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { markedBytes } from "../mark.ts";
import { Shape } from "../shape.ts";

const SIGN = 0x25;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const STILL_ENCODED = /%[0-9a-f]{2}/i;

export const form: BodyCodec = {
  id: "form",
  media: ["application/x-www-form-urlencoded"],
  read: (bytes) => orRefused(() => ({ tokens: pairs(bytes) })),
};

function pairs(bytes: Uint8Array) {
  const shape = new Shape();
  const begin = markedBytes(bytes);
  shape.object(begin);
  for (let from = begin; from < bytes.length; ) {
    const found = bytes.indexOf(AMPERSAND, from);
    const to = found < 0 ? bytes.length : found;
    if (to > from) pair(bytes, from, to, shape);
    from = to + 1;
  }
  shape.close(bytes.length);
  return shape.done();
}

function pair(bytes: Uint8Array, from: number, to: number, shape: Shape): void {
  let equals = from;
  while (equals < to && bytes[equals] !== EQUALS) equals++;
  const value = Math.min(equals + 1, to);
  shape.key(from, equals, escapesOf(bytes, from, equals));
  shape.string(value, to, escapesOf(bytes, value, to));
}

/**
 * Undone once where a stray percent sign makes the deeper reading none.
 * @returns the kind of escape. Throws Refused where no reading is text, or where it never ends.
 */
export function escapesOf(bytes: Uint8Array, start: number, end: number): number {
  if (!bytes.subarray(start, end).includes(SIGN)) return PERCENT;
  const once = undone(bytes, start, end, PERCENT);
  const deep = undone(bytes, start, end, PERCENT_DEEP);
  if (deep.includes(0)) throw new Refused("charset_unsupported", `form: a NUL at byte ${start}`);
  const readable = isUtf8(once);
  if (deep.length === once.length) {
    if (readable) return PERCENT;
  } else if (isUtf8(deep)) {
    if (!STILL_ENCODED.test(deep.toString("latin1"))) return PERCENT_DEEP;
    throw new Refused("body_invalid", `form: percent-encoding deeper than ${PERCENT_ROUNDS} at byte ${start}`);
  } else if (readable) return PERCENT;
  throw new Refused("charset_unsupported", `form: not UTF-8 at byte ${start}`);
}

function undone(bytes: Uint8Array, start: number, end: number, flags: number): Buffer {
  const out = Buffer.allocUnsafe(end - start);
  return out.subarray(0, unescapeInto(bytes, start, end, out, flags));
}
