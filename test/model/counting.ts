// Counting people, CNT-1 to CNT-11: each person once a year, handler and class; the present transfer is counted too.
import { isOrdinary, isSensitive } from "./classes.ts";
import { dayOf, yearOf } from "./days.ts";
import type { Facts, People, Transfer } from "./facts.ts";

export interface Counts {
  readonly nonSensitive: number;
  readonly sensitive: number;
}

const NO_PERSONAL_INFORMATION = ["N0", "A1", "A2"];
const EXEMPT_SCENARIOS = ["E1", "E2", "E3", "E4", "E5", "E6"];

/** CNT-1 and CNT-6: those who are known count once, however often they were sent; each of the others is a new person. */
function headCount(groups: readonly People[]): number {
  let unlinkable = 0;
  const ranges: [number, number][] = [];
  for (const group of groups) {
    if ("unknown" in group) unlinkable += group.unknown;
    else ranges.push([group[0], group[1]]);
  }
  // Between two neighbouring borders everybody is in the same ranges: count the stretch if it is in any.
  const borders = [...new Set(ranges.flatMap(([from, to]) => [from, to + 1]))].sort((a, b) => a - b);
  let known = 0;
  for (const [i, start] of borders.entries()) {
    const end = borders[i + 1];
    if (end === undefined) break;
    if (ranges.some(([from, to]) => from <= start && start <= to)) known += end - start;
  }
  return known + unlinkable;
}

/** RS-2022 looks back to 1 January of the previous year and knows no exemptions; RS-2024 to that of the current year. */
function isCounted(facts: Facts, past: Transfer, oldRules: boolean): boolean {
  const firstYear = oldRules ? yearOf(facts.at) - 1 : yearOf(facts.at);
  const year = yearOf(past.at);
  if (year < firstYear || year > yearOf(facts.at)) return false;
  if ((past.handlerId ?? "H1") !== facts.exporter.handlerId) return false;
  if (past.status === "blocked") return false;
  const rule = past.route ?? "";
  return oldRules ? !NO_PERSONAL_INFORMATION.includes(rule) : addsToCount(facts, rule);
}

/** CNT-3, with U-1. @returns whether a transfer under a rule adds its people to the statutory count */
export function addsToCount(facts: Facts, rule: string): boolean {
  if (NO_PERSONAL_INFORMATION.includes(rule)) return false;
  return facts.policy.countExemptTransfers || !EXEMPT_SCENARIOS.includes(rule);
}

/** CNT-4, with U-3: who has both kinds in one payload is in both counters, or only in that of sensitive people. */
function isInOrdinaryCounter(facts: Facts, ordinary: boolean, sensitive: boolean): boolean {
  return ordinary && (facts.policy.countBothKinds || !sensitive);
}

/** Section 2, where nothing about counts is stated: NS 1, and S 1 if the payload is sensitive. */
function oneNewPerson(facts: Facts, withThis: boolean): Counts {
  if (!withThis) return { nonSensitive: 0, sensitive: 0 };
  const sensitive = isSensitive(facts);
  return { nonSensitive: isInOrdinaryCounter(facts, true, sensitive) ? 1 : 0, sensitive: sensitive ? 1 : 0 };
}

/** The statutory year's transfers of this handler, the present one not among them. */
function yearOfTransfers(facts: Facts): readonly Transfer[] {
  const oldRules = dayOf(facts.at) < "2024-03-22";
  return (facts.history ?? []).filter((past) => isCounted(facts, past, oldRules));
}

function countIn(facts: Facts, past: readonly Transfer[], withThis: boolean): Counts {
  const ordinary = past
    .filter((one) => isInOrdinaryCounter(facts, one.classes.includes("NS"), one.classes.includes("S")))
    .map((one) => one.subjects);
  const sensitive = past.filter((one) => one.classes.includes("S")).map((one) => one.subjects);
  const present = facts.subjects ?? { unknown: 1 };
  if (withThis && isInOrdinaryCounter(facts, isOrdinary(facts), isSensitive(facts))) ordinary.push(present);
  if (withThis && isSensitive(facts)) sensitive.push(present);
  return { nonSensitive: headCount(ordinary), sensitive: headCount(sensitive) };
}

/**
 * @param withThis whether the present transfer is one that counts (CNT-3)
 * @returns the statutory counts: as stated, else after adding the present transfer to the history
 */
export function countPeople(facts: Facts, withThis: boolean): Counts {
  if (facts.counts !== null) return facts.counts;
  if (facts.history === null && facts.subjects === null) return oneNewPerson(facts, withThis);
  return countIn(facts, yearOfTransfers(facts), withThis);
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && new Set([...some, ...others]).size === new Set(some).size;
}

/**
 * Section 5, the row on yearly counts, for a contract that names its recipients: it is filed for what goes to them, so
 * its scale is held against them. A past transfer that does not say where it went may have gone there.
 * @returns null where only the whole handler's number is known: that is the higher one, and is used instead
 */
export function countPeopleSentTo(recipients: readonly string[], facts: Facts, withThis: boolean): Counts | null {
  const stated = facts.reached.find((one) => isSameSet(one.recipients, recipients));
  if (stated !== undefined) return { nonSensitive: stated.nonSensitive, sensitive: stated.sensitive };
  if (facts.counts !== null || facts.history === null) return null;
  const there = yearOfTransfers(facts).filter(
    ({ recipient }) => recipient === undefined || recipients.includes(recipient),
  );
  return countIn(facts, there, withThis && recipients.includes(facts.flow.recipient));
}
