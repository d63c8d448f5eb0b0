// Rules that hold a crossing against what the company has said and done: duties overdue, an inventory, notices that
// changed. Each: silent where nothing is said, and its own reason where it is.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { fieldOf, SIGHTINGS_MAX, undeclaredIn } from "../src/decide/inventory.ts";
import { voidedOn, voidedVersions } from "../src/law/notices.ts";
import type { Case, Finding, Individual, InventoryRow, Notice, Policy, SupersededNotice } from "../src/words.ts";
import { caseOf, consent, finding, individual, policyOf } from "./decide/cases.ts";

const codes = (c: Case) => decide(c).reasons.map(({ code, about }) => `${code} ${about ?? ""}`.trim());
const NOBODY = { holds: [], releases: [] };

describe("a duty that is overdue", () => {
  const overdue = (...ways: object[]) => ({
    orders: { ...NOBODY, overdue: ways.map((way, i) => ({ id: `audit-${i}`, due: "2026-05-11", ...way })) },
  });
  test.each([
    ["of every way", overdue({}), ["DUTY_OVERDUE audit-0"]],
    ["of this recipient", overdue({ recipients: ["acme"] }), ["DUTY_OVERDUE audit-0"]],
    ["of another", overdue({ recipients: ["else"] }), []],
    ["of this recipient for another purpose", overdue({ recipients: ["acme"], purposes: ["else"] }), []],
    [
      "two of them",
      overdue({ exporters: ["shop"] }, { destinations: ["acme-api"] }),
      ["DUTY_OVERDUE audit-0", "DUTY_OVERDUE audit-1"],
    ],
    ["none", { orders: NOBODY }, []],
  ])("%s", (_, change, expected) => expect(codes(caseOf([finding("cn-mobile")], change))).toEqual(expected));
  test("it shuts what holds nothing personal too, and nothing is counted", () => {
    const d = decide(caseOf([], overdue({})));
    expect(d).toMatchObject({ action: "block", rule: "duties", cures: ["do_duty", "change_policy"] });
  });
});

const ROW: InventoryRow = { id: "known", destinations: ["acme-api"], kinds: ["cn-mobile"] };
const withRows = (inventory: readonly InventoryRow[], onDrift: "alarm" | "block" = "alarm") =>
  policyOf({ inventory, ...(onDrift === "alarm" ? {} : { onDrift }) });

