// The dictionary: words with a class and a coarse frequency, as a trie in one open-addressed table. Law: built
// once from the model's bytes; a look-up allocates nothing and touches at most one slot run a character.

import type { Reader } from "./reader.ts";

/** Classes of words, four bits. Order is the file format's. */
export const WORD_CLASSES = [
  "none", "noun", "verb", "adjective", "adverb", "name", "foreign", "place", "body", "number", "preposition",
  "conjunction", "particle", "pronoun", "time", "other",
] as const; // biome-ignore format: one row a thought

const CHAR_BITS = 13;
const CHAR_MASK = (1 << CHAR_BITS) - 1;
const ABSENT = -1;
const SEEN_BITS = 21;
const SEEN_SHIFT = 32 - SEEN_BITS;

export class Lexicon {
  /** UTF-16 unit → dense code, 0 for a character in no word. */
  readonly dense: Uint16Array = new Uint16Array(65536);
  /** By dense code: the node of a one-character prefix. */
  readonly #first: Int32Array;
  readonly #keys: Int32Array;
  readonly #nodes: Int32Array;
  readonly #mask: number;
  /** A bit by hash for every key: small enough to stay near, it answers most look-ups, which find nothing. */
  readonly #seen: Uint8Array = new Uint8Array(1 << (SEEN_BITS - 3));
  /** By node: class << 4 | level, or 0 where no word ends. */
  readonly payload: Uint16Array;

  /** @param reader at the dictionary: characters, then words front-coded in order. */
  constructor(reader: Reader) {
    const chars = reader.u16();
    for (let i = 1; i <= chars; i++) this.dense[reader.u16()] = i;
    const words = reader.u32();
    const nodes = reader.u32();
    let bits = 10;
    while (1 << bits < nodes * 2) bits++;
    this.#mask = (1 << bits) - 1;
    this.#keys = new Int32Array(1 << bits).fill(ABSENT);
    this.#nodes = new Int32Array(1 << bits);
    this.#first = new Int32Array(chars + 1).fill(ABSENT);
    this.payload = new Uint16Array(nodes);
    this.#grow(reader, words);
  }

  #grow(reader: Reader, words: number): void {
    const path = new Int32Array(16);
    let made = 0;
    for (let w = 0; w < words; w++) {
      const head = reader.u8();
      const shared = head >> 4;
      const length = shared + (head & 15);
      let high = 0;
      for (let depth = shared; depth < length; depth++) {
        const unit = reader.u16();
        const char = unit & CHAR_MASK;
        if (depth === length - 1) high = unit >> CHAR_BITS;
        const node = made++;
        if (depth === 0) this.#first[char] = node;
        else this.#link((path[depth - 1]! << CHAR_BITS) | char, node);
        path[depth] = node;
      }
      this.payload[path[length - 1]!] = (high << 8) | reader.u8();
    }
  }

  #link(key: number, node: number): void {
    const hash = slotOf(key);
    this.#seen[(hash >>> SEEN_SHIFT) >> 3]! |= 1 << ((hash >>> SEEN_SHIFT) & 7);
    let slot = hash & this.#mask;
    while (this.#keys[slot] !== ABSENT) slot = (slot + 1) & this.#mask;
    this.#keys[slot] = key;
    this.#nodes[slot] = node;
  }

  /** @param char a dense code. @returns the node of that one character, or -1. */
  root(char: number): number {
    return this.#first[char]!;
  }

  /** @returns the node one character on, or -1. */
  next(node: number, char: number): number {
    const key = (node << CHAR_BITS) | char;
    const hash = slotOf(key);
    const bit = hash >>> SEEN_SHIFT;
    if ((this.#seen[bit >> 3]! & (1 << (bit & 7))) === 0) return -1;
    let slot = hash & this.#mask;
    for (;;) {
      const found = this.#keys[slot]!;
      if (found === key) return this.#nodes[slot]!;
      if (found === ABSENT) return -1;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** The payload of a whole word, 0 for none. */
  look(text: string, start: number, end: number): number {
    let node = this.root(this.dense[text.charCodeAt(start)]!);
    for (let i = start + 1; i < end && node >= 0; i++) node = this.next(node, this.dense[text.charCodeAt(i)]!);
    return node < 0 ? 0 : this.payload[node]!;
  }
}

function slotOf(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
