// OAID 匿名设备标识 (MSA): a UUID or a hash, as the maker likes. Law: a label or a member's name says so.

import type { Detector } from "../detector.ts";
import { CODE } from "../scan/bits.ts";
import { isNobodys, smallHex, uuidOr } from "../shared/device.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const oaid: Detector = labelledDetector({
  type: "oaid",
  triggers: CODE,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: uuidOr("[0-9A-Fa-f]{7,56}"),
  words: {
    text: /\b[OV]AID\b|匿名设备标识符?|开放匿名/i,
    key: keyNames(["oaid", "vaid"], ["oaid", "oaidmd5", "vaid"]),
  },
  refuses: isNobodys,
  compact: smallHex,
});
