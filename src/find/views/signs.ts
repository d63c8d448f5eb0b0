// An e-mail address with its signs in words or apart: `a (at) b (dot) cn`, `a at b dot com`, `a @ b . cn`. Law: in
// brackets a word is a sign; a bare `at` is one only where a `dot` follows it, or a label with its colon stands before.

import { matchesOf } from "../shared/pattern.ts";
import { type View, ViewBuilder } from "./view.ts";

const PART = "[A-Za-z0-9_%+-]{1,64}";
const AT_WORD = "at|艾特|圈a|@";
const DOT_WORD = "dot|点|點|\\.";
const PAIRS = ["\\(\\)", "\\[\\]", "\\{\\}", "<>", "（）", "【】"].map((pair) => pair.match(/\\?./g)!);
const inBrackets = (words: string) =>
  String.raw`\s?(?:${PAIRS.map(([open, close]) => `${open}\\s?(?:${words})\\s?${close}`).join("|")})\s?`;
/** Such a sign is nothing else. */
const SURE_AT = `${inBrackets(AT_WORD)}|艾特`;
const SURE_DOT = String.raw`${inBrackets(DOT_WORD)}|[点點]| dot |。(?=(?:com|cn|net|org|edu|gov)\b)`;
const AT = String.raw`${SURE_AT}|\s?@\s?| at |#`;
const DOT = String.raw`${SURE_DOT}|\s?\.\s?`;
const PARTS = `${PART}(?:(?:${DOT})${PART}){0,4}`;
const ADDRESS = new RegExp(
  `(?<![A-Za-z0-9_%+-])${PARTS}(${AT})${PARTS}(?:${DOT})[A-Za-z]{2,24}(?![A-Za-z0-9_-])`,
  "gi",
);
const SIGNS = ["@", "at", "AT", "At", "#", "艾特", "圈"];
const SIGN = new RegExp(`(${SURE_AT}|\\s?@\\s?| at |#)|(?:${DOT})`, "gi");
const IS_SURE_AT = new RegExp(`^(?:${SURE_AT})$`, "i");
const HAS_SURE_DOT = new RegExp(SURE_DOT, "i");
/** An English one needs its colon: `email us at example.com` is prose. */
const LABEL =
  /(?:(?:邮箱|邮件|邮址|信箱)[^\s:：=是为]{0,6}\s?[:：=是为]?|\be?-?mail(?: address)?\s?(?:[:：=是为]|\bis\b))\s?["“「]?$/i;
/** `if (at) bytes.length` is code. */
const COMMON_END = /\.(?:com|cn|net|org|edu|gov|info|biz|io|hk|tw|mo|uk|us|de|jp|kr|fr|ru|sg|ca|au|eu|cc)$/i;
const BEFORE_UNITS = 24;

/** @returns null where no address is written so. */
export function signed(text: string): View | null {
  if (!SIGNS.some((sign) => text.includes(sign))) return null;
  let builder: ViewBuilder | null = null;
  let at = 0;
  for (const { 0: found, 1: sign, index } of matchesOf(ADDRESS, text)) {
    if (!isAddress(found, sign!, text.slice(Math.max(0, index - BEFORE_UNITS), index))) continue;
    builder ??= new ViewBuilder();
    for (; at < index; at++) builder.add(text[at]!, at);
    for (const { 0: written, 1: isAt, index: nth } of matchesOf(SIGN, found)) {
      for (; at < index + nth; at++) builder.add(text[at]!, at);
      builder.add(isAt === undefined ? "." : "@", at);
      at += written.length;
    }
    for (; at < index + found.length; at++) builder.add(text[at]!, at);
  }
  if (builder === null) return null;
  for (; at < text.length; at++) builder.add(text[at]!, at);
  return builder.done(text.length);
}

function isAddress(found: string, sign: string, before: string): boolean {
  if (LABEL.test(before)) return true;
  if (sign !== "#" && HAS_SURE_DOT.test(found.slice(found.indexOf(sign) + sign.length))) return true;
  return IS_SURE_AT.test(sign) && COMMON_END.test(found);
}
