// The decision. Laws, each a property test with its sentence as title:
//   A rule that throws forbids. Forbid beats permit. No match blocks. The order of rules never matters.
//   Adding a forbid rule never turns a block into a pass. Observe mode never weakens what is enforced.
//   No rule and no exception lifts a reason that the law gives.
//   A decision is a function of its recorded inputs: replaying them gives the same decision and reasons.

import type { Case, Decision, Finding, OpaqueClass, Opinion, Reason, Rule } from "../words.ts";
import { RULES } from "./all.ts";
import { withUndeclared } from "./inventory.ts";
import { forgetLegal, type Judged, legalOf, NO_LEGAL } from "./legal.ts";
import { observerOf } from "./observe.ts";
import { failed, isWellFormed, unmatched, unrewritable } from "./opinions.ts";
import { isRewriting, planOf } from "./plan.ts";
import { curesOf, ordered } from "./reasons.ts";
import { liftedOf, lifter, underReleases } from "./releases.ts";
import { liftedRules } from "./rules/policy/rule.ts";
import { forgetSeen } from "./seen.ts";

interface Verdict {
  readonly forbids: readonly Opinion[];
  readonly permits: readonly Opinion[];
}

/**
 * Judges a Case: as it is; as it would leave once the rules that permit it have had their findings taken out, or proven
 * harmless; and, if what still stands in the way falls when some findings leave only as pseudonyms, as it would leave
 * then (design.md §1). Throws nothing.
 */
export function decide(c: Case, rules: readonly Rule[] = RULES): Decision {
  try {
    return c.orders === undefined ? withUndeclared(c, decideOn(c, rules)) : decideUnderOrders(c, rules);
  } finally {
    forgetLegal();
    forgetSeen();
  }
}

/** What a release excuses is gone before anything is judged; the decision says what was lifted. */
function decideUnderOrders(c: Case, rules: readonly Rule[]): Decision {
  const it = underReleases(c);
  const decision = withUndeclared(it, decideOn(it, rules));
  if (it.released === undefined) return decision;
  const lifted = [...liftedOf(it), ...liftedRules(it)];
  return lifted.length === 0 ? decision : { ...decision, lifted };
}

function decideOn(c: Case, rules: readonly Rule[]): Decision {
  const raw = judge(c, rules);
  const removed = removing(c, raw);
  if (removed === null) return decideHiding(c, raw, rules);
  const stuck = [...removed.hidden].filter((i) => isStuck(c.findings[i]!));
  if (stuck.length > 0) return block(c, union(raw, { forbids: [unrewritable(c, stuck)], permits: [] }));
  return decideHiding(removed, judge(removed, rules), rules);
}

/**
 * The Case as the permitting rules want it to leave, where they take findings out for good or name a proof: those
 * change what the law looks at. Only permits are asked, so that a forbid can never open a way (law 4). null: none does.
 */
function removing(c: Case, { permits }: Verdict): Case | null {
  const { hide, remove, proof } = planOf(c, permits);
  if (remove.length === 0 && proof === null) return null;
  return { ...c, hidden: new Set(hide), removed: new Set(remove), ...(proof === null ? {} : { proof }) };
}

