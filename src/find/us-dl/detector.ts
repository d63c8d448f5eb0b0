// US driver's licence. Law: one of the states' shapes (AAMVA DL/ID card design standard, annex of 2020); each of them
// may be anything, so a label must name it.

import type { Detector } from "../detector.ts";
import { CODE, DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

const SHAPES = [
  // Illinois, Florida, Maryland, Michigan, Wisconsin, with hyphens; New York, Pennsylvania, with spaces
  String.raw`[A-Z]\d{3}-\d{4}-\d{4}(?:-\d{2})?`,
  String.raw`[A-Z]-?\d{3}(?:[- ]\d{3}){3}(?:-\d)?`,
  String.raw`[A-Z]\d{4}[ -]\d{5}[ -]\d{5}`,
  String.raw`\d{2,3}[ -]\d{3}[ -]\d{3,4}`,
  // California to Virginia; Kansas, Rhode Island, Colorado; Wisconsin, New Jersey
  String.raw`[A-Z]{1,2}\d{6,8}`,
  String.raw`[A-Z]\d{2}-\d{2}-\d{4}`,
  String.raw`[A-Z]\d{9,14}`,
  // Washington; Idaho; Iowa
  String.raw`[A-Z*]{5,7}\d{3}[A-Z0-9]{2}`,
  String.raw`[A-Z]{2}\d{6}[A-Z]`,
  String.raw`\d{3}[A-Z]{2}\d{4}`,
  String.raw`[A-Z]{0,2}\d{1,4}(?:-\d{2,4}){1,3}`,
  String.raw`\d{7,10}`,
].join("|");

export const usDl: Detector = labelledDetector({
  type: "us-dl",
  triggers: DIGITS | CODE,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: SHAPES,
  words: {
    text: anyOf(
      String.raw`driv(?:er'?s?|er’s|ing) licen[sc]e(?: ?(?:number|no\.?|#|id))?`,
      String.raw`driv(?:er'?s?|er’s) (?:permit|id)(?: (?:number|no\.?))?|licen[sc]e (?:number|no\.?|#)`,
      String.raw`\bDL ?(?:#|no\.?|number|num|:)|美国驾(?:照|驶证)(?:号码|号)?`,
    ),
    key: keyNames(
      ["dl", "dlno", "dlnum", "dlnumber", "usdl"],
      ["driv(?:er|ers|ing)licen[sc]e(?:no|num|number|id)?", "licen[sc]e(?:no|num|number)"],
    ),
  },
});
