// ConsentStore over documents. History is append-only; a person's document is its fold (recording.ts).
// Law: what is at hand of a person is forgotten before a write about that person is acknowledged: a withdrawal holds
// from then on. Memory does not grow with what was recorded.

import { LRUCache } from "lru-cache";
import type { ConsentState, PersonKey } from "../../../words.ts";
import type { ConsentStore, ConsentWrite, ConsentWritten } from "../../ports.ts";
import type { DocumentEngine } from "./documents.ts";
import { assertFoldable } from "./fold.ts";
import { createLanes } from "./lanes.ts";
import { nearest } from "./person.ts";
import { cursorOf, eventsIn, membersIn, resolveIn } from "./recording.ts";
import { createUnderway } from "./underway.ts";

/** People whose folded state is kept at hand: a read from LMDB and its decoding cost ten times as much. */
const AT_HAND_MAX = 20_000;

/** In one commit. More are hardly faster, and crossings wait meanwhile: these take 3 ms of the thread. */
const WRITES_MAX = 256;

/** On their way: while the disk has one, the next are worked out, and go to it together. */
const COMMITS_MAX = 4;

interface AtHand {
  readonly exporter: string;
  readonly person: PersonKey;
  readonly states: readonly ConsentState[];
}

export function createConsentStore(engine: DocumentEngine): ConsentStore {
  // By the key alone, which is nearly always one exporter's: joining names for each look costs more than looking.
  const atHand = new LRUCache<PersonKey, AtHand>({ max: AT_HAND_MAX });
  let cursor: string | null = null;
  const record = createUnderway(engine);
  const commit = async (writes: readonly ConsentWrite[]): Promise<readonly ConsentWritten[]> => {
    try {
      const { written, touched } = await record(writes);
      for (const key of touched) atHand.delete(key);
      return written;
    } catch (error) {
      // nobody knows what of it is on disk
      atHand.clear();
      throw error;
    } finally {
      cursor = null;
    }
  };
  const lanes = createLanes(commit, { worksMax: WRITES_MAX, commitsMax: COMMITS_MAX });
  const look = (exporter: string, key: PersonKey): AtHand => {
    const known = atHand.get(key);
    if (known?.exporter === exporter) return known;
    const person = resolveIn(engine, exporter, key);
    const found = { exporter, person, states: engine.get("person", exporter, person)?.states ?? [] };
    atHand.set(key, found);
    return found;
  };

  return {
    async record(event) {
      assertFoldable(event);
      const [written] = await lanes.urgent([{ event }]);
      return { ...written!, state: written!.state! };
    },
    async recordAll(writes) {
      for (const { event } of writes) if (event !== undefined) assertFoldable(event);
      return lanes.patient(writes);
    },
    async link(exporter, key, alias) {
      if (resolveIn(engine, exporter, key) === resolveIn(engine, exporter, alias)) return false;
      const [written] = await lanes.urgent([{ same: { exporter, keys: [key, alias] } }]);
      if (written!.refused !== undefined) throw new RangeError(`these are not linked: ${written!.refused}`);
      return written!.merged;
    },
    resolve: (exporter, key) => look(exporter, key).person,
    members: (exporter, person) => membersIn(engine, exporter, person),
    state: (exporter, person, recipient, purpose) => nearest(look(exporter, person).states, recipient, purpose),
    history: (exporter, person) => eventsIn(engine, exporter, person).map(({ event }) => event),
    cursor() {
      cursor ??= String(cursorOf(engine));
      return cursor;
    },
  };
}
