// Sets of kinds of personal information as bits. Law of this file: a kind has one bit as long as the process lives.

import type { PiType } from "../words.ts";

const WORDS = 8;
const KINDS_MAX = WORDS * 32;

export type Kinds = Int32Array;

/** The bit of a kind. */
export type BitOf = (type: PiType) => number;

/** Numbers kinds as they come. @throws RangeError beyond 256 of them: the registry has some seventy. */
export function numbering(): BitOf {
  const bits = new Map<PiType, number>();
  return (type) => {
    const known = bits.get(type);
    if (known !== undefined) return known;
    const bit = bits.size;
    if (bit === KINDS_MAX) throw new RangeError("too many kinds of personal information");
    bits.set(type, bit);
    return bit;
  };
}

const bitOf = numbering();

export function noKinds(): Kinds {
  return new Int32Array(WORDS);
}

/** @throws RangeError as `numbering` does. */
export function add(kinds: Kinds, type: PiType, numbered: BitOf = bitOf): void {
  const bit = numbered(type);
  kinds[bit >> 5]! |= 1 << (bit & 31);
}

export function kindsOf(types: readonly PiType[], numbered: BitOf = bitOf): Kinds {
  const kinds = noKinds();
  for (const type of types) add(kinds, type, numbered);
  return kinds;
}

/** Whether both hold some kind. */
export function meet(a: Kinds, b: Kinds): boolean {
  for (let i = 0; i < WORDS; i++) if ((a[i]! & b[i]!) !== 0) return true;
  return false;
}
