// US social security number. Law: an area, group and serial that are issued (SSA, 2011: never 000, 666, 9xx, 00,
// 0000); 3-2-4 with hyphens stands alone, spaces or nine digits need a label.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

const HYPHENS = /^\d{3}-/;
const JOINED_BEFORE = /[-/:=#]$/;
/** Numbers that advertisements and manuals made void. */
const VOID = new Set(["078051120", "219099999", "111111111", "123456789"]);

export const usSsn: Detector = labelledDetector({
  type: "us-ssn",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  body: String.raw`(?!000|666)[0-8]\d{2}(?:-(?!00)\d{2}-|[ .](?!00)\d{2}[ .]|(?!00)\d{2})(?!0000)\d{4}`,
  words: {
    text: anyOf(
      String.raw`social security(?: (?:number|no\.?|#))?|\bSS[N#](?: (?:number|no))?|\bSS no`,
      "美国社(?:保|会安全)(?:号码|号)?|社会安全(?:号码|号)|taxpayer id",
    ),
    key: keyNames(
      ["ssn", "ssno", "socialsec", "taxid"],
      ["ssn", "ssnno", "ssnnumber", "socialsecurity(?:no|num|number)?"],
    ),
  },
  aloneBody: String.raw`[0-8]\d{2}-\d{2}-\d{4}`,
  alone: (value, text, start) =>
    HYPHENS.test(value) &&
    !JOINED_BEFORE.test(text.slice(Math.max(0, start - 1), start)) &&
    !VOID.has(value.replace(/-/g, "")),
});
