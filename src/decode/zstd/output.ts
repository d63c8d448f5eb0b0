// What comes out of a decoder, while it grows. Law: never more than the limit, and no copy from before the frame.

import { Broken } from "./bits.ts";

/** More than the limit. The code is what Node's own decoders throw. */
export class TooLarge extends Error {
  readonly code = "ERR_BUFFER_TOO_LARGE";
}

const BYTES_AT_FIRST = 64 * 1024;

export class Output {
  readonly #limit: number;
  #bytes: Buffer;
  #length = 0;
  #frame = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#bytes = Buffer.allocUnsafe(Math.min(limit, BYTES_AT_FIRST));
  }

  /** Copies from here on reach back no further. */
  beginFrame(): void {
    this.#frame = this.#length;
  }

  get length(): number {
    return this.#length;
  }

  put(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  fill(byte: number, count: number): void {
    this.#room(count);
    this.#bytes.fill(byte, this.#length, this.#length + count);
    this.#length += count;
  }

  /** `count` bytes from `offset` bytes back; they may overlap what they write. */
  copy(offset: number, count: number): void {
    if (offset < 1 || offset > this.#length - this.#frame) throw new Broken();
    this.#room(count);
    const bytes = this.#bytes;
    const to = this.#length;
    if (offset >= count) bytes.copyWithin(to, to - offset, to - offset + count);
    else for (let i = 0; i < count; i++) bytes[to + i] = bytes[to - offset + i]!;
    this.#length += count;
  }

  taken(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #room(count: number): void {
    const wanted = this.#length + count;
    if (wanted > this.#limit) throw new TooLarge("more than the limit");
    if (wanted <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.#limit, Math.max(wanted, this.#bytes.length * 2)));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
