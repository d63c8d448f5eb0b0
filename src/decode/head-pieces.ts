// A number that lies in pieces over neighbours of the head: path segments, parameters of one name, headers of one name.
// Law: pieces follow one another with nothing between; they are read together, with the name before them as context,
// and what is found there can only block.

import type { HeadText } from "../words.ts";

/** One value of the head, decoded. */
export interface HeadValue {
  readonly where: HeadText["where"];
  /** For messages. */
  readonly name: string;
  /** What its pieces are called: a parameter's name without its number, the word before it in a path. */
  readonly stem: string;
  readonly text: string;
}

/** Digits at the end of the first piece; digits alone, and an X at last. */
const FIRST = /(?:^|[^0-9A-Za-z])\d{1,17}$/;
const NEXT = /^\d{1,17}[Xx]?$|^[Xx]$/;
const PIECES_MAX = 19;
const STEM_END = /(?:[_.-]?\d{1,2}|\[\d{0,2}\])$/;

/** `phone1`, `phone_2`, `phone[3]`, `phone[]` → `phone`. */
export function stemOf(name: string): string {
  return name.replace(STEM_END, "");
}

/** @param values in order. @returns each run of pieces as one text: `phone 13800 138000`. */
export function piecesTogether(values: readonly HeadValue[]): HeadText[] {
  const found: HeadText[] = [];
  for (let i = 0; i < values.length; ) {
    const first = values[i]!;
    let end = i + 1;
    if (FIRST.test(first.text))
      while (end < values.length && end - i < PIECES_MAX && goesOn(first, values[end]!)) end++;
    if (end - i > 1) {
      const pieces = values.slice(i, end).map(({ text }) => text);
      found.push({ where: first.where, name: first.name, text: `${first.stem} ${pieces.join(" ")}` });
    }
    i = end;
  }
  return found;
}

function goesOn(first: HeadValue, next: HeadValue): boolean {
  return next.where === first.where && next.stem === first.stem && NEXT.test(next.text);
}
