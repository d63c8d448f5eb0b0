// A judgement against what a case expects of it (law.md §12). Law of this file: what a case does not state is not
// compared; lists are compared as sets.

import type { LawJudgement } from "./evaluate.ts";

const WORDS = ["outcome", "decision", "rule", "basis"] as const;
const SETS = ["reasons", "mechanismsAllowed", "warnings"] as const;

/**
 * What differs, one line a member; empty: they agree.
 * @param expected the `expect` member of a case, unchecked. @throws TypeError when it is no object.
 */
export function differences(expected: unknown, judgement: LawJudgement): readonly string[] {
  if (typeof expected !== "object" || expected === null) throw new TypeError("expect must be an object");
  const wanted = expected as Readonly<Record<string, unknown>>;
  const pairs: (readonly [string, unknown, unknown])[] = [];
  for (const name of WORDS) pairs.push([name, wanted[name], judgement[name]]);
  for (const name of SETS) pairs.push([name, sorted(wanted[name]), sorted(judgement[name])]);
  const { nonSensitive, sensitive } = (wanted["counts"] ?? {}) as Readonly<Record<string, unknown>>;
  pairs.push(["counts.nonSensitive", nonSensitive, judgement.counts.nonSensitive]);
  pairs.push(["counts.sensitive", sensitive, judgement.counts.sensitive]);
  return pairs.flatMap(([name, want, got]) =>
    want === undefined || JSON.stringify(want) === JSON.stringify(got)
      ? []
      : [`${name}: expected ${JSON.stringify(want)}, got ${JSON.stringify(got)}`],
  );
}

function sorted(list: unknown): unknown {
  return Array.isArray(list) ? [...new Set(list)].sort() : list;
}
