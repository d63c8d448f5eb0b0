// What the ledger says of a crossing (ledger.md §2). Law: places, kinds, keys and reasons; never a value, never a
// bare hash.

import type { Arrival, Case, CountKey, Counts, Decision, Json, Reason } from "../words.ts";
import { canonicalText, type EntryDraft } from "./entry.ts";

// An entry is at most 65,535 bytes: 2 × 500 keys × 25 + 50 findings × 460 + 20 reasons × 500 + 50 receipts × 60 =
// 61,000.
/** People in one entry. More are split over entries marked `part i/n`. */
export const PEOPLE_PER_ENTRY_MAX = 500;
/** Findings listed one by one; beyond this they are counted by kind. */
const FINDINGS_LISTED_MAX = 50;
const REASONS_LISTED_MAX = 20;
/** UTF-16 units of a JSON Pointer that are recorded. */
const PATH_UNITS_MAX = 120;

export interface CrossingRecord {
  readonly arrival: Arrival;
  readonly case: Case;
  readonly decision: Decision;
  /** Counts after this crossing, and who was new. */
  readonly counts: Counts;
  readonly added: readonly CountKey[];
  /** Keyed digest of the bytes that leave (PS-6); empty when nothing leaves. */
  readonly digest: string;
  readonly bytesOut: number;
  readonly asOf: string;
  readonly salt: string;
  readonly trace: string | null;
}

/**
 * The text of the entry (or entries, when there are many people) that must be durable before a byte leaves.
 * Members are written in the order of RFC 8785, so that JSON.stringify's text is the canonical one at a third of its
 * cost; a property test compares.
 */
export function crossingTexts(r: CrossingRecord): string[] {
  const people = r.case.individuals.map((person) => person.countKey);
  const parts = Math.max(1, Math.ceil(Math.max(people.length, r.added.length) / PEOPLE_PER_ENTRY_MAX));
  if (parts === 1) return [canonicalText(crossingEntry(r, people, r.added))];
  return Array.from({ length: parts }, (_, part) => {
    const slice = (keys: readonly CountKey[]) =>
      keys.slice(part * PEOPLE_PER_ENTRY_MAX, (part + 1) * PEOPLE_PER_ENTRY_MAX);
    const [mine, added, name] = [slice(people), slice(r.added), `${part + 1}/${parts}`];
    if (part === 0) return canonicalText(crossingEntry(r, mine, added, name));
    return canonicalText({
      id: r.arrival.id,
      kind: "crossing",
      new: added,
      part: name,
      people: mine,
      t: r.case.at,
      v: 1,
    });
  });
}

function crossingEntry(
  r: CrossingRecord,
  people: readonly CountKey[],
  added: readonly CountKey[],
  part?: string,
): EntryDraft {
  const { case: c, decision, counts } = r;
  const { legal } = decision;
  const { flow, policy } = c;
  return {
    action: decision.action,
    app: flow.caller,
    asOf: r.asOf,
    basis: legal.basis,
    bytes: { in: r.arrival.body.byteLength, out: r.bytesOut },
    consent: consents(c),
    country: flow.country,
    counts: { gross: counts.gross, nonSensitive: counts.nonSensitive, sensitive: counts.sensitive },
    destination: flow.destination,
    digest: r.digest,
    exporter: flow.exporter,
    findings: findings(c, decision),
    id: r.arrival.id,
    kind: "crossing",
    leaves: flow.leaves,
    mechanism: legal.mechanism,
    model: flow.model,
    new: added,
    operation: flow.operation,
    outcome: legal.outcome,
    part,
    people,
    policy: policy.hash,
    profile: policy.profile,
    purpose: flow.purpose,
    reasons: decision.reasons.slice(0, REASONS_LISTED_MAX).map(reason),
    recipient: flow.recipient,
    revision: legal.revision,
    rule: decision.rule,
    salt: r.salt,
    // what the policy sets; all others stand at the default of the revision that the entry names
    switches: inOrder(policy.switches),
    t: c.at,
    trace: r.trace ?? undefined,
    v: 1,
    warnings: legal.warnings,
  };
}

/** A request that was stopped before a judgement, or failed in the gate: one decision entry all the same (law 10). */
export function stoppedText(
  at: { id: string; t: string; caller: string; destination: string | null; salt: string },
  code: string,
  policy: string,
): string {
  return canonicalText({
    action: "block",
    app: at.caller,
    destination: at.destination,
    findings: [],
    id: at.id,
    kind: "crossing",
    new: [],
    outcome: null,
    people: [],
    policy,
    reasons: [{ code: code.toUpperCase() }],
    rule: code,
    salt: at.salt,
    t: at.t,
    v: 1,
  });
}

export interface OutcomeRecord {
  readonly id: string;
  readonly t: string;
  /** HTTP status of the recipient; null: it never answered. */
  readonly status: number | null;
  /** `answered`, or the gate's error code. */
  readonly result: string;
  readonly bytesIn: number;
  readonly restored: number;
  readonly unrestored: number;
}

/** What came back. Follows its crossing entry; a crossing without one ended unknown. */
export function outcomeText({ id, t, status, result, bytesIn, restored, unrestored }: OutcomeRecord): string {
  return canonicalText({ bytes: { in: bytesIn }, id, kind: "outcome", restored, result, status, t, unrestored, v: 1 });
}

function findings(c: Case, decision: Decision): Json {
  if (c.findings.length > FINDINGS_LISTED_MAX) return kindsOf(c);
  const otherwise = decision.action === "block" ? "block" : "forward";
  return c.findings.map((finding, i) => ({
    action: decision.hide.includes(i) ? "pseudonymize" : otherwise,
    certainty: finding.certainty,
    path: short(finding.path),
    sensitive: finding.sensitive,
    type: finding.type,
  }));
}

function kindsOf({ findings }: Case): Json {
  const kinds = new Map<string, number>();
  for (const { type } of findings) kinds.set(type, (kinds.get(type) ?? 0) + 1);
  return [...kinds].map(([type, n]) => ({ n, type }));
}

function consents({ individuals }: Case): Json {
  const receipts: Json[] = [];
  for (const { consent } of individuals) {
    if (consent === null) continue;
    if (receipts.length === FINDINGS_LISTED_MAX) break;
    receipts.push({ receipt: consent.receipt, version: consent.notice?.version ?? null });
  }
  return receipts;
}

function reason({ code, article, path, type, about }: Reason): EntryDraft {
  return { about, article, code, path: path === undefined ? undefined : short(path), type };
}

const PLAIN_SEGMENT = /^(?:\d{1,6}|(?!.*\d{4})[A-Za-z_][\w.-]{0,31})$/;

/**
 * Names of members are the caller's text: those that are no plain identifiers are recorded as `*` (law 6). Cut between
 * characters: half a surrogate pair has no canonical text.
 */
function short(path: string): string {
  const shown = path
    .split("/")
    .map((segment) => (segment === "" || PLAIN_SEGMENT.test(segment) ? segment : "*"))
    .join("/");
  return shown.length <= PATH_UNITS_MAX ? shown : `${shown.slice(0, PATH_UNITS_MAX)}…`;
}

const ordered = new WeakMap<object, Readonly<Record<string, string | boolean>>>();

/** Switches come from the policy, one object for all its crossings: sorted once. */
function inOrder(switches: Readonly<Record<string, string | boolean>>): Readonly<Record<string, string | boolean>> {
  let sorted = ordered.get(switches);
  if (sorted === undefined) {
    sorted = Object.fromEntries(Object.entries(switches).sort(([a], [b]) => (a < b ? -1 : 1)));
    ordered.set(switches, sorted);
  }
  return sorted;
}
