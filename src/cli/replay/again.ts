// A recorded crossing under another policy. Law: what the entry does not say is tried every way; where the answer would
// depend on it, the entry is not replayed, and the reason is told.

import { decide } from "../../decide/decide.ts";
import { recipientOf } from "../../flow/recipient.ts";
import type { Route } from "../../flow/route.ts";
import type { ConsentState, Decision, Destination, Match, Policy } from "../../words.ts";
import { caseOf, type Unsaid, type Way } from "./case.ts";
import { type Lack, lackOf, providerOf, type Recorded } from "./entry.ts";

/** What is decided, as far as a change of it matters. */
export interface Verdict {
  readonly action: string;
  readonly would: string | null;
  readonly rule: string;
  readonly mechanism: string | null;
  /** Codes, each once, weightiest first. */
  readonly reasons: readonly string[];
  readonly recipient: string;
}

export interface Draft {
  readonly policy: Policy;
  /** Does any rule ask for what an entry does not say? */
  readonly asks: { readonly declared: boolean; readonly provider: boolean };
}

/** The state that a receipt stood for when the entry was made; null: the store does not know it. */
export type Consents = (receipt: string, entry: Recorded) => ConsentState | null;

export function draftOf(policy: Policy): Draft {
  const mentions = (member: "declared" | "provider") =>
    policy.rules.some(({ match, when = "" }) => names(match, member) || when.includes(`request.${member}`));
  return { policy, asks: { declared: mentions("declared"), provider: mentions("provider") } };
}

function names(match: Match, member: "declared" | "provider"): boolean {
  const inner = [...(match.any ?? []), ...(match.not === undefined ? [] : [match.not])];
  return match[member] !== undefined || inner.some((one) => names(one, member));
}

export function recordedVerdict(entry: Recorded): Verdict {
  const { action, observedBy, rule, mechanism, reasons, recipient } = entry;
  const would = observedBy === undefined ? null : "block";
  return { action, would, rule, mechanism, reasons: codesOf(reasons), recipient };
}

/** @returns what the draft makes of it, or what is lacking to tell. */
export function again(entry: Recorded, draft: Draft, consents: Consents): Verdict | Lack {
  const lack = lackOf(entry);
  if (lack !== null) return lack;
  const { policy } = draft;
  const refused = refusalOf(entry, policy);
  if (refused !== null) return blockedBy(refused, entry.recipient);
  if (policy.profile !== entry.profile) return "profile";
  const recipient = recipientUnder(entry, policy.destinations.get(entry.destination)!);
  if (recipient === null) return "recipient";
  const states = new Map(entry.consent.map(({ receipt }) => [receipt, consents(receipt, entry)]));
  if ([...states.values()].includes(null)) return "consent_store";
  const way: Way = { exporter: entry.exporter, recipient, country: policy.recipients.get(recipient)!.country };
  return settled(entry, draft, way, (receipt) => states.get(receipt) ?? null);
}

/** What would stop it before a judgement. */
function refusalOf(entry: Recorded, { destinations, callers, exporters, purposes }: Policy): string | null {
  const destination = destinations.get(entry.destination);
  if (destination === undefined) return "destination_unknown";
  const caller = callers.get(entry.app);
  if (!caller?.destinations.includes(entry.destination)) return "destination_not_allowed";
  if (!destination.operations.includes(entry.operation)) return "operation_not_allowed";
  if (!caller.exporters.includes(entry.exporter) || !exporters.has(entry.exporter)) return "exporter_not_allowed";
  return caller.purposes.includes(entry.purpose) && purposes.has(entry.purpose) ? null : "purpose_not_allowed";
}

function blockedBy(code: string, recipient: string): Verdict {
  return { action: "block", would: null, rule: code, mechanism: null, reasons: [code.toUpperCase()], recipient };
}

/** null: it depends on the region, which an entry does not hold. */
function recipientUnder(entry: Recorded, destination: Destination): string | null {
  const anywhere = { provider: {}, path: "" } as Route;
  const elsewhere = (destination.recipientsBy ?? []).filter(({ regions }) => regions !== null);
  const possible = [recipientOf(destination, entry.model, anywhere), ...elsewhere.map((one) => one.recipient)];
  if (possible.includes(entry.recipient)) return entry.recipient;
  return elsewhere.length === 0 ? (possible[0] ?? null) : null;
}

type StateOf = (receipt: string) => ConsentState | null;

/** Tries what is unsaid, one thing after the other against the first reading. */
function settled(entry: Recorded, { policy, asks }: Draft, way: Way, stateOf: StateOf): Verdict | Lack {
  const judged = (unsaid: Unsaid, states: StateOf = stateOf): Verdict =>
    verdictOf(decide(caseOf(entry, policy, states, unsaid, way)), way.recipient);
  const providers = shapesOf(entry, policy.destinations.get(entry.destination)!);
  const base: Unsaid = { isCounted: true, provider: providers.length === 1 ? providers[0]! : "" };
  const verdict = judged(base);
  const differs = (other: Verdict) => JSON.stringify(other) !== JSON.stringify(verdict);
  if (!wasCounted(entry) && differs(judged({ ...base, isCounted: false }))) return "counted";
  if (asks.declared && differs(judged({ ...base, isDeclared: true }))) return "declared";
  if (asks.provider && providers.some((provider) => differs(judged({ ...base, provider })))) return "provider";
  if (way.recipient === entry.recipient) return verdict;
  const there = (receipt: string) => withRecipient(stateOf(receipt), way.recipient);
  return differs(judged(base, there)) ? "consent_elsewhere" : verdict;
}

/** Under the draft: the recorded one while its way has it, else any that it has. */
function shapesOf(entry: Recorded, { providers }: Destination): readonly string[] {
  const recorded = providerOf(entry);
  return recorded !== null && providers.includes(recorded) ? [recorded] : providers;
}

function withRecipient(state: ConsentState | null, recipient: string): ConsentState | null {
  return state === null ? null : { ...state, recipient };
}

/** It left, and by a rule of the law that counts people (CNT-3): the counts of the entry hold them. */
function wasCounted({ action, lawRule, people }: Recorded): boolean {
  return people.length === 0 || (action !== "block" && /^(?:E7|C\d|S\d|H\d|F1|I1)$/.test(lawRule));
}

function verdictOf({ action, would, rule, reasons, legal }: Decision, recipient: string): Verdict {
  return { action, would, rule, mechanism: legal.mechanism, reasons: codesOf(reasons), recipient };
}

function codesOf(reasons: readonly { readonly code: string }[]): readonly string[] {
  return [...new Set(reasons.map(({ code }) => code))];
}
