// 居民身份证 and the residence permits 81–83 (GB 11643-1999). Law: province, a real birth date and the check character must
// hold; a wrong check character beside 身份证 is a suspect. Abolished county codes stay valid for life: none is looked up.

import type { Context, Detector, Span } from "../detector.ts";
import { CARD_DIGITS } from "../scan/triggers.ts";
import { vouched, type Words } from "../shared/near.ts";
import { bordered, type Match, whole } from "../shared/pattern.ts";
import { isBirthDate, isChecked, isProvince } from "../shared/resident.ts";

const BODY = String.raw`\d{6}(?:[ -]?\d{8}[ -]?|([ -])\d{4}\1\d{4}\1)\d{3}[\dXx]`;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
const WORDS: Words = {
  text: /身份证|证件号|居住证|公民身份号|\bid[ _-]?card|national id/i,
  key: /^(?:sfz|sfzh|sfzhm|zjhm|idcard|id_card|idno|id_no|idnumber|id_number|certno|cert_no|identity(?:no|card)?)$/i,
};

export const cnId: Detector = {
  type: "cn-id",
  triggers: CARD_DIGITS,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const span = judge(text, match, context);
      if (span !== null) spans.push(span);
    }
    return spans;
  },
  canonical(text) {
    const id = compact(text.trim());
    return WHOLE.test(text.trim()) && isPlausible(id) && isChecked(id) ? id : null;
  },
};

function judge(text: string, match: Match, context: Context): Span | null {
  const { start, end } = match;
  const canonical = compact(match.text);
  if (!isPlausible(canonical)) return null;
  if (isChecked(canonical)) return { start, end, certainty: "checksum", canonical };
  return vouched(text, start, end, context, WORDS) === null ? null : { start, end, certainty: "suspect", canonical };
}

function compact(text: string): string {
  return text.replace(/[ -]/g, "").toUpperCase();
}

function isPlausible(id: string): boolean {
  return isProvince(id.slice(0, 2)) && isBirthDate(id.slice(6, 14));
}
