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
}

/** Sorts and joins. A span inside another is swallowed; a partial overlap becomes one span of the longer one's type. */
export function disjoint(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const joined: Span[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) joined.push(span);
    else if (span.end > last.end) joined[joined.length - 1] = union(last, span);
  }
  return joined;
}

function union(a: Span, b: Span): Span {
  const type = b.end - b.start > a.end - a.start ? b.type : a.type;
  return { start: a.start, end: b.end, type, canonical: null };
}
