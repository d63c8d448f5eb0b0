// A policy folder for a command that only reads it. Law: what is wrong with it is told with its place, and nothing is
// done.

import type { Language, Policy } from "../../words.ts";
import { lawData, showProblems } from "../check.ts";
import { CannotRun } from "./cannot-run.ts";

/** @param variables for `${…}` in URLs. @throws CannotRun, its problems told on stderr. */
export async function readPolicy(
  dir: string,
  variables: Readonly<Record<string, string>>,
  language: Language,
): Promise<Policy> {
  const { loadPolicy } = await import("../../io/policy/load.ts");
  // the reader of names has no part in the hash, and its model is megabytes
  const loaded = await loadPolicy(dir, { law: await lawData(), variables, names: () => null });
  if (loaded.ok) return loaded.policy;
  await showProblems(loaded.problems, language);
  throw new CannotRun(`策略 ${dir} 读不了`, `the policy ${dir} does not load`);
}
