// IMEI (3GPP TS 23.003). Law: fifteen digits that pass Luhn and begin as device types do, named by a label; two
// IMEI-like numbers in a hundred pass by chance, and Amex cards have fifteen digits too.

import type { Detector } from "../detector.ts";
import { CARD_DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";
import { isLuhn } from "../shared/luhn.ts";

/** Reporting bodies of the GSMA that allocate type codes. */
const ALLOCATED = /^(?:0[1-8]|[13][0-9]|35|4[459]|5[0-4]|8[0-9]|9[0-9])/;

export const imei: Detector = labelledDetector({
  type: "imei",
  triggers: CARD_DIGITS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: String.raw`\d{15}|\d{2}[ -]\d{6}[ -]\d{6}[ -]\d|\d{6}[ -]\d{2}[ -]\d{6}[ -]\d`,
  words: {
    text: anyOf(
      String.raw`\bIMEI\d?\b(?:(?: (?:number|code|no\.?))? (?:of|for|on) (?:my|the|this|your|his|her) \w{3,10})?`,
      "串[号號]|设备(?:识别码|序列号|标识|号)|手机序列号|入网号|device (?:id|identifier)",
    ),
    key: keyNames(["imei", "ch", "sbh", "imeino"], ["imei", "imeinumber", "imeicode", "deviceid", "chuanhao"]),
  },
  refuses: (value) => !isLuhn(value.replace(/\D/g, "")) || !ALLOCATED.test(value),
});
