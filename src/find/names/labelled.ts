// Names that their surroundings declare: after a label (联系人：), before a title (先生), beside a number of
// theirs in a list. Law: patterns are bounded; what they take must look like a name by its characters.

import type { Stretch } from "./address.ts";
import { tableOf } from "./chars.ts";
import { isHeading, namesInColumns } from "./columns.ts";
import type { Traits } from "./traits.ts";
import { LAST, MIDDLE, NEVER, SURNAME } from "./traits.ts";

const LABEL = [
  "姓\\s{0,4}名|名字|真实姓名|客户姓名|联\\s?系\\s?人|收\\s?件\\s?人|收\\s?货\\s?人|寄\\s?件\\s?人|发\\s?件\\s?人|收款人|付款人|汇款人|",
  "患者|病人|申请人|投保人|被保险人|受益人|户主|户名|车主|驾驶员|驾驶人|持卡人|旅客|乘客|乘机人|入住人|预订人|司机|主治医师|主治医生|主诊医生|代理人|委托人|受托人|担保人|",
  "借款人|出借人|推荐人|签收人|审批人|审核人|经办人|负责人|处理人|提交人|报告人|值班人|业主|租客|房东|班主任|监护人|学生|学员|会员|员工|法定代表人|法人代表|法人|",
  "原告|被告|被告人|被申请人|嫌疑人|犯罪嫌疑人|立遗嘱人|候选人|应聘者|面试官|制表|复核|签名|签字|甲方|乙方|抄送|作者|记者|责任编辑|我叫|名叫|我是|叫做|孩子|我的名字是|",
  "我的姓名是|Dear|Contact|投诉人|就诊人|举报人|报案人|当事人|受害人|取件人|被保人|承租人|出租人|领取人|报名人|开户人|捐赠人|主管医师|主管医生|",
  "客户|顾客|用户|家长|求职者|快递员|讲师|导师|店长|辅导员|父亲|母亲|配偶|丈夫|妻子",
].join("");
/** A label, what may follow it, and the place after. */
const AFTER_LABEL = new RegExp(
  `(?:${LABEL})(?:姓名|名称|为|是)?(?:（[^（）]{1,6}）|\\([^()]{1,6}\\))?` +
    `[ \\t]{0,2}[:：]?[ \\t\\u3000"“'\\[【]{0,3}(?=[\\u3400-\\u9fff])`,
  "uy",
);
/** Labels that nothing but a name follows. */
const SURE =
  /^(?:我叫|名叫|我的|姓|真实姓名|客户姓名|联|户名|(?!病人|法人|嫌疑人|犯罪|候选人|负责人|被告人)[\u4e00-\u9fff]{2,3}人)/;
const SET_OFF = /[:： \t\u3000"“'[【)）]$/u;
/** What a label begins with: its first character; where its second stands as it is, both. */
const LABEL_HEADS: Uint8Array = tableOf(
  LABEL.split("|")
    .map((label) => label[0]!)
    .join(""),
);
const LABEL_PAIRS = new Set(
  LABEL.split("|")
    .filter((label) => !label.startsWith("\\", 1))
    .map((label) => pairAt(label, 0)),
);
/** Of these the second character is not fixed. */
const LOOSE_HEADS: Uint8Array = tableOf(
  LABEL.split("|")
    .filter((label) => label.startsWith("\\", 1))
    .map((label) => label[0]!)
    .join(""),
);

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}

const TITLE_AFTER = /^(?:先生|女士|小姐|老师|同学|医生|大夫|律师|师傅|教授|经理|主任|收(?![入到])|同志|阿姨|叔叔)/u;
const NAME_STOP = /[\u3400-\u9fff]/u;
/** A list's row: a name alone between borders, and a number of a person beside it. */
const ROW = new RegExp(
  [
    String.raw`(?<![\u3400-\u9fff\w])([\u3400-\u9fff]{2,4})[ \t\u3000]{0,3}[,，|`,
    String.raw`;；:：\t （(]?[ \t]{0,3}(?:电话|手机|手机号|身份证|身份证号|tel|`,
    String.raw`phone)?[:：]?[ ]{0,2}(?=(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|\d{17}[\dXx](?!\w)|`,
    String.raw`\d{15}(?!\d))`,
  ].join(""),
  "gu",
);
const LONE_MAX = 4;

