// Checked papers → the Policy's. Law: what a file leaves out becomes null or empty here, in one place, and never a
// permission.

import type { Contract, Exemption, FtzList, PaperDocument, Pipia, Proof, Restricted, Term } from "../../words.ts";
import type { Item } from "./schema.ts";

/** Open where the paper names no day. */
export function withTerm<T extends { from?: string; until?: string }>(item: T): Omit<T, keyof Term> & Term {
  return { ...item, from: item.from ?? null, until: item.until ?? null };
}

export function pipiaOf(p: Item<"pipias">): Pipia {
  return {
    ...p,
    version: p.version ?? null,
    doneOn: p.doneOn ?? null,
    approvedBy: p.approvedBy ?? null,
    storage: p.storage ?? null,
  };
}

export function exemptionOf(e: Item<"exemptions">): Exemption {
  return { ...withTerm(e), approvedBy: e.approvedBy ?? null };
}

export function proofOf(p: Item<"proofs">): Proof {
  return withTerm(p);
}

export function restrictedOf(r: Item<"restricted">): Restricted {
  return { ...r, from: r.from ?? null };
}

const RESULTS = { "sc-or-cert": "listed_sc_or_cert", assessment: "listed_assessment" } as const;

export function ftzListOf(l: Item<"ftzLists">): FtzList {
  const items = l.items.map(({ sector, types, result }) => ({ sector, types: types ?? null, result: RESULTS[result] }));
  return { ...withTerm(l), items };
}

export function documentOf(d: Item<"documents">): PaperDocument {
  return {
    ...d,
    version: d.version ?? null,
    owner: d.owner ?? null,
    validUntil: d.validUntil ?? null,
    retainUntil: d.retainUntil ?? null,
  };
}

export function contractOf(c: NonNullable<Item<"recipients">["contract"]>): Contract {
  return { ...withTerm(c), document: c.document ?? null, clauses: c.clauses as Contract["clauses"] };
}
