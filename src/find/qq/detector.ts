// QQ 号. Law: five to eleven digits right behind the word: `qq:0x…` of a log is none.

import type { Detector, Span } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";
import { beginning, matchesOf } from "../shared/pattern.ts";

/** `加qq10293847`: a letter right before the number, and it is the label. */
const GLUED = /QQ([1-9]\d{5,10})(?![\w@]|[.-]\d)/gi;

const labelled: Detector = labelledDetector({
  type: "qq",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  // `QQ(10018)`, `QQ[10018]:` of a log is a process.
  refuses: (_, text, start) => /(?:^|\W)QQ[([]$/i.test(text.slice(Math.max(0, start - 4), start)),
  body: String.raw`[1-9]\d{4,10}`,
  words: {
    text: /(?<![A-Za-z@])QQ(?:号码?|账号|帐号)?(?![A-Za-z]|\.\w)|扣扣(?:号)?|企鹅号|(?<![A-Za-z])q号/i,
    key: keyNames(["qq", "qqh", "qqhm", "kk"], ["qq", "qqno", "qqnumber", "qqid", "qqnum", "qqhao", "qqaccount"]),
  },
});

export const qq: Detector = {
  ...labelled,
  clauses: [...labelled.clauses!, { shape: beginning(String.raw`QQ[1-9]\d{5,10}`, "i") }],
  find(text, context) {
    const spans: Span[] = [...labelled.find(text, context)];
    for (const { index, 0: whole, 1: canonical } of matchesOf(GLUED, text)) {
      if (/[A-Za-z0-9@_.-]/.test(text.charAt(index - 1))) continue;
      spans.push({
        start: index + 2,
        end: index + whole.length,
        certainty: "format+context",
        canonical: canonical!,
        near: 0,
      });
    }
    return spans.sort((a, b) => a.start - b.start);
  },
};
