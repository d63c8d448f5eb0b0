// The law's numbers and dates, from policies/law/*.yaml and the published PRC calendar. A file that says something else
// than the schema is refused as a whole: half a law is worse than none.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { LawData, LawRevision } from "../words.ts";
import { narrow } from "./policy/narrow.ts";

const date = z.iso.date();

const revision = z.strictObject({
  id: z.string().min(1),
  from: date,
  reviewedUntil: date,
  source: z.string().min(1),
  numbers: z.record(z.string(), z.number().int().nonnegative()),
});

/** The calendar is looked up from here … */
const FIRST_YEAR = 2022;
/** … to here, or to the last year that the State Council has published. */
const LAST_YEAR = 2035;

/**
 * Reads every `*.yaml` of a directory as one revision.
 * @throws Error naming the file (and the member) that is missing or malformed, or an id or date given twice.
 */
export function loadLawData(dir: string): LawData {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  if (files.length === 0) throw new Error(`${dir}: no law data (*.yaml)`);
  const revisions = files.map((name) => readRevision(join(dir, name)));
  for (const member of ["id", "from"] as const) {
    const values = revisions.map((one) => one[member]);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw new Error(`${dir}: ${member} ${twice} is given twice`);
  }
  return { revisions: revisions.sort((a, b) => (a.from < b.from ? -1 : 1)), calendar: prcCalendar() };
}

function readRevision(file: string): LawRevision {
  let value: unknown;
  try {
    // The core schema: a date stays the text that it is.
    value = narrow(parse(readFileSync(file, "utf8"), { schema: "core", uniqueKeys: true }));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
  const parsed = revision.safeParse(value);
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
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
