// Which papers of the policy speak about a way on a day. Law of this file: a paper that is not in term, or that names
// other ways, says nothing; what it would forbid it forbids by its own name.

import type { FtzFacts } from "../law/facts.ts";
import type { Flow, FtzRegistration, LegalBasis, Policy, Proof, Recipient, Term, Ways } from "../words.ts";
import { partiesOf, spelled } from "./onward.ts";

/** The way of a crossing, and the Beijing date on which it is gone. */
export interface WayOn extends Pick<Flow, "exporter" | "destination" | "recipient" | "purpose"> {
  readonly day: string;
}

/** First and last day included. */
export function inTerm({ from, until }: Term, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until);
}

export function isAbout({ exporters, destinations, recipients, purposes }: Ways, way: Omit<WayOn, "day">): boolean {
  return (
    exporters?.includes(way.exporter) !== false &&
    destinations?.includes(way.destination) !== false &&
    recipients?.includes(way.recipient) !== false &&
    purposes?.includes(way.purpose) !== false
  );
}

/** Those about the way and in term, by id: the order of the policy is by id already. */
export function speaking<T extends Ways & Term>(papers: readonly T[], way: WayOn): readonly T[] {
  return papers.filter((paper) => isAbout(paper, way) && inTerm(paper, way.day));
}

/** PIPL Art. 42: the recipient, or somebody it passes the data on to, however far, stands on the list. */
export function isRestricted(policy: Policy, recipient: Recipient, day: string): boolean {
  const listed = new Set(
    policy.restricted.flatMap(({ names, from }) => (from === null || from <= day ? names.map(spelled) : [])),
  );
  return partiesOf(policy, recipient).some(
    ({ names, restricted }) => restricted || names.some((name) => listed.has(name)),
  );
}

/**
 * The basis as it stands on that day. Where exemptions of its ground are on file for the purpose, one of them must be
 * about this way and in term: otherwise the claim has lapsed, and is not made out.
 */
export function basisOn(
  policy: Policy,
  basis: LegalBasis,
  way: WayOn,
): { basis: LegalBasis; papers: readonly string[] } {
  const { legalBasis } = basis;
  if (legalBasis === "consent") return { basis, papers: [] };
  const claims = policy.exemptions.filter(
    ({ ground, purposes }) => ground === legalBasis && purposes?.includes(way.purpose) !== false,
  );
  const standing = speaking(claims, way);
  if (claims.length > 0 && standing.length === 0) return { basis: { legalBasis }, papers: [] };
  return { basis, papers: standing.map(({ id }) => id) };
}

/** Provisions Art. 4: somebody answers for it that what goes this way was collected abroad, and nothing else. */
export function transitOn(policy: Policy, way: WayOn): readonly string[] {
  return speaking(policy.exemptions, way).flatMap(({ ground, id }) => (ground === "transit" ? [id] : []));
}

/** A proof that is about the way and in term, by id. null: none of that name is. */
export function proofOn({ proofs }: Policy, id: string, way: WayOn): Proof | null {
  return speaking(proofs, way).find((proof) => proof.id === id && proof.of === "anonymisation") ?? null;
}

export interface Zone {
  readonly registration: FtzRegistration;
  readonly activityInZone: boolean;
  /** What the list says of these kinds. */
  resultOf(types: readonly string[]): FtzFacts["result"];
}

/** Provisions Art. 6. Of several registrations the one that asks most is taken, kind by kind. */
export function zonesOn(policy: Policy, way: WayOn): readonly Zone[] {
  return speaking(policy.ftz, way).map((registration) => {
    const list = policy.ftzLists.get(registration.list);
    const governs = list !== undefined && inTerm(list, way.day) && list.sectors.includes(registration.sector);
    const items = governs ? list.items.filter(({ sector }) => sector === registration.sector) : null;
    return {
      registration,
      activityInZone: registration.activityInZone,
      resultOf: (types) => (items === null ? "no_list" : resultOf(items, types)),
    };
  });
}

function resultOf(
  items: readonly { readonly types: readonly string[] | null; readonly result: FtzFacts["result"] }[],
  types: readonly string[],
): FtzFacts["result"] {
  const listed = items.filter((item) => item.types === null || types.some((type) => item.types!.includes(type)));
  if (listed.length === 0) return "outside_list";
  return listed.some(({ result }) => result === "listed_assessment") ? "listed_assessment" : "listed_sc_or_cert";
}
