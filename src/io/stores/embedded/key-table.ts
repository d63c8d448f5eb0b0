// An exact table from 128-bit keys to a number each: open addressing over typed arrays, five words a slot.
// Law: keys are compared whole. A fingerprint that collides would take a new person for a counted one: an under-count.

/**
 * Chosen by the first bits of the key: growing one moves a 64th of the table, so no crossing waits for all of it.
 * A slot follows from the bits after those, so that keys that come sorted are laid down in order.
 */
const SHARD_BITS = 6;
const SLOTS_FIRST = 16;
const WORDS_A_SLOT = 5;

/** A key as four 32-bit words, from `at` on. */
export type Words = Readonly<Uint32Array>;

interface Shard {
  /** The key and its number. A number of 0: the slot is free. */
  slots: Uint32Array;
  used: number;
}

export interface KeyTable {
  /** Distinct keys. */
  readonly size: number;
  /** Bytes that the table holds, taken or free. */
  readonly bytes: number;
  /** The number of a key; 0: it is not in the table. */
  get(keys: Words, at?: number): number;
  /** @param value not 0; replaces the one before, which is told. */
  put(keys: Words, at: number, value: number): number;
}

export function createKeyTable(): KeyTable {
  const shards = Array.from({ length: 1 << SHARD_BITS }, () => emptyShard(SLOTS_FIRST));
  let size = 0;
  const shardOf = (key: number): Shard => shards[key >>> (32 - SHARD_BITS)]!;

  return {
    get size() {
      return size;
    },
    get bytes() {
      return shards.reduce((sum, { slots }) => sum + slots.byteLength, 0);
    },
    get(keys, at = 0) {
      const first = firstBits(keys[at]!);
      const { slots } = shardOf(first);
      return slots[wordOf(slots, first, keys, at) + 4]!;
    },
    put(keys, at, value) {
      const first = firstBits(keys[at]!);
      const shard = shardOf(first);
      const { slots } = shard;
      const word = wordOf(slots, first, keys, at);
      const before = slots[word + 4]!;
      slots[word + 4] = value;
      if (before !== 0) return before;
      for (let i = 0; i < 4; i++) slots[word + i] = keys[at + i]!;
      shard.used += 1;
      size += 1;
      // Full to three quarters at most and, by growing by half, to a half at least: 27 to 40 bytes a key.
      if (shard.used * WORDS_A_SLOT * 4 > slots.length * 3) grow(shard);
      return 0;
    },
  };
}

function emptyShard(count: number): Shard {
  return { slots: new Uint32Array(count * WORDS_A_SLOT), used: 0 };
}

/** The key's first four bytes as a number that sorts as the bytes do. */
function firstBits(word: number): number {
  return ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

/** Where the slot begins that holds the key, or the free one where it belongs. Keys are MACs: uniform. */
function wordOf(slots: Uint32Array, first: number, keys: Words, at: number): number {
  const count = slots.length / WORDS_A_SLOT;
  let word = Math.floor((((first << SHARD_BITS) >>> 0) * count) / 2 ** 32) * WORDS_A_SLOT;
  while (slots[word + 4] !== 0) {
    if (
      slots[word] === keys[at] &&
      slots[word + 1] === keys[at + 1] &&
      slots[word + 2] === keys[at + 2] &&
      slots[word + 3] === keys[at + 3]
    ) {
      return word;
    }
    word += WORDS_A_SLOT;
    if (word === slots.length) word = 0;
  }
  return word;
}

function grow(shard: Shard): void {
  const { slots } = shard;
  const { slots: bigger } = emptyShard(Math.ceil((slots.length / WORDS_A_SLOT) * 1.5));
  for (let word = 0; word < slots.length; word += WORDS_A_SLOT) {
    if (slots[word + 4] === 0) continue;
    const to = wordOf(bigger, firstBits(slots[word]!), slots, word);
    for (let i = 0; i < WORDS_A_SLOT; i++) bigger[to + i] = slots[word + i]!;
  }
  shard.slots = bigger;
}
