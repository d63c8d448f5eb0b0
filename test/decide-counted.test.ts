// The count of a Case, part by part: what it is after the crossing, of all and of some recipients; who is admitted as
// what; up to where a decision holds; when somebody is told. The whole decision is in decide-counts.test.ts.

import { describe, expect, test } from "vitest";
import { admissionsOf, countsAfter, type JudgedPerson, limitOf, nearing } from "../src/decide/counts.ts";
import type { Person } from "../src/decide/law-facts.ts";
import { lessOutside, outsideOf } from "../src/decide/outside.ts";
import type { Case, Counted, CountLimit, Legal, Policy } from "../src/words.ts";
import { caseOf, individual, policyOf } from "./decide/cases.ts";

const NEW: Counted = { nonSensitive: false, sensitive: false, gross: false };
const BOTH = { ns: true, s: true };
const way = (recipient: string | null, nonSensitive: boolean, sensitive: boolean) => ({
  recipient,
  by: null,
  nonSensitive,
  sensitive,
});

function person(n: number, counted: Partial<Counted> = {}, classes: Person["classes"] = BOTH): Person {
  return {
    individual: individual(n, [], { counted: { ...NEW, ...counted } }),
    findings: [],
    data: {} as never,
    classes,
  };
}
const counts = (nonSensitive: number, sensitive: number, scoped?: Case["counts"]["scoped"]) => ({
  ...{ nonSensitive, sensitive, gross: 0 },
  ...(scoped === undefined ? {} : { scoped }),
});
const caseWith = (more: Partial<Case>) => caseOf([], more);

