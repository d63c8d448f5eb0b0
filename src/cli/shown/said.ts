// How a command ends: what it says in the language asked for, or as JSON, and its exit code. Law: 0 fine, 1 the answer
// is no, 2 could not run.

import type { Command } from "commander";
import type { Text } from "../../io/policy/problem.ts";
import { languageOf } from "../check.ts";
import { connecting } from "./ask.ts";
import { CannotRun } from "./cannot-run.ts";

export interface Said extends Text {
  readonly ok: boolean;
  /** For tools. */
  readonly json: object;
}

/** What every command to the plane takes. */
export function onPlane(command: Command): Command {
  return connecting(command)
    .option("--lang <zh|en>", "language of messages (default: from LANG)")
    .option("--json", "print the answer as JSON");
}

export const TOKENS_HELP =
  "The token: --token-file, else YUMEN_ADMIN_TOKEN, else that of `yumen login`, else <data>/admin.token.";

export async function say(
  options: { readonly lang?: string; readonly json?: boolean },
  act: () => Promise<Said>,
): Promise<void> {
  const language = languageOf(options.lang, process.env);
  try {
    const said = await act();
    process.stdout.write(`${options.json ? JSON.stringify(said.json) : said[language]}\n`);
    process.exitCode = said.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== CannotRun.name) throw error;
    process.stderr.write(`yumen: ${error instanceof CannotRun ? error.says[language] : error.message}\n`);
    process.exitCode = 2;
  }
}
