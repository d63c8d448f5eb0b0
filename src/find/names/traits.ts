// How much each character is at home in names. Law: costs are in half bits, added along a name; NEVER or more
// is no name.

import type { Reader } from "./reader.ts";

/** Offsets into a character's four costs: as a surname, inside a given name, at its end, in a name from elsewhere. */
export const SURNAME = 0;
export const MIDDLE = 1;
export const LAST = 2;
export const FOREIGN = 3;
/** Above any sum of costs that could be a name's. */
export const NEVER = 255;

const DOUBLE_COST = 20;

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
  }

  /** The cost of a surname of two characters. */
  double(first: number, second: number): number {
    if (this.#doubleFirst[first] === 0) return NEVER;
    return this.#doubles.has(first * 65536 + second) ? DOUBLE_COST : NEVER;
  }
}
