// `yumen policy …`: keys that sign policies, and signatures of them.
// Law: a private key is a file of its owner's and is never printed; what is signed is what lies in the folder now.

import type { Command } from "commander";
import type { OutsideFlow } from "../words.ts";
import { languageOf } from "./check.ts";
import type { Left } from "./policy/inventory.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
Examples:
  yumen policy keygen li.key --name li --role author      # prints the line that lists it
  yumen policy sign policies --key li.key --name li       # writes policies/policy.sig
  yumen policy verify policies --policy-keys keys.yaml    # whose signatures hold
  yumen start --policies policies --policy-keys keys.yaml
  yumen policy inventory --data .yumen --since 2026-10-01   # a draft of what leaves, from the ledger
  yumen policy inventory --policies policies                # and what the policy declares that passes no gate

keys.yaml:
  keys:
    - { name: li, role: author, key: ed25519:… }
    - { name: wang, role: approver, key: ed25519:… }

Whatever loosens the policy before it needs two signers, one of them an approver; so does the first.
Exit code: 0 done, 1 nobody who is listed has signed, 2 could not run.`;

interface Options {
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly policyKeys: string;
  readonly data: string;
  readonly since?: string;
  readonly policies?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  const policy = program
    .command("policy")
    .description("sign policies, and the keys for it; draft an inventory")
    .addHelpText("after", EXAMPLES);
  common(policy.command("keygen").description("make an Ed25519 key; prints its public half").argument("<file>"))
    .requiredOption("--name <name>", "the signer")
    .option("--role <role>", "author or approver", "author")
    .action(async (file: string, options: Options) => run(options, async () => keygen(file, options)));
  common(policy.command("sign").description("sign a policy folder").argument("<dir>"))
    .requiredOption("--key <file>", "private key, made by keygen")
    .requiredOption("--name <name>", "the signer, as listed")
    .action(async (dir: string, options: Options) => run(options, async () => sign(dir, options)));
  common(policy.command("verify").description("whose signatures hold").argument("<dir>"))
    .requiredOption("--policy-keys <file>", "who may sign")
    .action(async (dir: string, options: Options) => run(options, async () => verify(dir, options)));
  common(policy.command("inventory").description("draft the inventory from what a ledger says has left"))
    .option("--data <dir>", "data folder of the gate", ".yumen")
    .option("--since <date>", "only what left from this day on (YYYY-MM-DD)")
    .option("--policies <dir>", "tell its outsideFlows too, marked as declared (default: YUMEN_POLICIES, or none)")
    .action(async (options: Options) => run(options, async () => drafted(options)));
}

function common(command: Command): Command {
  return command.option("--lang <zh|en>", "language of messages").option("--json", "one JSON object on stdout");
}

interface Said {
  readonly ok: boolean;
  /** For tools, and what a person reads. */
  readonly json: object;
  readonly zh: string;
  readonly en: string;
}

async function run(options: Options, act: () => Promise<Said>): Promise<void> {
  const language = languageOf(options.lang, process.env);
  try {
    const said = await act();
    process.stdout.write(`${options.json ? JSON.stringify({ ok: said.ok, ...said.json }) : said[language]}\n`);
    process.exitCode = said.ok ? 0 : 1;
  } catch (error) {
    const { says, message } = error as { readonly says?: Readonly<Record<string, string>>; readonly message: string };
    process.stderr.write(`yumen: ${says?.[language] ?? message}\n`);
    process.exitCode = 2;
  }
}

async function keygen(file: string, { name, role }: Options): Promise<Said> {
  const { makeKey, ROLES } = await import("../io/policy/signed/signers.ts");
  if (!(ROLES as readonly string[]).includes(role)) throw new Error("--role: author or approver");
  const key = makeKey(file);
  const line = `- { name: ${JSON.stringify(name)}, role: ${role}, key: ${key} }`;
  return { ok: true, json: { name, role, key }, zh: line, en: line };
}

async function sign(dir: string, { key, name }: Options): Promise<Said> {
  const { readKey } = await import("../io/policy/signed/signers.ts");
  const { signFolder } = await import("../io/policy/signed/sign.ts");
  const { digest, names } = await signFolder(dir, name, readKey(key), new Date());
  const zh = `已签名：${digest}（${names.join("、")}）`;
  return { ok: true, json: { digest, signedBy: names }, zh, en: `signed: ${digest} (${names.join(", ")})` };
}

async function verify(dir: string, { policyKeys }: Options): Promise<Said> {
  const { readSigners } = await import("../io/policy/signed/signers.ts");
  const { holding } = await import("../io/policy/signed/sign.ts");
  const { digest, names } = await holding(dir, readSigners(policyKeys), Date.now());
  const ok = names.length > 0;
  const [zh, en] = ok
    ? [`签名有效：${names.join("、")}`, `signed by ${names.join(", ")}`]
    : ["没有一个签名有效", "no signature holds"];
  return { ok, json: { digest, signedBy: names }, zh: `${zh} · ${digest}`, en: `${en} · ${digest}` };
}

async function drafted({ data, since, policies = process.env["YUMEN_POLICIES"], lang }: Options): Promise<Said> {
  const { join } = await import("node:path");
  const { readEntries } = await import("../io/ledger/read.ts");
  const { KNOWN } = await import("../io/policy/known.ts");
  const { inventoryOf, yamlOf } = await import("./policy/inventory.ts");
  const declared = policies === undefined ? [] : await outsideFlowsOf(policies, lang);
  const rows = await inventoryOf(crossingsIn(readEntries(join(data, "ledger"))), KNOWN.impersonal, beginOf(since));
  const yaml = yamlOf(rows, declared);
  const outsideFlows = declared.map((flow) => ({ ...flow, declared: true }));
  return { ok: rows.length + declared.length > 0, json: { inventory: rows, outsideFlows }, zh: yaml, en: yaml };
}

/** What passes no gate, as somebody declared it. */
async function outsideFlowsOf(dir: string, lang: string | undefined): Promise<readonly OutsideFlow[]> {
  const { readPolicy } = await import("./shown/policy.ts");
  return (await readPolicy(dir, {}, languageOf(lang, process.env))).outsideFlows ?? [];
}

/** Those with findings, one at a time: a ledger may hold more than memory does. */
async function* crossingsIn(entries: AsyncIterable<{ readonly entry: string }>): AsyncGenerator<Left> {
  for await (const { entry } of entries)
    if (entry.includes('"kind":"crossing"') && entry.includes('"findings":[{')) yield JSON.parse(entry) as Left;
}

/** The first moment of a Beijing day, in UTC. @throws CannotRun unless it is a date. */
function beginOf(since: string | undefined): string {
  if (since === undefined) return "";
  const ms = /^\d{4}-\d\d-\d\d$/.test(since) ? Date.parse(`${since}T00:00:00+08:00`) : Number.NaN;
  if (Number.isNaN(ms)) throw new CannotRun("--since 应为日期 YYYY-MM-DD", "--since wants a date, YYYY-MM-DD");
  return new Date(ms).toISOString();
}
