// A policy to begin with, for the route that was found. Law: what only the user can know is left empty, so that
// `yumen check` names each place by line; nothing is filled with a guess that would load.

import type { Text } from "../../io/policy/problem.ts";
import type { Language } from "../../words.ts";
import { type Answers, CONDITIONS } from "./answers.ts";
import { type Route, spelled } from "./judge.ts";

export interface FillIn {
  /** JSON Pointer into the stub. */
  readonly path: string;
  readonly text: Text;
}

export interface Stub {
  readonly yaml: string;
  readonly fillIns: readonly FillIn[];
}

/** @returns YAML of a whole `yumen/v1` file, comments in `language`, and what is to be filled in. */
export function stubOf(route: Route, answers: Answers, language: Language): Stub {
  const fillIns: FillIn[] = [];
  const fill = (path: string, zh: string, en: string): string => {
    fillIns.push({ path, text: { zh, en } });
    return `# ← ${{ zh, en }[language]}`;
  };
  const say = (zh: string, en: string): string => `# ${{ zh, en }[language]}`;
  const lines = [
    ...head(route, language),
    "apiVersion: yumen/v1",
    "profile: strict",
    "",
    ...parties(answers, fill),
    ...purposes(answers, say),
    ...exemption(route, fill, say),
    ...mechanism(route, answers, fill, say),
    ...papers(answers, fill, say),
    ...rules(),
  ];
  return { yaml: `${lines.join("\n")}\n`, fillIns };
}

type Fill = (path: string, zh: string, en: string) => string;
type Say = (zh: string, en: string) => string;

function head({ outcome, rule, basis, revision }: Route, language: Language): string[] {
  const zh = ["# 由 yumen route 生成。有 ← 的地方要填；填好以前 yumen check 会逐处指出。"];
  const en = ["# Made by yumen route. Fill in where an ← stands; until then yumen check names each place."];
  return [...(language === "zh" ? zh : en), `# ${outcome} · ${rule} · ${basis} · ${revision}`];
}

function parties(a: Answers, fill: Fill): string[] {
  return [
    "exporters:",
    "  - id: my-company",
    `    name: "" ${fill("/exporters/0/name", "公司全称（个人信息处理者）", "full name of the company (the PI handler)")}`,
    `    ciio: ${a.ciio}`,
    ...(a.stateOrgan ? ["    stateOrgan: true"] : []),
    ...(a.gba ? ["    gba: true"] : []),
    "",
    "recipients:",
    "  - id: recipient",
    `    name: "" ${fill("/recipients/0/name", "境外接收方的法律实体名称", "legal entity that receives it abroad")}`,
    `    country: ${JSON.stringify(a.destination)}`,
    `    contact: "" ${fill("/recipients/0/contact", "接收方的联系方式", "how the recipient is contacted")}`,
    ...(a.gba ? ["    gba: true"] : []),
    "",
    "destinations:",
    "  - id: destination",
    "    recipient: recipient",
    `    url: "" ${fill("/destinations/0/url", "接收方接口的 https 地址", "https address of the recipient's endpoint")}`,
    ...(a.kind === "push" ? [] : [`    flowKind: ${a.kind.replaceAll("-", "_")}`]),
    "    exporter: my-company",
    "    purpose: purpose",
    ...classification(a, fill),
    "",
  ];
}

const LEVELS: Readonly<Record<Answers["important"], string>> = {
  none: "general",
  "self-identified": "self-identified",
  notified: "important",
  published: "important",
  unknown: "unknown",
  core: "core",
  "state-secret": "state-secret",
};

function classification({ important }: Answers, fill: Fill): string[] {
  const at = (member: string): string => `/destinations/0/classification/${member}`;
  return [
    "    classification:",
    `      level: ${LEVELS[important]}`,
    `      catalogue: "" ${fill(at("catalogue"), "依据的目录或通知", "catalogue or notification that says so")}`,
    `      by: "" ${fill(at("by"), "谁认定的", "who classified it")}`,
    `      on: "" ${fill(at("on"), "认定日期 YYYY-MM-DD", "when, YYYY-MM-DD")}`,
  ];
}

function purposes(a: Answers, say: Say): string[] {
  const camel = (text: string): string => text.replace(/-(.)/g, (_, c: string) => c.toUpperCase());
  const conditions = CONDITIONS[a.basis].map((name) => `${camel(name)}: ${a.holds.includes(name)}`);
  return [
    "purposes:",
    `  - id: purpose ${say("改成您的目的，如 customer-service", "rename it to your purpose, such as customer-service")}`,
    "    label: { zh: 目的, en: Purpose }",
    `    basis: ${a.basis}`,
    ...(conditions.length === 0 ? [] : [`    ${a.basis}: { ${conditions.join(", ")} }`]),
    "",
  ];
}

const GROUNDS: Readonly<Record<string, string>> = {
  E1: "transit",
  E2: "contract",
  E3: "hr",
  E4: "emergency",
  E5: "statutory",
};

