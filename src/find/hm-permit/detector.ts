// 港澳居民来往内地通行证 (回乡证). Law: H or M and eight digits, with the two of the renewal or without (MPS rule of
// 2010-03-10); model numbers look the same, so a label must name it.

import type { Detector } from "../detector.ts";
import { LETTERED } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const hmPermit: Detector = labelledDetector({
  type: "hm-permit",
  triggers: LETTERED,
  identifies: "strong",
  sensitivity: { strict: true, gbt45574: false },
  body: String.raw`[HM]\d{8}(?:[ -]?\d{2})?`,
  flags: "i",
  words: {
    text: anyOf(
      "回[乡鄉][证證卡](?:件)?(?:号码|號碼|号|號)?|港澳居民",
      "港澳(?:同胞|人士)?(?:来往|往来|來往)",
      "(?:来往|來往)(?:内地|內地|大陆)?通行[证證](?:号码|號碼|号|號)?",
      "通行[证證](?:号码|號碼|号|號)?|home[ -]?(?:return|visit)(?:ing)?(?: permit)?",
      String.raw`mainland travel permit|\bHRP\b`,
    ),
    key: keyNames(
      ["hxz", "hxzh", "hxzhm", "txz", "txzh", "txzhm", "gatxz", "gatxzh", "hrp", "hrpno"],
      [
        "huixiangzheng(?:hao)?",
        "hmpermit(?:no|num|number|code)?",
        "home(?:return|visit)(?:permit|card)?(?:no|num|number|code)?",
        "mainlandtravelpermit(?:no|num|number|code)?",
        "permit(?:no|number)",
      ],
    ),
  },
});
