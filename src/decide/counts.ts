// What a Case counts: the year after it, who is added as what and by which way, and up to where its decision holds.

import type { LawJudgement } from "../law/evaluate.ts";
import type { ReachedCounts, YearCounts } from "../law/facts.ts";
import type { Admission, Case, Counted, CountLimit, Legal, ScopedCounts } from "../words.ts";
import type { Person } from "./law-facts.ts";
import { outsideOf } from "./outside.ts";
import type { OWN_WARNINGS } from "./reasons.ts";

/** Counts once everybody of the crossing is added (CNT-10). */
export interface CountsAfter {
  readonly all: YearCounts;
  readonly reached: readonly ReachedCounts[];
}

/** Somebody, or nobody, as the law judged. */
export interface JudgedPerson {
  readonly person: Person | null;
  readonly judgement: LawJudgement;
}

/** @param handler whose year it is. */
export function countsAfter(c: Case, people: readonly Person[], handler: string): CountsAfter {
  const after = { all: allAfter(c, people), reached: reachedAfter(c, people) };
  if (c.policy.outsideFlows === undefined) return after;
  return {
    all: plus(after.all, outsideOf(c.policy, handler)),
    reached: after.reached.map(({ recipients, ...counts }) => ({
      recipients,
      ...plus(counts, outsideOf(c.policy, handler, recipients)),
    })),
  };
}

function plus(a: YearCounts, b: YearCounts): YearCounts {
  return { nonSensitive: a.nonSensitive + b.nonSensitive, sensitive: a.sensitive + b.sensitive };
}

/** Yearly counts once all new people of this crossing are added (CNT-10). */
function allAfter(c: Case, people: readonly Person[]): YearCounts {
  // Sets only where somebody is new: nearly always nobody is.
  let ns: Set<string> | null = null;
  let s: Set<string> | null = null;
  for (const { individual, classes } of people) {
    if (classes.ns && !individual.counted.nonSensitive) ns = (ns ?? new Set<string>()).add(individual.countKey);
    if (classes.s && !individual.counted.sensitive) s = (s ?? new Set<string>()).add(individual.countKey);
  }
  return { nonSensitive: c.counts.nonSensitive + (ns?.size ?? 0), sensitive: c.counts.sensitive + (s?.size ?? 0) };
}

/** The same of the people of some recipients, where the facts say. Who was reached nobody knows how is new there. */
function reachedAfter(c: Case, people: readonly Person[]): readonly ReachedCounts[] {
  const { scoped } = c.counts;
  return scoped === undefined ? NOBODY_APART : scoped.map((scope) => addedTo(scope, c, people));
}

const NOBODY_APART: readonly ReachedCounts[] = [];

function addedTo(scope: ScopedCounts, c: Case, people: readonly Person[]): ReachedCounts {
  const { recipients } = scope;
  if (!recipients.includes(c.flow.recipient)) return scope;
  // as in allAfter: nearly always nobody is new
  let ns: Set<string> | null = null;
  let s: Set<string> | null = null;
  for (const { individual, classes } of people) {
    const { countKey, counted } = individual;
    if (classes.ns && !isThere(counted, recipients, "nonSensitive")) ns = (ns ?? new Set<string>()).add(countKey);
    if (classes.s && !isThere(counted, recipients, "sensitive")) s = (s ?? new Set<string>()).add(countKey);
  }
  if (ns === null && s === null) return scope;
  const [nonSensitive, sensitive] = [scope.nonSensitive + (ns?.size ?? 0), scope.sensitive + (s?.size ?? 0)];
  return { recipients, nonSensitive, sensitive };
}

function isThere({ ways }: Counted, recipients: readonly string[], of: "nonSensitive" | "sensitive"): boolean {
  for (const way of ways ?? NO_WAYS)
    if (way[of] && (way.recipient === null || recipients.includes(way.recipient))) return true;
  return false;
}

const NO_WAYS: NonNullable<Counted["ways"]> = [];

const NEAR_LINE: keyof typeof OWN_WARNINGS = "COUNT_NEAR_LINE";

/** Somebody is told in time: the year's count, this crossing included, has come near a line that the decision names. */
export function nearing({ policy: { warnAt } }: Case, { all, reached }: CountsAfter, legal: Legal): Legal {
  const share = warnAt[0]!;
  const { limit } = legal;
  const isNearScale = limit.scoped?.some((scale) =>
    reached.some((counts) => counts.recipients === scale.recipients && isNear(counts, scale, share)),
  );
  if (!isNear(all, limit, share) && isNearScale !== true) return legal;
  return { ...legal, warnings: [...legal.warnings, NEAR_LINE].sort() };
}

function isNear(counts: YearCounts, { nonSensitive, sensitive }: CountLimit, share: number): boolean {
  return (
    (nonSensitive !== null && counts.nonSensitive >= share * nonSensitive) ||
    (sensitive !== null && sensitive > 0 && counts.sensitive >= share * sensitive)
  );
}

/** Exempt scenarios and what is no export are counted gross only (CNT-3). */
export function admissionsOf({ flow: { recipient } }: Case, all: readonly JudgedPerson[]): readonly Admission[] {
  const admissions: Admission[] = [];
  for (const { person, judgement } of all) {
    if (person === null) continue;
    const { ns, s } = person.classes;
    const { counted } = judgement;
    admissions.push({
      key: person.individual.countKey,
      nonSensitive: counted && ns,
      sensitive: counted && s,
      recipient,
      by: judgement.mechanism ?? judgement.rule,
    });
  }
  return admissions;
}

export function limitOf(all: readonly JudgedPerson[]): CountLimit {
  let { nonSensitive, sensitive, scoped } = all[0]!.judgement.limit;
  for (const { judgement } of all) {
    const { limit } = judgement;
    nonSensitive = least(nonSensitive, limit.nonSensitive);
    sensitive = least(sensitive, limit.sensitive);
    if (limit.scoped !== undefined && limit.scoped !== scoped) scoped = eachOnce([...(scoped ?? []), ...limit.scoped]);
  }
  return scoped === undefined ? { nonSensitive, sensitive } : { nonSensitive, sensitive, scoped };
}

function eachOnce(limits: NonNullable<CountLimit["scoped"]>): CountLimit["scoped"] {
  return [...new Map(limits.map((limit) => [JSON.stringify(limit), limit])).values()];
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
