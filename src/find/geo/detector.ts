// 精准定位 (GB/T 45574-2025 Annex A: precise position is sensitive). Law: latitude and longitude with four decimals or more
// that lie in or around China, side by side; elsewhere, and one by one, a label must name them. Vectors of numbers are
// none.

import type { Context, Detector, Span } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { digitAt, digitsFrom, numberOf } from "../shared/bytes.ts";
import { isDigit } from "../shared/compact.ts";
import { anyOf, keyNames, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, matchesOf } from "../shared/pattern.ts";

const NUMBER = String.raw`-?\d{1,3}\.\d{4,15}`;
const SIDE = "°?[NSEWnsew]?";
const PAIR = new RegExp(
  String.raw`(?<![\w.-])(${NUMBER})${SIDE}\s{0,2}(?:[,，;；/、 ]|%2C)\s{0,2}(${NUMBER})${SIDE}(?![\w]|\.\d)`,
  "y",
);
const DECIMALS_MIN = 4;
const DEGREES_MAX = 3;
const SINGLE = new RegExp(`^\\s*(${NUMBER})\\s*$`);
const LAT = String.raw`北?[纬緯]度?|\blat(?:itude)?`;
const LNG = String.raw`东?[经經]度?|\blo?ng(?:itude)?|\blon`;
/** One by one, the label right before the number, as prose, JSON text or a query has it. */
const EACH = new RegExp(String.raw`(?:${LAT}|${LNG})["'\\\s:：=是为]{0,6}(${NUMBER})(?![\d]|\.\d)`, "gi");
/** The last letters of such a label, and its length with what may follow it. */
const LABEL_END = /[度纬緯经經tegn]["'\\\s:：=是为]{0,6}$/i;
const LABEL_UNITS = 17;
/** Of a number, and what may not follow it. */
const NUMBER_UNITS = 24;
/** A third number beside: a vector, a table. */
const MORE_BEFORE = /\d[\d.]*\s{0,2}[,，;；|\t]\s{0,2}$/;
const MORE_AFTER = /^\s{0,2}[,，;；|\t]\s{0,2}-?\d+\.\d{2,}/;
const LNG_MAX = 180;
const LAT_MAX = 90;
const WORDS: Words = {
  text: anyOf(
    "经纬度|[经經]度|[纬緯]度|坐标|座標|定位|位置|起点|终点",
    String.raw`GPS|\blat(?:itude)?\b|\blo?ng(?:itude)?\b|\bgeo\b|location|coordinates?`,
  ),
  key: keyNames(
    ["lat", "lng", "lon", "long", "jd", "wd", "jwd", "gps", "geo", "zb", "location", "position", "point"],
    [
      "lat|lng|latitude|longitude|coordinates?|coords?|latlng|lnglat|latlon|lonlat|gps|geopoint|geolocation",
      "jingdu|weidu|jingweidu|location|zuobiao|dingwei",
    ],
  ),
};

export const geo: Detector = {
  type: "geo",
  triggers: DIGITS,
  clauses: [
    { said: [WORDS.text, new RegExp(`${LAT}|${LNG}`, "i")], named: [WORDS.key] },
    { shape: beginning(NUMBER), may },
  ],
  keys: WORDS.key,
  identifies: "weak",
  sensitivity: { strict: true, gbt45574: true },
  find(text, context) {
    const single = context.keyed?.includes(geo) === true ? SINGLE.exec(text)?.[1] : undefined;
    if (single !== undefined && Math.abs(Number(single)) <= LNG_MAX) {
      const start = text.indexOf(single);
      return [{ start, end: start + single.length, certainty: "key", canonical: single, near: 0 }];
    }
    const starts = numbersIn(text);
    const spans: Span[] = [];
    for (const match of pairsOf(text, starts)) {
      const span = judge(text, match, context);
      if (span !== null) spans.push(span);
    }
    return spans.length > 0 ? spans : each(text, starts);
  },
  canonical(text) {
    const value = text.trim();
    if (SINGLE.test(value)) return Math.abs(Number(value)) <= LNG_MAX ? value : null;
    const pair = pairsOf(value, numbersIn(value))[0];
    return pair !== undefined && pair[0].length === value.length ? `${pair[1]},${pair[2]}` : null;
  },
};

function judge(text: string, match: RegExpExecArray, context: Context): Span | null {
  const start = match.index;
  const end = start + match[0].length;
  const [one, two] = [Number(match[1]), Number(match[2])];
  const inChina = isChina(one, two) || isChina(two, one);
  if (!inChina && !isOnEarth(Math.abs(one), Math.abs(two))) return null;
  const label = labelOf(text, start, end, context, WORDS);
  if (label === null && (!inChina || isOfMore(text, start, end))) return null;
  const found = { start, end, canonical: `${match[1]},${match[2]}` };
  return label === null ? { ...found, certainty: "format+context" } : { ...found, ...label };
}

/** Where numbers with four decimals or more begin, signs included: one for each point at most. */
function numbersIn(text: string): number[] {
  const starts: number[] = [];
  for (let point = text.indexOf("."); point >= 0; point = text.indexOf(".", point + 1)) {
    let start = point;
    while (point - start <= DEGREES_MAX && isDigit(text.charCodeAt(start - 1))) start--;
    if (start === point || point - start > DEGREES_MAX) continue;
    let end = point + 1;
    while (end - point <= DECIMALS_MIN && isDigit(text.charCodeAt(end))) end++;
    if (end - point > DECIMALS_MIN) starts.push(text[start - 1] === "-" ? start - 1 : start);
  }
  return starts;
}

/** @param starts of numbers, in order. */
function pairsOf(text: string, starts: readonly number[]): RegExpExecArray[] {
  const pairs: RegExpExecArray[] = [];
  let free = 0;
  for (const start of starts) {
    PAIR.lastIndex = start;
    const pair = start < free ? null : PAIR.exec(text);
    if (pair === null) continue;
    pairs.push(pair);
    free = start + pair[0].length;
  }
  return pairs;
}

function each(text: string, starts: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (const start of starts) {
    const from = Math.max(0, start - LABEL_UNITS);
    if (!LABEL_END.test(text.slice(from, start))) continue;
    for (const { index, 0: whole, 1: number } of matchesOf(EACH, text.slice(from, start + NUMBER_UNITS))) {
      const end = from + index + whole.length;
      if (end - number!.length !== start || Math.abs(Number(number)) > LNG_MAX) continue;
      spans.push({ start, end, canonical: number!, near: 0, certainty: "format+context" });
    }
  }
  return spans;
}

/** Longitude 73.3 to 135.1, latitude 3.5 to 53.6. */
function isChina(lng: number, lat: number): boolean {
  return lng >= 73.3 && lng <= 135.1 && lat >= 3.5 && lat <= 53.6;
}

function isOnEarth(one: number, two: number): boolean {
  return Math.max(one, two) <= LNG_MAX && Math.min(one, two) <= LAT_MAX;
}

function isOfMore(text: string, start: number, end: number): boolean {
  return MORE_BEFORE.test(text.slice(Math.max(0, start - 16), start)) || MORE_AFTER.test(text.slice(end, end + 16));
}

/** The whole degrees of a place in or around China, and four decimals. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  const degrees = numberOf(bytes, start, end);
  return degrees >= 3 && degrees <= 135 && digitAt(bytes, end) > 9 && digitsFrom(bytes, end + 1, 4) === 4;
}
