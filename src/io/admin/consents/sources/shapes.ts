// What a webhook's body says, as lines of a bulk. Law: a word that is neither yes nor no changes nothing; one that
// means no withdraws; what nobody gave a meaning to in the configuration is left alone.
// OneTrust: consent receipts (developer.onetrust.com, Create Consent Receipts): identifier, interactionDate and
// purposes[] with Id and TransactionType. Segment: context.consent.categoryPreferences of track and identify calls
// (twilio.com/docs/segment, Consent on the Profile), with userId and timestamp.

import { createMapper, type Mapped } from "../mapping/apply.ts";
import type { Meaning, SourceConfig } from "./config.ts";

type Line = Readonly<Record<string, unknown>>;

/** @returns lines as a bulk has them, or faults of the mapping. */
export type ReadHook = (body: unknown, nowMs: number) => readonly Mapped[];

export function hookReader(config: SourceConfig): ReadHook {
  switch (config.shape) {
    case "generic":
      return generic(createMapper(config.mapping));
    case "onetrust":
      return (body) => itemsOf(body).flatMap((item) => oneTrust(item, config));
    case "segment":
      return (body) => batchOf(body).flatMap((item) => segment(item, config));
  }
}

function generic(apply: (record: unknown, nowMs: number) => Mapped): ReadHook {
  return (body, nowMs) => itemsOf(body).map((item) => apply(item, nowMs));
}

type Shaped = Exclude<SourceConfig, { shape: "generic" }>;

const ONETRUST: ReadonlyMap<string, "grant" | "withdraw" | "expire"> = new Map([
  ["CONFIRMED", "grant"],
  ["WITHDRAWN", "withdraw"],
  ["OPT_OUT", "withdraw"],
  ["HARD_OPT_OUT", "withdraw"],
  ["NOTGIVEN", "withdraw"],
  ["CANCEL", "withdraw"],
  ["EXPIRED", "expire"],
]);

function oneTrust(item: unknown, config: Shaped): readonly Mapped[] {
  const { identifier, interactionDate, purposes } = membersOf(item);
  return (Array.isArray(purposes) ? purposes : []).flatMap((purpose: unknown) => {
    const { Id, id, TransactionType, transactionType } = membersOf(purpose);
    const action = ONETRUST.get(String(TransactionType ?? transactionType).toUpperCase());
    const means = config.means[String(Id ?? id)];
    return action === undefined || means === undefined
      ? []
      : [lineOf(config, means, action, identifier, interactionDate)];
  });
}

function segment(item: unknown, config: Shaped): readonly Mapped[] {
  const { type, userId, timestamp, context } = membersOf(item);
  if (type !== "track" && type !== "identify") return [];
  const preferences = membersOf(membersOf(membersOf(context)["consent"])["categoryPreferences"]);
  return Object.entries(preferences).flatMap(([category, preference]) => {
    const means = Object.hasOwn(config.means, category) ? config.means[category] : undefined;
    if (means === undefined || typeof preference !== "boolean") return [];
    return [lineOf(config, means, preference ? "grant" : "withdraw", userId, timestamp)];
  });
}

function lineOf(
  { id, exporter, subjectType }: Shaped,
  { recipient, purpose, ...told }: Meaning,
  action: "grant" | "withdraw" | "expire",
  value: unknown,
  givenAt: unknown,
): Mapped {
  const subject = { type: subjectType, value };
  const line: Line = { exporter, subject, recipient, purpose, action, givenAt, source: id, channel: "webhook" };
  return { line: action === "withdraw" ? line : { ...line, ...told } };
}

function itemsOf(body: unknown): readonly unknown[] {
  return Array.isArray(body) ? body : [body];
}

function batchOf(body: unknown): readonly unknown[] {
  const { batch } = membersOf(body);
  return Array.isArray(batch) ? batch : itemsOf(body);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
