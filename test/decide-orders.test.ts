// Holds and releases in the decision: what each sentence promises is tried on random Cases.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RULES } from "../src/decide/all.ts";
import { decide } from "../src/decide/decide.ts";
import { law } from "../src/decide/rules/law/rule.ts";
import type {
  Case,
  Certainty,
  CountKey,
  Finding,
  Hold,
  Lift,
  Observe,
  Orders,
  PersonKey,
  Policy,
  PolicyRule,
  Release,
  Rule,
} from "../src/words.ts";
import { AT, CONTRACT, caseOf, consent, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

function hold(change: Partial<Hold> = {}): Hold {
  return { id: "hold_1", of: "all", target: null, reason: "r", order: null, by: "op", at: AT, ...change };
}

function release(change: Partial<Release> = {}): Release {
  return {
    ...{ id: "rel_1", destination: "acme-api", types: [], lifts: [], from: "2026-05-12T00:00:00.000Z" },
    ...{ until: "2026-05-13T00:00:00.000Z", reason: "r", ticket: "T-1", proposedBy: "a", approvedBy: "b" },
    ...change,
  };
}

const orders = (change: Partial<Orders>): Orders => ({ holds: [], releases: [], ...change });
const under = (c: Case, ...releases: Release[]): Case => ({ ...c, orders: orders({ releases }) });
const codes = (c: Case, rules?: readonly Rule[]) => decide(c, rules).reasons.map(({ code }) => code);

const TYPES = ["cn-mobile", "person", "bank-card", "address", "api-key"];
const PLACES = ["/a", "/orders/0/orderNo", "/orders/1/orderNo", "/messages/0/content", "/name"];

const anyFinding: fc.Arbitrary<Finding> = fc
  .record({
    type: fc.constantFrom(...TYPES),
    path: fc.constantFrom(...PLACES),
    certainty: fc.constantFrom<Certainty>("checksum", "key", "format+context", "model", "suspect", "suspect"),
    start: fc.constantFrom(0, 0, 4),
    strong: fc.boolean(),
  })
  .map(({ type, strong, ...rest }) =>
    finding(type, type === "api-key" ? rest : { ...rest, identifies: strong ? "strong" : "weak" }),
  );

const anyLift: fc.Arbitrary<Lift> = fc.oneof(
  fc.constantFrom("no", "no", "default", "default", "let-go").map((rule): Lift => ({ of: "rule", rule })),
  fc.constantFrom("no", "default").map((rule): Lift => ({ of: "rule", rule })),
  fc.constant<Lift>({ of: "suspect" }),
  fc.constant<Lift>({ of: "suspect" }),
  fc.constantFrom("image", "document").map((name): Lift => ({ of: "opaque", class: name })),
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      path: fc.constantFrom(...PLACES, "/orders/*/orderNo", "/messages/*/content"),
      values: fc.option(fc.subarray(["k0", "k1", "k2"] as PersonKey[]), { nil: undefined }),
    })
    .map(({ values, ...rest }): Lift => ({ of: "false-finding", ...rest, ...(values && { values }) })),
);

const anyRelease = fc
  .record({
    destination: fc.constantFrom("acme-api", "acme-api", "acme-api", "other"),
    exporter: fc.constantFrom(undefined, "shop", "other"),
    purpose: fc.constantFrom(undefined, "support", "other"),
    types: fc.constantFrom(TYPES, TYPES, TYPES.slice(0, 2), []),
    people: fc.constantFrom(undefined, undefined, ["c0", "c1"]),
    lifts: fc.array(anyLift, { minLength: 1, maxLength: 5 }),
    until: fc.constantFrom("2026-05-13T00:00:00.000Z", "2026-05-13T00:00:00.000Z", AT),
    id: fc.constantFrom("rel_1", "rel_2"),
  })
  .map(({ exporter, purpose, people, ...rest }) =>
    release({
      ...rest,
      ...(exporter !== undefined && { exporter }),
      ...(purpose !== undefined && { purpose }),
      ...(people !== undefined && { people: [...people] as CountKey[] }),
    }),
  );

