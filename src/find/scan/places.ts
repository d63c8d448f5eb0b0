// Which detectors are asked where in a string. Law: those whose ways opened a window are asked at the rows that opened
// it, or all around what did, by blocks of bytes; whoever may begin anywhere looks at the window by itself.

import { AT_ROWS, highOf, lowOf, WIDTH } from "../anchors/clauses.ts";
import type { Openness } from "../anchors/starts.ts";

const BLOCK_BITS = 4;
/** What a string takes that is no longer than 16 KiB. */
const BLOCKS_KEPT = 1024;
const ROWS_KEPT = 1024;

const atRows = new Int32Array(WIDTH);

export class Places implements Openness {
  /** By block: sets of detectors, in two words. */
  #blockLow = new Int32Array(BLOCKS_KEPT);
  #blockHigh = new Int32Array(BLOCKS_KEPT);
  #from = 0;
  /** Blocks that were written since `over`. */
  #blocks = 0;
  /** Rows of letters and digits: where each begins, ascending, and who is asked there. */
  #at = new Int32Array(ROWS_KEPT);
  #low = new Int32Array(ROWS_KEPT);
  #high = new Int32Array(ROWS_KEPT);
  #count = 0;
  #cursor = 0;

  /** Another string. @param from where it begins. */
  over(from: number): void {
    this.#from = from;
    this.#blocks = this.#count = this.#cursor = 0;
  }

  /** Opens [start, end), which lies in the string. */
  open(start: number, end: number, ways: Int32Array): void {
    let any = 0;
    for (let word = 0; word < WIDTH; word++) any |= atRows[word] = ways[word]! & AT_ROWS[word]!;
    if (any === 0) return;
    const low = lowOf(atRows);
    const high = highOf(atRows);
    const last = ((end - 1 - this.#from) >> BLOCK_BITS) + 1;
    if (last > this.#blocks) this.#reach(last);
    for (let block = (start - this.#from) >> BLOCK_BITS; block < last; block++) {
      this.#blockLow[block]! |= low;
      this.#blockHigh[block]! |= high;
    }
  }

  /** Opens the row that begins at a byte: nearly always the last one, or one after it. */
  openRow(byte: number, ways: Int32Array): void {
    let i = this.#count;
    while (i > 0 && this.#at[i - 1]! >= byte) i--;
    if (i === this.#count || this.#at[i]! !== byte) this.#insert(i, byte);
    this.#low[i]! |= lowOf(ways);
    this.#high[i]! |= highOf(ways);
  }

  #insert(i: number, byte: number): void {
    if (this.#count === this.#at.length) {
      this.#at = wider(this.#at, this.#count * 2);
      this.#low = wider(this.#low, this.#count * 2);
      this.#high = wider(this.#high, this.#count * 2);
    }
    if (i < this.#count) for (const list of [this.#at, this.#low, this.#high]) list.copyWithin(i + 1, i, this.#count);
    this.#count++;
    this.#at[i] = byte;
    this.#low[i] = this.#high[i] = 0;
  }

  #reach(blocks: number): void {
    if (blocks > this.#blockLow.length) {
      this.#blockLow = wider(this.#blockLow, blocks * 2);
      this.#blockHigh = wider(this.#blockHigh, blocks * 2);
    }
    this.#blockLow.fill(0, this.#blocks, blocks);
    this.#blockHigh.fill(0, this.#blocks, blocks);
    this.#blocks = blocks;
  }

  lowAt(byte: number): number {
    const block = (byte - this.#from) >> BLOCK_BITS;
    const around = block < this.#blocks ? this.#blockLow[block]! : 0;
    return this.#isRow(byte) ? around | this.#low[this.#cursor]! : around;
  }

  highAt(byte: number): number {
    const block = (byte - this.#from) >> BLOCK_BITS;
    const around = block < this.#blocks ? this.#blockHigh[block]! : 0;
    return this.#isRow(byte) ? around | this.#high[this.#cursor]! : around;
  }

  /** The next row, or block, that is open: no row lies in one that is shut. */
  nextFrom(byte: number): number {
    const i = this.#seek(byte);
    const row = i < this.#count ? this.#at[i]! : -1;
    for (let block = (byte - this.#from) >> BLOCK_BITS; block < this.#blocks; block++) {
      const start = this.#from + (block << BLOCK_BITS);
      if (row >= 0 && start > row) break;
      if ((this.#blockLow[block]! | this.#blockHigh[block]!) !== 0)
        return row < 0 ? Math.max(byte, start) : Math.min(row, Math.max(byte, start));
    }
    return row;
  }

  #isRow(byte: number): boolean {
    const i = this.#seek(byte);
    return i < this.#count && this.#at[i] === byte;
  }

  /** Sets the cursor to the first row from `byte` on. Questions come in order, nearly always. */
  #seek(byte: number): number {
    const at = this.#at;
    let i = this.#cursor;
    while (i > 0 && at[i - 1]! >= byte) i--;
    while (i < this.#count && at[i]! < byte) i++;
    this.#cursor = i;
    return i;
  }

  /** Gives back what a large string took. */
  done(): void {
    if (this.#blockLow.length > BLOCKS_KEPT) {
      this.#blockLow = new Int32Array(BLOCKS_KEPT);
      this.#blockHigh = new Int32Array(BLOCKS_KEPT);
    }
    if (this.#at.length > ROWS_KEPT) {
      this.#at = new Int32Array(ROWS_KEPT);
      this.#low = new Int32Array(ROWS_KEPT);
      this.#high = new Int32Array(ROWS_KEPT);
    }
    this.over(0);
  }
}

function wider(list: Int32Array, length: number) {
  const more = new Int32Array(length);
  more.set(list);
  return more;
}
