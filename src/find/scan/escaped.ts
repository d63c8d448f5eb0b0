// Escapes that are written out in a text: `%6f`, `=6f`, `&#111;`, `\x6f`, `\u006f`. Law: three near one another are a
// reason to look, and so are fewer where digits stand among them; what they say is read in views/escapes.ts.

import { isHex } from "./tokens.ts";

const PERCENT = 0x25;
const EQUALS = 0x3d;
const AMPERSAND = 0x26;
const HASH = 0x23;
const SEMICOLON = 0x3b;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const LETTER_X = 0x78;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const ESCAPES_MIN = 3;
/** Every second character may be written plainly. */
const PLAIN_BYTES_MAX = 2;
const DIGITS_MAX = 8;

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
  return count >= ESCAPES_MIN ? end : -1;
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
