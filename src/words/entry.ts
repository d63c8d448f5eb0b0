// record: what the ledger holds. Types only.

/** One ledger entry before canonicalisation (ledger.md §2). Values are JSON; members absent rather than undefined. */
export type Entry = { readonly v: 1; readonly kind: EntryKind; readonly t: string } & Readonly<Record<string, Json>>;

export type EntryKind =
  | "crossing"
  | "outcome"
  | "policy_change"
  | "consent_change"
  | "start"
  | "seal"
  | "refused"
  | "residual"
  | "torn_tail"
  // a stop and its end; a release by two people, and its end
  | "suspend"
  | "resume"
  | "override"
  // what one person proposed, and what became of it
  | "proposal"
  // the opening balance of a year, and what two people took back of it
  | "opening"
  | "correction"
  // whoever is counted for a crossing, or an opening, of which no entry could be written
  | "counted"
  // a dated item done or skipped; the first sight of what no inventory knows
  | "duty"
  | "drift"
  // who may do what on the admin plane
  | "identity";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
