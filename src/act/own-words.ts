// Where the gate's own words stand in bytes that it has rewritten. Law: they are known by where they were written and
// never by how they look, because a caller can write the like; what reaches one byte beyond them is not theirs.

import type { Departure, Doc } from "../words.ts";

/** Byte offsets: start, end, start, end … ascending. Those that touch are one. */
export type Bounds = readonly number[];

/** What leaves, and the pseudonyms and markers in it. */
export interface Rewritten extends Departure {
  readonly own: Bounds;
}

/** A replacement. `own`: from where to where of its text it is the gate's, in units; absent: all of it. */
export interface Edit {
  /** Bytes of the document, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly own?: Bounds;
}

const NONE: Bounds = [];

/** @param edits sorted and disjoint. @returns where their own text stands in the bytes that they are spliced into. */
export function boundsOf(edits: readonly Edit[]): Bounds {
  const bounds: number[] = [];
  let shift = 0;
  for (const { start, end, text, own = [0, text.length] } of edits) {
    const at = start + shift;
    for (let i = 0; i < own.length; i += 2) {
      const from = at + Buffer.byteLength(text.slice(0, own[i]!));
      const to = at + Buffer.byteLength(text.slice(0, own[i + 1]!));
      if (bounds.at(-1) === from) bounds[bounds.length - 1] = to;
      else bounds.push(from, to);
    }
    shift += Buffer.byteLength(text) - (end - start);
  }
  return bounds;
}

/** Of what was read from the departure: offsets hold only where it was read as the very bytes that leave. */
export function ownIn({ body, own }: Rewritten, { bytes }: Doc): Bounds {
  return Buffer.compare(body, bytes) === 0 ? own : NONE;
}

/** @returns where the gate's own text that holds byte `start` ends; -1: that byte is not the gate's. */
export function ownEnd(own: Bounds, start: number): number {
  let low = 0;
  let high = own.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (own[2 * middle + 1]! > start) high = middle;
    else low = middle + 1;
  }
  const from = own[2 * low];
  return from === undefined || from > start ? -1 : own[2 * low + 1]!;
}
