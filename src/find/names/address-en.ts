// Addresses in English: a number and a street, a PO box, a city with state and code. Law: patterns are anchored
// on a digit and bounded, so a text costs its length.

import type { Stretch } from "./address.ts";

const STREET = [
  "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|",
  "Terrace|Ter|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Crescent|Close|Trail|Alley|Row|Walk|Quay|Plaza|",
  "Gardens|Mews|Loop|Pass|Path|Pike|Point)",
].join("");
const UNIT =
  "(?:,?\\s{1,2}(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Room|Rm|Flat|Bldg|Building|#)\\.?\\s?#?[A-Za-z0-9-]{1,6})?";
const CITY = "(?:,?\\s{1,3}[A-Z][A-Za-z.'-]{1,19}(?:\\s[A-Z][A-Za-z.'-]{1,19}){0,3})?";
const STATE = "(?:,?\\s{1,2}[A-Z]{2})?";
const ZIP = "(?:,?\\s{1,3}(?:\\d{5}(?:-\\d{4})?|[A-Z]{1,2}\\d[A-Z0-9]?\\s\\d[A-Z]{2}|[A-Z]\\d[A-Z]\\s?\\d[A-Z]\\d))?";
const NUMBERED = [
  "(?<![\\w.-])\\d{1,6}[A-Za-z]?(?:-\\d{1,4})?\\s(?:[NSEW]{1,2}\\.?\\s)?",
  `(?:[A-Z0-9][\\w.'-]{0,19}\\s){1,4}?${STREET}\\b\\.?${UNIT}${CITY}${STATE}${ZIP}`,
].join("");
const BOX = `(?<!\\w)P\\.?\\s?O\\.?\\s?Box\\s\\d{1,8}${CITY}${STATE}${ZIP}`;
const TOWN =
  "(?<![\\w.])[A-Z][A-Za-z.'-]{1,19}(?:\\s[A-Z][A-Za-z.'-]{1,19}){0,2},?\\s[A-Z]{2},?\\s\\d{5}(?:-\\d{4})?(?![\\w])";
const PATTERN = new RegExp(`${NUMBERED}|${BOX}|${TOWN}`, "gu");
const SIGN = /\d[\w.-]* [A-Z0-9]|Box \d|[A-Z]{2},? \d{5}/u;

export function englishAddresses(text: string): Stretch[] {
  if (!SIGN.test(text)) return [];
  return [...text.matchAll(PATTERN)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}
