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
  readonly consent: readonly { readonly receipt: string }[];
  readonly counts: Case["counts"];
  readonly country: string;
  readonly destination: string;
  readonly exporter: string;
  readonly findings: readonly (Pick<Finding, "type" | "certainty" | "path" | "sensitive"> & {
    action: string;
    n?: number;
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
  | "the findings one by one: there are more than are listed"
  | "whose number an organisation's is: a sole trader's is a person's"
  | "whose finding and whose consent is whose: there are several people";

export function lackOf({ outcome, reasons, findings, people }: Recorded): Lack | null {
  if (outcome === null || reasons.some(({ code }) => code === "RESIDUAL_PI"))
    return "the body: it was stopped before a judgement, or what was left after rewriting blocked it";
  if (findings.some(({ n }) => n !== undefined)) return "the findings one by one: there are more than are listed";
  if (findings.some(({ type }) => type === "uscc"))
    return "whose number an organisation's is: a sole trader's is a person's";
  return people.length > 1 ? "whose finding and whose consent is whose: there are several people" : null;
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
  const findings = entry.findings.map(findingOf);
  const year = beijingYear(Date.parse(entry.t));
  const { leaves, app: caller, exporter, destination, recipient, country, purpose, operation, model } = entry;
  const way = { leaves, caller, exporter, destination, recipient, country, purpose, operation, model, year };
  return {
    at: entry.t,
    flow: { ...way, provider: "", conversation: "", identifiers: [], declared: [], keyOf: [] },
    findings,
    individuals: entry.people.map((key) => individualOf(key, entry, findings, consents, isCounted)),
    counts: entry.counts,
    // an input that only its own effect tells of
    stale: entry.reasons.some(({ code }) => code === "CONSENT_FEED_STALE"),
    policy,
    hidden: new Set(),
  };
}

/** A pointer begins with a slash, the name of a field of the head does not. */
function findingOf({ type, certainty, path, sensitive }: Recorded["findings"][number]): Finding {
  const identifies = DETECTORS.find((detector) => detector.type === type)!.identifies;
  const where = path === "" || path.startsWith("/") ? "body" : "header";
  const place = { token: 0, start: 0, end: 0, byteStart: 0, byteEnd: 0, original: { reveal: () => "" } };
  return { type, certainty, path, sensitive, identifies, where, ...place } as unknown as Finding;
}

function individualOf(
  countKey: CountKey,
  { consent, minors }: Recorded,
  findings: readonly Finding[],
  consents: ReadonlyMap<string, ConsentState>,
  is: boolean,
): Individual {
  const key = countKey as unknown as PersonKey;
  const personal = findings.flatMap(({ identifies }, i) =>
    identifies === "strong" || identifies === "weak" ? [i] : [],
  );
  return {
    ...{ person: key, key, countKey, declared: false, findings: personal },
    ...(minors?.includes(0) === true ? { minor: true as const } : {}),
    counted: { nonSensitive: is, sensitive: is, gross: is },
    consent: consent.length === 0 ? null : consents.get(consent[0]!.receipt)!,
  };
}
