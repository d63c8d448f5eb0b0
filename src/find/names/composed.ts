// Names that are put together of words of their own: Tibetan ones of two, Mongolian ones that end in a few. Law: both
// halves stand in the lists, whole; own lists, 2026-11-22.

import type { Stretch } from "./address.ts";

const TIBETAN = [
  "扎西|次仁|顿珠|卓玛|洛桑|旺堆|格桑|德吉|白玛|央金|拉姆|多吉|平措|尼玛|达娃|罗布|索朗|丹增|边巴|普布|仁青|贡嘎|旺姆|曲珍|桑珠|益西|强巴|群培|嘉措|欧珠|巴桑|米玛|拉巴|央宗|旦增|次旦|晋美|旺久",
  "旺杰|卓嘎|措姆|拉珍|曲扎|朗杰|坚参|加措|色珍|仓决|玉珍|群宗|江村|登巴|泽仁|拥忠|阿旺|土登|桑杰|云丹|四郎|西绕|切吉|才让|卓尕|扎巴|南杰|久美|旺扎|曲宗|次珍|仁增|班觉|格列|曲吉|旺修",
].join("|");
const MONGOLIAN =
  "其其格|图雅|巴特尔|格日勒|高娃|托娅|巴雅尔|毕力格|布和|吉日嘎拉|朝克图|达来|苏荣|花拉|塔娜|斯琴|娜仁|萨仁";
const MONGOLIAN_FIRST =
  "乌兰|阿拉坦|娜仁|萨仁|斯琴|乌云|阿木古|额尔德|孟和|宝音|敖登|苏日|哈斯|呼和|特木尔|巴音|那顺|青格勒|阿茹|图门|银花|金花|格根|新吉勒|山丹|莎仁|乌日|吉日|朝鲁|阿古拉";
const COMPOSED = new RegExp(`(?:${TIBETAN})(?:${TIBETAN})|(?:${MONGOLIAN_FIRST})(?:${MONGOLIAN})`, "uy");
/** The first two characters of one, as code units side by side; and what they begin with. */
const HEADS = new Set<number>();
const FIRST = new Uint8Array(1 << 16);
for (const head of `${TIBETAN}|${MONGOLIAN_FIRST}`.split("|")) {
  HEADS.add((head.charCodeAt(0) << 16) | head.charCodeAt(1));
  FIRST[head.charCodeAt(0)] = 1;
}

/** In order. */
export function composedNames(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at + 3 < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (FIRST[unit] === 0 || !HEADS.has((unit << 16) | text.charCodeAt(at + 1))) continue;
    COMPOSED.lastIndex = at;
    if (!COMPOSED.test(text)) continue;
    found.push({ start: at, end: COMPOSED.lastIndex });
    at = COMPOSED.lastIndex - 1;
  }
  return found;
}
