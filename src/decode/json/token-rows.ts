// Where the tokenizer writes. Law: rows are written into scratch columns that are used again and again; what is handed
// out is a copy that nobody else writes to. A typed array with a store of its own costs more to make and to collect
// than a short document costs to read, so the copies are cut from a slab (as Buffer's pool does).

import type { Tokens } from "../../words.ts";

/** Columns of four bytes and one of one. */
const ROW_BYTES = 17;
/** A document that is kept keeps its slab: no larger than what a few hundred small documents need. */
const SLAB_BYTES = 64 * 1024;
/** Rows of scratch kept between documents; a larger document's scratch is given back. */
const ROWS_KEPT = 4096;

/** The columns of Tokens while they grow. */
export class TokenRows {
  kind = new Uint8Array(0);
  start = new Int32Array(0);
  end = new Int32Array(0);
  parent = new Int32Array(0);
  slot = new Int32Array(0);
  #slab = new ArrayBuffer(0);
  #used = 0;

  /** @param rows room for so many at first. */
  constructor(rows = ROWS_KEPT) {
    this.#make(rows);
  }

  /** Room for twice as many rows, `rowsMax` at most; what is written stays. */
  grow(rowsMax: number): void {
    const { kind, start, end, parent, slot } = this;
    this.#make(Math.min(kind.length * 2, rowsMax));
    this.kind.set(kind);
    this.start.set(start);
    this.end.set(end);
    this.parent.set(parent);
    this.slot.set(slot);
  }

  /** @returns the first `count` rows, in stores that are written to no more. */
  taken(count: number): Tokens {
    const bytes = count * ROW_BYTES;
    const shared = bytes <= SLAB_BYTES >> 3;
    const store = shared ? this.#room(bytes) : new ArrayBuffer(bytes);
    const at = shared ? this.#used : 0;
    // The wide columns first: they stand on multiples of four.
    const start = column(this.start, store, at, count);
    const end = column(this.end, store, at + 4 * count, count);
    const parent = column(this.parent, store, at + 8 * count, count);
    const slot = column(this.slot, store, at + 12 * count, count);
    const kind = new Uint8Array(store, at + 16 * count, count);
    for (let i = 0; i < count; i++) kind[i] = this.kind[i]!;
    if (shared) this.#used += (bytes + 3) & ~3;
    return { count, kind, start, end, parent, slot };
  }

  /** Lets go of scratch that a large document needed. */
  done(): void {
    if (this.kind.length > ROWS_KEPT) this.#make(ROWS_KEPT);
  }

  #room(bytes: number): ArrayBuffer {
    if (this.#used + bytes > this.#slab.byteLength) {
      this.#slab = new ArrayBuffer(SLAB_BYTES);
      this.#used = 0;
    }
    return this.#slab;
  }

  #make(rows: number): void {
    this.kind = new Uint8Array(rows);
    this.start = new Int32Array(rows);
    this.end = new Int32Array(rows);
    this.parent = new Int32Array(rows);
    this.slot = new Int32Array(rows);
  }
}

/** A loop and not `set(subarray)`: a view of a few rows costs more to make than to copy. */
function column(from: Int32Array, store: ArrayBuffer, at: number, count: number): Int32Array {
  const to = new Int32Array(store, at, count);
  for (let i = 0; i < count; i++) to[i] = from[i]!;
  return to;
}
