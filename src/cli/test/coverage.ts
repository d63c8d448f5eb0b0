// What of a policy no case needs. Law: a rule that no case reached and a paper whose loss no case would notice may say
// anything, and nobody would know.

import type { Policy } from "../../words.ts";
import type { SuiteResult } from "./report.ts";
import { papersOf, restsOn } from "./rests.ts";

export interface Uncovered {
  /** Ids of rules that matched in no case. */
  readonly rules: readonly string[];
  /** `<list>/<id>` of papers that no case rests on. */
  readonly papers: readonly string[];
}

export function uncovered(results: readonly SuiteResult[], policy: Policy): Uncovered {
  const cases = results.flatMap((one) => one.cases);
  const reached = new Set(cases.flatMap((one) => one.reached));
  let papers = papersOf(policy);
  for (const { judged } of cases) {
    if (judged === null || papers.length === 0) continue;
    const rested = new Set(restsOn(judged, papers));
    papers = papers.filter((paper) => !rested.has(paper));
  }
  return {
    rules: policy.rules.map((rule) => rule.id).filter((id) => !reached.has(id)),
    papers: papers.map(({ list, id }) => `${list}/${id}`),
  };
}
