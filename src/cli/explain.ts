// `yumen explain DECISION`: the whole why of a recorded decision, from the ledger. Law: it tells what was recorded, the
// law's numbers of that day, and papers of that day's policy; it never judges anew.

import type { Command } from "commander";
import type { Entry, Language } from "../words.ts";
import { languageOf, lawData, variable } from "./check.ts";
import type { Found } from "./explain/recorded.ts";

const EXAMPLES = `
Examples:
  yumen explain dec_01JD7QK4W2M6X8R3T5V7Y9ZABC
  yumen explain dec_01JD7QK4W2M6X8R3T5V7Y9ZABC --lang zh --policies /etc/yumen
  yumen explain dec_01JD7QK4W2M6X8R3T5V7Y9ZABC --data /var/lib/yumen --json | jq '.nearest'

✓ a condition is met, ✗ it is not, – the route did not ask for it. With --policies, where that is the very policy that
was in force, the notices and assessments it rested on are named too. Values of people are nowhere: the ledger has none.
NO_COLOR turns colours off.

Exit codes: 0 told, 1 no such decision, 2 could not run.`;

interface Options {
  readonly data: string;
  readonly policies?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("explain")
    .description("the whole why of a recorded decision: conditions met and unmet, and the nearest way to pass")
    .argument("<decision>", "the id of X-Yumen-Decision, dec_…")
    .option("--data <dir>", "data folder of the gate", ".yumen")
    .option("--policies <dir>", "policy folder of that day (default: YUMEN_POLICIES)")
    .option("--set <name=value>", "value of a variable in its URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language (default: from LANG)")
    .option("--json", "one JSON object: the same why, in both languages, and the entries as they stand")
    .addHelpText("after", EXAMPLES)
    .action(async (decision: string, options: Options) => {
      process.exitCode = await explain(decision, options);
    });
}

const SAYS = {
  zh: {
    id: "决策号是 dec_ 加 26 个字符，在 X-Yumen-Decision 和拦截信息里",
    none: (dir: string) => `${dir} 里没有这个决策`,
  },
  en: {
    id: "a decision id is dec_ and 26 characters; it stands in X-Yumen-Decision and in the message",
    none: (dir: string) => `no such decision in ${dir}`,
  },
} as const;

/** @returns the exit code. */
async function explain(decision: string, options: Options): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const ledger = `${options.data}/ledger`;
  if (!/^dec_[0-9A-HJKMNP-TV-Z]{26}$/.test(decision)) return failed(SAYS[language].id, 2);
  try {
    const found = await entriesOf(decision, ledger);
    const { recordedFrom } = await import("./explain/recorded.ts");
    const recorded = recordedFrom(found);
    if (recorded === null) return failed(SAYS[language].none(ledger), 1);
    await print(recorded, found, options, language);
    return 0;
  } catch (error) {
    return failed((error as Error).message, 2);
  }
}

async function entriesOf(decision: string, ledger: string): Promise<Found[]> {
  const { readEntries } = await import("../io/ledger/read.ts");
  const found: Found[] = [];
  for await (const { index, entry } of readEntries(ledger)) {
    if (!entry.includes(decision)) continue;
    const parsed = JSON.parse(entry) as Entry;
    if (parsed["id"] === decision) found.push({ index, entry: parsed });
  }
  return found;
}

type Recorded = import("./explain/recorded.ts").Recorded;

async function print(recorded: Recorded, found: readonly Found[], options: Options, language: Language): Promise<void> {
  const { papersOf, policyInForce } = await import("./explain/papers.ts");
  const { whyOf } = await import("./explain/why.ts");
  const dir = options.policies ?? process.env["YUMEN_POLICIES"];
  const nothing = { policy: null, hash: null };
  const { policy, hash } = dir === undefined ? nothing : await policyInForce(dir, recorded.policy, options.set ?? {});
  const why = whyOf(recorded, await lawData(), papersOf(recorded, policy));
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ ...why, entries: found })}\n`);
    return;
  }
  const { view } = await import("./explain/view.ts");
  const otherPolicy = policy === null ? hash : null;
  process.stdout.write(view(why, { ...screen(), language, otherPolicy }));
}

/** A pipe is never broken into lines unless COLUMNS says how wide it is. */
function screen(): { columns: number; colours: boolean } {
  const { env, stdout } = process;
  const colours = stdout.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const told = Number(env["COLUMNS"]);
  const columns = stdout.isTTY === true ? stdout.columns : told > 0 ? told : Number.POSITIVE_INFINITY;
  return { columns: columns > 0 ? columns : Number.POSITIVE_INFINITY, colours };
}

function failed(message: string, code: 1 | 2): number {
  process.stderr.write(`yumen explain: ${message}\n`);
  return code;
}
