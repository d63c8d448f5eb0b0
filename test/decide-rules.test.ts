// The operator's rules: what they match, what they have taken out, what they only watch. Laws as sentences.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { whenOf } from "../src/decide/rules/policy/when.ts";
import { matcherOf } from "../src/flow/pattern.ts";
import type { Case, Flow, Match, Observe, Policy, PolicyRule } from "../src/words.ts";
import { CONTRACT, caseOf, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

const rule = (change: Partial<PolicyRule>): PolicyRule => ({ ...FORWARD, id: "r", ...change });
const on = (rules: readonly PolicyRule[], change: Partial<Case> = {}, policy: Partial<Policy> = {}) =>
  decide(caseOf([finding("cn-mobile"), finding("bank-card")], { policy: policyOf({ rules, ...policy }), ...change }));
const codes = (d: ReturnType<typeof decide>) => d.reasons.map(({ code }) => code);

/** Whether a match holds, seen by a blocking rule beside one that lets all go. */
function holds(match: Match, flow: Partial<Flow> = {}, change: Partial<Case> = {}): boolean {
  const rules = [FORWARD, rule({ id: "stop", action: "block", match })];
  const c = caseOf([finding("cn-mobile")], { policy: policyOf({ rules }), ...change });
  const d = decide({ ...c, flow: { ...c.flow, ...flow } });
  return d.reasons.some(({ code, about }) => code === "POLICY_FORBIDS" && about === "stop");
}

describe("a match", () => {
  test.each<[string, Match, boolean]>([
    ["nothing said: always", {}, true],
    ["members are AND", { country: ["US"], purpose: ["else"] }, false],
    ["a list is OR", { country: ["SG", "US"] }, true],
    ["exporter", { exporter: ["shop"] }, true],
    ["recipient", { recipient: ["else"] }, false],
    ["provider", { provider: ["any-json"] }, true],
    ["a kind that is there", { piAny: ["email", "cn-mobile"] }, true],
    ["a kind that is not", { piAny: ["email"] }, false],
    ["something about somebody", { pi: true }, true],
    ["nothing about anybody", { pi: false }, false],
    ["sensitive", { sensitive: true }, false],
    ["not sensitive", { sensitive: false }, true],
    ["nobody declared", { declared: false }, true],
    ["no minor", { minor: true }, false],
    ["people at least", { people: { min: 1 } }, true],
    ["people at most", { people: { max: 0 } }, false],
    ["any of several", { any: [{ country: ["SG"] }, { piAny: ["cn-mobile"] }] }, true],
    ["none of several", { any: [{ country: ["SG"] }, { piAny: ["email"] }] }, false],
    ["not", { not: { country: ["US"] } }, false],
    ["not what is found", { not: { piAny: ["email"] } }, true],
    ["any and not and members together", { country: ["US"], any: [{ pi: true }], not: { sensitive: true } }, true],
    ["one of `any` always holds", { any: [{}, { pi: false }] }, true],
    ["not nothing never holds", { not: {} }, false],
    ["no model is named", { model: ["gpt-*"] }, false],
  ])("%s", (_, match, expected) => expect(holds(match)).toBe(expected));

  test("the model by pattern", () => {
    expect(holds({ model: ["gpt-*", "o3"] }, { model: "gpt-5-mini" })).toBe(true);
    expect(holds({ model: ["gpt-*", "o3"] }, { model: "o3-mini" })).toBe(false);
  });
  test("two ways of one policy do not share what was settled for one", () => {
    const policy = policyOf({ rules: [FORWARD, rule({ id: "stop", action: "block", match: { caller: ["b"] } })] });
    const c = caseOf([], { policy });
    const from = (caller: string) => decide({ ...c, flow: { ...c.flow, caller } }).action;
    expect([from("a"), from("b"), from("a")]).toEqual(["forward", "block", "forward"]);
  });
  test("a pattern is the expression it stands for", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "-", "*"), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        const expression = new RegExp(`^${p.replaceAll("*", ".*")}$`);
        expect(matcherOf(p)(t)).toBe(expression.test(t));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a condition", () => {
  const stops = (when: string, change: Partial<Case> = {}) =>
    codes(on([FORWARD, rule({ id: "w", action: "block", when })], change)).includes("POLICY_FORBIDS");

  test.each([
    ["request.app == 'app' && pi.individuals > 0", true],
    ["request.app == 'batch'", false],
    ["'bank-card' in pi.kinds && pi.count == 2", true],
    ["pi.sensitive && !pi.minor", true],
    ["counts.nonSensitive >= 100000", false],
    ["request.country in ['US', 'SG']", true],
    // AT is a Tuesday, ten in the morning in Beijing
    ["at.weekday == 2 && at.hour == 10 && at.month == 5 && at.day == 12", true],
  ])("%s: %s", (when, expected) => expect(stops(when)).toBe(expected));

  test("midnight is Beijing's", () => {
    expect(stops("at.hour == 0 && at.day == 13 && at.weekday == 3", { at: "2026-05-12T16:00:00.000Z" })).toBe(true);
  });
  test.each([
    ["an unknown name", "request.user == 'x'"],
    ["not true or false", "pi.count + 1"],
    ["cannot be parsed", "pi.count >"],
    ["wrong types", "request.app > 3"],
    ["a pattern that runs away", "request.model.matches('^(a+)+$')"],
    ["too long", Array.from({ length: 150 }, () => "pi.any").join(" && ")],
  ])("%s is refused at load", (_, when) => expect(whenOf(when)).toMatchObject({ why: expect.any(String) }));

  test.each(["forward", "pseudonymize", "redact", "block"] as const)(
    "what cannot be worked out forbids: %s",
    (action) => {
      const d = on([FORWARD, rule({ id: "w", action, when: "pi.count / (pi.individuals - 1) > 0" })]);
      expect(d.action).toBe("block");
      expect(d.reasons[0]).toMatchObject({ code: "RULE_FAILED", about: "w" });
    },
  );
  test("one that was never checked forbids too", () => {
    expect(codes(on([FORWARD, rule({ id: "w", when: "no.such" })]))).toContain("RULE_FAILED");
  });
});

describe("taking out", () => {
  const out = rule({ id: "out", action: "redact", match: { piAny: ["bank-card"] } });

  test("what remains is judged: without the card the volume exemption applies", () => {
    const d = on([FORWARD, out]);
    expect(d).toMatchObject({ action: "redact", rule: "out", hide: [1], remove: [1] });
    expect(d.legal).toMatchObject({ rule: "E7", admissions: [{ nonSensitive: true, sensitive: false }] });
  });
  test("with the switch off the class is that of the original (PS-2)", () => {
    const d = on([FORWARD, out], {}, { switches: { removalReclassifies: false } });
    expect(d.action).toBe("block");
    expect(codes(d)).toEqual(["NO_MECHANISM"]);
  });
  test("who loses everything is still somebody: counted, and asked", () => {
    const all = rule({ id: "out", action: "redact" });
    const d = on([all]);
    expect(d.legal).toMatchObject({ rule: "E7", admissions: [{ nonSensitive: true, sensitive: false }] });
    expect(codes(on([all], { individuals: [individual(0, [0, 1], { consent: null })] }))).toEqual(["CONSENT_MISSING"]);
  });
  test("one rule hides, another takes out: each finding gets the strictest, the action is the strictest", () => {
    const hide = rule({ id: "hide", action: "pseudonymize" });
    expect(on([hide, out])).toMatchObject({ action: "redact", rule: "out", hide: [0, 1], remove: [1] });
  });
  test("what the law wants hidden beside it leaves as a pseudonym", () => {
    const purposes = new Map([["support", { ...policyOf().purposes.get("support")!, neededTypes: ["email"] }]]);
    expect(on([FORWARD, out], {}, { purposes })).toMatchObject({ action: "redact", hide: [0, 1], remove: [1] });
  });
  test("what stands in a head cannot be taken out", () => {
    const findings = [finding("cn-mobile"), finding("bank-card", { where: "query" })];
    const d = decide(caseOf(findings, { policy: policyOf({ rules: [FORWARD, out] }) }));
    expect(d.action).toBe("block");
    expect(codes(d)).toContain("PI_IN_HEAD");
  });
});

describe("Observe mode never weakens what is enforced.", () => {
  const observe: Observe = {
    covers: "law",
    from: "2026-05-01",
    until: "2026-05-31",
    approvedBy: "dpo",
    reason: "trial",
  };
  const trial = (change: Partial<Observe>, policy: Partial<Policy> = {}, more: Partial<Case> = {}) => {
    const destination = { ...policyOf().destinations.get("acme-api")!, observe: { ...observe, ...change } };
    return on([FORWARD], more, { destinations: new Map([["acme-api", destination]]), ...policy });
  };

  test("what the law would block leaves, said so, signed for and counted past every line", () => {
    const d = trial({});
    expect(d).toMatchObject({ action: "forward", would: "block", observedBy: "dpo" });
    expect(codes(d)).toEqual(["NO_MECHANISM"]);
    expect(d.legal).toMatchObject({
      limit: { nonSensitive: null, sensitive: null },
      admissions: [{ nonSensitive: true, sensitive: true }],
    });
  });
  test.each<[string, Partial<Observe>]>([
    ["it has ended", { until: "2026-05-11" }],
    ["it has not begun", { from: "2026-05-13" }],
    ["it covers policy only, and this is law", { covers: "policy" }],
  ])("%s: enforced", (_, change) => expect(trial(change)).toMatchObject({ action: "block", would: null }));

  test("first and last day are in it", () => {
    expect(trial({ from: "2026-05-12", until: "2026-05-12" }).action).toBe("forward");
  });
  test("policy's own blocks, under either cover", () => {
    const stop = rule({ id: "stop", action: "block" });
    const policy = { rules: [FORWARD, stop], mechanisms: [CONTRACT] };
    expect(trial({ covers: "policy" }, policy)).toMatchObject({ action: "forward", would: "block" });
    expect(trial({ covers: "law" }, policy)).toMatchObject({ action: "forward", would: "block" });
  });
  test.each(["redact", "pseudonymize"] as const)("a block beside it does not undo what %s rewrites", (action) => {
    const [rewrite, stop] = [rule({ id: "rewrite", action }), rule({ id: "stop", action: "block" })];
    const alone = trial({ covers: "policy" }, { rules: [rewrite], mechanisms: [CONTRACT] });
    expect(alone).toMatchObject({ action, hide: [0, 1] });
    const both = trial({ covers: "policy" }, { rules: [rewrite, stop], mechanisms: [CONTRACT] });
    expect(both).toMatchObject({ action, hide: [0, 1], would: "block" });
  });
  test("a block beside it does not let out what could not be rewritten", () => {
    const findings = [finding("cn-mobile", { where: "query" })];
    const individuals = [individual(0, [0])];
    const redact = rule({ id: "rewrite", action: "redact" });
    const stop = rule({ id: "stop", action: "block" });
    for (const rules of [[redact], [redact, stop]])
      expect(trial({ covers: "policy" }, { rules }, { findings, individuals })).toMatchObject({ action: "block" });
  });
  test.each([
    ["no consent at all", null],
    ["the child's own", individual(0, []).consent],
  ])("a child is never observed: %s", (_, consent) => {
    const individuals = [individual(0, [0, 1], { minor: true, consent })];
    expect(trial({}, {}, { individuals })).toMatchObject({ action: "block", would: null });
  });
  test("what would leave rewritten leaves rewritten", () => {
    const hide = rule({ id: "hide", action: "pseudonymize", match: { piAny: ["bank-card"] } });
    const purposes = new Map([["support", { ...policyOf().purposes.get("support")!, neededTypes: ["cn-mobile"] }]]);
    const policy = { rules: [hide], mechanisms: [CONTRACT], purposes };
    expect(trial({}, policy)).toMatchObject({ action: "pseudonymize", would: null, hide: [1] });
  });
  test.each<[string, Partial<Policy>, Partial<Case>, string]>([
    [
      "a prohibition",
      { orders: [{ id: "o", authority: "a", reference: "r", from: null, until: null }] },
      {},
      "PROHIBITED_X4",
    ],
    [
      "a withdrawal",
      { mechanisms: [CONTRACT] },
      {
        individuals: [
          individual(0, [0, 1], {
            consent: { ...individual(0, []).consent!, withdrawnAt: "2026-05-01T00:00:00.000Z" },
          }),
        ],
      },
      "CONSENT_WITHDRAWN",
    ],
    ["a stale record of consent", { mechanisms: [CONTRACT] }, { stale: true }, "CONSENT_FEED_STALE"],
    ["a rule that fails", { rules: [FORWARD, rule({ id: "w", when: "no.such" })] }, {}, "RULE_FAILED"],
    ["important data without their assessment", { unclassified: "unknown" }, {}, "NO_MECHANISM"],
    [
      "what nobody read and nobody signed for",
      { mechanisms: [CONTRACT] },
      { unread: [{ path: "/a", class: "image", kind: "png" }] },
      "OPAQUE_IMAGE",
    ],
    ["a credential", {}, { findings: [finding("api-key")], individuals: [] }, "CREDENTIAL_FOUND"],
  ])("%s is never observed", (_, policy, more, code) => {
    const d = trial({}, policy, more);
    expect(d).toMatchObject({ action: "block", would: null });
    expect(codes(d)).toContain(code);
  });
});

describe("what nobody knows about the law", () => {
  const at = "2031-05-12T02:00:00.000Z";
  test("warns, unless the policy would rather wait", () => {
    const unknown = { lawNotReviewed: "block", calendarUnknown: "warn" } as const;
    const late = { at, findings: [], individuals: [] };
    expect(on([FORWARD], late)).toMatchObject({ action: "forward", legal: { warnings: ["LAW_NOT_REVIEWED"] } });
    expect(codes(on([FORWARD], late, { failures: unknown }))).toEqual(["LAW_NOT_REVIEWED"]);
  });
});

test("weights of a model need a test that they give nothing away, whoever signed (U-6)", () => {
  const opaque = new Map([["model-weights" as const, { approvedBy: "dpo", reason: "own model" }]]);
  const destinations = new Map([["acme-api", { ...policyOf().destinations.get("acme-api")!, opaque }]]);
  const unread = [{ path: "", class: "model-weights" as const, kind: "gguf" }];
  const proof = { id: "x", of: "extraction-test", method: "m", report: "d", recall: 1, by: "lab" } as const;
  const term = { from: "2026-01-01", until: "2026-12-31" };
  const sent = (policy: Partial<Policy>) =>
    on([FORWARD], { unread, findings: [], individuals: [] }, { destinations, ...policy });
  expect(codes(sent({}))).toEqual(["OPAQUE_MODEL_WEIGHTS"]);
  expect(sent({ proofs: [{ ...proof, ...term }] }).action).toBe("forward");
  expect(codes(sent({ proofs: [{ ...proof, ...term, until: "2026-02-01" }] }))).toEqual(["OPAQUE_MODEL_WEIGHTS"]);
  expect(sent({ switches: { modelWeightsNeedTest: false } }).action).toBe("forward");
});
