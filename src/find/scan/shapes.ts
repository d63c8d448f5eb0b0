// Small shapes in bytes that the scanner asks for. Law: a bounded look at what stands there, nothing kept.

import { CARD_DIGITS, DATE, DIGITS, DOTTED, LETTERED, LONG_DIGITS } from "./bits.ts";
import { LETTERS } from "./classes.ts";
import { isHex } from "./tokens.ts";

const DASH = 0x2d;
const POINT = 0x2e;
const SPACE = 0x20;
const COMMA = 0x2c;
const SLASH = 0x2f;
const COLON = 0x3a;
const NAMING = LETTERS.slice();
NAMING[0x5f] = 1;
const WECHAT = Buffer.from("wechat");

/** 年: E5 B9 B4. */
export function isYear(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 2 < to && bytes[at] === 0xe5 && bytes[at + 1] === 0xb9 && bytes[at + 2] === 0xb4;
}

/** Four digits of a day: `1990年`, `1990/1/5`, `5/1/1990`, `5 January 1990`, `Jan 5, 1990`. */
export function isOfDay(bytes: Uint8Array, from: number, start: number, end: number, to: number): boolean {
  if (isYear(bytes, end, to) || (end < to && bytes[end] === SLASH)) return true;
  if (start - 2 < from) return false;
  if (bytes[start - 1] === SLASH) return true;
  const before = bytes[start - 2]!;
  return bytes[start - 1] === SPACE && (before === COMMA || ((before | 0x20) >= 0x61 && (before | 0x20) <= 0x7a));
}

/** The code point of a sequence of two bytes, three or four. */
export function pointAt(bytes: Uint8Array, at: number, width: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1]! & 0x3f;
  if (width === 2) return ((lead & 0x1f) << 6) | second;
  if (width === 3) return ((lead & 0x0f) << 12) | (second << 6) | (bytes[at + 2]! & 0x3f);
  return ((lead & 0x07) << 18) | (second << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f);
}

/** WeChat, WECHAT: from the capital on, in any case. */
export function isWeChat(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at] !== 0x57 || at + WECHAT.length > to) return false;
  for (let i = 1; i < WECHAT.length; i++) if ((bytes[at + i]! | 0x20) !== WECHAT[i]) return false;
  return true;
}

/** In small letters, as the name of a member or of a site has it. */
export function isSmallWechat(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at] !== WECHAT[0] || at + WECHAT.length > to) return false;
  for (let i = 1; i < WECHAT.length; i++) if (bytes[at + i] !== WECHAT[i]) return false;
  return true;
}

/** 加vx, 我VX: people write 微信 so. */
export function isVx(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 1 < to && (bytes[at]! & 0xdf) === 0x56 && (bytes[at + 1]! & 0xdf) === 0x58;
}

/** Whether a Chinese character ends right before `at`: a name may be cut by what nobody sees. */
export function isHan(before: number, bytes: Uint8Array, at: number): boolean {
  return before >= 0x80 && at >= 3 && bytes[at - 3]! >= 0xe4 && bytes[at - 3]! <= 0xe9;
}

/** `a1-b2-c3`: three pairs of hexadecimal digits, from here or from one before. */
export function isPairs(bytes: Uint8Array, at: number, to: number): boolean {
  return isPairsFrom(bytes, at, to) || isPairsFrom(bytes, at - 1, to);
}

function isPairsFrom(bytes: Uint8Array, at: number, to: number): boolean {
  if (at < 0 || at + 8 > to || bytes[at + 2] !== DASH || bytes[at + 5] !== DASH) return false;
  return [0, 1, 3, 4, 6, 7].every((i) => isHex(bytes[at + i]!));
}

/** `3C：22：`: two pairs of hexadecimal digits with a full-width colon after each. */
export function isWidePairs(bytes: Uint8Array, start: number, to: number): boolean {
  if (start + 10 > to || !isWideColon(bytes, start + 2) || !isWideColon(bytes, start + 7)) return false;
  return [0, 1, 5, 6].every((i) => isHex(bytes[start + i]!));
}

/** EF BC 9A. */
function isWideColon(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbc && bytes[at + 2] === 0x9a;
}

/** Behind an odd digit: the rest of a pair and its colon, `C:` of ③C:②②. */
export function isOfPair(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]!;
  return byte === COLON || (isHex(byte) && (bytes[at + 1] === COLON || isWideColon(bytes, at + 1)));
}

/** Before an odd digit: two letters or more of an account, `ng` of wang⑧. */
export function isOfName(bytes: Uint8Array, from: number, at: number): boolean {
  return at - 2 >= from && NAMING[bytes[at - 1]!] === 1 && NAMING[bytes[at - 2]!] === 1;
}

/** `a483.e72b.195c`: fours of hexadecimal digits, as Cisco writes a MAC address. @param start of a token of four. */
export function isFours(bytes: Uint8Array, start: number, to: number): boolean {
  if (start + 14 > to || bytes[start + 4] !== POINT || bytes[start + 9] !== POINT) return false;
  for (let i = 0; i < 14; i++) if (i !== 4 && i !== 9 && !isHex(bytes[start + i]!)) return false;
  return true;
}

/** After a short escape, and after one written out inside it (`\\\\n`: JSON in a JSON string). */
export function afterEscape(bytes: Uint8Array, at: number, raw: boolean): number {
  const next = raw ? at + 2 : at + 1;
  const writtenOut = !raw || bytes[at + 1] === 0x5c;
  return writtenOut && isBreak(bytes[next]) ? next + 1 : next;
}

/** n, r, t. */
function isBreak(byte: number | undefined): boolean {
  return byte === 0x6e || byte === 0x72 || byte === 0x74;
}

const LONG_DIGITS_MIN = 11;
const CARD_DIGITS_MIN = 15;
const DOTTED_POINTS_MIN = 3;

/** The bits of digits at [start, end) of the string [from, to). @param count of the digits @param points between. */
export function ofDigits(
  bytes: Uint8Array,
  from: number,
  start: number,
  end: number,
  to: number,
  count: number,
  points: number,
): number {
  const before = start > from && LETTERS[bytes[start - 1]!] === 1;
  const after = end < to && LETTERS[bytes[end]!] === 1;
  let bits = before || after ? DIGITS | LETTERED : DIGITS;
  if (points >= DOTTED_POINTS_MIN) bits |= DOTTED;
  if (isYear(bytes, end, to)) bits |= DATE;
  if (count >= LONG_DIGITS_MIN) bits |= LONG_DIGITS;
  return count < CARD_DIGITS_MIN ? bits : bits | CARD_DIGITS;
}
