// What a word in Latin letters is judged by: itself, its neighbours, its line and its text. Law: training and reading
// use these very slots.

import { CLOSE, COLON, GAPS, LINE, OPEN, SPACE, STOP } from "./english-gaps.ts";
import { isLarge, SHAPES, type Tokens } from "./english-tokens.ts";

export const SLOT_BITS = 16;
export const FEATURES_MAX = 40;
const SHIFT = 32 - SLOT_BITS;
/** Hashes of a border: none is a word's. */
const TEXT_END = 11;
const LINE_END = 12;
const KINDS = 108;
const NO_KIND = 255;
const RUN_MAX = 6;

/** By flags: given and family 0–2, word 0–2, thing 0–3. */
const KIND: Uint8Array = Uint8Array.from({ length: 256 }, (_, flags) => {
  const given = Math.min(2, flags & 3);
  const family = Math.min(2, (flags >> 2) & 3);
  const word = [0, 1, 1, 2][(flags >> 4) & 3]!;
  return ((given * 3 + family) * 3 + word) * 4 + (flags >> 6);
});

export class Features {
  readonly slots: Int32Array = new Int32Array(FEATURES_MAX);
  #at = 0;

  /**
   * Puts the slots of word `i` into `slots`. @param first @param last ends of the run of large words that it stands in.
   * @returns how many they are.
   */
  of(t: Tokens, i: number, first: number, last: number): number {
    this.#at = 0;
    const kind = KIND[t.flags[i]!]!;
    this.#itself(t, i, kind);
    this.#neighbours(t, i, kind);
    this.#further(t, i, kind);
    this.#run(t, i, first, last, kind);
    this.#surroundings(t, i, kind);
    return this.#at;
  }

