// Articles in the reader's language. Law: numbers are never changed, and what is not known stays as it is.

import type { Language } from "../../words.ts";

/** Longest name first, so that none is replaced inside another. */
const NAMES: readonly (readonly [string, string])[] = [
  ["Cert Measures", "《个人信息出境认证办法》"],
  ["SA Measures", "《数据出境安全评估办法》"],
  ["SC Measures", "《个人信息出境标准合同办法》"],
  ["SC template", "标准合同范本"],
  ["Provisions", "《促进和规范数据跨境流动规定》"],
  ["NDSMR", "《网络数据安全管理条例》"],
  ["PIPL", "《个人信息保护法》"],
  ["DSL", "《数据安全法》"],
];

/** `PIPL Arts.23, 39` → `《个人信息保护法》第23、39条`. */
export function articleIn(language: Language, article: string): string {
  if (language === "en") return article;
  let zh = article;
  for (const [en, name] of NAMES) zh = zh.replaceAll(en, name);
  return zh
    .replace(
      / ?Arts?\.(\d+(?:\(\d+\))*(?:(?:, |-)\d+)*)/g,
      (_, numbers: string) => `第${numbers.replace(/, /g, "、")}条`,
    )
    .replace(/ ?Appendix I/g, "附录一")
    .replace(/ \/ /g, "、");
}
