// The bytes that JSON is made of, as one table. Law: a table lookup is the only test the tokenizer makes per byte of
// structure.

export const OBJECT = 0;
export const ARRAY = 1;
export const KEY = 2;
export const STRING = 3;
export const NUMBER = 4;
export const LITERAL = 5;
/** Set in Tokens.kind when the raw text of a key or string holds a backslash. */
export const ESCAPED = 0x10;
/** Tokens.kind & KIND is the TokenKind. */
export const KIND = 0x0f;

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const LETTER_U = 0x75;

/** 1: ends the fast run of a string: quote, backslash, control character. */
export const STOPS = new Uint8Array(256).fill(1, 0, 0x20);
STOPS[QUOTE] = 1;
STOPS[BACKSLASH] = 1;

/** Value of a hex digit plus one; 0: not a hex digit. */
export const HEX = new Uint8Array(256);
for (let i = 0; i < 10; i++) HEX[0x30 + i] = i + 1;
for (let i = 0; i < 6; i++) HEX[0x41 + i] = HEX[0x61 + i] = i + 11;

/** The byte that a short escape stands for; 0: not a short escape. */
export const SHORT_ESCAPES = new Uint8Array(256);
for (const [letter, byte] of ['""', "\\\\", "//", "b\b", "f\f", "n\n", "r\r", "t\t"].map((pair) => [...pair]))
  SHORT_ESCAPES[letter!.charCodeAt(0)] = byte!.charCodeAt(0);

/** @returns the value of four hex digits at `at`, or -1. Out of bounds is -1. */
export function hex4(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) return -1;
  const a = HEX[bytes[at]!]!;
  const b = HEX[bytes[at + 1]!]!;
  const c = HEX[bytes[at + 2]!]!;
  const d = HEX[bytes[at + 3]!]!;
  if (a === 0 || b === 0 || c === 0 || d === 0) return -1;
  return ((a - 1) << 12) | ((b - 1) << 8) | ((c - 1) << 4) | (d - 1);
}