const BLOCK: PolicyRule = { id: "no", why: { zh: "不", en: "no" }, action: "block", match: { piAny: ["cn-mobile"] } };
const OBSERVED: Observe = { covers: "law", from: "2026-05-01", until: "2026-05-30", approvedBy: "dpo", reason: "t" };

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    findings: fc.array(anyFinding, { minLength: 1, maxLength: 4 }),
    consented: fc.array(fc.constantFrom(true, true, true, false), { minLength: 4, maxLength: 4 }),
    ns: fc.constantFrom(0, 0, 99_998, 999_999),
    mechanisms: fc.constantFrom([], [CONTRACT], [CONTRACT]),
    restricted: fc.constantFrom(false, false, false, true),
    rules: fc.constantFrom([FORWARD], [FORWARD, BLOCK], [FORWARD, BLOCK], [BLOCK], []),
    unread: fc.constantFrom(undefined, undefined, [{ path: "/f", class: "image" as const, kind: "png" }]),
    observe: fc.constantFrom(null, null, OBSERVED),
  })
  .map(({ findings, consented, ns, mechanisms, restricted, rules, unread, observe }) => {
    const base = policyOf();
    const recipients = new Map([["acme", { ...base.recipients.get("acme")!, restricted }]]);
    const destinations = new Map([["acme-api", { ...base.destinations.get("acme-api")!, observe }]]);
    const c = caseOf(findings, {
      individuals: findings.map((_, i) => individual(i, [i], { consent: consented[i] ? consent() : null })),
      counts: { nonSensitive: ns, sensitive: 0, gross: 0 },
      policy: policyOf({ mechanisms, recipients, destinations, rules }),
      unread,
    });
    const valueKeys = findings.map((_, i) => `k${i}` as PersonKey);
    return { ...c, flow: { ...c.flow, keyOf: valueKeys }, valueKeys };
  });

/** With a recipient and a destination more, each called "other". */
function knowingOthers(policy: Policy): Policy {
  const { recipients, destinations } = policy;
  return {
    ...policy,
    recipients: new Map([...recipients, ["other", { ...recipients.get("acme")!, id: "other" }]]),
    destinations: new Map([...destinations, ["other", { ...destinations.get("acme-api")!, id: "other" }]]),
  };
}

function always<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, holds), { numRuns: 600 });
}

/** As if the finder had never taken these for anything. */
function without(c: Case, gone: ReadonlySet<number>): Case {
  const findings = c.findings.map((one, i) => (gone.has(i) ? { ...one, identifies: "none" as const } : one));
  return { ...c, findings, individuals: c.individuals.filter(({ findings: of }) => !of.every((i) => gone.has(i))) };
}

