// 银行账号 that are no cards: company accounts, passbooks, settlement accounts. Law: a label must name it; 账号 alone is as
// often a login, so a bank must be near it too.

import type { Context, Detector, Span } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { unspaced } from "../shared/compact.ts";
import { anyOf, keyNames, labelledBy, labelOf } from "../shared/label.ts";
import { standsNear, type Words } from "../shared/near.ts";
import { beginning, bordered, judging, type Match, whole } from "../shared/pattern.ts";

const BODY = String.raw`\d{9,30}|\d{2,6}(?:[ -]\d{2,6}){2,6}`;
const SHAPE = bordered(`(?:${BODY})(?!\\w)`);
const WHOLE = whole(BODY);
const DIGITS_MIN = 8;
const BANK_UNITS = 40;
const PURPOSES = "settlement|payee|payer|deposit|salary|corporate|debit|credit|beneficiary|receiver|checking|savings";
const STRONG: Words = {
  text: anyOf(
    "(?:银行|对公|对私|基本户|一般户|结算|开户|收款|付款|打款|汇款|转账|存折|储蓄|工资|入账|退款)(?:账户|帐户|账号|帐号|户头|号码|号)(?:号码|号)?",
    String.raw`(?:银行|存折)(?:账|帐)(?:户|号)|bank (?:account|acct|a/c)(?: (?:number|no\.?))?`,
    String.raw`account (?:number|no\.?)|\ba/c (?:number|no\.?)|\bacct\.? ?(?:number|no\.?|#)`,
    "checking account|savings account",
  ),
  key: keyNames(
    ["yhzh", "yhzhh", "khzh", "skzh", "fkzh", "dgzh", "jszh", "czh", "czzh", "gzzh", "acctno", "accno", "accountno"],
    [
      "bank(?:account|acct|acc)(?:no|num|number|id)?",
      `(?:${PURPOSES})(?:account|acct)(?:no|num|number)?`,
      "(?:account|acct)(?:no|num|number)",
      "yinhangzhanghao",
      "duigongzhanghao",
    ],
  ),
};
const WEAK: Words = {
  text: /(?:账|帐|賬|帳)(?:号|號|户|戶)|account|\bacct\b|\ba\/c\b/i,
  key: keyNames(["zh", "zhanghao", "account"], []),
};
const BANK = anyOf(
  "银行|開戶|开户|支行|分行|信用社|农信|储蓄所|邮储|汇款|转账|打款|收款|付款|户名",
  String.raw`\bbank\b|sort code|routing|swift|\bBIC\b|wire|\bABA\b`,
);

export const bankAcct: Detector = {
  type: "bank-acct",
  triggers: DIGITS,
  clauses: [{ shape: beginning(`(?:${BODY})(?!\\w)`), ...labelledBy(STRONG, WEAK) }],
  keys: STRONG.key,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  find: judging(SHAPE, judge),
  canonical(text) {
    return WHOLE.test(text.trim()) ? compact(text.trim()) : null;
  },
};

function judge(text: string, { start, end, text: value }: Match, context: Context): Span | null {
  const canonical = compact(value);
  if (canonical.length < DIGITS_MIN) return null;
  const label = labelOf(text, start, end, context, STRONG) ?? besideBank(text, start, end, context);
  return label === null ? null : { start, end, canonical, ...label };
}

function besideBank(text: string, start: number, end: number, context: Context) {
  const label = labelOf(text, start, end, context, WEAK);
  return label !== null && standsNear(text, start, end, BANK_UNITS, BANK) ? label : null;
}

function compact(text: string): string {
  return unspaced(text);
}
