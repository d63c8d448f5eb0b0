// `yumen resume`: to let a way that was shut be used again. Law: one person proposes, another approves.

import type { Command } from "commander";
import { ask, type Connection } from "./shown/ask.ts";
import { type ProposalTold, waiting } from "./shown/proposed.ts";
import { onPlane, say, TOKENS_HELP } from "./shown/said.ts";

const EXAMPLES = `
Examples:
  yumen resume hold_01J8Z… --reason order-lifted
  yumen proposal show prp_01J8Z…                    what somebody else approves

A hold that a file ordered is lifted after the file is gone.
${TOKENS_HELP}
Exit codes: 0 proposed, 2 could not run.`;

interface Options extends Connection {
  readonly reason: string;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  onPlane(program.command("resume"))
    .description("propose that a way that was shut be used again; another person approves")
    .argument("<hold>", "the hold's id: yumen suspend --list")
    .requiredOption("--reason <text>", "why; no personal information")
    .addHelpText("after", EXAMPLES)
    .action((hold: string, options: Options) =>
      say(options, async () => {
        const body = { action: "resume", body: { hold, reason: options.reason } };
        return waiting(await ask<ProposalTold>(options, "POST", "/v1/proposals", body));
      }),
    );
}
