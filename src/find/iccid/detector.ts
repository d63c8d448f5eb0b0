// ICCID of a SIM card (ITU-T E.118). Law: 89 and 19 or 20 characters that a label names; a Chinese one (8986) of twenty
// digits that pass Luhn names itself.

import type { Detector } from "../detector.ts";
import { CARD_DIGITS, CODE } from "../scan/bits.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";
import { isLuhn } from "../shared/luhn.ts";

/** China Mobile 00 02 04 07 08, China Unicom 01 06 09, China Telecom 03 05 11, China Broadnet 15. */
const CHINESE = /^8986(?:0[0-9]|11|15)\d{14}$/;

export const iccid: Detector = labelledDetector({
  type: "iccid",
  triggers: CARD_DIGITS | CODE,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  // China Mobile writes letters in places of its own.
  body: String.raw`8986[0-9A-F]{15,16}|89\d{17,18}|89\d{2}(?: \d{4}){3}(?: \d{3,4})`,
  flags: "i",
  words: {
    text: /\bICCID\d?\b|SIM卡(?:序列)?[号號]|集成电路卡识别码|SIM (?:serial|card (?:number|no))/i,
    key: keyNames(
      ["iccid", "ccid", "simserial", "simno", "simid"],
      ["iccid", "iccidno", "simserialnumber", "simcardno"],
    ),
  },
  alone: (value) => CHINESE.test(value) && isLuhn(value),
});
