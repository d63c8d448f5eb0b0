// How much each character is at home in names. Law: costs are in half bits, added along a name; NEVER or more
// is no name.

import type { Reader } from "./reader.ts";
import { RARE_SURNAMES, TRADITIONAL, WORDED_SURNAMES } from "./surnames.ts";

/** Offsets into a character's four costs: as a surname, inside a given name, at its end, in a name from elsewhere. */
export const SURNAME = 0;
export const MIDDLE = 1;
export const LAST = 2;
export const FOREIGN = 3;
/** Above any sum of costs that could be a name's. */
export const NEVER = 255;

const DOUBLE_COST = 20;
const RARE_COST = 26;
const WORDED_COST = 34;
/** A rare surname of the training data: whose grade the others get. */
const RARE = "缪".charCodeAt(0);
const SURNAME_BITS = 7;

export class Traits {
  /** By UTF-16 unit * 4 + offset. */
  readonly costs: Uint8Array = new Uint8Array(4 * 65536).fill(NEVER);
  /** By UTF-16 unit: the same as four grades of three bits, for the model's features. */
  readonly grades: Uint16Array = new Uint16Array(65536);
  readonly #doubles = new Set<number>();
  readonly #doubleFirst = new Uint8Array(65536);

  constructor(reader: Reader) {
    for (let left = reader.u16(); left > 0; left--) {
      const unit = reader.u16();
      for (let k = 0; k < 4; k++) this.costs[unit * 4 + k] = reader.u8();
      this.grades[unit] = reader.u16();
    }
    for (let left = reader.u16(); left > 0; left--) {
      const first = reader.u16();
      this.#doubleFirst[first] = 1;
      this.#doubles.add(first * 65536 + reader.u16());
    }
    for (const surname of RARE_SURNAMES) this.#add(surname, RARE_COST, this.grades[RARE]!);
    for (const surname of WORDED_SURNAMES) this.#add(surname, WORDED_COST, 0);
    for (const [surname, simplified] of TRADITIONAL) {
      const unit = simplified.charCodeAt(0);
      this.#add(surname, this.costs[unit * 4 + SURNAME]!, this.grades[unit]!);
    }
  }

  /** What the training data knows stays. */
  #add(surname: string, cost: number, grades: number): void {
    const unit = surname.charCodeAt(0);
    if (this.costs[unit * 4 + SURNAME] !== NEVER) return;
    this.costs[unit * 4 + SURNAME] = cost;
    this.grades[unit] = (this.grades[unit]! & ~SURNAME_BITS) | (grades & SURNAME_BITS);
  }

  /** The cost of a surname of two characters. */
  double(first: number, second: number): number {
    if (this.#doubleFirst[first] === 0) return NEVER;
    return this.#doubles.has(first * 65536 + second) ? DOUBLE_COST : NEVER;
  }
}
