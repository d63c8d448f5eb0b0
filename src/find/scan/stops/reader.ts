// Who says where the scanner stops. Law: a bit for each byte of a chunk, and of nothing else; two readers of the same
// bytes write the same bits.

/** What a reader holds at once. */
export const CHUNK_BYTES = 1 << 14;
/** What is read before the scanner asks again: where it turns to the text without its escapes, the rest is not. */
export const STEP_BYTES = 1024;

/** Reads one string at a time. */
export interface StopsReader {
  /** Bits of the chunk, its first byte the lowest of the first word. */
  readonly bits: Int32Array;
  /** The string [from, to). @param start where the chunk begins. @returns where it ends. */
  take(bytes: Uint8Array, from: number, to: number, start: number): number;
  /** Writes the bits of [start, end): of a step, as many as STEP_BYTES from the chunk's start. */
  read(start: number, end: number): void;
}
