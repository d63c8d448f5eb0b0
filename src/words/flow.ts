// flow: who sends, for whom, to whom, for what, about whom. Types only.

import type { Operation } from "./doc.ts";
import type { PersonKey } from "./identity.ts";

export interface Flow {
  readonly leaves: "request" | "response";
  readonly caller: string;
  readonly exporter: string;
  readonly destination: string;
  readonly recipient: string;
  readonly country: string;
  readonly purpose: string;
  readonly provider: string;
  readonly operation: Operation;
  readonly model: string | null;
  /** Pseudonym scope and unlinkable names: declared, or the crossing's own id. */
  readonly conversation: string;
  /** Beijing calendar year of the crossing. */
  readonly year: number;
  /** The declared subject and every identifier found: keys to ask the facts for. In order of first sight, each once. */
  readonly identifiers: readonly PersonKey[];
  /** Keys of the declared subject's aliases as asserted; empty: nobody declared. */
  readonly declared: readonly PersonKey[];
  /** Per finding (same index): the identifier's key, or null where it identifies nobody by itself. */
  readonly keyOf: readonly (PersonKey | null)[];
  /** Those of `keyOf` that stand for somebody whom nothing identifies, each once. Absent: none do. */
  readonly unlinked?: readonly PersonKey[];
  /** Those of `unlinked` whose name an earlier one bears: whom U-14 would not count. Absent: none do. */
  readonly namesakes?: readonly PersonKey[];
}

/** A request that policy does not know how to carry. Refused, recorded. */
export interface Misrouted {
  readonly code:
    | "destination_unknown"
    | "exporter_not_allowed"
    | "purpose_not_allowed"
    | "assertion_not_allowed"
    | "operation_not_allowed"
    | "subject_malformed"
    | "purpose_missing"
    | "destination_not_allowed"
    | "recipient_ambiguous"
    | "force_impossible"
    | "model_unreadable";
  readonly detail: string;
}
