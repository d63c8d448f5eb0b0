// Sets of kinds of personal information as bits. Law of this file: a kind has one bit as long as the process lives.

import type { PiType } from "../words.ts";

const WORDS = 8;
const KINDS_MAX = WORDS * 32;

const bits = new Map<PiType, number>();

export type Kinds = Int32Array;

export function noKinds(): Kinds {
  return new Int32Array(WORDS);
}

/** @throws RangeError beyond 256 kinds: the registry has some seventy. */
export function add(kinds: Kinds, type: PiType): void {
  let bit = bits.get(type);
  if (bit === undefined) {
    bit = bits.size;
    if (bit === KINDS_MAX) throw new RangeError("too many kinds of personal information");
    bits.set(type, bit);
  }
  kinds[bit >> 5]! |= 1 << (bit & 31);
}

export function kindsOf(types: readonly PiType[]): Kinds {
  const kinds = noKinds();
  for (const type of types) add(kinds, type);
  return kinds;
}

/** Whether both hold some kind. */
export function meet(a: Kinds, b: Kinds): boolean {
  for (let i = 0; i < WORDS; i++) if ((a[i]! & b[i]!) !== 0) return true;
  return false;
}
