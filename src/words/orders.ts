// What people order a gate to do beside its policy: to stop a way, to let something pass for a while. Types only.
// Instants are ISO 8601 UTC.

import type { OverdueDuty } from "./duties.ts";
import type { CountKey, PersonKey, PiType } from "./identity.ts";

/** All that stand: which of them are about a crossing, and at its instant, is decided. */
export interface Orders {
  readonly holds: readonly Hold[];
  readonly releases: readonly Release[];
  /** Duties that nobody did in time and that shut their ways by policy. Absent: none. */
  readonly overdue?: readonly OverdueDuty[];
}

/** A way is shut (SA Measures Art. 17; Provisions Art. 12): the law's X4, which nothing lifts but its end. */
export interface Hold {
  readonly id: string;
  /** `all` has no id. */
  readonly of: "recipient" | "destination" | "exporter" | "all";
  readonly target: string | null;
  readonly reason: string;
  /** Reference of the authority's order; null: the company's own decision. */
  readonly order: string | null;
  readonly by: string;
  readonly at: string;
}

/**
 * Two people let something pass for a while that a rule of the policy, a mere suspicion, a false finding or an unread
 * body would block. Never what the law forbids (design.md §2, law 4).
 */
export interface Release {
  readonly id: string;
  readonly destination: string;
  /** Absent: any. */
  readonly exporter?: string;
  readonly purpose?: string;
  /** Kinds of personal information that it is about; empty: none but what `lifts` says. */
  readonly types: readonly PiType[];
  /** Whose crossings; absent: anybody's. Counting keys of the year: nothing else of a person is kept. */
  readonly people?: readonly CountKey[];
  readonly lifts: readonly Lift[];
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly ticket: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
}

export type Lift =
  /** A rule of the policy, by its id. */
  | { readonly of: "rule"; readonly rule: string }
  /** What is only suspected to be personal information. */
  | { readonly of: "suspect" }
  /**
   * What was found there is no personal information: a kind, and the pointer with `*` for an index. What a check digit
   * proves is excused value by value: `values` are keys of the very identifiers, and then only those are meant.
   */
  | {
      readonly of: "false-finding";
      readonly type: PiType;
      readonly path: string;
      readonly values?: readonly PersonKey[];
    }
  /** Content that nobody read, by its class. */
  | { readonly of: "opaque"; readonly class: string };

/** What a release did to one crossing: each once. */
export interface Lifted {
  readonly release: string;
  readonly of: Lift["of"];
  /** The rule's id, the kind of the findings, the class of what nobody read. */
  readonly what: string;
  /** Indexes into Case.findings: what counted as no personal information. */
  readonly findings?: readonly number[];
}
