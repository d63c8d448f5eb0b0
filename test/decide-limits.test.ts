// Where decide ends: as many kinds as have bits, conditions as large as a person can read, each limit from both sides.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { kindsOf, meet, numbering } from "../src/decide/kinds.ts";
import { whenOf } from "../src/decide/rules/policy/when.ts";
import { caseOf, finding } from "./decide/cases.ts";

describe("kinds as bits", () => {
  const numbered = numbering();
  const types = Array.from({ length: 256 }, (_, i) => `kind-${i}`);
  const each = types.map((type) => kindsOf([type], numbered));

  test("256 kinds: each meets itself and no other", () => {
    for (const [i, one] of each.entries())
      for (const [j, other] of each.entries()) expect(meet(one, other), `${i} ${j}`).toBe(i === j);
    expect(each.every((one) => one.length === 8)).toBe(true);
    expect(meet(kindsOf([], numbered), kindsOf(types, numbered))).toBe(false);
  });
  test("one more is a mistake, and said; those that are known stay", () => {
    expect(() => kindsOf(["one-more"], numbered)).toThrow(RangeError);
    expect(() => kindsOf(["one-more"], numbered)).toThrow("too many kinds");
    expect(meet(kindsOf(["kind-255"], numbered), each[255]!)).toBe(true);
  });
  test("other numberings know nothing of it", () => {
    expect(() => kindsOf(["one-more"], numbering())).not.toThrow();
    expect(() => kindsOf(["one-more"])).not.toThrow();
  });
});

const row = (n: number, part: string, between: string) => Array<string>(n).fill(part).join(between);
const said = (when: string): string => {
  const made = whenOf(when);
  return typeof made === "function" ? "" : made.why;
};

describe("a condition as large as may be, and one larger", () => {
  test.each<[string, string, string, string]>([
    ["200 nodes", row(67, "pi.any", " && "), row(101, "true", " && "), "maxAstNodes (200)"],
    ["24 deep", `${"(".repeat(23)}true${")".repeat(23)}`, `${"(".repeat(24)}true${")".repeat(24)}`, "maxDepth (24)"],
    ["64 in a list", `1 in [${row(64, "1", ",")}]`, `1 in [${row(65, "1", ",")}]`, "maxListElements (64)"],
    ["16 in a map", `{${mapOf(16)}}.size() > 0`, `{${mapOf(17)}}.size() > 0`, "maxMapEntries (16)"],
  ])("%s", (_, most, more, why) => {
    expect(said(most)).toBe("");
    expect(said(more)).toContain(why);
  });
  test("8 arguments: no function takes so many, but they are read", () => {
    expect(said(`size(${row(8, "1", ",")}) > 0`)).toContain("no matching overload");
    expect(said(`size(${row(9, "1", ",")}) > 0`)).toContain("maxCallArguments (8)");
  });
  test.each(["pi.individuals", "1 +", "nobody.knows", "request.nobody"])(
    "what is wrong is said in a line: %s",
    (when) => {
      expect(said(when)).toMatch(/^[^\n]{3,}$/);
    },
  );
});

function mapOf(n: number): string {
  return Array.from({ length: n }, (_, i) => `"k${i}": 1`).join(",");
}

test("a condition sees the findings that nobody has released, and only those", () => {
  const holds = (when: string, findings: readonly ReturnType<typeof finding>[], released: object = {}) => {
    const made = whenOf(when);
    if (typeof made !== "function") throw new Error(made.why);
    return made({ ...caseOf(findings), ...released });
  };
  const [seen, excused] = [finding("cn-mobile"), finding("person", { excused: "rel-1" })];
  const released = { released: [] };
  expect(holds("pi.count == 2", [seen, finding("person")])).toBe(true);
  expect(holds('pi.count == 1 && pi.kinds == ["cn-mobile"]', [seen, excused], released)).toBe(true);
  expect(holds('pi.count == 2 && pi.kinds == ["cn-mobile", "person"]', [seen, finding("person")], released)).toBe(true);
  expect(holds("pi.count == 0 && !pi.any", [excused], released)).toBe(true);
  expect(decide(caseOf([seen])).action).toBe("forward");
});
