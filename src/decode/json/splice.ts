// Puts text into bytes. Law 7: what no edit covers leaves unchanged, byte for byte; one allocation, no copy without
// an edit.

export interface Edit {
  /** Byte offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: Uint8Array | string;
}

/**
 * @param edits sorted by start and disjoint: anything else is a bug and throws. @returns the bytes themselves when
 * there is nothing to edit.
 */
export function splice(bytes: Uint8Array, edits: readonly Edit[]): Buffer {
  if (edits.length === 0) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = Buffer.allocUnsafe(bytes.length + growth(bytes, edits));
  let from = 0;
  let to = 0;
  for (const { start, end, text } of edits) {
    out.set(bytes.subarray(from, start), to);
    to += start - from;
    to += typeof text === "string" ? out.write(text, to, "utf8") : put(out, text, to);
    from = end;
  }
  out.set(bytes.subarray(from), to);
  return out;
}

function put(out: Buffer, text: Uint8Array, to: number): number {
  out.set(text, to);
  return text.length;
}

function growth(bytes: Uint8Array, edits: readonly Edit[]): number {
  let last = 0;
  let growth = 0;
  for (const { start, end, text } of edits) {
    if (start < last || end < start || end > bytes.length)
      throw new RangeError(`edit ${start}..${end} is out of order`);
    growth += (typeof text === "string" ? Buffer.byteLength(text) : text.length) - (end - start);
    last = end;
  }
  return growth;
}
