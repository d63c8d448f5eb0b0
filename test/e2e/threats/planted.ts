// What is planted, and what of it counts as a trace: any eight digits of a number in a row, any four characters of an
// address, the name before an at sign, twelve characters of a key.

import type { Stream } from "./undo-width.ts";

export type Kind = "mobile" | "id" | "card" | "email" | "name" | "address" | "credential";

export interface Planted {
  readonly kind: Kind;
  readonly text: string;
  /** The words around it in a sentence. */
  readonly before: string;
  readonly after: string;
  /** The member that it stands under. */
  readonly key: string;
  /** What counts of it, each alone, in the stream of characters of `stream`. */
  readonly stream: Stream;
  readonly needles: readonly string[];
}

function windows(text: string, units: number): string[] {
  const characters = [...text];
  return characters.slice(units - 1).map((_, i) => characters.slice(i, i + units).join(""));
}

function bothWays(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [text, [...text].reverse().join("")]);
}

const number = (kind: Kind, text: string, before: string, key: string): Planted => ({
  ...{ kind, text, before, key, after: "，请尽快处理", stream: "digits" },
  needles: bothWays(windows(text.replace(/\D/g, ""), 8)),
});

const MOBILE = number("mobile", "13712345679", "客户的手机号是 ", "phone");
const ID = number("id", "11010519491231002X", "身份证号 ", "idCard");
const CARD = number("card", "6222020200112230079", "退款到银行卡号 ", "bankCard");
const EMAIL: Planted = {
  ...{ kind: "email", text: "ouyang.jianguo@corp-mail.cn", before: "邮箱 ", key: "email", after: " ，请尽快处理" },
  ...{ stream: "letters", needles: ["ouyangjianguo"] },
};
const NAME: Planted = {
  ...{ kind: "name", text: "欧阳建国", before: "", key: "name", after: "", stream: "han", needles: ["欧阳建国"] },
};
const ADDRESS: Planted = {
  ...{ kind: "address", text: "浙江省杭州市西湖区文三路398号5幢302室", before: "", key: "address", after: "" },
  ...{ stream: "han", needles: windows("浙江省杭州市西湖区文三路", 4) },
};
const SECRET = "sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru";
const CREDENTIAL: Planted = {
  ...{ kind: "credential", text: SECRET, before: "密钥是 ", key: "api_key", after: " 请换掉" },
  ...{ stream: "alphanumerics", needles: windows(SECRET.replace(/\W|_/g, ""), 12) },
};

export const ALL: readonly Planted[] = [MOBILE, ID, CARD, EMAIL, NAME, ADDRESS, CREDENTIAL];
/** What is found in any text, whatever its member is called. */
export const ANYWHERE: readonly Planted[] = [MOBILE, ID, CARD, EMAIL, CREDENTIAL];
export const NUMBERS: readonly Planted[] = [MOBILE, ID, CARD];
export const TWO: readonly Planted[] = [MOBILE, ID];
export const KEYED: readonly Planted[] = [NAME, ADDRESS];
export const ONE: readonly Planted[] = [MOBILE];
