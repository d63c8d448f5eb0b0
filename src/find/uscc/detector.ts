// 统一社会信用代码 (GB 32100-2015). Law: registration class, province and check character must hold. It names an
// organisation; only 92, an individual's own business (个体工商户), is the number of one person.

import type { Detector, Span } from "../detector.ts";
import { CARD_DIGITS, LETTERED } from "../scan/bits.ts";
import { digitsFrom } from "../shared/bytes.ts";
import { anyOf, keyNames, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";
import { isProvince } from "../shared/resident.ts";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const MODULUS = 31;
const LENGTH = 18;
/** The authority that registers, and what it registers (table 2 of the standard). */
const CLASS = "(?:1[1239]|2[19]|3[123459]|4[19]|5[1239]|6[129]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1)";
const CLASS_SHAPE = new RegExp(CLASS, "i");
const BODY = `${CLASS}\\d{6}[${ALPHABET}]{10}`;
const SHAPE = bordered(BODY, "i");
const WHOLE = whole(BODY);

/**
 * Eighteen digits, or X last as in an identity number, may be anything: then the organisation code inside must check
 * too, or a label name it.
 */
const ALL_DIGITS = /^\d{17}[\dX]$/;
const WORDS: Words = {
  text: anyOf(
    String.raw`(?:社会)?信用代码|税号|纳税人识别号|营业执照|注册号|组织机构代码|\buscc\b`,
    "(?:unified )?social credit(?: code)?|business licen[sc]e",
  ),
  key: keyNames(
    ["uscc", "xydm", "tyxydm", "shxydm", "tyshxydm", "nsrsbh", "sh", "yyzz", "yyzzh"],
    [
      "creditcode",
      "tax(?:id|no|num|number|payerid)",
      "(?:business)?licen[sc]e(?:no|num|number)",
      "org(?:anization)?code",
      "xinyongdaima",
    ],
  ),
};
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export const uscc: Detector = {
  type: "uscc",
  /** Eighteen digits; or a letter, and then one stands right beside the six digits of the division. */
  triggers: CARD_DIGITS | LETTERED,
  clauses: [{ shape: beginning(BODY, "i"), may }],
  identifies: "none",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const { start, end, text: value } of SHAPE(text)) {
      const canonical = value.toUpperCase();
      if (!isChecked(canonical) || !isProvinceOrCentral(canonical)) continue;
      if (ALL_DIGITS.test(canonical) && !isOrganisation(canonical) && !labelOf(text, start, end, context, WORDS))
        continue;
      const identifies = canonical.startsWith("92") ? "strong" : "none";
      spans.push({ start, end, certainty: "checksum", canonical, identifies });
    }
    return spans;
  },
  ofValue(text) {
    if (text.length !== LENGTH) return undefined;
    return isChecked(text.toUpperCase()) ? undefined : null;
  },
  canonical(text) {
    const code = text.trim().toUpperCase();
    return WHOLE.test(code) && isProvinceOrCentral(code) && isChecked(code) ? code : null;
  },
};

/** GB/T 2260 provinces, or 10: registered with a central authority. */
function isProvinceOrCentral(code: string): boolean {
  return isProvince(code.slice(2, 4)) || code.startsWith("10", 2);
}

/** GB 11714-1997: the ninth character of the organisation code at 8…16. */
function isOrganisation(code: string): boolean {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += Number.parseInt(code[8 + i]!, 36) * ORGANISATION_WEIGHTS[i]!;
  return "0123456789X"[(11 - (sum % 11)) % 11] === code[16];
}

/** In the alphabet, by unit of ASCII; none for what is not of it. */
const PLACES = Int8Array.from({ length: 128 }, (_, unit) => ALPHABET.indexOf(String.fromCharCode(unit)));

function placeOf(code: string, at: number): number {
  return PLACES[code.charCodeAt(at)] ?? -1;
}

/** Weights 3^i mod 31; the last character makes the sum a multiple of 31. */
function isChecked(code: string): boolean {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < LENGTH - 1; i++) {
    sum += placeOf(code, i) * weight;
    weight = (weight * 3) % MODULUS;
  }
  return (MODULUS - (sum % MODULUS)) % MODULUS === placeOf(code, LENGTH - 1);
}

/** Six digits of the division stand in the third place. */
function may(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== LENGTH || digitsFrom(bytes, start + 2, 6) !== 6) return false;
  return CLASS_SHAPE.test(String.fromCharCode(bytes[start]!, bytes[start + 1]!));
}
