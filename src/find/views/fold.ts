// Full width, circled, Arabic, mathematical digits and letters as ASCII; what nobody sees gone; Chinese numerals as
// digits where enough of them stand together. Law: what is not odd stays as it is.

import { foldOf, KINDS, NUMERAL, numeralOf, ODD_DIGIT, oddness, PLAIN, WORD } from "../scan/odd.ts";
import { type View, ViewBuilder } from "./view.ts";

/** 一九九八 is a year, 一二三四五 a rhyme. */
const NUMERALS_MIN = 7;
const BETWEEN = new Set(
  [..." \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff.,，、·_-"].map((one) => one.charCodeAt(0)),
);
for (let space = 0x2000; space <= 0x200a; space++) BETWEEN.add(space);

/** @returns null when nothing in it is odd. */
export function fold(text: string): View | null {
  if (!isOdd(text)) return null;
  const numerals = numeralRuns(text);
  const builder = new ViewBuilder();
  let folded = false;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at)!;
    const width = point > 0xffff ? 2 : 1;
    const kind = oddness(point);
    const read = kind === PLAIN ? undefined : kind === NUMERAL ? numerals?.[at] && numeralOf(point) : foldOf(point);
    if (typeof read === "string") folded = true;
    builder.add(typeof read === "string" ? read : text.slice(at, at + width), at);
    at += width;
  }
  return folded ? builder.done(text.length) : null;
}

/** Whether any character of it may be odd; a surrogate says nothing. */
function isOdd(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((KINDS[code] !== PLAIN && KINDS[code] !== WORD) || (code & 0xf800) === 0xd800) return true;
  }
  return false;
}

/** By unit: 1 where a numeral belongs to a run of digits; null where there is none. */
function numeralRuns(text: string): Uint8Array | null {
  let marks: Uint8Array | null = null;
  let start = 0;
  let digits = 0;
  let hasNumeral = false;
  const close = (end: number): void => {
    if (hasNumeral && digits >= NUMERALS_MIN) {
      marks ??= new Uint8Array(text.length);
      marks.fill(1, start, end);
    }
    digits = 0;
    hasNumeral = false;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 0x80 ? (code >= 0x30 && code <= 0x39 ? ODD_DIGIT : PLAIN) : oddness(text.codePointAt(at)!);
    if (kind === ODD_DIGIT || kind === NUMERAL) {
      if (digits === 0) start = at;
      digits++;
      hasNumeral ||= kind === NUMERAL;
    } else if (digits > 0 && kind === PLAIN && !BETWEEN.has(code) && (code & 0xfc00) !== 0xdc00) close(at);
  }
  close(text.length);
  return marks;
}
