// 微信号. Law: a letter and five to nineteen more characters that a label names; wxid_ names itself. A mobile number or QQ
// number used as one is found as what it is; a word, a path, a parameter beside 微信 is no account.

import type { Detector } from "../detector.ts";
import { CODE, WORDED } from "../scan/bits.ts";
import { anyOf, keyNames } from "../shared/label.ts";
import { labelledDetector } from "../shared/labelled.ts";

/** What follows 微信 in sentences about it. */
const WORD = new RegExp(
  `^(?:${[
    "wechat|weixin|official|account|number|please|contact|mini|program|pay|payment|openid|unionid|appid|appsecret",
    "friends?|moments|group|public|service|customer|login|userid|username|qrcode|scan|android|iphone|windows|https?",
    "or|and|the|is|are|was|with|email|mobile|phone|telephone|channel|message|messages|article|developers?|script",
  ].join("|")})$|^we(?:chat|ixin)[-_]?(?:pay|sdk|api|js|mini|app|bot)`,
  "i",
);
/** 微信 as an app, not an account. */
const APP =
  /小程序|公众|支付|文档|接口|开发|版本|朋友圈|视频号|登[录陆]|扫码|二维码|客户端|授权|sdk|api|pay\b|https?:/i;
const BEFORE_UNITS = 24;
/** A word of letters alone is an account only right behind its label. */
const TIGHT =
  /(?:微信|[vw]x|chat|weixin)\s?(?:号|账号|帐号|id|account|no\.?|number)?\s?(?:[:：=]|是|为|叫|係|\bis\b)?\s?["'“「]?$/i;
const COPULA = /[:：=是为叫係号]\s?["'“「]?$|\bis\s$/i;
const PART_BEFORE = /[./\\@$#_-]$/;
const PART_AFTER = /^(?:\.[A-Za-z]|:\/|[/(=@[])/;

export const wechatId: Detector = labelledDetector({
  type: "wechat-id",
  triggers: WORDED | CODE,
  identifies: "strong",
  sensitivity: { strict: false, gbt45574: false },
  body: "wxid_[a-z0-9]{8,20}|[A-Za-z][A-Za-z0-9_-]{5,19}",
  words: {
    text: anyOf(
      "微信(?:号|账号|帐号|ID)?|(?<![A-Za-z0-9_])[vw]x(?:号)?(?![A-Za-z_])",
      String.raw`(?<![A-Za-z_])we ?chat(?: ?(?:id|account|no\.?|number))?(?![A-Za-z_])`,
      "(?<![A-Za-z_.])weixin(?![A-Za-z_.])",
    ),
    key: keyNames(
      ["wx", "wxh", "vx", "wechat", "weixin", "weixinhao"],
      ["wechatid", "wechatno", "wechataccount", "wxid", "wxno", "wechat", "weixin", "wechatnumber", "weixinid"],
    ),
  },
  aloneBody: "wxid_[a-z0-9]{10,20}",
  alone: (value) => /^wxid_[a-z0-9]{10,}$/.test(value),
  refuses(value, text, start, end) {
    if (WORD.test(value) || PART_AFTER.test(text.slice(end, end + 2))) return true;
    const before = text.slice(Math.max(0, start - BEFORE_UNITS), start);
    if (PART_BEFORE.test(before) || APP.test(before)) return true;
    return start > 0 && !/[\d_-]/.test(value) && !(TIGHT.test(before) && (COPULA.test(before) || isGlued(before)));
  },
  compact: (value) => value.toLowerCase(),
});

/** `微信xiaomei`: no space between, as between two words. */
function isGlued(before: string): boolean {
  return /(?:微信|[vw]x\s?)$/i.test(before);
}
