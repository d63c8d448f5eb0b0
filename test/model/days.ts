// Days of Beijing (UTC+8, no summer time), written "2026-05-12": two days in this form compare as strings do.
import calendar from "chinese-days/dist/chinese-days.json" with { type: "json" };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** @returns the day on Beijing's wall calendar at an instant. */
export function dayOf(instant: string): string {
  return new Date(Date.parse(instant) + 8 * HOUR_MS).toISOString().slice(0, 10);
}

/** @returns the year on Beijing's wall calendar at an instant. */
export function yearOf(instant: string): number {
  return Number(dayOf(instant).slice(0, 4));
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

/** @returns the last day of three years that begin on `day`: the same day three years later, less one. */
export function lastOfThreeYears(day: string): string {
  const end = new Date(day);
  end.setUTCFullYear(end.getUTCFullYear() + 3);
  return new Date(end.getTime() - DAY_MS).toISOString().slice(0, 10);
}

/** Monday to Friday, without the public holidays, with the days worked instead. */
export function isWorkingDay(day: string): boolean {
  if (day in calendar.workdays) return true;
  if (day in calendar.holidays) return false;
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** @returns the nth working day after `day`; the day itself is not counted. */
export function workingDayAfter(day: string, n: number): string {
  let reached = day;
  let counted = 0;
  while (counted < n) {
    reached = nextDay(reached);
    if (isWorkingDay(reached)) counted += 1;
  }
  return reached;
}
