// The beginning of a block whose end has not come. Law: holds at most `bytesMax`; a block that came whole in one chunk
// is a view of it, never copied.

export class Pending {
  readonly #bytesMax: number;
  /** Doubled when full: a big event in many small chunks must not cost a copy each. */
  #bytes: Uint8Array = new Uint8Array(0);
  #length = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** What is held and `tail`, as one; nothing is held after. @throws RangeError when it passes the limit. */
  take(tail: Uint8Array): Uint8Array {
    if (this.#length === 0) return tail;
    this.keep(tail);
    const block = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return block;
  }

  /** @throws RangeError when what is held passes the limit. */
  keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytesMax) throw new RangeError("an event is longer than what may be held");
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length, 512));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }
}
