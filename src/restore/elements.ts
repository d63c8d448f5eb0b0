// A stream that is one JSON array, an event an element (Gemini without `alt=sse`). Law: a block is an element with what
// stands in front of it, bracket or comma; it leaves when its last byte is here. Numbers and literals are no events:
// they go with the next.

import { type EventData, type Framing, pieceOf } from "./framing.ts";
import { Pending } from "./pending.ts";
import { apply } from "./text.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Up to the element: the array's own bracket, white space, a comma, numbers and literals. */
const FRONT = /^\s*\[?[^"{[]*/;

export class Elements implements Framing {
  readonly #pending: Pending;
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor(bytesMax: number) {
    this.#pending = new Pending(bytesMax);
  }

  feed(chunk: Uint8Array): Uint8Array[] {
    const blocks: Uint8Array[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (!this.#endsElement(chunk[at]!)) continue;
      blocks.push(this.#pending.take(chunk.subarray(start, at + 1)));
      start = at + 1;
    }
    this.#pending.keep(chunk.subarray(start));
    return blocks;
  }

  rest(): Uint8Array {
    return this.#pending.take(new Uint8Array(0));
  }

  read(block: string): EventData | null {
    const start = FRONT.exec(block)![0].length;
    if (start === block.length) return null;
    const piece = pieceOf(block, start, block.length);
    return { ...piece, again: (edits) => `,${apply(piece.data, edits, 0, piece.data.length)}` };
  }

  #endsElement(byte: number): boolean {
    if (this.#inString) return this.#endsString(byte);
    if (byte === QUOTE) this.#inString = true;
    else if (byte === 0x7b || byte === 0x5b) this.#depth++;
    else if (byte === 0x7d || byte === 0x5d) return --this.#depth === 1;
    return false;
  }

  /** A string of the array itself is an element, too. */
  #endsString(byte: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#inString = false;
      return this.#depth === 1;
    }
    return false;
  }
}
