// One dated item. Law of this file: a day that hangs on a calendar nobody has published yet is not said; what is said
// then is the nearest day that is right whatever that calendar will be.

import type { Asks, DatedDuty, LawData, OwnKind, PaperKind } from "../../words.ts";
import { workingDaysAfter, workingDaysBefore } from "../working-days.ts";
import { plusDays } from "../year.ts";
import { ARTICLES } from "./kinds.ts";

export type Calendar = LawData["calendar"];

/** A day, or what is certain of it. */
export interface Day {
  readonly due: string | null;
  readonly safeOn: string;
}

export function onDay(ymd: string): Day {
  return { due: ymd, safeOn: ymd };
}

/** The `count`-th working day after: it takes so many days at the least. */
export function afterWorkingDays(ymd: string, count: number, calendar: Calendar): Day {
  return known(workingDaysAfter(ymd, count, calendar), ymd, plusDays(ymd, count), calendar);
}

/** The last day from which `count` working days are over by `ymd`: with so many days left it is certainly past. */
export function beforeWorkingDays(ymd: string, count: number, calendar: Calendar): Day {
  return known(workingDaysBefore(ymd, count, calendar), ymd, plusDays(ymd, -count), calendar);
}

/** Both ends of what was counted must lie in the calendar. */
function known(due: string, from: string, safeOn: string, { knownUntil }: Calendar): Day {
  return due <= knownUntil && from <= knownUntil ? onDay(due) : { due: null, safeOn };
}

export function item(
  kind: PaperKind | OwnKind,
  asks: Asks,
  about: string,
  { due, safeOn }: Day,
  exporters: readonly string[] = [],
): DatedDuty {
  const id = `${kind}.${about}.${due ?? `~${safeOn}`}`;
  return { id, kind, about, asks, due, safeOn, article: ARTICLES[kind], exporters };
}
