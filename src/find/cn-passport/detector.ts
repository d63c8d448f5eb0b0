// 护照. Law: no check digit outside the machine-readable zone, so only E and eight more stand alone; others need 护照
// nearby.

import type { Detector, Span } from "../detector.ts";
import { LETTERED } from "../scan/triggers.ts";
import { vouched, type Words } from "../shared/near.ts";
import { bordered, whole } from "../shared/pattern.ts";

/** Ordinary E, EA–EZ, G; diplomatic and service D, S, P, DE, SE, PE; Hong Kong K, KJ, H; Macau M, MA. */
const BODY = String.raw`E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E\d{7}|[DSP]\d{8}|KJ?\d{7,8}|H\d{8}|MA?\d{7,8}`;
const SHAPE = bordered(BODY, "i");
const WHOLE = whole(BODY, "i");
const ALONE = /^E[A-HJ-NP-Z\d]\d{7}$/;
const WORDS: Words = {
  text: /护照|passport|travel document/i,
  key: /^(?:hz|hzh|hzhm|passport_?(?:no|number)?)$/i,
};

export const cnPassport: Detector = {
  type: "cn-passport",
  triggers: LETTERED,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  find(text, context) {
    const spans: Span[] = [];
    for (const match of SHAPE(text)) {
      const { start, end } = match;
      const certainty = vouched(text, start, end, context, WORDS) ?? (ALONE.test(match.text) ? "format+context" : null);
      if (certainty !== null) spans.push({ start, end, certainty, canonical: match.text.toUpperCase() });
    }
    return spans;
  },
  canonical(text) {
    return WHOLE.test(text.trim()) ? text.trim().toUpperCase() : null;
  },
};
