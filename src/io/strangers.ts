// Whom a crossing would count anew. Law: in steady state nobody, and then the store is not called at all.

import type { Judged } from "../gate.ts";
import { short } from "../record/short.ts";
import type { Admission, Case, Counted, CountKey, FirstSeen, Individual } from "../words.ts";

/** Steady state: a person already counted this year, and by this way, needs no store call. */
export function notYetCounted({ case: it, decision: { legal } }: Judged): readonly Admission[] {
  if (legal.admissions.length === 0) return legal.admissions;
  const countedOf = byKey(it.individuals);
  const strangers = legal.admissions.filter((admission) => !covers(countedOf(admission.key), admission));
  return strangers.some(({ key }) => !countedOf(key)?.gross) ? withFirstSight(it, strangers) : strangers;
}

/** Where those stand whom nobody has counted yet. */
function withFirstSight({ flow, findings, individuals }: Case, strangers: readonly Admission[]): readonly Admission[] {
  const places = new Map<CountKey, FirstSeen>();
  const namesakes = new Set(flow.namesakes);
  for (const { key, countKey, person, counted, findings: mine } of individuals) {
    const place = findings[mine[0]!];
    if (counted.gross || place === undefined) continue;
    const field = short(place.path, place.where === "file").replace(/(?<=\/)\d+(?=\/|$)/g, "*");
    const link = person !== null ? "linked" : namesakes.has(key) ? "namesake" : "unlinked";
    places.set(countKey, { app: flow.caller, field, link });
  }
  return strangers.map((admission) => {
    const first = places.get(admission.key);
    return first === undefined ? admission : { ...admission, first };
  });
}

/** Nothing about the person is new, and an entry has told it. Where nobody knows he is sent on: the store knows. */
function covers(counted: Counted | undefined, { recipient, by, nonSensitive, sensitive }: Admission): boolean {
  if (counted?.unnamed === true) return false;
  for (const way of counted?.ways ?? NO_WAYS) {
    if (way.recipient !== recipient || way.by !== by) continue;
    return (!nonSensitive || way.nonSensitive) && (!sensitive || way.sensitive);
  }
  return false;
}

const NO_WAYS: NonNullable<Counted["ways"]> = [];

/** A map only where there are several: most crossings are about one person. */
function byKey(individuals: readonly Individual[]): (key: CountKey) => Individual["counted"] | undefined {
  if (individuals.length === 1)
    return (key) => (individuals[0]!.countKey === key ? individuals[0]!.counted : undefined);
  const counted = new Map(individuals.map((person) => [person.countKey, person.counted]));
  return (key) => counted.get(key);
}
