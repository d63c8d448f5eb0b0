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

  /** Where the first word stands that begins at `low` or after, -1 for none. */
  seek(low: number): number {
    const at = this.#at;
    let cursor = this.#cursor;
    while (cursor > 0 && at[cursor - 1]! >= low) cursor--;
    while (cursor < this.#count && at[cursor]! < low) cursor++;
    this.#cursor = cursor;
    return cursor < this.#count ? at[cursor]! : -1;
  }

  /** Whether no word from the cursor on begins in [from, to). */
  endsBefore(from: number, to: number): boolean {
    for (let i = this.#cursor; i < this.#count && this.#at[i]! < to; i++) if (this.#at[i]! >= from) return false;
    return true;
  }

  /**
   * Adds the ways of the words that begin in [low, high). @returns where the next word after them stands, -1 for
   * none.
   */
  add(low: number, high: number, into: Int32Array): number {
    let next = this.seek(low);
    while (next >= 0 && next < high) {
      const set = this.#of[this.#cursor]!;
      for (let word = 0; word < WIDTH; word++) into[word]! |= this.#sets[set + word]!;
      next = ++this.#cursor < this.#count ? this.#at[this.#cursor]! : -1;
    }
    return next;
  }
}

function wider(list: Int32Array) {
  const more = new Int32Array(list.length * 2);
  more.set(list);
  return more;
}
