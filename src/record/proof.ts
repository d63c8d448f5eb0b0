// RFC 6962 proofs: O(log n) hashes show that an entry is in a tree, or that one tree is a prefix of another.
// A verifier never throws on a proof: what does not fit is false.

import type { HashReader } from "./tree.ts";
import { nodeHash, rangeHash, splitOf } from "./tree.ts";

/** The hashes beside the way from entry `index` up to the root of the first `size` entries; nearest the leaf first. */
export function inclusionProof(index: number, size: number, read: HashReader): Buffer[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`proof: entry ${index} is not in a tree of ${size}`);
  return pathOf(index, 0, size, read);
}

function pathOf(index: number, from: number, to: number, read: HashReader): Buffer[] {
  if (to - from === 1) return [];
  const middle = from + splitOf(to - from);
  return index < middle
    ? [...pathOf(index, from, middle, read), rangeHash(middle, to, read)]
    : [...pathOf(index, middle, to, read), rangeHash(from, middle, read)];
}

/** What shows that the first `old` entries of a tree of `size` are the whole of an older tree. 1 ≤ old ≤ size. */
export function consistencyProof(old: number, size: number, read: HashReader): Buffer[] {
  if (!(old >= 1 && old <= size)) throw new RangeError(`proof: ${old} is not a prefix of ${size}`);
  return prefixOf(old, 0, size, read);
}

function prefixOf(old: number, from: number, to: number, read: HashReader): Buffer[] {
  // The older tree's own root is known to whoever asks: only inner subtrees are sent.
  if (old === to) return from === 0 ? [] : [rangeHash(from, to, read)];
  const middle = from + splitOf(to - from);
  return old <= middle
    ? [...prefixOf(old, from, middle, read), rangeHash(middle, to, read)]
    : [...prefixOf(old, middle, to, read), rangeHash(from, middle, read)];
}

export function verifyInclusion(leaf: Buffer, index: number, size: number, proof: Buffer[], root: Buffer): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false;
  return climb(leaf, index, size, proof, proof.length)?.equals(root) ?? false;
}

function climb(leaf: Buffer, index: number, size: number, proof: Buffer[], left: number): Buffer | null {
  if (size === 1) return left === 0 ? leaf : null;
  const sibling = proof[left - 1];
  if (sibling === undefined) return null;
  const split = splitOf(size);
  const inLeft = index < split;
  const below = inLeft
    ? climb(leaf, index, split, proof, left - 1)
    : climb(leaf, index - split, size - split, proof, left - 1);
  if (below === null) return null;
  return inLeft ? nodeHash(below, sibling) : nodeHash(sibling, below);
}

export function verifyConsistency(
  old: number,
  oldRoot: Buffer,
  size: number,
  root: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (!(Number.isSafeInteger(old) && Number.isSafeInteger(size) && old >= 1 && old <= size)) return false;
  const pair = climbBoth(old, 0, size, oldRoot, proof, proof.length);
  return pair?.[0].equals(oldRoot) === true && pair[1].equals(root);
}

/** Both roots, rebuilt from one proof: [of the older tree, of this one]. */
function climbBoth(
  old: number,
  from: number,
  to: number,
  oldRoot: Buffer,
  proof: readonly Buffer[],
  left: number,
): readonly [Buffer, Buffer] | null {
  if (old === to) {
    if (from === 0) return left === 0 ? [oldRoot, oldRoot] : null;
    const whole = proof[0];
    return left === 1 && whole !== undefined ? [whole, whole] : null;
  }
  const sibling = proof[left - 1];
  if (sibling === undefined) return null;
  const middle = from + splitOf(to - from);
  const inLeft = old <= middle;
  const below = climbBoth(old, inLeft ? from : middle, inLeft ? middle : to, oldRoot, proof, left - 1);
  if (below === null) return null;
  return inLeft ? [below[0], nodeHash(below[1], sibling)] : [nodeHash(sibling, below[0]), nodeHash(sibling, below[1])];
}
