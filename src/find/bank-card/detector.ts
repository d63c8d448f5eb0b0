// 银行卡. Law: Luhn and the prefix of a scheme for that length; a tenth of random numbers pass Luhn, so prefixes that
// order numbers and dates share need a word nearby. Financial accounts are sensitive under every profile (GB/T
// 45574-2025 Annex A).

import type { Detector, Span } from "../detector.ts";
import { CARD_DIGITS } from "../scan/triggers.ts";
import { isLuhn } from "../shared/luhn.ts";
import { vouched, type Words } from "../shared/near.ts";
import { bordered, whole } from "../shared/pattern.ts";

/** In one piece, by fours, Amex's 4-6-5, and 6 with the rest. */
const BODY = [
  String.raw`\d{15,19}`,
  String.raw`\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?`,
  String.raw`\d{4}([ -])\d{6}\2\d{5}`,
  String.raw`\d{6}[ -]\d{10,13}`,
].join("|");
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
/** One more group on either side: a longer number, cut. */
const GROUP = /\d[ -]$|^[ -]\d/;

/** UnionPay 62, legacy cards of mainland banks, Visa, MasterCard 51–55, Amex, JCB. */
const CARD =
  /^(?:62\d{14,17}|9558\d{12,15}|436742\d{10,13}|4\d{15}|5[1-5]\d{14}|3[47]\d{13}|35(?:2[89]|[3-8]\d)\d{12})$/;
/** MasterCard 2221–2720 looks like yymmdd…, UnionPay's 60 and 81 and other 4/5 of 19 digits like serial numbers. */
const VOUCHED_CARD = /^(?:2[2-7]\d{14}|60\d{14,17}|81\d{14,17}|[45]\d{15,18})$/;
/** Amex 37 of 15 digits is also Shandong in an identity number of the first generation: 37, four, yymmdd, three. */
const OLD_ID = /^37\d{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;
const WORDS: Words = {
  text: /银行卡|信用卡|借记卡|储蓄卡|卡号|账号|账户|银联|\bcard\b|\baccount\b|\bvisa\b|mastercard/i,
  key: /^(?:yhkh?|kh|zh|pan|(?:bank_?)?(?:card|account)_?(?:no|number)?|cc_?number)$/i,
};

export const bankCard: Detector = {
  type: "bank-card",
  triggers: CARD_DIGITS,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const { start, end } = match;
      const canonical = compact(match.text);
      if (!isLuhn(canonical) || isCut(text, match.text, start, end)) continue;
      const alone = CARD.test(canonical) && !OLD_ID.test(canonical);
      if (!alone && !(isCard(canonical) && vouched(text, start, end, context, WORDS) !== null)) continue;
      spans.push({ start, end, certainty: "checksum", canonical });
    }
    return spans;
  },
  canonical(text) {
    const digits = compact(text.trim());
    return WHOLE.test(text.trim()) && isCard(digits) && isLuhn(digits) ? digits : null;
  },
};

function isCard(digits: string): boolean {
  return CARD.test(digits) || VOUCHED_CARD.test(digits);
}

function compact(text: string): string {
  return text.replace(/[ -]/g, "");
}

function isCut(text: string, found: string, start: number, end: number): boolean {
  if (!/[ -]/.test(found)) return false;
  return GROUP.test(text.slice(Math.max(0, start - 2), start)) || GROUP.test(text.slice(end, end + 2));
}
