// Where a string's run of ordinary characters ends, read by WebAssembly: the fast one of two (plain.ts). Law: the same
// answers as the plain one; every byte is handed over once, in chunks.

import { type Exports, instantiated } from "../../webassembly.ts";
import { COMPILED } from "./compiled.ts";

export const CHUNK_BYTES = 1 << 15;
// as in simd.as.ts
const INPUT_AT = 0x400;
const OUTPUT_AT = 0x8400;
const NO_BYTES: Uint8Array = new Uint8Array(0);

interface RunsExports extends Exports {
  read(length: number): void;
}

/** Reads one document at a time, forwards. */
export class SimdRuns {
  readonly #exports: RunsExports;
  readonly #input: Uint8Array;
  /** A bit for each byte of the chunk, its first byte the lowest of the first word. */
  readonly #bits: Int32Array;
  #bytes = NO_BYTES;
  /** The chunk. */
  #start = 0;
  #end = 0;

  /** @returns null where there is no such WebAssembly. */
  static made(): SimdRuns | null {
    const exports = instantiated(COMPILED) as RunsExports | null;
    return exports === null ? null : new SimdRuns(exports);
  }

  private constructor(exports: RunsExports) {
    const { buffer } = exports.memory;
    this.#exports = exports;
    this.#input = new Uint8Array(buffer, INPUT_AT, CHUNK_BYTES);
    this.#bits = new Int32Array(buffer, OUTPUT_AT, CHUNK_BYTES / 32);
  }

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#start = this.#end = 0;
  }

  /** @returns the end of the run from `from`, which never goes back. */
  end(from: number): number {
    for (let at = from; at < this.#bytes.length; ) {
      if (at >= this.#end) this.#read(at);
      const nth = at - this.#start;
      const bits = this.#bits[nth >> 5]! >>> (nth & 31);
      if (bits !== 0) return Math.min(at + 31 - Math.clz32(bits & -bits), this.#bytes.length);
      at = Math.min(this.#end, at + 32 - (nth & 31));
    }
    return this.#bytes.length;
  }

  /** The chunk that begins there. */
  #read(start: number): void {
    const bytes = this.#bytes;
    const length = Math.min(CHUNK_BYTES, bytes.length - start);
    const whole = start === 0 && length === bytes.length;
    this.#input.set(whole ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset + start, length));
    this.#exports.read(length);
    this.#start = start;
    this.#end = start + length;
  }
}
