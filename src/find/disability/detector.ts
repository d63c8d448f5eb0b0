// 残障信息 (GB/T 45574-2025 Annex A: specific identity). Law: a label or a member's name, and a kind, a grade, or the
// number of a certificate, which is the citizen number and two digits.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";

const WORDS = [
  String.raw`[一二三四1-4]级|(?:肢体|视力|听力|言语|智力|精神|多重|重度|轻度|中度)|\d{17}[\dXx]\d{2}(?!\d)|聋|哑|盲|瘫|截肢|轮椅`,
  String.raw`\bblind|\bdeaf|\bmute\b|paraly|paraplegi|amput|wheelchair|cerebral palsy`,
  "down syndrome|hearing|visual|mobility",
  "cognitive|intellectual|physical|mental|autis",
].join("|");

export const disability: Detector = topicDetector({
  type: "disability",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:[a-z]{0,12})(?:disability|disabilities|disabilitytype|disabilitylevel|disabilitygrade|disabilitystatus)",
    "disabilitycertno|disabilitycert|disabledcertno|cjzh|cjzhm|cjdj|cjlx|cjlb|canji|canjizheng|canjidengji|残疾证号?|残疾等级",
  ),
  maybeKeys: memberNames("disabled|handicap|impairment|accommodation"),
  labels: [
    "残疾(?:人)?(?:证(?:号码?)?|等级|类别|类型|级别|情况)?|残障(?:情况|类型)?|伤残(?:等级|鉴定)?",
    String.raw`\bdisabilit(?:y|ies)\b(?: (?:type|level|status))?|\bdisabled\b|\bhandicap`,
  ].join("|"),
  words: new RegExp(WORDS, "i"),
});
