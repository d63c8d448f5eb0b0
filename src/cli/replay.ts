// `yumen replay`: what a draft policy, or a draft of the law's numbers, would have made of the crossings on record.
// Law: nothing is sent, counted or written; exit 0 nothing would change, 1 something would, 2 could not run.

import type { Command } from "commander";
import type { Policy } from "../words.ts";
import { languageOf, lawData, variable } from "./check.ts";

const EXAMPLES = `
Examples:
  yumen replay --policy drafts/2027                       # what would change, by rule and recipient
  yumen replay --policy drafts/2027 --since 2026-11-01 --data /var/lib/yumen
  yumen replay --policy policies --law drafts/law --json | jq '.changes[0]'

The ledger holds places, kinds and people as keys, never text: what a detector would find anew is not asked. What an
entry cannot give back is counted as "not replayable", with the reason (docs/replay.md).

Exit codes: 0 nothing would change, 1 something would, 2 could not run.`;

interface Options {
  readonly policy: string;
  readonly law?: string;
  readonly since?: string;
  readonly data: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("replay")
    .description("judge recorded crossings again under a draft, and print what would change")
    .requiredOption("--policy <dir>", "the draft: a policy folder")
    .option("--law <dir>", "a draft of the law's numbers and dates (default: the built-in policies/law)")
    .option("--since <date>", "only crossings since a Beijing date, or an instant")
    .option("--data <dir>", "data folder of the gate", ".yumen")
    .option("--set <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await replayed(options);
    });
}

async function replayed(options: Options): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const { CannotRun } = await import("./shown/cannot-run.ts");
  try {
    const policy = await policyOf(options, language);
    if (policy === null) return 2;
    const { replay } = await import("./replay/run.ts");
    const { told, asJson } = await import("./replay/tell.ts");
    const bar = await progressOn(`${options.data}/ledger`);
    const tally = await replay({ policy, data: options.data, since: sinceOf(options.since), progress: bar.show });
    bar.clear();
    process.stdout.write(`${(options.json ? asJson : told)(tally, language)}\n`);
    return tally.changes.size === 0 ? 0 : 1;
  } catch (error) {
    const says = error instanceof CannotRun ? error.says[language] : (error as Error).message;
    process.stderr.write(`yumen replay: ${says}\n`);
    return 2;
  }

  function sinceOf(text: string | undefined): string | null {
    if (text === undefined) return null;
    const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+08:00` : text);
    if (!Number.isNaN(at)) return new Date(at).toISOString();
    throw new CannotRun("--since 应为日期，如 2026-11-01，或带时区的时刻", "--since wants a date such as 2026-11-01");
  }
}

/** null: not fit to run; its problems are told. */
async function policyOf({ policy, law, set }: Options, language: "zh" | "en"): Promise<Policy | null> {
  const { loadPolicy } = await import("../io/policy/load.ts");
  const { loadLawData } = await import("../io/law-data.ts");
  const { render } = await import("../io/policy/problem.ts");
  const data = law === undefined ? await lawData() : loadLawData(law);
  const loaded = await loadPolicy(policy, { law: data, variables: set ?? {} });
  if (loaded.ok) return loaded.policy;
  for (const problem of loaded.problems) process.stderr.write(`${render(problem, language)}\n\n`);
  return null;
}

/** How far it is, on a terminal only: a pipe gets nothing but the result. */
async function progressOn(ledger: string): Promise<{ show(read: number): void; clear(): void }> {
  if (process.stderr.isTTY !== true) return { show() {}, clear() {} };
  const { checkpointSize } = await import("../io/ledger/read.ts");
  const size = checkpointSize(ledger);
  const write = (text: string) => process.stderr.write(`\r\u001b[K${text}`);
  return {
    show(read) {
      const share = size === 0 ? 1 : Math.min(1, read / size);
      const done = Math.round(share * 30);
      write(`[${"█".repeat(done)}${"·".repeat(30 - done)}] ${Math.round(share * 100)} %  ${read}/${size}`);
    },
    clear: () => void write(""),
  };
}
