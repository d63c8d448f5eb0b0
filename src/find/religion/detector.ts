// 宗教信仰 (PIPL Art. 28). Law: a label or a member's name, and the name of a religion, an office or a community.

import type { Detector } from "../detector.ts";
import { memberNames, topicDetector } from "../shared/topic.ts";

const WORDS = [
  "佛教|道教|基督|天主教|伊斯兰|东正教|犹太教|印度教|锡克教|摩门|藏传|喇嘛|穆斯林|回教|法师|牧师|神父|阿訇|教徒|信徒|居士",
  "buddhis|taois|daois|christian|catholic|protestant|orthodox|muslim|islam|hindu|jewish|judais|sikh|mormon|baptist",
  "methodist|lutheran|evangelical|atheis|agnostic|quaker|jain",
].join("|");

export const religion: Detector = topicDetector({
  type: "religion",
  sensitivity: { strict: true, gbt45574: true },
  keys: memberNames(
    "(?:[a-z]{0,12})(?:religion|religiousbelief|religiousaffiliation)|zjxy|zongjiao|zongjiaoxinyang|xinyang|宗教(?:信仰)?",
  ),
  maybeKeys: memberNames("faith|belief|denomination|religious"),
  labels: String.raw`宗教信仰|信仰宗教|宗教|信仰|皈依|信奉|\breligion\b|religious (?:belief|affiliation)|\bfaith\b|\bpracticing\b`,
  words: new RegExp(WORDS, "i"),
});
