// 台湾身份证 (and the resident certificate with 8 or 9 second). Law: the check digit must hold: letter as two digits,
// weights 1 9 8 … 1 1, mod 10.

import type { Detector, Span } from "../detector.ts";
import { LETTERED } from "../scan/bits.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";

const BODY = String.raw`[A-Z][1289]\d{8}`;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
/** A is 10, B 11, …: the order in which the letters were given to counties. */
const LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

export const twid: Detector = {
  type: "twid",
  triggers: LETTERED,
  clauses: [{ shape: beginning(BODY) }],
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find(text) {
    const spans: Span[] = [];
    for (const match of SHAPE(text))
      if (isChecked(match.text)) {
        const { start, end } = match;
        spans.push({ start, end, certainty: "checksum", canonical: match.text });
      }
    return spans;
  },
  canonical(text) {
    const id = text.trim().toUpperCase();
    return WHOLE.test(id) && isChecked(id) ? id : null;
  },
};

function isChecked(id: string): boolean {
  const letter = LETTERS.indexOf(id[0]!) + 10;
  let sum = Math.floor(letter / 10) + (letter % 10) * 9 + Number(id[9]);
  for (let i = 1; i < 9; i++) sum += Number(id[i]) * (9 - i);
  return sum % 10 === 0;
}
