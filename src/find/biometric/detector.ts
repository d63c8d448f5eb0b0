// 生物识别信息 (PIPL Art. 28): the token, template or feature of a face, voice, fingerprint, palm, iris or gene. Law: a label
// or a member's name says whose body it measures: `fingerprint` alone is a certificate's or a browser's. Vectors under
// such names are seen in records/vectors.ts; pictures and recordings are opaque to decode.

import type { Detector } from "../detector.ts";
import { CODE } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const BODY_PARTS: string =
  "face|facial|voice|speaker|finger|palm|palmprint|iris|retina|gait|vein|gene|genome|dna|biometric|ear|renlian";
const OF_A_BODY = `(?:${BODY_PARTS})(?:token|id|feature|features|template|vector|data|signature|hash|code|key|image)`;

export const biometric: Detector = labelledDetector({
  type: "biometric",
  triggers: CODE,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: true },
  // Without a bound: a bound would be tried at each letter of a long token.
  body: "[A-Za-z0-9+/_-]{8,}={0,2}",
  words: {
    text: anyOf(
      "人脸(?:ID|识别码|特征(?:值|码)?|令牌|模板)|指纹(?:特征|模板|数据)|声纹(?:ID|特征|模板)?|虹膜(?:特征|数据|编码)?|掌纹(?:特征)?|基因(?:序列|样本号)",
      "(?<![A-Za-z])(?:face|voice|iris|palm)[ _-]?(?:token|id|template|feature|print)(?: id)?(?![A-Za-z])",
      "voiceprint|faceprint",
    ),
    key: keyNames(
      [
        OF_A_BODY,
        "voiceprint(?:id)?|faceprint(?:id)?|palmprint(?:id)?|speakerid",
        "rlid|rltz|swtz|zhiwen(?:tezheng)?|shengwen",
      ],
      [
        "(?<!inter|type|sur|pre)face(?:token|id|feature|template)",
        "voiceprint|voiceprintid|voicetemplate|fingerprint(?:data|template|id)",
        "iriscode|irisfeature|palmprint|dnasequence|biometric(?:data|template|id|token)",
      ],
    ),
  },
  // A word, a number of a picture: what measures a body has letters and digits, and is no end of a word.
  refuses: (value, text, start) =>
    !/\d/.test(value) ||
    /^\d{1,10}$/.test(value) ||
    /[À-ɏ]/.test(text.charAt(start - 1)) ||
    isStandIn(value, text, start),
  compact: (value) => value,
});

/** `<残障_65DEQMCW>`, `<disability_65DEQMCW>`: what the gate writes for somebody's value measures nobody. */
function isStandIn(value: string, text: string, start: number): boolean {
  if (text.charAt(start + value.length) !== ">" || !/^\w{0,24}_[0-9A-Z]{8}$/.test(value)) return false;
  return /<[\u4e00-\u9fff]{0,8}$/.test(text.slice(Math.max(0, start - 9), start));
}
