// The signs of an e-mail address in words or apart, in bytes. Law: as wide as views/signs.ts; every look is bounded.

import { ALPHANUMERIC, TOKEN } from "./classes.ts";

const SPACE = 0x20;
const HASH = 0x23;
const POINT = 0x2e;
const AT_SIGN = 0x40;
const LABEL_BYTES_MAX = 30;
const LOCAL_BYTES_MAX = 96;
const PART_BYTES_MAX = 64;
const BRACKETS = new Uint8Array(256);
for (const bracket of "([{<") BRACKETS[bracket.charCodeAt(0)] = 1;
/** @param at an `@`. Whether it stands apart from its names, or a point of them is written otherwise. */
export function isLooseAt(bytes: Uint8Array, from: number, at: number, to: number): boolean {
  let before = at - 1;
  while (before >= from && before > at - 4 && isApart(bytes[before]!)) before--;
  let after = at + 1;
  while (after < to && after < at + 4 && isApart(bytes[after]!)) after++;
  if (before < from || ALPHANUMERIC[bytes[before]!] === 0 || ALPHANUMERIC[bytes[after]!] === 0) return false;
  let end = after;
  let hasPoint = false;
  for (; end < to && end - after < PART_BYTES_MAX && isOfPart(bytes[end]!); end++) hasPoint ||= bytes[end] === POINT;
  if (hasPoint && (before < at - 1 || after > at + 1)) return true;
  return isPoint(bytes, bytes[end] === SPACE ? end + 1 : end, hasPoint, bytes[end] === SPACE);
}

/** `(dot`, `[.`, `（点`; ` . `, ` dot `; where there is none yet, 点 and 。, too. */
function isPoint(bytes: Uint8Array, at: number, hasPoint: boolean, isApart: boolean): boolean {
  if (BRACKETS[bytes[at]!] === 1) return isDot(bytes, at + 1) || isHigh(bytes, at + 1);
  if (isApart) return isDot(bytes, at);
  return !hasPoint && isHigh(bytes, at);
}

function isOfPart(byte: number): boolean {
  return TOKEN[byte] === 1 && byte !== AT_SIGN;
}

function isDot(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === POINT || ((bytes[at]! | 0x20) === 0x64 && (bytes[at + 1]! | 0x20) === 0x6f);
}

/** 点 E7 82 B9, 點 E9 BB 9E, 。 E3 80 82, （ EF BC 88, 【 E3 80 90. */
function isHigh(bytes: Uint8Array, at: number): boolean {
  const [byte, next] = [bytes[at]!, bytes[at + 1]!];
  return (byte === 0xe7 && next === 0x82) || (byte === 0xe9 && next === 0xbb) || byte === 0xe3 || byte === 0xef;
}

function isApart(byte: number): boolean {
  return byte === SPACE || BRACKETS[byte] === 1 || byte === 0x29 || byte === 0x5d || byte === 0x7d || byte === 0x3e;
}

/** @param at a bracket: `(at`, `[at`. */
export function isBracketedAt(bytes: Uint8Array, at: number): boolean {
  return BRACKETS[bytes[at]!] === 1 && (bytes[at + 1]! | 0x20) === 0x61 && (bytes[at + 2]! | 0x20) === 0x74;
}

/** @param at behind 邮 or `mail`. @returns where ` at `, `#`, `@` or a bracket follows, -1 for nowhere. */
export function signAfter(bytes: Uint8Array, at: number, to: number): number {
  let name = at;
  const label = Math.min(to, at + LABEL_BYTES_MAX);
  while (name < label && ALPHANUMERIC[bytes[name]!] === 0) name++;
  const limit = Math.min(to, name + LOCAL_BYTES_MAX);
  for (let i = name; i < limit && (bytes[i]! < 0x80 || bytes[i] === 0xe8); i++) {
    const byte = bytes[i]!;
    // 艾: E8 89 BE
    if (byte === HASH || byte === 0xe8 || (byte === AT_SIGN && bytes[i + 1] === SPACE)) return i;
    if ((byte === SPACE || BRACKETS[byte] === 1) && (bytes[i + 1]! | 0x20) === 0x61 && (bytes[i + 2]! | 0x20) === 0x74)
      return i;
  }
  return -1;
}

/** `AT` behind a bracket: at the capital. */
export function isSpeltAt(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x41 && at > 0 && isBracketedAt(bytes, at - 1);
}

const MAIL = Buffer.from("mail");

/** Email, E-mail, EMAIL: from the capital on. @returns its end, -1 for none. */
export function mailEnd(bytes: Uint8Array, at: number, to: number): number {
  if (bytes[at] !== 0x45) return -1;
  const start = bytes[at + 1] === 0x2d ? at + 2 : at + 1;
  if (start + MAIL.length > to) return -1;
  for (let i = 0; i < MAIL.length; i++) if ((bytes[start + i]! | 0x20) !== MAIL[i]) return -1;
  return start + MAIL.length;
}
