// 车牌 (GA 36-2018). Law: a province character, an issuing letter, then five with at least three digits, or six for new
// energy; it belongs to somebody (weak) and names nobody by itself.

import type { Detector, Span } from "../detector.ts";
import { PLATE } from "../scan/bits.ts";
import { byName } from "../shared/near.ts";
import { matchesOf } from "../shared/pattern.ts";

const PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const ENERGY = String.raw`[A-HJK][0-9A-HJ-NP-Z]\d{4}|\d{5}[A-HJK]`;
const ORDINARY = "[0-9A-HJ-NP-Z]{5}|[0-9A-HJ-NP-Z]{4}[学挂警港澳领试超]";
const SHAPE = new RegExp(`[${PROVINCE}][A-HJ-NP-Z][ ·•・.-]?(?:${ENERGY}|${ORDINARY})(?![0-9A-Za-z])`, "g");
const WHOLE = new RegExp(`^(?:${SHAPE.source})$`);
const LETTERS_MAX = 2;
/** Something stands between its first two characters and the others. */
const JOINED = /[ ·•・.-]/;

/** The member's name says it. */
const isNamed = byName((name) => /车牌|plate|^cph$/i.test(name));

export const plate: Detector = {
  type: "plate",
  triggers: PLATE,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  find(text, context) {
    const certainty = isNamed(context) ? "key" : "format+context";
    const spans: Span[] = [];
    for (const match of matchesOf(SHAPE, text)) {
      const canonical = compact(match[0]);
      if (isNumbered(canonical))
        spans.push({ start: match.index, end: match.index + match[0].length, certainty, canonical });
    }
    return spans;
  },
  ofValue(text, _, context) {
    if (JOINED.test(text) || !WHOLE.test(text)) return undefined;
    if (!isNumbered(text)) return null;
    return { start: 0, end: text.length, certainty: isNamed(context) ? "key" : "format+context", canonical: text };
  },
  canonical(text) {
    const plate = compact(text.trim().toUpperCase());
    return WHOLE.test(text.trim().toUpperCase()) && isNumbered(plate) ? plate : null;
  },
};

function compact(text: string): string {
  return text.replace(/[ ·•・.-]/g, "");
}

/** 京A级 and 川菜 are words: a plate has few letters after its first two characters. */
function isNumbered(plate: string): boolean {
  let letters = 0;
  for (let at = 2; at < plate.length; at++) {
    const unit = plate.charCodeAt(at);
    if (unit >= 0x41 && unit <= 0x5a) letters++;
  }
  return letters <= LETTERS_MAX;
}
