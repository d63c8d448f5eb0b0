// The verification: every byte of a ledger folder is checked against the entries, and the entries against what is
// signed. Reads only. Faults are collected, not thrown, so that one report names them all.

import { join } from "node:path";
import { EntryChecks } from "./entries.ts";
import { type Fault, FaultList } from "./faults.ts";
import { print } from "./json.ts";
import {
  commitAt,
  filesOf,
  isTorn,
  isZeroFrom,
  joinBundle,
  nameOf,
  parseName,
  readFileOrNull,
  splitBundle,
  type TileName,
} from "./layout.ts";
import { hashOfLeaf, Tiles } from "./merkle.ts";
import { type Head, openHead, parseVerifierKey, type VerifierKey } from "./note.ts";

export interface Report {
  readonly ok: boolean;
  readonly origin: string | null;
  /** The key's name and id: compare them with what you were told, else a whole forged ledger would do. */
  readonly key: string | null;
  /** Entries under the signed head, and its root in base64. */
  readonly size: number;
  readonly root: string | null;
  /** Valid entries behind the signed head: not signed yet. */
  readonly tail: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly faultsTotal: number;
  readonly faults: readonly Fault[];
}

export interface OlderHead {
  /** How faults name it: the file's path. */
  readonly place: string;
  readonly note: Buffer;
}

/** @param older checkpoints taken earlier or kept elsewhere: this ledger must begin with what they name. */
export function verifyFolder(dir: string, older: readonly OlderHead[] = []): Report {
  return new Verification(dir).run(older);
}

class Verification {
  readonly #dir: string;
  readonly #files: Set<string>;
  readonly #list = new FaultList();
  readonly #entries = new EntryChecks(this.#list);
  readonly #tiles = new Tiles();
  /** Entries behind the signed head, and their leaves, for tiles that a crash left ahead of their checkpoint. */
  readonly #tail: Buffer[] = [];
  readonly #tailEntries: Buffer[] = [];
  readonly #older: { readonly place: string; readonly head: Head }[] = [];

  constructor(dir: string) {
    this.#dir = dir;
    this.#files = new Set(filesOf(dir));
  }

  run(older: readonly OlderHead[]): Report {
    const key = this.#key();
    const head = key === null ? null : this.#head("checkpoint", this.#read("checkpoint"), key);
    if (key !== null && head !== null) {
      this.#settings(head);
      for (const { place, note } of older) {
        const opened = this.#head(place, note, key);
        if (opened !== null) this.#older.push({ place, head: opened });
      }
      if (this.#folded(head)) {
        this.#segments(head);
        this.#ahead();
      }
      this.#leftOver();
    }
    const { faults, total } = this.#list;
    return {
      ok: total === 0,
      origin: head?.origin ?? null,
      key: key === null ? null : `${key.name}+${key.id}`,
      size: head?.size ?? 0,
      root: head?.root ?? null,
      tail: this.#tail.length,
      kinds: this.#entries.kinds,
      faultsTotal: total,
      faults,
    };
  }

  /** A file that has to be there. */
  #read(path: string): Buffer | null {
    this.#files.delete(path);
    const bytes = readFileOrNull(join(this.#dir, path));
    if (bytes === null) this.#list.add(path, "file_missing");
    return bytes;
  }

  #key(): VerifierKey | null {
    const file = this.#read("vkey");
    const key = file === null ? null : parseVerifierKey(file);
    if (file !== null && key === null) this.#list.add("vkey", "key_malformed");
    return key;
  }

