// Whom a crossing would count anew. Law: in steady state nobody, and then the store is not called at all.

import type { Judged } from "../gate.ts";
import type { Admission, CountKey, Individual } from "../words.ts";

/** Steady state: a person already counted this year needs no store call. */
export function notYetCounted({ case: { individuals }, decision: { legal } }: Judged): readonly Admission[] {
  if (legal.admissions.length === 0) return legal.admissions;
  const countedOf = byKey(individuals);
  return legal.admissions.filter(({ key, nonSensitive, sensitive }) => {
    const already = countedOf(key);
    return !already?.gross || (nonSensitive && !already.nonSensitive) || (sensitive && !already.sensitive);
  });
}

/** A map only where there are several: most crossings are about one person. */
function byKey(individuals: readonly Individual[]): (key: CountKey) => Individual["counted"] | undefined {
  if (individuals.length === 1)
    return (key) => (individuals[0]!.countKey === key ? individuals[0]!.counted : undefined);
  const counted = new Map(individuals.map((person) => [person.countKey, person.counted]));
  return (key) => counted.get(key);
}
