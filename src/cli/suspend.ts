// `yumen suspend`: to shut a way, at once, by one person. Law: it says what is shut and how it is opened again.

import type { Command } from "commander";
import { ask, askAll, type Connection } from "./shown/ask.ts";
import { CannotRun } from "./shown/cannot-run.ts";
import { onPlane, type Said, say, TOKENS_HELP } from "./shown/said.ts";
import { table } from "./shown/table.ts";

const EXAMPLES = `
Examples:
  yumen suspend recipient openai --reason ordered --order A-2026-12
  yumen suspend all --reason drill --hard          ends the answers that are under way, too
  yumen suspend --list                             what is shut, and what was

When the gate's admin plane is down, a file does it: touch <data>/suspend/all, or recipient-openai, or a *.json.
Taking the file away opens nothing: two people do, with yumen resume.
${TOKENS_HELP}
Exit codes: 0 it is shut (--list: nothing is shut), 1 --list: something is shut, 2 could not run.`;

interface Options extends Connection {
  readonly reason?: string;
  readonly order?: string;
  readonly hard?: boolean;
  readonly id?: string;
  readonly list?: boolean;
  readonly lang?: string;
  readonly json?: boolean;
}

export interface HoldTold {
  readonly id: string;
  readonly of: string;
  readonly target: string | null;
  readonly reason: string;
  readonly order: string | null;
  readonly by: string;
  readonly at: string;
  readonly lifted: { readonly at: string; readonly by: readonly string[] } | null;
  readonly known?: boolean;
  readonly ended?: number;
}

export function register(program: Command): void {
  onPlane(program.command("suspend"))
    .description("shut a way to a recipient or destination, of an exporter, or all of them, at once")
    .argument("[of]", "recipient, destination, exporter or all")
    .argument("[id]", "its id, as in policy; none for all")
    .option("--reason <text>", "why; no personal information")
    .option("--order <ref>", "reference of the authority's order (default: the company's own decision)")
    .option("--hard", "end the answers that are under way, too, as errors")
    .option("--id <id>", "the hold's own id: sending it again changes nothing (default: a new one)")
    .option("--list", "what is shut, and what was")
    .addHelpText("after", EXAMPLES)
    .action((of: string | undefined, target: string | undefined, options: Options) =>
      say(options, () => (options.list ? list(options) : shut(of, target, options))),
    );
}

async function shut(of: string | undefined, target: string | undefined, options: Options): Promise<Said> {
  if (of === undefined || options.reason === undefined) {
    throw new CannotRun(
      "要写停什么和为什么：yumen suspend recipient openai --reason …",
      "what, and why: yumen suspend recipient openai --reason …",
    );
  }
  const { reason, order = null, hard = false, id } = options;
  const body = { of, target: target ?? null, reason, order, hard, ...(id === undefined ? {} : { id }) };
  const hold = await ask<HoldTold>(options, "POST", "/v1/suspend", body);
  const what = hold.target === null ? hold.of : `${hold.of} ${hold.target}`;
  const ended = hard ? (hold.ended ?? 0) : null;
  const [zh, en] =
    ended === null ? ["", ""] : [`，并中断了 ${ended} 个进行中的答复`, `; ${ended} under way were ended`];
  return {
    ok: true,
    json: hold,
    zh: `已停止 ${what}（${hold.id}）${zh}。恢复要两个人：yumen resume ${hold.id}`,
    en: `${what} is shut (${hold.id})${en}. Two people open it: yumen resume ${hold.id}`,
  };
}

async function list(options: Options): Promise<Said> {
  const holds = await askAll<HoldTold>(options, "/v1/holds");
  const none = holds.length === 0;
  return {
    ok: holds.every(({ lifted }) => lifted !== null),
    json: { holds },
    zh: none ? "没有停止令" : table(rowsOf(holds, WORDS.zh), 0),
    en: none ? "nothing is shut" : table(rowsOf(holds, WORDS.en), 0),
  };
}

const WORDS = {
  zh: { shut: "停止中", lifted: "已解除", unknown: "（策略里没有这个名字，所以全部停止）" },
  en: { shut: "shut", lifted: "lifted by", unknown: " (no such name in policy: everything is shut)" },
};

function rowsOf(holds: readonly HoldTold[], words: (typeof WORDS)["zh"]): string[][] {
  return holds.map(({ id, of, target, at, by, lifted, known }) => {
    const state = lifted === null ? words.shut : `${words.lifted} ${lifted.by.join(" + ")}`;
    return [id, target === null ? of : `${of} ${target}`, at, by, state + (known === false ? words.unknown : "")];
  });
}
