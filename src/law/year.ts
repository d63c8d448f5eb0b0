// Instants to Beijing dates. Beijing time is UTC+8 all year (no daylight saving since 1992), so it is a fixed shift;
// the statutory year begins at 31 December 16:00:00Z (CNT-8).

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d))$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BEIJING_MS = 8 * HOUR_MS;

/**
 * ms since the epoch of an ISO 8601 instant with offset.
 * @throws TypeError on anything else: a date that does not exist, a missing offset, a number.
 */
export function epochMs(instant: string): number {
  const known = instant === lastInstant ? lastInstantMs : parsed.get(instant);
  if (known !== undefined) return known;
  const ms = parseInstant(instant);
  if (parsed.size >= PARSED_MAX) parsed.clear();
  parsed.set(instant, ms);
  return ms;
}

/**
 * An instant as words.ts has it: ISO 8601, UTC, milliseconds. The crossings of one millisecond share it, and `epochMs`
 * knows it without reading it.
 * @throws RangeError beyond what Date can hold.
 */
export function isoInstant(ms: number): string {
  if (ms === lastInstantMs) return lastInstant;
  const instant = new Date(ms).toISOString();
  // Only what `epochMs` would read as the same number: it refuses what lies before 1970 or after 9999.
  if (Number.isInteger(ms) && ms >= 0 && instant.length === INSTANT_UNITS) {
    lastInstant = instant;
    lastInstantMs = ms;
  }
  return instant;
}

const INSTANT_UNITS = "1970-01-01T00:00:00.000Z".length;

let lastInstant = "1970-01-01T00:00:00.000Z";
let lastInstantMs = 0;

/** One crossing asks for the same few instants again and again. Only good ones are kept. */
const parsed = new Map<string, number>();
const PARSED_MAX = 1024;

function parseInstant(instant: string): number {
  const m = typeof instant === "string" ? INSTANT.exec(instant) : null;
  if (m === null) throw new TypeError("not an ISO 8601 instant with offset");
  const [hour, minute, second] = [Number(m[4]), Number(m[5]), Number(m[6] ?? 0)];
  const [offsetHour, offsetMinute] = [Number(m[9] ?? 0), Number(m[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 14 || offsetMinute > 59) {
    throw new TypeError("not a time of day");
  }
  const sign = m[8] === "-" ? -1 : 1;
  const offsetMs = sign * (offsetHour * 60 + offsetMinute) * 60_000;
  const ms = m[7] === undefined ? 0 : Math.floor(Number(`0.${m[7]}`) * 1000);
  return dayMs(m) + hour * HOUR_MS + minute * 60_000 + second * 1000 + ms - offsetMs;
}

/** @throws TypeError unless `ymd` is a day of the calendar, `YYYY-MM-DD`. */
export function assertDate(ymd: string): void {
  dateMs(ymd);
}

/** The Beijing date of an instant, `YYYY-MM-DD`: dates of the same form compare as strings. */
export function beijingDate(ms: number): string {
  return isoDate(ms + BEIJING_MS);
}

/** The Beijing calendar year of an instant: the statutory year. @param ms since the epoch. */
export function beijingYear(ms: number): number {
  return Math.floor((ms + BEIJING_MS) / DAY_MS) === lastDay ? lastYear : new Date(ms + BEIJING_MS).getUTCFullYear();
}

/** The year of a date. */
export function yearOf(ymd: string): number {
  return Number(ymd.slice(0, 4));
}

/** The date `days` later (earlier when negative). */
export function plusDays(ymd: string, days: number): string {
  return isoDate(dateMs(ymd) + days * DAY_MS);
}

/** The same day of another month, or that month's last: a month after 31 January is 28 or 29 February. */
export function plusMonths(ymd: string, months: number): string {
  const [year, month, day] = ymd.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoDate(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** Last day of a term of whole years that begins on `ymd`: the day before its anniversary. */
export function lastDayOfTerm(ymd: string, years: number): string {
  const m = DATE.exec(ymd)!;
  return isoDate(Date.UTC(Number(m[1]) + years, Number(m[2]) - 1, Number(m[3]) - 1));
}

/** 0 Sunday … 6 Saturday. */
export function weekday(ymd: string): number {
  return (Math.floor(dateMs(ymd) / DAY_MS) + 4) % 7;
}

function dateMs(ymd: string): number {
  const m = typeof ymd === "string" ? DATE.exec(ymd) : null;
  if (m === null) throw new TypeError("not a date YYYY-MM-DD");
  return dayMs(m);
}

/** Midnight UTC of the matched day; Date.UTC rolls 30 February over, which is how a day that does not exist shows. */
function dayMs(m: RegExpExecArray): number {
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  if (year < 1970 || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) {
    throw new TypeError("not a day of the calendar");
  }
  return ms;
}

function isoDate(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastDay) {
    lastDate = new Date(ms).toISOString().slice(0, 10);
    lastDay = day;
    lastYear = new Date(ms).getUTCFullYear();
  }
  return lastDate;
}

/** The date asked for last: nearly always today's. */
let lastDay = 0;
let lastDate = "1970-01-01";
let lastYear = 1970;
