// The growing edge of the log: everything durable that is not in tiles yet. Arithmetic over bytes; io writes the files.
// A tile once handed out is handed out again until `settle` says that it is on disk. Entries and hashes are copied into
// slabs, one a file: small Buffers kept for a second would all be old for the collector.

import { type Slab, SlabShelf } from "./slab.ts";
import {
  entryOf,
  framedEntries,
  hashesOn,
  LENGTH_BYTES,
  readerOf,
  TILE_WIDTH,
  type TileLevel,
  tilePath,
  widthOf,
} from "./tiles.ts";
import { Frontier, HASH_BYTES, leafHash, rootOf } from "./tree.ts";

export interface TileFile {
  readonly path: string;
  /** The file's bytes, in one piece: a view that holds until the snapshot is settled. */
  readonly parts: readonly [Buffer];
}

/** What a checkpoint of `size` needs on disk that was not there at the last one. */
export interface EdgeSnapshot {
  readonly size: number;
  readonly root: Buffer;
  readonly files: readonly TileFile[];
  readonly bytes: number;
  /** How many of `files`, from the start, are full and will never be asked for again. */
  readonly full: number;
}

/** Entries are some 1 kB. */
const BUNDLE_BYTES = TILE_WIDTH * 1024;
const SHELF_BYTES_MAX = 16 * 1024 * 1024;

export class Edge {
  #frontier = new Frontier();
  readonly #tileShelf = new SlabShelf(TILE_WIDTH * HASH_BYTES, SHELF_BYTES_MAX / 16);
  readonly #bundleShelf = new SlabShelf(BUNDLE_BYTES, SHELF_BYTES_MAX);
  /** Hashes in the last, incomplete tile of each level. */
  #tiles: Slab[] = [];
  /** Framed entries in the last, incomplete bundle. */
  #bundle: Slab = this.#bundleShelf.take();
  #full: { readonly path: string; readonly slab: Slab; readonly shelf: SlabShelf }[] = [];
  #unsettledBytes = 0;

  /**
   * The edge of a log of `size` entries from its rightmost tiles alone: O(log n) reads.
   * @param readTile whole bytes of a tile or bundle. @returns null when the tiles do not give `root`.
   */
  static restore(size: number, root: Buffer, readTile: (level: TileLevel, index: number) => Buffer): Edge | null {
    const reader = readerOf(readTile);
    if (!rootOf(size, reader).equals(root)) return null;
    const edge = new Edge();
    edge.#frontier = Frontier.of(size, reader);
    for (let level = 0, count = size; count > 0; count = hashesOn(++level, size)) {
      const index = Math.floor(count / TILE_WIDTH);
      const from = index * TILE_WIDTH;
      const tile = edge.#tile(level);
      for (let nth = 0; nth < widthOf(index, count); nth++) tile.add(reader(level * 8, from + nth), 0, HASH_BYTES);
    }
    return edge.#restoreBundle(size, readTile) ? edge : null;
  }

  #restoreBundle(size: number, readTile: (level: TileLevel, index: number) => Buffer): boolean {
    const leaves = this.#tiles[0];
    if (leaves === undefined || leaves.count === 0) return true;
    const framed = framedEntries(readTile("entries", Math.floor(size / TILE_WIDTH)));
    if (framed?.length !== leaves.count) return false;
    for (const each of framed) this.#bundle.add(each, 0, each.length);
    const hashes = leaves.view();
    const hashAt = (nth: number): Buffer => hashes.subarray(nth * HASH_BYTES, (nth + 1) * HASH_BYTES);
    return framed.every((each, nth) => leafHash(entryOf(each)).equals(hashAt(nth)));
  }

  get size(): number {
    return this.#frontier.size;
  }

  /** Bytes of entries that are in no settled tile: what a fold that keeps failing piles up in memory. */
  get unsettledBytes(): number {
    return this.#unsettledBytes;
  }

  root(): Buffer {
    return this.#frontier.root();
  }

  /** Copies one framed entry (uint16 length ‖ entry): bytes [from, to) of `source`. */
  add(source: Buffer, from = 0, to = source.length): void {
    this.#frontier.appendEntry(source, from + LENGTH_BYTES, to, this.#onComplete);
    this.#unsettledBytes += to - from;
    this.#bundle.add(source, from, to);
    if (this.#bundle.count < TILE_WIDTH) return;
    const path = tilePath("entries", this.size / TILE_WIDTH - 1, TILE_WIDTH);
    this.#full.push({ path, slab: this.#bundle, shelf: this.#bundleShelf });
    this.#bundle = this.#bundleShelf.take();
  }

  readonly #onComplete = (level: number, hashes: Buffer, at: number): void => {
    if (level % 8 === 0) this.#addHash(level / 8, hashes, at);
  };

  #addHash(level: number, hashes: Buffer, at: number): void {
    const tile = this.#tile(level);
    tile.add(hashes, at, at + HASH_BYTES);
    if (tile.count < TILE_WIDTH) return;
    // The frontier counts a leaf after it has told of its subtrees: size + 1 leaves are in this tile's last hash.
    const index = hashesOn(level + 1, this.size + 1) - 1;
    this.#full.push({ path: tilePath(level, index, TILE_WIDTH), slab: tile, shelf: this.#tileShelf });
    this.#tiles[level] = this.#tileShelf.take();
  }

  #tile(level: number): Slab {
    this.#tiles[level] ??= this.#tileShelf.take();
    return this.#tiles[level];
  }

  snapshot(): EdgeSnapshot {
    const full = this.#full.map(({ path, slab }): TileFile => ({ path, parts: [slab.view()] }));
    const partial = this.#tiles.flatMap((tile, level) => partialOf(level, hashesOn(level, this.size), tile));
    const files = [...full, ...partial, ...partialOf("entries", this.size, this.#bundle)];
    return { size: this.size, root: this.root(), files, bytes: this.#unsettledBytes, full: full.length };
  }

  /** The snapshot's files are on disk and its checkpoint stands: nobody reads its views any more. */
  settle(snapshot: EdgeSnapshot): void {
    for (const { slab, shelf } of this.#full.splice(0, snapshot.full)) shelf.put(slab);
    this.#unsettledBytes -= snapshot.bytes;
  }
}

function partialOf(level: TileLevel, count: number, slab: Slab): TileFile[] {
  if (slab.count === 0) return [];
  return [{ path: tilePath(level, Math.floor(count / TILE_WIDTH), slab.count), parts: [slab.view()] }];
}
