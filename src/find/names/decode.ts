// From scores to tags: the best path through the eight tags, under their grammar. Law: linear; the grammar makes every
// name begin, and end, within the range.

import { FEATURES, type Line } from "./features.ts";

/**
 * Tags, in the order of the weights: other; a name's first, inner, last (alone: a name of one); a place's; a body's.
 */
export const TAGS = 8;
export const OTHER = 0;
export const NAME_FIRST = 1;
export const NAME_INNER = 2;
export const NAME_LAST = 3;
export const PLACE_FIRST = 4;
export const PLACE_INNER = 5;
export const BODY_FIRST = 6;
export const BODY_INNER = 7;

/** By tag: the tags that may stand before it. */
export const BEFORE: readonly (readonly number[])[] = [
  [OTHER, NAME_LAST, PLACE_FIRST, PLACE_INNER, BODY_FIRST, BODY_INNER],
  [OTHER, NAME_LAST, PLACE_FIRST, PLACE_INNER, BODY_FIRST, BODY_INNER],
  [NAME_FIRST, NAME_INNER],
  [OTHER, NAME_FIRST, NAME_INNER, NAME_LAST, PLACE_FIRST, PLACE_INNER, BODY_FIRST, BODY_INNER],
  [OTHER, NAME_LAST, PLACE_FIRST, PLACE_INNER, BODY_FIRST, BODY_INNER],
  [PLACE_FIRST, PLACE_INNER],
  [OTHER, NAME_LAST, PLACE_FIRST, PLACE_INNER, BODY_FIRST, BODY_INNER],
  [BODY_FIRST, BODY_INNER],
];
/** BEFORE laid flat: a tag's run begins at FIRST_BEFORE[tag]. */
const ALL_BEFORE = Uint8Array.from(BEFORE.flat());
const FIRST_BEFORE = Uint8Array.from(firsts());
const NEVER = -1e9;

function firsts(): number[] {
  const sums = [0];
  for (const list of BEFORE) sums.push(sums.at(-1)! + list.length);
  return sums;
}

export interface Weights {
  /** slot * TAGS + tag. */
  readonly table: Int8Array;
  /** before * TAGS + tag, in the table's unit. */
  readonly moves: Int32Array;
}

/** What makes a weight of the table no less than zero; the bytes of a word at even places; no weight at all, summed. */
const BIAS = 128;
const EVEN = 0x00ff00ff;
const ZERO = FEATURES * BIAS;

function packed(table: Int8Array): Int32Array {
  const words = new Int32Array(table.length / 4);
  for (let word = 0, at = 0; word < words.length; word++, at += 4)
    words[word] =
      (table[at]! + BIAS) |
      ((table[at + 1]! + BIAS) << 8) |
      ((table[at + 2]! + BIAS) << 16) |
      ((table[at + 3]! + BIAS) << 24);
  return words;
}

export class Decoder {
  /** By slot: two words of the weights of its tags, four a word, each a byte of BIAS and more. */
  readonly #packed: Int32Array;
  /** Of each move of ALL_BEFORE: what it adds. */
  readonly #moves: Int32Array;
  /** By how much OTHER must lead a character to be taken at once. */
  readonly #clear: number;
  readonly slots: Int32Array = new Int32Array(FEATURES);
  #scores: Int32Array = new Int32Array(0);
  #back: Uint8Array = new Uint8Array(0);
  /** Tags of the last range, from index 0. */
  tags: Uint8Array = new Uint8Array(0);

  constructor({ table, moves }: Weights, clear = Number.POSITIVE_INFINITY) {
    this.#packed = packed(table);
    this.#moves = Int32Array.from(BEFORE.flatMap((list, tag) => list.map((prior) => moves[prior * TAGS + tag]!)));
    this.#clear = clear;
  }

