// IMSI (ITU-T E.212, 3GPP TS 23.003). Law: fifteen digits that a label names; those of Chinese networks begin with 460.

import type { Detector } from "../detector.ts";
import { LONG_DIGITS } from "../scan/bits.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

/** Mobile country codes begin with 2 to 7; the test network 001 is nobody's. */
const ALLOCATED = /^[2-7]/;

export const imsi: Detector = labelledDetector({
  type: "imsi",
  triggers: LONG_DIGITS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: String.raw`\d{14,15}|\d{3} \d{2,3} \d{9,10}`,
  words: {
    text: /\bIMSI\d?\b|国际移动用户(?:识别|标识)(?:码|号)?|用户识别模块号|subscriber identity/i,
    key: keyNames(["imsi", "subscriberid"], ["imsi", "imsino", "imsicode", "imsinumber"]),
  },
  refuses: (value) => !ALLOCATED.test(value),
});
