// What a dry run answers. Law: findings are kinds and places, never values; a value stands only where it would leave,
// in `wouldLeave.body`; credentials stand nowhere. Pure: in a reading thread it says the same.

import { isUtf8 } from "node:buffer";
import { byEffort, CURES } from "../../act/messages/cures.ts";
import { wayOut } from "../../act/nearest.ts";
import { reasonText, refuse } from "../../act/refuse.ts";
import type { Judged } from "../../gate.ts";
import type {
  Action,
  Arrival,
  Counts,
  Decision,
  Departure,
  Finding,
  Flow,
  Language,
  Lifted,
  PersonKey,
  Reason,
} from "../../words.ts";
import { dispatchOf } from "../dispatch.ts";
import type { Looked } from "./look.ts";

/** Findings and reasons that are listed one by one; all are counted. */
const LISTED_MAX = 10_000;

/** An answer, ready to be sent. */
export interface Foretold {
  readonly action: Action;
  readonly rule: string;
  /** A DryRunAnswer: JSON, UTF-8. */
  readonly body: Uint8Array;
}

/** The document of docs/dry-run.md. */
export interface DryRunAnswer {
  readonly dryRun: true;
  readonly decision: string;
  readonly action: Action;
  /** Observe mode: what enforcement would do. */
  readonly would: Action | null;
  readonly rule: string;
  /** What two people have lifted for it. Absent: nothing. */
  readonly lifted?: readonly Pick<Lifted, "release" | "of" | "what">[];
  readonly outcome: string;
  readonly article: string;
  readonly revision: string;
  readonly mechanism: string | null;
  readonly mechanismsAllowed: readonly string[];
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly warnings: readonly string[];
  readonly policy: string;
  readonly way: WayTold;
  readonly reasons: readonly (Reason & { readonly message: string })[];
  readonly reasonsTotal: number;
  /** Least effort first. */
  readonly cures: readonly { readonly id: string; readonly message: string }[];
  /** Ids of the fewest cures that together lift every reason; empty: nothing does. */
  readonly nearest: readonly string[];
  /** What the caller would be told; null: it would leave. */
  readonly refusal: { readonly status: number; readonly code: string; readonly message: string } | null;
  readonly findings: readonly FindingTold[];
  readonly findingsTotal: number;
  /** Told apart in it, by what stands in it and what the caller declared alone. */
  readonly people: number;
  /** The exporter's of this Beijing year, as they stand: the same whoever is in it. */
  readonly counts: Pick<Counts, "nonSensitive" | "sensitive" | "gross">;
  /** null: nothing. */
  readonly wouldLeave: WouldLeave | null;
}

export interface WayTold {
  readonly caller: string;
  readonly exporter: string;
  readonly destination: string;
  readonly recipient: string;
  readonly country: string;
  readonly purpose: string;
  readonly operation: string;
}

/** UTF-16 units of the decoded string at `path`. */
export interface FindingTold extends Pick<Finding, "type" | "path" | "where" | "start" | "end" | "certainty"> {
  readonly sensitive: boolean;
  /** Whose it is, counted from 0, as far as the caller has said; null: nobody's. */
  readonly individual: number | null;
  /** It would leave as a pseudonym, or not at all. Absent: as it is, if anything leaves. */
  readonly instead?: "pseudonym" | "nothing";
  /** The release under which it counts as no personal information. Absent: it counts as what it is. */
  readonly excused?: string;
}

export interface WouldLeave {
  readonly method: string;
  readonly url: string;
  /** Without credentials. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bytes: number;
  readonly body: { readonly text: string } | { readonly base64: string };
  /** Those in the body. */
  readonly pseudonyms: readonly string[];
}

/** @returns the answer in the caller's language. */
export function tell(looked: Looked): Foretold {
  const { action, rule } = looked.judged.decision;
  return { action, rule, body: Buffer.from(JSON.stringify(answerOf(looked))) };
}

