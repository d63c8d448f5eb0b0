// Prefixes of credentials, as bytes. Law: at least as wide as the patterns of secret/detector.ts.

import { ALPHANUMERIC, PREFIX, TOKEN } from "./classes.ts";

/** The longest run of small letters, `_` and `-` before the first capital or digit: `github_pat_`, with room. */
const PREFIX_BYTES = 32;
const LETTER_B = 0x42;
const DASH = 0x2d;
/** -----BEGIN */
const PEM_DASHES = 5;

const PREFIXES = [
  "sk-",
  "ghp_",
  "gho_",
  "ghu_",
  "ghs_",
  "ghr_",
  "github_pat_",
  "glpat-",
  "AKIA",
  "ASIA",
  "LTAI",
  "AKID",
  "AIza",
  "xoxa-",
  "xoxb-",
  "xoxe-",
  "xoxp-",
  "xoxr-",
  "xoxs-",
  "eyJ",
  "-----BEGIN",
].map((prefix) => Buffer.from(prefix));

const BY_FIRST: readonly (readonly Buffer[])[] = Array.from({ length: 256 }, (_, byte) =>
  PREFIXES.filter((prefix) => prefix[0] === byte),
);

/** By byte: 1 where one of them begins with it. */
export const MAY_BE_SECRET: Uint8Array = Uint8Array.from(BY_FIRST, (some) => (some.length > 0 ? 1 : 0));

/** @param at the first capital or digit of a token. @returns where a credential's prefix begins, -1 for none. */
export function secretStart(bytes: Uint8Array, edge: number, at: number, to: number): number {
  const floor = Math.max(edge, at - PREFIX_BYTES);
  let start = at;
  if (bytes[at] === LETTER_B && bytes[at - 1] === DASH) start = Math.max(floor, at - PEM_DASHES);
  else while (start > floor && PREFIX[bytes[start - 1]!] === 1) start--;
  if (start > edge && bytes[start] !== DASH && ALPHANUMERIC[bytes[start - 1]!] === 1) return -1;
  return hasPrefix(bytes, start, to) ? start : -1;
}

/** Of a token; a private key runs over white space to the end of the string. */
export function secretEnd(bytes: Uint8Array, start: number, at: number, to: number): number {
  if (bytes[start] === DASH) return to;
  let end = at;
  while (end < to && TOKEN[bytes[end]!] === 1) end++;
  return end;
}

/** Whether one of the prefixes stands there. */
export function hasPrefix(bytes: Uint8Array, at: number, to: number): boolean {
  for (const prefix of BY_FIRST[bytes[at]!]!) {
    let i = 1;
    while (i < prefix.length && at + i < to && bytes[at + i] === prefix[i]) i++;
    if (i === prefix.length) return true;
  }
  return false;
}
