// Reads a binary framing forwards. Law: never beyond its end: what is cut off is refused.

import type { Codec } from "../../words.ts";
import { Refused } from "../refused.ts";

export class Cursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  readonly #view: DataView;
  readonly #codec: Codec;

  constructor(bytes: Uint8Array, codec: Codec, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.#codec = codec;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.bytes[this.#take(1)]!;
  }

  /** @param size 1, 2, 4 or 8 bytes, big endian. */
  unsigned(size: number): bigint {
    const at = this.#take(size);
    if (size === 1) return BigInt(this.bytes[at]!);
    if (size === 2) return BigInt(this.#view.getUint16(at));
    return size === 4 ? BigInt(this.#view.getUint32(at)) : this.#view.getBigUint64(at);
  }

  signed(size: number): bigint {
    return BigInt.asIntN(size * 8, this.unsigned(size));
  }

  float(size: 4 | 8): number {
    const at = this.#take(size);
    return size === 4 ? this.#view.getFloat32(at) : this.#view.getFloat64(at);
  }

  /** @param length of bytes that must be there. */
  slice(length: number | bigint): Uint8Array {
    const at = this.#take(Number(length));
    return this.bytes.subarray(at, this.at);
  }

  refuse(what: string): never {
    throw new Refused("body_invalid", `${this.#codec}: ${what} at byte ${this.at}`);
  }

  #take(size: number): number {
    const at = this.at;
    if (!(size <= this.end - at)) this.refuse("cut off");
    this.at = at + size;
    return at;
  }
}
