// 快递运单号. Law: an international item of the UPU has the check digit of standard S10 and a country; what a carrier's
// letters or 7x begin needs a carrier or a parcel nearby, bare digits a label. A parcel's number leads to who gets
// it.

import type { Context, Detector, Span } from "../detector.ts";
import { CODE, DIGITS, LETTERED } from "../scan/bits.ts";
import { digitAt, digitsFrom } from "../shared/bytes.ts";
import { unspaced } from "../shared/compact.ts";
import { ALPHA_2 } from "../shared/countries.ts";
import { anyOf, keyNames, labelledBy, labelOf } from "../shared/label.ts";
import { standsNear, type Words } from "../shared/near.ts";
import { beginning, bordered, judging, type Match, whole } from "../shared/pattern.ts";

const S10 = String.raw`[A-Z]{2}\d{9}[A-Z]{2}`;
/** SF Express, YTO, JD, ZTO, STO, Yunda; J&T, Deppon, China Post, UPS. */
const CARRIER = [
  String.raw`SF\d{12,13}|YT\d{13}|JD[0-9A-Z]{11,15}|ZTO\d{10,12}|STO\d{10,13}|YD\d{13}`,
  String.raw`JT\d{13}|DPK\d{9,12}|EMS\d{10,13}|1Z[0-9A-Z]{16}`,
].join("|");
/** How they begin. */
const CARRIERS: ReadonlySet<string> = new Set("SF YT JD ZT ST YD JT DP EM 1Z".split(" "));
/** Under a label: every other carrier. */
const ANY = String.raw`[A-Z]{0,4}\d{9,18}|\d{4}(?:[ -]\d{4}){2,3}`;
const BODY = `${S10}|${CARRIER}|${ANY}`;
const SHAPE = bordered(`(?:${BODY})(?!\\w)`, "i");
const WHOLE = whole(BODY, "i");
const S10_SHAPE = whole(S10);
const CARRIER_SHAPE = whole(CARRIER);
const ZTO_STO = /^7[35-8]\d{11,13}$/;
const S10_UNITS = 13;
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];
const PARCEL_UNITS = 32;
const PARCEL = anyOf(
  "快[递遞件]|运单|運單|物流|包裹|寄[件出给]|发货|到货|签收|派[送件]|揽收|取件|顺丰|圆通",
  String.raw`中通|申通|韵达|百世|极兔|德邦|京东|邮政|邮件号|挂号信|\bEMS\b|courier|parcel|shipment`,
  String.raw`tracking|waybill|express|delivery|\bUPS\b|\bDHL\b|fedex`,
);
const WORDS: Words = {
  text: anyOf(
    "(?:快[递遞]|运|運|物流|面|顺丰|圆通|中通|申通|韵达|百世|极兔|德邦|邮政|EMS|包裹|邮件|京东|退货|退回|寄件)(?:物流|快递|速递|快运)?(?:运|面)?(?:单编?号|單號|号码|编号|单|号)",
    "(?:顺丰|圆通|中通|申通|韵达|百世|极兔|德邦)(?:快递|速运|速递|快运|物流)",
    String.raw`(?<![订定账流票])单号|tracking (?:number|no\.?|id|#|code)`,
    String.raw`waybill(?: (?:number|no\.?))?|\bAWB\b`,
    String.raw`(?:courier|parcel|shipment|consignment) (?:number|no\.?|id)`,
  ),
  key: keyNames(
    ["ydh", "ydhm", "kddh", "kdh", "wldh", "mailno", "awb", "awbno"],
    [
      "tracking(?:no|num|number|id|code)?",
      "waybill(?:no|num|number|id|code)?",
      "(?:express|courier|logistics|shipment|shipping|delivery|parcel|consignment)(?:no|num|number|code|sn)",
      "kuaididanhao",
      "yundanhao",
      "wuliudanhao",
    ],
  ),
};

export const courierNo: Detector = {
  type: "courier-no",
  triggers: DIGITS | LETTERED | CODE,
  clauses: [
    { shape: beginning(`${S10}|${CARRIER}`, "i"), may: isCarriers, said: [PARCEL] },
    { shape: beginning(`(?:${S10})(?!\\w)`, "i"), may: isItem },
    { shape: beginning(`(?:${BODY})(?!\\w)`, "i"), may: isNoMobile, ...labelledBy(WORDS) },
    { shape: beginning(`7\\d{12,14}(?!\\w)`), said: [PARCEL] },
  ],
  keys: WORDS.key,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find: judging(SHAPE, judge),
  canonical(text) {
    return WHOLE.test(text.trim()) ? compact(text.trim()) : null;
  },
};

function judge(text: string, { start, end, text: value }: Match, context: Context): Span | null {
  const canonical = compact(value);
  if (canonical.length === S10_UNITS && isS10(canonical)) return { start, end, certainty: "checksum", canonical };
  const label = labelOf(text, start, end, context, WORDS);
  if (label !== null && !isMobile(canonical)) return { start, end, canonical, ...label };
  return isOfCarrier(canonical) && standsNear(text, start, end, PARCEL_UNITS, PARCEL)
    ? { start, end, certainty: "format+context", canonical }
    : null;
}

/** Letters of a carrier, or the thirteen to fifteen digits of ZTO and STO. */
function isOfCarrier(code: string): boolean {
  return code.startsWith("7") ? ZTO_STO.test(code) : CARRIERS.has(code.slice(0, 2)) && CARRIER_SHAPE.test(code);
}

function compact(text: string): string {
  return unspaced(text).toUpperCase();
}

/** A mobile number under 快递 is the addressee's. */
function isMobile(code: string): boolean {
  return /^1[3-9]\d{9}$/.test(code);
}

/** UPU S10: 11 less the weighted sum modulo 11; 10 is written 0, 11 is written 5. */
function isS10(code: string): boolean {
  if (!S10_SHAPE.test(code) || !ALPHA_2.has(code.slice(11))) return false;
  let sum = 0;
  for (let i = 0; i < WEIGHTS.length; i++) sum += Number(code[i + 2]) * WEIGHTS[i]!;
  const check = 11 - (sum % 11);
  return Number(code[10]) === (check === 10 ? 0 : check === 11 ? 5 : check);
}

/** The first letters of a carrier, or of an item of the UPU. */
function isCarriers(bytes: Uint8Array, start: number, end: number): boolean {
  return CARRIERS.has(String.fromCharCode(bytes[start]!, bytes[start + 1]!).toUpperCase()) || isItem(bytes, start, end);
}

/** Two letters, nine digits, two letters. */
function isItem(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === S10_UNITS && digitsFrom(bytes, start + 2, 10) === 9;
}

function isNoMobile(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start !== 11 || digitAt(bytes, start) !== 1 || digitAt(bytes, start + 1) < 3;
}
