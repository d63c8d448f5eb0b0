// 收入明细 (GB/T 45574-2025 Annex A: financial account, income detail). Law: a label or a member's name of what a person
// earns, and an amount; what a company earns is named otherwise.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";

const CURRENCY = "[¥￥$€£]|RMB|CNY|USD|HKD|人民币|约|大约|about |around |up to ";
const UNIT = "[万千kKwW](?![A-Za-z])|元|块|RMB|CNY|USD|dollars|a (?:month|year)|per (?:month|year)";
const COUNT = String.raw`\d[\d.]{0,8}\s?`;
/** Four digits, a currency or a unit: 1 is no income. */
const SUM = new RegExp(
  String.raw`^[^\d，。]{0,6}(?:(?:${CURRENCY})?\s?\d[\d,.]{3,14}|[¥￥$€£]\s?\d|${COUNT}(?:[-~至到]\s?${COUNT})?(?:${UNIT}))`,
  "i",
);

export const income: Detector = topicDetector({
  type: "income",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:monthly|annual|yearly|base|current|expected|gross|net|personal|household|family)?(?:salary|wages?)",
    "(?:monthly|annual|yearly|personal|household|family|individual)income",
    "takehomepay|netpay|grosspay|paycheck|bonusamount",
    "gongzi|xinzi|xinchou|yuexin|nianxin|nianshouru|yueshouru|yuegongzi|yx|nx|gz|ysr|nsr|工资|月薪|年薪|(?:年|月)收入",
  ),
  maybeKeys: memberNames("income|earnings|compensation|pay|shouru"),
  labels: [
    "(?:税[前后])?(?:月|年)?(?:薪资|薪酬|薪水|工资|收入)(?:水平)?|[月年底]薪|公积金基数|社保基数|年终奖(?:金)?",
    String.raw`(?:monthly|annual|base|yearly|current|my|his|her|their) (?:salary|income|wages?)|\bsalary\b|\bearns?\b`,
  ].join("|"),
  words: SUM,
  says: (value) => SUM.test(value),
});
