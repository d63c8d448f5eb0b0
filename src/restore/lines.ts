// A stream of JSON, one a line (NDJSON). Law: a block is a line with its end; CR and spaces around the JSON stay.

import { type EventData, type Framing, pieceOf } from "./framing.ts";
import { Pending } from "./pending.ts";

const LF = 0x0a;

export class Lines implements Framing {
  readonly #pending: Pending;

  constructor(bytesMax: number) {
    this.#pending = new Pending(bytesMax);
  }

  feed(chunk: Uint8Array): Uint8Array[] {
    const blocks: Uint8Array[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      blocks.push(this.#pending.take(chunk.subarray(start, end + 1)));
      start = end + 1;
    }
    this.#pending.keep(chunk.subarray(start));
    return blocks;
  }

  rest(): Uint8Array {
    return this.#pending.take(new Uint8Array(0));
  }

  read(block: string): EventData | null {
    const end = block.trimEnd().length;
    const start = block.length - block.trimStart().length;
    return start >= end ? null : pieceOf(block, start, end);
  }
}
