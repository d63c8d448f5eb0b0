// 邮政编码. Law: six digits that a label names (0 to 8 first), Japan's 〒, or another country's under its own label. It
// belongs to an address: it says nothing about who.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const postcode: Detector = labelledDetector({
  type: "postcode",
  triggers: DIGITS,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: String.raw`[0-8]\d{5}|〒\s?\d{3}-?\d{4}|\d{3}-\d{4}|\d{5}-\d{4}`,
  words: {
    text: anyOf(
      "邮(?:政)?编(?:码|号)?(?:码)?|邮码|郵(?:遞)?(?:區號|編)|郵便番号|post(?:al)?[ -]?codes?",
      String.raw`\bzip(?:[ -]?code)?\b`,
    ),
    key: keyNames(["yb", "yzbm", "yb", "zip", "postno"], ["youbian", "zip(?:code)?", "post(?:al)?code", "postalno"]),
  },
  aloneBody: String.raw`〒\s?\d{3}`,
  alone: (value) => value.startsWith("〒"),
  compact: (value) => value.replace(/[〒\s]/g, ""),
});
