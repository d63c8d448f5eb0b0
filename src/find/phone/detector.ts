// Telephone numbers of other countries. Law: `+` with a calling code and a length of its plan stands alone, and so do
// the North American (415) 555-2671 and 415-555-2671; every other national shape needs a label. Toll-free numbers and
// hot lines belong to nobody; mainland numbers are cn-mobile's and cn-landline's.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom } from "../shared/bytes.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { isDay, labelledDetector } from "../shared/labelled.ts";
import { isE164 } from "./plan.ts";

const EXTENSION = String.raw`(?:\s?(?:x|ext\.?|extension|#)\s?\d{1,6})?`;
/** `+44 20 7946 0958`, `+1 (415) 555-2671`, `+33 (0)6 12 34 56 78`. */
const INTERNATIONAL = String.raw`\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,11}(?:[ .-]\d{2,8}){0,6}`;
/** `(415) 555-2671`, `415-555-2671`, `1-415-555-2671`. */
const AMERICAN = String.raw`(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[.-])[2-9]\d{2}[ .-]\d{4}`;
/** `(852) 9123 4567`, `07700 900123`, `06 12 34 56 78`, `090-1234-5678`, `98765 43210`, `001-415-555-2671x12`. */
const NATIONAL = String.raw`(?:\(\d{2,5}\)|\d{2,5})(?:[ .-]?(?:\(\d{1,4}\)|\d{1,4}))?(?:[ .-]\d{2,8}){1,5}`;
const BARE = String.raw`\d{7,13}`;
const BODY = `${INTERNATIONAL}${EXTENSION}|${AMERICAN}${EXTENSION}|${NATIONAL}${EXTENSION}|${BARE}${EXTENSION}`;

const STANDS_ALONE = /^(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}-)[2-9]\d{2}-\d{4}(?:$|[^\d-])/;
const HONG_KONG_MACAO = /^\(?85[23]\)?[ -]?[2-9]\d{3}[ -]?\d{4}$/;
/** Behind an optional 1: toll-free and premium codes of North America, and the mainland's 400 and 800. */
const HOT_LINE = /^(?:\+?1[ .-]?)?\(?(?:8(?:00|22|33|44|55|66|77|88)|900|400)\)?[ .-]/;
const EXTENSION_AT_END = new RegExp(`${EXTENSION}$`, "i");
/** Part of something joined: a range, a path, a list of figures. */
const JOINED_BEFORE = /(?:[-/.:=#*]|\d[ ,])$/;
/** `CVE-2026-9358`, `RFC-…`. */
const NAMED_SERIES = /[A-Za-z]-$/;
const JOINED_AFTER = /^(?:[-/:]\d|[ ]\d|%)/;
/** A mainland mobile number, or what tries to be one, however it is grouped. */
const MAINLAND_MOBILE = /^1\d\d/;
/** A decimal, years, a date, an address of a network. */
const OTHER_SHAPE = new RegExp(
  `^(?:${[
    String.raw`\+\d+\.\d+`,
    String.raw`(?:19|20)\d\d[-–](?:19|20)\d\d`,
    String.raw`(?:19|20)\d\d[-. ](?:0?[1-9]|1[0-2])[-. ]\d{1,2}`,
    String.raw`\d{1,3}(?:\.\d{1,3}){3}`,
  ].join("|")})$`,
);
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;

export const phone: Detector = labelledDetector({
  type: "phone",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: BODY,
  flags: "i",
  words: {
    text: anyOf(
      String.raw`\b(?:tele)?phone|\bdesk\b\s?:|\b(?:office|home|work|direct)\b\s?:|\banswering\b`,
      String.raw`messages? to\b|voice ?mail|\btel\b|\bmobile\b|\bcell(?:ular|phone)?\b|\bfax\b|whatsapp`,
      String.raw`\bcall(?:ing|ed)? (?:me|us|him|her|them|at|on)\b|\bcall:|\bring\b`,
      String.raw`\btext (?:me|him|her)|reach (?:me|him|her|us)|contact (?:me|him|her|number|no)`,
      String.raw`\bdial\b|电话|電話|手机|手機|手提|联系方式|联络|聯絡|致电|拨打|传真|携帯|전화|연락처`,
      String.raw`휴대폰|téléphone|telefon|teléfono|\bhandy\b|móvil|\bportable\b\s?:`,
    ),
    key: keyNames(
      ["dh", "lxdh", "lxfs", "sjh", "msisdn", "tel"],
      ["(?:phone|tel|telephone|mobile|cell|cellphone|fax|whatsapp|contact)(?:no|num|number)?", "contactinfo"],
    ),
  },
  may: (bytes, start, end, opened) => opened || end - start !== 11 || digitAt(bytes, start) !== 1,
  aloneBody: String.raw`${INTERNATIONAL}|${AMERICAN}|\(?85[23]\)?[ -]?[2-9]\d{3}[ -]?\d{4}`,
  aloneMay: (bytes, start, _, opened) => opened || isHongKong(bytes, start) || isAmerican(bytes, start),
  alone(value, text, start) {
    const plain = value.replace(EXTENSION_AT_END, "");
    if (JOINED_BEFORE.test(text.slice(Math.max(0, start - 2), start)) && !value.startsWith("+")) return false;
    return value.startsWith("+") ? isE164(digitsOf(plain)) : STANDS_ALONE.test(value) || HONG_KONG_MACAO.test(plain);
  },
  refuses(value, text, start, end) {
    const plain = value.replace(EXTENSION_AT_END, "");
    const digits = digitsOf(plain);
    if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX || HOT_LINE.test(plain)) return true;
    if (NAMED_SERIES.test(text.slice(Math.max(0, start - 2), start))) return true;
    if (MAINLAND_MOBILE.test(plain) && digits.length === 11) return true;
    if (OTHER_SHAPE.test(plain) || isDay(digits) || JOINED_AFTER.test(text.slice(end, end + 2))) return true;
    if (/^[(]?\+?(?:00)?86/.test(plain) && digits.length > 10) return true;
    if (value.startsWith("+")) return !isE164(digits);
    return /^\d+$/.test(plain) && !isBare(plain);
  },
  compact: (value) =>
    value
      .replace(EXTENSION_AT_END, "")
      .replace(/\(0\)/, "")
      .replace(/[^\d+]/g, ""),
});

function digitsOf(text: string): string {
  return text.replace(/\(0\)/, "").replace(/\D/g, "");
}

/** In one piece: Hong Kong, Macao, Singapore; North America, India; and what begins with a trunk 0. */
function isBare(digits: string): boolean {
  return /^(?:[2-9]\d{7}|[2-9]\d{9}|0[1-9]\d{7,10}|00[1-9]\d{8,12}|852[2-9]\d{7}|1[2-9]\d{9})$/.test(digits);
}

function isHongKong(bytes: Uint8Array, start: number): boolean {
  return digitAt(bytes, start) === 8 && digitAt(bytes, start + 1) === 5 && digitAt(bytes, start + 2) < 4;
}

/** `415-555-`, `1 415-555-`, `1 (415`: what no bracket or sign begins. */
function isAmerican(bytes: Uint8Array, start: number): boolean {
  const one = digitAt(bytes, start) === 1 ? start + 1 : start;
  const area = digitAt(bytes, one) > 9 ? one + 1 : one;
  if (digitAt(bytes, area) > 9) return area > start;
  return digitsFrom(bytes, area, 4) === 3 && digitsFrom(bytes, area + 4, 4) === 3;
}
