// The stops of a string, byte by byte: what WebAssembly is compared with, and stands in for it. Law: every byte at
// which something can begin that the scanner would see is a stop; whether a byte is one, the few around it say.

import { KINDS } from "../odd.ts";
import { PROVINCES } from "../plates.ts";
import { CHUNK_BYTES, type StopsReader } from "./reader.ts";

/** Of FLAGS, by byte. */
export const LETTER = 1;
export const DIGIT = 2;
/** Hexadecimal digits, colons, points: what an address with colons is made of. */
export const COLONS = 4;
export const HEX = 8;
/** Beside letters they make another word of them, or say how it is written: `_`, `=`, a backslash. */
export const JOINS = 16;
export const FLAGS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z]/.test(character)) FLAGS[byte]! |= LETTER;
  if (/[0-9]/.test(character)) FLAGS[byte]! |= DIGIT;
  if (/[0-9A-Fa-f:.]/.test(character)) FLAGS[byte]! |= COLONS;
  if (/[0-9A-Fa-f]/.test(character)) FLAGS[byte]! |= HEX;
  if (/[0-9_+/%=#\\-]/.test(character)) FLAGS[byte]! |= JOINS;
}

/** Of POINTS, by code point of the basic plane: its kind, of odd.ts; and one that a number plate begins with. */
export const ODD = 0x0f;
export const PROVINCE = 0x80;
export const POINTS: Uint8Array = KINDS.slice();
for (const point of PROVINCES) POINTS[point]! |= PROVINCE;

/** A word of so many letters may be base64 (scan/tokens.ts). */
export const WORD_BYTES_MAX = 11;
const CAPITAL_A = 0x41;
const CAPITAL_E = 0x45;
const CAPITAL_L = 0x4c;
const CAPITAL_T = 0x54;
const CAPITAL_V = 0x56;
const CAPITAL_W = 0x57;
const CAPITAL_X = 0x58;
const SMALL_E = 0x65;
const SMALL_M = 0x6d;
const SMALL_W = 0x77;
const SMALL_Y = 0x79;
const BEHIND_A: ReadonlySet<number> = new Set(Buffer.from("KSITt"));
const POINT = 0x2e;
const UPPER_CASE = 0xdf;
const WECHAT = Buffer.from("wechat");
const BRACKETED = Buffer.from("(at");

/** Which question a byte asks; 0: none. */
const ASKS = new Uint8Array(256);
const DIGITS = 1;
const CAPITAL = 2;
const HIGH = 3;
const VX = 4;
const WORD = 5;
const OPEN = 6;
const BRACKET = 7;
const COLON = 8;
const ALWAYS = 9;
ASKS.fill(DIGITS, 0x30, 0x3a).fill(CAPITAL, 0x41, 0x5b).fill(HIGH, 0xc0);
for (const [character, asks] of Object.entries({
  v: VX,
  w: WORD,
  "(": OPEN,
  "[": BRACKET,
  ":": COLON,
  "@": ALWAYS,
  "\\": ALWAYS,
}))
  ASKS[character.charCodeAt(0)] = asks;

const NO_BYTES: Uint8Array = new Uint8Array(0);

export class PlainStops implements StopsReader {
  readonly bits = new Int32Array(CHUNK_BYTES / 32);
  #bytes = NO_BYTES;
  #from = 0;
  #to = 0;
  #start = 0;

  take(bytes: Uint8Array, from: number, to: number, start: number): number {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    this.#start = start;
    return Math.min(to, start + CHUNK_BYTES);
  }

  read(start: number, end: number): void {
    const bytes = this.#bytes;
    const bits = this.bits;
    const from = this.#from;
    const to = this.#to;
    for (let at = start; at < end; at += 32) bits[(at - this.#start) >> 5] = 0;
    /** Up to here capitals belong to a word that was looked at: to one that may be more, or to a mere one. */
    let judged = start;
    let passed = start;
    for (let at = start; at < end; at++) {
      const asks = ASKS[bytes[at]!]!;
      if (asks === 0) continue;
      if (asks === CAPITAL) {
        if (at < passed) continue;
        if (at >= judged && !isVxAt(bytes, from, to, at)) {
          const word = wordEnd(bytes, from, to, at);
          if (word >= 0) {
            passed = word;
            continue;
          }
          judged = ~word;
        }
      } else if (!isStop(asks, bytes, from, to, at)) continue;
      const nth = at - this.#start;
      bits[nth >> 5]! |= 1 << (nth & 31);
    }
  }
}

/** @returns the first byte from `from` on that asks anything, answered or not; `to` where there is none. */
export function askingFrom(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const asks = ASKS[bytes[at]!]!;
    if (asks !== 0 && (asks !== HIGH || isOdd(bytes, to, at))) return at;
  }
  return to;
}

function isStop(asks: number, bytes: Uint8Array, from: number, to: number, at: number): boolean {
  if (asks === HIGH) return isOdd(bytes, to, at);
  if (asks === DIGITS) return at === from || (FLAGS[bytes[at - 1]!]! & DIGIT) === 0;
  if (asks === VX) return isVxAt(bytes, from, to, at);
  if (asks === WORD) return isThere(WECHAT, bytes, to, at);
  if (asks === OPEN) return isThere(BRACKETED, bytes, to, at);
  if (asks === BRACKET) return at + 2 < to && (bytes[at + 1]! | 0x20) === 0x61 && (bytes[at + 2]! | 0x20) === 0x74;
  if (asks === COLON) return at + 1 < to && (FLAGS[bytes[at + 1]!]! & COLONS) !== 0;
  return true;
}

function isThere(word: Uint8Array, bytes: Uint8Array, to: number, at: number): boolean {
  if (at + word.length > to) return false;
  for (let i = 1; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** The first byte of a character that is not ASCII. */
function isOdd(bytes: Uint8Array, to: number, at: number): boolean {
  const lead = bytes[at]!;
  if (lead >= 0xf0) return true;
  if (at + (lead < 0xe0 ? 1 : 2) >= to) return false;
  const second = bytes[at + 1]!;
  if ((second & 0xc0) !== 0x80) return false;
  if (lead < 0xe0) return (POINTS[((lead & 0x1f) << 6) | (second & 0x3f)]! & ODD) !== 0;
  const third = bytes[at + 2]!;
  return (third & 0xc0) === 0x80 && (POINTS[pointOf(lead, second, third)]! & ODD) !== 0;
}

function pointOf(lead: number, second: number, third: number): number {
  return ((lead & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
}

/** `vx` behind a character that is not ASCII. */
function isVxAt(bytes: Uint8Array, from: number, to: number, at: number): boolean {
  if ((bytes[at]! & UPPER_CASE) !== CAPITAL_V || at === from || bytes[at - 1]! < 0x80) return false;
  return at + 1 < to && (bytes[at + 1]! & UPPER_CASE) === CAPITAL_X;
}

/**
 * A word that is nothing but a word: a few letters, beside which nothing stands that makes a token, an address, a plate
 * or a credential of them. @param at a capital of it. @returns its end; where it may be more, the complement (`~`) of
 * how far that holds.
 */
function wordEnd(bytes: Uint8Array, from: number, to: number, at: number): number {
  let start = at;
  const floor = Math.max(from, at - WORD_BYTES_MAX);
  while (start > floor && (FLAGS[bytes[start - 1]!]! & LETTER) !== 0) start--;
  let end = start;
  const most = Math.min(to, start + WORD_BYTES_MAX + 1);
  for (; end < most && (FLAGS[bytes[end]!]! & LETTER) !== 0; end++) if (isNamed(bytes, to, end)) return ~end;
  if (end - start > WORD_BYTES_MAX || isPrefixed(bytes, to, start)) return ~end;
  return isApart(bytes, from, start) && endsApart(bytes, to, end, end - start) ? end : ~end;
}

/** WeChat, wechat, Email. */
function isNamed(bytes: Uint8Array, to: number, at: number): boolean {
  const byte = bytes[at]!;
  if (byte === SMALL_W) return isThere(WECHAT, bytes, to, at);
  const next = at + 1 < to ? bytes[at + 1]! | 0x20 : 0;
  return (byte === CAPITAL_W && next === SMALL_E) || (byte === CAPITAL_E && next === SMALL_M);
}

/** AKIA, ASIA, AIza, LTAI, eyJ (scan/secrets.ts), and the AT of `(AT`: by their first two letters. */
function isPrefixed(bytes: Uint8Array, to: number, start: number): boolean {
  const first = bytes[start]!;
  const second = start + 1 < to ? bytes[start + 1]! : 0;
  if (first === CAPITAL_A) return BEHIND_A.has(second);
  return (first === CAPITAL_L && second === CAPITAL_T) || (first === SMALL_E && second === SMALL_Y);
}

function isApart(bytes: Uint8Array, from: number, start: number): boolean {
  if (start === from) return true;
  const before = bytes[start - 1]!;
  if (before < 0x80) return (FLAGS[before]! & (LETTER | JOINS)) === 0;
  return start - from < 3 || (POINTS[pointOf(bytes[start - 3]!, bytes[start - 2]!, before)]! & PROVINCE) === 0;
}

/** A full-width colon behind two letters may be of a MAC address, a point behind four. */
function endsApart(bytes: Uint8Array, to: number, end: number, length: number): boolean {
  if (end === to) return true;
  const after = bytes[end]!;
  if (after >= 0x80) return after !== 0xef || length !== 2;
  if (after === POINT) return end + 1 === to || (FLAGS[bytes[end + 1]!]! & HEX) === 0;
  return (FLAGS[after]! & JOINS) === 0;
}
