// `yumen test`: the policy's own tests through the pure gate. Law: exit 0 all passed, 1 some failed, 2 could not run.

import type { Command } from "commander";
import type { Problem } from "../io/policy/problem.ts";
import type { Policy } from "../words.ts";
import { inOneLanguage, languageOf, lawData, variable } from "./check.ts";

const EXAMPLES = `
Examples:
  yumen test policies/demo
  yumen test policies --coverage              # also lists what no case needs
  yumen test policies --junit out.xml         # for CI
  yumen test policies --json | jq .failed
  yumen test policies --update-from dec_01JD7QK4W2M6X8R3T5V7Y9ZABC --data /var/lib/yumen

--update-from makes a case of a recorded decision, with made-up values of the same kinds at the same places, the same
people, consents and counts, and appends it to a test file (recorded.test.yaml, or --into). Then all tests run.

Differences are told in the language of --lang or LANG; the last line is \`N passed, N failed\` in both.
Reads every *.test.yaml of the folder; docs/policy.md says what stands in one.
Exit code: 0 all passed, 1 some failed, 2 could not run (bad policy, bad test file, no tests).`;

interface TestOptions {
  readonly set?: Readonly<Record<string, string>>;
  readonly junit?: string;
  readonly coverage?: boolean;
  readonly updateFrom?: string;
  readonly data: string;
  readonly into?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command("test")
    .description("run the tests of a policy folder (*.test.yaml)")
    .argument("<dir>", "policy folder")
    .option("--junit <file>", "write the results as JUnit XML")
    .option("--coverage", "list the rules that no case reached and the papers that no case relies on")
    .option("--update-from <decision>", "make a case of a recorded decision, dec_…")
    .option("--data <dir>", "data folder of the gate that recorded it", ".yumen")
    .option("--into <file>", "test file that takes the case (default: recorded.test.yaml in the policy folder)")
    .option("--set <name=value>", "value of a variable in URLs; may be repeated", variable)
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "one JSON object on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (dir: string, options: TestOptions) => {
      process.exitCode = await test(dir, options);
    });
}

async function test(dir: string, options: TestOptions): Promise<number> {
  const language = languageOf(options.lang, process.env);
  const { loadPolicy } = await import("../io/policy/load.ts");
  const { noTests, readSuites } = await import("./test/suite.ts");
  const loaded = await loadPolicy(dir, { law: await lawData(), variables: options.set ?? {} });
  if (!loaded.ok) return couldNotRun(loaded.problems, options);
  if (options.updateFrom !== undefined && !(await update(options.updateFrom, dir, options, loaded.policy))) return 2;
  const { suites, problems } = await readSuites(dir);
  if (problems.length > 0 || suites.length === 0)
    return couldNotRun(problems.length > 0 ? problems : [noTests(dir)], options);
  const { runSuites, tally, told } = await import("./test/report.ts");
  const results = await runSuites(suites, loaded.policy);
  const { uncovered } = await import("./test/coverage.ts");
  const missed = options.coverage ? uncovered(results, loaded.policy) : null;
  const { passed, failed } = tally(results);
  if (options.junit !== undefined) {
    const { writeFile } = await import("node:fs/promises");
    const { junit } = await import("./test/junit.ts");
    const failure = await writeFile(options.junit, junit(results, language)).catch(
      (error: NodeJS.ErrnoException) => error,
    );
    if (failure !== undefined) {
      const says = { zh: "写不进去", en: "cannot be written" }[language];
      process.stderr.write(`${options.junit}: ${says} (${failure.code})\n`);
      return 2;
    }
  }
  if (options.json) {
    const cases = results.flatMap(({ suite, cases }) =>
      cases.map(({ name, line, wrong }) => ({
        ...{ suite: suite.name, file: suite.file, line, name, ok: wrong.length === 0 },
        wrong: wrong.map((difference) => difference[language]),
      })),
    );
    const gaps = missed && { uncovered: missed.rules, unrelied: missed.papers };
    process.stdout.write(`${JSON.stringify({ passed, failed, ...gaps, cases })}\n`);
  } else process.stdout.write(`${told(results, missed, language)}\n`);
  return failed === 0 ? 0 : 1;
}

/** @returns false: no case was made, and why is told. */
async function update(decision: string, dir: string, options: TestOptions, policy: Policy): Promise<boolean> {
  const { updateFrom } = await import("./test/update/update.ts");
  const { CannotRun } = await import("./shown/cannot-run.ts");
  const { told } = await import("./test/update/tell.ts");
  const language = languageOf(options.lang, process.env);
  try {
    const updated = await updateFrom(decision, options.data, options.into ?? `${dir}/recorded.test.yaml`, policy);
    process.stderr.write(`${told(updated, language)}\n`);
    return true;
  } catch (error) {
    const says = error instanceof CannotRun ? error.says[language] : (error as Error).message;
    process.stderr.write(`yumen test: ${says}\n`);
    return false;
  }
}

async function couldNotRun(problems: readonly Problem[], options: TestOptions): Promise<number> {
  const { render } = await import("../io/policy/problem.ts");
  const language = languageOf(options.lang, process.env);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ passed: 0, failed: 0, problems: problems.map((p) => inOneLanguage(p, language)) })}\n`,
    );
  else for (const problem of problems) process.stderr.write(`${render(problem, language)}\n\n`);
  return 2;
}
