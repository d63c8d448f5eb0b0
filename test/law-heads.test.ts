// The count of people by hand: who is in which counter, what is added, and whose people a contract's scale is about
// (CNT-1 … CNT-11). The decided cases and the model say it of whole judgements; here each part answers for itself.

import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { classesOf, countedPeople, isCounted, reachedAt, scaleCounts } from "../src/law/counting.ts";
import { type LawFacts, withDefaults } from "../src/law/facts.ts";
import { inForceOn } from "../src/law/thresholds.ts";

const LAW = loadLawData("policies/law");
const YMD = "2026-06-01";
const factsOf = (facts: object): LawFacts => withDefaults({ at: `${YMD}T00:00:00+08:00`, ...facts });
const people = (facts: object, pi = true) => countedPeople(factsOf(facts), inForceOn(LAW, YMD), YMD, pi);

test.each([
  ["N0 A1 A2", false, false],
  ["E1 E2 E3 E4 E5 E6", false, true],
  ["E7 S1 S2 S3 S4 C1 C2 F1 H1 H2 I1", true, true],
] as const)("CNT-3, U-1: %s", (rules, byDefault, underTheSwitch) => {
  for (const rule of rules.split(" ")) {
    expect([rule, isCounted(rule, false), isCounted(rule, true)]).toEqual([rule, byDefault, underTheSwitch]);
  }
});

describe("CNT-2, CNT-4, U-3: the counters of one person", () => {
  const data = (more: object) => factsOf({ data: { categories: ["name", "health"], sensitive: [], ...more } }).data;
  test.each([
    ["ordinary kinds", {}, { ns: true, s: false }, { ns: true, s: false }],
    ["both", { sensitive: ["health"] }, { ns: true, s: true }, { ns: false, s: true }],
    ["sensitive ones only", { sensitive: ["name", "health"] }, { ns: false, s: true }, { ns: false, s: true }],
    ["not known", { sensitive: "unknown" }, { ns: true, s: true }, { ns: false, s: true }],
    [
      "not known, of what either",
      { categories: [], sensitive: "unknown" },
      { ns: true, s: true },
      { ns: false, s: true },
    ],
    ["a child", { subjectsUnder14: true }, { ns: false, s: true }, { ns: false, s: true }],
    [
      "a child, kinds not known",
      { subjectsUnder14: true, sensitive: "unknown" },
      { ns: false, s: true },
      { ns: false, s: true },
    ],
  ] as const)("%s", (_, more, both, one) => {
    expect(classesOf(data(more), true)).toEqual(both);
    expect(classesOf(data(more), false)).toEqual(one);
  });
});

describe("without counts and history: one new person", () => {
  const NOBODY = { nonSensitive: 0, sensitive: 0 };
  test.each([
    ["ordinary kinds", {}, { nonSensitive: 1, sensitive: 0 }],
    [
      "sensitive kinds",
      { data: { categories: ["name", "health"], sensitive: ["health"] } },
      { nonSensitive: 1, sensitive: 1 },
    ],
    [
      "sensitive kinds in one counter",
      { data: { categories: ["name", "health"], sensitive: ["health"] }, policy: { countBothKinds: false } },
      { nonSensitive: 0, sensitive: 1 },
    ],
    ["ordinary kinds in one counter", { policy: { countBothKinds: false } }, { nonSensitive: 1, sensitive: 0 }],
  ])("%s", (_, facts, after) => {
    expect(people(facts)).toEqual({ before: NOBODY, after });
    expect(people(facts, false)).toEqual({ before: NOBODY, after: NOBODY });
  });

  test("counts that are given are both", () => {
    const counts = { nonSensitive: 7, sensitive: 8 };
    expect(people({ counts })).toEqual({ before: counts, after: counts });
  });
});

