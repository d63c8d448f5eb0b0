// What a batch of writes does to the documents. Law: a function of the documents and the batch; a link changes who a
// key stands for and never an event, so nothing withdrawn is forgotten by linking.

import type { ConsentState, PersonKey } from "../../../words.ts";
import type { ConsentEvent, ConsentWrite, ConsentWritten } from "../../ports.ts";
import type { Reader, StoredEvent, Writer } from "./documents.ts";
import { foldAll, foldOn, instantOf } from "./fold.ts";
import { nearest, type PersonDocument } from "./person.ts";

/**
 * Begins the id of an event that was made from all that the event says, its person and instant too: an equal one can
 * only be among the same person's.
 */
export const OWN_NAME = "~";

export interface Recorded {
  readonly written: readonly ConsentWritten[];
  /** Keys of everybody of whom something changed. */
  readonly touched: ReadonlySet<PersonKey>;
}

/** Events are foldable (`assertFoldable`). */
export function recordIn(documents: Writer, writes: readonly ConsentWrite[]): Recorded {
  const touched = new Set<PersonKey>();
  const written = writes.map(({ event, same }): ConsentWritten => {
    const merged = same !== undefined && linkAll(documents, same.exporter, same.keys, touched);
    if (event !== undefined) return { ...recordOne(documents, event, touched), merged };
    return { added: false, state: null, merged, cursor: String(cursorOf(documents)) };
  });
  return { written, touched };
}

export function cursorOf(documents: Reader): number {
  return documents.get("meta", "cursor", "") ?? 0;
}

export function resolveIn(documents: Reader, exporter: string, key: PersonKey): PersonKey {
  return documents.get("alias", exporter, key) ?? key;
}

export function membersIn(documents: Reader, exporter: string, key: PersonKey): readonly PersonKey[] {
  const person = resolveIn(documents, exporter, key);
  return documents.get("person", exporter, person)?.members ?? [person];
}

/** The events of a person under all of his or her keys, in order of recording. */
export function eventsIn(documents: Reader, exporter: string, key: PersonKey): readonly StoredEvent[] {
  const person = documents.get("person", exporter, resolveIn(documents, exporter, key));
  return person === undefined ? [] : eventsOf(documents, person.tails);
}

type Told = Omit<ConsentWritten, "merged"> & { readonly state: ConsentState };

function recordOne(documents: Writer, event: ConsentEvent, touched: Set<PersonKey>): Told {
  const { exporter, person: key } = event;
  const person = resolveIn(documents, exporter, key);
  const known = documents.get("person", exporter, person) ?? nobody(person);
  const seen = seenAs(documents, event, known);
  if (seen !== null) return toldBefore(documents, event, seen);

  const ordinal = cursorOf(documents) + 1;
  const member = known.members.indexOf(key);
  const stored = { ordinal, event, before: known.tails[member]! };
  const atMs = instantOf(event.givenAt);
  documents.put("event", ordinal, "", stored);
  if (!isOwnName(event)) documents.put("seen", event.source, event.event, ordinal);
  documents.put("meta", "cursor", "", ordinal);

  const tails = known.tails.with(member, ordinal);
  const { members } = known;
  const states = atMs > known.newestMs ? foldOn(known.states, stored) : foldAll(eventsOf(documents, tails));
  documents.put("person", exporter, person, { members, tails, newestMs: Math.max(atMs, known.newestMs), states });
  for (const one of members) touched.add(one);
  return { added: true, state: stateAfter(states, event), cursor: String(ordinal) };
}

/** @returns the ordinal under which the event was recorded before; null: it is new. */
function seenAs(documents: Reader, event: ConsentEvent, { newestMs, tails }: PersonDocument): number | null {
  if (!isOwnName(event)) return documents.get("seen", event.source, event.event) ?? null;
  // One person's, and at its own instant: an index of them would cost as much as all the rest.
  if (instantOf(event.givenAt) > newestMs) return null;
  const isSame = (stored: StoredEvent) => stored.event.event === event.event && stored.event.source === event.source;
  return eventsOf(documents, tails).find(isSame)?.ordinal ?? null;
}

function isOwnName({ event }: ConsentEvent): boolean {
  return event.startsWith(OWN_NAME);
}

function toldBefore(documents: Reader, event: ConsentEvent, ordinal: number): Told {
  const { exporter, person } = documents.get("event", ordinal, "")!.event;
  const known = documents.get("person", exporter, resolveIn(documents, exporter, person));
  return { added: false, state: stateAfter(known?.states ?? [], event), cursor: String(ordinal) };
}

/** The state that a recorded event left behind. An expiry or correction of nothing leaves the empty state. */
function stateAfter(states: readonly ConsentState[], event: ConsentEvent): ConsentState {
  return nearest(states, event.recipient, event.purpose) ?? nothingGranted(event);
}

function nothingGranted(event: ConsentEvent): ConsentState {
  return {
    receipt: "",
    recipient: event.recipient,
    purpose: event.purpose,
    granted: false,
    separate: false,
    guardian: false,
    sensitiveNotice: false,
    types: [],
    sensitiveTypes: [],
    notice: null,
    givenAt: event.givenAt,
    withdrawnAt: null,
    validUntil: null,
  };
}

/** @returns whether two people who were both known have become one. */
function linkAll(
  documents: Writer,
  exporter: string,
  [first, ...others]: readonly PersonKey[],
  touched: Set<PersonKey>,
): boolean {
  let merged = false;
  for (const other of others) merged = linkTwo(documents, exporter, first!, other, touched) || merged;
  return merged;
}

/** The bigger set keeps its name, so that a person seen often keeps the key that the year was counted under. */
function linkTwo(
  documents: Writer,
  exporter: string,
  key: PersonKey,
  alias: PersonKey,
  touched: Set<PersonKey>,
): boolean {
  const one = resolveIn(documents, exporter, key);
  const other = resolveIn(documents, exporter, alias);
  if (one === other) return false;
  const knownOne = documents.get("person", exporter, one);
  const knownOther = documents.get("person", exporter, other);
  const ones = knownOne ?? nobody(one);
  const others = knownOther ?? nobody(other);
  const isOneBigger = ones.members.length >= others.members.length;
  const [person, stays, moves] = isOneBigger ? [one, ones, others] : [other, others, ones];
  for (const moved of moves.members) documents.put("alias", exporter, moved, person);
  const joined = {
    members: [...stays.members, ...moves.members],
    tails: [...stays.tails, ...moves.tails],
    newestMs: Math.max(stays.newestMs, moves.newestMs),
  };
  documents.put("person", exporter, person, { ...joined, states: foldAll(eventsOf(documents, joined.tails)) });
  for (const member of joined.members) touched.add(member);
  return knownOne !== undefined && knownOther !== undefined;
}

function nobody(key: PersonKey): PersonDocument {
  return { members: [key], tails: [0], newestMs: Number.NEGATIVE_INFINITY, states: [] };
}

/** @param tails the newest of each key. */
function eventsOf(documents: Reader, tails: readonly number[]): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const tail of tails) {
    for (let ordinal = tail; ordinal !== 0; ) {
      const stored = documents.get("event", ordinal, "")!;
      events.push(stored);
      ordinal = stored.before;
    }
  }
  return events.sort((a, b) => a.ordinal - b.ordinal);
}
