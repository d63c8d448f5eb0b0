// `yumen counts correct`: to take back what an opening balance stated too high. Law: one person proposes, another
// approves; nobody who is counted under an identifier is ever taken back.

import type { Command } from "commander";
import { ask, type Connection } from "../shown/ask.ts";
import { CannotRun } from "../shown/cannot-run.ts";
import { type ProposalTold, waiting } from "../shown/proposed.ts";
import { type Said, say, TOKENS_HELP } from "../shown/said.ts";
import { ofThisYear, wholeNumber } from "./options.ts";

const EXAMPLES = `
Examples:
  yumen counts correct --exporter acme --class ns --people 20 --reason counted-twice
  yumen counts correct --exporter acme --year 2026 --class s --people 3 --recipient openai --reason wrong-list --json
  yumen proposal show prp_01J8Z…                    what somebody else approves
  yumen proposal approve prp_01J8Z… --digest 3f6a…

--people is how many too many: at most what \`counts open --people\` has stated of that class, for that recipient (none:
stated without one). Whoever is counted under an identifier stays counted.
${TOKENS_HELP}
Exit codes: 0 proposed, 2 could not run or may not.`;

interface Options extends Connection {
  readonly exporter?: string;
  readonly year?: string;
  readonly class: string;
  readonly people: string;
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
    .requiredOption("--people <n>", "how many too many")
    .requiredOption("--reason <text>", "why; no personal information")
    .option("--recipient <id>", "as it was stated")
    .addHelpText("after", EXAMPLES)
    .action((_: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      return say(options, () => correct(options));
    });
}

async function correct(options: Options): Promise<Said> {
  const { exporter, recipient, reason, people: text } = options;
  if (exporter === undefined) throw new CannotRun("要写是谁的期初：--exporter", "whose it is is wanted: --exporter");
  const people = wholeNumber(text, 1);
  const of = { exporter, year: ofThisYear(options.year), class: options.class, people, reason };
  const body = { action: "correction", body: { ...of, ...(recipient === undefined ? {} : { recipient }) } };
  return waiting(await ask<ProposalTold>(options, "POST", "/v1/proposals", body));
}
