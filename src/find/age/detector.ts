// 年龄. Law: a number up to 120 that a label or a member's name calls an age; `35岁` in a sentence is said of anybody. It
// tells a child from an adult.

import type { Detector, Span } from "../detector.ts";
import { DATE, DIGITS, WORDED } from "../scan/bits.ts";
import { keyNames, plainName } from "../shared/label.ts";
import { matchesOf } from "../shared/pattern.ts";

const KEYS = keyNames(
  ["age", "nl", "nianling", "zhousui", "ages", "userage", "currentage"],
  ["(?:patient|customer|user|member|child|student|applicant|insured|person|person_|your|his|her)age", "nianling"],
);
const WHOLE = /^\s*(\d{1,3})\s*(?:周?岁|y(?:rs?|ears?)?\.?(?: old)?|\.0)?\s*$/i;
const YEARS = String.raw`(\d{1,3})(?![\d.%]|\s?(?:月|天|个|年|px|ms|秒|分))`;
const LABEL = "(?:年龄|年齡|周岁|芳龄|(?<![A-Za-z_-])age)";
const LINK = String.raw`["'\\]{0,4}\s?(?:[:：=]|为|是|\bis\b|\bof\b)?\s?["'\\]{0,4}`;
const LABELLED = new RegExp(`${LABEL}${LINK}${YEARS}`, "gi");
const AGED = /\b(?:aged|is|am) (\d{1,3})(?: years old|(?= years? of age))/gi;
const AGE_MAX = 120;

export const age: Detector = {
  type: "age",
  triggers: DIGITS | DATE | WORDED,
  clauses: [{ said: [LABELLED, /years? o(?:ld|f)/], named: [KEYS] }],
  keys: KEYS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const keyed = KEYS.test(plainName(context.key)) ? WHOLE.exec(text) : null;
    if (keyed !== null) return isAge(keyed[1]!) ? [spanOf(text.indexOf(keyed[1]!), keyed[1]!, "key")] : [];
    const spans: Span[] = [];
    for (const shape of [LABELLED, AGED])
      for (const match of matchesOf(shape, text))
        if (isAge(match[1]!))
          spans.push(spanOf(match.index + match[0].indexOf(match[1]!), match[1]!, "format+context"));
    return spans.sort((a, b) => a.start - b.start);
  },
  canonical(text) {
    const years = WHOLE.exec(text)?.[1];
    return years !== undefined && isAge(years) ? String(Number(years)) : null;
  },
};

function isAge(years: string): boolean {
  return Number(years) <= AGE_MAX;
}

function spanOf(start: number, years: string, certainty: Span["certainty"]): Span {
  return { start, end: start + years.length, certainty, canonical: String(Number(years)), near: 0 };
}
