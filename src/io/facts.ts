// The one load between the pure halves, from stores whose reads are memory reads: synchronous, and never stale.

import type { Facts, FactsAsk, Keys, Orders, PersonFacts, PersonKey } from "../words.ts";
import type { ConsentStore, PeopleCounter } from "./ports.ts";

/** Narrower than FactsLoader: it answers at once. Throws GateError store_unavailable when a store cannot be read. */
export interface EmbeddedFactsLoader {
  load(ask: FactsAsk): Facts;
}

/**
 * @param ask.exporter the handler whose count applies (CNT-7), as flow says.
 * @param orders what stands: a look at memory.
 * The cursor is read before anything else: the facts are at least as new as `asOf`.
 */
export function createFactsLoader(
  consent: ConsentStore,
  people: PeopleCounter,
  keys: Keys,
  orders: () => Orders | undefined = NOBODY_ORDERS,
): EmbeddedFactsLoader {
  return {
    load({ exporter, recipient, purpose, year, identifiers, scopes }) {
      const asOf = consent.cursor();
      const factsOf = (person: PersonKey): PersonFacts => {
        const countKey = keys.count(exporter, year, person);
        const counted = people.counted(exporter, year, countKey);
        return { person, countKey, counted, consent: consent.state(exporter, person, recipient, purpose) };
      };
      const byKey = new Map<PersonKey, PersonFacts>();
      if (identifiers.length === 1) {
        byKey.set(identifiers[0]!, factsOf(consent.resolve(exporter, identifiers[0]!)));
      } else {
        const byPerson = new Map<PersonKey, PersonFacts>();
        for (const key of identifiers) {
          const person = consent.resolve(exporter, key);
          const facts = byPerson.get(person) ?? factsOf(person);
          byPerson.set(person, facts);
          byKey.set(key, facts);
        }
      }
      return { people: byKey, counts: people.counts(exporter, year, scopes), asOf, stale: false, orders: orders() };
    },
  };
}

const NOBODY_ORDERS = (): undefined => undefined;
