// A Case as the law's facts, one individual at a time. Law of this file: classes and counts are those of the original
// findings (PS-1, PS-2); only what leaves in the clear looks at what is hidden (PS-3). What is taken out for good is no
// longer looked at (U-15), but whoever it was about stays somebody: without a proof nobody becomes no PI.

import { classesOf } from "../law/counting.ts";
import type { DataFacts, LawConsent, LawFacts } from "../law/facts.ts";
import { DEFAULTS } from "../law/facts.ts";
import type { Case, ConsentState, Individual, PiType } from "../words.ts";
import type { CountsAfter } from "./counts.ts";
import { isPersonal } from "./personal.ts";
import type { RouteFacts } from "./route-facts.ts";

/** An individual with what is about him or her. */
export interface Person {
  readonly individual: Individual;
  /** Indexes of the findings that are personal information, in document order. */
  readonly findings: readonly number[];
  readonly data: DataFacts;
  readonly classes: { readonly ns: boolean; readonly s: boolean };
}

const NO_PI: DataFacts = { ...DEFAULTS.data, containsPI: false, categories: [] };

/**
 * The individuals that something in the payload is about.
 * @throws TypeError when a finding that is personal belongs to nobody: it would go uncounted.
 */
export function peopleOf(c: Case, way: RouteFacts): readonly Person[] {
  const owned = new Array<boolean>(c.findings.length);
  const people: Person[] = [];
  for (const individual of c.individuals) {
    const findings = individual.findings.filter((i) => isPersonal(c.findings[i]!));
    if (findings.length === 0) continue;
    if (findings.length > 1) findings.sort((a, b) => a - b);
    for (const i of findings) owned[i] = true;
    const data = dataOf(c, individual, findings, way);
    people.push({ individual, findings, data, classes: classesOf(data, way.switches.countBothKinds) });
  }
  if (c.findings.some((finding, i) => isPersonal(finding) && owned[i] !== true)) {
    throw new TypeError("a finding belongs to no individual");
  }
  return people;
}

function dataOf(c: Case, { minor }: Individual, all: readonly number[], way: RouteFacts): DataFacts {
  const { removed, proof } = c;
  const gone = removed !== undefined && way.switches.removalReclassifies;
  const findings = gone ? all.filter((i) => !removed.has(i)) : all;
  const categories = kindsOf(c, findings, () => true);
  const inClear = c.hidden.size === 0 ? categories : kindsOf(c, findings, (i) => !c.hidden.has(i));
  const hidden = inClear === categories ? NONE : categories.filter((type) => !inClear.includes(type));
  // written out: a spread of the defaults for everybody in a body costs more than the law's answer
  return {
    containsPI: true,
    // PS-7: with the proof and a clean second look, what leaves counts as anonymised
    form: proof !== undefined ? "anonymised" : hidden.length > 0 ? "pseudonymised" : "plain",
    anonymisationProven: proof !== undefined,
    pseudonymisedCategories: hidden,
    importance: way.importance,
    origin: way.origin,
    domesticMixedIn: false,
    categories,
    sensitive: kindsOf(c, findings, (i) => c.findings[i]!.sensitive),
    subjectsUnder14: minor === true,
    neededForPurpose: way.neededForPurpose,
  };
}

const NONE: readonly PiType[] = [];

/** The kinds of those findings that `counts` says yes to, each once, in order. */
function kindsOf(c: Case, findings: readonly number[], counts: (i: number) => boolean): readonly PiType[] {
  // Lists and not sets: there are a dozen kinds at most, and mostly one.
  let kinds = NONE;
  for (const i of findings) {
    const { type } = c.findings[i]!;
    if (counts(i) && !kinds.includes(type)) kinds = [...kinds, type];
  }
  return kinds;
}

/** @param person null: nothing personal was found. */
export function factsOf(c: Case, way: RouteFacts, counts: CountsAfter, person: Person | null): LawFacts {
  // data that are important are so without anybody in them (I1)
  const data = person?.data ?? { ...NO_PI, importance: way.importance, origin: way.origin };
  const isSensitive = data.subjectsUnder14 || data.sensitive.length > 0;
  return {
    at: c.at,
    exporter: way.exporter,
    flow: way.flow,
    data,
    basis: way.basis,
    ftz: DEFAULTS.ftz,
    gba: way.gba,
    counts: counts.all,
    history: null,
    subjects: null,
    reached: counts.reached,
    mechanisms: way.mechanisms,
    consent: consentOf(person?.individual.consent ?? null, c.at),
    notice: { missing: isSensitive ? way.noticeMissing.sensitive : way.noticeMissing.ordinary },
    pipia: {
      done: way.assessed,
      // A pseudonym does not cure a missing impact assessment (PS-4), so all kinds found must be covered.
      coversScenario: way.pipias.some(({ types }) => isWithin(data.categories, types)),
    },
    policy: way.switches,
  };
}

/** A state that is not granted is a withdrawal that already binds, whatever its date. */
function consentOf(state: ConsentState | null, at: string): LawConsent | null {
  if (state === null) return null;
  return {
    recipients: [state.recipient],
    purposes: [state.purpose],
    categories: state.types,
    sensitiveCategories: state.sensitiveTypes,
    separate: state.separate,
    guardian: state.guardian,
    sensitiveNotice: state.sensitiveNotice,
    givenAt: state.givenAt,
    withdrawnAt: state.granted ? state.withdrawnAt : at,
    validUntil: state.validUntil,
  };
}

/** What the way rests on, with the impact assessment that covers everybody, if one does. */
export function papersOf({ pipias, papers }: RouteFacts, people: readonly Person[]): readonly string[] {
  if (people.length === 0) return papers;
  const covering = pipias.find(({ types }) => people.every(({ data }) => isWithin(data.categories, types)));
  return covering?.papers ?? papers;
}

function isWithin(categories: readonly PiType[], types: readonly PiType[]): boolean {
  for (const category of categories) if (!types.includes(category)) return false;
  return true;
}

/**
 * What each zone's list says of these kinds: where several zones are entered the law is asked for each, and the
 * strictest answer counts. A registration without activity in its zone says nothing (Provisions Art. 6).
 */
export function zonesOf({ zones }: RouteFacts, { data }: Pick<Person, "data">): readonly LawFacts["ftz"][] {
  const results = zones.filter((zone) => zone.activityInZone).map((zone) => zone.resultOf(data.categories));
  if (results.length === 0) return [DEFAULTS.ftz];
  return [...new Set(results)].map((result) => ({ registered: true, activityInZone: true, result }));
}
