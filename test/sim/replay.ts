// From a ledger entry back to the Case that was judged, with nothing but the entry, the policy that it names and the
// consent history. Where the entry does not hold an input, that is said: it is what a replay must be told besides.

import { DETECTORS } from "../../src/find/all.ts";
import { beijingYear } from "../../src/law/year.ts";
import type { Case, ConsentState, CountKey, Finding, Individual, PersonKey, Policy, Reason } from "../../src/words.ts";

/** A decision entry, read back from the ledger. */
export interface Recorded {
  readonly action: string;
  readonly app: string;
  readonly basis: string;
  readonly consent: readonly { readonly person?: number; readonly receipt: string }[];
  readonly counts: Case["counts"];
  readonly country: string;
  readonly destination: string;
  readonly exporter: string;
  readonly findings: readonly (Pick<Finding, "type" | "certainty" | "path" | "sensitive"> & {
    action: string;
    n?: number;
    /** Whose it is, a place in `people`; of the one person where no finding says. */
    person?: number;
  })[];
  readonly leaves: "request" | "response";
  readonly mechanism: string | null;
  /** Places in `people`. */
  readonly minors?: readonly number[];
  readonly model: string | null;
  readonly operation: Case["flow"]["operation"];
  readonly outcome: string | null;
  readonly people: readonly CountKey[];
  readonly policy: string;
  readonly purpose: string;
  readonly reasons: readonly Reason[];
  readonly recipient: string;
  readonly revision: string;
  readonly rule: string;
  readonly t: string;
  readonly warnings: readonly string[];
}

/** What an entry does not hold. */
export type Lack =
  | "the body: it was stopped before a judgement, or what was left after rewriting blocked it"
  | "the findings one by one: there are more than are listed";

export function lackOf({ outcome, reasons, findings }: Recorded): Lack | null {
  if (outcome === null || reasons.some(({ code }) => code === "RESIDUAL_PI"))
    return "the body: it was stopped before a judgement, or what was left after rewriting blocked it";
  return findings.some(({ n }) => n !== undefined) ? "the findings one by one: there are more than are listed" : null;
}

/**
 * @param isCounted whether the people of a crossing that was blocked stood in the year's count already: not recorded,
 * and without weight unless a line is near.
 */
export function caseOf(
  entry: Recorded,
  policy: Policy,
  consents: ReadonlyMap<string, ConsentState>,
  isCounted: boolean,
): Case {
  const findings = entry.findings.map((_, i) => findingOf(entry, i));
  const year = beijingYear(Date.parse(entry.t));
  const { leaves, app: caller, exporter, destination, recipient, country, purpose, operation, model } = entry;
  const way = { leaves, caller, exporter, destination, recipient, country, purpose, operation, model, year };
  return {
    at: entry.t,
    flow: { ...way, provider: "", conversation: "", identifiers: [], declared: [], keyOf: [] },
    findings,
    individuals: entry.people.map((_, person) => individualOf(person, entry, findings, consents, isCounted)),
    counts: entry.counts,
    // an input that only its own effect tells of
    stale: entry.reasons.some(({ code }) => code === "CONSENT_FEED_STALE"),
    policy,
    hidden: new Set(),
  };
}

/** A pointer begins with a slash, the name of a field of the head does not. */
function findingOf(entry: Recorded, i: number): Finding {
  const { type, certainty, path, sensitive } = entry.findings[i]!;
  const known = DETECTORS.find((detector) => detector.type === type)!.identifies;
  // an organisation's number is a sole trader's where it has an owner
  const identifies = known === "none" && ownerOf(entry, i) !== null ? "strong" : known;
  const where = path === "" || path.startsWith("/") ? "body" : "header";
  const place = { token: 0, start: 0, end: 0, byteStart: 0, byteEnd: 0, original: { reveal: () => "" } };
  return { type, certainty, path, sensitive, identifies, where, ...place } as unknown as Finding;
}

/** A place in `people`; null: nobody's. */
function ownerOf({ findings, people }: Recorded, i: number): number | null {
  if (findings.some(({ person }) => person !== undefined)) return findings[i]!.person ?? null;
  return people.length === 1 ? 0 : null;
}

function individualOf(
  person: number,
  entry: Recorded,
  findings: readonly Finding[],
  consents: ReadonlyMap<string, ConsentState>,
  is: boolean,
): Individual {
  const countKey = entry.people[person]!;
  const key = countKey as unknown as PersonKey;
  const consent = entry.consent.find((one) => (one.person ?? 0) === person);
  return {
    ...{ person: key, key, countKey, declared: false },
    findings: findings.flatMap((_, i) => (ownerOf(entry, i) === person ? [i] : [])),
    ...(entry.minors?.includes(person) === true ? { minor: true as const } : {}),
    counted: { nonSensitive: is, sensitive: is, gross: is },
    consent: consent === undefined ? null : consents.get(consent.receipt)!,
  };
}
