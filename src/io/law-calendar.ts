// The PRC calendar of working days: the published table, and what a dated file says otherwise. Law: a day that the file
// names is as it says, whatever the table says; a file with a mistake is refused whole; how far it is known is said.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { LawData } from "../words.ts";
import { narrow } from "./policy/narrow.ts";

/** Beside the revisions of the law. */
export const CALENDAR_FILE = "calendar.yaml";

const date = z.iso.date();

const span = z
  .strictObject({
    from: date,
    /** Included; left out: the one day. */
    until: date.exactOptional(),
    is: z.enum(["off", "work"]),
    /** The notice: who said so, and the day on which it was published. */
    source: z.string().min(1),
    published: date,
  })
  .refine(({ from, until }) => until === undefined || from <= until, { error: "until is before from" });

const overrides = z.strictObject({
  /** The last day whose holidays are known, where the table does not reach so far. */
  knownUntil: date.exactOptional(),
  days: z.array(span),
});

type Overrides = z.output<typeof overrides>;
type Calendar = LawData["calendar"];

/** The table is looked up from here … */
const FIRST_YEAR = 2022;
/** … to here, or to the last year that the State Council has published. */
const LAST_YEAR = 2035;

/**
 * @param dir folder of the law data; without a `calendar.yaml` in it the published table is all.
 * @throws Error naming the file and what is wrong in it: a member, or a day that is said twice.
 */
export function loadCalendar(dir: string): Calendar {
  const file = join(dir, CALENDAR_FILE);
  const published = prcCalendar();
  return existsSync(file) ? overridden(published, readOverrides(file), file) : published;
}

function readOverrides(file: string): Overrides {
  let value: unknown;
  try {
    value = narrow(parse(readFileSync(file, "utf8"), { schema: "core", uniqueKeys: true }));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = overrides.safeParse(value);
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Days on which it is a working day's week otherwise: only those that differ from Monday to Friday are kept. */
function overridden(published: Calendar, { knownUntil, days }: Overrides, file: string): Calendar {
  const [off, on] = [new Set(published.off), new Set(published.on)];
  const said = new Set<string>();
  for (const { from, until = from, is } of days)
    for (const ymd of daysOf(from, until)) {
      if (said.has(ymd)) throw new Error(`${file}: ${ymd} is said twice`);
      said.add(ymd);
      off.delete(ymd);
      on.delete(ymd);
      if (isWeekend(ymd) && is === "work") on.add(ymd);
      if (!isWeekend(ymd) && is === "off") off.add(ymd);
    }
  const further = knownUntil !== undefined && knownUntil > published.knownUntil;
  return { off, on, knownUntil: further ? knownUntil : published.knownUntil };
}

const DAY_MS = 86_400_000;

function daysOf(from: string, until: string): readonly string[] {
  const count = (Date.parse(until) - Date.parse(from)) / DAY_MS + 1;
  return Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10));
}

type Days = Readonly<Record<string, string>>;

/**
 * The table of `chinese-days` as it is published, holidays and make-up days by date. Without the package's code: that
 * is asked day by day, which is 20 ms of every start.
 */
const days = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json") as {
  readonly holidays: Days;
  readonly workdays: Days;
};

/** A published year has its National Day off, three days. */
function isPublished(year: number): boolean {
  return ["01", "02", "03"].every((day) => Object.hasOwn(days.holidays, `${year}-10-${day}`));
}

/** Days that differ from Monday-to-Friday, by year, as long as the year is published. */
function prcCalendar(): LawData["calendar"] {
  let year = FIRST_YEAR;
  while (year <= LAST_YEAR && isPublished(year)) year += 1;
  const known = (table: Days, weekend: boolean) =>
    Object.keys(table)
      .filter((ymd) => ymd >= `${FIRST_YEAR}-` && ymd < `${year}-` && isWeekend(ymd) === weekend)
      .sort();
  return {
    off: new Set(known(days.holidays, false)),
    on: new Set(known(days.workdays, true)),
    knownUntil: `${year - 1}-12-31`,
  };
}

function isWeekend(ymd: string): boolean {
  return [0, 6].includes(new Date(ymd).getUTCDay());
}
