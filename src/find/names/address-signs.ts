// Where an address could be: two characters that end or count its parts, near each other. Law: one pass, one
// look-up a character.

import { isHan } from "./chars.ts";

/** What a text without two signs together must hold to be looked at. */
export const ADDRESS_SIGN = /[路街巷弄号栋幢座室楼苑厦镇村庄]|[区园场城][0-9]/u;
export const BEFORE_SIGN = 40;
export const AFTER_SIGN = 48;
/** By UTF-16 unit: ends a division, ends a road, counts a numbered part, is a digit. */
const DIVIDES = 1;
const LEADS = 2;
const COUNTS = 4;
const DIGIT = 8;
const SIGNS: Uint8Array = signs();
const NEAR = 12;
/** A text as short as this may be nothing but an address. */
export const QUERY_MAX = 64;
export const QUERY_ALONE = 40;
/** What no address holds: a short text with it is a sentence. */
export const QUERY_OUT = /[，。？！：；,?!:;的了吗呢吧是有请我你他第]|怎么|多少|多大|什么|[0-9]{6}/u;

function signs(): Uint8Array {
  const table = new Uint8Array(65536);
  const mark = (units: string, bit: number) => {
    for (const unit of units) table[unit.charCodeAt(0)]! |= bit;
  };
  mark("省市区县旗盟州镇乡村", DIVIDES);
  mark("路街道巷弄同里庄组社", LEADS);
  mark("号弄幢栋棟座室楼层组单户苑园厦庭邸寓城府郡湾阁轩墅院厂店馆场坊", COUNTS);
  mark("0123456789０１２３４５６７８９", DIGIT);
  return table;
}

/** The next index from `from` on at which two signs of an address stand together, -1 for none. */
export function nextSign(text: string, from: number): number {
  let divides = -NEAR;
  for (let i = from; i < text.length; i++) {
    const sign = SIGNS[text.charCodeAt(i)]!;
    if (sign === 0) continue;
    const before = i > 0 ? SIGNS[text.charCodeAt(i - 1)]! : 0;
    if ((sign & COUNTS) !== 0 && (before & DIGIT) !== 0) return i;
    if ((sign & DIGIT) !== 0 && (before & (LEADS | COUNTS | DIVIDES)) !== 0) return i;
    if ((sign & DIGIT) !== 0 && i - divides < NEAR && i > 0 && isHan(text.charCodeAt(i - 1))) return i;
    if (i - divides < NEAR && i > divides + 1 && ((sign & DIVIDES) !== 0 || "路街巷弄".includes(text[i]!))) return i;
    if ((sign & DIVIDES) !== 0) divides = i;
  }
  return -1;
}
