// The last look at bytes that are about to leave. Law: what was hidden stands nowhere in them, glued to letters
// perhaps, where no detector sees a number.

import type { Doc, Finding } from "../words.ts";

/** Bytes that a search for hidden values may read: about half a second. What would take longer is not let through. */
const SEARCHED_BYTES_MAX = 2e9;

/** @returns the first of `hidden` that still stands in `body`; null: none. */
export function standing(body: Uint8Array, doc: Doc, hidden: readonly Finding[]): Finding | null {
  const spellings = new Map<string, Finding>();
  for (const finding of hidden) {
    spellings.set(finding.original.reveal(), finding);
    // a piece of a number is a few digits: anything may hold them
    if (finding.piece === undefined)
      spellings.set(Buffer.from(doc.bytes.subarray(finding.byteStart, finding.byteEnd)).toString(), finding);
  }
  if (spellings.size * body.byteLength > SEARCHED_BYTES_MAX) return hidden[0]!;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (const [spelling, finding] of spellings) if (bytes.includes(spelling)) return finding;
  return null;
}
