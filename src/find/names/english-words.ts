// What is known of a word in Latin letters: how much it is a given name, a surname, an ordinary word, a thing. Law:
// a word is known by a hash of its folded letters, so a strange word is taken for a known one about once in two
// thousand; a lookup costs one bucket.

import type { Reader } from "./reader.ts";

/** A word's flags: strengths 0–3 as a given name and as a surname. */
export const GIVEN = 3;
export const FAMILY = 3 << 2;
/** How common it is as an ordinary word, 0–3. */
export const WORD = 3 << 4;
/** 1 a place, 2 a body, a make or a work, 3 a day, a month, a people: what is written large and is nobody. */
export const THING = 3 << 6;

export const BUCKET_BITS = 15;
export const BUCKET_MAX = 15;
const BUCKETS = 1 << BUCKET_BITS;
const PRINT = 0xfff;
export const FOLD_MAX = 0x250;
/** Where a word's hash begins. */
export const SEED = 0x811c9dc5 | 0;

/** Letters that no decomposition brings to a plain one. */
const BARE: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
  ß: "s",
  æ: "a",
  œ: "o",
  þ: "t",
};
/** By UTF-16 unit: the small letter it counts as, without its accents; 0 for what is no Latin letter. */
export const FOLD: Uint8Array = foldTable();

function foldTable(): Uint8Array {
  const fold = new Uint8Array(FOLD_MAX);
  for (let unit = 0x41; unit < FOLD_MAX; unit++) {
    const small = String.fromCharCode(unit).toLowerCase();
    if (!/\p{L}/u.test(small)) continue;
    const plain = small.normalize("NFD")[0]!;
    fold[unit] = (/[a-z]/u.test(plain) ? plain : (BARE[small] ?? "x")).charCodeAt(0);
  }
  return fold;
}

/** A hash with one more folded letter. */
export function grown(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

/** The hash of `word`, folded; what is no letter counts for nothing. */
export function hashOf(word: string): number {
  let hash = SEED;
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    const letter = unit < FOLD_MAX ? FOLD[unit]! : 0;
    if (letter !== 0) hash = grown(hash, letter);
  }
  return hash;
}

/** Where a hash is kept: its bucket, and its print within. */
export function placeOf(hash: number): { bucket: number; print: number } {
  const mixed = mix(hash);
  return { bucket: mixed >>> (32 - BUCKET_BITS), print: mixed & PRINT };
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

export class WordList {
  readonly #firsts = new Uint32Array(BUCKETS + 1);
  readonly #prints: Uint16Array;
  readonly #flags: Uint8Array;

  /** Layout: words in each bucket (four bits each), their prints (twelve bits each), their flags (a byte each). */
  constructor(reader: Reader) {
    const counts = reader.bytes(BUCKETS >> 1);
    for (let i = 0; i < BUCKETS; i++)
      this.#firsts[i + 1] = this.#firsts[i]! + ((counts[i >> 1]! >> ((i & 1) << 2)) & 15);
    const size = this.#firsts[BUCKETS]!;
    const packed = reader.bytes(((size + 1) >> 1) * 3);
    this.#prints = new Uint16Array(size);
    for (let i = 0; i < size; i++) {
      const at = (i >> 1) * 3;
      this.#prints[i] =
        (i & 1) === 0 ? packed[at]! | ((packed[at + 1]! & 15) << 8) : (packed[at + 1]! >> 4) | (packed[at + 2]! << 4);
    }
    this.#flags = reader.bytes(size);
  }

  /** Flags of the word with this hash, 0 for a strange one. */
  flags(hash: number): number {
    const mixed = mix(hash);
    const bucket = mixed >>> (32 - BUCKET_BITS);
    const print = mixed & PRINT;
    const end = this.#firsts[bucket + 1]!;
    for (let i = this.#firsts[bucket]!; i < end; i++) if (this.#prints[i] === print) return this.#flags[i]!;
    return 0;
  }
}
