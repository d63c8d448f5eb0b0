// Full width, circled, Arabic, mathematical digits and letters as ASCII; what nobody sees gone; Chinese numerals as
// digits where enough of them stand together. Law: what is not odd stays as it is.

import { foldOf, KINDS, NUMERAL, numeralOf, ODD_DIGIT, ODD_LETTER, oddness, PLAIN, WORD } from "../scan/odd.ts";
import { type View, ViewBuilder } from "./view.ts";

/** 一九九八 is a year, 一二三四五 a rhyme; with letters among them they are a code: 京A一二三四五. */
const NUMERALS_MIN = 7;
const CODE_NUMERALS_MIN = 5;
const CODE_LETTERS_MAX = 2;
/** Between two characters of a code it is a colon: ３Ｃ：２２. In a sentence it stays what it is. */
const WIDE_COLON = 0xff1a;
const BETWEEN = new Set(
  [..." \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff.,:，、：·_-"].map((one) => one.charCodeAt(0)),
);
const IN_CODES = new Set([..."()（）"].map((one) => one.charCodeAt(0)));
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
    const isColon = point === WIDE_COLON && isOfCode(text, at - 1) && isOfCode(text, at + 1);
    const read = isColon
      ? ":"
      : kind === PLAIN
        ? undefined
        : kind === NUMERAL
          ? numerals?.[at] && numeralOf(point)
          : foldOf(point);
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
    if ((KINDS[code] !== PLAIN && KINDS[code]! < WORD) || (code & 0xf800) === 0xd800) return true;
    if (code === WIDE_COLON && isOfCode(text, at - 1) && isOfCode(text, at + 1)) return true;
  }
  return false;
}

/** A letter or digit of ASCII, or what reads as one; half of a surrogate pair may be. */
function isOfCode(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return isLetter(code) || isDigit(code);
  return (
    KINDS[code] === ODD_DIGIT || KINDS[code] === ODD_LETTER || KINDS[code] === NUMERAL || (code & 0xf800) === 0xd800
  );
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a && code < 0x80;

/** By unit: 1 where a numeral belongs to a run of digits, or to a code; null where there is none. */
function numeralRuns(text: string): Uint8Array | null {
  let marks: Uint8Array | null = null;
  let start = 0;
  let digits = 0;
  let letters = 0;
  let hasNumeral = false;
  let isCode = false;
  const close = (end: number): void => {
    if (hasNumeral && digits >= (isCode ? CODE_NUMERALS_MIN : NUMERALS_MIN)) {
      marks ??= new Uint8Array(text.length);
      marks.fill(1, start, end);
    }
    digits = letters = 0;
    hasNumeral = isCode = false;
  };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 0x80 ? (isDigit(code) ? ODD_DIGIT : PLAIN) : oddness(text.codePointAt(at)!);
    if (kind === ODD_DIGIT || kind === NUMERAL) {
      if (digits === 0) start = at;
      isCode ||= digits === 0 ? at > 0 && isLetter(text.charCodeAt(at - 1)) : letters > 0;
      letters = 0;
      digits++;
      hasNumeral ||= kind === NUMERAL;
    } else if (digits > 0 && isLetter(code) && letters < CODE_LETTERS_MAX) letters++;
    else if (digits > 0 && kind === PLAIN && !isBetween(code, isCode)) close(at);
  }
  close(text.length);
  return marks;
}

/** @param isCode a code may hold colons and brackets, too. */
function isBetween(code: number, isCode: boolean): boolean {
  return BETWEEN.has(code) || (isCode && IN_CODES.has(code)) || (code & 0xfc00) === 0xdc00;
}
