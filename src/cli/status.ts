// `yumen status`: a running gate on one page. Law: exit 1 where something is overdue, shut, or not ready, so that a
// monitor needs to read nothing.

import type { Command } from "commander";
import type { Status } from "../io/admin/status.ts";
import { languageOf } from "./check.ts";
import { calendarOf } from "./duties/tell.ts";
import { write } from "./duties.ts";
import { ask, type Connection, connecting } from "./shown/ask.ts";
import { CannotRun } from "./shown/cannot-run.ts";
import { tellStatus } from "./status/tell.ts";

const EXAMPLES = `
Examples:
  yumen status
  yumen status --json | jq .overdue
  yumen status --ics due.ics         what is overdue or due in sixty days, as a calendar

Exit codes: 0 all is well; 1 something is overdue, shut by order, or not ready; 2 could not run.`;

interface Options extends Connection {
  readonly ics?: string;
  readonly json?: boolean;
  readonly lang?: string;
}

export function register(program: Command): void {
  connecting(program.command("status").description("a running gate on one page: dates, alarms, counts, orders"))
    .option("--ics <file>", "write the dates as a calendar (- for stdout)")
    .option("--json", "one JSON object on stdout")
    .option("--lang <zh|en>", "language (default: from LANG)")
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      const language = languageOf(options.lang, process.env);
      try {
        const status = await ask<Status>(options, "GET", "/v1/status");
        const { ics, json } = options;
        if (ics !== undefined) await write(ics, calendarOf([...status.overdue, ...status.soon], language, Date.now()));
        if (json) process.stdout.write(`${JSON.stringify(status)}\n`);
        else if (ics !== "-") process.stdout.write(`${tellStatus(status, language)}\n`);
        process.exitCode = status.fine ? 0 : 1;
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        process.stderr.write(`yumen status: ${error.says[language]}\n`);
        process.exitCode = 2;
      }
    });
}