  #head(place: string, note: Buffer | null, key: VerifierKey): Head | null {
    if (note === null) return null;
    const head = openHead(note, key);
    if (typeof head === "object") return head;
    this.#list.add(place, head === "malformed" ? "file_malformed" : "signature_invalid");
    return null;
  }

  #settings(head: Head): void {
    const file = this.#read("ledger.json");
    const expected = `${print({ format: 1, origin: head.origin })}\n`;
    if (file !== null && file.toString("latin1") !== Buffer.from(expected).toString("latin1")) {
      this.#list.add("ledger.json", "format_unknown");
    }
  }

  /** The signed entries. False when some cannot be read at all, so that nothing behind them can be placed. */
  #folded(head: Head): boolean {
    this.#compareOlder();
    for (let index = 0; index * 256 < head.size; index++) {
      const width = Math.min(256, head.size - index * 256);
      const leaves = this.#bundle(index, width);
      if (leaves === null) return false;
      for (const leaf of leaves) this.#add(leaf);
      this.#checkTiles();
    }
    this.#checkLoose();
    if (this.#tiles.root().toString("base64") === head.root) return true;
    this.#list.add("checkpoint", "root_mismatch");
    return true;
  }

  #add(leaf: Buffer): void {
    this.#tiles.add(leaf);
    this.#compareOlder();
  }

  #compareOlder(): void {
    for (const { place, head } of this.#older) {
      if (head.size !== this.#tiles.count) continue;
      if (this.#tiles.root().toString("base64") !== head.root) this.#list.add(place, "rewritten");
    }
  }

  /**
   * Leaf hashes of a bundle; those of its tile where the bundle cannot be read, so that later faults keep their
   * place.
   */
  #bundle(index: number, width: number): Buffer[] | null {
    const path = nameOf({ level: "entries", index, width });
    const tilePath = nameOf({ level: 0, index, width });
    const tile = this.#hashes(tilePath, width);
    const bytes = this.#read(path);
    const entries = bytes === null ? null : splitBundle(bytes);
    if (entries === null || entries.length !== width) {
      if (bytes !== null) this.#list.add(path, "bundle_malformed");
      return tile;
    }
    return entries.map((entry, nth) => {
      this.#entries.check(index * 256 + nth, entry);
      const leaf = hashOfLeaf(entry);
      if (tile !== null && !leaf.equals(tile[nth]!)) {
        this.#list.add(`entry ${index * 256 + nth} (${path}, ${tilePath})`, "leaf_mismatch");
      }
      return leaf;
    });
  }

  #hashes(path: string, width: number): Buffer[] | null {
    const bytes = this.#read(path);
    if (bytes === null) return null;
    if (bytes.length === width * 32)
      return Array.from({ length: width }, (_, n) => bytes.subarray(n * 32, n * 32 + 32));
    this.#list.add(path, "file_malformed");
    return null;
  }

  /** Tiles above level 0 that the last leaf has filled. */
  #checkTiles(): void {
    for (const [above, hashes] of this.#tiles.above.entries()) {
      if (this.#tiles.count % 256 ** (above + 2) !== 0) return;
      this.#checkTile(above + 1, hashes.length / 256 - 1, hashes.slice(-256));
    }
  }

  /** The last, partial tile of each level above 0. */
  #checkLoose(): void {
    for (const [above, hashes] of this.#tiles.above.entries()) {
      const width = hashes.length % 256;
      if (width > 0) this.#checkTile(above + 1, Math.floor(hashes.length / 256), hashes.slice(-width));
    }
  }

  #checkTile(level: number, index: number, hashes: readonly Buffer[]): void {
    const path = nameOf({ level, index, width: hashes.length });
    const bytes = this.#read(path);
    if (bytes !== null && !bytes.equals(Buffer.concat(hashes))) this.#list.add(path, "tile_mismatch");
  }

  #segments(head: Head): void {
    const paths = [...this.#files].filter((path) => /^segment\/\d{16}$/.test(path));
    for (const path of paths) {
      const segment = this.#read(path);
      if (segment !== null) this.#segment(path, segment, head.size);
    }
    for (const { place, head: older } of this.#older) {
      if (older.size > this.#tiles.count) this.#list.add(place, "cut");
    }
  }

  #segment(path: string, segment: Buffer, size: number): void {
    let next = Number(path.slice("segment/".length));
    for (let at = 0; at < segment.length; ) {
      const place = `${path} byte ${at}`;
      const commit = commitAt(segment, at);
      if (commit === null && isZeroFrom(segment, at)) return;
      if (commit === null) return this.#list.add(place, "frame_invalid");
      if (commit.first !== next || next > this.#tiles.count) return this.#list.add(place, "index_gap");
      for (const entry of commit.entries) this.#segmentEntry(place, next++, entry, size);
      at = commit.end;
    }
  }

  /** An entry in a segment: the same as in its bundle, or the next one behind the head. */
  #segmentEntry(place: string, index: number, entry: Buffer, size: number): void {
    const leaf = hashOfLeaf(entry);
    if (index < this.#tiles.count) {
      const known = index < size ? this.#leafOnDisk(index, size) : this.#tail[index - size];
      if (known === undefined || !leaf.equals(known)) this.#list.add(`entry ${index} (${place})`, "leaf_mismatch");
      return;
    }
    this.#entries.check(index, entry);
    this.#tail.push(leaf);
    this.#tailEntries.push(entry);
    this.#add(leaf);
  }

  #leafOnDisk(index: number, size: number): Buffer | undefined {
    const tile = Math.floor(index / 256);
    const path = nameOf({ level: 0, index: tile, width: Math.min(256, size - tile * 256) });
    return readFileOrNull(join(this.#dir, path))?.subarray((index % 256) * 32, (index % 256) * 32 + 32);
  }

  /**
   * Tiles beside those of the checkpoint, older or newer, as a crash between two steps leaves them. A full one may be
   * torn: it is written in its place, and nobody reads it before a checkpoint names it.
   */
  #ahead(): void {
    const size = this.#tiles.count - this.#tail.length;
    for (const path of this.#files) {
      const name = parseName(path);
      if (name === null) continue;
      const bytes = this.#read(path) ?? Buffer.alloc(0);
      const whole = this.#whole(name, size);
      const isRight = whole !== null && (name.width === 256 ? isTorn(bytes, whole) : bytes.equals(whole));
      if (!isRight) this.#list.add(path, "tile_mismatch");
    }
  }

  /** What the entries of this ledger give for a tile or bundle; null when they do not reach to its end. */
  #whole({ level, index, width }: TileName, size: number): Buffer | null {
    const from = index * 256;
    const parts = Array.from({ length: width }, (_, nth) =>
      level === "entries" ? this.#entryAt(from + nth, size) : this.#hashAt(level, from + nth, size),
    );
    if (!parts.every((part) => part !== undefined)) return null;
    return level === "entries" ? joinBundle(parts) : Buffer.concat(parts);
  }

  #hashAt(level: number, index: number, size: number): Buffer | undefined {
    if (level > 0) return this.#tiles.above[level - 1]?.[index];
    return index < size ? this.#leafOnDisk(index, size) : this.#tail[index - size];
  }

  #entryAt(index: number, size: number): Buffer | undefined {
    if (index >= size) return this.#tailEntries[index - size];
    const bundle = Math.floor(index / 256);
    const path = nameOf({ level: "entries", index: bundle, width: Math.min(256, size - bundle * 256) });
    return splitBundle(readFileOrNull(join(this.#dir, path)) ?? Buffer.alloc(0))?.[index % 256];
  }

  /** `lock` and temporary files are the writer's own; anything else has no business here. */
  #leftOver(): void {
    for (const path of this.#files) {
      if (path !== "lock" && !path.endsWith(".tmp")) this.#list.add(path, "file_unexpected");
    }
  }
}
