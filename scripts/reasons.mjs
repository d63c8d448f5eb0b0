// `node scripts/reasons.mjs`: writes docs/reasons/, a page for each code that a decision or a failure can carry. Law:
// every code of the catalogue has a page and no other; status, article, sentence and cures come from the code, what each
// reader can do from scripts/reasons/*.yaml, and nothing is said in two places.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = new URL("..", import.meta.url).pathname;
export const FOLDER = "docs/reasons";
const READERS = ["developer", "lawyer", "operator"];
const EXAMPLE_ID = "dec_01JD7QK4W2M6X8R3T5V7Y9ZABC";

const GROUPS = [
  ["law", "The law", "法律"],
  ["gate", "The gate's own rules, and requests that policy does not carry", "网关自身的规则，和策略不承载的请求"],
  ["failures", "What cannot be read, and what failed", "读不了的内容与故障"],
];
const NO_LAWYER = {
  zh: "无须手续：什么都没有出境，也没有走到法律判断。",
  en: "Nothing to sign; nothing left, and the law was not asked.",
};
const SAYS = {
  zh: {
    means: "是什么",
    readers: { developer: "开发能做什么", lawyer: "法务能做什么", operator: "管理员能做什么" },
    cures: "怎么办，由易到难",
    columns: ["办法", "谁来做", "通常多久"],
    none: "没有办法解除它。",
    example: "信息样例",
    head: ["代码", "HTTP", "谁的事", "依据", "对应的条件"],
    nothing: "无",
    faults: { caller: "调用方", exporter: "处理者", operator: "管理员", gate: "网关", upstream: "接收方一侧" },
  },
  en: {
    means: "What it means",
    readers: {
      developer: "What a developer can do",
      lawyer: "What a lawyer can do",
      operator: "What an operator can do",
    },
    cures: "What helps, in order of effort",
    columns: ["cure", "who", "usually takes"],
    none: "Nothing lifts it.",
    example: "Example",
    head: ["code", "HTTP", "fault", "article", "condition"],
    nothing: "none",
    faults: { caller: "caller", exporter: "exporter", operator: "operator", gate: "gate", upstream: "upstream" },
  },
};

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { build, install } = await import("./setup.mjs");
  install();
  build();
  const made = await pages("dist");
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  for (const name of readdirSync(join(ROOT, FOLDER))) if (!made.has(name)) rmSync(join(ROOT, FOLDER, name));
  for (const [name, text] of made) writeFileSync(join(ROOT, FOLDER, name), text);
}

/**
 * @param {"dist" | "src"} from which modules to load: a test runs the sources.
 * @returns {Promise<Map<string, string>>} file name → text. @throws Error on a code without texts, or texts without one.
 */
export async function pages(from) {
  const load = (name) => import(pathToFileURL(join(ROOT, from, name + (from === "src" ? ".ts" : ".js"))).href);
  const { CATALOGUE } = await load("act/messages/all");
  const { byEffort, CURES } = await load("act/messages/cures");
  const { articleIn } = await load("act/messages/articles");
  const { refuse, refuseCode } = await load("act/refuse");
  const { allConditions } = await load("cli/explain/gate-conditions");
  const { CONDITION_NAMES, WHO } = await load("cli/explain/words");
  const with_ = { CATALOGUE, CURES, byEffort, articleIn, refuse, refuseCode, CONDITION_NAMES, WHO };
  const rows = allConditions(true, []);
  const texts = await textsOf(Object.keys(CATALOGUE));
  const made = new Map();
  for (const [code, text] of texts)
    made.set(
      `${code.toLowerCase()}.md`,
      page(
        code,
        text,
        rows.find(({ codes }) => codes.includes(code)),
        with_,
      ),
    );
  made.set("README.md", index(texts, with_));
  return made;
}

/** Code → its texts and group, in the order of the catalogue's parts. */
async function textsOf(codes) {
  const { parse } = await import("yaml");
  const texts = new Map();
  for (const [group] of GROUPS) {
    const part = parse(readFileSync(join(ROOT, "scripts/reasons", `${group}.yaml`), "utf8"));
    for (const [code, text] of Object.entries(part)) texts.set(code, { lawyer: NO_LAWYER, ...text, group });
  }
  for (const [code, text] of texts) checkText(code, text);
  const missing = codes.filter((code) => !texts.has(code));
  const strange = [...texts.keys()].filter((code) => !codes.includes(code));
  if (missing.length > 0) throw new Error(`scripts/reasons/*.yaml lack texts for: ${missing.join(", ")}`);
  if (strange.length > 0) throw new Error(`scripts/reasons/*.yaml have texts for no code: ${strange.join(", ")}`);
  return texts;
}

