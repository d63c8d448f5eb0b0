// What the main thread and a reading thread say to each other. Types only. Law: every answer is small enough to be
// taken in within a few milliseconds; what may be long comes in pages; bodies are handed over, not copied.

import type { KeyObject } from "node:crypto";
import type { Leg, Stopped } from "../../gate.ts";
import type {
  Admission,
  Arrival,
  Counts,
  Decision,
  Facts,
  FactsAsk,
  Flow,
  HeaderPairs,
  Newcomer,
  OpenedPart,
  PersonFacts,
  PersonKey,
  PiType,
} from "../../words.ts";
import type { Foretold } from "../dry-run/tell.ts";
import type { ThreadSecrets } from "../keys.ts";
import type { CarriedPolicy } from "./carried.ts";

/** Given to a thread when it starts. */
export interface ThreadData {
  readonly secrets: ThreadSecrets;
}

/** What can be asked, in the order of a crossing. */
export interface Asks {
  inspect: {
    readonly arrival: Arrival;
    /** What leaves, where it is not the arrival itself. */
    readonly leg?: Leg;
    /** Of the policy that the crossing began with. */
    readonly hash: string;
    /** Absent: the one told last. */
    readonly policy?: CarriedPolicy;
  };
  /** What the files hold that stopped the body just inspected, in their order. */
  opened: readonly (readonly OpenedPart[])[];
  /** Of the identifiers of the page told last, which was not the last page. Answered with the next. */
  facts: { readonly people: readonly (readonly [PersonKey, PersonFacts])[] };
  judge: Pick<Facts, "counts" | "asOf" | "stale" | "orders"> &
    Asks["facts"] & {
      readonly countSecret: KeyObject;
      /** When it is judged, where that is another Beijing year than it arrived in. */
      readonly atMs?: number;
    };
  /** What was judged, for whom it is a dry run. */
  tell: { readonly counts: Counts };
  /** Begins the facts anew. Answered with the first page of identifiers. */
  again: null;
  strangers: Page;
  added: readonly Newcomer[];
  record: { readonly counts: Counts; readonly salt: string; readonly trace: string | null };
  /** Texts of the entry's parts but the first. */
  parts: Page;
  /** What was read, unjudged: of a request that goes in. */
  body: null;
  minted: Page;
  /** An answer that was held whole. */
  restore: { readonly provider: string; readonly body: Uint8Array };
  mint: readonly MintedPair[];
}

export interface Answers {
  inspect: Stopped | Seen;
  opened: Stopped | Seen;
  facts: Identifiers;
  judge: JudgedThere;
  tell: Foretold;
  again: Identifiers;
  strangers: readonly Admission[];
  added: null;
  /** @param body what leaves; null: nothing. */
  record: { readonly decision: string; readonly parts: number; readonly body: Uint8Array | null };
  parts: readonly string[];
  body: Uint8Array;
  minted: readonly MintedPair[];
  restore: { readonly body: Uint8Array; readonly restored: number; readonly unrestored: number };
  mint: null;
}

export type Work = keyof Asks;

export interface Page {
  readonly from: number;
}

/** Stand-in, original. */
export type MintedPair = readonly [string, string];

/** What the main thread has to know of an Inspected. */
export interface Seen {
  readonly headers: HeaderPairs;
  readonly handler: string;
  readonly flow: Pick<Flow, "leaves" | "caller" | "exporter" | "purpose" | "year">;
  readonly ask: Omit<FactsAsk, "identifiers">;
  readonly identifiers: Identifiers;
}

export interface Identifiers {
  readonly page: readonly PersonKey[];
  readonly isLast: boolean;
}

/** What the main thread has to know of a Judged. */
export interface JudgedThere {
  /** Without what names findings and people one by one. */
  readonly decision: Decision;
  readonly kinds: readonly (readonly [PiType, number])[];
  readonly individuals: number;
  readonly strangers: number;
  readonly minted: number;
}

/** An answer, or where the work failed: never with a message, which could quote what was read. */
export type Told = { readonly told: Answers[Work] } | { readonly failed: Failure };

export interface Failure {
  readonly name: string;
  /** Places in the code. */
  readonly frames: string;
}
