// src/law against a second reading of the law, slow and obvious, that was written from law.md without looking at it
// (test/model). Where the two disagreed, cases.jsonl says who was wrong. A million cases: `npm run law:compare`.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { REASONS } from "../src/law/reasons.ts";
import { ROUTES } from "../src/law/routes.ts";
import { SWITCH_DEFAULTS } from "../src/law/switches.ts";
import type { LawData } from "../src/words.ts";
import { compareCases, type Disagreement, judgeByLaw, type Met, smallest } from "./model/compare.ts";
import { caseOf, SWITCHES } from "./model/generate.ts";
import { judge } from "./model/law.ts";

const LAW = loadLawData("policies/law");
const CASES = 20_000;

interface LawCase {
  readonly id: string;
  readonly facts: object;
  readonly expect: Readonly<Record<string, unknown>>;
}

function casesOf(file: string): readonly (readonly [string, LawCase])[] {
  const lines = readFileSync(new URL(file, import.meta.url), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as LawCase).map((one) => [one.id, one]);
}

/** What an answer has of the members that a case states; lists in one order. */
function stated(expected: LawCase["expect"], answer: object): object {
  const members = Object.entries(answer).filter(([name]) => name in expected);
  return Object.fromEntries(members);
}

function inOrder({ basis: _, ...expected }: LawCase["expect"]): object {
  const entries = Object.entries(expected);
  return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value]));
}

describe("the model gives what is decided", () => {
  test.each(casesOf("law/cases.jsonl"))("%s", (_, { facts, expect: expected }) => {
    expect(stated(expected, judge(facts))).toEqual(inOrder(expected));
  });
});

describe("where the two disagreed", () => {
  test.each(casesOf("model/cases.jsonl"))("%s", (_, { facts, expect: expected }) => {
    expect(stated(expected, judge(facts))).toEqual(inOrder(expected));
    expect(stated(expected, judgeByLaw(facts, LAW))).toEqual(inOrder(expected));
  });
});

/** Stops where the first is found, looking a few cases further. */
function firstFound(seed: number, data: LawData, met: Met = new Map()): Disagreement | undefined {
  for (let from = 0; from < CASES; from += 200) {
    const [found] = compareCases(seed, from, from + 200, data, met);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("random cases", () => {
  const met: Met = new Map();
  test(`the two agree on ${CASES}`, () => {
    const found = firstFound(20261122, LAW, met);
    expect(found && smallest(found, LAW)).toBeUndefined();
  });

  test("they reach every rule, passed and blocked, and every reason and warning", () => {
    const alwaysOne = { N0: "ALLOW", A1: "ALLOW", A2: "ALLOW", X1: "BLOCK", X2: "BLOCK", X3: "BLOCK", X4: "BLOCK" };
    const answers = ROUTES.flatMap(({ rule }) => {
      const only = alwaysOne[rule as keyof typeof alwaysOne];
      return only === undefined ? [`${rule} ALLOW`, `${rule} BLOCK`] : [`${rule} ${only}`];
    });
    // The record of who a mechanism covers is kept outside of the law's facts.
    const reasons = Object.keys(REASONS).filter((code) => code !== "SCOPE_EXPORTER");
    const rare = [...answers, ...reasons, "SC_FILING_DUE", "SC_FILING_OVERDUE"].filter(
      (one) => (met.get(one) ?? 0) < 10,
    );
    expect(rare).toEqual([]);
  });

  test("they throw every switch", () => expect(SWITCHES.toSorted()).toEqual(Object.keys(SWITCH_DEFAULTS).sort()));

  test("a seed gives the same case again; another seed another", () => {
    expect(caseOf(3, 17)).toEqual(caseOf(3, 17));
    expect(caseOf(3, 17)).not.toEqual(caseOf(4, 17));
    expect(caseOf(3, 17)).not.toEqual(caseOf(3, 18));
  });
});

describe("a line moved by one person is found", () => {
  const moved = (name: string, by: number): LawData => ({
    ...LAW,
    revisions: LAW.revisions.map((one) => {
      const number = one.numbers[name];
      return number === undefined ? one : { ...one, numbers: { ...one.numbers, [name]: number + by } };
    }),
  });
  test.each([
    ["exemptBelow", 1],
    ["assessmentNonSensitive", 1],
    ["assessmentSensitive", -1],
    ["assessmentProcessed", 1],
    ["automotiveImportant", 1],
    ["windowYearsBack", 1],
    ["filingWorkingDays", -1],
    ["mechanismYears", 1],
  ])("%s %i", (name, by) => {
    expect(firstFound(1, moved(name, by))).toBeDefined();
  });

  test("and shown in facts of a line", () => {
    const data = moved("exemptBelow", 1);
    const { facts, model, law } = smallest(firstFound(1, data)!, data);
    expect(Object.keys(facts as object).length).toBeLessThanOrEqual(4);
    expect(JSON.stringify(facts).length).toBeLessThanOrEqual(300);
    expect(model).not.toEqual(law);
  });
});
