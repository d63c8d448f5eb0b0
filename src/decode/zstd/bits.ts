// Bits of Zstandard (RFC 8878 §4): forwards in table descriptions, backwards in streams. Law: what is read beyond the
// beginning is zero and shows in `left`: whoever reads must ask whether it came out even.

/** A stream is broken, or there is none. Its message is a constant. */
export class Broken extends Error {
  constructor() {
    super("broken zstd");
  }
}

/** Position of the highest bit set; of 0 it is -1. */
export function highBit(value: number): number {
  return 31 - Math.clz32(value);
}

/** From the end to the beginning: the last byte's highest bit marks where the bits begin. */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  /** Bits not read yet; below zero: read beyond the beginning. */
  left: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    const last = end > start ? bytes[end - 1]! : 0;
    if (last === 0) throw new Broken();
    this.#bytes = bytes;
    this.#start = start;
    this.left = (end - start - 1) * 8 + highBit(last);
  }

  /** @param count 0 to 31. */
  read(count: number): number {
    if (count > 16) return this.read(count - 16) * 0x10000 + this.read(16);
    this.left -= count;
    if (count === 0) return 0;
    if (this.left < 0) return this.#beyond(count);
    const at = this.#start + (this.left >> 3);
    const word = this.#bytes[at]! | ((this.#bytes[at + 1] ?? 0) << 8) | ((this.#bytes[at + 2] ?? 0) << 16);
    return (word >> (this.left & 7)) & ((1 << count) - 1);
  }

  /** Some of the bits are there: the high ones. */
  #beyond(count: number): number {
    const there = count + this.left;
    if (there <= 0) return 0;
    const word = this.#bytes[this.#start]! | ((this.#bytes[this.#start + 1] ?? 0) << 8);
    return (word & ((1 << there) - 1)) << -this.left;
  }
}

/** From the beginning, low bits first. */
export class ForwardBits {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #bit: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.#bit = start * 8;
  }

  /** @param count up to 16. Beyond the end there are zeros; `end` refuses them. */
  peek(count: number): number {
    const at = this.#bit >> 3;
    const byte = (i: number) => (at + i < this.#end ? this.#bytes[at + i]! : 0);
    return ((byte(0) | (byte(1) << 8) | (byte(2) << 16)) >> (this.#bit & 7)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#bit += count;
  }

  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  /** The byte after the last one begun. */
  end(): number {
    const at = (this.#bit + 7) >> 3;
    if (at > this.#end) throw new Broken();
    return at;
  }
}
