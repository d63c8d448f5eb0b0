// Server-sent events, cut into blocks (HTML Standard, 9.2.6). Law: the blocks and the rest, joined, are the bytes that
// came in; a block is given out as soon as its blank line is complete. No text here: CR and LF are never part of a
// longer UTF-8 sequence, so a block never ends inside a character.

import { eventData } from "./event.ts";
import type { Framing } from "./framing.ts";
import { Pending } from "./pending.ts";

const LF = 0x0a;
const CR = 0x0d;

export class Blocks implements Framing {
  readonly read = eventData;
  readonly #pending: Pending;
  #lineIsEmpty = true;
  #afterCr = false;

  constructor(bytesMax: number) {
    this.#pending = new Pending(bytesMax);
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
      blocks.push(this.#pending.take(chunk.subarray(start, i + 1)));
      start = i + 1;
    }
    this.#pending.keep(chunk.subarray(start));
    return blocks;
  }

  /** What stands after the last blank line. */
  rest(): Uint8Array {
    return this.#pending.take(new Uint8Array(0));
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
}
