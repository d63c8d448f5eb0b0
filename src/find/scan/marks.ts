// What stands around an @ and around colons. Law: looks are bounded, and a hit is only a reason to look.

import { AT_SIGN, CLASSES, TOKEN } from "./classes.ts";
import { isHex } from "./tokens.ts";

const DOMAIN_BYTES_MAX = 255;
const RUN_BYTES_MAX = 64;
const GROUP_BYTES_MAX = 4;
/** A clock time has two. */
const COLONS_MIN = 3;
const COLON = 0x3a;
const POINT = 0x2e;
const SLASH = 0x2f;
const SPACE = 0x20;
const LOGIN_BYTES_MAX = 200;

/** @param at an `@`. @returns the end of what may be a domain after it, -1 when it has no point. */
export function domainEnd(bytes: Uint8Array, at: number, to: number): number {
  const limit = Math.min(to, at + DOMAIN_BYTES_MAX);
  let end = at + 1;
  let dotted = false;
  while (end < limit && (TOKEN[bytes[end]!] === 1 || bytes[end]! >= 0x80) && CLASSES[bytes[end]!] !== AT_SIGN) {
    if (bytes[end] === POINT) dotted = true;
    end++;
  }
  return dotted ? end : -1;
}

/** @param at an `@` before a host of one name. Whether a link with a name and a password goes on to it. */
export function isOfLogin(bytes: Uint8Array, from: number, at: number): boolean {
  const floor = Math.max(from, at - LOGIN_BYTES_MAX);
  let colons = 0;
  for (let i = at - 1; i >= floor; i--) {
    const byte = bytes[i]!;
    if (byte <= SPACE || byte >= 0x80) return false;
    if (byte === COLON && bytes[i + 1] === SLASH && bytes[i + 2] === SLASH) return colons > 0;
    if (byte === COLON) colons++;
  }
  return false;
}

export interface ColonsSeen {
  start: number;
  end: number;
  isAddress: boolean;
}

/** The run of hexadecimal digits, points and colons around the first colon of it. Fills and returns `seen`. */
export function colonsAt(bytes: Uint8Array, floor: number, at: number, to: number, seen: ColonsSeen): ColonsSeen {
  let start = at;
  while (start > Math.max(floor, at - GROUP_BYTES_MAX) && isHex(bytes[start - 1]!)) start--;
  const limit = Math.min(to, at + RUN_BYTES_MAX);
  let colons = 0;
  let isShortened = false;
  let end = at;
  for (; end < limit; end++) {
    const byte = bytes[end]!;
    if (byte === COLON) {
      colons++;
      isShortened ||= end > at && bytes[end - 1] === COLON;
    } else if (byte !== POINT && !isHex(byte)) break;
  }
  seen.start = start;
  seen.end = end;
  seen.isAddress = colons >= COLONS_MIN || (isShortened && end - start > 2);
  return seen;
}
