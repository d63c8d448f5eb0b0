// Where the trigger scanner has to look at a string at all. Law: two readers, one answer: sixteen bytes at a time in
// WebAssembly (simd.as.ts), or byte by byte (plain.ts) where there is none. Of a short string every byte that asks is
// a stop.

import { askingFrom, PlainStops } from "./plain.ts";
import { STEP_BYTES, type StopsReader } from "./reader.ts";
import { SimdStops } from "./simd.ts";

/** A shorter string is looked through sooner than it is handed over. */
export const READ_BYTES_MIN = 48;
const READER: StopsReader = SimdStops.made() ?? new PlainStops();
const NO_BYTES: Uint8Array = new Uint8Array(0);

/** The stops of one string at a time. The reader is shared: a string is read to its end before another begins. */
export class Stops {
  readonly #reader: StopsReader;
  readonly #bits: Int32Array;
  readonly #readBytesMin: number;
  #bytes = NO_BYTES;
  #from = 0;
  #to = 0;
  #isShort = true;
  /** The chunk that the reader has, and how far it was read. */
  #start = 0;
  #taken = 0;
  #end = 0;

  /** @param readBytesMin of the strings that are read. */
  constructor(reader = READER, readBytesMin = READ_BYTES_MIN) {
    this.#reader = reader;
    this.#bits = reader.bits;
    this.#readBytesMin = readBytesMin;
  }

  /** The string [from, to). */
  over(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#to = to;
    this.#isShort = to - from < this.#readBytesMin;
    if (!this.#isShort) this.#from = this.#start = this.#taken = this.#end = from;
  }

  /** Lets go of the bytes. */
  done(): void {
    this.over(NO_BYTES, 0, 0);
  }

  /** @returns the first stop from `from` on, which never goes back; the string's end where there is none. */
  next(from: number): number {
    if (this.#isShort) return askingFrom(this.#bytes, from, this.#to);
    for (let at = from; at < this.#to; ) {
      if (at >= this.#end) {
        this.#step();
        continue;
      }
      const nth = at - this.#start;
      const bits = this.#bits[nth >> 5]! >>> (nth & 31);
      if (bits !== 0) return at + 31 - Math.clz32(bits & -bits);
      at += 32 - (nth & 31);
    }
    return this.#to;
  }

  #step(): void {
    if (this.#end === this.#taken) {
      this.#start = this.#end;
      this.#taken = this.#reader.take(this.#bytes, this.#from, this.#to, this.#start);
    }
    const start = this.#end;
    this.#end = Math.min(this.#taken, start + STEP_BYTES);
    this.#reader.read(start, this.#end);
  }
}
