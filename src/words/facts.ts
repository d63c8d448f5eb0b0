// The one load of facts between the pure halves. Types only.

import type { Counted, Counts } from "./counting.ts";
import type { CountKey, PersonKey, PiType } from "./identity.ts";
import type { Orders } from "./orders.ts";

export interface FactsAsk {
  /** The handler whose count applies. */
  readonly exporter: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly year: number;
  readonly identifiers: readonly PersonKey[];
  /** Of whose recipients the people are counted too: a contract's, where it has a scale. Absent: nobody's. */
  readonly scopes?: readonly (readonly string[])[];
}

export interface Facts {
  /** By identifier key as asked. Aliases of one person give the same `person`. */
  readonly people: ReadonlyMap<PersonKey, PersonFacts>;
  readonly counts: Counts;
  /** Cursor of the consent feed that this was read at. */
  readonly asOf: string;
  /** true: the feed is older than allowed; everything that needs consent fails closed. */
  readonly stale: boolean;
  /** Absent: nobody has ordered anything. */
  readonly orders?: Orders | undefined;
}

export interface PersonFacts {
  readonly person: PersonKey;
  /** What he or she is counted by in the asked year. Absent: nobody has worked it out yet. */
  readonly countKey?: CountKey;
  readonly counted: Counted;
  /**
   * For the asked recipient and purpose, else the nearest of other scope (so that the reason can say which part is
   * missing), else null.
   */
  readonly consent: ConsentState | null;
}

/** Folded from events (ledger.md §5). Instants are ISO 8601 UTC. */
export interface ConsentState {
  readonly receipt: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly granted: boolean;
  readonly separate: boolean;
  readonly guardian: boolean;
  readonly sensitiveNotice: boolean;
  readonly types: readonly PiType[];
  readonly sensitiveTypes: readonly PiType[];
  /** The notice that was shown; `sha256` of its text, hex, where that was told. */
  readonly notice: { readonly id: string; readonly version: string; readonly sha256?: string } | null;
  readonly givenAt: string;
  readonly withdrawnAt: string | null;
  readonly validUntil: string | null;
}
