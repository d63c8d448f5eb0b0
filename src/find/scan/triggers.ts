// The one pass over every string. Law: cheaper than any detector, and never misses what a detector could find; what
// it hits too often only costs time. Linear: every look backwards or ahead is bounded or is skipped over afterwards.

import { ALPHANUMERIC, AT_SIGN, CLASSES, DIGIT, ESCAPE, LETTERS, PREFIX, SEPARATORS, TOKEN } from "./classes.ts";
import { isPlateStart } from "./plates.ts";
import { isSecretStart, PREFIX_BYTES } from "./secrets.ts";
import type { Windows } from "./windows.ts";

/** Six digits or more, single separators between them allowed. */
export const DIGITS = 1;
/** Eleven digits or more. */
export const LONG_DIGITS = 2;
export const AT = 4;
export const PLATE = 8;
export const SECRET = 16;
/** Fifteen digits or more. */
export const CARD_DIGITS = 32;
/** DIGITS with a letter right before or after them. */
export const LETTERED = 64;

const DIGITS_MIN = 6;
const LONG_DIGITS_MIN = 11;
const CARD_DIGITS_MIN = 15;
const LOCAL_BYTES_MAX = 64;
const DOMAIN_BYTES_MAX = 255;
const LETTER_U = 0x75;

const NO_BYTES: Uint8Array = new Uint8Array(0);
const NO_WORDS: DataView = new DataView(NO_BYTES.buffer);

/** Scans one string at a time; holds no text between calls. */
export class TriggerScan {
  readonly windows: Windows;
  #bytes = NO_BYTES;
  #words = NO_WORDS;
  #from = 0;
  #to = 0;
  /** After the last escape: its letter belongs to no word. */
  #edge = 0;
  /** Up to here a credential was already marked. */
  #secretEnd = 0;

  constructor(windows: Windows) {
    this.windows = windows;
  }

  /** @param words a view of the same bytes: making one costs as much as scanning a short text. */
  over(bytes: Uint8Array, words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)): void {
    this.#bytes = bytes;
    this.#words = words;
  }

  /** Lets go of the bytes. */
  done(): void {
    this.over(NO_BYTES, NO_WORDS);
  }

  /**
   * Fills `windows`. @param raw the range holds JSON escapes; without it a backslash is a backslash.
   * @returns false where it met a \u escape: what that hides is seen only when it is undone.
   */
  scan(from: number, to: number, raw: boolean): boolean {
    this.#from = from;
    this.#to = to;
    this.#edge = from;
    this.#secretEnd = from;
    this.windows.clear();
    const bytes = this.#bytes;
    for (let at = this.#skip(from); at < to; at = this.#skip(at)) {
      const kind = CLASSES[bytes[at]!]!;
      if (kind === DIGIT) at = this.#digits(at);
      else if (kind === AT_SIGN) at = this.#at(at);
      else if (kind !== ESCAPE) at = this.#upper(at);
      else if (raw && bytes[at + 1] === LETTER_U) return false;
      else at = this.#edge = afterEscape(bytes, at, raw);
    }
    return true;
  }

  /** To the next byte with a class. Those lie in [0x30, 0x5c]: eight bytes with none there are passed in one step. */
  #skip(from: number): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const to = this.#to;
    let at = from;
    while (at < to) {
      while (at + 8 <= to) {
        if (((inRange(words.getInt32(at, true)) | inRange(words.getInt32(at + 4, true))) & 0x80808080) !== 0) break;
        at += 8;
      }
      const stop = Math.min(at + 8, to);
      for (; at < stop; at++) if (CLASSES[bytes[at]!] !== 0) return at;
    }
    return at;
  }

  #digits(start: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    this.#secret(start);
    let at = start;
    let count = 0;
    while (at < to) {
      if (CLASSES[bytes[at]!] === DIGIT) {
        count++;
        at++;
      } else if (SEPARATORS[bytes[at]!] === 1 && at + 1 < to && CLASSES[bytes[at + 1]!] === DIGIT) at++;
      else break;
    }
    if (count >= DIGITS_MIN) this.#hit(start, at, this.#ofDigits(start, at, count));
    return at;
  }

  #ofDigits(start: number, end: number, count: number): number {
    const bytes = this.#bytes;
    const before = start > this.#from && LETTERS[bytes[start - 1]!] === 1;
    const after = end < this.#to && LETTERS[bytes[end]!] === 1;
    const lettered = before || after ? DIGITS | LETTERED : DIGITS;
    if (count < LONG_DIGITS_MIN) return lettered;
    return count < CARD_DIGITS_MIN ? lettered | LONG_DIGITS : lettered | LONG_DIGITS | CARD_DIGITS;
  }

  #at(at: number): number {
    const start = Math.max(this.#from, at - LOCAL_BYTES_MAX);
    const bytes = this.#bytes;
    let end = at + 1;
    const limit = Math.min(this.#to, at + DOMAIN_BYTES_MAX);
    let dotted = false;
    while (end < limit && TOKEN[bytes[end]!] === 1 && CLASSES[bytes[end]!] !== AT_SIGN) {
      if (bytes[end] === 0x2e) dotted = true;
      end++;
    }
    if (dotted && at > this.#from && TOKEN[bytes[at - 1]!] === 1) this.#hit(start, end, AT);
    return at + 1;
  }

  #upper(at: number): number {
    this.#secret(at);
    if (isPlateStart(this.#bytes, this.#from, at, this.#to)) this.#hit(at - 3, at + 12, PLATE);
    return at + 1;
  }

  /** At the first capital or digit of a token: does a credential's prefix stand there? */
  #secret(at: number): void {
    if (at < this.#secretEnd) return;
    const bytes = this.#bytes;
    const floor = Math.max(this.#edge, at - PREFIX_BYTES);
    let start = at;
    while (start > floor && PREFIX[bytes[start - 1]!] === 1) start--;
    if (start > this.#edge && ALPHANUMERIC[bytes[start - 1]!] === 1) return;
    const kind = isSecretStart(bytes, start, this.#to);
    if (kind === 0) return;
    let end = at;
    while (end < this.#to && (kind === 2 || TOKEN[bytes[end]!] === 1)) end++;
    this.#secretEnd = end;
    this.#hit(start, end, SECRET);
  }

  #hit(start: number, end: number, trigger: number): void {
    this.windows.add(this.#bytes, this.#from, this.#to, start, Math.min(end, this.#to), trigger);
  }
}

/** The top bit of a byte is set if and only if that byte of the four lies in [0x30, 0x5c]. */
function inRange(word: number): number {
  const low = word & 0x7f7f7f7f;
  return (low + 0x50505050) & ~(low + 0x23232323) & ~word;
}

/** After a short escape, and after one written out inside it (`\\\\n`: JSON in a JSON string). */
function afterEscape(bytes: Uint8Array, at: number, raw: boolean): number {
  const next = raw ? at + 2 : at + 1;
  const writtenOut = !raw || bytes[at + 1] === 0x5c;
  return writtenOut && isBreak(bytes[next]) ? next + 1 : next;
}

/** n, r, t. */
function isBreak(byte: number | undefined): boolean {
  return byte === 0x6e || byte === 0x72 || byte === 0x74;
}
