// 固定电话 of mainland China. Law: an area code of the plan and a subscriber's number, told apart by brackets, a hyphen
// or +86; run together, or without an area code, a label must name it. 400, 800 and short numbers belong to nobody.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom } from "../shared/bytes.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { isDay, labelledDetector } from "../shared/labelled.ts";
import { AREA } from "./areas.ts";

const CHINA = String.raw`[(（]?(?:\+|00)86[)）]?[ -]?`;
/** Under a label the table of codes need not be complete. */
const ANY_AREA = String.raw`(?:10|2\d|[3-9]\d\d)`;
const LOCAL = String.raw`[2-8]\d{2,3}[ -]?\d{4}`;
const EXTENSION = String.raw`(?:\s?(?:-|转|轉|分机|ext\.?|x|#)\s?\d{1,5})?`;
const BODY = [
  `${CHINA}(?:[(（]0?${ANY_AREA}[)）]|0?${ANY_AREA})[ -]?${LOCAL}${EXTENSION}`,
  `[(（]0${ANY_AREA}[)）][ -]?${LOCAL}${EXTENSION}`,
  `0${ANY_AREA}[ -]?${LOCAL}${EXTENSION}`,
  String.raw`${LOCAL}(?:\s?(?:转|轉|分机|ext\.?)\s?\d{1,5})?`,
].join("|");
const ALONE_BODY = `(?:${CHINA}[(（]?0?${AREA}[)）]?[ -]?|[(（]0${AREA}[)）] ?|0${AREA}[- ])${LOCAL}`;
const ALONE = new RegExp(`^${ALONE_BODY}(?!\\d)`);
const LOCAL_ONLY = /^[2-8]/;
const SPACED = /^0\d+ /;
/** Part of something joined by hyphens, slashes or points; a group more of figures. */
const JOINED_BEFORE = /(?:[-/.#]|\d )$/;
const JOINED_AFTER = /^(?:[-/]|[ .]\d)/;
/** A second number: `010-62345678 或 0755 8288 9999`. */
const SECOND = /\d{4}\s?(?:或者?|、|和|及|，|,|\/|\bor\b|\band\b)\s?$/;
const FIRST = new RegExp(`(?:0${ANY_AREA}[ -]|1[3-9]\\d{9}|[2-8]\\d{2,3}[ -]?\\d{4})`);
const SECOND_UNITS = 24;
const AREA_SPACED = /^0\d{2,3} /;
const HOT_LINE = /^[48]00/;
const LABEL_UNITS = 14;
const HYPHEN = 0x2d;
const SPACE = 0x20;
const HAN = /[\u4e00-\u9fff]/;

export const cnLandline: Detector = labelledDetector({
  type: "cn-landline",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: BODY,
  flags: "i",
  words: {
    text: anyOf(
      "座机(?:号码|号)?|固话|固定电话",
      "(?:联系|办公|家庭|单位|公司|宅|住宅)?(?:电话|電話)(?:号码|号)?|来电|传真|傳真",
      String.raw`\btel(?:ephone)?\b|\bfax\b|landline|phone(?: number)?`,
    ),
    key: keyNames(
      ["dh", "dhhm", "lxdh", "lxfs", "zj", "zjhm", "gddh", "guhua", "zuoji", "cz"],
      ["(?:landline|telephone|tel|fax|phone)(?:no|num|number)?"],
    ),
  },
  aloneBody: ALONE_BODY,
  aloneMay: isAreaAndLocal,
  alone(value, text, start) {
    if (!ALONE.test(value)) return false;
    if (AREA_SPACED.test(value)) return isSecond(text, start);
    return !JOINED_BEFORE.test(text.slice(Math.max(0, start - 2), start));
  },
  refuses(value, text, start, end) {
    if (JOINED_AFTER.test(text.slice(end, end + 2))) return true;
    const before = text.slice(Math.max(0, start - LABEL_UNITS), start);
    if (LOCAL_ONLY.test(value)) return HOT_LINE.test(value) || isDay(value) || !HAN.test(before);
    return SPACED.test(value) && /[a-z]/i.test(before) && !HAN.test(before);
  },
  compact,
});

/** Right behind another number of this kind: what is written with spaces needs no label then. */
function isSecond(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - SECOND_UNITS), start);
  return SECOND.test(before) && FIRST.test(before);
}

/** Area code with its 0, subscriber's number, `-` and extension. */
function compact(value: string): string {
  const [, rest = ""] = /^(?:[(（]?(?:\+|00)86[)）]?[ -]?)?(.*)$/.exec(value) ?? [];
  const national = rest === value || /^[(（]?0/.test(rest) ? rest : `0${rest}`;
  const [, number = "", extension] =
    /^(.*?)(?:\s?(?:-|转|轉|分机|ext\.?|x|#)\s?(\d{1,5}))?$/i.exec(
      national.replace(/^([(（]?0\d{2,3})[-)）]/, "$1 "),
    ) ?? [];
  return `${number.replace(/\D/g, "")}${extension === undefined ? "" : `-${extension}`}`;
}

/** 0086; or 0, an area code, a hyphen or a space and at least three digits more: what no bracket or sign begins. */
function isAreaAndLocal(bytes: Uint8Array, start: number, end: number, opened: boolean): boolean {
  if (opened) return digitAt(bytes, start) === 0 || (digitAt(bytes, start) === 8 && digitAt(bytes, start + 1) === 6);
  if (digitAt(bytes, start) !== 0) return false;
  if (digitAt(bytes, start + 1) === 0) return true;
  return (bytes[end] === HYPHEN || bytes[end] === SPACE) && digitsFrom(bytes, end + 1, 3) === 3;
}
