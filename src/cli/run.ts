// `yumen run -- CMD`: one child process that is pointed at the gate. Law: it never runs a child past the gate: no gate,
// no child. The child's end is this process's end.

import type { Command } from "commander";
import { languageOf } from "./check.ts";
import { collect } from "./env.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
Examples:
  yumen run -- python app.py
  yumen run --gate http://yumen:8787 -- npm test
  yumen run --key-file /run/secrets/yumen-key -- node worker.js --queue a

The child gets the variables of \`yumen env\`, and standard input, output and signals as they are.
Exit code: the child's own; 2 no gate answers, 126 not to be executed, 127 no such command.`;

interface Options {
  readonly gate: string;
  readonly admin?: string;
  readonly policies?: string;
  readonly destination?: readonly string[];
  readonly keyFile?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("run")
    .description("run one command with its SDKs pointed at the gate")
    .argument("<command...>", "the command and its arguments, after --")
    .option("--gate <url>", "address of the gate", "http://127.0.0.1:8787")
    .option(
      "--admin <url>",
      "admin plane of the gate, asked whether it is ready (default: port 8790 beside a local gate)",
    )
    .option("--policies <dir>", "policy folder whose destinations are meant (default: YUMEN_POLICIES, or the demo)")
    .option("--destination <id>", "this destination, and only those named; may be repeated", collect)
    .option("--key-file <file>", "file with the caller's key: SDKs send it as X-Yumen-Key")
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "say on stderr, as one JSON object, what is set before the child starts")
    .addHelpText("after", EXAMPLES)
    .action(async (command: string[], options: Options) => {
      const language = languageOf(options.lang, process.env);
      try {
        process.exitCode = await run(command, options, language);
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        process.stderr.write(`yumen run: ${error.says[language]}\n`);
        process.exitCode = 2;
      }
    });
}

async function run(command: readonly string[], options: Options, language: "zh" | "en"): Promise<number> {
  const { destinationsOf, gateUrl, policiesDir, PROVIDERS_COUNT } = await import("./env/policy.ts");
  const { settingsOf } = await import("./env/settings.ts");
  const { findGate } = await import("./run/find-gate.ts");
  const { childEnv, follow } = await import("./run/child.ts");
  const gate = gateUrl(options.gate);
  await findGate(gate, options.admin);
  const destinations = await destinationsOf(await policiesDir(options.policies, process.env), language);
  const found = settingsOf(destinations, gate, PROVIDERS_COUNT, options.destination);
  if (options.json) {
    const variables = Object.fromEntries(found.settings.map(({ name, value }) => [name, value]));
    process.stderr.write(`${JSON.stringify({ gate, variables })}\n`);
  }
  const key = options.keyFile === undefined ? null : await keyOf(options.keyFile);
  return follow(command, childEnv(process.env, found, gate, key), language);
}

async function keyOf(file: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const key = (await readFile(file, "utf8").catch(() => "")).trim();
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new CannotRun(
    `--key-file：${file} 读不到，或不是一行密钥`,
    `--key-file: ${file} cannot be read, or is no key on one line`,
  );
}
