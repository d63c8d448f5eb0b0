// act: Decision → what leaves, and what the caller is told when nothing does. Types only.

import type { Reason } from "./decision.ts";
import type { CrossingId, Original } from "./identity.ts";

/** Stand-in → the text it stands for, exactly as it stood in the string it was taken from. */
export type Minted = ReadonlyMap<string, Original>;

export interface Departure {
  readonly body: Uint8Array;
  readonly minted: Minted;
}

/** Everything the caller is told about a crossing that did not leave. */
export interface Refusal {
  readonly decision: CrossingId;
  /** HTTP status. */
  readonly status: number;
  /** First reason in lower snake case: `consent_missing`. */
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly reasons: readonly Reason[];
}
