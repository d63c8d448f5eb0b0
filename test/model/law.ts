// The second reading of the law: slow, in the order of law.md, without a thought for speed. One function decides.
import { isPersonal } from "./classes.ts";
import { addsToCount, type Counts, countPeople } from "./counting.ts";
import { dutyReasons } from "./duties.ts";
import { complete } from "./facts.ts";
import { judgeMechanisms } from "./mechanisms.ts";
import { mechanismsAllowed, type Outcome, routeOf } from "./routes.ts";

export interface Answer {
  readonly outcome: Outcome;
  readonly decision: "ALLOW" | "BLOCK";
  readonly rule: string;
  readonly mechanismsAllowed: readonly string[];
  /** Sorted, each once: law.md compares sets. */
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly counts: Counts;
}

function set(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}

/** @param given facts as a line of cases.jsonl has them. @returns the route, the decision and why. */
export function judge(given: object): Answer {
  const facts = complete(given);
  const { rule, outcome } = routeOf(facts);
  const allowed = mechanismsAllowed(facts, rule, outcome);
  const counts = countPeople(facts, isPersonal(facts) && addsToCount(facts, rule));

  const needsMechanism = outcome === "SC_OR_CERT" || outcome === "ASSESSMENT";
  const mechanism = needsMechanism ? judgeMechanisms(facts, allowed, counts) : { reasons: [], warnings: [] };
  const hasDuties = isPersonal(facts) && (needsMechanism || outcome === "EXEMPT");
  const reasons = [
    ...(outcome === "PROHIBITED" ? [`PROHIBITED_${rule}`] : []),
    ...mechanism.reasons,
    ...(hasDuties ? dutyReasons(facts, rule) : []),
  ];
  return {
    outcome,
    decision: reasons.length === 0 ? "ALLOW" : "BLOCK",
    rule,
    mechanismsAllowed: set(allowed),
    reasons: set(reasons),
    warnings: set(mechanism.warnings),
    counts,
  };
}
