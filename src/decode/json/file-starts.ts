// Strings that are a file from their first byte on, in base64 or hexadecimal: short ones, which the length of base64
// does not give away. Law: three bytes that name a kind, bytes that inflate, or nothing but UTF-16; by chance it is one
// string in millions.

import { isUtf8 } from "node:buffer";
import { inflateSync } from "node:zlib";
import { isPlainText } from "../codecs/text/plain.ts";
import { MAGIC_STARTS, magicOf } from "../magic.ts";
import { BACKSLASH, hex4 } from "./classes.ts";

/** How many strings of a document may look like zlib and be none: so many are no chance, and trying takes its time. */
export interface Tries {
  left: number;
}
export const TRIES_MAX = 64;

/** Shorter strings are no files. */
export const FILE_UNITS_MIN = 20;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const HEXADECIMAL = /^(?:[0-9A-Fa-f]{2})+$/;
const ZLIB = 0x78;
/** Marked or ASCII at first; ASCII, Chinese and its punctuation, full width. */
const WIDE_TEXT = /^[\ufeff\u0020-\u007e][\t\n\r\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+$/;

/** By the first two bytes. */
const STARTS = new Uint8Array(1 << 16);
for (const [first, second] of [...MAGIC_STARTS, ...zlibHeads(), ...wideStarts()]) STARTS[(first << 8) | second] = 1;
/** What is neither alphabet's reads as two zeros (an icon begins so, too). */
STARTS[0] = 0;

/** The values of base64's characters, of both alphabets; 0 for others, which BASE64 refuses. */
const SIX = new Uint8Array(256);
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
for (let i = 0; i < ALPHABET.length; i++) SIX[ALPHABET.charCodeAt(i)] = i < 64 ? i : i - 2;

/** RFC 1950 §2.2: the second byte completes a multiple of 31. */
function* zlibHeads(): Generator<readonly [number, number]> {
  for (let flags = 0; flags < 256; flags++) if (((ZLIB << 8) | flags) % 31 === 0) yield [ZLIB, flags];
}

/** A byte order mark, or an ASCII character. */
function* wideStarts(): Generator<readonly [number, number]> {
  yield* [
    [0xff, 0xfe],
    [0xfe, 0xff],
  ] as const;
  for (let ascii = 0x20; ascii < 0x7f; ascii++) yield* [[ascii, 0] as const, [0, ascii] as const];
}

/**
 * @returns whether the string [from, to) of `bytes` is a file from its first byte to its last. Most cost their first
 * four characters.
 */
export function beginsAsFile(bytes: Uint8Array, from: number, to: number, tries: Tries): boolean {
  if (to - from < FILE_UNITS_MIN) return false;
  const escaped = bytes[from] === BACKSLASH;
  if (!escaped && STARTS[hexStart(bytes, from)] === 0 && STARTS[base64Start(bytes, from)] === 0) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1");
  if (HEXADECIMAL.test(text) && isFile(Buffer.from(text, "hex"), tries)) return true;
  const bare = text.replaceAll("\\/", "/");
  return BASE64.test(bare) && isFile(Buffer.from(bare, "base64"), tries);
}

function base64Start(bytes: Uint8Array, at: number): number {
  return (SIX[bytes[at]!]! << 10) | (SIX[bytes[at + 1]!]! << 4) | (SIX[bytes[at + 2]!]! >> 2);
}

/** @returns 0 where they are no four digits. */
function hexStart(bytes: Uint8Array, at: number): number {
  return Math.max(0, hex4(bytes, at));
}

/** The same of bytes as they are, in a binary framing. */
export function isFile(bytes: Buffer, tries: Tries): boolean {
  if (bytes[0] === ZLIB && inflates(bytes, tries)) return true;
  const isText = isUtf8(bytes) && isPlainText(bytes);
  return magicOf(bytes, isText, 3) !== null || (!isText && isWideText(bytes));
}

function isWideText(bytes: Buffer): boolean {
  if (bytes.length % 2 === 1) return false;
  return WIDE_TEXT.test(bytes.toString("utf16le")) || WIDE_TEXT.test(Buffer.from(bytes).swap16().toString("utf16le"));
}

function inflates(bytes: Buffer, tries: Tries): boolean {
  if (tries.left === 0) return true;
  try {
    inflateSync(bytes, { maxOutputLength: 1 << 16 });
    return true;
  } catch (error) {
    tries.left--;
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
  }
}