function decideHiding(c: Case, first: Verdict, rules: readonly Rule[]): Decision {
  if (passes(c, first)) return pass(c, first);
  const hide = first.forbids.every(isCurable) && first.permits.length > 0 ? wanted(c, first) : [];
  if (hide.every((i) => c.hidden.has(i))) return block(c, first);
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

/** Findings that all opinions together want to leave only rewritten. */
function wanted(c: Case, { forbids, permits }: Verdict): readonly number[] {
  return planOf(c, forbids.length === 0 ? permits : [...forbids.filter(isCurable), ...permits]).hide;
}

function union(a: Verdict, b: Verdict): Verdict {
  return { forbids: [...a.forbids, ...b.forbids], permits: [...a.permits, ...b.permits] };
}

/** What is hidden at this judging leaves rewritten, the rest as it is. Without the law's word nothing leaves. */
function pass(c: Case, verdict: Verdict): Decision {
  const judged = lawOf(c);
  if (judged === null) return block(c, verdict);
  const { legal } = judged;
  const rule = permitRule(verdict);
  if (c.hidden.size === 0 && c.unread === undefined)
    return { action: "forward", rule, reasons: [], cures: [], hide: [], legal, would: null };
  const decision = { ...leaving(c), rule, reasons: [], cures: [], legal, would: null };
  return c.unread === undefined ? decision : { ...decision, unread: signedFor(c) };
}

/** The action, and what it concerns. */
function leaving({ hidden, removed }: Pick<Case, "hidden" | "removed">): Pick<Decision, "action" | "hide" | "remove"> {
  const hide = [...hidden].sort((a, b) => a - b);
  if (removed === undefined || removed.size === 0)
    return { action: hide.length > 0 ? "pseudonymize" : "forward", hide };
  return { action: "redact", hide, remove: [...removed].sort((a, b) => a - b) };
}

/** What leaves unread: the rule `opaque` has seen that somebody signed for each, or two people for now. */
function signedFor(c: Case): NonNullable<Decision["unread"]> {
  const { opaque } = c.policy.destinations.get(c.flow.destination)!;
  const signer = (name: OpaqueClass) => (opaque?.get(name) ?? lifter(c, { of: "opaque", class: name }))!.approvedBy;
  return c.unread!.map((one) => ({ ...one, approvedBy: signer(one.class) }));
}

function block(c: Case, verdict: Verdict): Decision {
  const judged = lawOf(c);
  const forbids = [...verdict.forbids];
  if (judged === null) forbids.push(failed("law"));
  if ((verdict.permits.length === 0 && !forbids.some(isOperators)) || forbids.length === 0) forbids.push(unmatched());
  const reasons = ordered(forbids.flatMap((opinion) => opinion.reasons));
  const cures = curesOf(reasons, judged?.removable ?? false);
  const legal = judged?.legal ?? NO_LEGAL;
  const rule = blockRule(forbids, reasons[0]!);
  const blocked: Decision = { action: "block", rule, reasons, cures, hide: [], legal, would: null };
  return judged === null ? blocked : observed(c, blocked, verdict);
}

/**
 * On trial: it leaves as it stood at this judging, rewritten as every rule asks that does not forbid, and counted past
 * every line: what has left is never uncounted.
 */
function observed(c: Case, blocked: Decision, { permits, forbids }: Verdict): Decision {
  const observer = observerOf(c, blocked);
  if (observer === null) return blocked;
  const plan = planOf(c, permits);
  const beside = forbids.flatMap((forbid) => forbid.beside ?? []);
  const hidden = new Set([...c.hidden, ...plan.hide, ...beside.flatMap(({ hide }) => hide)]);
  if ([...hidden].some((i) => isStuck(c.findings[i]!))) return blocked;
  const removed = new Set([...(c.removed ?? []), ...plan.remove, ...beside.flatMap(({ remove = [] }) => remove)]);
  const legal = { ...blocked.legal, limit: { nonSensitive: null, sensitive: null } };
  const left = leaving({ hidden, removed });
  const said = { ...blocked, ...left, legal, would: "block" as const, observedBy: observer.approvedBy };
  return c.unread === undefined ? said : { ...said, unread: signedFor(c) };
}

/** A rule of the operator's own forbids: then one has matched. */
function isOperators({ reasons }: Opinion): boolean {
  return reasons.some(({ code }) => code === "POLICY_FORBIDS");
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
  const removing = permits.filter(({ actions }) => actions.includes("redact"));
  if (removing.length > 0) return firstName(removing);
  const rewriting = permits.filter(isRewriting);
  return firstName(rewriting.length > 0 ? rewriting : permits);
}

function firstName(opinions: readonly Opinion[]): string {
  let first = opinions[0]!.rule;
  for (const { rule } of opinions) if (rule < first) first = rule;
  return first;
}
