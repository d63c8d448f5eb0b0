// 病历号, 住院号, 门诊号, 医保号 and their like. Law: every hospital numbers as it likes, so a label must name it. Sensitive
// under every profile (medical health).

import type { Detector } from "../detector.ts";
import { CODE, DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

const VISIT =
  "病历|病例|病案|住院|门诊|急诊|就诊|诊疗|患者|病人|医保|医疗保险|医疗|检查|检验|体检|处方|挂号|登记|床位?|健康";

export const medicalRecord: Detector = labelledDetector({
  type: "medical-record",
  triggers: DIGITS | CODE,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  body: String.raw`[A-Z]{0,4}-?\d{6,14}|[A-Z]{1,4}-?\d{4}-\d{3,8}|\d{2,4}-\d{2,4}-\d{2,4}`,
  flags: "i",
  words: {
    text: anyOf(
      `(?:${VISIT})(?:卡|证|登记|流水|档案|保险|报告|单|电子凭证)?(?:编号|号码|账号|号|ID)`,
      String.raw`(?:就诊卡|诊疗卡|医保卡|健康卡|病历卡|病历本)|\bMRN\b|\bEMR (?:no|id|number)`,
      String.raw`medical record(?:s)?(?: (?:number|no\.?|id|#))?|patient (?:id|number|no\.?)`,
      String.raw`(?:admission|inpatient|outpatient|chart|case|hospital) (?:id|number|no\.?)`,
      String.raw`health (?:card|insurance)(?: (?:id|number|no\.?))?`,
    ),
    key: keyNames(
      [
        "mrn",
        "mrno",
        "emrno",
        "emrid",
        "blh",
        "blhm",
        "bah",
        "zyh",
        "zyhm",
        "mzh",
        "mzhm",
        "jzkh",
        "jzh",
        "jzlsh",
        "zlkh",
        "ybh",
        "ybkh",
        "ybzh",
        "brid",
        "hzid",
        "hzbh",
        "tjh",
        "tjbh",
      ],
      [
        "medicalrecord(?:no|num|number|id)?",
        "(?:patient|inpatient|outpatient|admission|chart|hospital)(?:id|no|num|number)",
        "(?:medicalinsurance|medicare|medicaid|healthcard|healthinsurance|medicalcard)(?:no|num|number|id|cardno)?",
        "bingli(?:hao)?",
        "zhuyuanhao",
        "menzhenhao",
        "yibao(?:hao|kahao)?",
        "(?:case|record)no",
      ],
    ),
  },
});
