// PRC working days: Monday to Friday, less public holidays, plus make-up days. The State Council publishes them year by
// year; past the last published day Monday to Friday are assumed, and the judgement warns (CALENDAR_UNKNOWN).

import type { LawData } from "../words.ts";
import { plusDays, weekday } from "./year.ts";

type Calendar = LawData["calendar"];

export function isWorkingDay(ymd: string, calendar: Calendar): boolean {
  if (calendar.on.has(ymd)) return true;
  if (calendar.off.has(ymd)) return false;
  const day = weekday(ymd);
  return day !== 0 && day !== 6;
}

/** The `count`-th working day after `ymd`, which itself is not counted (SC Measures Art. 7: the day of effect). */
export function workingDaysAfter(ymd: string, count: number, calendar: Calendar): string {
  let day = ymd;
  for (let left = count; left > 0; ) {
    day = plusDays(day, 1);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}

/**
 * The last working day from which `count` further working days are over on `ymd` or before; 0: the last one before.
 */
export function workingDaysBefore(ymd: string, count: number, calendar: Calendar): string {
  let day = ymd;
  for (let left = count; left > 0; ) {
    if (isWorkingDay(day, calendar)) left -= 1;
    if (left > 0) day = plusDays(day, -1);
  }
  do day = plusDays(day, -1);
  while (!isWorkingDay(day, calendar));
  return day;
}
