// 香港身份证. Law: the check character must hold (weights 9…1, mod 11, a blank first letter counts 36); without its
// brackets a word nearby as well, because one code in eleven passes by chance.

import type { Detector, Span } from "../detector.ts";
import { LETTERED } from "../scan/bits.ts";
import { vouched, type Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";

const BODY = String.raw`[A-Z]{1,2}\d{6}(?:\([\dA]\)|（[\dA]）|[\dA])`;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
const MODULUS = 11;
const BLANK = 36;
const WORDS: Words = { text: /香港|身份证|hkid|hong kong/i, key: /^(?:hkid(?:_?no)?|id_?(?:no|card|number))$/i };

export const hkid: Detector = {
  type: "hkid",
  triggers: LETTERED,
  clauses: [{ shape: beginning(BODY) }],
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const { start, end } = match;
      const canonical = compact(match.text);
      const bare = canonical.length === match.text.length;
      if (!isChecked(canonical) || (bare && vouched(text, start, end, context, WORDS) === null)) continue;
      spans.push({ start, end, certainty: "checksum", canonical });
    }
    return spans;
  },
  canonical(text) {
    const id = text.trim().toUpperCase();
    return WHOLE.test(id) && isChecked(compact(id)) ? compact(id) : null;
  },
};

function compact(text: string): string {
  return text.replace(/[()（）]/g, "");
}

function isChecked(id: string): boolean {
  let sum = id.length === 8 ? BLANK * 9 : 0;
  for (let i = 0; i < id.length; i++) sum += Number.parseInt(id[i]!, 36) * (id.length - i);
  return sum % MODULUS === 0;
}
