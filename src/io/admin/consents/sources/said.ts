// A line of a bulk, from what a known shape says. Law: a withdrawal carries no grant's members.

import type { Mapped } from "../mapping/apply.ts";
import type { Meaning, SourceConfig } from "./config.ts";

export type Shaped = Exclude<SourceConfig, { shape: "generic" }>;
export type Action = "grant" | "withdraw" | "expire";

interface Said {
  readonly action: Action;
  /** Who. */
  readonly value: unknown;
  readonly givenAt: unknown;
  readonly validUntil?: unknown;
}

export function lineOf(
  { id, exporter, subjectType }: Shaped,
  { recipient, purpose, ...told }: Meaning,
  { action, value, givenAt, validUntil }: Said,
): Mapped {
  const subject = { type: subjectType, value };
  const line = { exporter, subject, recipient, purpose, action, givenAt, source: id, channel: "webhook" };
  if (action === "withdraw") return { line };
  return { line: { ...line, ...told, ...(validUntil === undefined ? {} : { validUntil }) } };
}

/** The person takes back everything. */
export function allWithdrawn({ id, exporter, subjectType }: Shaped, value: unknown, givenAt: unknown): Mapped {
  const subject = { type: subjectType, value };
  return { line: { exporter, subject, action: "withdraw", givenAt, source: id, channel: "webhook" } };
}

export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** What the configuration says of a word of theirs. */
export function meaningOf({ means }: Shaped, word: unknown): Meaning | undefined {
  return typeof word === "string" && Object.hasOwn(means, word) ? means[word] : undefined;
}