describe("after the crossing (CNT-10)", () => {
  const countedAfter = (people: Person[], scoped?: Case["counts"]["scoped"], policy: Policy = policyOf()) =>
    countsAfter(caseWith({ counts: counts(100, 10, scoped), policy }), people, "shop");

  test.each<[string, Person[], { nonSensitive: number; sensitive: number }]>([
    ["nobody", [], { nonSensitive: 100, sensitive: 10 }],
    ["somebody new", [person(1)], { nonSensitive: 101, sensitive: 11 }],
    [
      "somebody who was counted",
      [person(1, { nonSensitive: true, sensitive: true })],
      { nonSensitive: 100, sensitive: 10 },
    ],
    ["… in one counter", [person(1, { nonSensitive: true })], { nonSensitive: 100, sensitive: 11 }],
    ["… in the other", [person(1, { sensitive: true })], { nonSensitive: 101, sensitive: 10 }],
    ["ordinary kinds only", [person(1, {}, { ns: true, s: false })], { nonSensitive: 101, sensitive: 10 }],
    ["sensitive kinds only", [person(1, {}, { ns: false, s: true })], { nonSensitive: 100, sensitive: 11 }],
    ["two, and one of them twice", [person(1), person(2), person(1)], { nonSensitive: 102, sensitive: 12 }],
  ])("%s", (_, people, all) => expect(countedAfter(people)).toEqual({ all, reached: [] }));

  const HERE = { recipients: ["acme", "other"], nonSensitive: 50, sensitive: 5 };
  const THERE = { recipients: ["other"], nonSensitive: 7, sensitive: 7 };
  test.each<[string, Person[], number, number]>([
    ["nobody", [], 50, 5],
    ["somebody of whom no way is known", [person(1)], 51, 6],
    ["two of them, one twice", [person(1), person(2), person(2)], 52, 7],
    [
      "somebody counted, but by other ways",
      [person(1, { nonSensitive: true, sensitive: true, ways: [way("far", true, true)] })],
      51,
      6,
    ],
    ["who came to one of them", [person(1, { ways: [way("far", true, true), way("other", true, true)] })], 50, 5],
    ["… with ordinary kinds", [person(1, { ways: [way("acme", true, false)] })], 50, 6],
    ["… with sensitive kinds", [person(1, { ways: [way("acme", false, true)] })], 51, 5],
    ["… nobody knows to whom", [person(1, { ways: [way(null, true, true)] })], 50, 5],
    ["… exempt: gross only", [person(1, { ways: [way("acme", false, false)] })], 51, 6],
    ["ordinary kinds only", [person(1, {}, { ns: true, s: false })], 51, 5],
    ["sensitive kinds only", [person(1, {}, { ns: false, s: true })], 50, 6],
    ["no kinds, no ways", [person(1, {}, { ns: false, s: false })], 50, 5],
  ])("of some recipients: %s", (_, people, nonSensitive, sensitive) => {
    const { reached } = countedAfter(people, [HERE, THERE]);
    expect(reached).toEqual([{ recipients: HERE.recipients, nonSensitive, sensitive }, THERE]);
    // what it does not go to stays as it was
    expect(reached[1]).toBe(THERE);
  });

  test("declared flows past the gate are in each, by where they go", () => {
    const flow = (recipient: string, nonSensitive: number, sensitive: number) => ({
      ...{ id: `f-${recipient}`, name: "f", exporter: "shop", recipient, purpose: "support", kinds: [], owner: "x" },
      peopleAYear: { nonSensitive, sensitive },
    });
    const acme = policyOf().recipients.get("acme")!;
    const recipients = new Map(
      ["acme", "other", "home"].map((id) => [id, { ...acme, id, country: id === "home" ? "CN" : "US" }]),
    );
    const outsideFlows = [
      flow("acme", 1000, 100),
      flow("other", 2000, 200),
      flow("home", 4000, 400),
      flow("unknown", 8000, 800),
    ];
    const policy = policyOf({ recipients, outsideFlows });
    expect(countedAfter([person(1)], [HERE, THERE], policy)).toEqual({
      all: { nonSensitive: 101 + 11_000, sensitive: 11 + 1_100 },
      reached: [
        { recipients: HERE.recipients, nonSensitive: 51 + 3000, sensitive: 6 + 300 },
        { recipients: ["other"], nonSensitive: 7 + 2000, sensitive: 7 + 200 },
      ],
    });
    expect(outsideOf(policy, "somebody-else")).toEqual({ nonSensitive: 0, sensitive: 0 });
    expect(outsideOf(policyOf(), "shop")).toEqual({ nonSensitive: 0, sensitive: 0 });
    const limit: CountLimit = { nonSensitive: 20_000, sensitive: null };
    expect(lessOutside(limit, policy, "shop")).toEqual({ nonSensitive: 9_000, sensitive: null });
    expect(lessOutside({ nonSensitive: null, sensitive: 5_000 }, policy, "shop")).toEqual({
      nonSensitive: null,
      sensitive: 3_900,
    });
    const scoped = [
      { recipients: ["acme"], nonSensitive: 5_000, sensitive: null },
      { recipients: ["other"], nonSensitive: null, sensitive: 500 },
    ];
    expect(lessOutside({ ...limit, scoped }, policy, "shop").scoped).toEqual([
      { recipients: ["acme"], nonSensitive: 4_000, sensitive: null },
      { recipients: ["other"], nonSensitive: null, sensitive: 300 },
    ]);
    expect(lessOutside({ ...limit, scoped }, policyOf(), "shop")).toEqual({ ...limit, scoped });
    expect(lessOutside(limit, policy, "shop")).not.toHaveProperty("scoped");
  });
});

function judged(n: number, more: Partial<JudgedPerson["judgement"]>, who: Person | null = person(n)): JudgedPerson {
  const judgement = {
    rule: "C1",
    counted: true,
    mechanism: null,
    limit: { nonSensitive: null, sensitive: null },
    ...more,
  };
  return { person: who, judgement: judgement as JudgedPerson["judgement"] };
}

test("admitted: who was judged, as what, by which way; nobody is nobody", () => {
  const all = [
    judged(1, { mechanism: "sc-1" }),
    judged(2, { rule: "E7" }, person(2, {}, { ns: true, s: false })),
    judged(3, { rule: "E2", counted: false }),
    judged(4, {}, null),
    judged(5, {}, person(5, {}, { ns: false, s: true })),
  ];
  expect(admissionsOf(caseWith({}), all)).toEqual([
    { key: "c1", nonSensitive: true, sensitive: true, recipient: "acme", by: "sc-1" },
    { key: "c2", nonSensitive: true, sensitive: false, recipient: "acme", by: "E7" },
    { key: "c3", nonSensitive: false, sensitive: false, recipient: "acme", by: "E2" },
    { key: "c5", nonSensitive: false, sensitive: true, recipient: "acme", by: "C1" },
  ]);
});