  /** Tags characters [from, to) of the line. @param bias added to every tag of a name. */
  decode(line: Line, from: number, to: number, bias: number): Uint8Array {
    const length = to - from;
    if (this.tags.length < length) this.#room(length * 2 + 64);
    for (let i = 0; i < length; i++) {
      this.#emit(line, from + i, i * TAGS, bias);
      this.#step(i);
    }
    this.#trace(length);
    return this.tags;
  }

  /** Adds four weights at once, two in each half of a word: sixteen bits hold the sum of all FEATURES. */
  #emit(line: Line, i: number, at: number, bias: number): void {
    const { slots } = this;
    const weights = this.#packed;
    line.slots(i, slots);
    let s02 = 0;
    let s13 = 0;
    let s46 = 0;
    let s57 = 0;
    for (let f = 0; f < FEATURES; f++) {
      const base = slots[f]! * 2;
      const low = weights[base]!;
      const high = weights[base + 1]!;
      s02 += low & EVEN;
      s13 += (low >>> 8) & EVEN;
      s46 += high & EVEN;
      s57 += (high >>> 8) & EVEN;
    }
    const scores = this.#scores;
    scores[at] = (s02 & 0xffff) - ZERO;
    scores[at + 1] = (s13 & 0xffff) - ZERO + bias;
    scores[at + 2] = (s02 >>> 16) - ZERO + bias;
    scores[at + 3] = (s13 >>> 16) - ZERO + bias;
    scores[at + 4] = (s46 & 0xffff) - ZERO;
    scores[at + 5] = (s57 & 0xffff) - ZERO;
    scores[at + 6] = (s46 >>> 16) - ZERO;
    scores[at + 7] = (s57 >>> 16) - ZERO;
  }

  #step(i: number): void {
    const scores = this.#scores;
    const at = i * TAGS;
    const moves = this.#moves;
    if (i === 0) {
      scores[NAME_INNER] = scores[PLACE_INNER] = scores[BODY_INNER] = NEVER;
      return;
    }
    const at0 = at - TAGS;
    if (this.#isClear(at)) {
      this.#stepClear(at, at0);
      return;
    }
    for (let tag = 0; tag < TAGS; tag++) {
      let best = NEVER * 2;
      let from = 0;
      for (let k = FIRST_BEFORE[tag]!; k < FIRST_BEFORE[tag + 1]!; k++) {
        const prior = ALL_BEFORE[k]!;
        const score = scores[at0 + prior]! + moves[k]!;
        if (score > best) {
          best = score;
          from = prior;
        }
      }
      scores[at + tag]! += best;
      this.#back[at + tag] = from;
    }
  }

  /** Whether nothing but OTHER can win at `at`, whatever stands before. */
  #isClear(at: number): boolean {
    const scores = this.#scores;
    const rest = scores[at]! - this.#clear;
    for (let tag = 1; tag < TAGS; tag++) if (scores[at + tag]! > rest) return false;
    return true;
  }

  #stepClear(at: number, before: number): void {
    const scores = this.#scores;
    const moves = this.#moves;
    let best = NEVER * 2;
    let from = 0;
    for (let k = 0; k < FIRST_BEFORE[1]!; k++) {
      const prior = ALL_BEFORE[k]!;
      const score = scores[before + prior]! + moves[k]!;
      if (score > best) {
        best = score;
        from = prior;
      }
    }
    scores[at]! += best;
    this.#back[at] = from;
    for (let tag = 1; tag < TAGS; tag++) scores[at + tag] = NEVER;
  }

  #trace(length: number): void {
    if (length === 0) return;
    const last = (length - 1) * TAGS;
    let tag = OTHER;
    for (let t = 0; t < TAGS; t++)
      if (t !== NAME_FIRST && t !== NAME_INNER && this.#scores[last + t]! > this.#scores[last + tag]!) tag = t;
    for (let i = length - 1; i >= 0; i--) {
      this.tags[i] = tag;
      tag = this.#back[i * TAGS + tag]!;
    }
  }

  #room(size: number): void {
    this.#scores = new Int32Array(size * TAGS);
    this.#back = new Uint8Array(size * TAGS);
    this.tags = new Uint8Array(size);
  }
}
