// 支付宝: user numbers, 2088 and twelve digits, and OpenIDs under a label. Law: a number that something else names (an
// order) is not one; a mobile number or mailbox used to log in is found as what it is. A payment account is sensitive.

import type { Detector } from "../detector.ts";
import { CARD_DIGITS, CODE } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

const USER = String.raw`2088\d{12}`;

export const alipay: Detector = labelledDetector({
  type: "alipay",
  triggers: CARD_DIGITS | CODE,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  body: `${USER}|[A-Za-z0-9][A-Za-z0-9_-]{27,63}`,
  words: {
    text: anyOf(
      "支付宝(?:用户)?(?:账号|帐号|账户|帐户|号|ID|UID|PID)?",
      "(?<![A-Za-z])ali_?pay(?:[ _]?(?:user|account|id|uid|open_?id)){0,2}(?![A-Za-z_.-])",
    ),
    key: keyNames(
      ["zfb", "zfbzh", "zhifubao", "alipay", "alipayid", "buyerid", "buyeruserid"],
      ["alipayuserid", "alipayaccount", "alipayno", "alipayuid", "alipayopenid", "zhifubaozhanghao", "alipayid"],
    ),
  },
  aloneBody: String.raw`2088\d{12}`,
  alone: (value) => /^2088\d{12}$/.test(value),
  // OpenIDs mix letters of both cases with digits; RSA keys and URLs beside 支付宝 are none.
  refuses: (value, text, start, end) =>
    !value.startsWith("2088") && (!isMixed(value) || /^[/+=.:@]/.test(text.slice(end, end + 1)) || isPath(text, start)),
  compact: (value) => value,
});

function isMixed(value: string): boolean {
  return /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
}

function isPath(text: string, start: number): boolean {
  return /[/+=.@]/.test(text.slice(Math.max(0, start - 1), start));
}
