// 居民身份证 and the residence permits of people from Hong Kong (810000), Macao (820000) and Taiwan (830000), GB
// 11643-1999. Law: province, a real birth date and the check character must hold; with a wrong check character a
// label makes it a suspect. Abolished county codes stay valid for life: none is looked up.

import type { Context, Detector, Span } from "../detector.ts";
import { CARD_DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom, isBirthBytes } from "../shared/bytes.ts";
import { unspaced } from "../shared/compact.ts";
import { anyOf, keyNames, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, judging, type Match, whole } from "../shared/pattern.ts";
import { isBirthDate, isChecked, isProvince } from "../shared/resident.ts";

const BODY = String.raw`\d{6}(?:[ -]?\d{8}[ -]?|([ -])\d{4}\1\d{4}\1)\d{3}[\dXx]`;
const SHAPE = bordered(BODY);
const WHOLE = whole(BODY);
const LENGTH = 18;
const ENDS_IN_X = /^\d{17}[Xx]$/;
const RESIDENCE_PERMIT = /^8[123]/;
const WORDS: Words = {
  text: anyOf(
    "(?:身份|身分)[证證](?:件)?(?:号码|號碼|号|號)?",
    "(?:居住|居留|户口|驾驶|驾|行驶)[证證本照](?:号码|号)?|证件(?:号码|号)|公民身份号码?",
    String.raw`证号|\bid[ _-]?(?:card|number|no\b)|identity (?:card|number|document)`,
    "(?:resident|national) id|citizen id",
  ),
  key: keyNames(
    ["sfz", "sfzh", "sfzhm", "sfzjh", "zjh", "zjhm", "zjhao", "gmsfhm", "jzz", "jzzh", "cardid"],
    [
      "shenfenzheng(?:hao|haoma)?",
      "id(?:card|no|num|number|code|document)(?:no|num|number|code)?",
      "(?:cert|certificate|credential|identity|identification)(?:id|no|num|number|code|card)(?:no|num|number)?",
      "(?:citizen|resident|national)(?:id|no|num|number|card)(?:no|num|number)?",
    ],
  ),
};

export const cnId: Detector = {
  type: "cn-id",
  triggers: CARD_DIGITS,
  clauses: [{ shape: beginning(BODY), may }],
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find: judging(SHAPE, judge),
  ofValue(text, isDigits) {
    if (text.length !== LENGTH) return isDigits ? null : undefined;
    if (!isDigits && !ENDS_IN_X.test(text)) return undefined;
    const canonical = isDigits ? text : text.toUpperCase();
    if (!isPlausible(canonical)) return null;
    return isChecked(canonical) ? { start: 0, end: LENGTH, certainty: "checksum", canonical } : undefined;
  },
  canonical(text) {
    const id = compact(text.trim());
    return WHOLE.test(text.trim()) && isPlausible(id) && isChecked(id) ? id : null;
  },
};

function judge(text: string, { start, end, text: value }: Match, context: Context): Span | null {
  const canonical = compact(value);
  if (!isPlausible(canonical)) return null;
  if (isChecked(canonical)) return { start, end, certainty: "checksum", canonical };
  const label = labelOf(text, start, end, context, WORDS);
  return label === null ? null : { start, end, certainty: "suspect", canonical, near: label.near };
}

function compact(text: string): string {
  return unspaced(text).toUpperCase();
}

function isPlausible(id: string): boolean {
  if (!isProvince(id.slice(0, 2)) || !isBirthDate(id.slice(6, 14))) return false;
  return !RESIDENCE_PERMIT.test(id) || id.startsWith("0000", 2);
}

/** In one piece the date of birth shows; no province begins with 0 or 9. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  const first = digitAt(bytes, start);
  if (first === 0 || first > 8) return false;
  if (end - start === LENGTH) return isBirthBytes(bytes, start + 6);
  return end - start !== 6 || [4, 8].includes(digitsFrom(bytes, end + 1, 9));
}
