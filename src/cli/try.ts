// `yumen try`: what would happen to a request. Law: nothing is sent to a recipient, counted, recorded or kept; a value
// of the input is shown only where it would leave.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf, variable } from "./check.ts";
import type { Written } from "./try/envelope.ts";

const EXAMPLES = `
Examples:
  yumen try ask.json --destination openai --purpose translation
  yumen try ask.json --destination openai --subject id:zhang --people policies/demo/demo.people.yaml
  yumen try ask.json --policies /etc/yumen --data /var/lib/yumen --destination openai    its consents and counts, read
  echo '{"model":"echo","messages":[]}' | yumen try - --destination openai --json | jq .reasons
  yumen try ask.json --destination openai --gate http://127.0.0.1:8787                   asks a gate that runs

Without --data and --gate nobody has consented and nobody is counted, but for --people. A person in --people and
--subject is looked up and added nowhere.
Exit codes: 0 it would leave, 1 it would be blocked, 2 could not run. NO_COLOR turns colours off.`;

export interface Options {
  readonly destination: string;
  readonly method: string;
  readonly path: string;
  readonly contentType?: string;
  readonly subject?: string;
  readonly purpose?: string;
  readonly conversation?: string;
  readonly exporter?: string;
  readonly caller?: string;
  readonly policies?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly data?: string;
  readonly people?: string;
  readonly at?: string;
  readonly gate?: string;
  readonly keyFile?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

/** Exit code 2. Never quotes the input. */
export class CannotTry extends Error {
  override readonly name = "CannotTry";
}

export function register(program: Command): void {
  program
    .command("try")
    .description("what would happen to a request: findings, decision, reasons, cures, the bytes that would leave")
    .argument("<file>", "the body; - for standard input")
    .requiredOption("--destination <id>", "where it would go, as in policy")
    .option("--method <name>", "its method", "POST")
    .option("--path <path>", "its path and query after the destination", "/v1/chat/completions")
    .option("--content-type <type>", "its label (default: JSON or text, as it looks)")
    .option("--subject <type:value>", "whom it is about: X-Yumen-Subject")
    .option("--purpose <id>", "what for: X-Yumen-Purpose")
    .option("--conversation <id>", "X-Yumen-Conversation")
    .option("--exporter <id>", "X-Yumen-Exporter")
    .option("--caller <id>", "who sends it (default: the first in policy)")
    .option("--policies <dir>", "policy folder (default: the demo policies)")
    .option("--set <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--data <dir>", "data folder of a gate: its consents and counts, for reading")
    .option("--people <file>", "made-up people and their consents, as in demo.people.yaml")
    .option("--at <instant>", "when: ISO 8601 with offset (default: now)")
    .option("--gate <url>", "ask a gate that runs, instead of policies and data here")
    .option("--key-file <file>", "with --gate: file with the caller's key")
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "the answer as one line of JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string, options: Options) => {
      process.exitCode = await run(file, options, languageOf(options.lang, process.env));
    });
}

async function run(file: string, options: Options, language: Language): Promise<number> {
  try {
    const { writeDown } = await import("./try/envelope.ts");
    const { view } = await import("./try/view.ts");
    const answer = await tried(await writeDown(file, options), options, language);
    const { env, stdout } = process;
    const colours = stdout.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
    stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : view(answer, { language, colours }));
    return answer.wouldLeave === null ? 1 : 0;
  } catch (error) {
    // a GateError's text is ours, a system error's names a file
    const { message, name, code } = error as NodeJS.ErrnoException;
    if (name !== "CannotTry" && name !== "GateError" && code === undefined) throw error;
    process.stderr.write(`yumen try: ${message}\n`);
    return 2;
  }
}

async function tried(written: Written, options: Options, language: Language) {
  const { gate } = options;
  if (gate === undefined) {
    if (options.keyFile !== undefined) throw new CannotTry("--key-file is for --gate");
    return (await import("./try/here.ts")).tryHere(written, options, language);
  }
  const given = THE_GATES_OWN.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new CannotTry(`--${given} is the gate's own with --gate`);
  return (await import("./try/gate.ts")).askGate(gate, written, options, language);
}

/** What a gate that runs knows itself. */
const THE_GATES_OWN = ["policies", "set", "data", "people", "caller", "at"] as const;