describe("an inventory", () => {
  const seen = (
    policy: Policy,
    findings: readonly Finding[] = [finding("cn-mobile", { path: "/messages/3/content" })],
    flow = {},
  ) => {
    const c = caseOf(findings, { policy });
    return decide({ ...c, flow: { ...c.flow, ...flow } });
  };
  test("nobody wrote one: nothing is asked", () => {
    expect(seen(policyOf()).undeclared).toBeUndefined();
    expect(seen(policyOf({ onDrift: "block" })).action).toBe("forward");
  });
  test.each<[string, Partial<InventoryRow>, object, boolean]>([
    ["any caller, field and model", {}, {}, true],
    ["another kind", { kinds: ["person"] }, {}, false],
    ["another destination", { destinations: ["else"] }, {}, false],
    ["this purpose", { purposes: ["support"] }, {}, true],
    ["another purpose", { purposes: ["else"] }, {}, false],
    ["this recipient", { recipients: ["acme"] }, {}, true],
    ["another recipient", { recipients: ["else"] }, {}, false],
    ["another caller", { callers: ["else"] }, {}, false],
    ["the field, whatever its index", { fields: ["/messages/*/content"] }, {}, true],
    ["another field", { fields: ["/system", "/tools/*"] }, {}, false],
    ["the model by pattern", { models: ["gpt-*"] }, { model: "gpt-5" }, true],
    ["another model", { models: ["gpt-*"] }, { model: "o3" }, false],
    ["no model named", { models: ["gpt-*"] }, { model: null }, false],
  ])("%s", (_, row, flow, known) => {
    const alarmed = seen(withRows([{ ...ROW, ...row }]), undefined, flow);
    expect(alarmed.action).toBe("forward");
    expect(alarmed.undeclared === undefined).toBe(known);
    const blocked = seen(withRows([{ ...ROW, ...row }], "block"), undefined, flow);
    expect(blocked.reasons).toEqual(
      known
        ? []
        : [{ code: "DRIFT_UNDECLARED", article: "PIPL Arts.55, 56", path: "/messages/*/content", type: "cn-mobile" }],
    );
  });
  test("what is told: the way, the kind, the field without its index; each once", () => {
    const findings = [0, 1, 2].map((i) => finding("person", { path: `/messages/${i}/content` }));
    expect(seen(withRows([ROW]), [...findings, finding("cn-mobile")]).undeclared).toEqual([
      {
        ...{ caller: "app", destination: "acme-api", purpose: "support", recipient: "acme", model: null },
        ...{ kind: "person", field: "/messages/*/content" },
      },
    ]);
  });
  test("an organisation's number and a credential are in no inventory of personal information", () => {
    const c = caseOf([finding("uscc")], { policy: withRows([ROW]) });
    expect(undeclaredIn(c)).toEqual([]);
  });
  test("what stays inside is no export", () => {
    const policy = withRows([ROW], "block");
    const recipient = { ...policy.recipients.get("acme")!, country: "CN" };
    const home = { ...policy, recipients: new Map([["acme", recipient]]) };
    expect(seen(home, [finding("person")])).toMatchObject({ action: "forward" });
    expect(seen(home, [finding("person")]).undeclared).toBeUndefined();
  });
  test("two ways, and two policies, do not share what was settled for one", () => {
    const narrow = withRows([{ ...ROW, callers: ["a"] }]);
    const wide = withRows([ROW]);
    const from = (policy: Policy, caller: string) => seen(policy, undefined, { caller }).undeclared === undefined;
    const gpt = withRows([{ ...ROW, models: ["gpt-*"] }]);
    const asking = (model: string) => seen(gpt, undefined, { model }).undeclared === undefined;
    expect([asking("gpt-5"), asking("o3"), asking("gpt-5")]).toEqual([true, false, true]);
    expect([from(narrow, "a"), from(narrow, "b"), from(wide, "b"), from(narrow, "b"), from(narrow, "a")]).toEqual([
      ...[true, false, true, false, true],
    ]);
  });
  test("a body of a thousand fields tells of sixteen", () => {
    const findings = Array.from({ length: 1000 }, (_, i) => finding("person", { path: `/f${i}` }));
    expect(seen(withRows([ROW]), findings).undeclared).toHaveLength(SIGHTINGS_MAX);
  });
  test("a field has no index, and an end", () => {
    expect(fieldOf("/0/a1/12/b/3")).toBe("/*/a1/*/b/*");
    expect(fieldOf("/2026x/1")).toBe("/2026x/*");
    expect(fieldOf(`/${"a".repeat(400)}`)).toHaveLength(161);
    expect(fieldOf("authorization")).toBe("authorization");
  });
  test("asked in any order, the rows of a policy say the same of a kind and field", () => {
    const kinds = ["person", "cn-mobile", "email"];
    const paths = ["/a", "/b/0", "/b/1/c"];
    const anyRow = fc.record({
      kinds: fc.subarray(kinds, { minLength: 1 }),
      fields: fc.subarray(["/a", "/b/*", "*c"], { minLength: 1 }),
    });
    const anyFinding = fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...paths));
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 3 }), fc.array(anyFinding, { maxLength: 8 }), (rows, asked) => {
        const inventory = rows.map((row, i) => ({ ...ROW, id: `r${i}`, ...row }));
        const fits = (field: string, pattern: string) =>
          pattern === field ||
          (pattern === "/b/*" && field.startsWith("/b/")) ||
          (pattern === "*c" && field.endsWith("c"));
        const found = asked.map(([kind, path]) => finding(kind, { path }));
        const expected = new Set(
          asked
            .map(([kind, path]) => [kind, fieldOf(path)] as const)
            .filter(([kind, f]) => !rows.some((row) => row.kinds.includes(kind) && row.fields.some((p) => fits(f, p))))
            .map((pair) => pair.join(" ")),
        );
        const told = undeclaredIn(caseOf(found, { policy: withRows(inventory) }));
        expect(new Set(told.map(({ kind, field }) => `${kind} ${field}`))).toEqual(expected);
      }),
    );
  });
});

const old = (version: string, on: string, material: boolean): SupersededNotice => ({ version, on, material });

