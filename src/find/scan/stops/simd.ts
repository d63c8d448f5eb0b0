// The stops that WebAssembly reads. Law: it is handed a chunk and what stands around it, and answers from that alone;
// its memory never grows, so a body leaves nothing behind but the next one's room.

import { type Exports, instantiated } from "../../../decode/webassembly.ts";
import { COMPILED } from "./compiled.ts";
import { FLAGS, POINTS } from "./plain.ts";
import { CHUNK_BYTES, type StopsReader } from "./reader.ts";

// as in simd.as.ts
const FLAGS_AT = 0x10000;
const INPUT_AT = 0x10140;
const OUTPUT_AT = 0x14180;
const BEFORE_BYTES = 16;
const AFTER_BYTES = 32;

interface StopsExports extends Exports {
  take(length: number, before: boolean): void;
  read(start: number, end: number): void;
}

export class SimdStops implements StopsReader {
  readonly bits: Int32Array;
  readonly #exports: StopsExports;
  readonly #input: Uint8Array;
  /** Where in the document the chunk begins. */
  #start = 0;

  /** @returns null where there is no such WebAssembly. */
  static made(): SimdStops | null {
    const exports = instantiated(COMPILED) as StopsExports | null;
    return exports === null ? null : new SimdStops(exports);
  }

  private constructor(exports: StopsExports) {
    const { buffer } = exports.memory;
    this.#exports = exports;
    this.#input = new Uint8Array(buffer, INPUT_AT - BEFORE_BYTES);
    this.bits = new Int32Array(buffer, OUTPUT_AT, CHUNK_BYTES / 32);
    new Uint8Array(buffer).set(POINTS);
    new Uint8Array(buffer).set(FLAGS, FLAGS_AT);
  }

  take(bytes: Uint8Array, from: number, to: number, start: number): number {
    const end = Math.min(to, start + CHUNK_BYTES);
    // a chunk that does not begin the string has another before it
    const before = start > from ? BEFORE_BYTES : 0;
    const length = Math.min(to, end + AFTER_BYTES) - start;
    this.#input.set(
      new Uint8Array(bytes.buffer, bytes.byteOffset + start - before, before + length),
      BEFORE_BYTES - before,
    );
    this.#exports.take(length, before > 0);
    this.#start = start;
    return end;
  }

  read(start: number, end: number): void {
    this.#exports.read(start - this.#start, end - this.#start);
  }
}
