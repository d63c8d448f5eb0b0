// Duties that a company sets itself. Law of this file: every occurrence has an id of its own and counts from the first
// day, so that one that was forgotten stays due beside those that follow.

import type { DatedDuty, Every, OwnDuty } from "../../words.ts";
import { plusMonths } from "../year.ts";
import { item, onDay } from "./item.ts";

const MONTHS: Readonly<Record<Exclude<Every, "once">, number>> = {
  month: 1,
  quarter: 3,
  "half-year": 6,
  year: 12,
};

/** A month for ten years: a first day that lies in another age is a mistake that policy lints, not a flood. */
const OCCURRENCES_MAX = 120;

/** @param until the last day looked at. @returns at least the next occurrence, in order of days. */
export function occurrences(duty: OwnDuty, today: string, until: string): readonly DatedDuty[] {
  const found: DatedDuty[] = [];
  for (let k = 0; k < OCCURRENCES_MAX; k += 1) {
    const day = dayOf(duty, k);
    if (day === null || (day > until && found.some(({ safeOn }) => safeOn >= today))) break;
    found.push({ ...item(duty.kind, "deadline", duty.id, onDay(day), duty.exporters), own: duty });
  }
  return found;
}

/** Counted from the first day, not from the one before: the 31st does not become the 28th for good. */
function dayOf({ every, first }: OwnDuty, k: number): string | null {
  if (k === 0) return first;
  return every === "once" ? null : plusMonths(first, MONTHS[every] * k);
}
