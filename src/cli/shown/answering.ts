// A command from its answer to its exit code. Law: what could not run says why in the reader's language, and is 2.

import type { Language } from "../../words.ts";
import { languageOf } from "../check.ts";
import { CannotRun } from "./cannot-run.ts";

/** @param command its name. @param lang as asked for. @param action gives the exit code. */
export async function answering(
  command: string,
  lang: string | undefined,
  action: (language: Language) => Promise<number>,
): Promise<void> {
  const language = languageOf(lang, process.env);
  try {
    process.exitCode = await action(language);
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stderr.write(`yumen ${command}: ${error.says[language]}\n`);
    process.exitCode = 2;
  }
}
