// 往来港澳通行证 and 往来台湾通行证. Law: the letter of the series and eight more; a label must name it.

import type { Detector } from "../detector.ts";
import { LETTERED } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const exitPermit: Detector = labelledDetector({
  type: "exit-permit",
  triggers: LETTERED,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  /** Hong Kong and Macao: W (book), C, CA…; Taiwan: T (book), L. */
  body: String.raw`[CWLT]\d{8}|C[A-HJ-NP-Z]\d{7}|L[A-HJ-NP-Z]\d{7}`,
  flags: "i",
  words: {
    text: anyOf(
      "(?:往来|往來|来往|赴)(?:港澳|香港|澳门|澳門|[台臺][湾灣])(?:地区)?(?:通行[证證])?(?:号码|號碼|号|號)?",
      "(?:港澳|[台臺][湾灣]?|入台|大通|卡式|电子)?通行[证證](?:号码|號碼|号|號)?|通行证件",
      String.raw`exit[ -]?(?:entry|permit)|\bEEP\b|travel permit to (?:hong kong|taiwan|macao|hk)`,
      "two[ -]way permit",
    ),
    key: keyNames(
      ["txz", "txzh", "txzhm", "gatxz", "gatxzh", "twtxz", "twtxzh", "eep", "eepno"],
      [
        "tongxingzheng(?:hao)?",
        "exit(?:entry)?permit(?:no|num|number|code)?",
        "(?:hk|hkmo|hkmacau|hkmacao|gangao|travel)permit(?:no|num|number|code)?",
        "permit(?:no|number)",
      ],
    ),
  },
});
