// Cuts Chinese text into words: the dictionary's, and names that could stand there; the path that costs the fewest
// bits, right to left. Law: linear in the text (words and names are at most WORD_MAX long); a character in no word is a
// word of its own.

import { isLatin, latinEnd, latinKind } from "./latin.ts";
import type { Lexicon } from "./lexicon.ts";
import { FOREIGN, LAST, MIDDLE, NEVER, SURNAME, type Traits } from "./traits.ts";

export const WORD_MAX = 7;
/** Kinds of words beside the dictionary's classes: a name that could be, in Chinese and from elsewhere. */
export const KIND_NAME = 60;
export const KIND_FOREIGN = 61;
/** Signs that no word and no name reaches over. */
export const BORDERS: Uint8Array = new Uint8Array(65536);
for (const sign of "，。、：；！？“”（）《》【】,;:!?()\n") BORDERS[sign.charCodeAt(0)] = 1;
/** Bits that say "a name stands here", by its length; half bits, as the traits. */
const NAME_OF_TWO = 12;
const NAME_OF_THREE = 8;
const NAME_OF_FOUR = 8;
const NAME_FOREIGN = 18;
/**
 * Tenths of a bit that a word of the lowest level costs, and that a level gives back (log2 of frequency, in steps).
 * Whole numbers: what a clause costs does not depend on what stands behind it.
 */
const COST_FLOOR = 250;
const COST_STEP = 13;
const COST_UNKNOWN = 260;
const TENTHS_OF_HALF = 5;

/** What is known of each character once its line is cut; arrays are reused and grow with the longest line. */
export class Words {
  /** Index of the word's first character. */
  start: Int32Array = new Int32Array(0);
  /** Index after its last. */
  end: Int32Array = new Int32Array(0);
  /** Class of the word. */
  kind: Uint8Array = new Uint8Array(0);
  level: Uint8Array = new Uint8Array(0);
  /** Class of the word, and where in it the character lies: 0 alone, 1 first, 2 inside, 3 last. */
  place: Uint8Array = new Uint8Array(0);
  #cost: Int32Array = new Int32Array(0);
  #next: Int32Array = new Int32Array(0);
  #kind: Uint8Array = new Uint8Array(0);
  #level: Uint8Array = new Uint8Array(0);
  readonly #lexicon: Lexicon;
  readonly #traits: Traits;

  constructor(lexicon: Lexicon, traits: Traits) {
    this.#lexicon = lexicon;
    this.#traits = traits;
  }

  /**
   * Cuts [from, to). @param dense codes of the line from index 0. @param units its UTF-16 units. @param length of the
   * line.
   */
  cut(dense: Uint16Array, units: Uint16Array, from: number, to: number, length: number): void {
    if (this.start.length <= length) this.#room(length * 2 + 64);
    this.#route(dense, units, from, to);
    let at = from;
    while (at < to) {
      const latin = isLatin(units[at]!) ? latinEnd(units, at, to) : 0;
      const end = latin > 0 ? latin : this.#next[at]!;
      const kind = latin > 0 ? latinKind(units, at, end) : this.#kind[at]!;
      const level = latin > 0 ? 0 : this.#level[at]!;
      for (let i = at; i < end; i++) {
        this.start[i] = at;
        this.end[i] = end;
        this.kind[i] = kind;
        this.level[i] = level;
        this.place[i] = (kind << 2) | 2;
      }
      this.place[end - 1] = (kind << 2) | 3;
      this.place[at] = (kind << 2) | (end - at === 1 ? 0 : 1);
      at = end;
    }
  }

  #route(dense: Uint16Array, units: Uint16Array, from: number, length: number): void {
    const lexicon = this.#lexicon;
    const cost = this.#cost;
    cost[length] = 0;
    for (let i = length - 1; i >= from; i--) {
      let best = cost[i + 1]! + COST_UNKNOWN;
      let next = i + 1;
      let chosen = 0;
      const code = dense[i]!;
      let node = code === 0 ? -1 : lexicon.root(code);
      for (let end = i + 1; node >= 0; ) {
        const payload = lexicon.payload[node]!;
        if (payload !== 0) {
          const here = cost[end]! + COST_FLOOR - COST_STEP * (payload & 15);
          if (here < best) {
            best = here;
            next = end;
            chosen = payload;
          }
        }
        if (end === length || dense[end] === 0) break;
        node = lexicon.next(node, dense[end]!);
        end++;
      }
      cost[i] = best;
      this.#next[i] = next;
      this.#kind[i] = chosen >> 4;
      this.#level[i] = chosen & 15;
      this.#name(units, i, length);
    }
  }

  /** Puts a name at `i` where it costs less than the words that stand there. */
  #name(units: Uint16Array, i: number, length: number): void {
    const costs = this.#traits.costs;
    const unit = units[i]!;
    const surname = costs[unit * 4 + SURNAME]!;
    if (surname !== NEVER && i + 1 < length) {
      const second = units[i + 1]! * 4;
      this.#offer(i, i + 2, NAME_OF_TWO + surname + costs[second + LAST]!, KIND_NAME);
      if (i + 2 < length) {
        const third = units[i + 2]! * 4;
        this.#offer(i, i + 3, NAME_OF_THREE + surname + costs[second + MIDDLE]! + costs[third + LAST]!, KIND_NAME);
      }
    }
    const double = i + 2 < length ? this.#traits.double(unit, units[i + 1]!) : NEVER;
    if (double !== NEVER) {
      const third = units[i + 2]! * 4;
      this.#offer(i, i + 3, NAME_OF_TWO + double + costs[third + LAST]!, KIND_NAME);
      if (i + 3 < length)
        this.#offer(
          i,
          i + 4,
          NAME_OF_FOUR + double + costs[third + MIDDLE]! + costs[units[i + 3]! * 4 + LAST]!,
          KIND_NAME,
        );
    }
    let cost = NAME_FOREIGN + costs[unit * 4 + FOREIGN]!;
    for (let end = i + 1; end < length && end < i + WORD_MAX && cost < NEVER; end++) {
      cost += costs[units[end]! * 4 + FOREIGN]!;
      this.#offer(i, end + 1, cost, KIND_FOREIGN);
    }
  }

  /** @param halves cost in half bits. */
  #offer(i: number, end: number, halves: number, kind: number): void {
    if (halves >= NEVER) return;
    const cost = halves * TENTHS_OF_HALF + this.#cost[end]!;
    const gain = this.#cost[i]! - cost;
    if (gain <= 0) return;
    this.#cost[i] = cost;
    this.#next[i] = end;
    this.#kind[i] = kind;
    this.#level[i] = gain > 300 ? 15 : Math.floor(gain / 20);
  }

  #room(size: number): void {
    this.start = new Int32Array(size);
    this.end = new Int32Array(size);
    this.kind = new Uint8Array(size);
    this.level = new Uint8Array(size);
    this.place = new Uint8Array(size);
    this.#cost = new Int32Array(size);
    this.#next = new Int32Array(size);
    this.#kind = new Uint8Array(size);
    this.#level = new Uint8Array(size);
  }
}
