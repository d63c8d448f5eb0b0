// Telephone numbers of other countries. Law: `+` with a calling code and a length of its plan stands alone, and so do
// the North American (415) 555-2671 and 415-555-2671; every other national shape needs a label. Toll-free numbers and
// hot lines belong to nobody; mainland numbers are cn-mobile's and cn-landline's.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom } from "../shared/bytes.ts";
import { digitsOf } from "../shared/compact.ts";
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

const BARE_SHAPE = /^(?:[2-9]\d{7}|[2-9]\d{9}|0[1-9]\d{7,10}|00[1-9]\d{8,12}|852[2-9]\d{7}|1[2-9]\d{9})$/;
const STANDS_ALONE = /^(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}-)[2-9]\d{2}-\d{4}(?:$|[^\d-])/;
const HONG_KONG_MACAO = /^\(?85[23]\)?[ -]?[2-9]\d{3}[ -]?\d{4}$/;
/** Behind an optional 1: toll-free and premium codes of North America, and the mainland's 400 and 800. */
const HOT_LINE = /^(?:\+?1[ .-]?)?\(?(?:8(?:00|22|33|44|55|66|77|88)|900|400)\)?[ .-]/;
const EXTENSION_AT_END = new RegExp(`${EXTENSION}$`, "i");
/** Part of something joined: a range, a path, a list of figures. */
const JOINED_BEFORE = /(?:[-/.:=#*]|\d[ ,])$/;
const JOINED_AFTER = /^(?:[-/:]\d|[ ]\d|%)/;
/** A mainland mobile number, or what tries to be one, however it is grouped. */
const MAINLAND_MOBILE = /^1\d\d/;
const OF_CHINA = /^[(]?\+?(?:00)?86/;
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
const HYPHEN = 0x2d;
const HASH = 0x23;

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
  may: (bytes, start, end, opened) =>
    digitAt(bytes, start) < 10 && (opened || end - start !== 11 || digitAt(bytes, start) !== 1),
  aloneBody: String.raw`${INTERNATIONAL}|${AMERICAN}|\(?85[23]\)?[ -]?[2-9]\d{3}[ -]?\d{4}`,
  aloneMay: (bytes, start, _, opened) =>
    digitAt(bytes, start) < 10 && (opened || isHongKong(bytes, start) || isAmerican(bytes, start)),
  alone(value, text, start) {
    const plain = withoutExtension(value);
    if (JOINED_BEFORE.test(text.slice(Math.max(0, start - 2), start)) && !value.startsWith("+")) return false;
    return value.startsWith("+") ? isE164(digitsIn(plain)) : STANDS_ALONE.test(value) || HONG_KONG_MACAO.test(plain);
  },
  refuses(value, text, start, end) {
    const plain = withoutExtension(value);
    const digits = digitsIn(plain);
    if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) return true;
    if ("+1(849".includes(plain[0]!) && HOT_LINE.test(plain)) return true;
    if (text.charCodeAt(start - 1) === HYPHEN && isLetter(text.charCodeAt(start - 2))) return true;
    if (digits.length === 11 && MAINLAND_MOBILE.test(plain)) return true;
    if ("+12".includes(plain[0]!) || plain.includes(".") ? OTHER_SHAPE.test(plain) : false) return true;
    if ((digits.length === 8 && isDay(digits)) || JOINED_AFTER.test(text.slice(end, end + 2))) return true;
    if (digits.length > 10 && OF_CHINA.test(plain)) return true;
    if (value.startsWith("+")) return !isE164(digits);
    return digits.length === plain.length && !isBare(plain);
  },
  compact: (value) =>
    withoutExtension(value)
      .replace(/\(0\)/, "")
      .replace(/[^\d+]/g, ""),
});

/** What has no letter and no # in it has no extension. */
function withoutExtension(value: string): string {
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit === HASH || unit > 0x40) return value.replace(EXTENSION_AT_END, "");
  }
  return value;
}

/** Behind a hyphen: `CVE-2026-9358`, `RFC-…`. */
function isLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

function digitsIn(text: string): string {
  return digitsOf(text.includes("(0)") ? text.replace("(0)", "") : text);
}

/** In one piece: Hong Kong, Macao, Singapore; North America, India; and what begins with a trunk 0. */
function isBare(digits: string): boolean {
  return BARE_SHAPE.test(digits);
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
