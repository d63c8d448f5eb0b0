// How a stream is cut into events. Law: blocks and rest, joined, are the bytes that came in; a block is given out as
// soon as it is complete.

import { apply, type Edit } from "./text.ts";

export interface Framing {
  /** Blocks completed by this chunk. @throws RangeError when one passes the limit. */
  feed(chunk: Uint8Array): Uint8Array[];
  /** What stands after the last whole block. */
  rest(): Uint8Array;
  /** @returns null when the block has no data. */
  read(block: string): EventData | null;
}

/** The data of one block and where it stands in it. */
export interface EventData {
  /** As a client sees it. */
  readonly data: string;
  /** The block with `edits` (in units of `data`) made; no edit may span a line. */
  edited(edits: readonly Edit[]): string;
  /** The same, whole, to stand between two blocks; absent: no different. */
  readonly again?: (edits: readonly Edit[]) => string;
}

/** A block whose data stands in one piece, from `start` to `end`. */
export function pieceOf(block: string, start: number, end: number): EventData {
  const before = block.slice(0, start);
  const data = block.slice(start, end);
  return { data, edited: (edits) => before + apply(data, edits, 0, data.length) + block.slice(end) };
}
