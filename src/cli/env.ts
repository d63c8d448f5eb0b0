// `yumen env`: the variables that point each SDK at the gate. Law: what it prints can be fed to the shell as it is, so
// everything else goes to comments or stderr.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { languageOf } from "./check.ts";
import type { Settings } from "./env/settings.ts";
import type { Shell } from "./env/shells.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
Examples:
  eval "$(yumen env bash)"                                       this shell, a gate on this machine
  yumen env fish | source
  yumen env powershell | Out-String | Invoke-Expression
  yumen env docker --gate http://yumen:8787 | tee gate.env       docker run --env-file gate.env …
  yumen env k8s --gate http://yumen.egress:8787                  under spec.containers[].env
  yumen env bash --policies /etc/yumen --destination openai-eu   where several speak the same API
  yumen env bash --key-file ~/.yumen-key                         the caller's key, read when the shell runs it

Exit code: 0 fine, 2 could not run (no such policy, no such destination).`;

interface Options {
  readonly gate?: string;
  readonly policies?: string;
  readonly destination?: readonly string[];
  readonly keyFile?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("env")
    .description("the environment variables that point each SDK at the gate")
    .argument("[shell]", "bash, fish, powershell, docker or k8s (default: bash)")
    .option("--gate <url>", "address of the gate as the client sees it (default: by shell)")
    .option("--policies <dir>", "policy folder whose destinations are meant (default: YUMEN_POLICIES, or the demo)")
    .option("--destination <id>", "this destination, and only those named; may be repeated", collect)
    .option("--key-file <file>", "file with the caller's key (X-Yumen-Key)")
    .option("--lang <zh|en>", "language of comments (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (shell: string | undefined, options: Options) => {
      const language = languageOf(options.lang, process.env);
      try {
        process.exitCode = await env(shell ?? "bash", options, language);
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        process.stderr.write(`yumen env: ${error.says[language]}\n`);
        process.exitCode = 2;
      }
    });
}

export function collect(one: string, before: readonly string[] = []): readonly string[] {
  return [...before, one];
}

async function env(name: string, options: Options, language: Language): Promise<number> {
  const { SHELLS } = await import("./env/shells.ts");
  const names = Object.keys(SHELLS);
  const shell = Object.hasOwn(SHELLS, name) ? SHELLS[name]! : null;
  if (shell === null)
    throw new CannotRun(`没有 ${name}；有：${names.join("、")}`, `no ${name}; there are: ${names.join(", ")}`);
  const { destinationsOf, gateUrl, policiesDir, PROVIDERS_COUNT } = await import("./env/policy.ts");
  const { settingsOf } = await import("./env/settings.ts");
  const gate = gateUrl(options.gate ?? shell.gate);
  const dir = await policiesDir(options.policies, process.env);
  const destinations = await destinationsOf(dir, language);
  const found = settingsOf(destinations, gate, PROVIDERS_COUNT, options.destination);
  if (options.json) process.stdout.write(`${JSON.stringify(inOneLanguage(gate, dir, found, language))}\n`);
  else process.stdout.write(`${await written(shell, gate, dir, found, options.keyFile, language)}\n`);
  return 0;
}

function inOneLanguage(gate: string, policies: string, { settings, unset }: Settings, language: Language): object {
  return {
    gate,
    policies,
    variables: settings.map((one) => ({ ...one, does: one.does[language] })),
    unset: unset.map((one) => ({ ...one, why: one.why[language] })),
  };
}

async function written(
  shell: Shell,
  gate: string,
  dir: string,
  found: Settings,
  keyFile: string | undefined,
  language: Language,
): Promise<string> {
  const { headerVariables } = await import("./env/settings.ts");
  const say: Say = (zh, en) => (language === "zh" ? zh : en);
  const lines = [shell.comment(say(`玉门关 ${gate}，策略 ${dir}`, `Yumen at ${gate}, policy ${dir}`))];
  lines.push(shell.comment(say(`用法：${shell.use}`, `Use: ${shell.use}`)));
  if (shell.asks !== undefined) lines.push(shell.comment(shell.asks[language]));
  for (const { name, value, destination, does } of found.settings)
    lines.push(shell.comment(`${destination}: ${does[language]}`), shell.set(name, value));
  for (const { destination, url, why } of found.unset)
    lines.push(shell.comment(`${destination}: ${url}  ${why[language]}`));
  lines.push(...keyLines(shell, headerVariables(found), keyFile, say));
  return lines.join("\n");
}

type Say = (zh: string, en: string) => string;

/** How the caller's key gets to the client: by the shell out of a file, or how that is done here. */
function keyLines(shell: Shell, headers: readonly string[], keyFile: string | undefined, say: Say): readonly string[] {
  const { comment, setFromKeyFile, keyHint } = shell;
  if (keyFile !== undefined && setFromKeyFile === null)
    throw new CannotRun(
      "--key-file：这种格式读不了文件；不加它，注释里说明怎么做",
      "--key-file: this format reads no files; without it the comments say how",
    );
  if (keyFile !== undefined && setFromKeyFile !== null && headers.length > 0) {
    const says = say("调用方的密钥：SDK 把它加到每个请求上", "the caller's key: SDKs put it on each request");
    return [comment(says), ...headers.map((name) => setFromKeyFile(name, keyFile))];
  }
  const how = headers.map((name) => comment(keyHint?.(name) ?? `yumen env … --key-file FILE  →  ${name}`));
  return [comment(hint(say)), ...how];
}

function hint(say: Say): string {
  return [
    say(
      "说明请求是关于谁的：X-Yumen-Subject: id:<您的用户号>；提供商的密钥照常设置（OPENAI_API_KEY 等）",
      "Whom a request is about: X-Yumen-Subject: id:<your user id>; providers' own keys stay (OPENAI_API_KEY …)",
    ),
    say(
      "策略给了调用方密钥的（callers.keySha256），每个请求带上头 X-Yumen-Key",
      "Where policy gives callers keys (callers.keySha256), each request carries X-Yumen-Key",
    ),
  ].join("\n");
}