describe("from history", () => {
  const past = (from: number, to: number, more: object = {}) => ({
    ...{ at: "2026-02-01T00:00:00+08:00", subjects: [from, to], classes: ["NS"], route: "C1", ...more },
  });
  const added = (history: object[], more: object = {}) => people({ history, subjects: [1000, 1009], ...more });

  test("who comes now is after, not before", () => {
    expect(added([past(0, 9)])).toEqual({
      before: { nonSensitive: 10, sensitive: 0 },
      after: { nonSensitive: 20, sensitive: 0 },
    });
  });

  test("subjects alone are history's end", () => {
    expect(people({ subjects: [0, 2] })).toEqual({
      before: { nonSensitive: 0, sensitive: 0 },
      after: { nonSensitive: 3, sensitive: 0 },
    });
    expect(people({ history: [past(0, 4)] }).after.nonSensitive).toBe(6);
  });

  test("both kinds: in both counters, or in the sensitive one", () => {
    const both = [past(0, 9, { classes: ["NS", "S"] }), past(20, 24), past(30, 31, { classes: ["S"] })];
    expect(added(both).before).toEqual({ nonSensitive: 15, sensitive: 12 });
    expect(added(both, { policy: { countBothKinds: false } }).before).toEqual({ nonSensitive: 5, sensitive: 12 });
  });

  test("another handler's, another year's, what was blocked, what was exempt: not in it", () => {
    const others = [
      past(0, 9, { handlerId: "H2" }),
      past(10, 19, { at: "2025-12-31T23:59:59+08:00" }),
      past(20, 29, { status: "blocked" }),
      past(30, 39, { route: "E2" }),
      past(40, 49, { route: "N0" }),
    ];
    expect(added(others).before.nonSensitive).toBe(0);
    expect(added(others, { policy: { countExemptTransfers: true } }).before.nonSensitive).toBe(10);
    const { route: _, ...unsaid } = past(50, 52);
    expect(added([...others, unsaid, past(60, 61, { at: "2026-01-01T00:00:00+08:00" })]).before.nonSensitive).toBe(5);
  });
});

describe("whose people a scale is about", () => {
  const reached = (recipients: string[], nonSensitive: number) => ({ recipients, nonSensitive, sensitive: 1 });
  const scale = (facts: object, recipients: string[] | undefined, pi = true) =>
    scaleCounts(factsOf(facts), inForceOn(LAW, YMD), YMD, pi, recipients === undefined ? {} : { recipients });
  const past = (from: number, to: number, recipient?: string) => ({
    ...{ at: "2026-02-01T00:00:00+08:00", subjects: [from, to], classes: ["NS"], route: "C1" },
    ...(recipient === undefined ? {} : { recipient }),
  });

  test("the counts of exactly these recipients, in any order", () => {
    const facts = factsOf({ reached: [reached(["A", "C"], 1), reached(["A", "B", "C"], 2), reached(["B", "A"], 3)] });
    expect(reachedAt(facts, ["A", "B"])).toEqual(reached(["B", "A"], 3));
    expect(reachedAt(facts, ["A"])).toBeNull();
    expect(reachedAt(facts, ["B", "C"])).toBeNull();
    expect(reachedAt(facts, ["D", "E"])).toBeNull();
  });

  test("a scope that names nobody is about all", () => {
    expect(scale({ reached: [reached(["R1"], 3)] }, undefined)).toBeNull();
  });

  test("what is given goes before history; counts that are given leave nothing to work out", () => {
    const history = [past(0, 9, "R1")];
    expect(scale({ reached: [reached(["R1"], 3)], history }, ["R1"])).toEqual(reached(["R1"], 3));
    expect(scale({ reached: [reached(["R2"], 3)], history }, ["R1"])).toEqual({ nonSensitive: 11, sensitive: 0 });
    expect(scale({ history, counts: { nonSensitive: 50, sensitive: 0 } }, ["R1"])).toBeNull();
    expect(scale({}, ["R1"])).toBeNull();
  });

  test("who comes now is one of them only where he or she goes to them, and is somebody", () => {
    const history = [past(0, 9, "R1"), past(10, 14, "R2"), past(20, 21)];
    expect(scale({ history }, ["R1"])).toEqual({ nonSensitive: 13, sensitive: 0 });
    expect(scale({ history }, ["R1"], false)).toEqual({ nonSensitive: 12, sensitive: 0 });
    expect(scale({ history }, ["R2"])).toEqual({ nonSensitive: 7, sensitive: 0 });
    expect(scale({ history, flow: { recipient: "R2" } }, ["R2"])).toEqual({ nonSensitive: 8, sensitive: 0 });
  });
});
