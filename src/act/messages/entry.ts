// What one code means to the one who reads it. Law: one sentence, no value, no placeholder for one.

import type { Language } from "../../words.ts";

export type Fault = "caller" | "exporter" | "operator" | "gate" | "upstream";

export interface Message {
  readonly status: number;
  /** Who can mend it. exporter: its record of law; operator: policy and rules. */
  readonly fault: Fault;
  /** As a Reason names it; empty: no law about it. */
  readonly article: string;
  /** Cure ids of cures.ts, the first to try first. */
  readonly cures: readonly string[];
  readonly says: Readonly<Record<Language, string>>;
}
