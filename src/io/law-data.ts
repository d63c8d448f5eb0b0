// The law's numbers and dates, from policies/law/*.yaml and the published PRC calendar. A file that says something else
// than the schema is refused as a whole: half a law is worse than none.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { LawData, LawRevision } from "../words.ts";
import { CALENDAR_FILE, loadCalendar } from "./law-calendar.ts";
import { narrow } from "./policy/narrow.ts";

const date = z.iso.date();

const revision = z.strictObject({
  id: z.string().min(1),
  from: date,
  reviewedUntil: date,
  source: z.string().min(1),
  numbers: z.record(z.string(), z.number().int().nonnegative()),
});

/**
 * Reads every `*.yaml` of a directory as one revision, but `calendar.yaml`: what the calendar is to say otherwise.
 * @throws Error naming the file (and the member) that is missing or malformed, or an id or date given twice.
 */
export function loadLawData(dir: string): LawData {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith(".yaml") && name !== CALENDAR_FILE)
    .sort();
  if (files.length === 0) throw new Error(`${dir}: no law data (*.yaml)`);
  const revisions = files.map((name) => readRevision(join(dir, name)));
  for (const member of ["id", "from"] as const) {
    const values = revisions.map((one) => one[member]);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw new Error(`${dir}: ${member} ${twice} is given twice`);
  }
  return { revisions: revisions.sort((a, b) => (a.from < b.from ? -1 : 1)), calendar: loadCalendar(dir) };
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
