// Cutting text into deltas. Law of this file: the pieces joined are the text, no piece is empty, and no character
// (code point) is cut in two; the same seed cuts in the same places. Lazy: a huge text costs no huge array.

import type { Cut } from "./plan.ts";

/** One or two Han characters, or up to sixteen others, with the white space before them: about what a model streams. */
const WORD = /\s*\p{Script=Han}{1,2}|\s*[^\s\p{Script=Han}]{1,16}|\s+/gu;

/** Numbers in [0, 2^32), reproducible (mulberry32). Not for secrets. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** @param choice with several choices and a seed, each is cut in places of its own. */
export function piecesOf(text: string, cut: Cut, choice = 0): Iterable<string> {
  if (cut === "words") return words(text);
  if (cut === "chars") return text;
  return randomly(text, numbersFrom(cut.seed + choice * 7919));
}

function* words(text: string): Generator<string> {
  for (const [word] of text.matchAll(WORD)) yield word;
}

/** Pieces of 1 to 12 characters. */
function* randomly(text: string, next: () => number): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let end = at;
    for (let left = 1 + (next() % 12); left > 0 && end < text.length; left--) {
      end += text.codePointAt(end)! > 0xffff ? 2 : 1;
    }
    yield text.slice(at, end);
    at = end;
  }
}
