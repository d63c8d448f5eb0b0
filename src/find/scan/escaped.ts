// Escapes that are written out in a text: `%6f`, `=6f`, `&#111;`, `\x6f`, `\u006f`. Law: three near one another are a
// reason to look, so are fewer where digits stand among them, and one that says `@`; what they say is read in
// views/escapes.ts.

import { isHex } from "./tokens.ts";

const PERCENT = 0x25;
const EQUALS = 0x3d;
const AMPERSAND = 0x26;
const HASH = 0x23;
const POINT = 0x2e;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const LETTER_E = 0x65;
const LETTER_U = 0x75;
const LETTER_X = 0x78;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const ESCAPES_MIN = 3;
/** Every second character may be written plainly. */
const PLAIN_BYTES_MAX = 2;
const DIGITS_MAX = 8;
const ZERO = 0x30;
const TWO = 0x32;
const FIVE = 0x35;
const AT_BYTES_MAX = 10;
const SOFT_BYTES_MAX = 40;
const LINE = 0x0a;
const RETURN = 0x0d;
/** `1.38E10`: nothing shorter makes a number that identifies; and eleven before a `.0`. */
const EXPONENT_DIGITS_MIN = 3;
const WHOLE_DIGITS_MIN = 11;
/** `40` and `64`, as two bytes. */
const HEX_OF_AT = 0x3430;
const DECIMAL_OF_AT = 0x3634;
/** What stands in front of the digits of an escape, noughts too. */
const BEFORE_AT = new Uint8Array(256);
for (const sign of "#\\uxX{0") BEFORE_AT[sign.charCodeAt(0)] = 1;

/** @returns the end of the escapes that begin at `at`, -1 where there are fewer than three. */
export function escapesEnd(bytes: Uint8Array, at: number, to: number): number {
  let end = -1;
  let count = 0;
  for (let next = at, plain = 0; next < to && plain <= PLAIN_BYTES_MAX; ) {
    const after = escapeEnd(bytes, next, to);
    if (after < 0) {
      plain++;
      next++;
      continue;
    }
    count++;
    plain = 0;
    end = next = after;
  }
  return count >= ESCAPES_MIN || (count > 0 && saysAt(bytes, at)) ? end : -1;
}

/** Whether the escape at `at` may say `@`, percent-encoded again or not: `%40`, `%2540`, `&#64;`, `\u0040`. */
function saysAt(bytes: Uint8Array, at: number): boolean {
  const most = at + AT_BYTES_MAX;
  let next = at + 1;
  if (bytes[at] === PERCENT) while (next < most && bytes[next] === TWO && bytes[next + 1] === FIVE) next += 2;
  else if (bytes[at] !== EQUALS) while (next < most && BEFORE_AT[bytes[next]!] === 1) next++;
  const pair = (bytes[next]! << 8) | bytes[next + 1]!;
  return pair === HEX_OF_AT || (bytes[at] === AMPERSAND && pair === DECIMAL_OF_AT);
}

const COMMAT = Buffer.from("&commat;");

/** `&commat;` right before `at`. */
export function isCommat(bytes: Uint8Array, from: number, at: number): boolean {
  const start = at - COMMAT.length;
  if (bytes[at - 1] !== SEMICOLON || start < from) return false;
  for (let i = 1; i < COMMAT.length; i++) if (bytes[start + i] !== COMMAT[i]) return false;
  return true;
}

/** Around an `@`: an address that a soft break of quoted-printable cuts. In JSON its break is written out. */
export function isSoftNear(bytes: Uint8Array, from: number, at: number, to: number): boolean {
  const end = Math.min(to - 1, at + SOFT_BYTES_MAX);
  for (let i = Math.max(from, at - SOFT_BYTES_MAX); i < end; i++) {
    const next = bytes[i + 1]!;
    if (bytes[i] === EQUALS && (next === LINE || next === RETURN || next === BACKSLASH)) return true;
  }
  return false;
}

/** @returns the end of one escape, -1 for none. */
function escapeEnd(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at];
  if (first === PERCENT || first === EQUALS) return hexEnd(bytes, at + 1, to, 2, 2);
  if (first === AMPERSAND && bytes[at + 1] === HASH) {
    const isHexadecimal = ((bytes[at + 2] ?? 0) | 0x20) === LETTER_X;
    const end = hexEnd(bytes, at + (isHexadecimal ? 3 : 2), to, 1, DIGITS_MAX);
    return end >= 0 && bytes[end] === SEMICOLON ? end + 1 : end;
  }
  if (first !== BACKSLASH) return -1;
  let letter = at + 1;
  while (bytes[letter] === BACKSLASH && letter - at < DIGITS_MAX) letter++;
  if (bytes[letter] === LETTER_X) return hexEnd(bytes, letter + 1, to, 2, 2);
  if (bytes[letter] !== LETTER_U) return -1;
  if (bytes[letter + 1] !== OPEN) return hexEnd(bytes, letter + 1, to, 4, 4);
  const end = hexEnd(bytes, letter + 2, to, 1, DIGITS_MAX);
  return end >= 0 && bytes[end] === CLOSE ? end + 1 : -1;
}

function hexEnd(bytes: Uint8Array, at: number, to: number, least: number, most: number): number {
  let end = at;
  while (end < to && end - at < most && isHex(bytes[end]!)) end++;
  return end - at >= least ? end : -1;
}

/** A \u escape, or `\\u` and `\\x`: an escape that the text itself holds. */
export function isHidden(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 1] === LETTER_U) return true;
  return bytes[at + 1] === BACKSLASH && (bytes[at + 2] === LETTER_U || bytes[at + 2] === LETTER_X);
}

/**
 * Whether digits that end at `end` may be a whole number that was written as a floating one: `13812345678.0`,
 * `1.3812345678E10`. @param count of digits in [start, end), with points among them.
 */
export function isFloating(bytes: Uint8Array, start: number, end: number, to: number, count: number): boolean {
  if (end < to && (bytes[end]! | 0x20) === LETTER_E) return count >= EXPONENT_DIGITS_MIN;
  return count > WHOLE_DIGITS_MIN && end - start > 2 && bytes[end - 1] === ZERO && bytes[end - 2] === POINT;
}
