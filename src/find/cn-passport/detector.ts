// 护照. Law: outside the machine-readable zone there is no check digit, so only the mainland's E and eight more stand
// alone; every other series needs a label. The zone itself (ICAO 9303, of identity cards and visas, too) stands by its
// check digits, weights 7 3 1, and is found whole, with the line of the name.

import type { Context, Detector, Span } from "../detector.ts";
import { CODE, DIGITS, LETTERED } from "../scan/bits.ts";
import { anyOf, isOthers, keyNames, labelledBy, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, type Match, whole } from "../shared/pattern.ts";
import { zonesIn } from "./zone.ts";

const BODY = [
  // Mainland: ordinary, diplomatic, service and official (公务普通), the books before 1997
  String.raw`E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E\d{7}|[DSP]\.?\d{7,8}|1[45]\d{7}`,
  // Hong Kong; Macao
  String.raw`KJ?\d{7,8}|H[A-HJ-NP-Z]?\d{7,8}|M[A-F]?\d{7,8}`,
  // Other countries: nine digits, a letter or two and six to eight, Germany's and Canada's mixtures
  String.raw`\d{9}|[A-Z]{1,2}\d{6,8}|[CFGHJK][CFGHJKLMNPRTVWXYZ\d]{7}\d|[A-Z]\d{6}[A-Z]{2}`,
].join("|");
const SHAPE = bordered(`(?:${BODY})(?!\\w)`, "i");
const WHOLE = whole(BODY, "i");
/** A number that a zone's check digits vouch for may have any letters. */
const OF_ZONE = /^(?=(?:[A-Z]*\d){4})[A-Z0-9]{6,22}$/i;
const ALONE = /^E[A-HJ-NP-Z\d]\d{7}$/;
const JOINED_BEFORE = /[-/:=#&]$/;
const WORDS: Words = {
  text: anyOf(
    String.raw`护照(?:号码|编号|号)?|護照(?:號碼|號)?|passport(?: ?(?:number|no\.?|#|id))?`,
    "travel document|パスポート|여권",
  ),
  key: keyNames(
    ["hz", "hzh", "hzhm"],
    ["passport(?:no|num|number|id|code|nr)?", "huzhao(?:hao|haoma)?", "traveldoc(?:ument)?(?:no|number)?"],
  ),
};

/** Of a paper that is not said to be a passport: the mainland's series alone. */
const OF_PAPER = String.raw`[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]E\d{7}`;
const PAPER_SHAPE = whole(OF_PAPER);
const PAPER: Words = {
  text: anyOf("证件(?:号码?|编号)?", "(?:identity|id|travel) document(?: (?:no|number))?"),
  key: keyNames(["zjh", "zjhm"], ["certno", "idno", "documentno", "zhengjianhao"]),
};

export const cnPassport: Detector = {
  type: "cn-passport",
  triggers: LETTERED | CODE | DIGITS,
  clauses: [
    { shape: beginning(String.raw`E[A-HJ-NP-Z\d]\d{7}`) },
    { shape: beginning(`(?:${BODY})(?!\\w)`, "i"), ...labelledBy(WORDS) },
    { shape: beginning(OF_PAPER), ...labelledBy(PAPER) },
    // the zone's second line: its number is filled up with `<`, or followed by digits and the country
    { shape: beginning("[A-Z0-9]{1,44}<") },
    { shape: beginning("[A-Z0-9]{44}") },
  ],
  keys: WORDS.key,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find(text, context) {
    const spans: Span[] = zonesIn(text);
    for (const match of SHAPE(text)) {
      const span = judge(text, match, context);
      if (span !== null) spans.push(span);
    }
    return spans.sort((one, other) => one.start - other.start);
  },
  canonical(text) {
    const number = text.trim();
    return WHOLE.test(number) || OF_ZONE.test(number) ? compact(number) : null;
  },
};

function judge(text: string, { start, end, text: value }: Match, context: Context): Span | null {
  const canonical = compact(value);
  const label = labelOf(text, start, end, context, WORDS);
  if (label !== null) return { start, end, canonical, ...label };
  const paper = PAPER_SHAPE.test(value) ? labelOf(text, start, end, context, PAPER) : null;
  if (paper !== null) return { start, end, canonical, ...paper };
  if (!ALONE.test(value) || JOINED_BEFORE.test(text.slice(Math.max(0, start - 1), start))) return null;
  if (isOthers(text, start, context)) return null;
  return { start, end, certainty: "format+context", canonical };
}

function compact(text: string): string {
  return text.replace(".", "").toUpperCase();
}