/** The same before it is written out. */
export function answerOf({ inspected, judged, counts }: Looked): DryRunAnswer {
  const { arrival, policy, flow } = inspected;
  const { case: it, decision, departure } = judged;
  const { legal } = decision;
  const { owners, people } = ownersOf(flow);
  const { caller, exporter, destination, recipient, country, purpose, operation } = flow;
  return {
    ...{ dryRun: true, decision: arrival.id, action: decision.action, would: decision.would, rule: decision.rule },
    ...(decision.lifted === undefined ? {} : { lifted: decision.lifted.map(withoutPlaces) }),
    ...{ outcome: legal.outcome, article: legal.basis, revision: legal.revision },
    ...{ mechanism: legal.mechanism, mechanismsAllowed: legal.mechanismsAllowed },
    ...{ switches: legal.switches, warnings: legal.warnings, policy: policy.hash },
    way: { caller, exporter, destination, recipient, country, purpose, operation },
    reasons: decision.reasons.slice(0, LISTED_MAX).map((one) => ({ ...one, message: said(one, arrival.language) })),
    reasonsTotal: decision.reasons.length,
    ...curesOf(decision, arrival.language),
    refusal: departure === null ? refusalOf(arrival, decision, destination) : null,
    findings: findingsOf(judged, owners),
    findingsTotal: it.findings.length,
    people,
    counts: { nonSensitive: counts.nonSensitive, sensitive: counts.sensitive, gross: counts.gross },
    wouldLeave: departure === null ? null : leaving(inspected, departure),
  };
}

function withoutPlaces({ release, of, what }: Lifted): NonNullable<DryRunAnswer["lifted"]>[number] {
  return { release, of, what };
}

function said(reason: Reason, language: Language): string {
  return reasonText(reason, language).trimEnd();
}

function curesOf({ reasons, cures }: Decision, language: Language) {
  const { steps, alone } = wayOut(reasons, cures);
  const nearest = steps.map(({ cure }) => cure);
  const says = (id: string) => (Object.hasOwn(CURES, id) ? CURES[id]![language] : id);
  return { cures: byEffort([...cures, ...alone, ...nearest]).map((id) => ({ id, message: says(id) })), nearest };
}

function refusalOf({ id, language }: Arrival, { reasons, cures }: Decision, destination: string) {
  const { status, code, message } = refuse({ decision: id, language, reasons, cures, destination });
  return { status, code, message };
}

/**
 * Per finding whose it is, in order of first sight: identifiers that the caller declared are one person's, all others
 * stand for themselves. What the consent store joins stays with it, or asking would tell whose two numbers are.
 */
function ownersOf({ keyOf, declared }: Flow): { owners: readonly (number | null)[]; people: number } {
  const numbers = new Map<PersonKey, number>();
  const owners = keyOf.map((key) => {
    if (key === null) return null;
    const person = declared.includes(key) ? declared[0]! : key;
    if (!numbers.has(person)) numbers.set(person, numbers.size);
    return numbers.get(person)!;
  });
  return { owners, people: numbers.size };
}

function findingsOf(
  { case: { findings }, decision: { hide, remove, lifted = [] } }: Judged,
  owners: readonly (number | null)[],
): FindingTold[] {
  const [hidden, removed] = [new Set(hide), new Set(remove)];
  const excused = new Map(lifted.flatMap((one) => (one.findings ?? []).map((i) => [i, one.release] as const)));
  return findings.slice(0, LISTED_MAX).map(({ type, path, where, start, end, certainty, sensitive }, i) => ({
    ...{ type, path, where, start, end, certainty, sensitive, individual: owners[i]! },
    ...(excused.has(i) ? { excused: excused.get(i)! } : {}),
    ...(hidden.has(i) ? { instead: removed.has(i) ? ("nothing" as const) : ("pseudonym" as const) } : {}),
  }));
}

function leaving(inspected: Looked["inspected"], departure: Departure): WouldLeave {
  const { destination } = inspected.route;
  const { method, path, headers, body } = dispatchOf(inspected, departure);
  const { origin, pathname } = new URL(destination.url);
  const shown: [string, string][] = [];
  for (let i = 0; i + 1 < headers.length; i += 2)
    if (!isCredential(headers[i]!, destination.credentials)) shown.push([headers[i]!, headers[i + 1]!]);
  return {
    method,
    url: origin + pathname.replace(/\/+$/, "") + path,
    headers: shown,
    bytes: body.byteLength,
    body: isUtf8(body) ? { text: Buffer.from(body).toString() } : { base64: Buffer.from(body).toString("base64") },
    pseudonyms: [...departure.minted.keys()],
  };
}

function isCredential(name: string, { headers, inject }: Looked["inspected"]["route"]["destination"]["credentials"]) {
  return headers.includes(name) || inject.has(name);
}