describe("a hold", () => {
  test("shuts what it names, under every policy, release and trial; X4 names it", () => {
    const blocked = fc.tuple(anyCase, fc.array(anyRelease, { maxLength: 3 }));
    always(blocked, ([c, releases]) => {
      const decision = decide({ ...c, orders: { holds: [hold()], releases } });
      expect(decision).toMatchObject({ action: "block", would: null });
      expect(decision.reasons[0]).toMatchObject({ code: expect.stringMatching(/^PROHIBITED_X[24]$/) });
      expect(decision.reasons).toContainEqual(expect.objectContaining({ code: "PROHIBITED_X4", about: "hold_1" }));
      expect(decision.legal.outcome).toBe("PROHIBITED");
      expect(decision.reasons.filter(({ code }) => code === "PROHIBITED_X4")).toHaveLength(1);
    });
  });

  test.each([
    ["recipient", "acme", true],
    ["recipient", "other", false],
    ["destination", "acme-api", true],
    ["destination", "other", false],
    ["exporter", "shop", true],
    ["exporter", "group", true],
    ["exporter", "other", false],
    ["all", null, true],
  ] as const)("over %s %s: %s", (of, target, shut) => {
    const entrusted = { ...policyOf().exporters.get("shop")!, role: "entrusted_processor" as const, handler: "group" };
    const exporters = [entrusted, { ...entrusted, id: "group" }, { ...entrusted, id: "other", handler: "other" }];
    const policy = knowingOthers(policyOf({ exporters: new Map(exporters.map((one) => [one.id, one])) }));
    const c = caseOf([finding("cn-mobile")], { policy, orders: orders({ holds: [hold({ of, target })] }) });
    expect(decide(c).action).toBe(shut ? "block" : "forward");
  });

  test("of a sort that nobody knows is over everything", () => {
    const odd = { ...hold(), of: "planet", target: "mars" } as unknown as Hold;
    expect(codes(caseOf([], { orders: orders({ holds: [odd] }) }))).toContain("PROHIBITED_X4");
  });

  test.each<[string, Partial<Hold>]>([
    ["recipient", { of: "recipient", target: "acme-before" }],
    ["destination", { of: "destination", target: "acme-old-api" }],
    ["exporter", { of: "exporter", target: "shop-before" }],
    ["nothing that it needs", { of: "recipient", target: null }],
  ])("on a %s that the policy does not know is over everything: a new name opens nothing", (_what, on) => {
    const c = caseOf([finding("cn-mobile")]);
    expect(codes({ ...c, orders: orders({ holds: [hold(on)] }) })).toContain("PROHIBITED_X4");
  });

  test("shuts a way inside the mainland too, where the law is not asked, and one without anybody in it", () => {
    const inside = { ...policyOf().recipients.get("acme")!, country: "CN" };
    const policy = policyOf({ recipients: new Map([["acme", inside]]) });
    expect(decide(caseOf([], { policy })).action).toBe("forward");
    const decision = decide(caseOf([], { policy, orders: orders({ holds: [hold(), hold({ id: "hold_2" })] }) }));
    expect(decision.action).toBe("block");
    expect(decision.reasons.map(({ about }) => about)).toEqual(["hold_1", "hold_2"]);
  });
});

