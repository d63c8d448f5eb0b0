// What the inventory does not know of a crossing, and what it remembers of having been asked: the answer is the same
// however often, and whatever was asked in between.

import { describe, expect, test } from "vitest";
import { fieldOf, isDeclared, SIGHTINGS_MAX, undeclaredIn, withUndeclared } from "../src/decide/inventory.ts";
import { drift } from "../src/decide/rules/drift/rule.ts";
import type { Case, Decision, Finding, Flow, InventoryRow } from "../src/words.ts";
import { caseOf, finding, policyOf } from "./decide/cases.ts";

const ROW: InventoryRow = { id: "known", destinations: ["acme-api"], kinds: ["cn-mobile"] };
const FLOW: Partial<Flow> = {
  caller: "app",
  destination: "acme-api",
  purpose: "support",
  recipient: "acme",
  model: "gpt-5",
};

function ask(rows: readonly InventoryRow[], findings: readonly Finding[], flow: Partial<Flow> = {}): Case {
  const whole = caseOf([...findings], { policy: policyOf({ inventory: rows }) });
  return { ...whole, flow: { ...whole.flow, ...FLOW, ...flow } };
}
const at = (type: string, path: string, more: Partial<Finding> = {}) => finding(type, { path, ...more });
const seen = (rows: readonly InventoryRow[], findings: readonly Finding[], flow?: Partial<Flow>) =>
  undeclaredIn(ask(rows, findings, flow)).map(({ kind, field }) => `${kind} ${field}`);

describe("a row speaks of a way", () => {
  test.each<[string, Partial<InventoryRow>, Partial<Flow>, boolean]>([
    ["all of it left out", {}, {}, true],
    ["another destination", { destinations: ["other"] }, {}, false],
    ["its caller", { callers: ["x", "app"] }, {}, true],
    ["another caller", { callers: ["x"] }, {}, false],
    ["its purpose", { purposes: ["x", "support"] }, {}, true],
    ["another purpose", { purposes: ["x"] }, {}, false],
    ["its recipient", { recipients: ["x", "acme"] }, {}, true],
    ["another recipient", { recipients: ["x"] }, {}, false],
    ["its model, by one of the patterns", { models: ["claude-*", "gpt-*"] }, {}, true],
    ["another model", { models: ["claude-*"] }, {}, false],
    ["no model named fits none", { models: ["*"] }, { model: null }, false],
    ["no model asked for", {}, { model: null }, true],
    ["another kind", { kinds: ["person"] }, {}, false],
    ["its field", { fields: ["/x", "/messages/*"] }, {}, true],
    ["another field", { fields: ["/x"] }, {}, false],
  ])("%s", (_, more, flow, known) => {
    const rows = [{ ...ROW, ...more }];
    const found = seen(rows, [at("cn-mobile", "/messages/0/content")], flow);
    expect(found).toEqual(known ? [] : ["cn-mobile /messages/*/content"]);
    const { caller, destination, purpose, recipient, model } = ask(rows, [], flow).flow;
    const sighting = {
      caller,
      destination,
      purpose,
      recipient,
      model,
      kind: "cn-mobile",
      field: "/messages/*/content",
    };
    expect(isDeclared(rows, sighting)).toBe(known);
  });
});

describe("what is told", () => {
  test("no inventory: nothing is asked", () => {
    expect(undeclaredIn(caseOf([finding("person")]))).toEqual([]);
  });

  test("each kind and field once, whichever item of a list it was; nothing that is about nobody", () => {
    const findings = [
      at("person", "/messages/0/content"),
      at("person", "/messages/12/content"),
      at("email", "/messages/0/content"),
      at("person", "/user"),
      at("person", "/user"),
      at("cn-mobile", "/user"),
      at("uscc", "/user"),
    ];
    expect(seen([ROW], findings)).toEqual(["person /messages/*/content", "email /messages/*/content", "person /user"]);
    const [first] = undeclaredIn(ask([ROW], findings));
    expect(first).toEqual({ ...FLOW, kind: "person", field: "/messages/*/content" });
  });

  test("sixteen at most", () => {
    const findings = Array.from({ length: 20 }, (_, i) => at("person", `/field-${i}`));
    expect(SIGHTINGS_MAX).toBe(16);
    expect(seen([ROW], findings)).toEqual(findings.slice(0, 16).map(({ path }) => `person ${path}`));
    expect(seen([ROW], findings.slice(0, 16))).toHaveLength(16);
    expect(seen([ROW], findings.slice(0, 15))).toHaveLength(15);
  });

  test("a field is a place, not an item, and at most 160 units of it are told", () => {
    expect(fieldOf("/a/0/b/12")).toBe("/a/*/b/*");
    expect(fieldOf("/a0/1b/2")).toBe("/a0/1b/*");
    expect(fieldOf(`/${"x".repeat(159)}`)).toBe(`/${"x".repeat(159)}`);
    expect(fieldOf(`/${"x".repeat(160)}`)).toBe(`/${"x".repeat(159)}*`);
  });

  test("what is no export is in no inventory of exports", () => {
    const decision = (outcome: string) => ({ legal: { outcome } }) as unknown as Decision;
    const c = ask([ROW], [at("person", "/user")]);
    expect(withUndeclared(c, decision("NOT_EXPORT"))).not.toHaveProperty("undeclared");
    expect(withUndeclared(c, decision("EXEMPT")).undeclared).toHaveLength(1);
    const known = decision("EXEMPT");
    expect(withUndeclared(ask([ROW], [at("cn-mobile", "/user")]), known)).toBe(known);
    expect(withUndeclared(caseOf([finding("person")]), known)).toBe(known);
  });
});

