// Stores that live as long as the process: for tests and trials. Durable means "in this process" here.

import { createConsentStore } from "../embedded/consent.ts";
import { createDraft } from "../embedded/draft.ts";
import { createPeopleCounter, NOTHING_SAVED } from "../embedded/people.ts";
import { createRegister } from "../embedded/register.ts";
import type { Stores } from "../stores.ts";

export function openMemoryStores(): Stores {
  const documents = createDraft({ get: () => undefined });
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
