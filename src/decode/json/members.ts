// Whether the names in one object differ. Law: names are compared as they decode (`a` is `\u0061`), and hostile objects
// cost no more than a sorted pass: pairs for a few members, V8's seeded hash set beyond.

import { ESCAPED } from "./classes.ts";
import { textOf } from "./text.ts";

const PAIRS_MAX = 12;

/**
 * Walks the chain of keys from the last one (slot: the key before it; -1 ends it) and resets each slot to -1, as
 * words.ts
 * wants it. @returns false where a name stands twice.
 */
export function closeMembers(
  bytes: Uint8Array,
  kind: Uint8Array,
  start: Int32Array,
  end: Int32Array,
  slot: Int32Array,
  last: number,
): boolean {
  let differ = true;
  let count = 0;
  let simple = true;
  for (let key = last; key >= 0; key = slot[key]!) {
    count++;
    if ((kind[key]! & ESCAPED) !== 0) simple = false;
  }
  if (count > 1) {
    if (simple && count <= PAIRS_MAX) differ = pairsDiffer(bytes, start, end, slot, last);
    else differ = setDiffers(bytes, kind, start, end, slot, last, count);
  }
  for (let key = last; key >= 0; ) {
    const before = slot[key]!;
    slot[key] = -1;
    key = before;
  }
  return differ;
}

function pairsDiffer(bytes: Uint8Array, start: Int32Array, end: Int32Array, slot: Int32Array, last: number): boolean {
  for (let a = last; a >= 0; a = slot[a]!) {
    const from = start[a]!;
    const length = end[a]! - from;
    for (let b = slot[a]!; b >= 0; b = slot[b]!)
      if (end[b]! - start[b]! === length && same(bytes, from, start[b]!, length)) return false;
  }
  return true;
}

function same(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
  return true;
}

function setDiffers(
  bytes: Uint8Array,
  kind: Uint8Array,
  start: Int32Array,
  end: Int32Array,
  slot: Int32Array,
  last: number,
  count: number,
): boolean {
  const names = new Set<string>();
  for (let key = last; key >= 0; key = slot[key]!)
    names.add(textOf(bytes, start[key]!, end[key]!, (kind[key]! & ESCAPED) !== 0));
  return names.size === count;
}
