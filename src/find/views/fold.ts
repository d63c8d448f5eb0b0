// Full width, circled, Arabic, mathematical digits and letters as ASCII; what nobody sees gone; Chinese numerals as
// digits where enough of them stand together. Law: what is not odd stays as it is.

import { foldOf, NUMERAL, numeralOf, ODD_DIGIT, oddness, PLAIN } from "../scan/odd.ts";
import { type View, ViewBuilder } from "./view.ts";

/** 一九九八 is a year, 一二三四五 a rhyme. */
const NUMERALS_MIN = 7;
const BETWEEN = /^[\s.,，、·_-]$/;

/** @returns null when nothing in it is odd. */
export function fold(text: string): View | null {
  const numerals = numeralRuns(text);
  const builder = new ViewBuilder();
  let folded = false;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at)!;
    const width = point > 0xffff ? 2 : 1;
    const kind = point < 0x80 ? PLAIN : oddness(point);
    const read = kind === PLAIN ? undefined : kind === NUMERAL ? numerals?.[at] && numeralOf(point) : foldOf(point);
    if (typeof read === "string") folded = true;
    builder.add(typeof read === "string" ? read : text.slice(at, at + width), at);
    at += width;
  }
  return folded ? builder.done(text.length) : null;
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
    } else if (digits > 0 && kind === PLAIN && !BETWEEN.test(text[at]!) && (code & 0xfc00) !== 0xdc00) close(at);
  }
  close(text.length);
  return marks;
}
