// 违法犯罪记录 (GB/T 45574-2025 Annex A: criminal record). Law: a label or a member's name, and an offence or a sentence.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";

const WORDS = [
  "罪|盗窃|诈骗|抢[劫夺]|伤害|贩毒|吸毒|强奸|猥亵|赌博|酒驾|醉驾|危险驾驶|寻衅滋事|斗殴|走私|受贿|行贿|贪污|侵占|杀人|纵火",
  "判处|有期|无期|缓刑|拘役|管制|拘留|服刑|劳教|刑满|释放",
  "theft|larceny|fraud|robbery|burglary|assault|felon|misdemeanor|convict|drug",
  "murder|manslaughter|arson|\\bdui\\b|\\bdwi\\b",
  "sentenc|prison|jail|parole|probation|rape|battery|embezzl|briber",
].join("|");

export const criminal: Detector = topicDetector({
  type: "criminal",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:[a-z]{0,12})(?:criminalrecords?|criminalhistory|convictions?|arrestrecords?|policerecord)",
    "qkjl|fzjl|wfjl|wffzjl",
    "qianke|fanzuijilu|weifajilu|犯罪记录|前科",
  ),
  maybeKeys: memberNames("crimes?|offen[cs]es?|charges?|sentence|penalty"),
  labels: [
    "(?:违法)?犯罪(?:记录|前科|史)|前科|案底|违法记录|刑事(?:处罚|记录)|服刑(?:记录)?|曾因|曾犯|涉嫌",
    String.raw`criminal (?:record|history)|\bconvict(?:ed|ions?)\b(?: of)?`,
    String.raw`\barrested for|prior (?:offen[cs]es?|convictions?)`,
  ].join("|"),
  words: new RegExp(WORDS, "i"),
});
