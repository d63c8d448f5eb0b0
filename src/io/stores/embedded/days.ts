// Days of a Beijing year by number: 1 is 1 January. Law: whatever date somebody names, the number lies in the year.

const DAY_MS = 86_400_000;

/** @param ymd a Beijing date; one of another year is the first day or the last. */
export function dayOfYear(year: number, ymd: string): number {
  const day = Math.round((Date.parse(ymd) - Date.UTC(year, 0, 1)) / DAY_MS) + 1;
  return Math.min(Math.max(day, 1), daysOf(year));
}

export function dateOf(year: number, day: number): string {
  return new Date(Date.UTC(year, 0, day)).toISOString().slice(0, 10);
}

function daysOf(year: number): number {
  return Math.round((Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY_MS);
}
