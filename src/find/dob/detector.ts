// 出生日期. Law: a day that can be one, named by a label: every other date is a date. It tells a child from an adult.

import type { Detector } from "../detector.ts";
import { DATE, DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";
import { isBirthDate } from "../shared/resident.ts";

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const MONTH = `(?:${MONTHS.join("|")})[a-z]{0,6}\\.?`;
const YEAR = String.raw`(?:19|20)\d{2}`;
const TIME = String.raw`(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const BODY = [
  String.raw`${YEAR}[-/.]\d{1,2}[-/.]\d{1,2}${TIME}`,
  String.raw`${YEAR}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?`,
  String.raw`${YEAR}\d{4}`,
  String.raw`\d{1,2}[/.-]\d{1,2}[/.-]${YEAR}`,
  String.raw`${MONTH} \d{1,2}(?:st|nd|rd|th)?,? ${YEAR}`,
  String.raw`\d{1,2}(?:st|nd|rd|th)? ${MONTH},? ${YEAR}`,
].join("|");
/** With any time behind it. */
const YEAR_FIRST = /^(\d{4})[^\da-z]{1,3}(\d{1,2})(?:[^\da-z]{1,3}(\d{1,2}))?(?=[^\da-z]|T|$)/i;
/** `1990年1月5日出生`, `1990年1月生`. */
const BORN_AFTER = /^[\s(（,，]?(?:出生|生人|生(?![产效成长活命意]))/;

const labelled: Detector = labelledDetector({
  type: "dob",
  triggers: DIGITS | DATE,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: BODY,
  flags: "i",
  words: {
    text: anyOf(
      "出生(?:日期|年月日?|时间|于)?|(?<![诞一医学])生日|(?<![发产诞])生于|诞辰",
      String.raw`\bborn(?: on)?\b|\bD\.?O\.?B\b\.?|date of birth|birth ?(?:day|date)`,
    ),
    key: keyNames(
      ["csrq", "sr", "csny", "dob", "birth", "birthday", "birthdate", "bday"],
      ["birthday", "birthdate", "dateofbirth", "dob", "birth", "birthtime", "chushengriqi", "shengri", "chusheng"],
    ),
  },
  refuses: (value) => !isDayOfBirth(value),
  aloneSaid: /生/,
  alone: (value, text, start) => BORN_AFTER.test(text.slice(start + value.length, start + value.length + 4)),
  compact: dayOf,
});

export const dob: Detector = {
  ...labelled,
  canonical(text) {
    const value = text.trim();
    if (/^\d{6}$/.test(value)) return isDayOfBirth(value) ? value : null;
    const day = labelled.canonical(value);
    return day !== null && isDayOfBirth(day) ? day : null;
  },
};

/** yyyymmdd; yyyymm where the day is not said; the month first where a day would not fit, as in American dates. */
function dayOf(value: string): string {
  const [, year, month, day] = YEAR_FIRST.exec(value) ?? [];
  if (year !== undefined) return year + pad(month!) + (day === undefined ? "" : pad(day));
  const written = MONTHS.findIndex((name) => value.toLowerCase().includes(name)) + 1;
  const [a, b, c] = value.match(/\d+/g)!.map((part) => part);
  if (written > 0) return b! + pad(String(written)) + pad(a!);
  if (b === undefined) return a!;
  if (a!.length === 4) return a! + pad(b) + (c === undefined ? "" : pad(c));
  return Number(a) > 12 ? c! + pad(b) + pad(a!) : c! + pad(a!) + pad(b);
}

function pad(part: string): string {
  return part.padStart(2, "0");
}

function isDayOfBirth(value: string): boolean {
  const day = dayOf(value);
  return isBirthDate(day.length === 6 ? `${day}01` : day);
}
