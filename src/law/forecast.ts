// On which day a line of people will be crossed, as far as the days so far tell. Law: pure; an honest interval, wide
// where little is known; a line that the year's end comes before is not crossed, for counts begin anew with the year.

import { plusDays, yearOf } from "./year.ts";

/** The count at the end of a Beijing date. A date that is left out: nobody came. */
export interface DayCount {
  readonly day: string;
  readonly count: number;
}

export interface ForecastAsk {
  /** Oldest first. */
  readonly days: readonly DayCount[];
  /** The count before the first of `days`: from before days were kept. */
  readonly before: number;
  /** Dates on which a number was stated rather than people counted: they say nothing of the pace. */
  readonly stated: readonly string[];
  /** The Beijing date, not yet over. */
  readonly today: string;
  /** The count at which it is crossed. */
  readonly line: number;
}

export interface Forecast {
  readonly count: number;
  /** People who may still be added without crossing it; 0: the next one does. */
  readonly left: number;
  readonly isCrossed: boolean;
  /** New people a day, over the days looked at; null: none are over. */
  readonly pace: number | null;
  readonly daysSeen: number;
  /** null: not this year, as far as this tells. */
  readonly expected: string | null;
  /** Of ten such forecasts, eight cross the line between these days. null: not this year. */
  readonly earliest: string | null;
  readonly latest: string | null;
  /** `few`: under a week was seen, so the earliest day is that of the fastest day seen, and there is no latest. */
  readonly basis: "none" | "few" | "pace";
}

const WINDOW_DAYS = 28;
const FEW_DAYS = 7;
/** Of the normal distribution: a tenth lies beyond. */
const Z = 1.2816;

/**
 * The mean of new people a day over the last 28 whole days (of those since the first day seen; days of statements
 * left out) goes on. After n days the sum strays by its own variance, n·s², and by that of the mean, n²·s²/w, over w
 * days: the interval is where mean·n ± 1.28·√(n·s² + n²·s²/w) passes what is left. Days are taken for independent: a
 * campaign or a week's rhythm is not known to it. People come again, so that the pace of new ones falls as the year
 * goes on, and the forecast errs to the early side.
 */
export function forecastOf(ask: ForecastAsk): Forecast {
  const count = ask.days.at(-1)?.count ?? ask.before;
  const left = Math.max(ask.line - 1 - count, 0);
  const steps = stepsOf(ask);
  const pace = steps.length === 0 ? null : mean(steps);
  const base = { count, left, isCrossed: count >= ask.line, pace, daysSeen: steps.length };
  const never = { expected: null, earliest: null, latest: null };
  if (base.isCrossed || pace === null || pace === 0)
    return { ...base, ...never, basis: pace === null ? "none" : "pace" };
  const need = ask.line - count;
  const on = (days: number) => inYear(ask.today, Math.ceil(days));
  const expected = on(need / pace);
  if (steps.length < FEW_DAYS)
    return { ...base, expected, earliest: on(need / Math.max(...steps)), latest: null, basis: "few" };
  const variance = varianceOf(steps, pace);
  const stray = (n: number) => Z * Math.sqrt(n * variance + (n * n * variance) / steps.length);
  return {
    ...{ ...base, expected },
    earliest: firstDay(ask.today, (n) => pace * n + stray(n) >= need),
    latest: firstDay(ask.today, (n) => pace * n - stray(n) >= need),
    basis: "pace",
  };
}

/** New people of each of the last days that are over. */
function stepsOf({ days, before, stated, today }: ForecastAsk): readonly number[] {
  const first = days[0]?.day;
  if (first === undefined) return [];
  const counts = new Map(days.map(({ day, count }) => [day, count]));
  const steps: number[] = [];
  let count = before;
  for (let day = first; day < today; day = plusDays(day, 1)) {
    const now = counts.get(day) ?? count;
    if (!stated.includes(day)) steps.push(Math.max(now - count, 0));
    count = now;
  }
  return steps.slice(-WINDOW_DAYS);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[], around: number): number {
  return values.reduce((sum, value) => sum + (value - around) ** 2, 0) / (values.length - 1);
}

function firstDay(today: string, passes: (days: number) => boolean): string | null {
  for (let n = 1; n <= 366; n++) if (passes(n)) return inYear(today, n);
  return null;
}

/** null: in another year. */
function inYear(today: string, days: number): string | null {
  if (days > 366) return null;
  const day = plusDays(today, Math.max(days - 1, 0));
  return yearOf(day) === yearOf(today) ? day : null;
}
