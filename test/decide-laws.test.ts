// The laws of deciding: each sentence stands in decide.ts, and is tried here on random Cases and rules.

import fc from "fast-check";
import { expect, test } from "vitest";
import { RULES } from "../src/decide/all.ts";
import { decide } from "../src/decide/decide.ts";
import { law } from "../src/decide/rules/law/rule.ts";
import type { Case, Observe, Opinion, Proof, Rule } from "../src/words.ts";
import { CONTRACT, caseOf, consent, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

const indexes = fc.uniqueArray(fc.nat(2), { maxLength: 3 });
const name = fc.constantFrom("a", "b", "c", "d");

const permits: fc.Arbitrary<Rule> = fc
  .record({ name, action: fc.constantFrom("forward", "pseudonymize"), hide: indexes })
  .map(({ name, action, hide }) =>
    said({ rule: name, effect: "permit", actions: [action as "forward"], hide, reasons: [] }),
  );

/** What permits may also ask: that findings go for good, or that a proof covers what is left. */
const removals: fc.Arbitrary<Rule> = fc
  .record({ name, hide: indexes, keep: indexes, proof: fc.boolean() })
  .map(({ name, hide, keep, proof }) => {
    const remove = hide.filter((i) => !keep.includes(i));
    const opinion: Opinion = { rule: name, effect: "permit", actions: ["redact"], hide, remove, reasons: [] };
    return said(proof ? { ...opinion, proofs: ["p"] } : opinion);
  });

/** A forbid as its contract says: lifted, if at all, by hiding what it names. Or a liar that is never lifted. */
const forbids: fc.Arbitrary<Rule> = fc
  .record({ name, code: name, curable: fc.boolean(), hide: indexes, liar: fc.boolean() })
  .map(({ name, code, curable, hide, liar }) => {
    const reasons = [{ code, article: "Art.0" }];
    const opinion: Opinion = { rule: name, effect: "forbid", actions: curable ? ["pseudonymize"] : [], hide, reasons };
    const names = hide.length > 0 ? hide : [0, 1, 2];
    const lifted = (c: Case) => curable && !liar && names.every((i) => c.hidden.has(i));
    return { name, judge: (c) => (lifted(c) ? null : opinion) };
  });
const throwing: Rule = {
  name: "thrower",
  judge() {
    throw new Error("13800138000");
  },
};
const silent: Rule = { name: "silent", judge: () => null };
const anyRule = fc.oneof(permits, removals, forbids, fc.constant(throwing), fc.constant(silent));
const someRules = fc.array(anyRule, { maxLength: 5 });

const PROOF: Proof = {
  id: "p",
  of: "anonymisation",
  method: "m",
  report: "d",
  recall: 1,
  by: "lab",
  from: "2026-01-01",
  until: "2026-12-31",
};

const oneConsent = fc.oneof(
  { weight: 8, arbitrary: fc.constant(consent()) },
  { weight: 1, arbitrary: fc.constantFrom(null, consent({ separate: false })) },
);
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    types: fc.tuple(...Array(3).fill(fc.constantFrom("cn-mobile", "person", "bank-card", "address"))),
    consents: fc.tuple(...Array<typeof oneConsent>(3).fill(oneConsent)),
    ns: fc.constantFrom(0, 0, 99_997, 99_998, 999_999),
    needed: fc.constantFrom(null, null, ["cn-mobile"], ["person", "bank-card"]),
    mechanisms: fc.constantFrom([], [CONTRACT], [CONTRACT], [{ ...CONTRACT, scope: { categories: ["person"] } }]),
    stale: fc.constantFrom(false, false, false, true),
  })
  .map(({ types, consents, ns, needed, mechanisms, stale }) => {
    const findings = (types as string[]).map((type, i) => finding(type, { path: `/${i}` }));
    const purpose = { ...policyOf().purposes.get("support")!, neededTypes: needed };
    return caseOf(findings, {
      individuals: findings.map((_, i) => individual(i, [i], { consent: consents[i]! })),
      counts: { nonSensitive: ns, sensitive: 0, gross: 0 },
      stale,
      policy: policyOf({ purposes: new Map([["support", purpose]]), mechanisms, proofs: [PROOF] }),
    });
  });

const PERMIT: Rule = said({ rule: "permit", effect: "permit", actions: ["forward"], hide: [], reasons: [] });
const passes = (c: Case, rules: readonly Rule[]) => decide(c, rules).action !== "block";

function said(opinion: Opinion): Rule {
  return { name: opinion.rule, judge: () => opinion };
}

function always<T extends unknown[]>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }, holds: (...args: T) => void) {
  fc.assert(fc.property(...(arbitraries as never as [fc.Arbitrary<unknown>]), holds as never), { numRuns: 400 });
}

