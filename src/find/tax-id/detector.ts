// 纳税人识别号 of persons: the identity number, alone or with two more; C, W, H, M or T and seventeen characters for those
// who hold no mainland card (STA 2015-66); and the fifteen digits that organisations had until 2015. Law: a label
// must name it. An identity number that checks is cn-id's, an organisation's code uscc's.

import type { Detector, Span } from "../detector.ts";
import { CARD_DIGITS, LETTERED } from "../scan/bits.ts";
import { anyOf, keyNames, labelledBy, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";
import { isBirthDate, isProvince } from "../shared/resident.ts";

const PERSON = String.raw`\d{17}[\dX](?:\d{2})?|[CWHMTJ]\d{6,17}`;
const LEGACY = String.raw`\d{6}[A-Z0-9]{8}[\dX]`;
const SHAPE = bordered(`(?:${PERSON}|${LEGACY})(?!\\w)`);
const WHOLE = whole(`${PERSON}|${LEGACY}`);
const LEGACY_UNITS = 15;
const WORDS: Words = {
  text: anyOf(
    "纳税人?(?:识别)?(?:号码|号|代码)|纳税识别号|税(?:务登记)?(?:号|证号)",
    "个税(?:识别|账)?号|taxpayer (?:identification|id|no|number)(?: number| no)?",
    String.raw`\btax (?:identification|id|no\.?|number|file number)(?: number| no)?|\bTIN\b`,
  ),
  key: keyNames(
    ["sh", "nsrsbh", "swdjh", "swdjzh", "tin", "taxno"],
    ["tax(?:id|no|num|number|code|payerid|payerno|payeridno|payernumber)", "nashuirenshibiehao"],
  ),
};

export const taxId: Detector = {
  type: "tax-id",
  triggers: CARD_DIGITS | LETTERED,
  clauses: [{ shape: beginning(`(?:${PERSON}|${LEGACY})(?!\\w)`), ...labelledBy(WORDS) }],
  keys: WORDS.key,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const { start, end, text: canonical } of SHAPE(text)) {
      const label = isPlausible(canonical) ? labelOf(text, start, end, context, WORDS) : null;
      if (label === null) continue;
      const identifies = canonical.length === LEGACY_UNITS && !isOldIdentity(canonical) ? "none" : "strong";
      spans.push({ start, end, canonical, identifies, ...label });
    }
    return spans;
  },
  canonical(text) {
    const code = text.trim().toUpperCase();
    return WHOLE.test(code) && isPlausible(code) ? code : null;
  },
};

/** Identity numbers carry a birth date; everything but a letter's series begins with a province. */
function isPlausible(code: string): boolean {
  if (/^[A-Z]/.test(code)) return true;
  return isProvince(code.slice(0, 2)) && (code.length === LEGACY_UNITS || isBirthDate(code.slice(6, 14)));
}

/** Fifteen digits of a person who pays tax under the identity number of the first generation. */
function isOldIdentity(code: string): boolean {
  return /^\d+$/.test(code) && isBirthDate(`19${code.slice(6, 12)}`);
}
