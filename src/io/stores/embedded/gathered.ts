// The people of one batch, each gathered once. Law: whatever a batch says of a person, his or her events are read at
// most once and folded at most once, so that a batch costs no more than what is new in it and what that person said.

import type { ConsentState, PersonKey } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import type { Reader, StoredEvent, Writer } from "./documents.ts";
import { foldAll, foldOn, instantOf } from "./fold.ts";

/** Of one person: as in `PersonDocument`, and growing. */
export interface Gathered {
  readonly exporter: string;
  readonly person: PersonKey;
  /** Whether anything was known before this batch, or is now. */
  isKnown: boolean;
  /** Ordinal of the newest event of each key, the person's own first; 0: none. */
  readonly tails: Map<PersonKey, number>;
  newestMs: number;
  /** null: kept before it was counted. */
  count: number | null;
  /** As of before this batch, until `settle`. */
  states: readonly ConsentState[];
  /** Of this batch, and newer than all that `states` is the fold of; null: all must be folded anew. */
  newer: StoredEvent[] | null;
  isChanged: boolean;
  /** [source, event] of all events → ordinal, once it was asked for. */
  names: Map<string, number> | null;
}

export interface People {
  /** The person that a key stands for by now. */
  of(exporter: string, key: PersonKey): Gathered;
  countOf(person: Gathered): number;
  /** @returns the ordinal of the event of this name among the person's. */
  named(person: Gathered, event: ConsentEvent): number | undefined;
  add(person: Gathered, stored: StoredEvent): void;
  /** Makes one of two: all that is of `moves` is then of `stays`. */
  join(stays: Gathered, moves: Gathered): void;
  /** Folds and puts what was changed. @returns all its keys. */
  settle(): ReadonlySet<PersonKey>;
}

export function gatherPeople(documents: Writer): People {
  // each under every key that was asked for: which person it is costs a read
  const gathered = new Map<string, Map<PersonKey, Gathered>>();
  const peopleOf = (exporter: string) => {
    const known = gathered.get(exporter) ?? new Map<PersonKey, Gathered>();
    if (known.size === 0) gathered.set(exporter, known);
    return known;
  };
  const people: People = {
    of(exporter, key) {
      const byKey = peopleOf(exporter);
      const known = byKey.get(key);
      if (known !== undefined) return known;
      const person = documents.get("alias", exporter, key) ?? key;
      const found = byKey.get(person) ?? gather(documents, exporter, person);
      byKey.set(person, found).set(key, found);
      return found;
    },
    countOf(person) {
      person.count ??= eventsOf(documents, person.tails.values()).length;
      return person.count;
    },
    named(person, event) {
      person.names ??= namesIn(documents, person);
      return person.names.get(nameOf(event));
    },
    add(person, stored) {
      const atMs = instantOf(stored.event.givenAt);
      const count = people.countOf(person);
      if (atMs > person.newestMs) person.newer?.push(stored);
      else person.newer = null;
      person.isKnown = person.isChanged = true;
      person.count = count + 1;
      person.newestMs = Math.max(atMs, person.newestMs);
      person.tails.set(stored.event.person, stored.ordinal);
      person.names?.set(nameOf(stored.event), stored.ordinal);
    },
    join(stays, moves) {
      const count = people.countOf(stays) + people.countOf(moves);
      for (const [member, tail] of moves.tails) {
        stays.tails.set(member, tail);
        documents.put("alias", moves.exporter, member, stays.person);
        peopleOf(moves.exporter).set(member, stays);
      }
      if (moves.newestMs !== NOTHING_MS) stays.newer = null;
      stays.isKnown = stays.isChanged = true;
      stays.count = count;
      stays.newestMs = Math.max(stays.newestMs, moves.newestMs);
      for (const [name, ordinal] of stays.names === null ? [] : namesIn(documents, moves))
        stays.names!.set(name, ordinal);
    },
    settle() {
      const touched = new Set<PersonKey>();
      for (const person of new Set([...gathered.values()].flatMap((byKey) => [...byKey.values()]))) {
        if (!person.isChanged) continue;
        for (const member of person.tails.keys()) touched.add(member);
        put(documents, person);
      }
      return touched;
    },
  };
  return people;
}

const NOTHING_MS = Number.NEGATIVE_INFINITY;

function gather(documents: Reader, exporter: string, person: PersonKey): Gathered {
  const known = documents.get("person", exporter, person);
  const { members, tails, newestMs, count, states } = known ?? {
    ...{ members: [person], tails: [0], newestMs: NOTHING_MS, count: 0, states: [] },
  };
  return {
    ...{ exporter, person, isKnown: known !== undefined, newestMs, count, states, newer: [], isChanged: false },
    tails: new Map(members.map((member, i) => [member, tails[i]!])),
    names: null,
  };
}

function put(documents: Writer, person: Gathered): void {
  const { exporter, tails, newestMs, newer } = person;
  person.states = newer === null ? foldAll(eventsOf(documents, tails.values())) : foldOn(person.states, newer);
  const [members, ends] = [[...tails.keys()], [...tails.values()]];
  const count = person.count!;
  documents.put("person", exporter, person.person, { members, tails: ends, newestMs, states: person.states, count });
}

/** @param tails the newest of each key. @returns all events, in order of recording. */
export function eventsOf(documents: Reader, tails: Iterable<number>): readonly StoredEvent[] {
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

function namesIn(documents: Reader, { names, tails }: Gathered): Map<string, number> {
  if (names !== null) return names;
  return new Map(eventsOf(documents, tails.values()).map(({ event, ordinal }) => [nameOf(event), ordinal]));
}

function nameOf({ source, event }: ConsentEvent): string {
  return JSON.stringify([source, event]);
}
