// 一代身份证 (15 digits, until 2013). Law: province and a birth date must hold; there is no check digit, so a label or a
// member's name must say what it is.

import type { Detector } from "../detector.ts";
import { CARD_DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";
import { isBirthDate, isProvince } from "../shared/resident.ts";

export const cnId15: Detector = labelledDetector({
  type: "cn-id15",
  triggers: CARD_DIGITS,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  body: String.raw`\d{6}[ -]?\d{6}[ -]?\d{3}`,
  words: {
    text: anyOf(
      "(?:身份|身分)(?:证|號|号|証|證)(?:件)?(?:号码|號碼|号|號)?|证件(?:号码|号)|证号|一代证",
      String.raw`老证|旧证|\bid[ _-]?(?:card|number|no\b)|national id|identity (?:card|number)`,
    ),
    key: keyNames(
      ["sfz", "sfzh", "sfzhm", "sfzjh", "zjh", "zjhm", "zjhao"],
      [
        "shenfenzheng(?:hao|haoma)?",
        "idcard(?:no|num|number|code)?",
        "id(?:no|num|number)",
        "(?:cert|certificate|credential|identity)(?:no|num|number|code|card|cardno)",
        "citizenid",
        "nationalid",
        "oldid",
      ],
    ),
  },
  refuses(value) {
    const digits = value.replace(/\D/g, "");
    return !isProvince(digits.slice(0, 2)) || !isBirthDate(`19${digits.slice(6, 12)}`);
  },
});
