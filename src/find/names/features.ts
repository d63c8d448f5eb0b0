// What the model sees at a character. Law: training and reading use these very slots; a slot depends on the character's
// clause and the word next to it, no further.

import { FOLD } from "./chars.ts";
import { KIND_LATIN } from "./latin.ts";
import type { Lexicon } from "./lexicon.ts";
import { BORDERS, KIND_NAME, Words } from "./segment.ts";
import type { Traits } from "./traits.ts";

export const FEATURES = 18;
/** Room for context before the first and after the last character of a line. */
export const PAD = 3;
const EDGE = 1;
/** No place of a word. */
const NOWHERE = 255;
/** Up to where lengths and distances are told apart. */
const REACH = 8;

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
    this.cut(0, this.length);
  }

  /** The first half of `take`: the characters. */
  fold(text: string, start: number, end: number): void {
    const length = end - start;
    if (this.codes.length < length + 2 * PAD) this.#room(length * 2 + 64);
    this.length = length;
    const { dense } = this.#lexicon;
    const codes = this.codes;
    const units = this.#units;
    const places = this.#dense;
    for (let i = 0; i < PAD; i++) codes[i] = codes[length + PAD + i] = EDGE;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(start + i);
      codes[i + PAD] = FOLD[unit]!;
      units[i] = unit;
      places[i] = dense[unit]!;
    }
  }

  /** The second half: the words of [from, to), which a border of words must bound on either side. */
  cut(from: number, to: number): void {
    this.words.cut(this.#dense, this.#units, from, to, this.length);
    this.#hashWords(from, to);
  }

  /** Whether no word reaches over the character at `i`. */
  isBorder(i: number): boolean {
    return BORDERS[this.#units[i]!] === 1;
  }

  #hashWords(from: number, to: number): void {
    const { start, end, kind } = this.words;
    const codes = this.codes;
    for (let i = from; i < to; i = end[i]!) {
      let hash = 7;
      const last = end[i]!;
      if (kind[i]! >= KIND_LATIN && kind[i]! < KIND_NAME) hash = kind[i]!;
      else for (let k = i; k < last; k++) hash = Math.imul(hash, 0x01000193) ^ codes[k + PAD]!;
      for (let k = start[i]!; k < last; k++) this.#word[k] = hash;
    }
  }

  #room(size: number): void {
    this.codes = new Uint16Array(size + 2 * PAD);
    this.#dense = new Uint16Array(size);
    this.#units = new Uint16Array(size);
    this.#word = new Int32Array(size);
  }

  /** The class of the word at `i`, with where in it `i` lies. */
  #place(i: number): number {
    return i < 0 || i >= this.length ? NOWHERE : this.words.place[i]!;
  }

  /** Writes the FEATURES slots of character `i` into `into`. */
  slots(i: number, into: Int32Array): void {
    const c = this.codes;
    const p = i + PAD;
    const shift = this.#shift;
    into[0] = slot(1, c[p]!, 0, shift);
    into[1] = slot(2, c[p - 1]!, 0, shift);
    into[2] = slot(3, c[p + 1]!, 0, shift);
    into[3] = slot(4, c[p - 2]!, 0, shift);
    into[4] = slot(5, c[p + 2]!, 0, shift);
    into[5] = slot(6, c[p - 3]!, 0, shift);
    into[6] = slot(7, c[p + 3]!, 0, shift);
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
    const left = s > 0 ? this.#word[s - 1]! : EDGE;
    const right = e < this.length ? this.#word[e]! : EDGE;
    const length = Math.min(e - s, REACH);
    into[7] = slot(8, (here << 8) | length, level[i]! >> 1, shift);
    into[8] = slot(9, left, Math.min(i - s, REACH), shift);
    into[9] = slot(10, right, Math.min(e - i, REACH), shift);
    into[10] = slot(11, (before << 16) | (here << 8) | after, length, shift);
    into[11] = slot(12, (this.#place(i - 1) << 8) | here, this.#place(i - 2), shift);
    into[12] = slot(13, (this.#place(i + 1) << 8) | here, this.#place(i + 2), shift);
    into[13] = slot(14, left, right, shift);
  }

  #traitSlots(p: number, into: Int32Array, shift: number): void {
    const t = this.#traits;
    const c = this.codes;
    const a = t[c[p - 2]!]!;
    const b = t[c[p - 1]!]!;
    const x = t[c[p]!]!;
    const y = t[c[p + 1]!]!;
    const z = t[c[p + 2]!]!;
    into[14] = slot(15, ((x & SURNAME) << 12) | (y & MIDDLE), z & LAST, shift);
    into[15] = slot(16, ((b & SURNAME) << 12) | (x & MIDDLE), y & LAST, shift);
    into[16] = slot(17, ((a & SURNAME) << 12) | (b & MIDDLE), x & LAST, shift);
    into[17] = slot(18, ((b & FOREIGN) << 16) | (x & FOREIGN), y & FOREIGN, shift);
  }
}

/** Three bits each: how much a character is at home as a surname, in a name's middle, at its end, in a foreign name. */
const SURNAME = 7;
const MIDDLE = 7 << 3;
const LAST = 7 << 6;
const FOREIGN = 7 << 9;

function slot(template: number, a: number, b: number, shift: number): number {
  let hash = Math.imul(a ^ Math.imul(template, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash ^ Math.imul(b + template, 0xc2b2ae35), 0x27d4eb2f);
  return (hash ^ (hash >>> 13)) >>> shift;
}
