// 微信 OpenID 与 UnionID. Law: `o` and 27 characters of base64url that a label or a member's name calls so: any random
// token may look the same.

import type { Detector } from "../detector.ts";
import { CODE } from "../scan/bits.ts";
import { keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const openid: Detector = labelledDetector({
  type: "openid",
  triggers: CODE,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: "o[A-Za-z0-9_-]{27}",
  words: {
    text: /open_?id|union_?id|微信(?:用户)?标识/i,
    key: keyNames(["openid", "unionid", "wxopenid"], ["openid", "unionid", "openidlist"]),
  },
  compact: (value) => value,
});
