// All suites of a folder, run and told. Law: the closing line is `N passed, N failed`, whatever else is printed.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openKeys } from "../../io/keys.ts";
import type { Text } from "../../io/policy/problem.ts";
import type { Language, Policy } from "../../words.ts";
import { compare } from "./compare.ts";
import type { Uncovered } from "./coverage.ts";
import { runCase, type Seen } from "./run.ts";
import type { Suite } from "./suite.ts";

export interface CaseResult {
  readonly name: string;
  readonly line: number;
  /** One line a difference. */
  readonly wrong: readonly Text[];
  readonly reached: readonly string[];
  readonly judged: Seen["judged"];
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
    const results: SuiteResult[] = [];
    for (const suite of suites) {
      const cases: CaseResult[] = [];
      for (const one of suite.cases) {
        const startedMs = performance.now();
        const seen = await runCase(one, suite, policy, keys);
        const { reached, judged } = seen;
        const wrong = compare(one.expect, seen);
        cases.push({ name: one.name, line: one.line, wrong, reached, judged, ms: performance.now() - startedMs });
      }
      results.push({ suite, cases });
    }
    return results;
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

/** For a person: a mark a case, the differences under it, the closing line, which machines read too. */
export function told(results: readonly SuiteResult[], uncovered: Uncovered | null, language: Language): string {
  const lines = results.flatMap(({ suite, cases }) => [
    `${suite.name}  ${suite.file}`,
    ...cases.flatMap(({ name, line, wrong }) => [
      wrong.length === 0 ? `  ✓ ${name}` : `  ✗ ${name}  ${suite.file}:${line}`,
      ...wrong.map((difference) => `      ${difference[language]}`),
    ]),
  ]);
  const { passed, failed } = tally(results);
  return [...lines, ...coverageLines(uncovered, language), `${passed} passed, ${failed} failed`].join("\n");
}

const COVERED = {
  zh: {
    rules: (ids: readonly string[]) =>
      ids.length === 0 ? "每条规则都有用例命中" : `没有用例命中的规则：${ids.join("、")}`,
    papers: (ids: readonly string[]) =>
      ids.length === 0 ? "每份文件都有用例依据" : `没有用例依据的文件：${ids.join("、")}`,
  },
  en: {
    rules: (ids: readonly string[]) =>
      ids.length === 0 ? "every rule was reached" : `rules that no case reached: ${ids.join(", ")}`,
    papers: (ids: readonly string[]) =>
      ids.length === 0 ? "every paper was relied on" : `papers that no case relies on: ${ids.join(", ")}`,
  },
} as const;

function coverageLines(uncovered: Uncovered | null, language: Language): string[] {
  if (uncovered === null) return [];
  const says = COVERED[language];
  return [says.rules(uncovered.rules), says.papers(uncovered.papers)];
}
