// A file that grows in memory: one buffer. What is written in it stays where it is and as it is until the slab is
// emptied, so a view of what it holds is good until then.

export class Slab {
  #bytes: Buffer;
  #used = 0;
  /** Hashes or entries in it. */
  count = 0;

  constructor(bytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  /** Copies bytes [from, to) of `source` behind what is there. A slab that is too small moves to one twice as large. */
  add(source: Buffer, from: number, to: number): void {
    const used = this.#used + to - from;
    if (used > this.#bytes.length) this.#grow(used);
    source.copy(this.#bytes, this.#used, from, to);
    this.#used = used;
    this.count++;
  }

  /** Views of the old buffer keep it. */
  #grow(bytes: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(bytes, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#used);
    this.#bytes = grown;
  }

  view(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }

  get capacityBytes(): number {
    return this.#bytes.length;
  }

  /** Nobody may hold a view any more. */
  empty(): void {
    this.#used = 0;
    this.count = 0;
  }
}

/**
 * Slabs that are done with, for the next ones: large buffers that come and go with every tile are what makes the
 * collector mark the whole heap. Keeps at most `heldBytesMax`.
 */
export class SlabShelf {
  readonly #slabBytes: number;
  readonly #heldBytesMax: number;
  #heldBytes = 0;
  readonly #slabs: Slab[] = [];

  /** @param slabBytes what a new slab begins with. */
  constructor(slabBytes: number, heldBytesMax: number) {
    this.#slabBytes = slabBytes;
    this.#heldBytesMax = heldBytesMax;
  }

  take(): Slab {
    const slab = this.#slabs.pop();
    if (slab === undefined) return new Slab(this.#slabBytes);
    this.#heldBytes -= slab.capacityBytes;
    return slab;
  }

  put(slab: Slab): void {
    if (this.#heldBytes + slab.capacityBytes > this.#heldBytesMax) return;
    slab.empty();
    this.#heldBytes += slab.capacityBytes;
    this.#slabs.push(slab);
  }
}
