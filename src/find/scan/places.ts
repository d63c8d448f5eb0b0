// Which ways are open where in a string, by blocks of its bytes. Law: the ways that opened a window are open at the
// rows that opened it, or all around what did; two rows in one block share what is open.

import { highOf, lowOf, WIDTH } from "../anchors/clauses.ts";
import type { Openness } from "../anchors/starts.ts";

const BLOCK_BITS = 4;
/** What a string takes that is no longer than 16 KiB. */
const BLOCKS_KEPT = 1024;

export class Places implements Openness {
  #sets = new Int32Array(BLOCKS_KEPT * WIDTH);
  #from = 0;
  /** Blocks that were written since `over`. */
  #blocks = 0;

  /** Another string. @param from where it begins. */
  over(from: number): void {
    this.#from = from;
    this.#blocks = 0;
  }

  /** Opens [start, end), which lies in the string. */
  open(start: number, end: number, ways: Int32Array): void {
    const high = ((end - 1 - this.#from) >> BLOCK_BITS) + 1;
    if (high > this.#blocks) this.#reach(high);
    for (let block = (start - this.#from) >> BLOCK_BITS; block < high; block++)
      for (let word = 0; word < WIDTH; word++) this.#sets[block * WIDTH + word]! |= ways[word]!;
  }

  #reach(blocks: number): void {
    if (blocks * WIDTH > this.#sets.length) {
      const wider = new Int32Array(blocks * 2 * WIDTH);
      wider.set(this.#sets);
      this.#sets = wider;
    }
    this.#sets.fill(0, this.#blocks * WIDTH, blocks * WIDTH);
    this.#blocks = blocks;
  }

  lowAt(byte: number): number {
    const block = (byte - this.#from) >> BLOCK_BITS;
    return block < this.#blocks ? lowOf(this.#sets, block * WIDTH) : 0;
  }

  highAt(byte: number): number {
    const block = (byte - this.#from) >> BLOCK_BITS;
    return block < this.#blocks ? highOf(this.#sets, block * WIDTH) : 0;
  }

  /** Gives back what a large string took. */
  done(): void {
    if (this.#sets.length > BLOCKS_KEPT * WIDTH) this.#sets = new Int32Array(BLOCKS_KEPT * WIDTH);
    this.#blocks = 0;
  }
}
