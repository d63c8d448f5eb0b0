// Server-sent events, cut into blocks (HTML Standard, 9.2.6). Law: the blocks and the rest, joined, are the bytes that
// came in; a block is given out as soon as its blank line is complete. No text here: CR and LF are never part of a
// longer UTF-8 sequence, so a block never ends inside a character.

const LF = 0x0a;
const CR = 0x0d;

export class Blocks {
  readonly #bytesMax: number;
  /** The open block's beginning, doubled when full: a big event in many small chunks must not cost a copy each. */
  #pending: Uint8Array = new Uint8Array(0);
  #length = 0;
  #lineIsEmpty = true;
  #afterCr = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /**
   * Blocks completed by this chunk, blank line included; views of the chunk where it holds them whole. A lone LF that
   * ends a CRLF cut in two comes as a block of its own.
   * @throws RangeError when one block passes the limit.
   */
  feed(chunk: Uint8Array): Uint8Array[] {
    const blocks: Uint8Array[] = [];
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      if (!this.#endsBlock(chunk[i]!)) continue;
      // Both halves of a CRLF together when both are here.
      if (chunk[i] === CR && chunk[i + 1] === LF) {
        i++;
      }
      blocks.push(this.#take(chunk.subarray(start, i + 1)));
      start = i + 1;
    }
    this.#keep(chunk.subarray(start));
    return blocks;
  }

  /** What stands after the last blank line. */
  rest(): Uint8Array {
    return this.#take(new Uint8Array(0));
  }

  #endsBlock(byte: number): boolean {
    if (byte === LF && this.#afterCr) {
      this.#afterCr = false;
      return false;
    }
    if (byte !== LF && byte !== CR) {
      this.#lineIsEmpty = false;
      this.#afterCr = false;
      return false;
    }
    const ends = this.#lineIsEmpty;
    this.#lineIsEmpty = true;
    // After a block, an LF that completes its CR is an empty line, and so a block, by itself.
    this.#afterCr = byte === CR && !ends;
    return ends;
  }

  #take(tail: Uint8Array): Uint8Array {
    if (this.#length === 0) return tail;
    this.#keep(tail);
    const block = this.#pending.slice(0, this.#length);
    this.#length = 0;
    return block;
  }

  #keep(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytesMax) throw new RangeError("an event is longer than what may be held");
    if (length > this.#pending.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#pending.length, 512));
      grown.set(this.#pending.subarray(0, this.#length));
      this.#pending = grown;
    }
    this.#pending.set(bytes, this.#length);
    this.#length = length;
  }
}
