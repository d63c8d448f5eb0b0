// `yumen check`: is this policy folder fit to run?
// Law: problems to stderr with their places, the verdict and what was asked for to stdout, 0/1/2.

import type { Command } from "commander";
import type { Loaded } from "../io/policy/load.ts";
import type { Problem } from "../io/policy/problem.ts";
import type { Language } from "../words.ts";

const EXAMPLES = `
Examples:
  yumen check policies/demo
  yumen check policies --set overseas=https://gateway.example   # gives \${overseas} in URLs a value
  yumen check policies --json | jq .problems
  yumen check draft --against policies --fail-on-loosening      # what lets through more than before
  yumen check --schema                                          # JSON Schema of a policy file, for editors

Exit code: 0 fit (warnings allowed), 1 not fit (or it loosens, with --fail-on-loosening),
2 could not run (no such folder, no policy in it).`;

interface CheckOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly lang?: string;
  readonly json?: boolean;
  readonly schema?: boolean;
  readonly against?: string;
  readonly failOnLoosening?: boolean;
}

export function register(program: Command): void {
  program
    .command("check")
    .description("validate a policy folder: every mistake with file:line:column and a suggestion")
    .argument("[dir]", "policy folder")
    .option("--set <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .option("--against <old>", "policy folder: say what loosens and what tightens since then")
    .option("--fail-on-loosening", "with --against: exit 1 if something that was blocked may leave")
    .option("--schema", "print the JSON Schema of a policy file, and do nothing else")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string | undefined, options: CheckOptions, command: Command) => {
      if (options.schema) process.exitCode = await printSchema();
      else if (dir === undefined) command.error("error: missing required argument 'dir'");
      else process.exitCode = await check(dir, options);
    });
}

async function printSchema(): Promise<number> {
  const { policyJsonSchema } = await import("../io/policy/json-schema.ts");
  process.stdout.write(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
  return 0;
}

async function check(dir: string, options: CheckOptions): Promise<number> {
  const { loadPolicy } = await import("../io/policy/load.ts");
  const language = languageOf(options.lang, process.env);
  const asked = { law: await lawData(), variables: options.set ?? {} };
  const loaded = await loadPolicy(dir, asked);
  const problems = loaded.ok ? loaded.warnings : loaded.problems;
  const hash = loaded.ok ? loaded.policy.hash : null;
  const old = options.against === undefined ? null : await loadPolicy(options.against, asked);
  if (old?.ok === false) return unreadable(options.against!, old.problems, options, language);
  const compared = old !== null && loaded.ok ? await compareWith(old, loaded, language) : null;
  if (options.json) {
    const said = { ok: loaded.ok, hash, problems: problems.map((p) => inOneLanguage(p, language)) };
    process.stdout.write(`${JSON.stringify(compared === null ? said : { ...said, against: compared.plain })}\n`);
  } else {
    await showProblems(problems, language);
    if (compared !== null) process.stdout.write(`${compared.written}\n`);
    process.stdout.write(`${summary(dir, problems, hash, language)}\n`);
  }
  if (!loaded.ok) return problems.some((p) => p.code.startsWith("folder_")) ? 2 : 1;
  return options.failOnLoosening === true && compared?.loosens === true ? 1 : 0;
}

type Good = Extract<Loaded, { readonly ok: true }>;

async function compareWith(old: Good, next: Good, language: Language) {
  const { compare, loosens } = await import("../io/policy/compare/compare.ts");
  const { KNOWN } = await import("../io/policy/known.ts");
  const { plain, written } = await import("./check/against.ts");
  const changes = compare(old.said, next.said, KNOWN.impersonal);
  return {
    loosens: loosens(changes),
    written: written(changes, language),
    plain: { hash: old.policy.hash, loosens: loosens(changes), changes: plain(changes, language) },
  };
}

/** What it is compared with does not load: there is no answer. */
async function unreadable(
  dir: string,
  problems: readonly Problem[],
  { json }: CheckOptions,
  language: Language,
): Promise<number> {
  const text = { zh: `--against ${dir}：不能加载`, en: `--against ${dir}: does not load` }[language];
  if (json)
    process.stdout.write(
      `${JSON.stringify({ ok: false, error: text, problems: problems.map((p) => inOneLanguage(p, language)) })}\n`,
    );
  else {
    await showProblems(problems, language);
    process.stderr.write(`${text}\n`);
  }
  return 2;
}

/** To stderr, each with its place. */
export async function showProblems(problems: readonly Problem[], language: Language): Promise<void> {
  const { render } = await import("../io/policy/problem.ts");
  for (const problem of problems) process.stderr.write(`${render(problem, language)}\n\n`);
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