/** A scenario is claimed over a name and for a time; a zone's list needs its own entries. */
function exemption({ rule }: Route, fill: Fill, say: Say): string[] {
  if (rule === "E6" || rule === "F1")
    return [
      say(
        "自贸区：另写 ftzLists（清单）和 ftz（登记）",
        "the zone: write ftzLists (its list) and ftz (your registration)",
      ),
      "",
    ];
  const ground = GROUNDS[rule];
  if (ground === undefined) return [];
  return [
    "exemptions:",
    "  - id: exemption",
    `    ground: ${ground}`,
    "    exporters: my-company",
    "    recipients: recipient",
    "    purposes: purpose",
    `    until: "" ${fill("/exemptions/0/until", "到哪天要再核实 YYYY-MM-DD", "day by which to look again, YYYY-MM-DD")}`,
    `    approvedBy: "" ${fill("/exemptions/0/approvedBy", "谁认定场景成立", "who answers for the claim")}`,
    "    evidence: evidence",
    "",
    "documents:",
    "  - id: evidence",
    `    kind: "" ${fill("/documents/0/kind", "是什么文件", "what paper it is")}`,
    `    path: "" ${fill("/documents/0/path", "证明场景成立的文件，放在本文件夹内", "the paper that shows it, in this folder")}`,
    `    sha256: "" ${fill("/documents/0/sha256", "sha256sum 文件", "sha256sum FILE")}`,
    "",
  ];
}

const CATEGORIES = ["种类 id，如 cn-mobile, person", "ids of the kinds, such as cn-mobile, person"] as const;

function mechanism(route: Route, a: Answers, fill: Fill, say: Say): string[] {
  if (route.mechanism === null) {
    const { rule, basis } = route;
    return [say(`不需要 mechanisms：${rule}（${basis}）`, `no mechanisms: ${rule} (${basis}) needs none`), ""];
  }
  const type = spelled(route.mechanism.id);
  const at = (member: string): string => `/mechanisms/0/${member}`;
  const filed = type.endsWith("standard-contract");
  return [
    "mechanisms:",
    "  - id: mechanism",
    `    type: ${type}`,
    "    exporters: my-company",
    `    number: "" ${fill(at("number"), "文书编号", "number on the paper")}`,
    `    validFrom: "" ${fill(at("validFrom"), "文书上的生效日 YYYY-MM-DD", "first day on the paper, YYYY-MM-DD")}`,
    `    validUntil: "" ${fill(at("validUntil"), "文书上的最后一天 YYYY-MM-DD", "last day on the paper, YYYY-MM-DD")}`,
    ...(filed
      ? [
          say("    备案后加上 filedDate: YYYY-MM-DD", "    once filed, add filedDate: YYYY-MM-DD").replace(
            "#     ",
            "    # ",
          ),
        ]
      : []),
    ...(type === "security-assessment"
      ? [`    status: pending ${say("通过后删去此行", "delete when it has passed")}`]
      : []),
    "    scope:",
    "      recipients: recipient",
    "      purposes: purpose",
    `      categories: [""] ${fill(at("scope/categories/0"), ...CATEGORIES)}`,
    `      maxNonSensitive: ${a.people} ${say("文书上的人数", "as on the paper")}`,
    `      maxSensitive: ${a.sensitive === "unknown" ? 0 : a.sensitive} ${say("文书上的人数", "as on the paper")}`,
    "",
  ];
}

/** A blank item of a notice loads, and the law refuses: `yumen check` warns of each. */
function papers(a: Answers, fill: Fill, say: Say): string[] {
  const items: readonly (readonly [name: string, zh: string, en: string])[] = [
    ["recipientName", "接收方名称", "recipient's name"],
    ["recipientContact", "联系方式", "its contact"],
    ["purpose", "处理目的", "purpose"],
    ["method", "处理方式", "method"],
    ["categories", "信息种类", "kinds of information"],
    ["rights", "如何向接收方行使权利", "how to exercise rights against the recipient"],
    ["retention", "保存期限", "retention"],
  ];
  const sensitive: typeof items = [
    ["sensitiveNecessity", "处理敏感个人信息的必要性", "why the sensitive kinds are necessary"],
    ["sensitiveImpact", "对个人的影响", "their impact on the individual"],
  ];
  const bearsSensitive = a.sensitive === "unknown" || a.sensitive > 0 || a.under14;
  return [
    "notices:",
    "  - id: notice",
    '    version: "1"',
    "    recipients: recipient",
    "    purposes: purpose",
    ...[...items, ...(bearsSensitive ? sensitive : [])].map(
      ([name, zh, en]) => `    ${name}: "" ${fill(`/notices/0/${name}`, zh, en)}`,
    ),
    "",
    "pipias:",
    "  - id: pipia",
    `    done: false ${fill("/pipias/0/done", "评估完成后改为 true", "true once the assessment is finished")}`,
    "    recipients: recipient",
    "    purposes: purpose",
    `    types: [""] ${fill("/pipias/0/types/0", ...CATEGORIES)}`,
    "",
    "callers:",
    "  - id: caller",
    `    keySha256: "" ${fill("/callers/0/keySha256", "调用方密钥的 SHA-256（不是密钥本身）", "SHA-256 of its key (not the key)")}`,
    "    exporters: my-company",
    "    destinations: destination",
    "    purposes: purpose",
    `    mayAssert: [subject] ${say("可以说明这次请求是关于谁的", "it may say whom a request is about")}`,
    "",
  ];
}

function rules(): string[] {
  return [
    "rules:",
    "  - id: no-pi",
    "    why: { zh: 没有发现个人信息, en: No personal information was found }",
    "    action: forward",
    "    match: { pi: false }",
    "  - id: covered",
    "    why: { zh: 法律要求都满足的个人信息, en: Personal information for which all that the law asks is there }",
    "    action: forward",
    "    match: { pi: true }",
  ];
}
