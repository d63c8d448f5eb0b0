// Digits that stand near one another, however they are written: full width, with spaces, commas or breaks between,
// escaped one by one. Law: a run holds whatever views/ could read as one number; a plain number is no run.

import { Pieces } from "./pieces.ts";
import type { Windows } from "./windows.ts";

/** Bits of the windows that views/ looks at. */
export const RUN = 1;
/** Characters that fold to letters or to nothing. */
export const FOLDED = 2;
/** A token that may be base64 or hexadecimal of text. */
export const CODED = 4;
/** Digits with letters among them that look like digits. */
export const LOOKALIKE = 8;
/** A number that may be one backwards. */
export const BACKWARDS = 16;
/** One character after another, with the same between them. */
export const SPELLED = 32;
/** The signs of an address, in words or apart. */
export const SIGNS = 64;
/** Digits with markup between them. */
export const MARKUP = 128;

/** Sets of one bit, by that bit. */
export const ONLY: readonly Int32Array[] = Array.from({ length: 2 * MARKUP }, (_, bit) => Int32Array.of(bit));

/** A mobile number; nothing shorter is looked for in pieces. */
const DIGITS_MIN = 11;
/** A number plate has five. */
const FOLDED_MIN = 5;
const SPELLED_MIN = 5;
/** As views/fold.ts reads them; 二〇二四 is a year. */
const NUMERALS_MIN = 7;
const GAP_BYTES_MAX = 8;
const BACKSLASH = 0x5c;
const HASH = 0x23;
const GAPS = new Uint8Array(256);
GAPS.fill(1, 0, 0x20);
GAPS[0x7f] = 1;
for (const separator of " -.,/_*|~+()%&#;\\") GAPS[separator.charCodeAt(0)] = 1;
/** After a backslash or `&#`: `\n`, `\u`, `&#x`. */
const AFTER_ESCAPE = new Uint8Array(256);
for (const letter of "nrtuxX") AFTER_ESCAPE[letter.charCodeAt(0)] = 1;

export class DigitRuns {
  readonly #windows: Windows;
  #start = 0;
  #end = -1;
  #digits = 0;
  #isOdd = false;
  /** Digits of another script or width in it: only the view can read them. */
  #folded = 0;
  #numerals = 0;
  /** Digits that stand alone, one after another. */
  #singles = 0;
  readonly #pieces = new Pieces();

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  clear(): void {
    this.#end = -1;
  }

  /**
   * Digits at [start, end) of the string [from, to). @param odd with separators between, or not ASCII: then one at a
   * time.
   */
  add(bytes: Uint8Array, from: number, to: number, start: number, end: number, digits: number, odd: boolean): void {
    if (this.#end >= 0 && isGap(bytes, this.#end, start)) {
      this.#digits += digits;
      this.#isOdd ||= odd || start > this.#end;
    } else {
      this.#start = start;
      this.#digits = digits;
      this.#isOdd = odd;
      this.#folded = this.#numerals = this.#singles = 0;
      this.#pieces.begin(start);
    }
    this.#end = end;
    if (bytes[start]! >= 0x80) {
      if (isNumeral(bytes[start]!)) this.#numerals++;
      else this.#folded++;
    }
    // one at a time, or in one row with a separator after each
    this.#singles = digits === 1 ? this.#singles + 1 : end - start === 2 * digits - 1 ? digits : 0;
    if (this.#isNumber(bytes, end)) this.#windows.add(bytes, from, to, this.#start, end, ONLY[RUN]!);
  }

  /** Whether views/ would read it: in pieces that may be one number, spelled out, or with digits that are not ASCII. */
  #isNumber(bytes: Uint8Array, end: number): boolean {
    const isWhole = this.#pieces.goOn(bytes, end);
    if (this.#folded >= FOLDED_MIN || this.#singles >= SPELLED_MIN) return true;
    if (this.#numerals > 0 && this.#digits >= NUMERALS_MIN) return true;
    return this.#isOdd && this.#digits >= DIGITS_MIN && (isWhole || this.#folded + this.#numerals > 0);
  }
}

/** Chinese numerals, 〇 among them. */
function isNumeral(lead: number): boolean {
  return lead >= 0xe3 && lead <= 0xe9;
}

/** A Chinese character, or the end of a sentence: `。！；？`, E3 80 82 and EF BC 81, 9B, 9F. */
function isBetween(bytes: Uint8Array, at: number): boolean {
  const lead = bytes[at]!;
  const third = bytes[at + 2]!;
  if (lead === 0xe3) return bytes[at + 1] === 0x80 && third === 0x82;
  if (lead === 0xef) return bytes[at + 1] === 0xbc && (third === 0x81 || third === 0x9b || third === 0x9f);
  return true;
}

/** Separators, escapes, and whatever is neither ASCII nor Chinese, but no end of a sentence. */
function isGap(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > GAP_BYTES_MAX) return false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= 0xe3 && (byte <= 0xe9 || byte === 0xef) && bytes[at + 1]! >= 0x80 && isBetween(bytes, at)) return false;
    if (byte >= 0x80 || GAPS[byte] === 1) continue;
    const before = at > from ? bytes[at - 1]! : 0;
    if (AFTER_ESCAPE[byte] !== 1 || (before !== BACKSLASH && before !== HASH)) return false;
  }
  return true;
}
