// Made-up values of every kind, by a corpus's labels. Law of this file: each is well formed and its check digit holds;
// none is copied from anywhere.

import {
  hkidCheck,
  ibanCheck,
  luhnCheck,
  organisationCheck,
  postalCheck,
  residentCheck,
  twidCheck,
  usccCheck,
  vinCheck,
} from "./checks.mjs";
import * as words from "./words.mjs";

const PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split(
  " ",
);
const MOBILE =
  "130 131 132 133 134 135 136 137 138 139 145 147 149 150 151 152 153 155 156 157 158 159 162 165 166 167 170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 195 196 197 198 199".split(
    " ",
  );
const VIN = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
const PLATE = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX = "0123456789abcdef";

const two = (number) => String(number).padStart(2, "0");

/** @returns {{ year: number, month: number, day: number }} */
function birth(r) {
  return { year: 1945 + r.below(70), month: 1 + r.below(12), day: 1 + r.below(28) };
}

function compactDate(r) {
  const { year, month, day } = birth(r);
  return `${year}${two(month)}${two(day)}`;
}

const checked = (body, check) => body + check(body);
const division = (r) => r.pick(PROVINCES) + two(1 + r.below(20)) + two(1 + r.below(30));
const mobile = (r) => r.pick(MOBILE) + r.digits(8);

/** Unions, Visa, MasterCard, Amex, JCB: prefix and length. */
const CARDS = [
  ["622202", 19],
  ["621700", 19],
  ["622848", 19],
  ["622588", 16],
  ["625912", 16],
  ["4392", 16],
  ["5221", 16],
  ["3749", 15],
  ["3569", 16],
];

function card(r) {
  const [prefix, length] = r.pick(CARDS);
  return checked(prefix + r.digits(length - prefix.length - 1), luhnCheck);
}

function vin(r) {
  const body = `L${r.of(VIN, 7)}0${r.of(VIN, 4)}${r.digits(4)}`;
  return body.slice(0, 8) + vinCheck(body) + body.slice(9);
}

function publicIp(r) {
  const first = r.pick([36, 58, 61, 101, 113, 117, 121, 139, 180, 202, 218, 222]);
  return [first, r.below(256), r.below(256), 1 + r.below(254)].join(".");
}

function address(r) {
  const [province, city, district] = r.pick(words.PLACES);
  const road = `${r.pick(words.ROADS)}${1 + r.below(999)}号`;
  const home = r.pick([
    `${r.pick(words.ESTATES)}${1 + r.below(30)}栋${1 + r.below(6)}单元${1 + r.below(30)}0${1 + r.below(4)}室`,
    `${1 + r.below(20)}号楼${101 + r.below(2000)}`,
    `${r.pick(words.ESTATES)}${1 + r.below(30)}幢${101 + r.below(2800)}室`,
  ]);
  return `${province}${city}${district}${road}${home}`;
}

function plate(r) {
  const start = r.pick([..."京沪粤浙苏川鄂湘鲁豫冀闽皖渝津陕"]) + r.of("ABCDEFGH", 1);
  return r.pick([
    () => start + r.digits(5),
    () => `${start}${r.of(PLATE, 1)}${r.digits(4)}`,
    () => `${start}${r.digits(4)}${r.of(PLATE, 1)}`,
    () => `${start}D${r.digits(5)}`,
    () => `${start}·${r.of(PLATE, 1)}${r.digits(4)}`,
  ])();
}

/** An organisation's: registered as a company, its organisation code valid too. */
function uscc(r) {
  const body = r.of("0123456789ABCDEFGHJKLMNPQRTUWXY", 8);
  const organisation = body + organisationCheck(body);
  return checked(`91${division(r)}${organisation.replace("X", "0")}`, usccCheck);
}

const SECRETS = [
  (r) => `sk-proj-${r.of(BASE62, 48)}`,
  (r) => `sk-ant-api03-${r.of(BASE62, 48)}`,
  (r) => `ghp_${r.of(BASE62, 36)}`,
  (r) => `AKIA${r.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`,
  (r) => `LTAI5t${r.of(BASE62, 18)}`,
  (r) => `AKID${r.of(BASE62, 32)}`,
  (r) => `glpat-${r.of(BASE62, 20)}`,
  (r) => `AIza${r.of(BASE62, 35)}`,
];

