// Where a name could be, judged by characters alone: what lets most of a text pass without being cut into words. Law: a
// character is judged by two to either side; training and reading use these very slots.

import { HAN_FIRST, HAN_LAST } from "./chars.ts";

export const GATE_FEATURES = 9;
export const GATE_BITS = 16;
const SHIFT = 32 - GATE_BITS;
/** Surname, middle, last of features.ts' grades. */
const SURNAME = 7;
const MIDDLE = 7 << 3;
const LAST = 7 << 6;

/** Slots of the character at `p` of the folded `codes` (two more stand on either side). */
export function gateSlots(codes: Uint16Array, grades: Uint16Array, p: number, into: Int32Array): void {
  const a = codes[p - 2]!;
  const b = codes[p - 1]!;
  const x = codes[p]!;
  const y = codes[p + 1]!;
  const z = codes[p + 2]!;
  const ga = grades[a]!;
  const gb = grades[b]!;
  const gx = grades[x]!;
  const gy = grades[y]!;
  const gz = grades[z]!;
  into[0] = mix(x, 1);
  into[1] = mix((b << 16) ^ x, 2);
  into[2] = mix((x << 16) ^ y, 3);
  into[3] = mix((a << 16) ^ b, 4);
  into[4] = mix((y << 16) ^ z, 5);
  into[5] = mix(((gx & SURNAME) << 12) | (gy & MIDDLE) | (gz & LAST), 6);
  into[6] = mix(((gb & SURNAME) << 12) | (gx & MIDDLE) | (gy & LAST), 7);
  into[7] = mix(((ga & SURNAME) << 12) | (gb & MIDDLE) | (gx & LAST), 8);
  into[8] = mix((b << 16) ^ y, 9);
}

function mix(value: number, template: number): number {
  const hash = Math.imul(value ^ Math.imul(template, 0x9e3779b1), 0x85ebca6b);
  return (((hash ^ (hash >>> 15)) * 5) << 0) >>> SHIFT;
}

export class Gate {
  readonly #table: Int8Array;
  readonly #grades: Uint16Array;
  readonly #least: number;

  /** @param least the sum from which on a character may be a name's. */
  constructor(table: Int8Array, grades: Uint16Array, least: number) {
    this.#table = table;
    this.#grades = grades;
    this.#least = least;
  }

  /**
   * The first of [p, end) that may be a name's character, -1 for none: none but Han is. The sums are those of
   * gateSlots, written out, since every character of a text is asked.
   */
  next(codes: Uint16Array, p: number, end: number): number {
    const table = this.#table;
    const grades = this.#grades;
    const least = this.#least;
    for (let i = p; i < end; i++) {
      const x = codes[i]!;
      if (x < HAN_FIRST || x > HAN_LAST) continue;
      const b = codes[i - 1]!;
      const y = codes[i + 1]!;
      const gb = grades[b]!;
      const gx = grades[x]!;
      const gy = grades[y]!;
      const inside = ((gb & SURNAME) << 12) | (gx & MIDDLE) | (gy & LAST);
      const first = ((gx & SURNAME) << 12) | (gy & MIDDLE) | (grades[codes[i + 2]!]! & LAST);
      const last = ((grades[codes[i - 2]!]! & SURNAME) << 12) | (gb & MIDDLE) | (gx & LAST);
      const sum =
        table[mix(x, 1)]! +
        table[mix((b << 16) ^ x, 2)]! +
        table[mix((x << 16) ^ y, 3)]! +
        table[mix((codes[i - 2]! << 16) ^ b, 4)]! +
        table[mix((y << 16) ^ codes[i + 2]!, 5)]! +
        table[mix(first, 6)]! +
        table[mix(inside, 7)]! +
        table[mix(last, 8)]! +
        table[mix((b << 16) ^ y, 9)]!;
      if (sum >= least) return i;
    }
    return -1;
  }
}
