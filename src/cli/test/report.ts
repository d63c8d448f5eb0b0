// All suites of a folder, run and told. Law: the closing line is `N passed, N failed`, whatever else is printed.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeys } from "../../io/keys.ts";
import type { Policy } from "../../words.ts";
import { compare } from "./compare.ts";
import { runCase } from "./run.ts";
import type { Suite } from "./suite.ts";

export interface CaseResult {
  readonly name: string;
  /** One line a difference. */
  readonly wrong: readonly string[];
  readonly reached: readonly string[];
  readonly ms: number;
}

export interface SuiteResult {
  readonly suite: Suite;
  readonly cases: readonly CaseResult[];
}

/** Keys are made for this run and thrown away: no case may depend on them. */
export async function runSuites(suites: readonly Suite[], policy: Policy): Promise<readonly SuiteResult[]> {
  const dir = await mkdtemp(join(tmpdir(), "yumen-test-"));
  try {
    const { keys } = await openKeys(dir);
    return suites.map((suite) => ({
      suite,
      cases: suite.cases.map((one) => {
        const startedMs = performance.now();
        const seen = runCase(one, suite, policy, keys);
        const wrong = compare(one.expect, seen);
        return { name: one.name, wrong, reached: seen.reached, ms: performance.now() - startedMs };
      }),
    }));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export function tally(results: readonly SuiteResult[]): Tally {
  const all = results.flatMap(({ cases }) => cases);
  const failed = all.filter((one) => one.wrong.length > 0).length;
  return { passed: all.length - failed, failed };
}

/** Ids of policy rules that matched in no case. */
export function unreached(results: readonly SuiteResult[], policy: Policy): readonly string[] {
  const reached = new Set(results.flatMap(({ cases }) => cases.flatMap((one) => one.reached)));
  return policy.rules.map((rule) => rule.id).filter((id) => !reached.has(id));
}

/** For a person: a mark a case, the differences under it, the closing line. */
export function told(results: readonly SuiteResult[], uncovered: readonly string[] | null): string {
  const lines = results.flatMap(({ suite, cases }) => [
    `${suite.name}  ${suite.file}`,
    ...cases.flatMap(({ name, wrong }) => [
      `  ${wrong.length === 0 ? "✓" : "✗"} ${name}`,
      ...wrong.map((line) => `      ${line}`),
    ]),
  ]);
  const coverage = uncovered === null ? [] : [coverageLine(uncovered)];
  const { passed, failed } = tally(results);
  return [...lines, ...coverage, `${passed} passed, ${failed} failed`].join("\n");
}

function coverageLine(uncovered: readonly string[]): string {
  return uncovered.length === 0 ? "every rule was reached" : `rules that no case reached: ${uncovered.join(", ")}`;
}
