// MEID (3GPP2 S.R0048). Law: fourteen hexadecimal digits (a fifteenth checks them) or eighteen decimal ones, and a
// label: any piece of a hash looks the same.

import type { Detector } from "../detector.ts";
import { CODE, LONG_DIGITS } from "../scan/bits.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const meid: Detector = labelledDetector({
  type: "meid",
  triggers: CODE | LONG_DIGITS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  // The regional code is A0 to FF; decimal, 99 to 255 of 32 bits fill ten digits.
  body: String.raw`[A-F9][0-9A-F]{13,14}|\d{18}`,
  flags: "i",
  words: {
    text: /\bMEID\d?\b|移动设备识别码/i,
    key: keyNames(["meid"], ["meid", "meidno", "meidcode", "meidnumber"]),
  },
});
