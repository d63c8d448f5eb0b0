// 性取向与性生活 (GB/T 45574-2025 Annex A, other sensitive information). Law: a label or a member's name, and its words.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";

const WORDS = [
  "同性|双性|异性恋|无性恋|泛性恋|性伴侣|性生活|性行为|性经历|跨性别|出柜|活跃|不和谐|多个|\\d+[名个位]",
  String.raw`\bgay\b|lesbian|bisexual|homosexual|heterosexual|asexual|pansexual`,
  "queer|straight|transgender|sexual|partners?",
].join("|");

export const sexLife: Detector = topicDetector({
  type: "sex-life",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:[a-z]{0,12})(?:sexualorientation|sexualpreference|sexuality|sexlife|sexualhistory|sexualpartners)",
    "xqx|xingquxiang|xingshenghuo|性取向|性生活(?:史)?",
  ),
  labels: [
    "性取向|性倾向|性生活(?:史|情况)?|性伴侣(?:数量)?|性经历|性史",
    String.raw`sexual (?:orientation|preference|history|partners?)|sex life|\bidentif(?:y|ies) as|came out as`,
  ].join("|"),
  words: new RegExp(WORDS, "i"),
});
