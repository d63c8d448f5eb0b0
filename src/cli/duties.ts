// `yumen duties`: what falls due, from a running gate; to settle it. Law: to skip takes a reason, and the reason names
// nobody: the gate looks.

import type { Command } from "commander";
import type { Language } from "../words.ts";
import { calendarOf, rowsOf, type Shown } from "./duties/tell.ts";
import { answering } from "./shown/answering.ts";
import { ask, askAll, type Connection, connecting } from "./shown/ask.ts";
import { CannotRun } from "./shown/cannot-run.ts";

const EXAMPLES = `
Examples:
  yumen duties                                  overdue, and what falls due in sixty days
  yumen duties --days 400 --ics duties.ics      a year and more, as a calendar
  yumen duties --state overdue --json
  yumen duties done access-review.access.2026-12-31 --evidence report-q4
  yumen duties skip renewal.cert-1.2027-02-28 --reason extended-in-writing

A day that needs a calendar of working days which is not published yet says CALENDAR_UNKNOWN, with a day that is safe.
The token: --token-file, else YUMEN_ADMIN_TOKEN, else <data>/admin.token.
Exit codes: 0 fine; 1 something is overdue; 2 could not run.`;

interface Options extends Connection {
  readonly state?: string;
  readonly days: string;
  readonly ics?: string;
  readonly json?: boolean;
  readonly lang?: string;
  readonly evidence?: string;
  readonly remark?: string;
  readonly reason?: string;
}

export function register(program: Command): void {
  const duties = program.command("duties").description("what falls due, by law and by policy; to settle it");
  common(duties)
    .option("--days <n>", "so many days ahead, and what is overdue", "60")
    .option("--state <state>", "done, skipped, overdue, soon, later")
    .option("--ics <file>", "write the dates as a calendar (- for stdout)")
    .action((options: Options) => answering("duties", options.lang, (language) => list(options, language)));
  common(duties.command("done").description("it was done").argument("<id>", "of the item"))
    .option("--evidence <document>", "id of the document of the policy that shows it")
    .option("--remark <text>", "a remark; it must name nobody")
    .action((id: string, _: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { evidence = null, remark = null } = options;
      return answering("duties", options.lang, (language) =>
        settle(id, "done", { evidence, remark }, options, language),
      );
    });
  common(duties.command("skip").description("it need not be done").argument("<id>", "of the item"))
    .requiredOption("--reason <text>", "why; it must name nobody")
    .action((id: string, _: Options, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      return answering("duties", options.lang, (language) =>
        settle(id, "skip", { reason: options.reason }, options, language),
      );
    });
}

function common(command: Command): Command {
  return connecting(command)
    .option("--json", "one JSON object on stdout")
    .option("--lang <zh|en>", "language (default: from LANG)")
    .addHelpText("after", EXAMPLES);
}

async function list(options: Options, language: Language): Promise<number> {
  const { state, days, ics, json } = options;
  const asked = state === undefined ? `days=${encodeURIComponent(days)}` : `state=${encodeURIComponent(state)}`;
  const items = await askAll<Shown>(options, `/v1/duties?${asked}`);
  if (ics !== undefined) await write(ics, calendarOf(items, language, Date.now()));
  if (json) process.stdout.write(`${JSON.stringify({ items })}\n`);
  else if (ics !== "-") process.stdout.write(items.length === 0 ? nothing(language) : `${rowsOf(items, language)}\n`);
  return items.some((one) => one.state === "overdue") ? 1 : 0;
}

function nothing(language: Language): string {
  return language === "zh" ? "没有临近或逾期的义务。\n" : "Nothing is overdue or falls due soon.\n";
}

/** @throws CannotRun when the file cannot be written. */
export async function write(file: string, text: string): Promise<void> {
  if (file === "-") return void process.stdout.write(text);
  const { writeFile } = await import("node:fs/promises");
  await writeFile(file, text).catch(({ code }: NodeJS.ErrnoException) => {
    throw new CannotRun(`${file} 写不了（${code}）`, `${file} cannot be written (${code})`);
  });
}

interface Settled {
  readonly id: string;
  readonly state: "done" | "skipped";
  readonly at: string;
  readonly by: string;
}

async function settle(id: string, verb: string, body: object, options: Options, language: Language): Promise<number> {
  const path = `/v1/duties/${encodeURIComponent(id)}/${verb}`;
  const settled = await ask<Settled>(options, "POST", path, body);
  const said = language === "zh" ? { done: "已登记", skipped: "已跳过" } : { done: "done", skipped: "skipped" };
  const line = `${settled.id}  ${said[settled.state]}  ${settled.at}  ${settled.by}`;
  process.stdout.write(`${options.json ? JSON.stringify(settled) : line}\n`);
  return 0;
}
