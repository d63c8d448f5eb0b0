// Android ID, and what else a member's name calls the identifier of a device. Law: sixteen hexadecimal digits, a UUID
// or a hash, and a label: alone it is a request id or a checksum.

import type { Detector } from "../detector.ts";
import { CODE } from "../scan/bits.ts";
import { isNobodys, smallHex, uuidOr } from "../shared/device.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

/** The one that a defect of Android 2.2 gave to millions. */
const SHARED = "9774d56d682e549c";

export const androidId: Detector = labelledDetector({
  type: "android-id",
  triggers: CODE,
  identifies: "weak",
  sensitivity: { strict: false, gbt45574: false },
  body: uuidOr("-?[0-9A-Fa-f]{16}", "[0-9A-Fa-f]{8}(?:[0-9A-Fa-f]{16}(?:[0-9A-Fa-f]{8})?)?"),
  words: {
    text: /(?:安卓|\bandroid) ?_?ID\b|\bSSAID\b|\bUDID\b|设备(?:ID|唯一标识|指纹)|\bdevice[ _]?id\b/i,
    key: keyNames(
      ["androidid", "aid", "ssaid", "udid", "deviceid", "did", "sbid", "sbbs"],
      ["androidid", "deviceid", "deviceuuid", "udid", "devicefingerprint", "deviceidentifier", "shebeiid"],
    ),
  },
  refuses: (value) => isNobodys(value) || smallHex(value) === SHARED,
  compact: smallHex,
});