describe("a release", () => {
  test("never lifts a reason of the law: they are those of the Case without what it excuses, to the letter", () => {
    const seen = { blocked: 0, excused: 0, lifted: 0 };
    always(fc.tuple(anyCase, fc.array(anyRelease, { minLength: 1, maxLength: 3 })), ([c, releases]) => {
      const released = decide(under(c, ...releases));
      const gone = new Set((released.lifted ?? []).flatMap(({ findings = [] }) => findings));
      const opinion = law.judge(without(c, gone));
      const lawReasons = opinion?.effect === "forbid" && opinion.actions.length === 0 ? opinion.reasons : [];
      if (lawReasons.length > 0 && released.would === null) {
        seen.blocked += 1;
        expect(released.action).toBe("block");
      }
      for (const reason of lawReasons) expect(released.reasons).toContainEqual(reason);
      if (gone.size === 0) {
        const before = decide(c);
        if (before.legal.outcome === "PROHIBITED") expect(released.action).toBe("block");
        // what a rewriting hides is judged again, without it
        if (released.hide.length > 0) return;
        // a trial lets everybody in, whatever the line
        expect({ ...released.legal, limit: null }).toEqual({ ...before.legal, limit: null });
        for (const one of law.judge(c)?.reasons ?? [])
          if (before.reasons.some(({ code }) => code === one.code))
            expect(codes(under(c, ...releases))).toContain(one.code);
      } else seen.excused += 1;
      if (released.lifted?.some(({ of }) => of === "rule")) seen.lifted += 1;
    });
    expect(Math.min(seen.blocked, seen.excused, seen.lifted)).toBeGreaterThan(10);
  });

  test("never lets a credential go, nor a rule that failed, nor what a person's number in a path is", () => {
    always(fc.tuple(anyCase, anyRelease), ([c, one]) => {
      if (c.findings.some(({ identifies }) => identifies === "secret"))
        expect(codes(under(c, one))).toContain("CREDENTIAL_FOUND");
    });
    const broken: PolicyRule = { ...FORWARD, id: "broken", when: "1 / 0 == 1" };
    const c = caseOf([], { policy: policyOf({ rules: [FORWARD, broken] }) });
    expect(codes(under(c, release({ lifts: [{ of: "rule", rule: "broken" }] })))).toContain("RULE_FAILED");
    const head = caseOf([finding("cn-mobile", { where: "query", path: "q" })]);
    expect(codes(under(head, release({ types: TYPES, lifts: [{ of: "rule", rule: "default" }] })))).toContain(
      "PI_IN_HEAD",
    );
  });

  test("about another way, another time, other people or fewer kinds changes nothing", () => {
    const c = caseOf([finding("cn-mobile")], { policy: policyOf({ rules: [FORWARD, BLOCK] }) });
    const lifts = [{ of: "rule", rule: "no" }] as const;
    const good = { types: ["cn-mobile"], lifts };
    expect(decide(under(c, release(good)))).toMatchObject({
      action: "forward",
      rule: "let-go",
      lifted: [{ release: "rel_1", of: "rule", what: "no" }],
    });
    const change: Partial<Release>[] = [
      { destination: "other" },
      { exporter: "other" },
      { purpose: "other" },
      { types: [] },
      { types: ["person"] },
      { people: ["c9" as CountKey] },
      { from: "2026-05-12T02:00:00.001Z" },
      { until: AT },
      { lifts: [{ of: "rule", rule: "other" }] },
    ];
    for (const one of change) expect(decide(under(c, release({ ...good, ...one })))).toEqual(decide(c));
    expect(decide(under(c, release({ ...good, people: ["c0" as CountKey] }))).action).toBe("forward");
  });

  test("of some people is used for no crossing without one of them, whatever else is nobody's there", () => {
    const policy = policyOf({ rules: [FORWARD, { ...BLOCK, match: {} }] });
    const somebody = { people: ["c9" as CountKey], types: TYPES };
    const rule = release({ ...somebody, lifts: [{ of: "rule", rule: "no" }] });
    const nobody = caseOf([], { individuals: [], policy });
    const another = caseOf([], { individuals: [individual(0, [])], policy });
    for (const c of [nobody, another]) expect(decide(under(c, rule))).toEqual(decide(c));
    const found = [finding("cn-mobile", { path: "/orderNo", certainty: "format+context" })];
    const excusing = { of: "false-finding", type: "cn-mobile", path: "/orderNo" } as const;
    const onlyFalse = caseOf(found, { individuals: [individual(1, [0])], policy });
    expect(decide(under(onlyFalse, { ...rule, lifts: [...rule.lifts, excusing] }))).toEqual(decide(onlyFalse));
  });

  test("… and what nobody read goes with none of them: not with a declared subject who is another", () => {
    const unread = [{ path: "/f", class: "image" as const, kind: "png" }];
    const image = release({ people: ["c1" as CountKey], types: TYPES, lifts: [{ of: "opaque", class: "image" }] });
    const alone = caseOf([], { individuals: [individual(0, [])], unread });
    expect(decide(under(alone, image))).toEqual(decide(alone));
    expect(decide(alone).action).toBe("block");
    const excusing = { of: "false-finding", type: "cn-mobile", path: "/orderNo" } as const;
    const found = [finding("cn-mobile", { path: "/orderNo", certainty: "format+context" }), finding("cn-mobile")];
    const beside = caseOf(found, { individuals: [individual(0, [0]), individual(1, [1])], unread });
    const both = { ...image, lifts: [...image.lifts, excusing] };
    expect(decide(under(beside, both))).toEqual(decide(beside));
    const his = caseOf(found.slice(1), { individuals: [individual(1, [0])], unread });
    expect(decide(under(his, image)).lifted).toMatchObject([{ of: "opaque", what: "image" }]);
  });

  test("of a rule is no permission of its own: where no rule permits, that is lifted by its own name", () => {
    const c = caseOf([finding("cn-mobile")], { policy: policyOf({ rules: [BLOCK] }) });
    const no = { of: "rule", rule: "no" } as const;
    expect(codes(under(c, release({ types: TYPES, lifts: [no] })))).toEqual(["NO_RULE_MATCHED"]);
    const both = release({ types: TYPES, lifts: [no, { of: "rule", rule: "default" }] });
    expect(decide(under(c, both))).toMatchObject({ action: "forward", rule: "rel_1" });
  });

  test("lets unread content of a class go, and says who signed; weights of a model need their test all the same", () => {
    const c = caseOf([], { unread: [{ path: "/f", class: "image", kind: "png" }] });
    const image = release({ lifts: [{ of: "opaque", class: "image" }] });
    expect(codes(under(c, image))).toEqual([]);
    expect(decide(under(c, image)).unread).toEqual([{ path: "/f", class: "image", kind: "png", approvedBy: "b" }]);
    const weights = caseOf([], { unread: [{ path: "/f", class: "model-weights", kind: "gguf" }] });
    const lifted = release({ lifts: [{ of: "opaque", class: "model-weights" }] });
    expect(codes(under(weights, lifted))).toEqual(["OPAQUE_MODEL_WEIGHTS"]);
  });
});