describe("asked again, the answer is the same", () => {
  const ROWS = [{ ...ROW, callers: ["app"], purposes: ["support"], recipients: ["acme"], models: ["gpt-5"] }];
  const mobile = [at("cn-mobile", "/user")];

  test("ways that differ in one member, by turns", () => {
    const others: Partial<Flow>[] = [
      { caller: "crm" },
      { destination: "acme-api-2" },
      { purpose: "training" },
      { recipient: "other" },
      { model: "gpt-6" },
      { model: null },
    ];
    for (let i = 0; i < 2; i += 1)
      for (const other of others) {
        expect(seen(ROWS, mobile)).toEqual([]);
        expect(seen(ROWS, mobile, other), JSON.stringify(other)).toEqual(["cn-mobile /user"]);
      }
    // and with no known way between them
    for (const one of others)
      for (const other of others) {
        expect(seen(ROWS, mobile, one)).toHaveLength(1);
        expect(seen(ROWS, mobile, other)).toHaveLength(1);
      }
    // each with what only it may send
    for (const other of others) {
      const own = [...ROWS, { ...ROW, id: "own", ...onlyOf(other) }];
      expect(seen(own, mobile)).toEqual([]);
      expect(seen(own, mobile, other), JSON.stringify(other)).toEqual(other.model === null ? ["cn-mobile /user"] : []);
    }
  });

  test("known and unknown kinds of one field", () => {
    for (let i = 0; i < 2; i += 1) {
      expect(seen(ROWS, [at("cn-mobile", "/user"), at("person", "/user")])).toEqual(["person /user"]);
      expect(seen(ROWS, [at("person", "/user"), at("cn-mobile", "/user")])).toEqual(["person /user"]);
    }
  });

  test("more fields and ways than are remembered", () => {
    const rows = [{ ...ROW, fields: ["/known"] }];
    const many = (n: number) => seen(rows, [at("cn-mobile", `/f-${n}`)]);
    for (let n = 0; n < 4200; n += 1) many(n);
    expect(many(0)).toEqual(["cn-mobile /f-0"]);
    expect(seen(rows, [at("cn-mobile", "/known")])).toEqual([]);
    for (let n = 0; n < 1100; n += 1) seen(ROWS, mobile, { caller: `c-${n}` });
    expect(seen(ROWS, mobile)).toEqual([]);
    expect(seen(ROWS, mobile, { caller: "c-0" })).toEqual(["cn-mobile /user"]);
  });
});

/** A row that is about what this way has of its own. */
function onlyOf({ caller, destination, purpose, recipient, model }: Partial<Flow>): Partial<InventoryRow> {
  if (caller !== undefined) return { callers: [caller] };
  if (destination !== undefined) return { destinations: [destination] };
  if (purpose !== undefined) return { purposes: [purpose] };
  if (recipient !== undefined) return { recipients: [recipient] };
  return { models: [model ?? "none"] };
}

test("where drift is blocked, the rule says so by its name, with field and kind", () => {
  const c = ask([ROW], [at("person", "/user/0")]);
  expect(drift.judge({ ...c, policy: { ...c.policy, onDrift: "block" } })).toMatchObject({
    ...{ effect: "forbid", rule: "drift" },
    reasons: [{ code: "DRIFT_UNDECLARED", path: "/user/*", type: "person" }],
  });
  expect(drift.judge(c)).toBeNull();
});
