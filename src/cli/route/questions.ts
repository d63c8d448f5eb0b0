// The questions, in the order they are asked. Law: each answer is a flag's value, word for word.

import type { Text } from "../../io/policy/problem.ts";
import { BASES, type Basis, count, country, date } from "./answers.ts";

export type Given = Record<string, string | boolean>;

export interface Question {
  readonly name: string;
  readonly asks: Text;
  /** Words that may be answered; or a check that throws CannotRun. */
  readonly takes: readonly (readonly [word: string, says: Text])[] | ((text: string) => unknown);
  /** Taken when the line is empty; undefined: an answer is wanted. */
  readonly otherwise?: string;
  readonly when?: (given: Given) => boolean;
}

export const YES_NO: Question["takes"] = [
  ["yes", { zh: "是", en: "yes" }],
  ["no", { zh: "否", en: "no" }],
];

const BASIS: Readonly<Record<Basis, Text>> = {
  consent: { zh: "个人同意", en: "consent of the individual" },
  contract: {
    zh: "订立、履行个人为一方的合同所必需",
    en: "necessary for a contract to which the individual is a party",
  },
  hr: {
    zh: "按劳动规章和集体合同跨境管理员工所必需",
    en: "necessary for cross-border HR under labour rules and collective contract",
  },
  emergency: { zh: "紧急情况下保护生命健康财产所必需", en: "necessary in an emergency for life, health or property" },
  statutory: { zh: "履行中国法律规定的义务所必需", en: "necessary for a duty under PRC law" },
};

export const CONDITION: Readonly<Record<string, Text>> = {
  "individual-is-party": { zh: "个人本人是合同一方吗", en: "Is the individual a party to the contract" },
  necessary: { zh: "不出境就做不到吗（必需）", en: "Is it impossible without the export (necessary)" },
  employee: { zh: "个人是本单位员工吗", en: "Are the individuals employees" },
  "labour-rules": { zh: "有依法制定的劳动规章制度吗", en: "Are there labour rules, lawfully made" },
  "collective-contract": { zh: "有依法签订的集体合同吗", en: "Is there a collective contract, lawfully signed" },
  imminent: { zh: "危险迫在眉睫吗", en: "Is the danger imminent" },
  "prc-duty": { zh: "是中国法律规定的义务吗（不是外国法）", en: "Is it a duty under PRC law (not foreign law)" },
};

const hasPi = (given: Given): boolean => given["pi"] !== "no";

export const QUESTIONS: readonly Question[] = [
  {
    name: "destination",
    asks: {
      zh: "数据去哪个国家或地区（两位代码，境内写 CN）",
      en: "Where does it go (two-letter code; CN for the mainland)",
    },
    takes: country,
    otherwise: "US",
  },
  {
    name: "kind",
    asks: { zh: "怎么出去", en: "How does it leave" },
    takes: [
      ["push", { zh: "从这里发送（调用境外接口）", en: "sent from here (an overseas API is called)" }],
      ["remote-access", { zh: "境外人员远程查看境内数据", en: "somebody abroad reads data kept here" }],
      ["logging", { zh: "日志、遥测", en: "logs, telemetry" }],
      [
        "in-country-access",
        { zh: "境外人员在境内查看，不带走", en: "overseas staff read it inside the mainland, nothing is sent" },
      ],
    ],
    otherwise: "push",
  },
  {
    name: "pi",
    asks: {
      zh: "里面有个人信息吗（含化名、加密的）",
      en: "Does it hold personal information (also pseudonymised or encrypted)",
    },
    takes: YES_NO,
    otherwise: "yes",
  },
  {
    name: "ciio",
    asks: { zh: "您是关键信息基础设施运营者吗", en: "Are you a critical information infrastructure operator (CIIO)" },
    takes: [...YES_NO, ["unknown", { zh: "不清楚（按是处理）", en: "not known (taken as yes)" }]],
  },
  {
    name: "important",
    asks: {
      zh: "里面有重要数据吗（被告知或公开目录列明的）",
      en: "Does it hold important data (notified to you, or in a published catalogue)",
    },
    takes: [
      ["none", { zh: "没有", en: "no" }],
      [
        "self-identified",
        { zh: "只是自己识别，未被告知或公布", en: "only by your own reading, not notified or published" },
      ],
      ["notified", { zh: "已被告知", en: "notified" }],
      ["published", { zh: "已公布", en: "published" }],
      ["unknown", { zh: "不清楚（按有处理）", en: "not known (taken as yes)" }],
      ["core", { zh: "核心数据", en: "core data" }],
      ["state-secret", { zh: "国家秘密", en: "state secrets" }],
    ],
    otherwise: "none",
  },
  {
    name: "golive",
    asks: {
      zh: "计划哪一天开始出境（YYYY-MM-DD，可不填）",
      en: "Planned first day of export (YYYY-MM-DD, or nothing)",
    },
    takes: (text) => text === "" || date("golive", text),
    otherwise: "",
  },
  {
    name: "people",
    when: hasPi,
    asks: {
      zh: "那一年从1月1日（北京时间）起，连同这次，向境外提供个人信息的有多少人（全部接收方合计，每人算一次）",
      en: "How many people's information goes abroad that year (from 1 January, Beijing; all recipients, each once)",
    },
    takes: (text) => count("people", text),
  },
  {
    name: "sensitive",
    when: hasPi,
    asks: {
      zh: "其中敏感个人信息的有多少人（证件号、银行卡、健康、精确位置、生物特征、十四岁以下……；不清楚写 unknown）",
      en: "How many of them with sensitive data (ID or bank card numbers, health, location, under 14 …; or unknown)",
    },
    takes: (text) => text === "unknown" || count("sensitive", text),
  },
  {
    name: "under14",
    when: (given) => hasPi(given) && given["sensitive"] !== "0",
    asks: { zh: "有不满十四周岁的人吗", en: "Are there children under 14" },
    takes: YES_NO,
    otherwise: "no",
  },
  {
    name: "basis",
    when: hasPi,
    asks: { zh: "依据是什么（个人信息保护法第13条）", en: "On which basis (PIPL Art. 13)" },
    takes: BASES.map((basis) => [basis, BASIS[basis]] as const),
    otherwise: "consent",
  },
  {
    name: "zone",
    when: hasPi,
    asks: {
      zh: "您在自贸区注册，且业务在区内吗；对照负面清单的结果",
      en: "Registered and active in a free-trade zone? What does its list say",
    },
    takes: [
      ["none", { zh: "不在自贸区", en: "not in a zone" }],
      ["no-list", { zh: "在，但没有清单", en: "in one, without a list" }],
      ["outside-list", { zh: "不在清单内", en: "not on the list" }],
      ["listed-sc-or-cert", { zh: "在清单内：标准合同或认证", en: "listed: standard contract or certification" }],
      ["listed-assessment", { zh: "在清单内：安全评估", en: "listed: assessment" }],
    ],
    otherwise: "none",
  },
  {
    name: "gba",
    when: (given) => given["destination"] === "HK" || given["destination"] === "MO",
    asks: { zh: "双方都在粤港澳大湾区注册吗", en: "Are both parties registered in the Greater Bay Area" },
    takes: YES_NO,
    otherwise: "no",
  },
];
