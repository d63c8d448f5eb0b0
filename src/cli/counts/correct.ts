// `yumen counts correct`: to take back what an opening balance stated too high. Law: one person proposes, another
// approves; whom the gate itself has sent is never taken back.

import type { Command } from "commander";
import { ask, type Connection } from "../shown/ask.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import { type ProposalTold, waiting } from "../shown/proposed.ts";
import { type Said, say, TOKENS_HELP } from "../shown/said.ts";
import { identifiersIn } from "./identifiers.ts";
import { ofThisYear, wholeNumber } from "./options.ts";

const EXAMPLES = `
Examples:
  yumen counts correct --exporter acme --class ns --people 20 --reason counted-twice
  yumen counts correct --exporter acme --year 2026 --class s --people 3 --recipient openai --reason wrong-list --json
  yumen counts correct --exporter acme --class ns --file wrong-ids.jsonl --reason list-of-last-year
  yumen proposal show prp_01J8Z…                    what somebody else approves
  yumen proposal approve prp_01J8Z… --digest 3f6a…

--people is how many too many: at most what \`counts open --people\` has stated of that class, for that recipient (none:
stated without one). --file is whom \`counts open --file\` named wrongly, lines as there, a proposal for each thousand:
of those the opening's word is taken back; whom the gate itself has sent stays counted for it.
${TOKENS_HELP}
Exit codes: 0 proposed, 2 could not run or may not.`;

interface Options extends Connection {
  readonly exporter?: string;
  readonly year?: string;
  readonly class: string;
  readonly people?: string;
  readonly file?: string;
  readonly recipient?: string;
  readonly reason: string;
  readonly lang?: string;
  readonly json?: boolean;
}

/** @param counts whose --exporter, --year and connection it shares. */
export function addCorrect(counts: Command): void {
  counts
    .command("correct")
    .description("propose to take back what was stated too high; another person approves")
    .requiredOption("--class <ns|s>", "as it was stated")
    .option("--people <n>", "how many too many")
    .option("--file <ids.jsonl>", "whom a list named wrongly, one a line (- for standard input)")
    .requiredOption("--reason <text>", "why; no personal information")
    .option("--recipient <id>", "as it was stated")
    .addHelpText("after", EXAMPLES)
    .action((_: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      return say(options, () => correct(options));
    });
}

async function correct(options: Options): Promise<Said> {
  const { exporter, recipient, reason, people: text, file } = options;
  if (exporter === undefined) throw new CannotRun("要写是谁的期初：--exporter", "whose it is is wanted: --exporter");
  if ((file === undefined) === (text === undefined))
    throw new CannotRun("--file 和 --people 二选一", "either --file or --people, and not both");
  const of = { exporter, year: ofThisYear(options.year), class: options.class, reason };
  const about = { ...of, ...(recipient === undefined ? {} : { recipient }) };
  const propose = (more: object) =>
    ask<ProposalTold>(options, "POST", "/v1/proposals", { action: "correction", body: { ...about, ...more } });
  if (text !== undefined) return waiting(await propose({ people: wholeNumber(text, 1) }));
  const proposed: ProposalTold[] = [];
  for await (const subjects of identifiersIn(file!)) proposed.push(await propose({ subjects }));
  return waitingAll(proposed);
}

/** One is told as any other. */
function waitingAll(proposed: readonly ProposalTold[]): Said {
  const [first, ...more] = proposed.map(waiting);
  if (first === undefined) throw new CannotRun("名单是空的", "the list is empty");
  if (more.length === 0) return first;
  const all = [first, ...more];
  const said = (of: "zh" | "en") => all.map((one) => one[of]).join("\n");
  return { ok: true, json: { proposals: proposed }, zh: said("zh"), en: said("en") };
}
