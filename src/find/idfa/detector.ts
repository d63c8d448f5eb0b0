// IDFA, IDFV, GAID: advertising identifiers that are UUIDs. Law: a label or a member's name says so, because a UUID
// alone is a request id; all zeros say that nobody is tracked.

import type { Detector } from "../detector.ts";
import { CODE } from "../scan/bits.ts";
import { isNobodys, smallHex, uuidOr } from "../shared/device.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const idfa: Detector = labelledDetector({
  type: "idfa",
  triggers: CODE,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: uuidOr(),
  words: {
    text: /\bIDF[AV]\b|\bGAID\b|\bAAID\b|广告(?:标识符?|ID)|advertising (?:id|identifier)/i,
    key: keyNames(
      ["idfa", "idfv", "gaid", "aaid", "googleadid", "googleaid"],
      ["idfa", "idfv", "gaid", "advertisingid", "advertisingidentifier", "advertiserid"],
    ),
  },
  refuses: isNobodys,
  compact: smallHex,
});
