// The growing edge of the log: everything durable that is not in tiles yet. Arithmetic over bytes; io writes the files.
// A tile once handed out is handed out again until `settle` says that it is on disk.

import { entryOf, framedEntries, hashesOn, readerOf, TILE_WIDTH, type TileLevel, tilePath, widthOf } from "./tiles.ts";
import { Frontier, leafHash, rootOf } from "./tree.ts";

export interface TileFile {
  readonly path: string;
  /** The file's bytes in pieces: views, not copies. */
  readonly parts: readonly Buffer[];
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

export class Edge {
  #frontier = new Frontier();
  /** Hashes in the last, incomplete tile of each level. */
  #tiles: Buffer[][] = [];
  /** Framed entries in the last, incomplete bundle. */
  #bundle: Buffer[] = [];
  #full: TileFile[] = [];
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
      const width = widthOf(index, count);
      edge.#tiles[level] = Array.from({ length: width }, (_, nth) => reader(level * 8, from + nth));
    }
    return edge.#restoreBundle(size, readTile) ? edge : null;
  }

  #restoreBundle(size: number, readTile: (level: TileLevel, index: number) => Buffer): boolean {
    const leaves = this.#tiles[0] ?? [];
    if (leaves.length === 0) return true;
    const framed = framedEntries(readTile("entries", Math.floor(size / TILE_WIDTH)));
    if (framed?.length !== leaves.length) return false;
    this.#bundle = framed;
    return framed.every((each, nth) => leafHash(entryOf(each)).equals(leaves[nth]!));
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

  /** @param framed uint16 length ‖ entry; kept as a view, so its buffer must not change. */
  add(framed: Buffer): void {
    this.#frontier.append(leafHash(entryOf(framed)), (level, hash) => {
      if (level % 8 === 0) this.#addHash(level / 8, hash);
    });
    this.#unsettledBytes += framed.length;
    this.#bundle.push(framed);
    if (this.#bundle.length < TILE_WIDTH) return;
    this.#full.push({ path: tilePath("entries", this.size / TILE_WIDTH - 1, TILE_WIDTH), parts: this.#bundle });
    this.#bundle = [];
  }

  #addHash(level: number, hash: Buffer): void {
    this.#tiles[level] ??= [];
    const tile = this.#tiles[level];
    tile.push(hash);
    if (tile.length < TILE_WIDTH) return;
    // The frontier counts a leaf after it has told of its subtrees: size + 1 leaves are in this tile's last hash.
    const index = hashesOn(level + 1, this.size + 1) - 1;
    this.#full.push({ path: tilePath(level, index, TILE_WIDTH), parts: tile });
    this.#tiles[level] = [];
  }

  snapshot(): EdgeSnapshot {
    const partial = this.#tiles.flatMap((tile, level) => this.#partial(level, hashesOn(level, this.size), tile));
    const files = [...this.#full, ...partial, ...this.#partial("entries", this.size, this.#bundle)];
    return { size: this.size, root: this.root(), files, bytes: this.#unsettledBytes, full: this.#full.length };
  }

  #partial(level: TileLevel, count: number, parts: readonly Buffer[]): TileFile[] {
    if (parts.length === 0) return [];
    return [{ path: tilePath(level, Math.floor(count / TILE_WIDTH), parts.length), parts: [...parts] }];
  }

  /** The snapshot's files are on disk and its checkpoint stands. */
  settle(snapshot: EdgeSnapshot): void {
    this.#full = this.#full.slice(snapshot.full);
    this.#unsettledBytes -= snapshot.bytes;
  }
}
