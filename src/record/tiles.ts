// C2SP tlog-tiles: the tree in files of 256 hashes, the entries in bundles of 256. A full tile never changes.
// https://c2sp.org/tlog-tiles

import type { HashReader } from "./tree.ts";
import { HASH_BYTES, nodeHash } from "./tree.ts";

export const TILE_WIDTH = 256;
/** Tree levels in one tile: 2^8 = 256. */
const TILE_HEIGHT = 8;
/** Before an entry stands its length: uint16, big-endian. */
export const LENGTH_BYTES = 2;

/** A tile of hashes on its level, or a bundle of entries. */
export type TileLevel = number | "entries";

/** `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last with an x: 1234067 → x001/x234/067. */
export function tilePath(level: TileLevel, index: number, width: number): string {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift("x" + String(rest % 1000).padStart(3, "0"));
  }
  return `tile/${level}/${groups.join("/")}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** How many hashes of level `level` a tree of `size` entries has in tiles: subtrees of 256^level leaves. */
export function hashesOn(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The width of tile `index` where a level holds `count` hashes: 256, or what is left, or 0. */
export function widthOf(index: number, count: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, count - index * TILE_WIDTH));
}

/** Any complete subtree's hash, from tiles. `readTile` gives the whole tile's bytes and may cache. */
export function readerOf(readTile: (level: number, index: number) => Buffer): HashReader {
  return (level, index) => {
    const span = 2 ** (level % TILE_HEIGHT);
    const first = index * span;
    const tile = readTile(Math.floor(level / TILE_HEIGHT), Math.floor(first / TILE_WIDTH));
    return subtreeIn(tile, first % TILE_WIDTH, span);
  };
}

function subtreeIn(tile: Buffer, first: number, span: number): Buffer {
  if (span > 1) return nodeHash(subtreeIn(tile, first, span / 2), subtreeIn(tile, first + span / 2, span / 2));
  const hash = tile.subarray(first * HASH_BYTES, (first + 1) * HASH_BYTES);
  if (hash.length !== HASH_BYTES) throw new RangeError(`tile: no hash ${first} in ${tile.length} bytes`);
  return hash;
}

/** Splits a bundle into its framed entries (uint16 length ‖ entry), as views. Null when the lengths do not add up. */
export function framedEntries(bundle: Buffer): Buffer[] | null {
  const framed: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    if (at + LENGTH_BYTES > bundle.length) return null;
    const end = at + LENGTH_BYTES + bundle.readUInt16BE(at);
    if (end === at + LENGTH_BYTES || end > bundle.length) return null;
    framed.push(bundle.subarray(at, end));
    at = end;
  }
  return framed;
}

/** Writes uint16 length ‖ entry at `at`; returns where the next goes. @param entry at most 65,535 bytes of UTF-8. */
export function frameEntry(into: Buffer, at: number, entry: string): number {
  const bytes = into.write(entry, at + LENGTH_BYTES, "utf8");
  into.writeUInt16BE(bytes, at);
  return at + LENGTH_BYTES + bytes;
}

/** The entry inside its frame. */
export function entryOf(framed: Buffer): Buffer {
  return framed.subarray(LENGTH_BYTES);
}

export function framedBytes(entryBytes: number): number {
  return LENGTH_BYTES + entryBytes;
}
