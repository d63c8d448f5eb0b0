// Patterns with the house's borders. Law: a match never is a part of a longer number, word, version or hash; and every
// pattern is of bounded length, so that matching stays linear.

import { type Beginnings, beginningsOfShape } from "../anchors/first-run.ts";
import {
  begins,
  firstPlace,
  isBorderAfter,
  isBorderBefore,
  isReached,
  learn,
  openAt,
  openCount,
  placeAt,
  walk,
} from "../anchors/starts.ts";
import type { Context, Detector, Span } from "../detector.ts";

export { isBorderBefore } from "../anchors/starts.ts";

/** A bordered match: UTF-16 units of the text. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const NONE: readonly Match[] = [];

/** How a bordered match of the expression can begin, null where that says nothing. */
export function beginning(body: string, flags = ""): Beginnings | null {
  return beginningsOfShape(new RegExp(body, flags));
}

/**
 * @param body an expression of bounded length. The borders are checked outside of it; it is tried only where a border
 * is and what follows can be its beginning.
 */
export function bordered(body: string, flags = ""): (text: string) => readonly Match[] {
  const shape = beginning(body, flags);
  if (shape === null) return anywhere(new RegExp(body, `g${flags}`));
  learn(shape);
  const pattern = new RegExp(body, `y${flags}`);
  return (text) => {
    walk(text);
    let matches: Match[] | null = null;
    let free = 0;
    let next = firstPlace();
    for (let nth = 0; nth < openCount(); nth++) {
      const i = openAt(nth);
      if (!begins(shape, i)) continue;
      // What begins before it and reaches over it takes it away.
      let from = i;
      while (from > next && isReached(shape, from, text)) from--;
      for (next = from; next <= i; next++) {
        const start = placeAt(next);
        if (start < free || (next < i && !begins(shape, next))) continue;
        pattern.lastIndex = start;
        const found = pattern.exec(text);
        if (found === null || !isBorderAfter(text, start + found[0].length)) continue;
        free = start + found[0].length;
        matches ??= [];
        matches.push({ start, end: free, text: found[0] });
      }
    }
    return matches ?? NONE;
  };
}

/** @returns where a bordered match of the expression may begin, as far as its first row of letters and digits tells. */
export function startsOf(body: string, flags = ""): (text: string) => readonly number[] {
  const shape = beginning(body, flags)!;
  learn(shape);
  return (text) => {
    walk(text);
    const starts: number[] = [];
    for (let nth = 0; nth < openCount(); nth++) {
      const i = openAt(nth);
      if (begins(shape, i)) starts.push(placeAt(i));
    }
    return starts;
  };
}

/** A pattern that may begin with any Chinese character: the engine looks for what comes next. */
function anywhere(shape: RegExp): (text: string) => readonly Match[] {
  return (text) => {
    shape.lastIndex = 0;
    let matches: Match[] | null = null;
    for (let found = shape.exec(text); found !== null; found = shape.exec(text)) {
      const start = found.index;
      const end = start + found[0].length;
      if (isBorderBefore(text, start) && isBorderAfter(text, end)) {
        matches ??= [];
        matches.push({ start, end, text: found[0] });
      } else shape.lastIndex = start + 1;
    }
    return matches ?? NONE;
  };
}

/** Every match of a global expression, in order: `matchAll` makes a copy of the expression each time. */
export function matchesOf(shape: RegExp, text: string): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  shape.lastIndex = 0;
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    found.push(match);
    if (match[0] === "") shape.lastIndex++;
  }
  return found;
}

/** The whole of a trimmed text, for `canonical`. */
export function whole(body: string, flags = ""): RegExp {
  return new RegExp(`^(?:${body})$`, flags);
}

/** A detector's `find` that judges each place of a shape by itself. */
export function judging(
  shape: (text: string) => readonly Match[],
  judge: (text: string, match: Match, context: Context) => Span | null,
): Detector["find"] {
  return (text, context) => {
    const spans: Span[] = [];
    for (const match of shape(text)) {
      const span = judge(text, match, context);
      if (span !== null) spans.push(span);
    }
    return spans;
  };
}
