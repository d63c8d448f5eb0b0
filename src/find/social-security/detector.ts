// 社保号, where it is not the identity number itself (cn-id finds that). Law: eight to twelve digits, or a letter first,
// that a label names.

import type { Detector } from "../detector.ts";
import { DIGITS } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

export const socialSecurity: Detector = labelledDetector({
  type: "social-security",
  triggers: DIGITS,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: String.raw`[A-Z]?\d{8,12}|\d{17}[\dX]`,
  words: {
    text: anyOf(
      "(?:个人)?社(?:会)?保(?:障|险)?(?:卡|电脑|个人|账|帐|登记|参保|缴费)?(?:编号|编码|号码|账号|帐号|账户|户|号)?",
      "参保(?:人|个人)?(?:编号|号)|(?:养老|失业|工伤|生育)保险(?:账号|编号|号)",
      String.raw`劳动保障(?:卡|证)号|social insurance(?: (?:number|no\.?))?`,
    ),
    key: keyNames(
      ["sbh", "sbhm", "sbkh", "sbzh", "sbbh", "sbdnh", "shbzh", "shbzhm", "shbxh", "grbh", "cbh", "ss"],
      [
        "social(?:security|insurance)(?:card|account|acct)?(?:no|num|number|id)?",
        "shebao(?:hao|kahao|zhanghao|bianhao)?",
        "(?:ss|si)card(?:no|num|number)",
        "insuredno",
      ],
    ),
  },
});
