// Small shapes in bytes that the scanner asks for. Law: a bounded look at what stands there, nothing kept.

import { isHex } from "./tokens.ts";

const DASH = 0x2d;
const WECHAT = Buffer.from("wechat");

/** 年: E5 B9 B4. */
export function isYear(bytes: Uint8Array, at: number, to: number): boolean {
  return at + 2 < to && bytes[at] === 0xe5 && bytes[at + 1] === 0xb9 && bytes[at + 2] === 0xb4;
}

/** The code point of a sequence of two bytes or four. */
export function pointAt(bytes: Uint8Array, at: number, width: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1]! & 0x3f;
  if (width === 2) return ((lead & 0x1f) << 6) | second;
  return ((lead & 0x07) << 18) | (second << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f);
}

/** WeChat, WECHAT: from the capital on, in any case. */
export function isWeChat(bytes: Uint8Array, at: number, to: number): boolean {
  if (bytes[at] !== 0x57 || at + WECHAT.length > to) return false;
  for (let i = 1; i < WECHAT.length; i++) if ((bytes[at + i]! | 0x20) !== WECHAT[i]) return false;
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

/** The top bit of a byte is set if and only if that byte of the four lies in [0x30, 0x5c]. */
export function inRange(word: number): number {
  const low = word & 0x7f7f7f7f;
  return (low + 0x50505050) & ~(low + 0x23232323) & ~word;
}
