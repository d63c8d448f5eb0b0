// A value spelled out, character by character: `E 1 2 3 4 5 6 7 8`, `4-8-2-0-9-3`, `a b @ c . c n`. Law: only single
// characters with the same between them all are drawn together; what is written in groups is left to the kinds' own
// shapes.

import { matchesOf } from "../shared/pattern.ts";
import { type View, ViewBuilder } from "./view.ts";

const GAP = String.raw`([ \t.,，、_*|~·•—–-]|\r?\n)`;
/** What codes are made of; a gap that stands three times in a row is one of them, too. */
const ONE = String.raw`(?:[A-Za-z0-9@.:_+()（）/ -]|\1)`;
const FIRST = String.raw`(?:(?<![A-Za-z0-9])[A-Za-z0-9(（]|\+|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])`;
const LAST = `[A-Za-z0-9)）学挂警港澳领试超](?![A-Za-z0-9])`;
/** Seven characters: the shortest that a kind knows without a check digit. */
const SPELLED = new RegExp(`${FIRST}${GAP}(?:${ONE}\\1){4,60}${ONE}\\1${LAST}`, "g");
/** Six gaps, five of which are as the one before. */
const GAPS_MIN = 5;
const DIGITS_MIN = 5;
const LETTERS_MIN = 6;
/** A plate may have three; an account and an address none. */
const PLATE = /^\p{Script=Han}/u;
const PLATE_DIGITS_MIN = 3;
const ADDRESS = /[A-Za-z0-9]\W@\W[A-Za-z0-9]/;
const ACCOUNT = /微信|(?<![A-Za-z])[vw]x|wechat|weixin/i;
const BEFORE_UNITS = 24;

/** @returns null where nothing is spelled out. */
export function spelled(text: string): View | null {
  if (!mayBeSpelled(text)) return null;
  let builder: ViewBuilder | null = null;
  let at = 0;
  for (const { 0: found, 1: gap, index } of matchesOf(SPELLED, text)) {
    if (!isValue(found, text.slice(Math.max(0, index - BEFORE_UNITS), index))) continue;
    builder ??= new ViewBuilder();
    for (; at < index; at++) builder.add(text[at]!, at);
    for (; at < index + found.length; at += 1 + gap!.length) builder.add(text[at]!, at);
    at = index + found.length;
  }
  if (builder === null) return null;
  for (; at < text.length; at++) builder.add(text[at]!, at);
  return builder.done(text.length);
}

/** Whether the same gap stands after six characters in turn: cheaper than the expression. */
function mayBeSpelled(text: string): boolean {
  for (let parity = 0; parity < 2; parity++)
    for (let at = parity + 2, same = 0; at < text.length; at += 2) {
      same = text.charCodeAt(at) === text.charCodeAt(at - 2) ? same + 1 : 0;
      if (same === GAPS_MIN) return true;
    }
  return text.includes("\r\n");
}

function isValue(found: string, before: string): boolean {
  const digits = found.replace(/\D/g, "").length;
  if (digits >= DIGITS_MIN || (digits >= PLATE_DIGITS_MIN && PLATE.test(found)) || ADDRESS.test(found)) return true;
  return ACCOUNT.test(before) && found.replace(/[^A-Za-z0-9]/g, "").length >= LETTERS_MIN;
}
