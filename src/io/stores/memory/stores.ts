// Stores that live as long as the process: for tests and trials. Durable means "in this process" here.

import { createConsentStore } from "../embedded/consent.ts";
import type { Documents, Kind, Writer } from "../embedded/documents.ts";
import { createPeopleCounter, NOTHING_SAVED } from "../embedded/people.ts";
import { createRegister } from "../embedded/register.ts";
import type { Stores } from "../stores.ts";

export function openMemoryStores(): Stores {
  const documents = createDocuments();
  const people = createPeopleCounter(NOTHING_SAVED, async () => {});
  return {
    consent: createConsentStore({
      get: documents.get,
      write: async (action) => action(documents),
    }),
    people,
    register: createRegister([], async () => {}),
    close: async () => {},
  };
}

function createDocuments(): Writer {
  const byKind: { [K in Kind]: Map<string, Documents[K]> } = {
    alias: new Map(),
    person: new Map(),
    events: new Map(),
    seen: new Map(),
    meta: new Map(),
  };
  const keyOf = (first: string, second: string) => JSON.stringify([first, second]);
  return {
    get: (kind, first, second) => byKind[kind].get(keyOf(first, second)),
    put: (kind, first, second, document) => void byKind[kind].set(keyOf(first, second), document),
  };
}
