// Every problem that the admin plane answers, by its code. Law: codes are public and stable across minor versions; each
// has its row in docs/problems.md (node scripts/problems.mjs; a test compares), in both languages.

import type { Text } from "../../policy/problem.ts";
import { PEOPLE } from "./people.ts";
import { RECORDS } from "./records.ts";
import { REQUESTS } from "./requests.ts";

export interface ProblemText {
  /** HTTP status. */
  readonly status: number;
  readonly means: Text;
  /** What to do. */
  readonly cure: Text;
}

export const PROBLEM_GROUPS = { requests: REQUESTS, people: PEOPLE, records: RECORDS } as const;

const ALL = { ...REQUESTS, ...PEOPLE, ...RECORDS };

export type ProblemCode = keyof typeof ALL;

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemText>> = ALL;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
