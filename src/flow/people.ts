// The individuals that a crossing is about, once the facts have joined aliases. Law: one person, one Individual.

import type { Facts, Finding, Flow, Individual, Keys, Orders, PersonKey } from "../words.ts";

const NOBODY: ReadonlySet<PersonKey> = new Set();

/**
 * @param handler whose year the people are counted in. In order of first sight. The declared subject is here only if
 * found. @param minors indexes of findings that say of somebody that he or she is under fourteen.
 */
export function individualsOf(
  flow: Flow,
  handler: string,
  facts: Facts,
  keys: Keys,
  minors: readonly number[],
): Individual[] {
  const personOf = (key: PersonKey) => facts.people.get(key)?.person ?? key;
  const declared = flow.declared.map(personOf);
  const unlinked = flow.unlinked === undefined ? NOBODY : new Set(flow.unlinked);
  const individual = (person: PersonKey, findings: readonly number[]): Individual => {
    const known = facts.people.get(flow.keyOf[findings[0]!]!);
    const one: Individual = {
      person: unlinked.has(person) ? null : person,
      key: person,
      countKey: known?.countKey ?? keys.count(handler, flow.year, person),
      declared: declared.includes(person),
      counted: known?.counted ?? { nonSensitive: false, sensitive: false, gross: false },
      consent: known?.consent ?? null,
      findings,
    };
    return minors.length > 0 && findings.some((i) => minors.includes(i)) ? { ...one, minor: true } : one;
  };
  // One finding is one person's: no grouping.
  if (flow.keyOf.length === 1) return flow.keyOf[0] === null ? [] : [individual(personOf(flow.keyOf[0]!), [0])];
  const byPerson = new Map<PersonKey, number[]>();
  flow.keyOf.forEach((key, finding) => {
    if (key === null) return;
    const person = personOf(key);
    const mine = byPerson.get(person);
    if (mine === undefined) byPerson.set(person, [finding]);
    else mine.push(finding);
  });
  return [...byPerson].map(([person, findings]) => individual(person, findings));
}

/**
 * Whose each finding is says nothing of its value: in a subject's record all is the subject's. Only of the kinds that a
 * release excuses value by value; undefined: none does.
 */
export function valueKeysOf(
  { releases }: Orders,
  findings: readonly Finding[],
  handler: string,
  keys: Keys,
): readonly (PersonKey | null)[] | undefined {
  const asked = new Set<string>();
  for (const { lifts } of releases)
    for (const lift of lifts) if (lift.of === "false-finding" && lift.values !== undefined) asked.add(lift.type);
  if (asked.size === 0) return undefined;
  return findings.map(({ type, original }) => (asked.has(type) ? keys.person(handler, type, original.reveal()) : null));
}
