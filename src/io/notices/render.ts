// A notice as the people concerned read it (PIPL Arts. 17, 30, 39). Law of this file: the same policy gives the same
// text to the byte; what the notice itself does not say and the policy knows is said from the policy and named as such;
// what nobody says is missing, not invented.

import { createHash } from "node:crypto";
import { KINDS } from "../../act/kinds.ts";
import type { Language, Notice, NoticeText, Policy } from "../../words.ts";
import { KNOWN } from "../policy/known.ts";
import type { Text } from "../policy/problem.ts";

export interface Rendered {
  readonly text: string;
  /** Hex, of the text in UTF-8. */
  readonly sha256: string;
  /** Items that neither notice nor policy says, by field. */
  readonly missing: readonly string[];
  /** Items said from the policy, by field. */
  readonly derived: readonly string[];
}

const TITLES = {
  exporter: { zh: "个人信息处理者", en: "Handler of your personal information" },
  recipientName: { zh: "境外接收方", en: "Recipient overseas" },
  recipientContact: { zh: "接收方联系方式", en: "How to reach the recipient" },
  purpose: { zh: "处理目的", en: "Purpose" },
  method: { zh: "处理方式", en: "Manner of processing" },
  categories: { zh: "个人信息的种类", en: "Kinds of personal information" },
  sensitive: { zh: "其中的敏感个人信息", en: "Of these, sensitive personal information" },
  sensitiveNecessity: { zh: "处理敏感个人信息的必要性", en: "Why sensitive personal information is necessary" },
  sensitiveImpact: { zh: "对您权益的影响", en: "What it means for your rights and interests" },
  retention: { zh: "保存期限", en: "Kept for" },
  rights: { zh: "您向境外接收方行使权利的方式和程序", en: "How to exercise your rights against the recipient" },
} as const satisfies Readonly<Record<string, Text>>;

type Item = keyof typeof TITLES;

const CONSENT: Text = {
  zh: "您的个人信息只有在您单独同意后才会提供给上述境外接收方。您可以随时撤回同意，撤回不影响此前已经进行的处理。",
  en:
    "Your personal information goes to the recipient only after your separate consent. " +
    "You may withdraw it at any time; what was done before stays lawful.",
};

/** @throws TypeError when the policy lacks a recipient or purpose that the notice names. */
export function renderNotice(notice: Notice, policy: Policy, language: Language): Rendered {
  const said = new Map<Item, string>();
  const derived: string[] = [];
  const missing: string[] = [];
  const put = (item: Item, own: NoticeText | undefined, other: string, isAsked = true): void => {
    const mine = textOf(own, language);
    if (mine !== "") said.set(item, mine);
    else if (other !== "") {
      said.set(item, other);
      derived.push(item);
    } else if (isAsked) missing.push(item);
  };
  const { texts = {} } = notice;
  const from = derivedOf(notice, policy, language);
  if (from.exporter !== "") said.set("exporter", from.exporter);
  put("recipientName", texts["recipientName"], from.recipientName);
  put("recipientContact", texts["recipientContact"], from.recipientContact);
  put("purpose", texts["purpose"], from.purpose);
  put("method", texts["method"], "");
  put("categories", texts["categories"], from.categories);
  if (from.sensitive !== "") said.set("sensitive", from.sensitive);
  const isSensitive = from.sensitive !== "";
  put("sensitiveNecessity", texts["sensitiveNecessity"], "", isSensitive);
  put("sensitiveImpact", texts["sensitiveImpact"], "", isSensitive);
  put("retention", texts["retention"], "");
  put("rights", texts["rights"], "");
  const text = written(notice, said, from.consent, language);
  return { text, sha256: createHash("sha256").update(text).digest("hex"), missing, derived };
}

/** In its language, or in the only one there is. */
function textOf(text: NoticeText | undefined, language: Language): string {
  return (typeof text === "string" ? text : (text?.[language] ?? "")).trim();
}

/** What the policy knows of the ways of the notice. */
function derivedOf({ exporters, recipients, purposes, types = [] }: Notice, policy: Policy, language: Language) {
  const comma = language === "zh" ? "、" : ", ";
  const list = (words: readonly string[]) => [...new Set(words)].join(comma);
  const to = recipients.map((id) => present(policy.recipients.get(id), id));
  const why = purposes.map((id) => present(policy.purposes.get(id), id));
  const sensitive = new Set(KNOWN.sensitive[policy.profile]);
  const nameOf = (kind: string) => KINDS[kind]?.[language] ?? kind;
  return {
    exporter: list((exporters ?? []).map((id) => policy.exporters.get(id)?.name ?? id)),
    recipientName: list(
      to.map(({ name, country }) => (language === "zh" ? `${name}（${country}）` : `${name} (${country})`)),
    ),
    recipientContact: list(to.map(({ contact }) => contact)),
    purpose: list(why.map(({ label }) => label[language])),
    categories: list(types.map(nameOf)),
    sensitive: list(types.filter((kind) => sensitive.has(kind)).map(nameOf)),
    consent: why.some(({ basis }) => basis.legalBasis === "consent"),
  };
}

function written(
  { id, version }: Notice,
  said: ReadonlyMap<Item, string>,
  consent: boolean,
  language: Language,
): string {
  const head = language === "zh" ? "个人信息出境告知书" : "Notice: your personal information and its export from China";
  const number = language === "zh" ? `编号：${id}　版本：${version}` : `Notice ${id}, version ${version}`;
  const colon = language === "zh" ? "：" : ": ";
  // in the order of the titles, whatever order they were found in
  const items = (Object.keys(TITLES) as Item[]).flatMap((item) => {
    const text = said.get(item);
    return text === undefined ? [] : [`${TITLES[item][language]}${colon}${text}`];
  });
  const numbered = items.map((line, i) => (language === "zh" ? `${i + 1}．${line}` : `${i + 1}. ${line}`));
  return `${[head, number, "", ...numbered, ...(consent ? ["", CONSENT[language]] : [])].join("\n")}\n`;
}

function present<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new TypeError(`the policy has no ${id}`);
  return value;
}
