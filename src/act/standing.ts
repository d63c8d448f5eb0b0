// The last look at bytes that are about to leave. Law: what was hidden stands nowhere in them, glued to letters
// perhaps, where no detector sees a number; but in the gate's own words, which name kinds and nobody.

import type { Doc, Finding } from "../words.ts";
import { type Bounds, ownEnd, type Rewritten } from "./own-words.ts";

/** Bytes that a search for hidden values may read: about half a second. What would take longer is not let through. */
const SEARCHED_BYTES_MAX = 2e9;
/** The same for hits in the gate's own words: each is a search begun anew. */
const HITS_MAX = 2e6;

/** @returns the first of `hidden` that still stands in what leaves; null: none. */
export function standing({ body, own }: Rewritten, doc: Doc, hidden: readonly Finding[]): Finding | null {
  const spellings = new Map<string, Finding>();
  for (const finding of hidden) {
    spellings.set(finding.original.reveal(), finding);
    // a piece of a number is a few digits: anything may hold them
    if (finding.piece === undefined)
      spellings.set(Buffer.from(doc.bytes.subarray(finding.byteStart, finding.byteEnd)).toString(), finding);
  }
  if (spellings.size * body.byteLength > SEARCHED_BYTES_MAX) return hidden[0]!;
  const search = { bytes: Buffer.from(body.buffer, body.byteOffset, body.byteLength), own, hits: 0 };
  for (const [spelling, finding] of spellings) if (stands(spelling, search)) return finding;
  return null;
}

/** Somewhere beyond the gate's own words. */
function stands(spelling: string, search: { readonly bytes: Buffer; readonly own: Bounds; hits: number }): boolean {
  const { bytes, own } = search;
  const length = Buffer.byteLength(spelling);
  for (let at = bytes.indexOf(spelling); at >= 0; ) {
    const end = ownEnd(own, at);
    if (end < at + length || ++search.hits > HITS_MAX) return true;
    // all that begin before this one lie in the same words
    at = bytes.indexOf(spelling, end - length + 1);
  }
  return false;
}
