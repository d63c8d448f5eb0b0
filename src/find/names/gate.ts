// Where a name could be, judged by characters alone: what lets most of a text pass without being cut into words. Law: a
// character is judged by two to either side; training and reading use these very slots.

export const GATE_FEATURES = 10;
export const GATE_BITS = 16;
const SHIFT = 32 - GATE_BITS;
/** Surname, middle, last of features.ts' grades. */
const SURNAME = 7;
const MIDDLE = 7 << 3;
const LAST = 7 << 6;
const FOREIGN = 7 << 9;

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
  into[8] = mix(((gb & FOREIGN) << 6) | (gx & FOREIGN) | ((gy & FOREIGN) >> 6), 9);
  into[9] = mix((b << 16) ^ y, 10);
}

function mix(value: number, template: number): number {
  const hash = Math.imul(value ^ Math.imul(template, 0x9e3779b1), 0x85ebca6b);
  return (((hash ^ (hash >>> 15)) * 5) << 0) >>> SHIFT;
}

export class Gate {
  readonly #table: Int8Array;
  readonly #grades: Uint16Array;
  readonly #least: number;
  readonly #slots = new Int32Array(GATE_FEATURES);

  /** @param least the sum from which on a character may be a name's. */
  constructor(table: Int8Array, grades: Uint16Array, least: number) {
    this.#table = table;
    this.#grades = grades;
    this.#least = least;
  }

  /** Whether the character at `p` may be a name's. */
  opens(codes: Uint16Array, p: number): boolean {
    const slots = this.#slots;
    const table = this.#table;
    gateSlots(codes, this.#grades, p, slots);
    let sum = 0;
    for (let f = 0; f < GATE_FEATURES; f++) sum += table[slots[f]!]!;
    return sum >= this.#least;
  }
}