/** A comma outside quotes would cut a text in two, and nobody would see it. */
function checkText(code, { group: _, ...text }) {
  if (Object.keys(text).sort().join() !== "developer,lawyer,means,operator")
    throw new Error(`scripts/reasons: ${code} has ${Object.keys(text)}`);
  for (const [reader, both] of Object.entries(text))
    if (Object.keys(both).sort().join() !== "en,zh")
      throw new Error(`scripts/reasons: ${code}.${reader} has ${Object.keys(both)}`);
}

function page(code, text, condition, with_) {
  const name = code.toLowerCase();
  const { says } = with_.CATALOGUE[code];
  const half = (language) => section(language, code, text, condition, with_);
  return `# ${name}

${says.zh} · ${says.en}

Written by \`node scripts/reasons.mjs\`. Do not edit. [All codes · 全部代码](README.md)

${half("zh")}
${half("en")}`;
}

function section(language, code, text, condition, with_) {
  const { CATALOGUE, articleIn, CONDITION_NAMES } = with_;
  const { status, fault, article } = CATALOGUE[code];
  const words = SAYS[language];
  const met = condition === undefined ? words.nothing : CONDITION_NAMES[condition.id][language];
  const cells = [
    `\`${code.toLowerCase()}\``,
    status,
    words.faults[fault],
    articleIn(language, article) || words.nothing,
    met,
  ];
  const readers = READERS.map((reader) => `**${words.readers[reader]}**${colon(language)}${text[reader][language]}`);
  return `## ${words.means}

${text.means[language]}

${table([words.head, cells])}

${readers.join("\n\n")}

### ${words.cures}

${curesOf(language, code, with_)}

### ${words.example}

> ${exampleOf(language, code, with_)}
`;
}

function colon(language) {
  return language === "zh" ? "：" : ": ";
}

function curesOf(language, code, { CATALOGUE, CURES, byEffort, WHO }) {
  const words = SAYS[language];
  const ids = byEffort(CATALOGUE[code].cures);
  if (ids.length === 0) return words.none;
  const rows = ids.map((id) => [CURES[id][language], WHO[CURES[id].who][language], CURES[id].lead[language]]);
  return table([words.columns, ...rows]);
}

/** As a caller reads it; the places are made up. */
function exampleOf(language, code, { CATALOGUE, refuse, refuseCode }) {
  const { article } = CATALOGUE[code];
  const decided = code === code.toUpperCase();
  if (!decided) return refuseCode({ decision: EXAMPLE_ID, language, code, detail: "" }).message;
  const reason = { code, article, ...placeOf(code) };
  return refuse({ decision: EXAMPLE_ID, language, reasons: [reason], cures: [], destination: "openai-us" }).message;
}

function placeOf(code) {
  if (code === "CREDENTIAL_FOUND") return { path: "/messages/3/content", type: "secret" };
  if (code === "PI_IN_HEAD") return { path: "phone", type: "cn-mobile" };
  if (code.startsWith("OPAQUE_")) return { path: "/messages/3/content/1" };
  if (/^(?:MECH_|SC_|SCOPE_(?!EXPORTER|CATEGORY))/.test(code)) return { about: "SCC-2026-001" };
  if (code === "SCOPE_CATEGORY") return { path: "/messages/3/content", type: "cn-id", about: "SCC-2026-001" };
  if (code === "POLICY_FORBIDS") return { about: "no-health-data" };
  if (code === "GUARDIAN_CONSENT_MISSING") return { path: "/messages/3/content", type: "person" };
  return /^(?:CONSENT_(?!FEED)|NOT_NECESSARY|SENSITIVE_|RESIDUAL_|PI_IN_FILE)/.test(code)
    ? { path: "/messages/3/content", type: "cn-mobile" }
    : {};
}

function index(texts, { CATALOGUE, articleIn }) {
  const parts = GROUPS.map(([group, en, zh]) => {
    const rows = [...texts]
      .filter(([, text]) => text.group === group)
      .map(([code]) => {
        const { says, article } = CATALOGUE[code];
        const name = code.toLowerCase();
        return [`[\`${name}\`](${name}.md)`, says.zh, says.en, articleIn("zh", article) || SAYS.zh.nothing];
      });
    return `## ${en} · ${zh}\n\n${table([["code", "中文", "English", "article · 依据"], ...rows])}\n`;
  });
  return `# Reason codes · 原因代码

Written by \`node scripts/reasons.mjs\`. Do not edit. One page a code: what it means, the article, and what a developer, a
lawyer, an operator can do, in Chinese and English. \`yumen explain dec_…\` names the pages of a decision; statuses and faults at
one glance are in [../errors.md](../errors.md).

每个代码一页：是什么，依据哪一条，开发、法务、管理员各能做什么，中英文都有。\`yumen explain dec_…\` 会指出一个决策对应的页面。

${parts.join("\n")}`;
}

function table([head, ...rows]) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
