// What is to be replaced in one string. Law: the spans that come out are sorted and disjoint, and cover everything
// that was asked for: overlapping findings never splice into each other (litellm-42130), adjacent ones stay two
// (presidio-1151).

import type { PiType } from "../words.ts";

/** UTF-16 units of the decoded string. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly type: PiType;
  /** null: the text itself, because the span is a union that nobody normalised. */
  readonly canonical: string | null;
  /** It leaves no trace: nothing is kept that could bring it back. */
  readonly removed?: true;
}

/**
 * Sorts and joins. A span inside another is swallowed, one that is removed takes it along; a partial overlap becomes
 * one span of the longer one's type.
 */
export function disjoint(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) joined.push(span);
    else if (span.end > last.end || span.removed) joined[joined.length - 1] = union(last, span);
  }
  return joined;
}

/** What one of them takes out for good is gone with the other. */
function union(a: Span, b: Span): Span {
  const type = b.end - b.start > a.end - a.start ? b.type : a.type;
  const joined = { start: a.start, end: Math.max(a.end, b.end), type, canonical: null };
  return a.removed || b.removed ? { ...joined, removed: true } : joined;
}
