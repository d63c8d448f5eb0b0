// 征信信息 (GB/T 45574-2025 Annex A: credit information). Law: a label or a member's name of a person's credit, and a
// score or a word of it; credit as money or as a name of an API is none.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";

const WORDS = [
  String.raw`^\D{0,6}[3-9]\d{2}(?:\.\d+)?分?(?!\d)|逾期|不良|呆账|黑名单|失信|代偿|连三累六|良好|优秀|极好|较差|拖欠|坏账`,
  "overdue|default|delinquen|bankrupt|charge-?off|collections|excellent|\\bgood\\b|\\bfair\\b|\\bpoor\\b|blacklist",
].join("|");

export const credit: Detector = topicDetector({
  type: "credit",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:[a-z]{0,12})(?:creditscore|creditrating|credithistory|creditreport|creditrecord|ficoscore|fico|sesamescore)",
    "zhimascore|zhimafen|zhengxin|zhengxinjilu|zmf|zxjl|zxpf|overduecount|overduetimes|yuqicishu|征信(?:记录|报告|评分)?",
  ),
  labels: [
    "征信(?:记录|报告|评分|情况|状况|显示)?|个人信用(?:记录|报告|评分)|信用评分|芝麻(?:信用)?分|逾期(?:记录|次数)|失信被执行人",
    String.raw`credit (?:score|rating|history|report)|\bFICO(?: score)?`,
  ].join("|"),
  words: new RegExp(WORDS, "i"),
});
