// What the routes of the admin plane are handed, and what each file of routes offers. One file a subject, one line in
// routes.ts.

import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Entry, Keys, Policy } from "../../words.ts";
import type { FirstSeenTally } from "../first-seen.ts";
import type { Papers } from "../law-papers.ts";
import type { StandingOrders } from "../orders/standing.ts";
import type { Clock } from "../ports.ts";
import type { Stores } from "../stores/stores.ts";
import type { Watched } from "../watched.ts";
import type { Sources } from "./consents/sources/sources.ts";
import type { Guards } from "./guard.ts";
import type { Logins } from "./oidc/logins.ts";
import type { ReadyReport } from "./open-routes.ts";

export interface AdminWorld extends Pick<Stores, "consent" | "people" | "register"> {
  readonly keys: Keys;
  readonly clock: Clock;
  /** What is ordered, and the answers under way. Absent: there is no data plane beside this one. */
  readonly orders?: StandingOrders;
  /** Sign-ins by the company's identity provider. Absent: there is none. */
  readonly logins?: Logins;
  /** Where people were first seen. Absent: there is no data plane beside this one. */
  readonly firstSeen?: FirstSeenTally;
  /** Dates, drift, alarms. Absent: there is no data plane beside this one. */
  readonly watched?: Watched;
  /** How long each mechanism takes. Absent: nobody knows. */
  papers?(): ReadonlyMap<string, Papers>;
  /** Absent: as above. */
  ready?(): ReadyReport;
  head?(): { readonly size: number; readonly root: string };
  /** Who sends consents by webhook. Absent: nobody. */
  readonly sources?: Sources;
  policy(): Policy;
  /** Normalises an identifier of a type; null when it is none. From find. */
  canonicalise(type: string, text: string): string | null;
  /**
   * Appends an entry; durable when it resolves, with its index. A change is answered after it; when it rejects, the
   * answer is an error and the caller tries again.
   */
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<number>;
}

/** For /openapi.json. `body` null: it takes none. */
export interface Operation {
  readonly path: string;
  readonly method: "get" | "put" | "post" | "delete";
  readonly summary: string;
  readonly body: z.ZodType | null;
  /** The body is NDJSON: `body` says what a line is. */
  readonly lines?: true;
}

export interface Routes {
  readonly operations: readonly Operation[];
  add(app: FastifyInstance, world: AdminWorld, guards: Guards): void;
}