test("A rule that throws forbids.", () => {
  always([anyCase, someRules], (c, rules) => {
    const decision = decide(c, [...rules, PERMIT, throwing]);
    expect(decision.action).toBe("block");
    expect(decision.reasons).toContainEqual({ code: "RULE_FAILED", article: "PIPL Art.51", about: "thrower" });
    expect(JSON.stringify(decision)).not.toContain("13800138000");
  });
});

test("Forbid beats permit.", () => {
  const forbid = said({
    rule: "no",
    effect: "forbid",
    actions: [],
    hide: [],
    reasons: [{ code: "NO", article: "Art.0" }],
  });
  always([anyCase, fc.array(permits)], (c, rules) => {
    expect(passes(c, [...rules, PERMIT])).toBe(true);
    expect(passes(c, [...rules, PERMIT, forbid])).toBe(false);
  });
});

test("No match blocks.", () => {
  always([anyCase, fc.array(fc.oneof(forbids, fc.constant(silent)))], (c, rules) => {
    expect(passes(c, rules)).toBe(false);
    expect(decide(c, rules).reasons.map(({ code }) => code)).toContain("NO_RULE_MATCHED");
  });
});

test("The order of rules never matters.", () => {
  const shuffled = someRules.chain((rules) =>
    fc.tuple(fc.constant(rules), fc.shuffledSubarray([...rules, ...rules], { minLength: rules.length * 2 })),
  );
  always([anyCase, shuffled], (c, [rules, mixed]) => {
    expect(decide(c, [...mixed, ...RULES].reverse())).toEqual(decide(c, [...RULES, ...rules]));
    expect(decide(c, mixed)).toEqual(decide(c, rules));
  });
});

test("Adding a forbid rule never turns a block into a pass.", () => {
  always([anyCase, someRules, forbids], (c, rules, forbid) => {
    if (!passes(c, rules)) expect(passes(c, [...rules, forbid])).toBe(false);
    if (!passes(c, [...RULES, ...rules])) expect(passes(c, [...RULES, ...rules, forbid])).toBe(false);
  });
});

test("A decision is a function of its recorded inputs: replaying them gives the same decision and reasons.", () => {
  always([anyCase, someRules], (c, rules) => {
    const first = decide(c, [...RULES, ...rules]);
    const replayed: Case = { ...structuredCloneOf(c), policy: { ...c.policy } };
    expect(decide(replayed, [...RULES, ...rules])).toEqual(first);
    expect(decide(c, [...RULES, ...rules])).toEqual(first);
  });
});

test("No rule lifts a reason that the law gives.", () => {
  const never = fc.array(fc.oneof(permits, forbids, fc.constant(throwing), fc.constant(silent)), { maxLength: 5 });
  always([anyCase, never], (c, rules) => {
    const alone = decide(c, [law, PERMIT]);
    if (alone.action !== "block") return;
    const decision = decide(c, [law, PERMIT, ...rules]);
    expect(decision.action).toBe("block");
    const codes = decision.reasons.map(({ code }) => code);
    for (const { code } of alone.reasons) expect(codes).toContain(code);
  });
});

test("A rule that takes something out changes what leaves, and the law has its word on that.", () => {
  const passed = { n: 0 };
  always([anyCase, fc.array(removals, { minLength: 1, maxLength: 3 })], (c, rules) => {
    const decision = decide(c, [law, PERMIT, ...rules]);
    if (decision.action === "block") return;
    passed.n += 1;
    const left = { ...c, hidden: new Set(decision.hide), removed: new Set(decision.remove ?? []) };
    const { proof } = decision.legal;
    expect(law.judge(proof === undefined ? left : { ...left, proof })).toBe(null);
    if (proof !== undefined) expect(decision.hide).toEqual([0, 1, 2]);
  });
  expect(passed.n).toBeGreaterThan(50);
});

