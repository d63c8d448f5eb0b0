// `yumen drift`: what leaves that no inventory knows, from a running gate; to accept or to close it. Law: either takes
// a reason that names nobody, and neither changes what the gate does.

import type { Command } from "commander";
import type { shownDrift } from "../io/admin/drift.ts";
import type { Language } from "../words.ts";
import { ask, askAll, type Connection } from "./shown/ask.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";
import { table } from "./shown/table.ts";

const EXAMPLES = `
Examples:
  yumen drift                                   what is open
  yumen drift --state accepted --json
  yumen drift accept drift_0a1b2c3d4e5f60718293a4b5 --reason assessed
  yumen drift close drift_0a1b2c3d4e5f60718293a4b5 --reason sent-by-mistake

Accepted: it was assessed, and goes into the policy's inventory. Closed: it should not have been; seen again, it opens.
${TOKENS_HELP}
Exit codes: 0 nothing is open, or it is settled; 1 something is open; 2 could not run.`;

interface Options extends Connection {
  readonly state: string;
  readonly reason: string;
  readonly json?: boolean;
  readonly lang?: string;
}

type Shown = ReturnType<typeof shownDrift>;

export function register(program: Command): void {
  const drift = program.command("drift").description("what leaves that the policy's inventory does not know");
  onPlane(drift)
    .option("--state <state>", "open, accepted, closed", "open")
    .addHelpText("after", EXAMPLES)
    .action((options: Options) => say(options, () => list(options)));
  for (const verb of ["accept", "close"] as const)
    onPlane(
      drift
        .command(verb)
        .description(verb === "accept" ? "it was assessed" : "it ended")
        .argument("<id>"),
    )
      .requiredOption("--reason <text>", "why; it must name nobody")
      .addHelpText("after", EXAMPLES)
      .action((id: string, _: Options, command: Command) => {
        const options = command.optsWithGlobals<Options>();
        return say(options, () => settle(id, verb, options));
      });
}

async function list(options: Options): Promise<Said> {
  const items = await askAll<Shown>(options, `/v1/drift?state=${encodeURIComponent(options.state)}`);
  const ok = options.state !== "open" || items.length === 0;
  return { ok, json: { items }, zh: told(items, "zh"), en: told(items, "en") };
}

const ASKS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  pipia: { zh: "影响评估是否覆盖？", en: "PIPIA?" },
  file_again: { zh: "重新备案？", en: "file again?" },
  declare_again: { zh: "重新申报？", en: "declare again?" },
  tell_certifier: { zh: "告知认证机构？", en: "tell the certifier?" },
};

function told(items: readonly Shown[], language: Language): string {
  if (items.length === 0) return language === "zh" ? "没有。" : "Nothing.";
  return table(
    items.map(({ id, caller, destination, purpose, recipient, kind, field, model, declared, asks }) => [
      ...[id, `${caller} → ${destination}`, purpose, recipient, kind, field, model ?? "-"],
      declared
        ? language === "zh"
          ? "清单里已有"
          : "declared by now"
        : asks.map((one) => ASKS[one]?.[language] ?? one).join(" "),
    ]),
  );
}

async function settle(id: string, verb: "accept" | "close", options: Options): Promise<Said> {
  const { reason } = options;
  const item = await ask<Shown>(options, "POST", `/v1/drift/${encodeURIComponent(id)}/${verb}`, { reason });
  const zh = `${item.id}  ${item.state === "accepted" ? "已接受" : "已关闭"}`;
  return { ok: true, json: item, zh, en: `${item.id}  ${item.state}` };
}
