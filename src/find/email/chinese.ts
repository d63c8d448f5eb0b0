// Addresses of Chinese characters (RFC 6531, RFC 5890): `张三@163.com`, `li@例子.公司`. Law: the end of the domain is one
// that mailboxes have; what a sentence says before a name is no part of it, and a sentence about a domain names nobody.

import type { Span } from "../detector.ts";

const LOCAL_MAX = 64;
const HAN_MAX = 12;
const HAN_TOPS =
  "公司|网络|網絡|中国|中國|公益|政务|在线|中文网|网址|网店|网站|集团|商城|商店|我爱你|广告|移动|信息|" +
  "香港|台湾|台灣|新加坡|澳门|澳門|机构|游戏|娱乐|手机";
const UNIT = String.raw`A-Za-z0-9\p{Script=Han}`;
const DOMAIN = new RegExp(
  String.raw`(?:[${UNIT}][${UNIT}-]{0,62}\.){1,8}(?:${HAN_TOPS}|com|cn|net|org)(?![A-Za-z0-9_-])`,
  "uy",
);
/** Of a local part in Chinese characters. */
const MAIL_TOP = /\.(?:com|cn|net|org|edu|gov|hk|tw|mo)$/;
const LOCAL = /[A-Za-z0-9._+-]|\p{Script=Han}/u;
/** What stands before a name in a sentence. */
const LEAD =
  /^.*(?:邮箱|邮件|邮址|信箱|地址|账号|帐号|联系人|联系|发[送到给至]|寄[到给至]|抄送|回复|请找|是|为|叫|或|和|给|到|至|与|及|于)/u;
/** About domains: 以@qq.com结尾, 企业邮箱后缀@. */
const ABOUT =
  /(?:后缀|结尾|域名|格式|形如|类似|使用|只有|用|以|带|的|有|非|在|由|被|将|把|注解|装饰器|欢迎|关注|登录|访问)$/u;
const HAN = /\p{Script=Han}/u;

/**
 * @param start of what stands before the `@` in ASCII. @param domain in ASCII, if there is one.
 * @returns null where it is no such address.
 */
export function chineseAround(
  text: string,
  at: number,
  start: number,
  domain: string | undefined,
  isKey: boolean,
): Span | null {
  const whole = domain !== undefined && MAIL_TOP.test(domain) ? domain : chineseDomain(text, at + 1);
  if (whole === undefined) return null;
  const first = start === at ? localStart(text, at) : start;
  if (first === at) return null;
  const end = at + 1 + whole.length;
  const local = text.slice(first, at);
  return {
    start: first,
    end,
    certainty: isKey ? "key" : "format+context",
    canonical: `${local}@${whole.toLowerCase()}`,
  };
}

function chineseDomain(text: string, from: number): string | undefined {
  DOMAIN.lastIndex = from;
  const found = DOMAIN.exec(text)?.[0];
  return found !== undefined && HAN.test(found) ? found : undefined;
}

/** @returns `at` where nobody is named. */
function localStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LOCAL_MAX && LOCAL.test(text[start - 1]!)) start--;
  const local = text.slice(start, at);
  const lead = LEAD.exec(local)?.[0].length ?? 0;
  const rest = local.slice(lead);
  if (rest === "" || ABOUT.test(rest) || rest.length < 2 || rest.length > HAN_MAX) return at;
  return start + lead;
}
