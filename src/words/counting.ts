// Natural persons counted by the Beijing year, and by which ways each was reached (law.md §3, CNT). Types only.

import type { CountKey, PiType } from "./identity.ts";

/** A way by which somebody's data left this year. */
export interface Way {
  /** Whose hands they came into. null: not known, so it may be anybody's. */
  readonly recipient: string | null;
  /** What it left by: a mechanism's id, else the law's rule (E1–E7, C1 …), or `opening`. null: not known. */
  readonly by: string | null;
  /** What it counts as. Neither: gross only (exempt cases, CNT-3). */
  readonly nonSensitive: boolean;
  readonly sensitive: boolean;
}

/** What somebody is counted as this year. */
export interface Counted {
  readonly nonSensitive: boolean;
  readonly sensitive: boolean;
  readonly gross: boolean;
  /** Absent: nobody knows. */
  readonly ways?: readonly Way[];
  /** No entry is known to name him or her yet: whoever sends him or her goes through `admit`, and does. */
  readonly unnamed?: true;
}

/** Counts of distinct people, this exporter, this Beijing year, before the crossing. */
export interface Counts {
  readonly nonSensitive: number;
  readonly sensitive: number;
  readonly gross: number;
  /** Of the people reached at some recipients, as was asked. Absent: nobody asked. */
  readonly scoped?: readonly ScopedCounts[];
  /** Somebody answers for what left beside the gate: an opening balance, of zero perhaps. Absent: nobody does. */
  readonly opened?: true;
}

/** People whose data came into the hands of one of these recipients or more, each once. */
export interface ScopedCounts {
  readonly recipients: readonly string[];
  readonly nonSensitive: number;
  readonly sensitive: number;
}

/** The highest counts that a decision holds for. null: no line above. */
export interface CountLimit {
  readonly nonSensitive: number | null;
  readonly sensitive: number | null;
  /** Those of a contract's recipients. Absent: none. */
  readonly scoped?: readonly ScopedLimit[];
}

export interface ScopedLimit {
  readonly recipients: readonly string[];
  readonly nonSensitive: number | null;
  readonly sensitive: number | null;
}

/** Somebody who is counted, as what, and by which way. */
export interface Admission {
  readonly key: CountKey;
  readonly nonSensitive: boolean;
  readonly sensitive: boolean;
  /** As in Way. Absent: not known. */
  readonly recipient?: string | null;
  readonly by?: string | null;
  /** Where somebody stood who was nobody's yet this year. Absent: known already, or not said. */
  readonly first?: FirstSeen;
}

/** Somebody whom an entry has to name: as what the gate has counted him or her, whatever was counted before. */
export interface Newcomer {
  readonly key: CountKey;
  readonly nonSensitive: boolean;
  readonly sensitive: boolean;
}

/** What is counted and no entry is known to tell: people who were reached by the same ways, or a statement. */
export interface Unnamed {
  readonly exporter: string;
  readonly year: number;
  readonly ways: readonly Way[];
  readonly people: readonly CountKey[];
  readonly statements: readonly Statement[];
  /** false: still on its way to the disk. What an entry says must be there. */
  readonly durable: boolean;
}

/** A kind of place in which people appear. */
export interface FirstSeen {
  readonly app: string;
  /** JSON Pointer, `*` for an index and for what is no plain name. */
  readonly field: string;
  /** By an identifier; by none; by none, under a name that had stood before in the same conversation (U-14). */
  readonly link: "linked" | "unlinked" | "namesake";
}

/**
 * People whom nobody can link, as somebody states their number: those that left beside the gate. A correction takes
 * back what an opening stated too high: its numbers are negative.
 */
export interface Statement {
  readonly id: string;
  readonly of: "opening" | "correction";
  readonly recipient: string | null;
  readonly nonSensitive: number;
  readonly sensitive: number;
  readonly gross: number;
  /** The Beijing date of the statement. */
  readonly day: string;
}

/** People of one exporter and year who were reached by the same ways. */
export interface Heads {
  readonly ways: readonly Way[];
  readonly people: number;
}

/** The counts at the end of a Beijing date on which somebody was counted. */
export interface DayCounts extends Omit<ScopedCounts, "recipients"> {
  /** null: before days were kept. */
  readonly day: string | null;
  readonly gross: number;
}

/** A flow that does not pass the gate. Its people are in the year's count, unlinkable, from 1 January on. */
export interface OutsideFlow {
  readonly id: string;
  readonly name: string;
  readonly exporter: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly kinds: readonly PiType[];
  readonly peopleAYear: { readonly nonSensitive: number; readonly sensitive: number };
  readonly owner: string;
}

/** Companies whose numbers an authority may add up (CNT-11). */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly exporters: readonly string[];
}
