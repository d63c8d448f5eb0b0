// 住房公积金账号. Law: nine to twenty digits, perhaps letters first, that a label names. A fund account is sensitive under
// every profile (GB/T 45574-2025 Annex A).

import type { Detector } from "../detector.ts";
import { CODE, DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const housingFund: Detector = labelledDetector({
  type: "housing-fund",
  triggers: DIGITS | CODE,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  body: String.raw`(?:[A-Z]{1,4}-?)?\d{9,20}|\d{8}`,
  words: {
    text: anyOf(
      "(?:住房)?公积金(?:个人|联名|职工|中心)?(?:卡|账|帐)?(?:编号|号码|账号|帐号|账户|帐户|户|号)?",
      String.raw`housing (?:provident )?fund(?: (?:account|number|no\.?))*`,
      String.raw`provident fund(?: (?:account|number|no\.?))*`,
    ),
    key: keyNames(
      ["gjj", "gjjh", "gjjzh", "gjjzhh", "gjjkh", "gjjbh", "zfgjj", "zfgjjzh", "grgjjzh", "hpf", "hpfno"],
      [
        "(?:housing|provident|housingprovident|accumulation)fund(?:account|acct|card|id)?(?:no|num|number|id)?",
        "gongjijin(?:hao|zhanghao)?",
        "hpfaccount",
      ],
    ),
  },
});
