// What a batch of writes does to the documents. Law: a function of the documents and the batch; a link changes who a
// key stands for and never an event, so nothing withdrawn is forgotten by linking; what is refused changes nothing.

import type { ConsentState, PersonKey } from "../../../words.ts";
import type { ConsentEvent, ConsentRefusal, ConsentWrite, ConsentWritten } from "../../ports.ts";
import type { Reader, StoredEvent, Writer } from "./documents.ts";
import { instantOf } from "./fold.ts";
import { eventsOf, type Gathered, gatherPeople, type People } from "./gathered.ts";
import { nearest } from "./person.ts";

/**
 * Begins the id of an event that was made from all that the event says, its person and instant too: an equal one can
 * only be among the same person's.
 */
export const OWN_NAME = "~";

/** Of one person. Somebody who changes his or her mind every day fills it in thirteen years. */
export const EVENTS_MAX = 5_000;

/** Keys that stand for one person. More are no person's: something is shared that was taken for an identifier. */
export const MEMBERS_MAX = 256;

export interface Recorded {
  readonly written: readonly ConsentWritten[];
  /** Keys of everybody of whom something changed. */
  readonly touched: ReadonlySet<PersonKey>;
}

/** Events are foldable (`assertFoldable`). */
export function recordIn(documents: Writer, writes: readonly ConsentWrite[]): Recorded {
  const people = gatherPeople(documents);
  const told = writes.map((write) => recordOne(documents, people, write));
  const touched = people.settle();
  // the state is told when the whole batch is folded: it is the one that stands when this is answered
  const written = told.map((one, i): ConsentWritten => {
    const { event } = writes[i]!;
    return { ...one, state: event === undefined ? null : stateAfter(people, event) };
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

type Told = Omit<ConsentWritten, "state">;

function recordOne(documents: Writer, people: People, { event, same }: ConsentWrite): Told {
  const told = (cursor: number, more: Partial<Told> = {}): Told => {
    return { added: false, merged: false, ...more, cursor: String(cursor) };
  };
  const seen = event === undefined ? null : seenAs(documents, people, event);
  const refused = refusalOf(documents, people, { event, same }, seen);
  if (refused !== null) return told(cursorOf(documents), { refused });
  const merged = same !== undefined && linkAll(people, same);
  if (event === undefined) return told(cursorOf(documents), { merged });
  if (seen !== null) return told(seen, { merged });
  return told(addEvent(documents, people, event), { added: true, merged });
}

/** @returns its ordinal. */
function addEvent(documents: Writer, people: People, event: ConsentEvent): number {
  const person = people.of(event.exporter, event.person);
  const ordinal = cursorOf(documents) + 1;
  const stored = { ordinal, event, before: person.tails.get(event.person)! };
  documents.put("event", ordinal, "", stored);
  if (isIndexed(event)) documents.put("seen", event.source, event.event, ordinal);
  documents.put("meta", "cursor", "", ordinal);
  people.add(person, stored);
  return ordinal;
}

type Asked = { readonly [K in keyof ConsentWrite]: ConsentWrite[K] | undefined };

/** What lessens a consent is refused for one reason only: that its name is another event's. */
function refusalOf(
  documents: Reader,
  people: People,
  { event, same }: Asked,
  seen: number | null,
): ConsentRefusal | null {
  if (event !== undefined && seen !== null && !isSameEvent(documents, event, seen)) return "event_known";
  if (event !== undefined && (event.action === "withdraw" || event.action === "expire")) return null;
  if (same !== undefined && membersAfter(people, same) > MEMBERS_MAX) return "identifiers_full";
  if (event === undefined || seen !== null) return null;
  return people.countOf(people.of(event.exporter, event.person)) < EVENTS_MAX ? null : "events_full";
}

function isSameEvent(documents: Reader, event: ConsentEvent, ordinal: number): boolean {
  const { event: stored } = documents.get("event", ordinal, "")!;
  const personOf = ({ exporter, person }: ConsentEvent) => resolveIn(documents, exporter, person);
  const isSame = (member: "exporter" | "action" | "recipient" | "purpose") => stored[member] === event[member];
  return (
    isSame("exporter") &&
    isSame("action") &&
    isSame("recipient") &&
    isSame("purpose") &&
    personOf(stored) === personOf(event)
  );
}

/** Joining who is one already adds nothing: what was joined before there was a limit stays joined. */
function membersAfter(people: People, { exporter, keys }: NonNullable<ConsentWrite["same"]>): number {
  const joined = new Set(keys.map((key) => people.of(exporter, key)));
  if (joined.size === 1) return 0;
  let members = 0;
  for (const { tails } of joined) members += tails.size;
  return members;
}

/** @returns the ordinal under which the event was recorded before; null: it is new. */
function seenAs(documents: Reader, people: People, event: ConsentEvent): number | null {
  if (!isOwnName(event)) return documents.get("seen", event.source, event.event) ?? null;
  // One person's, and nearly always at its own instant: an index of them all would cost as much as all the rest.
  const person = people.of(event.exporter, event.person);
  if (person.newestMs === Number.NEGATIVE_INFINITY) return null;
  const indexed = documents.get("seen", event.source, event.event);
  if (indexed !== undefined) return indexed;
  return instantOf(event.givenAt) > person.newestMs ? null : (people.named(person, event) ?? null);
}

/** An event that was held to the instant of its recording has a later one when it comes again. */
function isIndexed(event: ConsentEvent): boolean {
  return !isOwnName(event) || instantOf(event.givenAt) >= instantOf(event.recordedAt);
}

function isOwnName({ event }: ConsentEvent): boolean {
  return event.startsWith(OWN_NAME);
}

/** The state of an event's scope. An expiry or correction of nothing leaves the empty state. */
function stateAfter(people: People, event: ConsentEvent): ConsentState {
  const { states } = people.of(event.exporter, event.person);
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
function linkAll(people: People, { exporter, keys: [first, ...others] }: NonNullable<ConsentWrite["same"]>): boolean {
  let merged = false;
  for (const other of others)
    merged = linkTwo(people, people.of(exporter, first!), people.of(exporter, other)) || merged;
  return merged;
}

/** The bigger set keeps its name, so that a person seen often keeps the key that the year was counted under. */
function linkTwo(people: People, one: Gathered, other: Gathered): boolean {
  if (one === other) return false;
  const merged = one.isKnown && other.isKnown;
  if (one.tails.size >= other.tails.size) people.join(one, other);
  else people.join(other, one);
  return merged;
}