test("Observe mode never weakens what is enforced.", () => {
  const trial: fc.Arbitrary<Observe> = fc.record({
    covers: fc.constantFrom("policy", "law", "law", "law"),
    from: fc.constant("2026-05-01"),
    until: fc.constantFrom("2026-05-11", "2026-05-30", "2026-05-30", "2026-05-30"),
    approvedBy: fc.constant("dpo"),
    reason: fc.constant("trial"),
  });
  // most of them such as an observer may let through: one that throws he may not
  const anyRules = fc.array(
    fc.oneof({ weight: 12, arbitrary: fc.oneof(permits, removals, forbids) }, fc.constantFrom(throwing, silent)),
    { maxLength: 4 },
  );
  const spared = { n: 0 };
  always([anyCase, anyRules, trial], (c, rules, observe) => {
    const destination = { ...c.policy.destinations.get("acme-api")!, observe };
    const watched = { ...c, policy: { ...c.policy, destinations: new Map([["acme-api", destination]]) } };
    const enforced = decide(c, [...RULES, ...rules]);
    const decision = decide(watched, [...RULES, ...rules]);
    if (decision.would === null) {
      expect(decision).toEqual(enforced);
      return;
    }
    spared.n += 1;
    const codes = decision.reasons.map(({ code }) => code);
    expect(enforced).toMatchObject({ action: "block", reasons: decision.reasons });
    expect(observe.until).toBe("2026-05-30");
    for (const never of ["RULE_FAILED", "CONSENT_FEED_STALE", "CONSENT_WITHDRAWN"]) expect(codes).not.toContain(never);
    // whatever any permit wants rewritten is rewritten, and everybody is counted without a line
    const wanted = rules.flatMap((rule) => rule.judge(watched) ?? []).filter((one) => one.effect === "permit");
    for (const { hide, actions } of wanted)
      if (actions[0] !== "forward") for (const i of hide) expect(decision.hide).toContain(i);
    expect(decision.legal.admissions).toHaveLength(3);
    expect(decision.legal.limit).toEqual({ nonSensitive: null, sensitive: null });
  });
  expect(spared.n).toBeGreaterThan(40);
});

/** Says one thing while nothing is hidden, and another once something is. */
const fickle: fc.Arbitrary<Rule> = fc.tuple(anyRule, anyRule).map(([before, after]) => ({
  name: "fickle",
  judge: (c) => (c.hidden.size === 0 ? before : after).judge(c),
}));

test("What leaves is what was judged: with the hidden hidden, nothing forbids and something permits.", () => {
  const passed = { n: 0 };
  always([anyCase, fc.array(fc.oneof(fickle, permits, removals), { minLength: 1, maxLength: 3 })], (c, rules) => {
    const decision = decide(c, rules);
    if (decision.action === "block") return;
    passed.n += 1;
    const left = { ...c, hidden: new Set(decision.hide), removed: new Set(decision.remove ?? []) };
    const opinions = rules.map((rule) => rule.judge(left)).filter((opinion) => opinion !== null);
    expect(opinions.map(({ effect }) => effect)).not.toContain("forbid");
    expect(opinions.length).toBeGreaterThan(0);
  });
  expect(passed.n).toBeGreaterThan(50);
});

test("The order of individuals never matters.", () => {
  always([anyCase], (c) => {
    const { legal, ...rest } = decide(c);
    const { legal: reversed, ...same } = decide({ ...c, individuals: [...c.individuals].reverse() });
    expect(same).toEqual(rest);
    expect({ ...reversed, admissions: [...reversed.admissions].reverse() }).toEqual(legal);
  });
});

test("The random Cases are blocked, pseudonymized and forwarded: none of the laws is tried on one kind only.", () => {
  const seen = new Set(fc.sample(anyCase, 1000).map((c) => decide(c).action));
  expect(seen).toEqual(new Set(["block", "pseudonymize", "forward"]));
  const rules = fc.sample(fc.tuple(anyCase, removals), 1000).map(([c, rule]) => decide(c, [law, rule]).action);
  expect(new Set(rules)).toEqual(new Set(["block", "redact", "pseudonymize"]));
});

test("An opinion that is malformed forbids.", () => {
  const good: Opinion = { rule: "r", effect: "permit", actions: ["forward"], hide: [], reasons: [] };
  const bad = [
    { ...good, hide: [7] },
    { ...good, hide: [0.5] },
    { ...good, actions: [] },
    { ...good, actions: ["coarsen"] },
    { ...good, actions: ["redact"], hide: [0], remove: [1] },
    { ...good, actions: ["forward", "block"] },
    { ...good, effect: "maybe" },
    { ...good, effect: "forbid" },
    { ...good, effect: "forbid", reasons: [{}] },
    { ...good, rule: 1 },
    {},
    undefined,
  ];
  const c = caseOf([finding("cn-mobile")], { policy: policyOf({ rules: [FORWARD] }) });
  for (const opinion of bad) {
    const decision = decide(c, [...RULES, { name: "odd", judge: () => opinion as never }]);
    expect(decision, JSON.stringify(opinion)).toMatchObject({
      action: "block",
      reasons: [{ code: "RULE_FAILED", about: "odd" }],
    });
  }
});

/** As read back from a record: equal, and no object the same. */
function structuredCloneOf(c: Case): Case {
  const findings = c.findings.map((one) => ({ ...one, original: { reveal: () => "" } }));
  const individuals = c.individuals.map((one) => ({ ...one, consent: one.consent && { ...one.consent } }));
  return { ...c, flow: { ...c.flow }, findings, individuals, hidden: new Set(c.hidden) };
}
