// 车架号 (GB 16735, ISO 3779). Law: seventeen characters without I, O, Q; the check character in the ninth place, or a
// label: cars built for Europe leave it out.

import type { Detector, Span } from "../detector.ts";
import { CODE } from "../scan/bits.ts";
import { keyNames, labelledBy, labelOf } from "../shared/label.ts";
import type { Words } from "../shared/near.ts";
import { beginning, bordered, whole } from "../shared/pattern.ts";

const BODY = "[A-HJ-NPR-Z0-9]{17}";
const SHAPE = bordered(`(?:${BODY})(?!\\w)`, "i");
const WHOLE = whole(BODY, "i");
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [..."ABCDEFGHJKLMNPRSTUVWXYZ"]
    .map((letter, i) => [letter, "12345678123457923456789"[i]].map(String))
    .map(([k, v]) => [k, Number(v)]),
);
const CHECK_AT = 8;
const WORDS: Words = {
  text: /车架[号號]|车辆识别(?:代[号码]|码)|\bVIN\b|大架号|vehicle identification|chassis|底盘号/i,
  key: keyNames(
    ["vin", "cjh", "cjhm", "clsbdm", "clsbdh", "vinno"],
    ["vin", "vinno", "vincode", "vinnumber", "frameno", "chassisno", "chejiahao"],
  ),
};

export const vin: Detector = {
  type: "vin",
  triggers: CODE,
  clauses: [
    { shape: beginning(`L[A-HJ-NPR-Z0-9]{16}(?!\\w)`) },
    { shape: beginning(`(?:${BODY})(?!\\w)`, "i"), ...labelledBy(WORDS) },
  ],
  keys: WORDS.key,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const { start, end, text: written } of SHAPE(text)) {
      const value = written.toUpperCase();
      if (!isMixed(value)) continue;
      const label = labelOf(text, start, end, context, WORDS);
      if (isChecked(value) && (label !== null || (written.startsWith("L") && value === written)))
        spans.push({ start, end, certainty: "checksum", canonical: value });
      else if (label !== null) spans.push({ start, end, canonical: value, ...label });
    }
    return spans;
  },
  canonical(text) {
    const value = text.trim().toUpperCase();
    return WHOLE.test(value) && isMixed(value) ? value : null;
  },
};

/** Letters and digits, and a serial number at the end. */
function isMixed(value: string): boolean {
  return /[A-Z].*[A-Z]/.test(value) && /\d{4}$/.test(value) && /\D/.test(value.slice(0, 3));
}

function isChecked(value: string): boolean {
  let sum = 0;
  for (let i = 0; i < value.length; i++) sum += (VALUES[value[i]!] ?? Number(value[i])) * WEIGHTS[i]!;
  return "0123456789X"[sum % 11] === value[CHECK_AT];
}
