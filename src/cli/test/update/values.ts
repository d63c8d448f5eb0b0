// Made-up values, one kind a line. Law: well formed, with a check digit that holds where the kind has one, and meant
// for nobody: published samples, ranges kept for fiction, or digits that chance chose. Equal seeds give equal values.

import { kindName } from "../../../act/kinds.ts";
import { DETECTORS } from "../../../find/all.ts";
import { canonicalise } from "../../../find/canonicalise.ts";
import type { PiType } from "../../../words.ts";

/** # a digit, ^ a capital, % a hexadecimal digit, ~ whatever makes the check hold; Y the year of birth. */
const SHAPES: Readonly<Record<PiType, string>> = {
  "cn-id": "110101Y0307###~",
  "cn-id15": "110105490307###",
  "cn-fpr": "911840Y0307##~~",
  "cn-passport": "E########",
  "hm-permit": "H########",
  "tw-permit": "0#######",
  "exit-permit": "C########",
  hkid: "A######(~)",
  moid: "1######(#)",
  twid: "A1#######~",
  "military-id": "军字第########号",
  "driver-license": "330106######",
  "cn-mobile": "1390000####",
  "cn-landline": "010-6200####",
  phone: "+44 7700 900###",
  "bank-card": "622202000000000###~",
  "bank-acct": "34015600####",
  "us-ssn": "219-09-####",
  "us-dl": "D123####",
  iban: "DE~~370400440532013###",
  uscc: "91310000MA1#####~~",
  "tax-id": "110105Y0307###~01",
  plate: "沪A#####",
  vin: "LSVAA49J~12######",
  imei: "35693803######~",
  imsi: "46000##########",
  iccid: "8986002209150#######",
  meid: "A10000########",
  idfa: "%%%%%%%%-%%%%-4%%%-8%%%-%%%%%%%%%%%%",
  oaid: "%%%%%%%%-%%%%-4%%%-8%%%-%%%%%%%%%%%%",
  "android-id": "9f3c%%%%%%%%%%%%",
  mac: "00:16:3e:%%:%%:%%",
  email: "lin.wei####@customer.example",
  ipv4: "36.112.7#.1##",
  ipv6: "2408:8000:1%%%:2%%%:3%%%:4%%%:5%%%:6%%%",
  "wechat-id": "wxid_%%%%%%%%%%%%%%",
  openid: "oUpF8uMuAJO_M2pxb1Q9zNjW####",
  qq: "1234####9",
  alipay: "2088102146######",
  "medical-record": "ZY2024####",
  "social-security": "10########",
  "housing-fund": "3301########",
  "courier-no": "SF#############",
  geo: "121.473###,31.230###",
  track: "121.473###,31.230###",
  dob: "Y-03-07",
  age: "A岁",
  postcode: "200120",
  person: "张伟",
  address: "上海市浦东新区世纪大道1##号2栋3单元4##室",
  health: "2型糖尿病",
  biometric: "7c1d2e3f4a5b6071%%%%%%%%%%%%%%%%",
  religion: "佛教",
  criminal: "2015年因盗窃罪被判处有期徒刑一年",
  "sex-life": "同性恋",
  credit: "71#",
  disability: "肢体残疾二级",
  income: "25###",
  behaviour: "view_item",
  secret: "AKIA^^^^^^^^^^^^^^^^",
};

const CHECKS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CHECK_TRIES = 4096;

/** A source of digits: 0 to n-1. */
export type Below = (n: number) => number;

/** @param seed any text: mulberry32 over its FNV-1a hash. */
export function chanceOf(seed: string): Below {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

export function canMake(type: PiType): boolean {
  return Object.hasOwn(SHAPES, type);
}

/** @param year of the crossing. @param child somebody under fourteen then. @throws RangeError: a kind without shape. */
export function madeUp(type: PiType, below: Below, year: number, child: boolean): string {
  const shape = SHAPES[type];
  if (shape === undefined) throw new RangeError(`no made-up ${type}`);
  const born = String(child ? year - 9 : year - 36);
  const aged = type === "age" ? shape.replace("A", child ? "9" : "36") : shape;
  const drawn = aged.replace(/[#^%Y]/g, (sign) => {
    if (sign === "#") return String(below(10));
    if (sign === "%") return below(16).toString(16);
    return sign === "^" ? String.fromCharCode(65 + below(26)) : born;
  });
  return checked(type, drawn);
}

/** Tries what may stand for each ~ until the kind's own check holds. */
function checked(type: PiType, drawn: string): string {
  const open = drawn.split("~").length - 1;
  if (open === 0) return drawn;
  for (let tried = 0; tried < Math.min(CHECKS.length ** open, CHECK_TRIES); tried++) {
    let rest = tried;
    const whole = drawn.replace(/~/g, () => {
      const sign = CHECKS[rest % CHECKS.length]!;
      rest = Math.floor(rest / CHECKS.length);
      return sign;
    });
    if (holds(type, whole)) return whole;
  }
  return drawn.replace(/~/g, "0");
}

const BY_TYPE = new Map(DETECTORS.map((detector) => [detector.type, detector]));

/** The kind's detector takes it, said to be what it is. */
function holds(type: PiType, value: string): boolean {
  const said = `${kindName(type, "zh")}：${value}`;
  return canonicalise(type, value) !== null && (BY_TYPE.get(type)?.find(said, { key: type }).length ?? 0) > 0;
}
