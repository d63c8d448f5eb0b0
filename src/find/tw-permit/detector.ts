// 台湾居民来往大陆通行证 (台胞证). Law: eight digits (ten and a letter before 2015); a day has eight digits too, so a label
// must name it, and a day needs the label right before it.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { isDay, labelledDetector } from "../shared/labelled.ts";

const LABEL_AT_END = /(?:证|證|号|號|码|碼|permit|no\.?|number)[\s:：#.是为"']{0,4}$/i;

export const twPermit: Detector = labelledDetector({
  type: "tw-permit",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  body: String.raw`\d{10}(?:\([A-Z]\)|（[A-Z]）|[A-Z])?|\d{8}`,
  words: {
    text: anyOf(
      "[台臺]胞[证證卡](?:件)?(?:号码|號碼|号|號)?",
      "[台臺][湾灣](?:居民|同胞)(?:来往|來往|往来)?(?:大陆|大陸|内地)?(?:通行[证證])?(?:号码|號碼|号|號)?",
      "(?:来往|來往)大[陆陸]通行[证證](?:号码|號碼|号|號)?",
      String.raw`taiwan (?:compatriot|resident)[a-z ]{0,12}(?:permit|pass)?|\bMTP\b|taibaozheng`,
    ),
    key: keyNames(
      ["tbz", "tbzh", "tbzhm", "twtxz", "twtxzh", "mtp", "mtpno"],
      ["taibaozheng(?:hao)?", "(?:tw|taiwan(?:compatriot|resident|travel)?)(?:permit|pass)(?:no|num|number|code)?"],
    ),
  },
  refuses(value, text, start) {
    return isDay(value) && !LABEL_AT_END.test(text.slice(Math.max(0, start - 12), start));
  },
});
