// `yumen doctor`: what stands in the way of a gate here. Law: every finding comes with what to do about it; it ends in
// seconds with no network at all, and prints no secret.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf, variable } from "./check.ts";
import { option } from "./config.ts";
import type { Examined, State } from "./doctor/check.ts";

const EXAMPLES = `
Examples:
  yumen doctor                                          as \`yumen start\` here and now would find it
  yumen doctor --policies /etc/yumen --data /var/lib/yumen
  yumen doctor --set port=9000
  yumen doctor --json | jq '.checks[] | select(.state != "ok")'

Asked in parallel, each for 3 seconds at most: settings, Node, file descriptors, disk, ports, law data, working days,
policy, mechanisms, CAs, the way to each destination (DNS, TCP, proxy, TLS), the clock by what endpoints say.
Exit code: 0 nothing fails (warnings allowed), 1 something fails.`;

interface Options {
  readonly policies?: string;
  readonly data?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly variable?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("doctor")
    .description("what is wrong here, and how to mend it")
    .option("--policies <dir>", "policy folder (default: YUMEN_POLICIES, or the demo)")
    .option("--data <dir>", "data folder of the gate (default: YUMEN_DATA, or .yumen)")
    .option("--set <option=value>", "as if `yumen start` had this option; may be repeated", option)
    .option("--variable <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      const code = await doctor(options, languageOf(options.lang, process.env));
      // a name that is still being looked up would keep the process for as long as the resolver likes
      process.stdout.write("", () => process.exit(code));
    });
}

async function doctor({ policies, data, set, variable, lang: _, json }: Options, language: Language): Promise<number> {
  const { examine } = await import("./doctor/examine.ts");
  const flags = { ...set, ...(policies === undefined ? {} : { policies }), ...(data === undefined ? {} : { data }) };
  const found = await examine(flags, process.env, variable ?? {}, Date.now());
  const failed = found.some(({ state }) => state === "fail");
  if (json)
    process.stdout.write(`${JSON.stringify({ ok: !failed, checks: found.map((one) => inOne(one, language)) })}\n`);
  else process.stdout.write(`${await told(found, language)}\n`);
  return failed ? 1 : 0;
}

function inOne({ id, state, says, fix }: Examined, language: Language): object {
  return { id, state, says: says[language], ...(fix === undefined ? {} : { fix: fix[language] }) };
}

const MARKS: Readonly<Record<State, string>> = { ok: "✓", warn: "!", fail: "✗" };

async function told(found: readonly Examined[], language: Language): Promise<string> {
  const { table } = await import("./shown/table.ts");
  const rows = found.flatMap(({ id, state, says, fix }) => [
    [MARKS[state], id, says[language]],
    ...(fix === undefined ? [] : [["", "", `→ ${fix[language]}`]]),
  ]);
  const count = (wanted: State): number => found.filter(({ state }) => state === wanted).length;
  const summary = {
    zh: `${count("ok")} 项正常，${count("warn")} 项警告，${count("fail")} 项不行`,
    en: `${count("ok")} ok, ${count("warn")} to watch, ${count("fail")} failing`,
  };
  return `${table(rows, 0)}\n${summary[language]}`;
}
