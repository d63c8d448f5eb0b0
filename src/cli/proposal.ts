// `yumen proposal`: what one person proposed and another approves. Law: nothing is approved unseen: the digest of what
// was shown goes with the approval.

import type { Command } from "commander";
import { ask, askAll, type Connection } from "./shown/ask.ts";
import { type ProposalTold, whole } from "./shown/proposed.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";
import { table } from "./shown/table.ts";

const EXAMPLES = `
Examples:
  yumen proposal list --state open
  yumen proposal show prp_01J8Z…
  yumen proposal approve prp_01J8Z… --digest 3f6a…    as shown: not by who proposed it
  yumen proposal withdraw prp_01J8Z…

${TOKENS_HELP}
Exit codes: 0 fine, 1 it is neither open nor done (list: nothing is there), 2 could not run or may not.`;

interface Options extends Connection {
  readonly digest: string;
  readonly state?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  const proposal = program.command("proposal").description("what one person proposed and another approves");
  proposal.addHelpText("after", EXAMPLES);
  onPlane(proposal.command("list").description("proposals, by time"))
    .option("--state <state>", "open, approved, done, withdrawn or expired (default: all)")
    .action((options: Options) => say(options, () => list(options)));
  onPlane(proposal.command("show").description("one proposal, whole").argument("<id>")).action(
    (id: string, options: Options) => say(options, () => one(options, "GET", pathOf(id))),
  );
  onPlane(proposal.command("approve").description("approve and perform it").argument("<id>"))
    .requiredOption("--digest <hex>", "of the proposal as it was shown")
    .action((id: string, options: Options) =>
      say(options, () => one(options, "POST", `${pathOf(id)}/approve`, { digest: options.digest })),
    );
  onPlane(proposal.command("withdraw").description("withdraw it").argument("<id>")).action(
    (id: string, options: Options) =>
      say(options, async () => ({ ...(await one(options, "POST", `${pathOf(id)}/withdraw`)), ok: true })),
  );
}

function pathOf(id: string): string {
  return `/v1/proposals/${encodeURIComponent(id)}`;
}

async function one(options: Options, method: "GET" | "POST", path: string, body?: object): Promise<Said> {
  return whole(await ask<ProposalTold>(options, method, path, body));
}

async function list(options: Options): Promise<Said> {
  const query = options.state === undefined ? "" : `?state=${encodeURIComponent(options.state)}`;
  const proposals = await askAll<ProposalTold>(options, `/v1/proposals${query}`);
  const rows = proposals.map(({ id, action, state, proposedBy, expiresAt }) => [
    id,
    action,
    state,
    proposedBy,
    expiresAt,
  ]);
  const none = proposals.length === 0;
  return { ok: !none, json: { proposals }, zh: none ? "没有提议" : table(rows, 0), en: none ? "none" : table(rows, 0) };
}