/** Words of every text: nothing but a sign after them makes labels of them. */
const WEAK = /^(?:客户|顾客|用户|家长|快递员|讲师|导师|店长|辅导员|父亲|母亲|配偶|丈夫|妻子|当事人|受害人)/;

/** @param set whether a label that is a word of its own must be set off, too. */
function isSaid(label: string, set: boolean): boolean {
  return SET_OFF.test(label) || (!WEAK.test(label) && (!set || SURE.test(label)));
}

export class Labelled {
  readonly #traits: Traits;
  /** Whether a heading of a table of people was seen since the last `inColumns`. */
  #isTable = false;

  constructor(traits: Traits) {
    this.#traits = traits;
  }

  /**
   * Names that follow a label which begins in [from, to). @param set of labels that are words of their own, only
   * where a colon, a space or a bracket sets the name off: in prose 我是高手 names nobody.
   */
  afterLabels(text: string, from = 0, to: number = text.length, set = false): Stretch[] {
    const found: Stretch[] = [];
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i);
      if (LABEL_HEADS[unit] === 0 || (LOOSE_HEADS[unit] === 0 && !LABEL_PAIRS.has(pairAt(text, i)))) continue;
      if (!this.#isTable && isHeading(text, i)) this.#isTable = true;
      AFTER_LABEL.lastIndex = i;
      const match = AFTER_LABEL.exec(text);
      if (match === null || !isSaid(match[0], set)) continue;
      const start = i + match[0].length;
      const length = this.#nameAt(text, start);
      if (length > 0) found.push({ start, end: start + length });
      i = start - 1;
    }
    return found;
  }

  /** Names in the columns of tables, once `afterLabels` has read all of the text. */
  inColumns(text: string): Stretch[] {
    if (!this.#isTable) return [];
    this.#isTable = false;
    return namesInColumns(text, (cell) => /^[\u3400-\u9fff]{2,4}$/u.test(cell) && this.cost(cell) < NEVER);
  }

  /** Names beside a telephone or identity number. */
  inRows(text: string): Stretch[] {
    const found: Stretch[] = [];
    for (const match of text.matchAll(ROW)) {
      const name = match[1]!;
      if (this.cost(name) < NEVER) found.push({ start: match.index, end: match.index + name.length });
    }
    return found;
  }

  /** Length of the name at `start` that ends at a border or before a title, 0 for none. */
  #nameAt(text: string, start: number): number {
    let run = 0;
    while (run <= LONE_MAX && NAME_STOP.test(text[start + run] ?? "")) run++;
    for (let length = Math.min(run, LONE_MAX); length >= 2; length--) {
      if (length < run && !TITLE_AFTER.test(text.slice(start + length, start + length + 3))) continue;
      if (this.cost(text.slice(start, start + length)) < NEVER) return length;
    }
    return 0;
  }

  /** Half bits that a Chinese name of these characters costs; NEVER or more where it is none. */
  cost(name: string): number {
    const costs = this.#traits.costs;
    const at = (i: number, part: number) => Math.min(34, costs[name.charCodeAt(i) * 4 + part]!);
    const double = name.length > 2 ? this.#traits.double(name.charCodeAt(0), name.charCodeAt(1)) : NEVER;
    const family = double === NEVER ? 1 : 2;
    const first = double === NEVER ? costs[name.charCodeAt(0) * 4 + SURNAME]! : double;
    const given = name.length - family;
    if (first === NEVER || given < 1 || given > 2) return NEVER;
    const sum = first + (given === 2 ? at(family, MIDDLE) : 0) + at(name.length - 1, LAST);
    return sum > 90 ? NEVER : sum;
  }
}
