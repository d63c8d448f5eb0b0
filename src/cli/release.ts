// `yumen release`: to let something pass for a while that policy, a suspicion or an unread body would block. Law:
// identifiers come on standard input and go into the request's body: no argument, no output, no error holds one.

import type { Command } from "commander";
import { readSubjects, type Subject } from "./consent/subjects.ts";
import { liftsOf } from "./release/lifts.ts";
import { type ReleaseTold, tellReleases } from "./release/tell.ts";
import { ask, askAll, type Connection } from "./shown/ask.ts";
import { type ProposalTold, waiting } from "./shown/proposed.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";

const EXAMPLES = `
Examples:
  yumen release propose --destination openai --lift rule:no-mobiles --types cn-mobile --hours 8 \\
        --reason rule-too-wide --ticket OPS-17
  yumen release propose --destination openai --lift false:cn-mobile@/orders/*/orderNo \\
        --reason order-numbers --ticket T-2
  echo cn-id:11010519491231002X | yumen release propose --destination openai --exporter acme \\
        --lift false:cn-id@/messages/*/content --values-stdin --reason published-sample --ticket T-3
  yumen release list --standing
  yumen release revoke rel_prp_01J8Z…               one person, at once

--lift: rule:<id> (default: that no rule permits) · suspect · opaque:<class> · false:<kind>@<pointer>
Never what the law forbids, a hold, or a credential. At most 30 days; another person approves (yumen proposal).
${TOKENS_HELP}
Exit codes: 0 fine, 1 list: nothing passes by a release, 2 could not run or may not.`;

interface Options extends Connection {
  readonly destination: string;
  readonly exporter?: string;
  readonly purpose?: string;
  readonly types: string;
  readonly lift: readonly string[];
  readonly hours: string;
  readonly reason: string;
  readonly ticket: string;
  readonly peopleStdin?: boolean;
  readonly valuesStdin?: boolean;
  readonly standing?: boolean;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  const release = program.command("release").description("let something pass for a while, by two people");
  release.addHelpText("after", EXAMPLES);
  onPlane(release.command("propose").description("propose a release; another person approves"))
    .requiredOption("--destination <id>", "where to")
    .requiredOption("--lift <what>", "what is lifted; may be given again", (one: string, all: string[] = []) => [
      ...all,
      one,
    ])
    .requiredOption("--reason <text>", "why; no personal information")
    .requiredOption("--ticket <ref>", "where it is followed up")
    .option("--exporter <id>", "only this exporter's")
    .option("--purpose <id>", "only for this purpose")
    .option("--types <ids>", "kinds that may be in it, with commas", "")
    .option("--hours <n>", "from the approval on, at most 720", "24")
    .option("--people-stdin", "only about these people: <type>:<value>, one a line")
    .option("--values-stdin", "the very values that are nobody's: <type>:<value>, one a line")
    .action((options: Options) => say(options, () => propose(options)));
  onPlane(release.command("list").description("what passes for a while, and what did"))
    .option("--standing", "only what does now")
    .action((options: Options) => say(options, () => list(options)));
  onPlane(release.command("show").description("one release, with its uses").argument("<id>")).action(
    (id: string, options: Options) =>
      say(options, async () => tellReleases([await ask<ReleaseTold>(options, "GET", pathOf(id))])),
  );
  onPlane(release.command("revoke").description("end it now").argument("<id>")).action((id: string, options: Options) =>
    say(options, () => revoke(id, options)),
  );
}

function pathOf(id: string): string {
  return `/v1/releases/${encodeURIComponent(id)}`;
}

async function propose(options: Options): Promise<Said> {
  const { destination, exporter, purpose, reason, ticket, hours } = options;
  const wantsStdin = options.peopleStdin === true || options.valuesStdin === true;
  const subjects: readonly Subject[] = wantsStdin ? await readSubjects([], true) : [];
  const body = {
    ...{
      destination,
      reason,
      ticket,
      hours: Number(hours),
      types: options.types.split(",").filter((type) => type !== ""),
    },
    lifts: liftsOf(options.lift, options.valuesStdin === true ? subjects : []),
    ...(exporter === undefined ? {} : { exporter }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(options.peopleStdin === true ? { people: subjects } : {}),
  };
  return waiting(await ask<ProposalTold>(options, "POST", "/v1/proposals", { action: "release", body }));
}

async function list(options: Options): Promise<Said> {
  const path = options.standing === true ? "/v1/releases?standing=true" : "/v1/releases";
  return tellReleases(await askAll<ReleaseTold>(options, path));
}

async function revoke(id: string, options: Options): Promise<Said> {
  const release = await ask<ReleaseTold>(options, "POST", `${pathOf(id)}/revoke`);
  return { ok: true, json: release, zh: `${id} 已撤销`, en: `${id} is revoked` };
}
