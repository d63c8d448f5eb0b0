// Steps of a mechanism → dates around a go-live day. Law: pure; a date counted over days that no State Council calendar
// covers yet says so.

import type { Papers, Step } from "../../io/law-papers.ts";
import { workingDaysAfter, workingDaysBefore } from "../../law/working-days.ts";
import { lastDayOfTerm, plusDays, plusMonths, yearOf } from "../../law/year.ts";
import type { LawData } from "../../words.ts";

type Calendar = LawData["calendar"];

export interface Milestone {
  readonly id: string;
  /** Beijing date. */
  readonly date: string;
  readonly kind: Step["kind"];
  readonly force: Step["force"];
  readonly text: Step["text"];
  readonly source: Step["source"];
  /** It should have happened, and the day is over. */
  readonly late: boolean;
  /** False: Monday to Friday were assumed for some of the days counted. */
  readonly calendarKnown: boolean;
}

/** Kinds that are missed when their day is over. A term of the future cannot be late. */
const MISSABLE: ReadonlySet<string> = new Set(["start", "latest"]);

/**
 * @param holds which cases of `when` apply. @param today Beijing date. @returns by date.
 * A step whose anchor does not apply here is left out with it.
 */
export function milestones(
  papers: Pick<Papers, "steps" | "practice">,
  golive: string,
  today: string,
  calendar: Calendar,
  holds: (condition: string) => boolean,
): Milestone[] {
  const dated = new Map([["golive", { date: golive, known: true }]]);
  const found: Milestone[] = [];
  for (const step of papers.steps) {
    const anchor = dated.get(step.from);
    if (anchor === undefined || (step.when !== undefined && !step.when.some(holds))) continue;
    const date = dateOf(step, anchor.date, papers.practice, calendar);
    const byCalendar = step.workingDays !== undefined || step.workingDaysLeft !== undefined;
    const later = [date, anchor.date].sort()[1]!;
    const known = anchor.known && (!byCalendar || later <= calendar.knownUntil);
    dated.set(step.id, { date, known });
    const { id, kind, force, text, source } = step;
    found.push({ id, date, kind, force, text, source, late: MISSABLE.has(kind) && date < today, calendarKnown: known });
  }
  return found.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function dateOf(step: Step, from: string, practice: Papers["practice"], calendar: Calendar): string {
  if (step.workingDays !== undefined)
    return step.workingDays < 0
      ? workingDaysBefore(from, -step.workingDays, calendar)
      : workingDaysAfter(from, step.workingDays, calendar);
  if (step.workingDaysLeft !== undefined) return workingDaysBefore(from, step.workingDaysLeft, calendar);
  if (step.days !== undefined) return plusDays(from, step.days);
  if (step.months !== undefined) return plusMonths(from, step.months);
  if (step.termYears !== undefined) return lastDayOfTerm(from, step.termYears);
  if (step.turnOfYear !== undefined) return `${yearOf(from) + step.turnOfYear}-01-01`;
  return practice.map(({ max, unit }) => before(from, max, unit)).sort()[0]!;
}

function before(ymd: string, count: number, unit: "weeks" | "months"): string {
  return unit === "weeks" ? plusDays(ymd, -7 * count) : plusMonths(ymd, -count);
}

/** How far ahead a go-live day is looked for: a statutory clock is under a year. */
const AHEAD_DAYS = 1000;

/** The first go-live day from `today` on for which no step that the law dates is late; null: none in sight. */
export function earliestGolive(datesFor: (golive: string) => readonly Milestone[], today: string): string | null {
  for (let ahead = 0; ahead < AHEAD_DAYS; ahead += 1) {
    const golive = plusDays(today, ahead);
    if (!datesFor(golive).some(missedByLaw)) return golive;
  }
  return null;
}

/** A milestone without which the go-live day is unlawful, and it is over. */
export function missedByLaw({ late, force }: Milestone): boolean {
  return late && force === "law";
}
