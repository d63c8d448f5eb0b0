// 手机号. Law: eleven digits of a segment that was ever assigned to mobile phones (MIIT numbering,
// 2022), alone or 3-4-4, with or without +86; never a part of a longer number.

import type { Detector, Span } from "../detector.ts";
import { LONG_DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom } from "../shared/bytes.ts";
import { digitOf } from "../shared/compact.ts";
import { isNamedBefore, namedBy, type Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";

const DIGITS = 11;
const SEGMENT = "1(?:3\\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\\d|9[0-35-9])";
const SEGMENT_WHOLE = whole(SEGMENT);
const CHINA = String.raw`(?:[(（](?:\+|00)?86[)）]|(?:\+|00)?86)[ -]?`;
/** In one piece, 3-4-4, 4-3-4, 4-4-3, 4-7, 7-4. */
const REST = String.raw`\d{8}|([ .-])\d{4}\1\d{4}|\d[ -]\d{3}[ -]?\d{4}|\d{4}[ -]\d{4}|\d[ -]\d{4}[ -]\d{3}`;
const BODY = `(?:${CHINA})?${SEGMENT}(?:${REST})`;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
const COUNTRY = /^[(（]?\+?(?:00)?86[)）]?[ -]?/;
/** A grouped number with one more group on either side is a card or a table of figures. */
const GROUP_BEFORE = /\d[ .-]$/;
const GROUP_AFTER = /^[ .-]\d/;
const WORDS: Words = {
  text: /手机|电话|联系方式|致电|拨打|mobile|phone|\btel\b|\bcall\b|whatsapp/i,
  key: /^(?:sjh|sjhm|dh|lxdh|lxfs|sj|msisdn|cell|tel)$/i,
};

const isNamed = namedBy(WORDS);

export const cnMobile: Detector = {
  type: "cn-mobile",
  triggers: LONG_DIGITS,
  clauses: [{ shape: beginning(BODY), may }],
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const { start, end } = match;
      if (isGrouped(match.text) && isPartOfGroups(text, start, end)) continue;
      const certainty = isNamed(context) || isNamedBefore(text, start, WORDS) ? "key" : "format+context";
      spans.push({ start, end, certainty, canonical: compact(match.text) });
    }
    return spans;
  },
  ofValue(text, isDigits, context) {
    if (!isDigits || text.length > DIGITS) return undefined;
    if (text.length < DIGITS || !isMobile(text)) return null;
    return { start: 0, end: DIGITS, certainty: isNamed(context) ? "key" : "format+context", canonical: text };
  },
  canonical(text) {
    const trimmed = text.trim();
    return WHOLE.test(trimmed) ? compact(trimmed) : null;
  },
};

/** By the second and third digit. */
const IS_SEGMENT = Uint8Array.from({ length: 100 }, (_, n) => Number(SEGMENT_WHOLE.test(String(100 + n))));

/** @param digits eleven of them. */
function isMobile(digits: string): boolean {
  return digits.charCodeAt(0) === 0x31 && IS_SEGMENT[digitOf(digits, 1) * 10 + digitOf(digits, 2)] === 1;
}

/** Of eleven characters all are digits: country and separators make it longer. */
function compact(text: string): string {
  return text.length === DIGITS ? text : text.replace(/\D/g, "").slice(-11);
}

function isGrouped(text: string): boolean {
  return text.length !== DIGITS && /\d[ .-]\d{3,4}/.test(text.replace(COUNTRY, ""));
}

function isPartOfGroups(text: string, start: number, end: number): boolean {
  return GROUP_BEFORE.test(text.slice(Math.max(0, start - 2), start)) || GROUP_AFTER.test(text.slice(end, end + 2));
}

/** 13 to 19, 86, 0086: whatever follows, and whatever sign stands before. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  const one = digitAt(bytes, start);
  const two = digitAt(bytes, start + 1);
  if (end - start === 3) return digitsFrom(bytes, end + 1, 5) === 4;
  return (one === 1 && two > 2) || (one === 8 && two === 6) || (one === 0 && two === 0);
}
