// The decision. Laws, each a property test with its sentence as title:
//   A rule that throws forbids. Forbid beats permit. No match blocks. The order of rules never matters.
//   Adding a forbid rule never turns a block into a pass. No rule lifts a reason that the law gives.
//   A decision is a function of its recorded inputs: replaying them gives the same decision and reasons.

import type { Case, Decision, Finding, Opinion, Reason, Rule } from "../words.ts";
import { RULES } from "./all.ts";
import { forgetLegal, type Judged, legalOf, NO_LEGAL } from "./legal.ts";
import { failed, isWellFormed, unmatched, unrewritable } from "./opinions.ts";
import { isPersonal } from "./personal.ts";
import { curesOf, ordered } from "./reasons.ts";

interface Verdict {
  readonly forbids: readonly Opinion[];
  readonly permits: readonly Opinion[];
}

/**
 * Judges a Case: once as it is; and, if what stands in the way falls when some findings leave only as pseudonyms, once
 * more as it would then leave. Throws nothing.
 */
export function decide(c: Case, rules: readonly Rule[] = RULES): Decision {
  try {
    return decideOn(c, rules);
  } finally {
    forgetLegal();
  }
}

function decideOn(c: Case, rules: readonly Rule[]): Decision {
  const first = judge(c, rules);
  if (passes(c, first)) return pass(c, first);
  const hide = first.forbids.every(isCurable) && first.permits.length > 0 ? wanted(c, first) : [];
  if (hide.length === 0) return block(c, first);
  const stuck = hide.filter((i) => isStuck(c.findings[i]!));
  if (stuck.length > 0) return block(c, union(first, { forbids: [unrewritable(c, stuck)], permits: [] }));
  const hiding = { ...c, hidden: new Set([...c.hidden, ...hide]) };
  const second = judge(hiding, rules);
  return passes(hiding, second) ? pass(hiding, second) : block(hiding, union(first, second));
}

/** Where it stands nothing can be rewritten. */
function isStuck({ where, fixed }: Finding): boolean {
  return where !== "body" || fixed === true;
}

/** What every rule says. A rule that throws, or says what cannot be understood, forbids. */
function judge(c: Case, rules: readonly Rule[]): Verdict {
  const forbids: Opinion[] = [];
  const permits: Opinion[] = [];
  for (const rule of rules) {
    let opinion: Opinion | null;
    try {
      opinion = rule.judge(c);
      if (opinion !== null && !isWellFormed(opinion, c)) opinion = failed(rule.name);
    } catch {
      opinion = failed(rule.name);
    }
    if (opinion === null) continue;
    (opinion.effect === "permit" ? permits : forbids).push(opinion);
  }
  return { forbids, permits };
}

/** Nothing forbids, something permits, and what the permits ask to hide is hidden. */
function passes(c: Case, verdict: Verdict): boolean {
  const { forbids, permits } = verdict;
  return forbids.length === 0 && permits.length > 0 && wanted(c, verdict).every((i) => c.hidden.has(i));
}

function isCurable(forbid: Opinion): boolean {
  return forbid.actions.includes("pseudonymize");
}

/** Findings that all opinions together want to leave only as pseudonyms. An empty `hide` means all personal ones. */
function wanted(c: Case, { forbids, permits }: Verdict): readonly number[] {
  if (!forbids.some(isCurable) && !permits.some(isCurable)) return [];
  const asking = [...forbids, ...permits].filter(isCurable);
  const hide = new Set(asking.flatMap((opinion) => (opinion.hide.length > 0 ? opinion.hide : personal(c))));
  return [...hide].sort((a, b) => a - b);
}

function personal(c: Case): readonly number[] {
  return c.findings.flatMap((finding, i) => (isPersonal(finding) ? [i] : []));
}

function union(a: Verdict, b: Verdict): Verdict {
  return { forbids: [...a.forbids, ...b.forbids], permits: [...a.permits, ...b.permits] };
}

/** What is hidden at this judging leaves as pseudonyms, the rest as it is. Without the law's word nothing leaves. */
function pass(c: Case, verdict: Verdict): Decision {
  const judged = lawOf(c);
  if (judged === null) return block(c, verdict);
  const hide = [...c.hidden].sort((a, b) => a - b);
  const action = hide.length > 0 ? "pseudonymize" : "forward";
  const rule = permitRule(verdict);
  const decision: Decision = { action, rule, reasons: [], cures: [], hide, legal: judged.legal, would: null };
  return c.unread === undefined ? decision : { ...decision, unread: signedFor(c) };
}

/** What leaves unread: the rule `opaque` has seen that somebody signed for each. */
function signedFor({ unread, flow, policy }: Case): NonNullable<Decision["unread"]> {
  const { opaque } = policy.destinations.get(flow.destination)!;
  return unread!.map((one) => ({ ...one, approvedBy: opaque!.get(one.class)!.approvedBy }));
}

function block(c: Case, verdict: Verdict): Decision {
  const judged = lawOf(c);
  const forbids = [...verdict.forbids];
  if (judged === null) forbids.push(failed("law"));
  if (verdict.permits.length === 0 || forbids.length === 0) forbids.push(unmatched());
  const reasons = ordered(forbids.flatMap((opinion) => opinion.reasons));
  const cures = curesOf(reasons, judged?.removable ?? false);
  const legal = judged?.legal ?? NO_LEGAL;
  return { action: "block", rule: blockRule(forbids, reasons[0]!), reasons, cures, hide: [], legal, would: null };
}

function lawOf(c: Case): Judged | null {
  try {
    return legalOf(c);
  } catch {
    return null;
  }
}

/** The rule that gave the first reason; of several the first by name. */
function blockRule(forbids: readonly Opinion[], first: Reason): string {
  return firstName(forbids.filter((opinion) => opinion.reasons.some((reason) => isSame(reason, first))));
}

function isSame(a: Reason, b: Reason): boolean {
  return a.code === b.code && a.path === b.path && a.type === b.type && a.about === b.about && a.article === b.article;
}

/** The strictest permit; of several the first by name. */
function permitRule({ permits }: Verdict): string {
  const strict = permits.filter(isCurable);
  return firstName(strict.length > 0 ? strict : permits);
}

function firstName(opinions: readonly Opinion[]): string {
  let first = opinions[0]!.rule;
  for (const { rule } of opinions) if (rule < first) first = rule;
  return first;
}
