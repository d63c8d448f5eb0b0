// What looks like a value and is none: ids, times, amounts, hashes, and numbers whose check digit is wrong.
// Law of this file: none of these is personal information in the place where a template puts it.

import { eanCheck, luhnCheck, residentCheck, usccCheck } from "./checks.mjs";
import { VALUES } from "./values.mjs";

const HEX = "0123456789abcdef";
const two = (number) => String(number).padStart(2, "0");
const day = (r) => [2020 + r.below(6), two(1 + r.below(12)), two(1 + r.below(28))];
const time = (r) => [r.below(24), r.below(60), r.below(60)].map(two);

/** Any other last character than the right one. */
function spoilt(text, alphabet, right) {
  const others = [...alphabet].filter((one) => one !== right);
  return text + others[text.charCodeAt(text.length - 1) % others.length];
}

/** @type {Record<string, (r: ReturnType<typeof import("./random.mjs").random>) => string>} */
export const DECOYS = {
  "order-18": (r) => [...day(r), ...time(r)].join("") + r.digits(4),
  "order-20": (r) => [...day(r), ...time(r)].join("") + r.digits(6),
  snowflake: (r) => `1${r.digits(18)}`,
  "seconds-10": (r) => `17${r.digits(8)}`,
  "millis-13": (r) => `17${r.digits(11)}`,
  "micros-16": (r) => `17${r.digits(14)}`,
  ean: (r) => {
    const body = `69${r.digits(10)}`;
    return body + eanCheck(body);
  },
  isbn: (r) => {
    const body = `9787${r.digits(8)}`;
    return body + eanCheck(body);
  },
  amount: (r) => `${1 + r.below(999)},${r.digits(3)}.${r.digits(2)}`,
  price: (r) => `¥${r.below(99999)}.${r.digits(2)}`,
  version: (r) => [r.below(30), r.below(30), r.below(30)].join("."),
  "version-4": (r) => `v${[1 + r.below(9), r.below(20), r.below(5000), r.below(300)].join(".")}`,
  uuid: (r) => [8, 4, 4, 4, 12].map((length) => r.of(HEX, length)).join("-"),
  md5: (r) => r.of(HEX, 32),
  sha1: (r) => r.of(HEX, 40),
  sha256: (r) => r.of(HEX, 64),
  "iso-time": (r) => `${day(r).join("-")}T${time(r).join(":")}Z`,
  "plain-date": (r) => day(r).join("-"),
  hotline: (r) => r.pick([`400-${r.digits(3)}-${r.digits(4)}`, `800-${r.digits(3)}-${r.digits(4)}`, "95588", "12315"]),
  "phone-12": (r) => `1${r.digits(11)}`,
  "phone-prefix": (r) => `${r.pick(["100", "110", "120", "142", "143", "154", "161", "164", "194"])}${r.digits(8)}`,
  "card-check": (r) => {
    const body = `622202${r.digits(12)}`;
    return spoilt(body, "0123456789", luhnCheck(body));
  },
  "id-check": (r) => {
    const body = VALUES.CN_ID(r).slice(0, 17);
    return spoilt(body, "0123456789", residentCheck(body));
  },
  "id-date": (r) => {
    const id = VALUES.CN_ID(r);
    return `${id.slice(0, 10)}1${3 + r.below(7)}${id.slice(12)}`;
  },
  "id-region": (r) => `${r.pick(["10", "19", "29", "60", "99"])}${VALUES.CN_ID(r).slice(2)}`,
  "uscc-check": (r) => {
    const body = VALUES.USCC(r).slice(0, 17);
    return spoilt(body, "0123456789", usccCheck(body));
  },
  "imei-check": (r) => {
    const body = `86${r.digits(12)}`;
    return spoilt(body, "0123456789", luhnCheck(body));
  },
  sku: (r) => `${r.of("ABCDEFGHKLMNPRSTX", 3)}-${r.digits(6)}-${r.of("ABCDE", 1)}${r.digits(2)}`,
  model: (r) => `${r.of("ABCDEFGHKMNPRSTX", 2)}${r.digits(4)}${r.of("ABCDE", 1)}`,
  decimals: (r) => `0.${r.digits(17)}`,
  stock: (r) => `${r.pick(["600", "000", "300", "688"])}${r.digits(3)}`,
  masked: (r) => `${VALUES.CN_MOBILE(r).slice(0, 3)}****${r.digits(4)}`,
  "private-ip": (r) =>
    r.pick([
      `10.${r.below(256)}.${r.below(256)}.${r.below(256)}`,
      `192.168.${r.below(256)}.${r.below(256)}`,
      "127.0.0.1",
    ]),
  package: (r) =>
    `${r.pick(["left-pad", "lodash", "react", "vue"])}@${[r.below(30), r.below(30), r.below(30)].join(".")}`,
  "pi-digits": (r) => "3.14159265358979323846".slice(0, 12 + r.below(10)),
};
