// A match as closures. Law of this file: what depends on the way alone is settled once per way, so that a policy of ten
// thousand rules costs a crossing only those that can still match; members are AND, a list is OR (docs/policy.md).

import { matcherOf } from "../../../flow/pattern.ts";
import type { Case, Flow, Match } from "../../../words.ts";
import { kindsOf, meet } from "../../kinds.ts";
import { seenOf } from "../../seen.ts";

export type Test = (c: Case) => boolean;

/** What is left to ask of a Case of this way: all of them must hold. null: it cannot match here. */
export function specialise(match: Match, flow: Flow): readonly Test[] | null {
  if (!isOnWay(match, flow)) return null;
  const tests = testsOf(match);
  if (match.any !== undefined) {
    const ways = match.any.map((one) => specialise(one, flow)).filter((one) => one !== null);
    if (ways.length === 0) return null;
    if (ways.every((one) => one.length > 0)) tests.push((c) => ways.some((one) => all(one, c)));
  }
  if (match.not !== undefined) {
    const refused = specialise(match.not, flow);
    if (refused?.length === 0) return null;
    if (refused !== null) tests.push((c) => !all(refused, c));
  }
  return tests;
}

export function all(tests: readonly Test[], c: Case): boolean {
  for (const test of tests) if (!test(c)) return false;
  return true;
}

function isOnWay(match: Match, flow: Flow): boolean {
  return (
    allows(match.exporter, flow.exporter) &&
    allows(match.destination, flow.destination) &&
    allows(match.recipient, flow.recipient) &&
    allows(match.country, flow.country) &&
    allows(match.purpose, flow.purpose) &&
    allows(match.operation, flow.operation) &&
    allows(match.provider, flow.provider) &&
    allows(match.caller, flow.caller)
  );
}

function allows<T>(list: readonly T[] | undefined, value: T): boolean {
  return list === undefined || list.includes(value);
}

function testsOf({ model, piAny, pi, sensitive, minor, declared, people }: Match): Test[] {
  const tests: Test[] = [];
  if (pi !== undefined) tests.push((c) => seenOf(c).personal === pi);
  if (piAny !== undefined) {
    const kinds = kindsOf(piAny);
    tests.push((c) => meet(kinds, seenOf(c).kinds));
  }
  if (sensitive !== undefined) tests.push((c) => seenOf(c).sensitive === sensitive);
  if (minor !== undefined) tests.push((c) => seenOf(c).minor === minor);
  if (declared !== undefined) tests.push((c) => c.flow.declared.length > 0 === declared);
  if (people !== undefined) {
    const { min = 0, max = Number.POSITIVE_INFINITY } = people;
    tests.push(({ individuals: { length } }) => length >= min && length <= max);
  }
  if (model !== undefined) {
    const matches = model.map(matcherOf);
    tests.push(({ flow }) => flow.model !== null && matches.some((one) => one(flow.model!)));
  }
  return tests;
}
