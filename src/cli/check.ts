// `yumen check`: is this policy folder fit to run?
// Law: problems to stderr with their places, the verdict to stdout, 0/1/2.

import type { Command } from "commander";
import type { Problem } from "../io/policy/problem.ts";
import type { Language } from "../words.ts";

const EXAMPLES = `
Examples:
  yumen check policies/demo
  yumen check policies --set overseas=https://gateway.example   # gives \${overseas} in URLs a value
  yumen check policies --json | jq .problems

Exit code: 0 fit (warnings allowed), 1 not fit, 2 could not run (no such folder, no policy in it).`;

interface CheckOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("check")
    .description("validate a policy folder: every mistake with file:line:column and a suggestion")
    .argument("<dir>", "policy folder")
    .option("--set <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options: CheckOptions) => {
      process.exitCode = await check(dir, options);
    });
}

async function check(dir: string, options: CheckOptions): Promise<number> {
  const { loadPolicy } = await import("../io/policy/load.ts");
  const { render } = await import("../io/policy/problem.ts");
  const language = languageOf(options.lang, process.env);
  const loaded = await loadPolicy(dir, { law: await lawData(), variables: options.set ?? {} });
  const problems = loaded.ok ? loaded.warnings : loaded.problems;
  const hash = loaded.ok ? loaded.policy.hash : null;
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ ok: loaded.ok, hash, problems: problems.map((p) => inOneLanguage(p, language)) })}\n`,
    );
  else {
    for (const problem of problems) process.stderr.write(`${render(problem, language)}\n\n`);
    process.stdout.write(`${summary(dir, problems, hash, language)}\n`);
  }
  if (loaded.ok) return 0;
  return problems.some((p) => p.code.startsWith("folder_")) ? 2 : 1;
}

function summary(dir: string, problems: readonly Problem[], hash: string | null, language: Language): string {
  const errors = problems.filter((p) => p.severity === "error").length;
  const warnings = problems.length - errors;
  const verdict = { zh: hash === null ? "不可用" : "可用", en: hash === null ? "not fit to run" : "fit to run" };
  const counted = {
    zh: `${errors} 个错误，${warnings} 个警告`,
    en: `${errors} ${errors === 1 ? "error" : "errors"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
  };
  return `${dir}: ${verdict[language]} · ${counted[language]}${hash === null ? "" : ` · ${hash}`}`;
}

/** A problem as tools read it: one message. */
export function inOneLanguage(problem: Problem, language: Language): Record<string, string | number> {
  return { ...problem, message: problem.message[language] };
}

/** `--lang`, else what the terminal speaks (POSIX: LC_ALL before LC_MESSAGES before LANG). */
export function languageOf(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  const spoken = asked ?? (env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "en");
  return spoken.startsWith("zh") ? "zh" : "en";
}

/** Collects `--set name=value`. */
export function variable(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const equals = text.indexOf("=");
  return equals < 1 ? { ...before, [text]: "" } : { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** The law's numbers as shipped. */
export async function lawData() {
  const { PACKAGE_DIR } = await import("../io/config.ts");
  const { loadLawData } = await import("../io/law-data.ts");
  return loadLawData(`${PACKAGE_DIR}policies/law`);
}