describe("up to where it holds: the least of everybody's", () => {
  const scale = (id: string, nonSensitive: number) => ({ recipients: [id], nonSensitive, sensitive: null });
  const of = (...limits: CountLimit[]) => limitOf(limits.map((limit, n) => judged(n, { limit })));
  const open = { nonSensitive: null, sensitive: null };
  test.each<[string, CountLimit[], CountLimit]>([
    ["one", [{ nonSensitive: 5, sensitive: null }], { nonSensitive: 5, sensitive: null }],
    [
      "each line by itself",
      [
        { nonSensitive: 5, sensitive: 9 },
        { nonSensitive: 7, sensitive: 3 },
      ],
      { nonSensitive: 5, sensitive: 3 },
    ],
    [
      "an open line says nothing",
      [
        { nonSensitive: 5, sensitive: null },
        { nonSensitive: null, sensitive: 2 },
      ],
      { nonSensitive: 5, sensitive: 2 },
    ],
    [
      "zero is a line",
      [
        { nonSensitive: 0, sensitive: null },
        { nonSensitive: 5, sensitive: 0 },
      ],
      { nonSensitive: 0, sensitive: 0 },
    ],
    ["a scale", [{ ...open, scoped: [scale("a", 5)] }], { ...open, scoped: [scale("a", 5)] }],
    ["of whoever has one", [open, { ...open, scoped: [scale("a", 5)] }, open], { ...open, scoped: [scale("a", 5)] }],
    [
      "all scales, each once",
      [
        { ...open, scoped: [scale("a", 5)] },
        { ...open, scoped: [scale("b", 5), scale("a", 5)] },
        { ...open, scoped: [scale("a", 6)] },
      ],
      { ...open, scoped: [scale("a", 5), scale("b", 5), scale("a", 6)] },
    ],
  ])("%s", (_, limits, expected) => expect(of(...limits)).toEqual(expected));
});

describe("near a line", () => {
  const told = (all: [number, number], limit: CountLimit, reached: Parameters<typeof nearing>[1]["reached"] = []) => {
    const legal = { limit, warnings: ["Z", "A"] } as unknown as Legal;
    const after = { all: { nonSensitive: all[0], sensitive: all[1] }, reached };
    const said = nearing(caseWith({ policy: policyOf({ warnAt: [0.8, 0.95] }) }), after, legal);
    return said === legal ? null : said.warnings;
  };
  const NEAR = ["A", "COUNT_NEAR_LINE", "Z"];
  const open = { nonSensitive: null, sensitive: null };
  test.each<[string, [number, number], CountLimit, readonly string[] | null]>([
    ["below the share", [79, 0], { nonSensitive: 100, sensitive: null }, null],
    ["at the share", [80, 0], { nonSensitive: 100, sensitive: null }, NEAR],
    ["no line", [1e9, 1e9], open, null],
    ["the sensitive one", [0, 80], { nonSensitive: null, sensitive: 100 }, NEAR],
    ["… below", [99, 79], { nonSensitive: null, sensitive: 100 }, null],
    ["a line of nobody is no line to come near", [0, 0], { nonSensitive: null, sensitive: 0 }, null],
    ["a line of one is", [0, 1], { nonSensitive: null, sensitive: 1 }, NEAR],
  ])("%s", (_, all, limit, expected) => expect(told(all, limit)).toEqual(expected));

  test("a scale: of its own recipients' people", () => {
    const recipients = ["a"];
    const limit = {
      ...open,
      scoped: [
        { recipients: ["z"], nonSensitive: 1, sensitive: null },
        { recipients, nonSensitive: 100, sensitive: null },
      ],
    };
    const at = (n: number) =>
      told([0, 0], limit, [
        { recipients, nonSensitive: n, sensitive: 0 },
        { recipients: ["b"], nonSensitive: 1000, sensitive: 0 },
      ]);
    expect(at(79)).toBeNull();
    expect(at(80)).toEqual(NEAR);
  });
});
