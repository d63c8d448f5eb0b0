// What a release excuses and lifts, to the letter: each sentence of decide/releases.ts on one Case. What random Cases say of
// holds and releases is in decide-orders.test.ts.

import { describe, expect, test } from "vitest";
import { isGone, liftedOf, lifter, liftsOpaque, underReleases } from "../src/decide/releases.ts";
import { liftedRules, policy as policyRule } from "../src/decide/rules/policy/rule.ts";
import type { Case, CountKey, Finding, Lift, PolicyRule, Release } from "../src/words.ts";
import { caseOf, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

const release = (more: Partial<Release> = {}): Release => ({
  ...{ id: "rel_1", destination: "acme-api", types: [], lifts: [], from: "2026-05-12T00:00:00.000Z" },
  ...{ until: "2026-05-13T00:00:00.000Z", reason: "r", ticket: "T-1", proposedBy: "a", approvedBy: "b", ...more },
});
const SUSPECT: Lift = { of: "suspect" };
const falsely = (type: string, path: string, values?: readonly string[]): Lift =>
  ({ of: "false-finding", type, path, ...(values === undefined ? {} : { values }) }) as Lift;
const suspected = (type: string, more: Partial<Finding> = {}) => finding(type, { certainty: "suspect", ...more });

function under(findings: Finding[], releases: Release[], more: Partial<Case> = {}): Case {
  return underReleases({ ...caseOf(findings), orders: { holds: [], releases }, ...more });
}
const excused = (c: Case) => c.findings.map((one) => one.excused ?? "");

describe("which releases cover a Case", () => {
  const covers = (more: Partial<Release>, findings: Finding[] = [finding("uscc")]) =>
    under(findings, [release(more)]).released?.map(({ id }) => id) ?? null;
  test("its destination, exporter, purpose and time, the end not in it", () => {
    expect(covers({})).toEqual(["rel_1"]);
    expect(covers({ exporter: "shop", purpose: "support" })).toEqual(["rel_1"]);
    expect([covers({ destination: "x" }), covers({ exporter: "x" }), covers({ purpose: "x" })]).toEqual([
      null,
      null,
      null,
    ]);
    expect(covers({ from: "2026-05-12T02:00:00.000Z" })).toEqual(["rel_1"]);
    expect(covers({ from: "2026-05-12T02:00:00.001Z" })).toBeNull();
    expect(covers({ until: "2026-05-12T02:00:00.000Z" })).toBeNull();
  });

  test("where none does the Case is the very same", () => {
    const c = caseOf([finding("cn-mobile")]);
    expect(underReleases(c)).toBe(c);
    const other = { ...c, orders: { holds: [], releases: [release({ destination: "x" })] } };
    expect(underReleases(other)).toBe(other);
    const others = { ...c, orders: { holds: [], releases: [release()] } };
    expect(underReleases(others)).toBe(others);
    expect(underReleases(others)).not.toHaveProperty("released");
  });

  test("every kind that is left is one that it names", () => {
    const both = [finding("cn-mobile"), finding("person")];
    expect(covers({ types: ["cn-mobile", "person"] }, both)).toEqual(["rel_1"]);
    expect(covers({ types: ["cn-mobile"] }, both)).toBeNull();
    // about nobody, or excused: not left
    expect(covers({ types: ["cn-mobile"] }, [finding("cn-mobile"), finding("uscc")])).toEqual(["rel_1"]);
    expect(
      covers({ types: ["cn-mobile"], lifts: [falsely("person", "/person")] }, [
        finding("cn-mobile"),
        suspected("person"),
      ]),
    ).toEqual(["rel_1"]);
  });

  test("of some people: one of them is there, and whoever else is there is nobody", () => {
    const people = ["c0"] as unknown as readonly CountKey[];
    const findings = [finding("cn-mobile"), suspected("person"), suspected("address")];
    const lifts = [falsely("person", "/person"), falsely("address", "/address")];
    const of = (individuals: Case["individuals"], more: Partial<Release> = {}) =>
      under(findings, [release({ types: ["cn-mobile"], people, lifts, ...more })], { individuals }).released?.length ??
      0;
    const named = individual(0, [0], { declared: false });
    expect(of([named])).toBe(1);
    expect(of([individual(1, [0])])).toBe(0);
    expect(of([named, individual(1, [1, 2])])).toBe(1);
    expect(of([named, individual(1, [1, 0])])).toBe(0);
    // a declared subject is never nobody
    expect(of([named, individual(1, [1], { declared: true })])).toBe(0);
    expect(of([named, individual(1, [], { declared: true })])).toBe(0);
    expect(of([])).toBe(0);
  });
});

describe("what is excused", () => {
  test.each<[string, Finding, Lift, string[], boolean]>([
    ["a suspicion of a kind that it names", suspected("person"), SUSPECT, ["person"], true],
    ["a suspicion of a kind in whose name it is not", suspected("address"), SUSPECT, ["person", "address"], true],
    ["what is more than a suspicion", finding("person", { certainty: "model" }), SUSPECT, ["person"], false],
    ["a false finding that is suspected", suspected("person"), falsely("person", "/person"), ["person"], true],
    ["… of another kind", suspected("person"), falsely("address", "/person"), ["person"], false],
    ["… at another place", suspected("person"), falsely("person", "/other"), ["person"], false],
    ["… deeper", suspected("person", { path: "/person/0" }), falsely("person", "/person"), ["person"], false],
    ["… shorter", suspected("person", { path: "/a" }), falsely("person", "/a/b"), ["person"], false],
    ["an item of a list", suspected("person", { path: "/l/12/n" }), falsely("person", "/l/*/n"), ["person"], true],
    [
      "a name where an item is meant",
      suspected("person", { path: "/l/x/n" }),
      falsely("person", "/l/*/n"),
      ["person"],
      false,
    ],
    ["an item too far", suspected("person", { path: "/l/1234567/n" }), falsely("person", "/l/*/n"), ["person"], false],
    [
      "a guess at a name",
      finding("person", { certainty: "model", identifies: "weak" }),
      falsely("person", "/person"),
      ["person"],
      true,
    ],
    [
      "… that identifies",
      finding("person", { certainty: "model", identifies: "strong" }),
      falsely("person", "/person"),
      ["person"],
      false,
    ],
    [
      "what a check digit proves",
      finding("person", { certainty: "checksum" }),
      falsely("person", "/person"),
      ["person"],
      false,
    ],
    [
      "a label, where the member says what number it is",
      finding("cn-mobile", { certainty: "format+context", path: "/orderNo" }),
      falsely("cn-mobile", "/orderNo"),
      ["cn-mobile"],
      true,
    ],
    [
      "… from the middle of it",
      finding("cn-mobile", { certainty: "format+context", path: "/orderNo", start: 4 }),
      falsely("cn-mobile", "/orderNo"),
      ["cn-mobile"],
      false,
    ],
    [
      "… where the member says nothing",
      finding("cn-mobile", { certainty: "format+context", path: "/note" }),
      falsely("cn-mobile", "/note"),
      ["cn-mobile"],
      false,
    ],
    [
      "a checked number where the member says what it is",
      finding("cn-mobile", { path: "/orderNo" }),
      falsely("cn-mobile", "/orderNo"),
      ["cn-mobile"],
      false,
    ],
    ["a lifted rule excuses no finding", suspected("person"), { of: "rule", rule: "person" }, ["person"], false],
  ])("%s", (_, one, lift, types, expected) => {
    expect(excused(under([one], [release({ types, lifts: [lift] })]))).toEqual([expected ? "rel_1" : ""]);
  });

  test("a suspicion of a kind that it does not name stays, and so does everything", () => {
    const c = under([suspected("address"), suspected("person")], [release({ types: ["person"], lifts: [SUSPECT] })]);
    expect(excused(c)).toEqual(["", ""]);
    expect(c).not.toHaveProperty("released");
  });

  test("value by value: the very keys, and nothing without one", () => {
    const lift = falsely("cn-mobile", "/n", ["k1"]);
    const of = (valueKeys: Case["valueKeys"]) =>
      excused(
        under([finding("cn-mobile", { path: "/n" })], [release({ types: ["cn-mobile"], lifts: [lift] })], {
          valueKeys,
        }),
      );
    expect(of(["k1"] as never)).toEqual(["rel_1"]);
    expect([of(["k2"] as never), of([null]), of(undefined)]).toEqual([[""], [""], [""]]);
  });

  test("is about nobody then, by the first release that says so; who is only in it is gone", () => {
    const findings = [suspected("person"), finding("cn-mobile")];
    const lift = falsely("person", "/person");
    const two = [
      release({ types: ["cn-mobile"], lifts: [lift] }),
      release({ id: "rel_2", types: ["cn-mobile"], lifts: [lift] }),
    ];
    const individuals = [individual(0, [0]), individual(1, [1]), individual(2, [0, 1]), individual(3, [])];
    const c = under(findings, two, { individuals });
    expect(c.findings[0]).toMatchObject({ identifies: "none", excused: "rel_1" });
    expect(c.findings[1]).toBe(findings[1]);
    expect(c.individuals.map(({ countKey }) => countKey)).toEqual(["c1", "c2", "c3"]);
    expect(c.released?.map(({ id }) => id)).toEqual(["rel_1", "rel_2"]);
  });

  test("gone: something was about him or her, and all of it is excused", () => {
    const set = new Set([0, 1]);
    expect([[0], [0, 1], [0, 2], []].map((findings) => isGone({ findings }, set))).toEqual([true, true, false, false]);
  });
});

describe("what is told of it", () => {
  test("findings by release, sort and kind, in one line", () => {
    const findings = [
      suspected("person"),
      suspected("person"),
      finding("cn-mobile", { certainty: "model", identifies: "weak" }),
      finding("uscc"),
    ];
    const lifts = [SUSPECT, falsely("cn-mobile", "/cn-mobile")];
    expect(liftedOf(under(findings, [release({ types: ["person", "cn-mobile"], lifts })]))).toEqual([
      { release: "rel_1", of: "suspect", what: "person", findings: [0, 1] },
      { release: "rel_1", of: "false-finding", what: "cn-mobile", findings: [2] },
    ]);
    expect(liftedOf(caseOf(findings))).toEqual([]);
  });

  test("classes of what nobody read: each once, unless the policy signs for it itself", () => {
    const unread = ["image", "audio", "image"].map((name) => ({ path: "/x", class: name, kind: "k" })) as never;
    const lifts: Lift[] = [
      { of: "opaque", class: "image" },
      { of: "opaque", class: "audio" },
    ];
    const covered = (destinations = policyOf().destinations) =>
      under([], [release({ lifts: [lifts[0]!] }), release({ id: "rel_2", lifts })], {
        unread,
        policy: policyOf({ destinations }),
      });
    expect(liftedOf(covered())).toEqual([
      { release: "rel_1", of: "opaque", what: "image" },
      { release: "rel_2", of: "opaque", what: "audio" },
    ]);
    expect([liftsOpaque(covered(), "image"), liftsOpaque(covered(), "audio"), liftsOpaque(covered(), "video")]).toEqual(
      [true, true, false],
    );
    const destination = policyOf().destinations.get("acme-api")!;
    const signed = new Map([["acme-api", { ...destination, opaque: new Map([["image", {} as never]]) as never }]]);
    expect(liftedOf(covered(signed))).toEqual([{ release: "rel_2", of: "opaque", what: "audio" }]);
    expect(liftedOf(under([], [release({ lifts: [] })], { unread }))).toEqual([]);
    // the first release that lifts it is the one that is told
    const both = under([], [release({ lifts }), release({ id: "rel_2", lifts })], { unread });
    expect(lifter(both, lifts[0]!)?.id).toBe("rel_1");
    expect(liftedOf(both).map((one) => one.release)).toEqual(["rel_1", "rel_1"]);
  });
});

describe("rules that are lifted", () => {
  const BLOCK: PolicyRule = { id: "no", why: { zh: "x", en: "x" }, action: "block", match: { piAny: ["cn-mobile"] } };
  const lift = (...rules: string[]) => [
    release({ types: ["cn-mobile"], lifts: rules.map((rule): Lift => ({ of: "rule", rule })) }),
  ];
  const of = (rules: PolicyRule[], releases: Release[]) =>
    under([finding("cn-mobile")], releases, { policy: policyOf({ rules }) });
  const told = (c: Case) => liftedRules(c).map(({ of: sort, what }) => `${sort} ${what}`);

  test("one that blocks forbids nothing; one that permits is not lifted; another stays", () => {
    const c = of([BLOCK, FORWARD], lift("no", "let-go"));
    expect(policyRule.judge(c)).toMatchObject({ effect: "permit", rule: "let-go" });
    expect(told(c)).toEqual(["rule no"]);
    const still = of([BLOCK, { ...BLOCK, id: "no-2" }, FORWARD], lift("no"));
    expect(policyRule.judge(still)).toMatchObject({ effect: "forbid", rule: "no-2" });
    expect(told(still)).toEqual(["rule no"]);
  });

  test("that no rule permits is lifted by its own name, and only where none does", () => {
    const alone = of([BLOCK], lift("no", "default"));
    expect(policyRule.judge(alone)).toMatchObject({ effect: "permit", rule: "rel_1", actions: ["forward"] });
    expect(told(alone)).toEqual(["rule no", "rule default"]);
    expect(policyRule.judge(of([BLOCK], lift("no")))).toBeNull();
    expect(told(of([BLOCK], lift("no")))).toEqual(["rule no"]);
    expect(told(of([BLOCK, FORWARD], lift("default")))).toEqual([]);
    expect(told(of([], lift("default")))).toEqual(["rule default"]);
    expect(told(of([BLOCK, FORWARD], []))).toEqual([]);
  });
});
