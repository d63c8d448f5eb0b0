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

/** A notice or an impact assessment: its exporters absent, it is every exporter's. */
export interface OfWay {
  readonly exporters?: readonly string[];
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
}

/** Whether the paper counts for the way, as the gate reads it: what one company said says nothing of another. */
export function speaksOf(
  { exporters, recipients, purposes }: OfWay,
  way: { readonly exporter: string; readonly recipient: string; readonly purpose: string },
): boolean {
  return (
    exporters?.includes(way.exporter) !== false && recipients.includes(way.recipient) && purposes.includes(way.purpose)
  );
}

export interface Sender {
  readonly caller: string;
  readonly purposes: readonly string[];
  /** For which of its exporters it can send there: one that it names, the destination's, or its only one. */
  readonly exporters: readonly string[];
}

/** Callers that can bring a crossing there. */
export function sendersTo(
  { id, exporter }: { readonly id: string; readonly exporter?: string | null },
  policy: Policy,
): readonly Sender[] {
  const senders = [...policy.callers.values()].filter(({ destinations }) => destinations.includes(id));
  return senders.flatMap(({ id: caller, purposes, exporters, mayAssert }) => {
    const unsaid = exporter ?? (exporters.length === 1 ? exporters[0]! : null);
    const sends = mayAssert.includes("exporter") ? exporters : exporters.filter((one) => one === unsaid);
    return sends.length === 0 ? [] : [{ caller, purposes, exporters: sends }];
  });
}
