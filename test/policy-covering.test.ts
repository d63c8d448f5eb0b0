// What is shown of a match holds of every Case: decide's own reading of a match is asked, on random matches and Cases.

import fc from "fast-check";
import { expect, test } from "vitest";
import { all, specialise } from "../src/decide/rules/policy/match.ts";
import { coverageOf } from "../src/io/policy/covering.ts";
import type { Case, Match } from "../src/words.ts";
import { caseOf, finding, individual } from "./decide/cases.ts";

const TYPES = ["cn-mobile", "bank-card", "uscc"];
const MODELS = ["claude-3", "claude-3-5", "gpt-4"];

function some<T>(...values: T[]): fc.Arbitrary<T[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
}

const leaf = {
  caller: some("app", "batch"),
  purpose: some("support", "ads"),
  operation: some("inference" as const, "training" as const),
  model: some("claude-*", "claude-3*", "gpt-4", "*"),
  piAny: some(...TYPES),
  pi: fc.boolean(),
  sensitive: fc.boolean(),
  minor: fc.boolean(),
  declared: fc.boolean(),
  people: fc.constantFrom({ min: 1 }, { max: 1 }, { min: 1, max: 2 }, { max: 0 }),
};
const innermost = fc.record(leaf, { requiredKeys: [] });
const nested = (inner: fc.Arbitrary<unknown>) =>
  fc.record({ ...leaf, any: fc.array(inner, { minLength: 1, maxLength: 2 }), not: inner }, { requiredKeys: [] });
/** Mostly few members: else hardly any match holds of anything. */
const thin = <T extends object>(match: fc.Arbitrary<T>): fc.Arbitrary<Match> =>
  fc
    .tuple(match, fc.infiniteStream(fc.nat(4)))
    .map(([m, dice]) =>
      Object.fromEntries(Object.entries(m).filter(([key]) => dice.next().value! < (/any|not/.test(key) ? 3 : 1))),
    ) as fc.Arbitrary<Match>;
const anyMatch = thin(nested(thin(nested(thin(innermost)))));
/** Two of which the one may be the other with members left out. */
const pair = anyMatch.chain((narrow) => fc.tuple(fc.oneof(anyMatch, thin(fc.constant(narrow))), fc.constant(narrow)));

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    types: fc.subarray(TYPES),
    minors: fc.array(fc.boolean(), { maxLength: 3 }),
    caller: fc.constantFrom("app", "batch"),
    purpose: fc.constantFrom("support", "ads"),
    operation: fc.constantFrom("inference" as const, "training" as const),
    model: fc.constantFrom(null, ...MODELS),
    declared: fc.boolean(),
  })
  .map(({ types, minors, declared, ...way }) => {
    const base = caseOf(types.map((type) => finding(type)));
    const key = { type: "id", value: "u", key: "p0" } as never;
    return {
      ...base,
      flow: { ...base.flow, ...way, declared: declared ? [key] : [] },
      individuals: minors.map((minor, i) => individual(i, [], minor ? { minor } : {})),
    };
  });

const matches = (match: Match, c: Case): boolean => {
  const tests = specialise(match, c.flow);
  return tests !== null && all(tests, c);
};
const { covers, alternatives } = coverageOf(["uscc"]);
const RUNS = { numRuns: 1000 };

test("what covers another matches every Case that the other matches", () => {
  let shown = 0;
  fc.assert(
    fc.property(pair, fc.array(anyCase, { minLength: 4, maxLength: 4 }), ([wide, narrow], cases) => {
      if (!covers(wide, narrow)) return;
      shown += cases.filter((c) => matches(narrow, c)).length;
      for (const c of cases) if (matches(narrow, c)) expect(matches(wide, c)).toBe(true);
    }),
    RUNS,
  );
  expect(shown).toBeGreaterThan(100);
});

test("what has no alternative matches no Case", () => {
  let shown = 0;
  fc.assert(
    fc.property(anyMatch, fc.array(anyCase, { minLength: 4, maxLength: 4 }), (match, cases) => {
      if (alternatives(match)?.length !== 0) return;
      shown += 1;
      for (const c of cases) expect(matches(match, c)).toBe(false);
    }),
    RUNS,
  );
  expect(shown).toBeGreaterThan(50);
});

test("a match covers itself, and what narrows it", () => {
  fc.assert(
    fc.property(anyMatch, (match) => {
      const once = { ...match };
      delete (once as { not?: Match }).not;
      expect(covers(once, once)).toBe(true);
      expect(covers({}, match)).toBe(true);
    }),
    RUNS,
  );
});

test.each<[string, Match, Match, boolean]>([
  ["a list within a list", { purpose: ["a", "b"] }, { purpose: ["a"] }, true],
  ["a list that is wider", { purpose: ["a"] }, { purpose: ["a", "b"] }, false],
  ["a pattern within a pattern", { model: ["claude-*"] }, { model: ["claude-3-*", "claude-2"] }, true],
  ["a pattern that is wider", { model: ["claude-3-*"] }, { model: ["claude-*"] }, false],
  ["a kind about somebody is PI", { pi: true }, { piAny: ["cn-mobile"] }, true],
  ["a kind that may be about nobody is not", { pi: true }, { piAny: ["cn-mobile", "uscc"] }, false],
  ["what is sensitive is PI", { pi: true }, { sensitive: true }, true],
  ["a minor is somebody", { people: { min: 1 } }, { minor: true }, true],
  ["each alternative", { pi: true }, { any: [{ sensitive: true }, { piAny: ["email"] }] }, true],
  ["not each alternative", { pi: true }, { any: [{ sensitive: true }, { minor: true }] }, false],
  ["some alternative of the wide one", { any: [{ pi: true }, { minor: true }] }, { sensitive: true }, true],
  ["what is excluded on the other side", { not: { purpose: ["a"] } }, { purpose: ["b"] }, true],
  ["what is excluded by flags", { not: { pi: false } }, { sensitive: true }, true],
  ["what is excluded by both", { not: { purpose: ["a"] } }, { not: { purpose: ["a", "b"] } }, true],
  ["what the other does not exclude", { not: { purpose: ["a", "b"] } }, { not: { purpose: ["a"] } }, false],
])("%s", (_, wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

test("too many alternatives: nothing is shown of them", () => {
  const many = { any: Array.from({ length: 65 }, (_, i) => ({ purpose: [`p${i}`] })) };
  expect(alternatives(many)).toBeNull();
  expect(covers({ pi: true }, many)).toBe(false);
});
