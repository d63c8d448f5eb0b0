// What the model sees at a character. Law: training and reading use these very slots; a slot depends on at most
// WORD_MAX characters to either side.

import { FOLD } from "./chars.ts";
import type { Lexicon } from "./lexicon.ts";
import { Words } from "./segment.ts";
import type { Traits } from "./traits.ts";

export const FEATURES = 28;
/** Room for context before the first and after the last character of a line. */
export const PAD = 3;
const EDGE = 1;

/** One line of text, ready to be looked at from any of its characters. Reused from line to line. */
export class Line {
  length = 0;
  readonly words: Words;
  /** Folded characters, PAD before and after. */
  codes: Uint16Array = new Uint16Array(0);
  #dense: Uint16Array = new Uint16Array(0);
  #units: Uint16Array = new Uint16Array(0);
  /** By character: a hash of the word it is in. */
  #word: Int32Array = new Int32Array(0);
  readonly #lexicon: Lexicon;
  readonly #traits: Uint16Array;
  readonly #shift: number;

  /** @param bits of the weights' table. */
  constructor(lexicon: Lexicon, traits: Traits, bits: number) {
    this.#lexicon = lexicon;
    this.#traits = traits.grades;
    this.#shift = 32 - bits;
    this.words = new Words(lexicon, traits);
  }

  /** Folds [start, end) of `text` and cuts it: what is asked afterwards is counted from `start`. */
  take(text: string, start: number, end: number): void {
    this.fold(text, start, end);
    this.cut();
  }

  /** The first half of `take`: the characters. */
  fold(text: string, start: number, end: number): void {
    const length = end - start;
    if (this.codes.length < length + 2 * PAD) this.#room(length * 2 + 64);
    this.length = length;
    for (let i = 0; i < PAD; i++) this.codes[i] = this.codes[length + PAD + i] = EDGE;
    const { dense } = this.#lexicon;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(start + i);
      this.codes[i + PAD] = FOLD[unit]!;
      this.#units[i] = unit;
      this.#dense[i] = dense[unit]!;
    }
  }

  /** The second half: the words. */
  cut(): void {
    this.words.cut(this.#dense, this.#units, this.length);
    this.#hashWords();
  }

  #hashWords(): void {
    const { start, end } = this.words;
    for (let i = 0; i < this.length; i = end[i]!) {
      let hash = 7;
      for (let k = i; k < end[i]!; k++) hash = Math.imul(hash, 0x01000193) ^ this.codes[k + PAD]!;
      this.#word.fill(hash, start[i]!, end[i]!);
    }
  }

  #room(size: number): void {
    this.codes = new Uint16Array(size + 2 * PAD);
    this.#dense = new Uint16Array(size);
    this.#units = new Uint16Array(size);
    this.#word = new Int32Array(size);
  }

  /** The class of the word at `i`, with where in it `i` lies: 0 alone, 1 first, 2 inside, 3 last. */
  #place(i: number): number {
    if (i < 0 || i >= this.length) return 255;
    const { start, end, kind } = this.words;
    const s = start[i]!;
    const e = end[i]!;
    const where = e - s === 1 ? 0 : i === s ? 1 : i === e - 1 ? 3 : 2;
    return (kind[i]! << 2) | where;
  }

  /** Writes the FEATURES slots of character `i` into `into`. */
  slots(i: number, into: Int32Array): void {
    const c = this.codes;
    const p = i + PAD;
    const a = c[p - 2]!;
    const b = c[p - 1]!;
    const x = c[p]!;
    const y = c[p + 1]!;
    const z = c[p + 2]!;
    const shift = this.#shift;
    into[0] = slot(1, x, 0, shift);
    into[1] = slot(2, b, 0, shift);
    into[2] = slot(3, y, 0, shift);
    into[3] = slot(4, a, 0, shift);
    into[4] = slot(5, z, 0, shift);
    into[5] = slot(6, b, x, shift);
    into[6] = slot(7, x, y, shift);
    into[7] = slot(8, a, b, shift);
    into[8] = slot(9, y, z, shift);
    into[9] = slot(10, b, y, shift);
    into[10] = slot(11, (b << 16) ^ x, y, shift);
    into[11] = slot(12, (a << 16) ^ b, x, shift);
    into[12] = slot(13, (x << 16) ^ y, z, shift);
    this.#wordSlots(i, into, shift);
    this.#traitSlots(p, into, shift);
  }

  #wordSlots(i: number, into: Int32Array, shift: number): void {
    const { start, end, level } = this.words;
    const s = start[i]!;
    const e = end[i]!;
    const here = this.#place(i);
    const before = this.#place(s - 1);
    const after = this.#place(e);
    const word = this.#word[i]!;
    const left = s > 0 ? this.#word[s - 1]! : EDGE;
    const right = e < this.length ? this.#word[e]! : EDGE;
    const length = e - s;
    into[13] = slot(14, (here << 8) | length, level[i]! >> 1, shift);
    into[14] = slot(15, word, here & 3, shift);
    into[15] = slot(16, left, i - s, shift);
    into[16] = slot(17, right, e - i, shift);
    into[17] = slot(18, (before << 16) | (here << 8) | after, length, shift);
    into[18] = slot(19, left, here, shift);
    into[19] = slot(20, right, here, shift);
    into[20] = slot(21, (this.#place(i - 1) << 8) | here, this.#place(i - 2), shift);
    into[21] = slot(22, (this.#place(i + 1) << 8) | here, this.#place(i + 2), shift);
    into[22] = slot(23, left, right, shift);
  }

  #traitSlots(p: number, into: Int32Array, shift: number): void {
    const t = this.#traits;
    const c = this.codes;
    const a = t[c[p - 2]!]!;
    const b = t[c[p - 1]!]!;
    const x = t[c[p]!]!;
    const y = t[c[p + 1]!]!;
    const z = t[c[p + 2]!]!;
    into[23] = slot(24, ((x & SURNAME) << 12) | (y & MIDDLE), z & LAST, shift);
    into[24] = slot(25, ((b & SURNAME) << 12) | (x & MIDDLE), y & LAST, shift);
    into[25] = slot(26, ((a & SURNAME) << 12) | (b & MIDDLE), x & LAST, shift);
    into[26] = slot(27, ((b & FOREIGN) << 16) | (x & FOREIGN), y & FOREIGN, shift);
    into[27] = slot(28, x, (this.#place(p - PAD) << 16) | b, shift);
  }
}

/** Three bits each: how much a character is at home as a surname, in a name's middle, at its end, in a foreign name. */
const SURNAME = 7;
const MIDDLE = 7 << 3;
const LAST = 7 << 6;
const FOREIGN = 7 << 9;

function slot(template: number, a: number, b: number, shift: number): number {
  let hash = Math.imul(a ^ (template * 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash ^ Math.imul(b + template, 0xc2b2ae35), 0x27d4eb2f);
  return (hash ^ (hash >>> 13)) >>> shift;
}
