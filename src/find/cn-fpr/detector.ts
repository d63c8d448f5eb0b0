// 外国人永久居留身份证. Law: since 2023-12-01 eighteen digits: 9, province of application, nationality, birth date, and the
// check character of GB 11643; before, the country's three letters and twelve digits (place, yymmdd, serial), where a
// country and a date must hold, or a label name it.

import type { Context, Detector, Span } from "../detector.ts";
import { CARD_DIGITS, LETTERED } from "../scan/bits.ts";
import { digitAt, isBirthBytes } from "../shared/bytes.ts";
import { unspaced } from "../shared/compact.ts";
import { ALPHA_3 } from "../shared/countries.ts";
import { anyOf, isOthers, keyNames, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, judging, type Match, whole } from "../shared/pattern.ts";
import { isBirthDate, isChecked, isProvince } from "../shared/resident.ts";

const NEW = String.raw`9\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx]`;
const OLD = String.raw`[A-Z]{3}[ -]?\d{12}`;
const LENGTH = 18;
const SHAPE = bordered(`${NEW}|${OLD}`);
const WHOLE = whole(`${NEW}|${OLD}`);
const WORDS: Words = {
  text: anyOf(
    "永久居留(?:身份)?证?(?:件)?(?:号码|号)?|永居(?:身份)?(?:证|卡)?(?:号码|号)?",
    String.raw`外国人(?:居留|身份)证|五星卡|绿卡(?:号码|号)?|permanent residen(?:t|ce)|\bFPR\b`,
    String.raw`\bPRC? card\b`,
  ),
  key: keyNames(
    ["fpr", "fprno", "yjz", "yjzh", "yjjlz", "yjjlzh"],
    [
      "permanentresiden(?:t|ce)(?:id|card|permit)?(?:no|num|number|code)?",
      "foreigner(?:id|card|permit)(?:no|num|number|code)?",
      "greencard(?:no|num|number|code)?",
      "yongjuzheng(?:hao)?",
    ],
  ),
};

export const cnFpr: Detector = {
  type: "cn-fpr",
  triggers: CARD_DIGITS | LETTERED,
  clauses: [{ shape: beginning(NEW), may }, { shape: beginning(OLD) }],
  keys: WORDS.key,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find: judging(SHAPE, judge),
  canonical(text) {
    const id = compact(text.trim());
    return WHOLE.test(text.trim()) && isValid(id) ? id : null;
  },
};

function judge(text: string, { start, end, text: value }: Match, context: Context): Span | null {
  const canonical = compact(value);
  if (isNew(canonical)) return isValid(canonical) ? { start, end, certainty: "checksum", canonical } : null;
  const label = labelOf(text, start, end, context, WORDS);
  if (label !== null) return { start, end, canonical, ...label };
  return isOldAlone(canonical) && !isOthers(text, start, context)
    ? { start, end, certainty: "format+context", canonical }
    : null;
}

function compact(text: string): string {
  return unspaced(text).toUpperCase();
}

function isNew(id: string): boolean {
  return id.startsWith("9");
}

function isValid(id: string): boolean {
  return !isNew(id) || (isProvince(id.slice(1, 3)) && isBirthDate(id.slice(6, 14)) && isChecked(id));
}

/** Country, province, and yymmdd of either century. */
function isOldAlone(id: string): boolean {
  const birth = id.slice(7, 13);
  if (!ALPHA_3.has(id.slice(0, 3)) || !isProvince(id.slice(3, 5))) return false;
  return isBirthDate(`19${birth}`) || isBirthDate(`20${birth}`);
}

function may(bytes: Uint8Array, start: number, end: number): boolean {
  return digitAt(bytes, start) === 9 && (end - start !== LENGTH || isBirthBytes(bytes, start + 6));
}