  #itself(t: Tokens, i: number, kind: number): void {
    const { text } = t;
    const shape = t.shape[i]!;
    const start = t.start[i]!;
    const end = t.end[i]!;
    const strange = t.flags[i] === 0 ? 1 : 0;
    const tail = (back: number): number => (end - back >= start ? text.charCodeAt(end - back) | 32 : 0);
    const two = (tail(1) << 8) | tail(2);
    this.#put(1, t.flags[i]!, shape, 0);
    this.#put(13, t.hash[i]!, isLarge(shape) ? 1 : 0, 0);
    this.#put(14, two, tail(3), strange);
    this.#put(15, strange ? two : -1, strange ? (tail(3) << 8) | tail(4) : kind, 0);
    this.#put(32, text.charCodeAt(start) | 32, end - start > 1 ? text.charCodeAt(start + 1) : 0, strange);
    this.#put(30, end - start, kind, shape);
  }

  #neighbours(t: Tokens, i: number, kind: number): void {
    const before = t.gap[i]!;
    const after = t.gap[i + 1]!;
    const large = isLarge(t.shape[i]!) ? 1 : 0;
    const kind1 = kindAt(t, i - 1, before);
    const kind2 = kindAt(t, i + 1, after);
    const shape1 = shapeAt(t, i - 1, before);
    const shape2 = shapeAt(t, i + 1, after);
    const word1 = wordAt(t, i - 1, before);
    const word2 = wordAt(t, i + 1, after);
    const gaps = before * GAPS + after;
    this.#put(3, kind1, before, kind * SHAPES + shape1);
    this.#put(4, kind2, after, kind * SHAPES + shape2);
    this.#put(5, kind1, kind, kind2);
    this.#put(6, word1, before, large);
    this.#put(7, word2, after, large);
    this.#put(8, word1, kind, 0);
    this.#put(9, word2, kind, 0);
    this.#put(12, word1, word2, 0);
    this.#put(16, gaps, t.shape[i]!, shape1 * SHAPES + shape2);
    this.#put(18, gaps, kind, 0);
    this.#put(29, word1, kind1, t.caps[t.line[i]!]!);
    this.#put(31, kind, before, shape1);
  }

  /** Two words to either side. */
  #further(t: Tokens, i: number, kind: number): void {
    const before = t.gap[i]!;
    const after = t.gap[i + 1]!;
    const before2 = i > 0 ? t.gap[i - 1]! : LINE;
    const after2 = i + 1 < t.count ? t.gap[i + 2]! : LINE;
    const word1 = before === LINE ? 0 : wordAt(t, i - 2, before2);
    const word2 = after === LINE ? 0 : wordAt(t, i + 2, after2);
    this.#put(10, wordAt(t, i - 1, before), word1, 0);
    this.#put(11, wordAt(t, i + 1, after), word2, 0);
    this.#put(23, before === LINE ? NO_KIND : kindAt(t, i - 2, before2), kindAt(t, i - 1, before), kind);
    this.#put(24, after === LINE ? NO_KIND : kindAt(t, i + 2, after2), kindAt(t, i + 1, after), kind);
    this.#put(27, word1, kind, 0);
    this.#put(28, word2, kind, 0);
  }

  /** The run of large words: its length, its head (Street, University) and its first word (Lake, Mount). */
  #run(t: Tokens, i: number, first: number, last: number, kind: number): void {
    const length = Math.min(RUN_MAX, last - first + 1);
    const into = Math.min(RUN_MAX, i - first);
    const left = Math.min(RUN_MAX, last - i);
    this.#put(19, length, into, kind);
    this.#put(20, left > 0 ? t.hash[last]! : 0, left, 0);
    this.#put(21, into > 0 ? t.hash[first]! : 0, into, 0);
    this.#put(25, KIND[t.flags[last]!]!, kind, length);
    this.#put(26, KIND[t.flags[first]!]!, kind, length);
  }

  #surroundings(t: Tokens, i: number, kind: number): void {
    const shape = t.shape[i]!;
    const line = t.line[i]!;
    const code = t.code[line]!;
    const gaps = t.gap[i]! * GAPS + t.gap[i + 1]!;
    this.#put(0, shape, t.caps[line]!, code);
    this.#put(2, kind, t.caps[line]!, shape * 2 + (startsSentence(t.gap[i]!) ? 1 : 0));
    this.#put(17, code, kind, shape);
    this.#put(22, unitsAround(t, i), code, isLarge(shape) ? 1 : 0);
    this.#put(33, t.machine, code, kind * SHAPES + shape);
    this.#put(34, t.machine, shape, t.flags[i] === 0 ? 1 : 0);
    this.#put(35, t.machine, gaps, kind);
  }

  #put(template: number, a: number, b: number, c: number): void {
    let hash = Math.imul(a ^ Math.imul(template + 1, 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul((hash ^ (hash >>> 15)) + b, 0xc2b2ae35);
    hash = Math.imul((hash ^ (hash >>> 13)) + c, 0x27d4eb2f);
    this.slots[this.#at++] = (hash ^ (hash >>> 15)) >>> SHIFT;
  }
}

function kindAt(t: Tokens, i: number, gap: number): number {
  return isBeyond(t, i, gap) ? NO_KIND : KIND[t.flags[i]!]! + (t.open[i] === 1 ? 0 : KINDS);
}

function shapeAt(t: Tokens, i: number, gap: number): number {
  return isBeyond(t, i, gap) ? 0 : t.shape[i]!;
}

function wordAt(t: Tokens, i: number, gap: number): number {
  if (i < 0 || i >= t.count) return TEXT_END;
  return gap === LINE ? LINE_END : t.hash[i]!;
}

function isBeyond(t: Tokens, i: number, gap: number): boolean {
  return i < 0 || i >= t.count || gap === LINE;
}

function startsSentence(gap: number): boolean {
  return gap === LINE || gap === STOP || gap === OPEN || gap === COLON || gap === CLOSE;
}

/** The very units before and after a word. */
function unitsAround(t: Tokens, i: number): number {
  const before = t.start[i]! > 0 ? t.text.charCodeAt(t.start[i]! - 1) : 10;
  const after = t.end[i]! < t.text.length ? t.text.charCodeAt(t.end[i]!) : 10;
  return (Math.min(before, 255) << 8) | Math.min(after, 255);
}

/** Whether word `i` goes on the run of large words that the one before it stands in. */
export function runsOn(t: Tokens, i: number): boolean {
  return t.gap[i] === SPACE && isLarge(t.shape[i]!) && isLarge(t.shape[i - 1]!);
}
