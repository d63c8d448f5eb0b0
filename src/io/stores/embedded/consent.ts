// ConsentStore over documents. History is append-only under the key as recorded; the person document is its fold.
// Law: a link changes who a key stands for and never an event, so nothing withdrawn is forgotten by linking.

import { LRUCache } from "lru-cache";
import type { ConsentState, PersonKey } from "../../../words.ts";
import type { ConsentEvent, ConsentStore } from "../../ports.ts";
import type { DocumentEngine, Reader, StoredEvent, Writer } from "./documents.ts";
import { assertFoldable, foldAll } from "./fold.ts";
import { nearest, type PersonDocument } from "./person.ts";

/** People whose folded state is kept at hand: a read from LMDB and its decoding cost ten times as much. */
const AT_HAND_MAX = 20_000;

interface AtHand {
  readonly exporter: string;
  readonly person: PersonKey;
  readonly states: readonly ConsentState[];
}

export function createConsentStore(engine: DocumentEngine): ConsentStore {
  // By the key alone, which is nearly always one exporter's: joining names for each look costs more than looking.
  const atHand = new LRUCache<PersonKey, AtHand>({ max: AT_HAND_MAX });
  let cursor: string | null = null;
  // What is at hand is forgotten at every write, before the write is acknowledged: a withdrawal holds from then on.
  const write = async <T>(change: (documents: Writer) => T): Promise<T> => {
    try {
      return await engine.write(change);
    } finally {
      atHand.clear();
      cursor = null;
    }
  };
  const look = (exporter: string, key: PersonKey): AtHand => {
    const known = atHand.get(key);
    if (known?.exporter === exporter) return known;
    const person = resolve(engine, exporter, key);
    const found = { exporter, person, states: engine.get("person", exporter, person)?.states ?? [] };
    atHand.set(key, found);
    return found;
  };

  return {
    async record(event) {
      assertFoldable(event);
      return write((documents) => recordIn(documents, event));
    },
    async link(exporter, key, alias) {
      if (resolve(engine, exporter, key) === resolve(engine, exporter, alias)) return;
      await write((documents) => linkIn(documents, exporter, key, alias));
    },
    resolve: (exporter, key) => look(exporter, key).person,
    state: (exporter, person, recipient, purpose) => nearest(look(exporter, person).states, recipient, purpose),
    history(exporter, person) {
      const members = engine.get("person", exporter, resolve(engine, exporter, person))?.members ?? [person];
      return eventsOf(engine, exporter, members).map((stored) => stored.event);
    },
    cursor() {
      cursor ??= String(engine.get("meta", "cursor", "") ?? 0);
      return cursor;
    },
  };
}

function resolve(documents: Reader, exporter: string, key: PersonKey): PersonKey {
  return documents.get("alias", exporter, key) ?? key;
}

function recordIn(documents: Writer, event: ConsentEvent): { added: boolean; state: ConsentState } {
  const seen = documents.get("seen", event.source, event.event);
  if (seen !== undefined) return { added: false, state: stateAfter(documents, seen.exporter, seen.key, event) };

  const ordinal = (documents.get("meta", "cursor", "") ?? 0) + 1;
  const { exporter, person: key } = event;
  const earlier = documents.get("events", exporter, key) ?? [];
  documents.put("events", exporter, key, [...earlier, { ordinal, event }]);
  documents.put("seen", event.source, event.event, { exporter, key, ordinal });
  documents.put("meta", "cursor", "", ordinal);
  const person = resolve(documents, exporter, key);
  refold(documents, exporter, person, documents.get("person", exporter, person)?.members ?? [key]);
  return { added: true, state: stateAfter(documents, exporter, key, event) };
}

/** The state that a recorded event left behind. An expiry or correction of nothing leaves the empty state. */
function stateAfter(documents: Reader, exporter: string, key: PersonKey, event: ConsentEvent): ConsentState {
  const person = documents.get("person", exporter, resolve(documents, exporter, key));
  return nearest(person?.states ?? [], event.recipient, event.purpose) ?? nothingGranted(event);
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

/** The bigger set keeps its name, so that a person seen often keeps the key that the year was counted under. */
function linkIn(documents: Writer, exporter: string, key: PersonKey, alias: PersonKey): void {
  const one = resolve(documents, exporter, key);
  const other = resolve(documents, exporter, alias);
  if (one === other) return;
  const ones = membersOf(documents.get("person", exporter, one), one);
  const others = membersOf(documents.get("person", exporter, other), other);
  const [person, stays, moves] = ones.length >= others.length ? [one, ones, others] : [other, others, ones];
  for (const moved of moves) documents.put("alias", exporter, moved, person);
  refold(documents, exporter, person, [...stays, ...moves]);
}

function membersOf(person: PersonDocument | undefined, key: PersonKey): readonly PersonKey[] {
  return person?.members ?? [key];
}

function refold(documents: Writer, exporter: string, person: PersonKey, members: readonly PersonKey[]): void {
  documents.put("person", exporter, person, { members, states: foldAll(eventsOf(documents, exporter, members)) });
}

function eventsOf(documents: Reader, exporter: string, members: readonly PersonKey[]): StoredEvent[] {
  return members.flatMap((key) => documents.get("events", exporter, key) ?? []).sort((a, b) => a.ordinal - b.ordinal);
}
