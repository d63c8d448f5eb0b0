// What the rules of the order look at: the facts, and what follows from them without any rule.

import type { LawData, Outcome } from "../words.ts";
import { isMadeOut } from "./basis.ts";
import { countedPeople } from "./counting.ts";
import type { LawFacts, YearCounts } from "./facts.ts";
import { type InForce, inForceOn } from "./thresholds.ts";
import { beijingDate, epochMs } from "./year.ts";

export interface Situation {
  readonly facts: LawFacts;
  readonly law: InForce;
  readonly atMs: number;
  /** The Beijing date of the transfer. */
  readonly ymd: string;
  /** Personal information leaves: not absent, not anonymised with proof (A1, A2). */
  readonly pi: boolean;
  /** The payload holds sensitive PI by its original class; unknown counts as sensitive. */
  readonly sensitive: boolean;
  /** Unknown counts as yes. */
  readonly ciio: boolean;
  /** The claimed legal basis is supported by its details. */
  readonly basisMadeOut: boolean;
  /** Statutory-year counts with this transfer added, and without it. */
  readonly counts: YearCounts;
  readonly countsBefore: YearCounts;
}

/** A line of the order: first match wins. */
export interface Route {
  readonly rule: string;
  readonly outcome: Outcome;
  readonly basis: string;
  readonly when: (s: Situation) => boolean;
}

/** @throws TypeError on an instant that is none, or law data without meaning. */
export function situationOf(facts: LawFacts, data: LawData): Situation {
  const atMs = epochMs(facts.at);
  const ymd = beijingDate(atMs);
  const law = inForceOn(data, ymd);
  const { form, anonymisationProven, containsPI, sensitive, subjectsUnder14 } = facts.data;
  const pi = containsPI && !(form === "anonymised" && anonymisationProven);
  const isSensitive = pi && (subjectsUnder14 || sensitive === "unknown" || sensitive.length > 0);
  const people = countedPeople(facts, law, ymd, pi);
  return {
    facts,
    law,
    atMs,
    ymd,
    pi,
    sensitive: isSensitive,
    ciio: facts.exporter.ciio !== false,
    basisMadeOut: isMadeOut(facts.basis, facts.policy.hrRequireBoth),
    counts: people.after,
    countsBefore: people.before,
  };
}
