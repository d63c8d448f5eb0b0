// 驾驶证 file number (档案编号): twelve digits that start with a province. Law: a label must name it. The number of a
// mainland licence itself is the holder's identity number, which cn-id finds; a British one carries its holder's name
// and birth.

import type { Detector } from "../detector.ts";
import { CODE, DIGITS, LETTERED, LONG_DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";
import { isProvince } from "../shared/resident.ts";

const BRITISH = "[A-Z9]{5}[ -]?\\d{6}[ -]?[A-Z9]{2}\\d[A-Z]{2}";

export const driverLicense: Detector = labelledDetector({
  type: "driver-license",
  triggers: LONG_DIGITS | LETTERED | CODE | DIGITS,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: `\\d{12}|${BRITISH}`,
  words: {
    text: anyOf(
      "(?:驾驶证|驾照|行驶证|机动车驾驶)?(?:档案)(?:编号|号码|号)",
      "驾驶(?:证|執照|执照)(?:号码|编号|号|档案)?|驾照(?:号码|编号|号)?",
      "driv(?:er'?s?|ing) licen[sc]e",
    ),
    key: keyNames(
      ["dabh", "dah", "jszh", "jzh", "jszdabh"],
      [
        "jiazhao(?:hao)?",
        "jiashizheng(?:hao)?",
        "dangan(?:bianhao|hao)",
        "driv(?:er|ers|ing)licen[sc]e(?:file)?(?:no|num|number|code)?",
        "licen[sc]efile(?:no|number)",
      ],
    ),
  },
  refuses: (value) => /^\d{12}$/.test(value) && !isProvince(value.slice(0, 2)),
});
