// 军官证, 士兵证, 文职干部证 and the like. Law: a word of the series, 字第 and a number; the classical series stand alone where
// no other word runs into them, every other needs a label (court cases and licences are numbered 字第 too).

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { compacted, labelledDetector } from "../shared/labelled.ts";

const SERIES = /^[军軍士兵文武政参參后後装裝海空南北沈济濟广廣兰蘭成京]/;
const OWN = /^[军軍士兵文武]/;
/** What may stand before: nothing, punctuation, or the end of a label. */
const AFTER_WORD = /(?:^|[^\p{Script=Han}\w]|[证證号號码碼为為是持有和与及])$/u;

export const militaryId: Detector = labelledDetector({
  type: "military-id",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  body: String.raw`[\u4e00-\u9fff]字第?\s?(?:[A-Z]{0,2}\d{6,8})\s?[号號]?`,
  words: {
    text: anyOf(
      "(?:军官|士兵|士官|文职|军人|警官|义务兵|学员|退役军人|退伍|离休|现役|武警)(?:干部)?(?:保障)?(?:身份)?(?:证|卡)?(?:件)?(?:号码|号|编号)?",
      "部队证|军官證|軍官證|士兵證|military (?:id|card|officer)",
      "officer'?s? (?:id|certificate)",
    ),
    key: keyNames(
      ["jgz", "jgzh", "sbz", "sbzh", "jrz", "jrzh"],
      [
        "junguanzheng(?:hao)?",
        "shibingzheng(?:hao)?",
        "military(?:id|card|officerid)(?:no|num|number|code)?",
        "militaryno",
        "(?:officer|soldier)(?:id|cert|card)(?:no|num|number|code)?",
      ],
    ),
  },
  aloneSaid: /字第/,
  alone: (value, text, start) =>
    OWN.test(value) && value.includes("第") && AFTER_WORD.test(text.slice(Math.max(0, start - 1), start)),
  refuses: (value) => !SERIES.test(value),
  compact: (value) => compacted(value).replace("軍", "军").replace("號", "号").replace(/号?$/, "号"),
});
