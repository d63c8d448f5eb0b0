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
  readonly table: Int8Array | Float64Array | Float32Array;
  /** before * TAGS + tag, in the table's unit. */
  readonly moves: Int32Array | Float64Array;
}

export class Decoder {
  readonly #weights: Weights;
  /** By how much OTHER must lead a character to be taken at once; Infinity while learning. */
  readonly #clear: number;
  readonly slots: Int32Array = new Int32Array(FEATURES);
  #scores: Float64Array = new Float64Array(0);
  #back: Uint8Array = new Uint8Array(0);
  /** Tags of the last range, from index 0. */
  tags: Uint8Array = new Uint8Array(0);

  constructor(weights: Weights, clear = Number.POSITIVE_INFINITY) {
    this.#weights = weights;
    this.#clear = clear;
  }

  /**
   * Tags characters [from, to) of the line. @param bias added to every tag of a name.
   * @param cost per character and tag, added in training only.
   */
  decode(line: Line, from: number, to: number, bias: number, cost?: Float64Array): Uint8Array {
    const length = to - from;
    if (this.tags.length < length) this.#room(length * 2 + 64);
    const scores = this.#scores;
    for (let i = 0; i < length; i++) {
      this.#emit(line, from + i, i * TAGS, bias);
      if (cost !== undefined) for (let t = 0; t < TAGS; t++) scores[i * TAGS + t]! += cost[i * TAGS + t]!;
      this.#step(i);
    }
    this.#trace(length);
    return this.tags;
  }

  #emit(line: Line, i: number, at: number, bias: number): void {
    const { slots } = this;
    const { table } = this.#weights;
    line.slots(i, slots);
    let s0 = 0;
    let s1 = bias;
    let s2 = bias;
    let s3 = bias;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    let s7 = 0;
    for (let f = 0; f < FEATURES; f++) {
      const base = slots[f]! * TAGS;
      s0 += table[base]!;
      s1 += table[base + 1]!;
      s2 += table[base + 2]!;
      s3 += table[base + 3]!;
      s4 += table[base + 4]!;
      s5 += table[base + 5]!;
      s6 += table[base + 6]!;
      s7 += table[base + 7]!;
    }
    const scores = this.#scores;
    scores[at] = s0;
    scores[at + 1] = s1;
    scores[at + 2] = s2;
    scores[at + 3] = s3;
    scores[at + 4] = s4;
    scores[at + 5] = s5;
    scores[at + 6] = s6;
    scores[at + 7] = s7;
  }

  #step(i: number): void {
    const scores = this.#scores;
    const at = i * TAGS;
    const { moves } = this.#weights;
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
        const score = scores[at0 + prior]! + moves[(prior << 3) + tag]!;
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
    const { moves } = this.#weights;
    let best = NEVER * 2;
    let from = 0;
    for (let k = 0; k < FIRST_BEFORE[1]!; k++) {
      const prior = ALL_BEFORE[k]!;
      const score = scores[before + prior]! + moves[prior << 3]!;
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
    this.#scores = new Float64Array(size * TAGS);
    this.#back = new Uint8Array(size * TAGS);
    this.tags = new Uint8Array(size);
  }
}
