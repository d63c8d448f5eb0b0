// What each mechanism asks for on paper and how long it takes: policies/law/papers/*.yaml. Law: no document, no clock
// and no estimate stands in code; a file that says something else than the schema is refused as a whole.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { articleIn } from "../act/messages/articles.ts";
import { narrow } from "./policy/narrow.ts";

const filled = z.string().min(1);
const both = z.strictObject({ zh: filled, en: filled });

/** Articles (`PIPL Art.39`) are said in Chinese by themselves; other sources in both languages. */
const cited = z.union([both, filled.transform((en) => ({ zh: articleIn("zh", en), en }))]);

/** The cases that a line may be limited to; besides them, the id of a rule of the law (E1 … E7). */
const when = z.array(filled).exactOptional();

const document = z.strictObject({ id: filled, text: both, source: cited, when });

/** Somebody's estimate of how long it takes in practice. */
const estimate = z.strictObject({
  min: z.number().int().positive(),
  max: z.number().int().positive(),
  unit: z.enum(["weeks", "months"]),
  source: both,
});

const AMOUNTS = ["workingDays", "workingDaysLeft", "days", "months", "termYears", "turnOfYear", "practice"] as const;
const amount = z.number().int().exactOptional();

/**
 * One dated step: so much before or after another one, or after the go-live day. `workingDays`: negative, so many are
 * over by then; `workingDaysLeft`: so many lie between (0: the last working day before); `termYears`: the last day of a
 * term of years; `turnOfYear`: 1 January after; `practice`: the longest estimate, before.
 */
const step = z
  .strictObject({
    id: filled,
    from: filled,
    ...{
      workingDays: amount,
      workingDaysLeft: amount,
      days: amount,
      months: amount,
      termYears: amount,
      turnOfYear: amount,
      practice: amount,
    },
    kind: z.enum(["start", "latest", "earliest", "due", "expected", "note"]),
    force: z.enum(["law", "practice", "advice"]),
    text: both,
    source: cited,
    when,
  })
  .refine((one) => AMOUNTS.filter((name) => one[name] !== undefined).length === 1, {
    error: `a step has exactly one of ${AMOUNTS.join(", ")}`,
  });

const papers = z
  .strictObject({
    id: filled,
    name: both,
    reviewedUntil: z.iso.date(),
    source: filled,
    statutory: both.exactOptional(),
    practice: z.array(estimate),
    pitfalls: z.array(both).default([]),
    documents: z.array(document).min(1),
    steps: z.array(step),
  })
  .refine(
    ({ steps }) => steps.every(({ from }, i) => from === "golive" || steps.slice(0, i).some((s) => s.id === from)),
    {
      error: "a step counts from golive or from a step above it",
    },
  )
  .refine(({ steps, practice }) => practice.length > 0 || steps.every((one) => one.practice === undefined), {
    error: "a step counts by practice, and there is no estimate",
  });

export type Papers = z.output<typeof papers>;
export type Step = Papers["steps"][number];

/**
 * Every `*.yaml` of a folder, by id: DUTIES, and one for each type of mechanism.
 * @throws Error naming the file and the member that is missing or malformed.
 */
export function loadPapers(dir: string): ReadonlyMap<string, Papers> {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  return new Map(
    files.map((name) => {
      const file = join(dir, name);
      const parsed = papers.safeParse(narrow(parse(readFileSync(file, "utf8"), { schema: "core", uniqueKeys: true })));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      return [parsed.data.id, parsed.data];
    }),
  );
}
