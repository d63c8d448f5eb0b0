// The facts of a case, straight from its fixtures.
// Law: what stores would say of these people and counts, and nothing else.

import type { Person } from "../../io/policy/people.ts";
import type { ConsentState, Facts, FactsAsk, Keys, PersonFacts, PersonKey } from "../../words.ts";
import type { Case } from "./suite.ts";

/** What the stores know at that instant. @param at ISO 8601 UTC. @param volume people counted before. */
export interface Known {
  readonly at: string;
  readonly fixtures: Iterable<Person>;
  readonly volume: Case["volume"];
  /** Names of fixtures who are counted already. Absent: nobody. */
  readonly counted?: readonly string[];
  readonly stale?: boolean;
}

/** @param ask.exporter the handler whose people these are. */
export function factsOf(
  ask: FactsAsk,
  { at, fixtures, volume, counted = [], stale = false }: Known,
  keys: Keys,
): Facts {
  const known = new Map<PersonKey, Person>();
  for (const one of fixtures)
    if (one.exporter === ask.exporter)
      for (const { type, value } of one.aliases) known.set(keys.person(one.exporter, type, value), one);
  const people = new Map<PersonKey, PersonFacts>();
  for (const key of ask.identifiers) {
    const one = known.get(key);
    const [first] = one?.aliases ?? [];
    const person = first === undefined ? key : keys.person(ask.exporter, first.type, first.value);
    const is = one !== undefined && counted.includes(one.name);
    const consent = one === undefined ? null : consentOf(one, ask, at);
    people.set(key, { person, counted: { nonSensitive: is, sensitive: is, gross: is }, consent });
  }
  const { nonSensitive, sensitive, gross = nonSensitive + sensitive, opened } = volume;
  const counts = { nonSensitive, sensitive, gross, ...(opened === false ? {} : { opened: true as const }) };
  return { people, counts, asOf: "test", stale };
}

/**
 * For the asked recipient and purpose, else the nearest: the same recipient, then the same purpose, then any.
 * What is given or withdrawn after that instant has not been heard of.
 */
function consentOf({ name, consents }: Person, { recipient, purpose }: FactsAsk, at: string): ConsentState | null {
  const nearness = (c: (typeof consents)[number]) =>
    (c.recipient === recipient ? 2 : 0) + (c.purpose === purpose ? 1 : 0);
  const [nearest] = consents
    .filter((c) => c.givenAt <= at)
    .sort((a, b) => nearness(b) - nearness(a) || (a.givenAt < b.givenAt ? 1 : -1));
  if (nearest === undefined) return null;
  const withdrawnAt = nearest.withdrawnAt !== null && nearest.withdrawnAt <= at ? nearest.withdrawnAt : null;
  return { ...nearest, receipt: `test/${name}`, granted: withdrawnAt === null, withdrawnAt };
}
