// Finds text that could be taken for a pseudonym. Law: whatever `restore` would map, had it been minted, is found here;
// so the caller's own look-alikes can be escaped, and strangers' pseudonyms counted.

import { canonical } from "./altered.ts";
import { CODE_UNITS, isCode, LABEL_UNITS_MAX, LABELS } from "./shape.ts";

const NOISY = "[\\s_\\\\*`\\-＿\\u00a0\\u200b-\\u200d\\u2060\\ufeff\\u00ad]";
const OPEN = "(?:[<＜【]|\\\\{1,4}u(?:003c|ff1c|3010))";
const CLOSE = "(?:[>＞】]|\\\\{1,4}u(?:003e|ff1e|3011))";
const LETTER = "(?:[0-9A-Za-z０-９Ａ-Ｚａ-ｚ\\p{Script=Han}]|\\\\{1,4}u[0-9a-f]{4})";
const CODE = `(?:[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]${NOISY}{0,8}?){${CODE_UNITS}}`;

/** In brackets any label will do; without them only a label of the table, or every CONSTANT_OF_EIGHT would be one. */
const LABEL = `${LETTER}(?:${NOISY}{0,4}${LETTER}){0,${LABEL_UNITS_MAX - 1}}?`;
const BRACKETED = `${OPEN}${NOISY}{0,8}${LABEL}${NOISY}{0,8}${CODE}`;
const KNOWN = [...LABELS.keys()]
  .map((label) => label.replace(/_/g, `${NOISY}{0,4}`))
  .sort((a, b) => b.length - a.length);
const BARE = `(?<![0-9A-Za-z])(?:${KNOWN.join("|")})${NOISY}{0,4}${CODE}`;
const SHAPED = new RegExp(`${BRACKETED}${NOISY}{0,4}${CLOSE}|${BARE}(?![0-9A-Za-z])`, "giu");

export interface Lookalike {
  /** UTF-16 units of the text searched. */
  readonly start: number;
  readonly end: number;
  /** Folded, brackets and noise gone: label and code. */
  readonly canonical: string;
}

/** Every stretch of `text` shaped like a pseudonym whose check character fits, in order, none overlapping. */
export function lookalikes(text: string): Lookalike[] {
  const found: Lookalike[] = [];
  for (const match of text.matchAll(SHAPED)) {
    const folded = canonical(match[0]);
    if (!isCode(folded.slice(-CODE_UNITS))) continue;
    found.push({ start: match.index, end: match.index + match[0].length, canonical: folded });
  }
  return found;
}