describe("a notice that was changed", () => {
  const CHANGES = [old("1", "2026-02-01", false), old("2", "2026-04-01", true), old("3", "2026-05-01", false)];
  test("a material change voids the version before it and all older ones", () => {
    expect(voidedVersions(CHANGES)).toEqual(["1", "2"]);
    expect(voidedVersions([old("1", "2026-01-01", false)])).toEqual([]);
    expect(CHANGES.map(({ version }) => voidedOn({ supersedes: CHANGES }, version))).toEqual([
      ...["2026-04-01", "2026-04-01", null],
    ]);
    expect(voidedOn({ supersedes: CHANGES }, "9")).toBeNull();
    expect(voidedOn({}, "1")).toBeNull();
  });

  const NOTICE: Notice = { ...policyOf().notices[0]!, version: "4", supersedes: CHANGES };
  const policy = policyOf({ notices: [NOTICE] });
  const given = (
    notice: { readonly id: string; readonly version: string } | null,
    givenAt = "2026-03-01T00:00:00.000Z",
  ) => individual(0, [0], { consent: consent({ types: ["cn-mobile"], notice, givenAt }) });
  const under = (one: Individual, change: Partial<Case> = {}) =>
    codes({ ...caseOf([finding("cn-mobile")], { policy, ...change }), individuals: [one] });
  const VOID = ["CONSENT_NOTICE_SUPERSEDED n"];

  test.each<[string, { id: string; version: string } | null, string, readonly string[]]>([
    ["the text in force", { id: "n", version: "4" }, "2026-03-01T00:00:00.000Z", []],
    ["a text that was only polished since", { id: "n", version: "3" }, "2026-03-01T00:00:00.000Z", []],
    ["the text that was changed", { id: "n", version: "2" }, "2026-03-01T00:00:00.000Z", VOID],
    ["an older one", { id: "n", version: "1" }, "2026-03-01T00:00:00.000Z", VOID],
    ["given on it after it was replaced", { id: "n", version: "2" }, "2026-05-05T00:00:00.000Z", VOID],
    ["a version that nobody knows, from before", { id: "n", version: "0" }, "2026-03-01T00:00:00.000Z", VOID],
    ["a version that nobody knows, from after", { id: "n", version: "0" }, "2026-04-02T00:00:00.000Z", []],
    ["no text on record, from before", null, "2026-03-31T15:59:59.999Z", VOID],
    ["no text on record, of the day itself in Beijing", null, "2026-03-31T16:00:00.000Z", []],
    ["another notice", { id: "other", version: "2" }, "2026-03-01T00:00:00.000Z", []],
  ])("%s", (_, notice, givenAt, expected) => expect(under(given(notice, givenAt))).toEqual(expected));

  test("a change that is announced binds from its day", () => {
    const soon = { ...NOTICE, supersedes: [old("2", "2026-05-13", true)] };
    const one = given({ id: "n", version: "2" });
    expect(under(one, { policy: policyOf({ notices: [soon] }) })).toEqual([]);
    expect(under(one, { policy: policyOf({ notices: [soon] }), at: "2026-05-12T16:00:00.000Z" })).toEqual(VOID);
  });
  test("only where consent is what it rests on", () => {
    const purpose = { ...policy.purposes.get("support")! };
    const basis = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } } as const;
    const purposes = new Map([["support", { ...purpose, basis }]]);
    expect(under(given({ id: "n", version: "1" }), { policy: policyOf({ notices: [NOTICE], purposes }) })).toEqual([]);
  });
  test("who has nothing in the body, or no consent at all, is not asked", () => {
    const c = caseOf([finding("cn-mobile")], { policy });
    const bystander = individual(1, [], { consent: consent({ notice: { id: "n", version: "1" } }) });
    const mine = given({ id: "n", version: "4" });
    expect(codes({ ...c, individuals: [mine, bystander] })).toEqual([]);
    expect(codes({ ...c, individuals: [individual(0, [0], { consent: null })] })).toEqual(["CONSENT_MISSING support"]);
  });
  test("observing the policy does not let it through: it is a consent that is missing", () => {
    const trial = (covers: "policy" | "law") => {
      const to = policy.destinations.get("acme-api")!;
      const observe = { covers, from: "2026-05-01", until: "2026-05-30", approvedBy: "a", reason: "r" };
      return policyOf({ notices: [NOTICE], destinations: new Map([["acme-api", { ...to, observe }]]) });
    };
    const actionOf = (covers: "policy" | "law") =>
      decide({
        ...caseOf([finding("cn-mobile")], { policy: trial(covers) }),
        individuals: [given({ id: "n", version: "1" })],
      }).action;
    expect(actionOf("policy")).toBe("block");
    expect(actionOf("law")).toBe("forward");
  });
});
