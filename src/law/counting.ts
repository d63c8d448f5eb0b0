// Heads of the statutory year (CNT-1 … CNT-11): natural persons, each once, per handler. Where something is not certain
// the count is higher, never lower.

import type { LawFacts, MechanismScope, PastTransfer, ReachedCounts, Subjects, YearCounts } from "./facts.ts";
import type { InForce } from "./thresholds.ts";
import { beijingDate, epochMs, yearOf } from "./year.ts";

export interface CountedPeople {
  readonly before: YearCounts;
  readonly after: YearCounts;
}

/** CNT-3: no transfer of counted PI. */
const NEVER_COUNTED: ReadonlySet<string> = new Set(["N0", "A1", "A2"]);
const EXEMPT_SCENARIOS: ReadonlySet<string> = new Set(["E1", "E2", "E3", "E4", "E5", "E6"]);

/** Whether people sent under this rule are added to the yearly count (CNT-3, switch U-1). */
export function isCounted(rule: string, countExemptTransfers: boolean): boolean {
  if (NEVER_COUNTED.has(rule)) return false;
  return countExemptTransfers || !EXEMPT_SCENARIOS.has(rule);
}

/** Which counters a person of this payload is in (CNT-2, CNT-4, switch U-3). */
export function classesOf(data: LawFacts["data"], countBothKinds: boolean): { ns: boolean; s: boolean } {
  const { categories, sensitive } = data;
  if (data.subjectsUnder14) return { ns: false, s: true };
  if (sensitive === "unknown") return { ns: countBothKinds, s: true };
  const s = sensitive.length > 0;
  const hasOrdinary = categories.some((category) => !sensitive.includes(category));
  return { ns: s ? hasOrdinary && countBothKinds : true, s };
}

/**
 * The counts as given; or computed from history and subjects; or, with neither, one new person.
 * @param pi false: nobody is added.
 */
export function countedPeople(facts: LawFacts, law: InForce, ymd: string, pi: boolean): CountedPeople {
  if (facts.counts !== null) return { before: facts.counts, after: facts.counts };
  if (facts.history === null && facts.subjects === null) {
    const { s } = classesOf(facts.data, facts.policy.countBothKinds);
    const one = { nonSensitive: pi && (facts.policy.countBothKinds || !s) ? 1 : 0, sensitive: pi && s ? 1 : 0 };
    return { before: { nonSensitive: 0, sensitive: 0 }, after: one };
  }
  const past = (facts.history ?? []).filter((entry) => isInCount(entry, facts, law, ymd));
  return { before: headsOf(facts, past, false), after: headsOf(facts, past, pi) };
}

/**
 * What the scale of a mechanism is compared with: where it names its recipients and it is known who was sent to them,
 * their people, else all of the handler's. Whom a past transfer went to may be unsaid: then it counts for each.
 */
export function scaleCounts(facts: LawFacts, law: InForce, ymd: string, pi: boolean, scope: MechanismScope) {
  const { recipients } = scope;
  if (recipients === undefined) return null;
  const given = reachedAt(facts, recipients);
  if (given !== null || facts.counts !== null || facts.history === null) return given;
  const past = facts.history.filter(
    (entry) =>
      isInCount(entry, facts, law, ymd) && (entry.recipient === undefined || recipients.includes(entry.recipient)),
  );
  return headsOf(facts, past, pi && recipients.includes(facts.flow.recipient));
}

/** The counts that are given for exactly these recipients, in any order; null: none are. */
export function reachedAt({ reached }: LawFacts, recipients: readonly string[]): ReachedCounts | null {
  for (const one of reached) {
    if (one.recipients.length !== recipients.length) continue;
    if (one.recipients.every((recipient) => recipients.includes(recipient))) return one;
  }
  return null;
}

/** @param isAdded whether the present transfer is one of them. */
function headsOf(facts: LawFacts, past: readonly PastTransfer[], isAdded: boolean): YearCounts {
  const { countBothKinds } = facts.policy;
  const { ns, s } = classesOf(facts.data, countBothKinds);
  const isNs = ({ classes }: PastTransfer) => classes.includes("NS") && (countBothKinds || !classes.includes("S"));
  const pastNs = past.filter(isNs).map((entry) => entry.subjects);
  const pastS = past.filter((entry) => entry.classes.includes("S")).map((entry) => entry.subjects);
  const added = isAdded ? [facts.subjects ?? { unknown: 1 }] : [];
  return {
    nonSensitive: heads(ns ? [...pastNs, ...added] : pastNs),
    sensitive: heads(s ? [...pastS, ...added] : pastS),
  };
}

/**
 * Within the window, for this handler, sent. An entry of the window that is dated later than the transfer counts too:
 * replicas' clocks differ, and counting too many is the safe side. Under RS-2022 exempt scenarios did not exist.
 */
function isInCount(entry: PastTransfer, facts: LawFacts, law: InForce, ymd: string): boolean {
  const year = yearOf(beijingDate(epochMs(entry.at)));
  if (year > yearOf(ymd) || year < yearOf(ymd) - law.lines.windowYearsBack) return false;
  if (entry.status === "blocked") return false;
  if ((entry.handlerId ?? "H1") !== facts.exporter.handlerId) return false;
  const countExempt = facts.policy.countExemptTransfers || law.ruleSet === "RS-2022";
  return entry.route === undefined || isCounted(entry.route, countExempt);
}

/** People in a union of inclusive ranges, each once; records that cannot be linked are a new person each (CNT-6). */
function heads(groups: readonly Subjects[]): number {
  let total = 0;
  const ranges: (readonly [number, number])[] = [];
  for (const group of groups) {
    if ("unknown" in group) total += group.unknown;
    else ranges.push(group);
  }
  let reached = -1;
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    if (to <= reached) continue;
    total += to - Math.max(from, reached + 1) + 1;
    reached = to;
  }
  return total;
}
