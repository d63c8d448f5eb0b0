// From a ledger entry back to the Case that was judged, with nothing but the entry, a policy and the consent history.
// Law: every recorded input has its place here, and nothing else has.

import { DETECTORS } from "../../find/all.ts";
import { NAMED } from "../../find/named.ts";
import { beijingYear, epochMs } from "../../law/year.ts";
import type {
  Case,
  ConsentState,
  Finding,
  Individual,
  OpaqueClass,
  PersonKey,
  Policy,
  UnreadPlace,
} from "../../words.ts";
import { providerOf, type Recorded } from "./entry.ts";
import { excusesIn, ordersIn, unreadLifted } from "./orders.ts";

/** What an entry does not say; each is tried where it could matter. What it does say is taken from it. */
export interface Unsaid {
  /** The people stood in the year's count already. */
  readonly isCounted: boolean;
  /** Asked only of entries of older gates. */
  readonly isDeclared?: boolean;
  /** Absent: as recorded. */
  readonly provider?: string;
}

/** The way, as the policy that judges has it. */
export type Way = Pick<Recorded, "exporter" | "recipient" | "country">;

/** @param consentOf the state that a receipt stood for at that crossing. */
export function caseOf(
  entry: Recorded,
  policy: Policy,
  consentOf: (receipt: string) => ConsentState | null,
  { isCounted, isDeclared = false, provider = providerOf(entry) ?? "" }: Unsaid,
  { exporter, recipient, country }: Way = entry,
): Case {
  const excuses = excusesIn(entry);
  const findings = entry.findings.map((_, i) => excusedBy(excuses.get(i), findingOf(entry, i)));
  const { leaves, app: caller, destination, purpose, operation, model } = entry;
  const year = beijingYear(epochMs(entry.t));
  const way = { leaves, caller, exporter, destination, recipient, country, purpose, operation, model, year };
  const isSaid = entry.declared === undefined ? isDeclared : entry.declared !== null;
  const declared = isSaid ? [(entry.people[entry.declared?.[0] ?? 0] ?? "declared") as unknown as PersonKey] : [];
  const unread = [...unreadOf(entry), ...unreadLifted(entry)];
  return {
    at: entry.t,
    flow: { ...way, provider, conversation: "", identifiers: [], declared, keyOf: [] },
    findings,
    individuals: entry.people.map((_, person) => individualOf(person, entry, findings, consentOf, isCounted)),
    counts: entry.counts,
    // an input that only its own effect tells of
    stale: entry.reasons.some(({ code }) => code === "CONSENT_FEED_STALE"),
    ...ordersIn(entry),
    policy,
    hidden: new Set(),
    ...(unread.length === 0 ? {} : { unread }),
  };
}

const KINDS = new Map([...DETECTORS, ...Object.values(NAMED)].map(({ type, identifies }) => [type, identifies]));

/** A pointer begins with a slash, the name of a field of the head does not; `!` parts a file from the place in it. */
function findingOf(entry: Recorded, i: number): Finding {
  const { type, certainty, path, sensitive } = entry.findings[i]!;
  const known = KINDS.get(type) ?? "weak";
  // an organisation's number is a sole trader's where it has an owner
  const identifies = known === "none" && ownerOf(entry, i) !== null ? "strong" : known;
  const where = path.includes("!") ? "file" : path === "" || path.startsWith("/") ? "body" : "header";
  const place = { token: 0, start: 0, end: 0, byteStart: 0, byteEnd: 0, original: NOTHING };
  return { type, certainty, path, sensitive, identifies, where, ...place };
}

/** By which release it counted as none. */
function excusedBy(release: string | undefined, finding: Finding): Finding {
  return release === undefined ? finding : { ...finding, identifies: "none", excused: release };
}

const NOTHING: Finding["original"] = { reveal: () => "" };

/** A place in `people`; null: nobody's. */
function ownerOf({ findings, people }: Recorded, i: number): number | null {
  if (findings.some(({ person }) => person !== undefined)) return findings[i]!.person ?? null;
  return people.length === 1 ? 0 : null;
}

function individualOf(
  person: number,
  entry: Recorded,
  findings: readonly Finding[],
  consentOf: (receipt: string) => ConsentState | null,
  is: boolean,
): Individual {
  const countKey = entry.people[person]!;
  const key = countKey as unknown as PersonKey;
  const consent = entry.consent.find((one) => (one.person ?? 0) === person);
  return {
    ...{ person: key, key, countKey, declared: entry.declared?.includes(person) === true },
    findings: findings.flatMap((_, i) => (ownerOf(entry, i) === person ? [i] : [])),
    ...(entry.minors?.includes(person) === true ? { minor: true as const } : {}),
    counted: { nonSensitive: is, sensitive: is, gross: is },
    consent: consent === undefined ? null : consentOf(consent.receipt),
  };
}

const OPAQUE = /^OPAQUE_(.+)$/;

/** What left unread is listed; what was blocked for it stands among the reasons. */
function unreadOf({ unread = [], reasons }: Recorded): UnreadPlace[] {
  const blocked = reasons.flatMap(({ code, path = "", about = "" }) => {
    const name = OPAQUE.exec(code)?.[1]?.toLowerCase().replace("_", "-");
    return name === undefined ? [] : [{ path, class: name as OpaqueClass, kind: about }];
  });
  const left = unread.filter((one) => blocked.every(({ path }) => path !== one.path));
  return [...left.map(({ path, class: name }) => ({ path, class: name, kind: "" })), ...blocked];
}
