// The five questions of `yumen init`, and what answers they take. Law: flags and the terminal go through the same
// checks; what a template has no place for is refused, not bent.

import { country, filled } from "../../io/policy/fields.ts";
import type { Text } from "../../io/policy/problem.ts";
import { CannotRun } from "../shown/cannot-run.ts";

export const TEMPLATES = {
  "saas-crm": {
    says: { zh: "客户资料同步到境外的 SaaS", en: "customer records go to a SaaS abroad" },
    bases: ["consent", "contract"],
  },
  "ai-product": {
    says: { zh: "用户的话发给境外大模型", en: "what users say goes to a model abroad" },
    bases: ["consent", "contract"],
  },
  hr: { says: { zh: "员工资料同步到境外总部", en: "employees' records go to headquarters" }, bases: ["hr", "consent"] },
  "multi-client": {
    says: { zh: "受几家客户委托处理的云", en: "a cloud that serves several clients" },
    bases: ["consent", "contract"],
  },
} as const;

export type Template = keyof typeof TEMPLATES;

/** As typed, on a terminal or in flags. */
export interface Typed {
  readonly template?: string;
  readonly exporter?: string;
  readonly ciio?: string;
  readonly recipient?: string;
  readonly country?: string;
  readonly contact?: string;
  readonly basis?: string;
  readonly url?: string;
}

export interface Answers {
  readonly template: Template;
  readonly exporter: string;
  readonly ciio: "yes" | "no" | "unknown";
  readonly recipient: string;
  /** ISO 3166-1 alpha-2, not CN. */
  readonly country: string;
  readonly contact: string;
  readonly basis: string;
  /** As in a policy: a variable is allowed. */
  readonly url: string;
}

export interface Question {
  readonly name: keyof Typed;
  readonly asks: Text;
  /** Words to choose from; empty: any text. */
  choices(before: Typed): readonly string[];
  /** What an empty line means; null: it is asked again. */
  otherwise(before: Typed): string | null;
}

const none = (): readonly string[] => [];

/** In the order in which they are asked. The recipient is one question in three lines. */
export const QUESTIONS: readonly Question[] = [
  {
    name: "template",
    asks: { zh: "1/5 什么业务？", en: "1/5 What is it about?" },
    choices: () => Object.keys(TEMPLATES),
    otherwise: () => null,
  },
  {
    name: "exporter",
    asks: { zh: "2/5 你们公司的全称？", en: "2/5 Your company's full name?" },
    choices: none,
    otherwise: () => null,
  },
  {
    name: "ciio",
    asks: {
      zh: "3/5 是关键信息基础设施运营者吗？（不知道按“是”处理）",
      en: "3/5 Does it operate critical information infrastructure? (not known counts as yes)",
    },
    choices: () => ["yes", "no", "unknown"],
    otherwise: () => "unknown",
  },
  {
    name: "recipient",
    asks: { zh: "4/5 境外接收方的法律实体全称？", en: "4/5 The recipient's full legal name?" },
    choices: none,
    otherwise: () => null,
  },
  {
    name: "country",
    asks: { zh: "    所在国家或地区（两位代码，如 US、SG、HK）？", en: "    Its country (two letters: US, SG, HK)?" },
    choices: none,
    otherwise: () => null,
  },
  {
    name: "contact",
    asks: { zh: "    个人向它行使权利的联系方式？", en: "    Where can people reach it with their rights?" },
    choices: none,
    otherwise: () => null,
  },
  {
    name: "basis",
    asks: { zh: "5/5 凭什么处理（个人信息保护法第13条）？", en: "5/5 On what ground (PIPL Art. 13)?" },
    choices: ({ template }) => TEMPLATES[template as Template]?.bases ?? [],
    otherwise: ({ template }) => TEMPLATES[template as Template]?.bases[0] ?? null,
  },
];

/** A port of this machine: `yumen start` listens there for who has no recipient yet. */
const URL_DEFAULT = `\${overseas:-http://127.0.0.1:8791}`;

/** One answer checked. @throws CannotRun */
export function checked({ name, choices }: Question, text: string, before: Typed): string {
  const words = choices(before);
  const typed = text.trim();
  if (words.length > 0) {
    if (words.includes(typed)) return typed;
    throw new CannotRun(`--${name}：应为 ${words.join("、")} 之一`, `--${name}: one of ${words.join(", ")} is wanted`);
  }
  const said = name === "country" ? typed.toUpperCase() : typed;
  const { success } = (name === "country" ? country : filled).safeParse(said);
  if (!success || said.length > 200)
    throw new CannotRun(
      `--${name}：不合要求`,
      `--${name}: ${name === "country" ? "two letters such as US" : "a name"} is wanted`,
    );
  if (name === "country" && said === "CN")
    throw new CannotRun("--country：发往境内不是出境", "--country: what stays in the mainland is no export");
  return said;
}

/** @throws CannotRun naming what is missing, or what does not fit. */
export function answersOf(typed: Typed): Answers {
  const [first] = QUESTIONS;
  if (typed.template !== undefined) checked(first!, typed.template, typed);
  const missing = QUESTIONS.filter(({ name, otherwise }) => typed[name] === undefined && otherwise(typed) === null);
  if (missing.length > 0) {
    const flags = missing.map(({ name }) => `--${name}`).join(" ");
    throw new CannotRun(
      `还缺 ${flags}（在终端里运行会逐项询问）`,
      `missing: ${flags} (on a terminal they are asked for)`,
    );
  }
  const said: Record<string, string> = {};
  for (const question of QUESTIONS)
    said[question.name] = checked(question, typed[question.name] ?? question.otherwise(typed)!, typed);
  return { ...(said as unknown as Omit<Answers, "url">), url: typed.url ?? URL_DEFAULT };
}