describe("a false finding", () => {
  const at = (path: string, change: Partial<Finding> = {}) =>
    finding("cn-mobile", { path, certainty: "format+context", ...change });
  const excused = (found: readonly Finding[], lift: Lift, types: string[] = TYPES) => {
    const c = caseOf(found, { individuals: found.map((_, i) => individual(i, [i], { consent: null })) });
    const keyed = { ...c, valueKeys: found.map((_, i) => `k${i}` as PersonKey) };
    return (
      decide(under(keyed, release({ types, lifts: [lift] }))).lifted?.flatMap(({ findings = [] }) => findings) ?? []
    );
  };
  const place = (path: string, values?: string[]): Lift => ({
    ...{ of: "false-finding", type: "cn-mobile", path },
    ...(values && { values: values as PersonKey[] }),
  });

  test("is exactly the one at the place, of the kind; the others stay what they are", () => {
    const found = [at("/orders/0/orderNo"), at("/orders/0/phone"), at("/orders/12/orderNo"), at("/orders/x/orderNo")];
    const other = finding("person", { path: "/orders/0/orderNo", certainty: "model", identifies: "weak" });
    expect(excused([...found, other], place("/orders/*/orderNo"))).toEqual([0, 2]);
    expect(excused(found, place("/orders/0/orderNo"))).toEqual([0]);
  });

  test("in a name that is cut for what it holds is none", () => {
    expect(excused([at("/*/orderNo"), at("/orders/*")], place("/*/orderNo"))).toEqual([]);
    expect(excused([at("/orders/*", { certainty: "suspect" })], place("/orders/*"))).toEqual([]);
  });

  test.each<[string, Partial<Finding>, boolean]>([
    ["a suspect", { certainty: "suspect", path: "/x" }, true],
    ["a number whose name says what it is", {}, true],
    ["a number in free text", { path: "/messages/0/content" }, false],
    ["a number behind a word", { start: 3 }, false],
    ["a number under a label of its kind", { certainty: "key" }, false],
    ["what a check digit proves", { certainty: "checksum" }, false],
    ["… though it names nobody by itself", { identifies: "weak", certainty: "checksum" }, false],
    ["a guess at a name", { identifies: "weak", certainty: "model", path: "/title" }, true],
    ["what a label before it vouches for", { identifies: "weak", path: "/note" }, false],
    ["… or behind the label", { identifies: "weak", path: "/orders/0/orderNo", start: 3 }, false],
    ["what stands where its name says another number", { identifies: "weak" }, true],
    ["a labelled one, sensitive or not", { identifies: "weak", certainty: "key", path: "/name" }, false],
    ["… and one that is", { identifies: "weak", certainty: "key", sensitive: true, path: "/name" }, false],
  ])("%s, by its place: %#", (_what, change, isExcused) => {
    const one = at("/orders/0/orderNo", change);
    expect(excused([one], place(one.path))).toEqual(isExcused ? [0] : []);
  });

  test("of a value is that value, whosever record it stands in", () => {
    const two = [at("/user/phone"), at("/user/ref")];
    const c = caseOf(two, { individuals: [individual(0, [0, 1], { consent: null })] });
    // in the subject's record all that is found is keyed as the subject
    const keyOf = ["k0", "k0"] as PersonKey[];
    const lifts = [place("/user/ref", ["k0"])];
    const asked = { ...c, flow: { ...c.flow, keyOf, declared: ["k0" as PersonKey] } };
    const lifted = (valueKeys: readonly string[]) =>
      decide(under({ ...asked, valueKeys: valueKeys as PersonKey[] }, release({ types: TYPES, lifts }))).lifted;
    expect(lifted(["k0", "k1"])).toBeUndefined();
    expect(lifted(["k1", "k0"])).toMatchObject([{ of: "false-finding", findings: [1] }]);
    expect(decide(under(asked, release({ types: TYPES, lifts }))).lifted).toBeUndefined();
  });

  test("of a value that a check digit proves is this value and no other", () => {
    const two = [at("/card", { certainty: "checksum" }), at("/card", { certainty: "checksum" })];
    expect(excused(two, place("/card", ["k0"]))).toEqual([0]);
    expect(excused(two, place("/card", []))).toEqual([]);
  });

  test("is nobody, asks no consent, is not counted, and no rule sees its kind", () => {
    const c = caseOf([at("/orderNo")], {
      individuals: [individual(0, [0], { consent: null })],
      policy: policyOf({ mechanisms: [], rules: [FORWARD, BLOCK] }),
    });
    expect(codes(c)).toContain("POLICY_FORBIDS");
    const decision = decide(under(c, release({ lifts: [place("/orderNo")] })));
    expect(decision).toMatchObject({ action: "forward", legal: { outcome: "NO_PI", admissions: [] } });
    expect(decision.lifted).toEqual([{ release: "rel_1", of: "false-finding", what: "cn-mobile", findings: [0] }]);
  });

  test("is nobody to a rule that counts people, too", () => {
    const crowd: PolicyRule = { ...BLOCK, id: "crowd", match: { people: { min: 1 } } };
    const c = caseOf([at("/orderNo")], {
      individuals: [individual(0, [0], { consent: null })],
      policy: policyOf({ rules: [FORWARD, crowd] }),
    });
    expect(codes(c)).toContain("POLICY_FORBIDS");
    expect(codes(under(c, release({ lifts: [place("/orderNo")] })))).toEqual([]);
  });

  test("lets nothing else through: a release covers the kinds that it names, once the excused are gone", () => {
    const found = [at("/orderNo"), finding("bank-card", { path: "/card" })];
    const c = caseOf(found);
    const alone = release({ types: [], lifts: [place("/orderNo")] });
    expect(decide(under(c, alone)).lifted).toBeUndefined();
    expect(decide(under(c, { ...alone, types: ["bank-card"] })).lifted).toHaveLength(1);
  });
});

test("without orders, and with orders about others, every decision is the very same", () => {
  const elsewhere = orders({
    holds: [hold({ of: "destination", target: "other" })],
    releases: [release({ destination: "o" })],
  });
  always(anyCase, (c) => {
    const known = { ...c, policy: knowingOthers(c.policy) };
    expect(decide({ ...known, orders: elsewhere }, RULES)).toEqual(decide(known, RULES));
  });
});