/** @type {Record<string, (r: ReturnType<typeof import("./random.mjs").random>) => string>} */
export const VALUES = {
  CN_ID: (r) => checked(division(r) + compactDate(r) + r.digits(3), residentCheck),
  CN_ID15: (r) => division(r) + compactDate(r).slice(2) + r.digits(3),
  CN_FPR: (r) =>
    checked(
      `9${r.pick(PROVINCES)}${r.pick(["840", "826", "392", "410"])}${compactDate(r)}${r.digits(3)}`,
      residentCheck,
    ),
  CN_PASSPORT: (r) =>
    r.pick([`E${r.digits(8)}`, `E${r.of("ABCDEFGHJKLMNPQRSTUVWXYZ", 1)}${r.digits(7)}`, `G${r.digits(8)}`]),
  HM_PERMIT: (r) => r.pick(["H", "M"]) + r.digits(8),
  TW_PERMIT: (r) => `0${r.digits(7)}`,
  EXIT_PERMIT: (r) => r.pick([`C${r.digits(8)}`, `CA${r.digits(7)}`, `W${r.digits(8)}`]),
  HKID: (r) => {
    const body = r.of("ABCDEGHKPRSVYZ", 1) + r.digits(6);
    return `${body}(${hkidCheck(body)})`;
  },
  TWID: (r) => checked(r.of("ABCDEFGHJKLMNPQRSTUVXYWZ", 1) + r.pick(["1", "2"]) + r.digits(7), twidCheck),
  MILITARY_ID: (r) => `${r.pick([..."军士"])}字第${r.digits(8)}号`,
  CN_MOBILE: mobile,
  CN_LANDLINE: (r) =>
    r.pick([
      `010-${2 + r.below(7)}${r.digits(7)}`,
      `021-${2 + r.below(7)}${r.digits(7)}`,
      `0755-${2 + r.below(7)}${r.digits(7)}`,
      `0571-8${r.digits(7)}`,
    ]),
  PHONE: (r) =>
    r.pick([
      `+1 ${2 + r.below(8)}${r.pick(["02", "15", "46"])}-${2 + r.below(8)}${r.digits(2)}-${r.digits(4)}`,
      `+44 7${r.digits(3)} ${r.digits(6)}`,
      `+852 ${r.pick(["5", "6", "9"])}${r.digits(3)} ${r.digits(4)}`,
    ]),
  BANK_CARD: card,
  IBAN: (r) => {
    const account = r.digits(18);
    return `DE${ibanCheck("DE", account)}${account}`;
  },
  US_SSN: (r) => `${100 + r.below(560)}-${two(1 + r.below(98))}-${1000 + r.below(8999)}`,
  USCC: uscc,
  PLATE: plate,
  VIN: vin,
  IMEI: (r) => checked(r.pick(["35", "86", "01"]) + r.digits(12), luhnCheck),
  IMSI: (r) => `460${r.pick(["00", "01", "03", "11"])}${r.digits(10)}`,
  MAC: (r) => Array.from({ length: 6 }, () => r.of(HEX, 2)).join(r.pick([":", "-"])),
  EMAIL: (r) =>
    `${r.pick(words.PINYIN)}${r.pick(["", ".", "_"])}${r.pick(words.PINYIN)}${r.digits(1 + r.below(3))}@${r.pick(words.DOMAINS)}`,
  IPV4: publicIp,
  IPV6: (r) =>
    `240${r.pick(["8", "9", "e"])}:${Array.from({ length: 7 }, () => `${r.of("123456789abcdef", 1)}${r.of(HEX, 3)}`).join(":")}`,
  WECHAT_ID: (r) =>
    r.pick([
      `wxid_${r.of("abcdefghijklmnopqrstuvwxyz0123456789", 14)}`,
      `${r.pick(words.PINYIN)}_${r.pick(words.PINYIN)}${r.digits(3)}`,
    ]),
  QQ: (r) => `${1 + r.below(9)}${r.digits(7 + r.below(3))}`,
  OPENID: (r) => `o${r.of(`${BASE62}_-`, 27)}`,
  MEDICAL_RECORD: (r) => r.pick([r.digits(8), `ZY${r.digits(8)}`, r.digits(10)]),
  SOCIAL_SECURITY: (r) => r.digits(10),
  HOUSING_FUND: (r) => r.digits(12),
  COURIER_NO: (r) =>
    r.pick([
      `SF${r.digits(13)}`,
      `YT${r.digits(13)}`,
      `JDX0${r.digits(11)}`,
      (() => {
        const body = r.digits(8);
        return `E${r.pick(["A", "E", "B"])}${body}${postalCheck(body)}CN`;
      })(),
    ]),
  GEO: (r) => {
    const longitude = `1${two(r.below(20))}.${r.digits(5)}${1 + r.below(9)}`;
    const latitude = `${22 + r.below(20)}.${r.digits(5)}${1 + r.below(9)}`;
    return r.pick([`${longitude},${latitude}`, `${latitude}, ${longitude}`]);
  },
  DOB: (r) => {
    const { year, month, day } = birth(r);
    return r.pick([
      `${year}-${two(month)}-${two(day)}`,
      `${year}年${month}月${day}日`,
      `${year}/${two(month)}/${two(day)}`,
    ]);
  },
  POSTCODE: (r) => `${r.pick(["10", "20", "31", "51", "61", "71"])}${r.digits(3)}0`,
  SECRET: (r) => r.pick(SECRETS)(r),
  PERSON: (r) => r.pick(words.SURNAMES) + r.pick(words.GIVEN) + (r.chance(0.75) ? r.pick(words.GIVEN) : ""),
  PERSON_EN: (r) => `${r.pick(words.FIRST_NAMES)} ${r.pick(words.LAST_NAMES)}`,
  ADDRESS: address,
  ADDRESS_EN: (r) => `${1 + r.below(9999)} ${r.pick(words.STREETS)}, ${r.pick(words.TOWNS)}`,
};

/** Labels of VALUES that are another label in a second language. */
export const SAME = { PERSON_EN: "PERSON", ADDRESS_EN: "ADDRESS" };
