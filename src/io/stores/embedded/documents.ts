// The little that consent asks of an engine: documents by key, synchronous reads, one atomic durable write at a time.
// Law: what `write` put is visible to every read made after its promise resolved, and was durable before that.

import type { PersonKey } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import type { PersonDocument } from "./person.ts";

/** An event with its ordinal in this store: 1, 2, 3 … in order of recording. */
export interface StoredEvent {
  readonly ordinal: number;
  readonly event: ConsentEvent;
  /** Ordinal of the event before it under the same key; 0: it was the first. */
  readonly before: number;
}

/** The documents there are, by kind. Keys are two parts; the second is "" where one is enough. */
export interface Documents {
  /** [exporter, key] → the person it stands for. Absent: itself. */
  readonly alias: PersonKey;
  /** [exporter, person] → everything known of a person, folded. */
  readonly person: PersonDocument;
  /** [ordinal, ""] → the event: written once, never rewritten. In order they are the history of all. */
  readonly event: StoredEvent;
  /** [source, event] → the event's ordinal: makes recording idempotent. */
  readonly seen: number;
  /** ["cursor", ""] → ordinal of the newest event; ["commits", ""] → how many commits changed something. */
  readonly meta: number;
}

export type Kind = keyof Documents;

export interface Reader {
  get<K extends Kind>(kind: K, first: string | number, second: string): Documents[K] | undefined;
}

export interface Writer extends Reader {
  put<K extends Kind>(kind: K, first: string | number, second: string, document: Documents[K]): void;
}

export interface DocumentEngine extends Reader {
  /** Runs `action` alone, atomically; it throws before its first `put` or not at all. Rejects: store_unavailable. */
  write<T>(action: (documents: Writer) => T): Promise<T>;
}
