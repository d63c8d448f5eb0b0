// An exact set of 128-bit keys with two class bits each: open addressing over typed arrays, 17 bytes a slot.
// Law: keys are compared whole. A fingerprint that collides would take a new person for a counted one: an under-count.

/** Bits of a member. A member without either bit counts as gross only (exempt transfers, CNT-3). */
export const NON_SENSITIVE = 1;
export const SENSITIVE = 2;
const PRESENT = 4;

/** 64 tables, chosen by a word of the key: growing one moves a 64th of the set, so no crossing waits for all of it. */
const SHARDS = 64;
const SLOTS_FIRST = 16;

/** A key as four 32-bit words. */
export type Words = Readonly<Uint32Array>;

interface Shard {
  /** Four words a slot. */
  words: Uint32Array;
  bits: Uint8Array;
  used: number;
}

export interface KeySet {
  /** Distinct keys. */
  readonly size: number;
  /** The class bits of a member, or -1. */
  get(key: Words): number;
  /** Adds the key, or adds bits to it. Returns what `get` would have returned before. */
  add(key: Words, bits: number): number;
}

export function createKeySet(): KeySet {
  const shards = Array.from({ length: SHARDS }, () => emptyShard(SLOTS_FIRST));
  let size = 0;
  const shardOf = (key: Words) => shards[key[3]! & (SHARDS - 1)]!;

  return {
    get size() {
      return size;
    },
    get(key) {
      const shard = shardOf(key);
      const found = shard.bits[slotOf(shard, key, 0)]!;
      return found === 0 ? -1 : found & ~PRESENT;
    },
    add(key, bits) {
      const shard = shardOf(key);
      const slot = slotOf(shard, key, 0);
      const before = shard.bits[slot]!;
      shard.bits[slot] = before | bits | PRESENT;
      if (before !== 0) return before & ~PRESENT;
      shard.words.set(key, slot * 4);
      shard.used += 1;
      size += 1;
      if (shard.used * 4 > shard.bits.length * 3) grow(shard);
      return -1;
    },
  };
}

function emptyShard(slots: number): Shard {
  return { words: new Uint32Array(slots * 4), bits: new Uint8Array(slots), used: 0 };
}

/** The slot that holds the key at `keys[at…at+4]`, or the free slot where it belongs. Keys are MACs: uniform. */
function slotOf({ words, bits }: Shard, keys: Words, at: number): number {
  const mask = bits.length - 1;
  let slot = keys[at]! & mask;
  while (bits[slot] !== 0) {
    const o = slot * 4;
    if (
      words[o] === keys[at] &&
      words[o + 1] === keys[at + 1] &&
      words[o + 2] === keys[at + 2] &&
      words[o + 3] === keys[at + 3]
    ) {
      return slot;
    }
    slot = (slot + 1) & mask;
  }
  return slot;
}

function grow(shard: Shard): void {
  const bigger = emptyShard(shard.bits.length * 2);
  for (let slot = 0; slot < shard.bits.length; slot++) {
    if (shard.bits[slot] === 0) continue;
    const to = slotOf(bigger, shard.words, slot * 4);
    bigger.words.set(shard.words.subarray(slot * 4, slot * 4 + 4), to * 4);
    bigger.bits[to] = shard.bits[slot]!;
  }
  shard.words = bigger.words;
  shard.bits = bigger.bits;
}
