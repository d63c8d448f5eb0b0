// The RFC 6962 Merkle tree: leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right). Never the other way
// round: the two prefixes are what keeps an inner node from being passed off as an entry.

import { hash } from "node:crypto";

export const HASH_BYTES = 32;

/** The hash of the complete subtree of 2^level leaves number `index` on that level. Throws when it has none. */
export type HashReader = (level: number, index: number) => Buffer;

/** Told of each subtree as it becomes complete, leaves (level 0) included. */
export type OnComplete = (level: number, hash: Buffer) => void;

/** 0x00 ‖ the largest entry. One-shot `hash` over one buffer costs half of createHash with two updates. */
const leafScratch = Buffer.alloc(1 + 65_535);
const nodeScratch = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** @param entry at most 65,535 bytes. */
export function leafHash(entry: Uint8Array): Buffer {
  leafScratch.set(entry, 1);
  return hash("sha256", leafScratch.subarray(0, 1 + entry.length), "buffer");
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  nodeScratch.set(left, 1);
  nodeScratch.set(right, 1 + HASH_BYTES);
  return hash("sha256", nodeScratch, "buffer");
}

/** The root over no entries at all. */
export function emptyRoot(): Buffer {
  return hash("sha256", Buffer.alloc(0), "buffer");
}

/** The largest power of two below `size` (size ≥ 2): where RFC 6962 splits. Not by bits: sizes pass 2^32. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The Merkle root of leaves [from, to), where `from` is a multiple of the subtree it starts. O(log n) reads. */
export function rangeHash(from: number, to: number, read: HashReader): Buffer {
  const count = to - from;
  const level = Math.log2(count);
  if (Number.isInteger(level) && from % count === 0) return read(level, from / count);
  const split = splitOf(count);
  return nodeHash(rangeHash(from, from + split, read), rangeHash(from + split, to, read));
}

export function rootOf(size: number, read: HashReader): Buffer {
  return size === 0 ? emptyRoot() : rangeHash(0, size, read);
}

/** The right edge of a growing tree: one hash for each set bit of its size, largest subtree first. */
export class Frontier {
  #size = 0;
  #peaks: Buffer[] = [];

  /** The frontier of a tree that is already on disk. */
  static of(size: number, read: HashReader): Frontier {
    const frontier = new Frontier();
    frontier.#size = size;
    let from = 0;
    for (let count = size === 0 ? 0 : 2 ** Math.floor(Math.log2(size)); count >= 1; count /= 2) {
      if (size - from < count) continue;
      frontier.#peaks.push(read(Math.log2(count), from / count));
      from += count;
    }
    return frontier;
  }

  get size(): number {
    return this.#size;
  }

  /** Amortised one node hash a leaf. */
  append(leaf: Buffer, onComplete?: OnComplete): void {
    let merged = leaf;
    onComplete?.(0, merged);
    // Each trailing 1 of the size is a complete left sibling that was waiting for this one.
    for (let level = 1, rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2, level++) {
      merged = nodeHash(this.#peaks.pop()!, merged);
      onComplete?.(level, merged);
    }
    this.#peaks.push(merged);
    this.#size++;
  }

  root(): Buffer {
    const right = this.#peaks.at(-1);
    if (right === undefined) return emptyRoot();
    let root = right;
    for (let at = this.#peaks.length - 2; at >= 0; at--) root = nodeHash(this.#peaks[at]!, root);
    return root;
  }
}
