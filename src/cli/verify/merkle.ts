// RFC 6962 hashing, the slow and obvious way: the definition's own recursion over lists of hashes.

import { createHash } from "node:crypto";

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const hashOfLeaf = (entry: Uint8Array): Buffer => sha256(LEAF, entry);

/** RFC 6962 §2.1, word for word. */
export function merkleRoot(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0]!;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(NODE, merkleRoot(hashes.slice(0, split)), merkleRoot(hashes.slice(split)));
}

/** All tiles of a growing log. Level 0 keeps only its last tile; the levels above are 1/255 of the entries. */
export class Tiles {
  count = 0;
  /** Hashes of the last tile of level 0: 1 to 256 of them once there is an entry. */
  last: Buffer[] = [];
  /** levels[l] holds every hash of tile level l + 1. */
  readonly above: Buffer[][] = [];

  add(leaf: Buffer): void {
    if (this.last.length === 256) this.last = [];
    this.last.push(leaf);
    this.count++;
    for (let level = 0, tile = this.last; tile.length === 256; level++) {
      const hashes: Buffer[] = this.above[level] ?? [];
      this.above[level] = hashes;
      hashes.push(merkleRoot(tile));
      if (hashes.length % 256 !== 0) return;
      tile = hashes.slice(-256);
    }
  }

  /**
   * Complete subtrees of 256 with one ragged one at the right split where their leaves would: 256 · 2^j is the largest
   * power of two below 256k + r exactly when 2^j is the largest below k + 1 (0 < r ≤ 256).
   */
  root(): Buffer {
    const subtrees = this.above[0] ?? [];
    const isWhole = this.last.length === 256 || this.last.length === 0;
    return merkleRoot(isWhole ? subtrees : [...subtrees, merkleRoot(this.last)]);
  }
}
