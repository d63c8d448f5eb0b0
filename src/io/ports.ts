// Everything the core asks of the world. One interface a need; the contract is the prose above it.
// Law of this file: a port promises durability in words, and test/contracts/ holds every implementation to them.

import type {
  ConsentState,
  CrossingId,
  Destination,
  Facts,
  FactsAsk,
  HeaderPairs,
  PersonKey,
  PiType,
} from "../words.ts";

export type { AdmitOptions, Admitted, Named, Opened, PeopleCounter } from "./people-counter.ts";

/** The guarded clock: never goes back (threats.md 28); a step back of more than 5 s is an alarm. */
export interface Clock {
  /** ms since the epoch. */
  nowMs(): number;
}

export interface Random {
  bytes(count: number): Uint8Array;
  /**
   * 96 bits as base64url, for a ledger entry: so that equal entries have unequal leaves and nobody can guess an entry
   * and test the guess against the tree.
   */
  salt(): string;
  /** A ULID with its prefix: sorts by time, 80 random bits. */
  crossingId(nowMs: number): CrossingId;
}

/**
 * Loads what a decision needs in one go. Steady state touches no network. May answer at once or later.
 * Rejects with GateError "store_unavailable"; the caller then fails closed.
 */
export interface FactsLoader {
  load(ask: FactsAsk): Facts | Promise<Facts>;
}

/** An append-only consent event (ledger.md §5). Raw identifiers were keyed on arrival: there is no field for them. */
export interface ConsentEvent {
  /** Unique within its source. What begins with `~` is a digest of all that the event says, made by the gate. */
  readonly event: string;
  readonly source: string;
  readonly sequence: number;
  readonly exporter: string;
  readonly person: PersonKey;
  readonly recipient: string;
  readonly purpose: string;
  readonly action: "grant" | "withdraw" | "expire" | "correct";
  readonly separate: boolean;
  readonly guardian: boolean;
  readonly sensitiveNotice: boolean;
  readonly types: readonly PiType[];
  readonly sensitiveTypes: readonly PiType[];
  /** The notice that was shown; `sha256` of its text as shown, hex. */
  readonly notice: { readonly id: string; readonly version: string; readonly sha256?: string } | null;
  readonly givenAt: string;
  readonly recordedAt: string;
  readonly validUntil: string | null;
  readonly channel: string;
  /** When the notice was shown; absent: not told (so are the next two). */
  readonly shownAt?: string;
  readonly act?: AffirmativeAct;
  readonly evidence?: Evidence;
}

/**
 * What the person did to agree (PIPL Art. 14; GB/T 42574-2023 明示同意): ticked a box, pressed a button, filled in or
 * handed over something, signed, said it, answered a message.
 */
export type AffirmativeAct = "tick" | "click" | "fill" | "sign" | "say" | "reply";

/** Where the proof of the act is kept, and its SHA-256 in hex. */
export interface Evidence {
  readonly uri?: string;
  readonly sha256: string;
}

/** One line of a batch: an event, keys that are one person's, or both: then they are joined before it. */
export interface ConsentWrite {
  readonly event?: ConsentEvent;
  readonly same?: { readonly exporter: string; readonly keys: readonly PersonKey[] };
}

export interface ConsentWritten {
  /** false: the event was known already, or there was none. */
  readonly added: boolean;
  /** What stands for the event's scope when this is told; null without an event. */
  readonly state: ConsentState | null;
  /** Two people who were both known have become one. */
  readonly merged: boolean;
  /** The cursor at which the event stands; of a write without an event, the cursor then. */
  readonly cursor: string;
  /** Nothing of the write was done: neither the event nor what was said of keys. */
  readonly refused?: ConsentRefusal;
}

/**
 * `event_known`: the name is that of an event of another person, scope or kind. `events_full`, `identifiers_full`: this
 * is more than one person has; never told of a withdrawal or an expiry.
 */
export type ConsentRefusal = "event_known" | "events_full" | "identifiers_full";

/**
 * Consent: history append-only, state = fold by (givenAt, sequence); withdraw wins ties; an older grant that arrives
 * late never revives a newer withdrawal. `record` is idempotent by (source, event) and resolves when durable on disk.
 * `link` makes two keys one person (aliases); linking is transitive, idempotent, durable when it resolves.
 */
