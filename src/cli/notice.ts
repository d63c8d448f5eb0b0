// `yumen notice`: the text that people are shown, what changed in it, and whose consents fell. Law: it reads; receipts
// and counts are told, never a person or a key of one.

import type { Command } from "commander";
import type { Language, Notice, Policy } from "../words.ts";
import { variable } from "./check.ts";
import { answering } from "./shown/answering.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
Examples:
  yumen notice render support-openai --policies policies            the text, in zh or en
  yumen notice render support-openai --lang en --out notice-2.en.txt
  yumen notice render support-openai --diff                         what changed since the last version
  yumen notice void support-openai --data .yumen                    consents that material changes made void
  yumen notice void support-openai --json | jq .receipts

The last version is the last of the notice's \`supersedes\`, its text the \`document\` named there.
Exit codes: 0 fine; 1 the text lacks an item, or is not the one published (sha256), or consents fell; 2 could not run.`;

interface Options {
  readonly policies: string;
  readonly data: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly out?: string;
  readonly diff?: boolean;
  readonly json?: boolean;
}

export function register(program: Command): void {
  const notice = program.command("notice").description("notices to individuals: text, changes, consents that fell");
  notice.addHelpText("after", EXAMPLES);
  common(notice.command("render").description("write the text of a notice").argument("<id>", "of the notice"))
    .option("--out <file>", "write the text there")
    .option("--diff", "show what changed since the last version")
    .action((id: string, options: Options) =>
      answering("notice", options.lang, (language) => render(id, options, language)),
    );
  common(notice.command("void").description("consents that a material change made void").argument("<id>"))
    .option("--data <dir>", "data folder of the gate", ".yumen")
    .action((id: string, options: Options) =>
      answering("notice", options.lang, (language) => fallen(id, options, language)),
    );
}

function common(command: Command): Command {
  return command
    .option("--policies <dir>", "policy folder", "policies")
    .option("--set <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language of the text and of messages (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES);
}

async function noticeOf(id: string, { policies, set = {} }: Options, language: Language) {
  const { readPolicy } = await import("./shown/policy.ts");
  const policy = await readPolicy(policies, set, language);
  const notice = policy.notices.find((one) => one.id === id);
  if (notice !== undefined) return { policy, notice };
  const known = policy.notices.map((one) => one.id).join(", ");
  throw new CannotRun(`没有名为 ${id} 的告知；有：${known}`, `no notice named ${id}; there are: ${known}`);
}

async function render(id: string, options: Options, language: Language): Promise<number> {
  const { policy, notice } = await noticeOf(id, options, language);
  const { renderNotice } = await import("../io/notices/render.ts");
  const rendered = renderNotice(notice, policy, language);
  const { text, sha256, missing, derived } = rendered;
  const published = notice.sha256?.[language] ?? null;
  const changed = published !== null && published !== sha256;
  const lines = options.diff ? await since(notice, policy, options.policies, text) : null;
  if (options.out !== undefined) await writeText(options.out, text);
  if (options.json) {
    const { version } = notice;
    const said = { id, version, language, sha256, published, changed, missing, derived, text };
    process.stdout.write(`${JSON.stringify(lines === null ? said : { ...said, diff: lines })}\n`);
  } else {
    if (lines !== null) process.stdout.write(`${lines.join("\n")}\n`);
    else if (options.out === undefined) process.stdout.write(text);
    process.stderr.write(remarks({ sha256, missing, derived, changed }, language));
  }
  return missing.length > 0 || changed ? 1 : 0;
}

interface Remarks {
  readonly sha256: string;
  readonly missing: readonly string[];
  readonly derived: readonly string[];
  readonly changed: boolean;
}

function remarks({ sha256, missing, derived, changed }: Remarks, language: Language): string {
  const zh = language === "zh";
  const list = (names: readonly string[]) => names.join(zh ? "、" : ", ");
  const lines = [
    `sha256 ${language}: ${sha256}`,
    ...(missing.length > 0
      ? [zh ? `缺少（第17、39条）：${list(missing)}` : `missing (PIPL Arts. 17, 39): ${list(missing)}`]
      : []),
    ...(derived.length > 0
      ? [
          zh
            ? `取自策略、告知里没写：${list(derived)}；写进 notices 才算告知过`
            : `taken from the policy, not said by the notice: ${list(derived)}; write it there, or it was not told`,
        ]
      : []),
    ...(changed
      ? [
          zh
            ? "与发布时的文本不同（sha256）：请改版本号，并在 supersedes 里写明"
            : "not the text that was published (sha256): give it a new version, and say so in supersedes",
        ]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** @throws CannotRun when the last version's text is not at hand. */
async function since(
  { supersedes = [] }: Notice,
  policy: Policy,
  dir: string,
  text: string,
): Promise<readonly string[]> {
  const last = supersedes.at(-1);
  const document = last?.document === undefined ? undefined : policy.documents.get(last.document);
  if (document === undefined) {
    throw new CannotRun(
      "supersedes 的最后一项没有 document：找不到上一版文本",
      "the last of supersedes names no document: the text before is not at hand",
    );
  }
  const { readFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const { diff } = await import("../io/notices/diff.ts");
  // its hash was checked when the policy was loaded
  return diff(await readFile(join(dir, document.path), "utf8"), text);
}

async function writeText(file: string, text: string): Promise<void> {
  const { writeFile } = await import("node:fs/promises");
  await writeFile(file, text).catch(({ code }: NodeJS.ErrnoException) => {
    throw new CannotRun(`${file} 写不了（${code}）`, `${file} cannot be written (${code})`);
  });
}

async function fallen(id: string, options: Options, language: Language): Promise<number> {
  const { notice, policy } = await noticeOf(id, options, language);
  const { join } = await import("node:path");
  const { openReceipts } = await import("../io/stores/lmdb/receipts.ts");
  const { voidedBy } = await import("./notice/voided.ts");
  const receipts = await openReceipts(join(options.data, "store"));
  if (receipts === null) {
    throw new CannotRun(`${options.data} 里没有同意记录`, `no record of consents in ${options.data}`);
  }
  try {
    const voided = voidedBy(notice, receipts.granted(), Date.now(), handlersOf(notice, policy));
    process.stdout.write(`${options.json ? JSON.stringify({ id, ...voided }) : told(id, voided, language)}\n`);
    return voided.receipts.length > 0 ? 1 : 0;
  } finally {
    await receipts.close();
  }
}

function handlersOf({ exporters }: Notice, policy: Policy): ReadonlySet<string> | null {
  return exporters === undefined ? null : new Set(exporters.map((id) => policy.exporters.get(id)?.handler ?? id));
}

type Voided = ReturnType<typeof import("./notice/voided.ts")["voidedBy"]>;

function told(id: string, { inForce, receipts, byVersion }: Voided, language: Language): string {
  const head =
    language === "zh"
      ? `${id}：有效同意 ${inForce} 份，因实质性变更失效 ${receipts.length} 份`
      : `${id}: ${inForce} consents in force, ${receipts.length} made void by a material change`;
  const versions = Object.entries(byVersion).map(([version, n]) => `  ${version || "-"}  ${n}`);
  return [head, ...versions, ...receipts.map((receipt) => `  ${receipt}`)].join("\n");
}
