// What a lint is given and gives back. Law of this folder: a warning never changes the policy, names its place and what
// would mend it, and is only given where it is certain: whoever cries wolf is switched off.

import type { Policy } from "../../../words.ts";
import type { Gathered, Placed } from "../gather.ts";
import { type Problem, problemAt, type Text } from "../problem.ts";
import type { Known } from "../references.ts";
import type { Step } from "../source.ts";

export interface Looked {
  readonly g: Gathered;
  /** The same, compiled: with defaults, in the order of ids. */
  readonly policy: Policy;
  readonly known: Known;
  /** Beijing date. */
  readonly today: string;
}

export type Lint = (looked: Looked) => Problem[];

export function warning(at: Placed<unknown>, path: readonly Step[], code: string, message: Text): Problem {
  return problemAt(at.source, [...at.path, ...path], code, message, { severity: "warning" });
}

/** @returns the Beijing date of an instant. */
export function beijingDay(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** @param day `YYYY-MM-DD`. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day some months later; the month's last where it has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Every legal entity that may answer at a destination. */
export function recipientsAt(d: {
  readonly recipient: string;
  readonly recipientsBy?: readonly { readonly recipient: string }[];
}): readonly string[] {
  return [...new Set([d.recipient, ...(d.recipientsBy ?? []).map(({ recipient }) => recipient)])];
}
