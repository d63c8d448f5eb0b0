// How the raw text of a token is escaped, undone and done. Law: exact to the byte for every kind of escape, because a
// splice that is off by one leaks or corrupts; undoing never makes text longer.

import { BACKSLASH, ESCAPED, HEX, LETTER_U } from "./json/classes.ts";
import { unescapeInto as jsonInto, putUtf8, textOf } from "./json/text.ts";
import { entityAt } from "./xml-entity.ts";

/** Tokens.kind & ESCAPES says how the raw text is escaped: one of these, JSON's 0x10, or 0 for not at all. */
export const ESCAPES = 0xf0;
/** application/x-www-form-urlencoded, undone once. */
export const PERCENT = 0x20;
/** The same, undone again and again until nothing changes: at most PERCENT_ROUNDS times. */
export const PERCENT_DEEP = 0xa0;
/** XML's five entities and numeric references. */
export const ENTITY = 0x40;
/** A quoted field of CSV: a quote is doubled. */
export const DOUBLED = 0x80;

export const PERCENT_ROUNDS = 3;

const SPACE = 0x20;
const QUOTE = 0x22;
const SIGN = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
/** What may stand in any text unescaped. */
const PLAIN = /^[^\u0000-\u001f"\\,;|&%\u007f]*$/;

/**
 * Undoes the escapes of [start, end) into `out`, as UTF-8. @param out at least `end - start` bytes.
 * @param flags Tokens.kind. @returns the bytes written.
 */
export function unescapeInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array, flags: number): number {
  switch (flags & ESCAPES) {
    case ESCAPED:
      return jsonInto(bytes, start, end, out);
    case PERCENT:
      return percentInto(bytes, start, end, out, 1);
    case PERCENT_DEEP:
      return percentInto(bytes, start, end, out, PERCENT_ROUNDS);
    case ENTITY:
      return entitiesInto(bytes, start, end, out);
    case DOUBLED:
      return doubledInto(bytes, start, end, out);
    default:
      out.set(bytes.subarray(start, end));
      return end - start;
  }
}

/** The text of [start, end), escapes undone. @param flags Tokens.kind. */
export function textIn(bytes: Uint8Array, start: number, end: number, flags: number): string {
  const escapes = flags & ESCAPES;
  if (escapes === 0 || escapes === ESCAPED) return textOf(bytes, start, end, escapes !== 0);
  const out = Buffer.allocUnsafe(end - start);
  return textOf(out, 0, unescapeInto(bytes, start, end, out, flags), false);
}

/**
 * Walks raw text: @returns where it stands after `units` UTF-16 units from byte `start`. A unit inside a surrogate pair
 * cannot be cut in UTF-8: it counts as the pair's start. @param flags Tokens.kind.
 */
export function rawAfter(bytes: Uint8Array, start: number, units: number, flags: number): number {
  let at = start;
  for (let left = units; left > 0; ) {
    const step = stepAt(bytes, at, flags & ESCAPES);
    if (step > left) break;
    left -= step;
    at = after;
  }
  return at;
}

/**
 * Byte offsets of the ascending unit offsets `units` in the text that starts at byte `start`: rawAfter for many, in
 * one walk.
 */
export function rawOffsets(bytes: Uint8Array, start: number, units: readonly number[], flags: number): number[] {
  const offsets: number[] = [];
  let at = start;
  let unit = 0;
  for (const wanted of units) {
    while (unit < wanted) {
      const step = stepAt(bytes, at, flags & ESCAPES);
      if (unit + step > wanted) break;
      unit += step;
      at = after;
    }
    offsets.push(at);
  }
  return offsets;
}

/**
 * `text` as it must be written where raw text is escaped as `flags` say.
 * @throws RangeError where nothing is escaped and the text would need it in some format: it must not leave so.
 */
export function escapeText(text: string, flags: number): string {
  switch (flags & ESCAPES) {
    case ESCAPED:
      return JSON.stringify(text).slice(1, -1);
    case PERCENT:
    case PERCENT_DEEP:
      return encodeURIComponent(text);
    case ENTITY:
      return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
    case DOUBLED:
      return text.replaceAll('"', '""');
    default:
      if (!PLAIN.test(text)) throw new RangeError("text that needs escapes where none can stand");
      return text;
  }
}

/** Where the last step ended: a second result without an object a character. */
let after = 0;

/** @returns the UTF-16 units of the character at `at`; `after` is set behind it. */
function stepAt(bytes: Uint8Array, at: number, escapes: number): number {
  const lead = bytes[at]!;
  if (escapes === ESCAPED && lead === BACKSLASH) {
    after = at + (bytes[at + 1] === LETTER_U ? 6 : 2);
    return 1;
  }
  if (escapes === ENTITY && lead === AMPERSAND) {
    const entity = entityAt(bytes, at);
    after = at + Math.max(1, entity.length);
    return entity.point > 0xffff ? 2 : 1;
  }
  if (escapes === PERCENT) return percentStep(bytes, at, 1);
  if (escapes === PERCENT_DEEP) return percentStep(bytes, at, PERCENT_ROUNDS);
  after = at + (escapes === DOUBLED && lead === QUOTE ? 2 : 1 + trailOf(lead));
  return lead >= 0xf0 ? 2 : 1;
}

function trailOf(lead: number): number {
  return lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

function percentStep(bytes: Uint8Array, at: number, rounds: number): number {
  const lead = percentByte(bytes, at, rounds);
  for (let trail = trailOf(lead); trail > 0; trail--) percentByte(bytes, after, rounds);
  return lead >= 0xf0 ? 2 : 1;
}

/**
 * One byte of what `rounds` of decoding leave, `after` behind it. An escape's three bytes may themselves be escaped:
 * each is read one round earlier. Reads at most 3^rounds bytes.
 */
function percentByte(bytes: Uint8Array, at: number, rounds: number): number {
  if (rounds === 0) {
    after = at + 1;
    return at < bytes.length ? bytes[at]! : 0;
  }
  const byte = percentByte(bytes, at, rounds - 1);
  if (rounds === 1 && byte === PLUS) return SPACE;
  if (byte !== SIGN) return byte;
  const sign = after;
  const high = HEX[percentByte(bytes, sign, rounds - 1)]!;
  const low = high > 0 ? HEX[percentByte(bytes, after, rounds - 1)]! : 0;
  if (low > 0) return ((high - 1) << 4) | (low - 1);
  after = sign;
  return byte;
}

function percentInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array, rounds: number): number {
  let to = 0;
  for (let at = start; at < end; at = after) out[to++] = percentByte(bytes, at, rounds);
  return to;
}

function entitiesInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let to = 0;
  for (let at = start; at < end; ) {
    const entity = bytes[at] === AMPERSAND ? entityAt(bytes, at) : null;
    if (entity === null || entity.length === 0) out[to++] = bytes[at++]!;
    else {
      to = putUtf8(out, to, entity.point);
      at += entity.length;
    }
  }
  return to;
}

function doubledInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let to = 0;
  for (let at = start; at < end; at += bytes[at] === QUOTE ? 2 : 1) out[to++] = bytes[at]!;
  return to;
}
