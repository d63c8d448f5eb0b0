// What io/serve hands to the gate: a well-formed request, whole, from an authenticated caller. Types only.

import type { CrossingId } from "./identity.ts";

/** name, value, name, value … as on the wire, hop-by-hop and X-Yumen-* already taken out, names in lower case. */
export type HeaderPairs = readonly string[];

/** A well-formed request, whole, from an authenticated caller. */
export interface Arrival {
  readonly id: CrossingId;
  /** ms since the epoch, from the guarded clock: the only "now" that the pure stages know. */
  readonly atMs: number;
  readonly method: string;
  /** Origin-form without the destination segment: `/v1/chat/completions?x=1`. */
  readonly target: string;
  readonly destination: string;
  readonly headers: HeaderPairs;
  /** `headers` is the very list of the request before on the same connection. */
  readonly repeated?: boolean;
  /** As received: content-encoding still on. */
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** The id of a caller in policy. */
  readonly caller: string;
  /** What the caller asserted in X-Yumen-* headers, unchecked. */
  readonly asserted: Asserted;
  /** The caller asks what would happen: nothing is to be sent, counted or kept. Absent: it is to be sent. */
  readonly dryRun?: boolean;
  readonly language: Language;
}

export interface Asserted {
  readonly subject: string | null;
  readonly purpose: string | null;
  readonly conversation: string | null;
  readonly exporter: string | null;
}

export type Language = "zh" | "en";
