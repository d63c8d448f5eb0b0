// 银行卡. Law: Luhn and the range of a scheme for that length (bins.ts); a tenth of random numbers pass Luhn, so ranges
// that order numbers and dates share need a label. Financial accounts are sensitive under every profile (GB/T
// 45574-2025 Annex A).

import type { Detector, Span } from "../detector.ts";
import { LONG_DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom, isLuhnBytes } from "../shared/bytes.ts";
import { unspaced } from "../shared/compact.ts";
import { anyOf, keyNames, labelOf } from "../shared/label.ts";
import { isLuhn } from "../shared/luhn.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";
import { isCard, isSureCard } from "./bins.ts";

/** In one piece, by fours, Amex's 4-6-5 and Diners' 4-6-4, and 6 with the rest. */
const BODY = [
  String.raw`\d{12,19}`,
  String.raw`\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?`,
  String.raw`\d{4}([ -])\d{6}\2\d{4,5}`,
  String.raw`\d{6}[ -]\d{10,13}`,
].join("|");
const PIECE_DIGITS_MIN = 12;
const DIGITS_MAX = 19;
/** And of JCB before 1989. */
const AMEX_DIGITS = 15;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
/** One more group on either side: a longer number, cut. */
const GROUP = /\d[ -]$|^[ -]\d/;
/** Amex 37 of 15 digits is also Shandong in an identity number of the first generation: 37, four, yymmdd, three. */
const OLD_ID = /^3[47]\d{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;
const WORDS: Words = {
  text: anyOf(
    "银行卡|信用卡|借记卡|储蓄卡|工资卡|收款卡|(?<![保诊疗康员油学])卡号|银联",
    String.raw`(?<!\b(?:id|identity|sim|health|identification|insurance|library|residen\w{1,6}) )\bcards?\b`,
    String.raw`\bvisa\b|mastercard|\bamex\b|\bCCN?\b|\bPAN\b`,
  ),
  key: keyNames(
    ["kh", "yhk", "yhkh", "yhkhm", "kahao", "pan", "cc", "ccn", "ccno", "ccnum", "card", "card(?:no|num|number|pan)"],
    [
      "(?:bank|credit|debit|payment|salary|deposit|savings|union|unionpay)card(?:no|num|number|pan|id)?",
      "yinhangka(?:hao)?",
      "ccnumber",
    ],
  ),
};

export const bankCard: Detector = {
  type: "bank-card",
  triggers: LONG_DIGITS,
  clauses: [{ shape: beginning(BODY), may }],
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const { start, end } = match;
      const canonical = compact(match.text);
      if (!isLuhn(canonical) || isCut(text, match.text, start, end)) continue;
      if (isSureCard(canonical) && !OLD_ID.test(canonical))
        spans.push({ start, end, certainty: "checksum", canonical });
      else if (isCard(canonical)) {
        const label = labelOf(text, start, end, context, WORDS);
        if (label !== null) spans.push({ start, end, canonical, ...label });
      }
    }
    return spans;
  },
  ofValue(text, isDigits) {
    if (!isDigits) return undefined;
    if (text.length < PIECE_DIGITS_MIN || text.length > DIGITS_MAX || !isLuhn(text)) return null;
    if (isSureCard(text) && (text.length !== AMEX_DIGITS || !OLD_ID.test(text)))
      return { start: 0, end: text.length, certainty: "checksum", canonical: text };
    return isCard(text) ? undefined : null;
  },
  canonical(text) {
    const digits = compact(text.trim());
    return WHOLE.test(text.trim()) && isCard(digits) && isLuhn(digits) ? digits : null;
  },
};

function compact(text: string): string {
  return unspaced(text);
}

function isCut(text: string, found: string, start: number, end: number): boolean {
  if (!/[ -]/.test(found)) return false;
  return GROUP.test(text.slice(Math.max(0, start - 2), start)) || GROUP.test(text.slice(end, end + 2));
}

/** In one piece the check digit shows; by fours or sixes the second group. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  const first = digitAt(bytes, start);
  if (first === 0 || first === 7 || (first === 1 && end - start !== AMEX_DIGITS)) return false;
  if (end - start >= PIECE_DIGITS_MIN) return isLuhnBytes(bytes, start, end);
  const next = digitsFrom(bytes, end + 1, PIECE_DIGITS_MIN);
  return end - start === 4 ? next === 4 || next === 6 : next >= 10;
}
