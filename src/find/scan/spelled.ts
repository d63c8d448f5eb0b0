// Characters that stand one by one with the same sign between them all: `3 C : 2 2`, `x-i-a-o`. Law: as wide as
// views/spelled.ts; a look ends with the first two characters that stand together.

import { ALPHANUMERIC } from "./classes.ts";

const ONES_MIN = 7;
const BYTES_MAX = 128;
const PROVINCE_BYTES = 3;
const GAPS = new Uint8Array(256);
for (const gap of " \t.,_*|~-\n") GAPS[gap.charCodeAt(0)] = 1;
const ONES = ALPHANUMERIC.slice();
for (const mark of "@.:_+()/ -") ONES[mark.charCodeAt(0)] = 1;

/**
 * @param at a gap, or what may be one. @param from @param to of the string.
 * @returns the end of what is spelled out around it, -1 where it is none, or too short for a value.
 */
export function spelledEnd(bytes: Uint8Array, from: number, at: number, to: number): number {
  const gap = bytes[at]!;
  if (GAPS[gap] === 0 || bytes[at + 2] !== gap) return -1;
  let start = at;
  while (start - 2 >= from && at - start < BYTES_MAX && bytes[start - 2] === gap && isOne(bytes, start - 1, gap))
    start -= 2;
  let end = at;
  while (end + 2 < to && end - at < BYTES_MAX && bytes[end + 2] === gap && isOne(bytes, end + 1, gap)) end += 2;
  // one before the first gap, one behind the last
  return (end - start) / 2 + 2 >= ONES_MIN ? Math.min(to, end + PROVINCE_BYTES + 1) : -1;
}

function isOne(bytes: Uint8Array, at: number, gap: number): boolean {
  return ONES[bytes[at]!] === 1 || bytes[at] === gap;
}