export interface ConsentStore {
  record(event: ConsentEvent): Promise<ConsentWritten & { readonly state: ConsentState }>;
  /**
   * Many at once, in order, results in that order; durable, all of them, when it resolves. In transactions of a few
   * hundred: a batch that is cut off stands up to one of them, and sending it again changes nothing but the rest.
   * `record` and `link` overtake what of it has not been begun.
   */
  recordAll(writes: readonly ConsentWrite[]): Promise<readonly ConsentWritten[]>;
  /** @returns whether two people who were both known have become one. */
  link(exporter: string, key: PersonKey, alias: PersonKey): Promise<boolean>;
  /** Every key that stands for this person, itself among them. */
  members(exporter: string, person: PersonKey): readonly PersonKey[];
  /**
   * The person that a key stands for: itself when it has no aliases. Synchronous: an in-memory or memory-mapped read.
   */
  resolve(exporter: string, key: PersonKey): PersonKey;
  /** The state for this scope, else the nearest of another scope of the same person, else null. */
  state(exporter: string, person: PersonKey, recipient: string, purpose: string): ConsentState | null;
  history(exporter: string, person: PersonKey): readonly ConsentEvent[];
  /** A cursor that grows with every recorded event. */
  cursor(): string;
}

/**
 * What people of the plane decided and what must outlive the process: stops, releases, openings, duties done, drift
 * seen, proposals. Little, and read at every crossing: all of it is in memory. One shelf a feature.
 */
export interface Register {
  /** @param name lower-case letters and dashes. The documents are JSON values of one shape, which its feature knows. */
  shelf<T extends object>(name: string): Shelf<T>;
}

export interface Shelf<T extends object> {
  get(id: string): T | undefined;
  /** In order of id: an id that begins with a ULID sorts by time. The same array until something changes. */
  all(): readonly T[];
  /**
   * Alone and atomic: `next` sees the newest document, whoever else is changing it. Durable, and visible to every read,
   * when it resolves. What `next` throws rejects, and nothing is written. Rejects: store_unavailable.
   */
  change(id: string, next: (before: T | undefined) => T): Promise<T>;
  /**
   * Takes out what is no longer wanted, where `isOver` says so of the newest document. Durable when it resolves.
   * @returns whether it is out.
   */
  remove(id: string, isOver: (document: T) => boolean): Promise<boolean>;
}

/**
 * The ledger. `append` resolves with the entry's index when it is durable (strict: fdatasync done; batched: written to
 * the kernel). Order of calls is order of entries. Rejects with GateError "ledger_unavailable": then no byte may leave.
 */
export interface Ledger {
  /** @param entry RFC 8785 canonical JSON, UTF-8, at most 65,535 bytes. */
  append(entry: string): Promise<number>;
  /** The same without haste, for what nobody waits for: rides with the next append, alone after 50 ms. */
  appendSoon(entry: string): Promise<number>;
  /** Entries durable so far, and the signed head. */
  head(): { readonly size: number; readonly root: string };
  /** Writes a seal, folds everything into tiles, signs the checkpoint, closes. */
  seal(entry: string): Promise<void>;
}

/** What goes to the recipient. */
export interface Dispatch {
  readonly destination: string;
  /** As it was when the crossing was judged: a policy that came since does not send it elsewhere. Absent: as it is. */
  readonly judged?: Destination;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
}

/** The answer's way back. Calls come in this order: head once, data any number of times, then end or fail once. */
export interface AnswerSink {
  /** Asked before the first byte of the request goes, when the connection stands. false: none goes, it has ended. */
  leaving?(): boolean;
  head(status: number, headers: HeaderPairs): void;
  /** Returns false to pause; call the `resume` of DialHandle to go on. */
  data(chunk: Uint8Array): boolean;
  end(): void;
  /**
   * The upstream failed or was cut. After `head`, the caller must see an abnormal end (threats.md 35; peers.md
   * §2.10).
   */
  fail(error: Error): void;
}

export interface DialHandle {
  resume(): void;
  /** Cancels the upstream: the caller went away. */
  abort(): void;
}

export interface Dialer {
  /** Never follows a redirect, never retries, never sends after `abort`. Throws nothing: failures go to `sink.fail`. */
  dial(dispatch: Dispatch, sink: AnswerSink): DialHandle;
  close(): Promise<void>;
}

/** The way back to the caller. `head` once, `data` any number of times, then `end` or `destroy` once. */
export interface Reply {
  head(status: number, headers: HeaderPairs): void;
  /** false: the caller reads slower than it is fed; wait for `onDrain`. */
  data(chunk: Uint8Array): boolean;
  end(last?: Uint8Array): void;
  /** The whole answer at once, with its content-length. */
  send(status: number, headers: HeaderPairs, body: Uint8Array): void;
  /** An abnormal end: reset, no terminating chunk, so that the caller sees an error. */
  destroy(): void;
  /** Runs once if the caller leaves before the end; at once if it already has. Replaces the one before. */
  onClose(listener: () => void): void;
  /** Runs each time the caller has read on after `data` returned false. Replaces the one before. */
  onDrain(listener: () => void): void;
  readonly headersSent: boolean;
}
