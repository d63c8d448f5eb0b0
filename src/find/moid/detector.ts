// 澳门身份证. Law: its check digit's rule is not public, so a word or a member's name must vouch for the shape.

import type { Detector, Span } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { worded } from "../shared/label.ts";
import { vouched, type Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";

const BODY = String.raw`[157]\d{6}(?:\(\d\)|（\d）)`;
const BARE = String.raw`[157]\d{6}/?\d`;
const SHAPE = bordered(`${BODY}|${BARE}`);
const WHOLE = whole(`${BODY}|${BARE}`);
const BRACKET = /[(（]/;
const MACAU: Words = { text: /澳门|澳門|macau|macao|\bBIR\b/i, key: /^(?:moid|bir)(?:_?no)?$/i };
const IDENTITY: Words = { text: /澳门|澳門|macau|macao|身份证|证件/i, key: /^(?:moid|bir|id_?(?:no|card|number))/i };

export const moid: Detector = {
  type: "moid",
  triggers: DIGITS,
  clauses: [{ shape: beginning(`${BODY}|${BARE}`), ...worded(MACAU, IDENTITY) }],
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const { start, end } = match;
      const certainty = vouched(text, start, end, context, BRACKET.test(match.text) ? IDENTITY : MACAU);
      if (certainty !== null) spans.push({ start, end, certainty, canonical: match.text.replace(/\D/g, "") });
    }
    return spans;
  },
  canonical(text) {
    return WHOLE.test(text.trim()) ? text.replace(/\D/g, "") : null;
  },
};
