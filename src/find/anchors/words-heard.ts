// Words of a string by where they begin, ascending. Law: whoever asks goes on where the last question was; what a large
// string took is given back.

import { WIDTH } from "./clauses.ts";

const KEPT = 1024;

/** A list that only grows, until another string comes. */
export class Words {
  /** Sets of ways, one after another. */
  readonly #sets: Int32Array;
  #at = new Int32Array(KEPT);
  #of = new Int32Array(KEPT);
  #count = 0;
  #cursor = 0;

  constructor(sets: Int32Array) {
    this.#sets = sets;
  }

  clear(): void {
    this.#count = this.#cursor = 0;
  }

  giveBack(): void {
    if (this.#at.length === KEPT) return;
    this.#at = new Int32Array(KEPT);
    this.#of = new Int32Array(KEPT);
  }

  /** @param set where its set of ways begins. */
  keep(at: number, set: number): void {
    if (this.#count === this.#at.length) {
      this.#at = wider(this.#at);
      this.#of = wider(this.#of);
    }
    this.#at[this.#count] = at;
    this.#of[this.#count++] = set;
  }

  /** Where the nth of them begins. */
  at(nth: number): number {
    return this.#at[nth]!;
  }

  /** Sets the cursor: questions come in order, nearly always. @returns the first word that begins at `low` or after. */
  #seek(low: number): number {
    const at = this.#at;
    let cursor = this.#cursor;
    while (cursor > 0 && at[cursor - 1]! >= low) cursor--;
    while (cursor < this.#count && at[cursor]! < low) cursor++;
    this.#cursor = cursor;
    return cursor;
  }

  /** @returns the first word of one of `ways` that begins in [low, high): which it is; -1 for none. */
  first(low: number, high: number, ways: Int32Array): number {
    return this.next(this.#seek(low) - 1, high, ways);
  }

  /** The same of those after the nth. */
  next(nth: number, high: number, ways: Int32Array): number {
    for (let i = nth + 1; i < this.#count && this.#at[i]! < high; i++) {
      const set = this.#of[i]!;
      for (let word = 0; word < WIDTH; word++) if ((this.#sets[set + word]! & ways[word]!) !== 0) return i;
    }
    return -1;
  }

  addOne(nth: number, into: Int32Array): void {
    const set = this.#of[nth]!;
    for (let word = 0; word < WIDTH; word++) into[word]! |= this.#sets[set + word]!;
  }

  /** Adds the ways of the words that begin in [low, high). */
  add(low: number, high: number, into: Int32Array): void {
    for (let i = this.#seek(low); i < this.#count && this.#at[i]! < high; i++) this.addOne(i, into);
  }
}

function wider(list: Int32Array) {
  const more = new Int32Array(list.length * 2);
  more.set(list);
  return more;
}
