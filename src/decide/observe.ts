// A way on trial (design.md §2 law 4; decision 021). Law of this file: observing lets through only what its signer took
// upon himself, and never what no paper could make lawful, what a person has refused, or what the gate could not judge.

import type { Case, Decision, Observe } from "../words.ts";
import { OWN } from "./reasons.ts";
import { routeFactsOf } from "./route-facts.ts";

/** Not for an observer to let through. */
const NEVER = new Set([
  "CREDENTIAL_FOUND",
  "RULE_FAILED",
  "CONSENT_FEED_STALE",
  "CONSENT_WITHDRAWN",
  "GUARDIAN_CONSENT_MISSING",
  "LAW_NOT_REVIEWED",
  "CALENDAR_UNKNOWN",
  "PAPER_LAPSED",
]);

/** Who observes this crossing, if what stands in its way is his to let through; null: it is enforced. */
export function observerOf(c: Case, blocked: Decision): Observe | null {
  const observe = c.policy.destinations.get(c.flow.destination)?.observe ?? null;
  // important data without its assessment are not a paper that somebody is still collecting (DSL Arts. 31, 46)
  if (observe === null || blocked.legal.outcome === "PROHIBITED" || blocked.legal.rule === "I1") return null;
  // a child is not observed: whoever has no consent at all must not fare better than who lacks the guardian's
  if (c.individuals.some(({ minor, consent }) => minor === true && consent?.guardian !== true)) return null;
  const { day } = routeFactsOf(c).way;
  if (day < observe.from || day > observe.until) return null;
  return blocked.reasons.every(({ code }) => isHis(code, observe)) ? observe : null;
}

function isHis(code: string, { covers }: Observe): boolean {
  // what nobody read is signed for by its class, or stays (law 2)
  if (NEVER.has(code) || code.startsWith("PROHIBITED_") || code.startsWith("OPAQUE_")) return false;
  return covers === "law" || (Object.hasOwn(OWN, code) && code !== "CONSENT_NOTICE_SUPERSEDED");
}
