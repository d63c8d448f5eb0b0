// What the operator's rules and the built-in ones see of a Case: each member of a match, each name of a condition, each
// class that nobody reads.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { credentials } from "../src/decide/rules/credentials/rule.ts";
import { head } from "../src/decide/rules/head/rule.ts";
import { knowledge } from "../src/decide/rules/knowledge/rule.ts";
import { opaque } from "../src/decide/rules/opaque/rule.ts";
import { policy as policyRules } from "../src/decide/rules/policy/rule.ts";
import { whenOf } from "../src/decide/rules/policy/when.ts";
import { forgetSeen, seenOf } from "../src/decide/seen.ts";
import type { Case, Flow, Match, OpaqueClass, Policy, PolicyRule, Proof, Signed } from "../src/words.ts";
import { caseOf, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

const rule = (change: Partial<PolicyRule>): PolicyRule => ({ ...FORWARD, ...change });
const codes = ({ reasons }: ReturnType<typeof decide>) => reasons.map(({ code }) => code);
const MINOR = { individuals: [individual(0, [0], { minor: true })] };
const DECLARED = { declared: [{ type: "cn-mobile" }] } as unknown as Partial<Flow>;

/** The opinion of the operator's rules alone. */
function opinion(rules: readonly PolicyRule[], c: Partial<Case> = {}, flow: Partial<Flow> = {}) {
  const base = caseOf([finding("cn-mobile")], { policy: policyOf({ rules }), ...c });
  return policyRules.judge({ ...base, flow: { ...base.flow, ...flow } });
}
const holds = (match: Match, c: Partial<Case> = {}, flow: Partial<Flow> = {}) =>
  opinion([rule({ match })], c, flow) !== null;

describe("a match", () => {
  test.each<[string, Match, boolean]>([
    ["any of two that are both open, the first", { any: [{ piAny: ["cn-mobile"] }, { piAny: ["email"] }] }, true],
    ["the second", { any: [{ piAny: ["email"] }, { piAny: ["cn-mobile"] }] }, true],
    ["neither", { any: [{ piAny: ["email"] }, { piAny: ["person"] }] }, false],
    ["any of none", { any: [] }, false],
    ["one that always holds beside one that does not", { any: [{}, { piAny: ["email"] }] }, true],
    ["not what cannot be on this way", { not: { country: ["SG"] } }, true],
    ["not what is found", { not: { piAny: ["cn-mobile"] } }, false],
    ["not what is not found", { not: { piAny: ["email"] } }, true],
    ["not both, one missing", { not: { piAny: ["cn-mobile"], sensitive: true } }, true],
    ["as many people as the highest", { people: { max: 1 } }, true],
    ["as many as the lowest", { people: { min: 1, max: 1 } }, true],
    ["fewer than the lowest", { people: { min: 2 } }, false],
    ["nobody minor", { minor: false }, true],
    ["nothing declared", { declared: true }, false],
  ])("%s", (_, match, expected) => expect(holds(match)).toBe(expected));
  test("a minor among several", () => {
    const individuals = [individual(0, [0]), individual(1, [1], { minor: true })];
    const c = { findings: [finding("cn-mobile"), finding("person")], individuals };
    expect([holds({ minor: true }, c), holds({ minor: false }, c)]).toEqual([true, false]);
    expect([holds({ minor: true }, MINOR), holds({ minor: true })]).toEqual([true, false]);
  });
  test("at most so many may be nobody", () => {
    expect(holds({ people: { max: 1 } }, { findings: [], individuals: [] })).toBe(true);
  });
  test("somebody declared", () => {
    expect([holds({ declared: true }, {}, DECLARED), holds({ declared: false }, {}, DECLARED)]).toEqual([true, false]);
  });
});

describe("two ways of one policy never share which rules are open", () => {
  const parts = [
    "exporter",
    "destination",
    "recipient",
    "country",
    "purpose",
    "operation",
    "provider",
    "caller",
  ] as const;
  const { flow } = caseOf([]);
  test.each(parts)("%s", (part) => {
    const policy = policyOf({ rules: [rule({ match: { [part]: [flow[part]] } as Match })] });
    const judged = (change: Partial<Flow>) => opinion([], { policy }, change)?.rule ?? null;
    for (let again = 0; again < 2; again += 1) {
      expect([judged({}), judged({ [part]: "else" })]).toEqual(["let-go", null]);
    }
  });
  test("nor two policies", () => {
    expect([holds({ country: ["US"] }), holds({ country: ["SG"] }), holds({ country: ["US"] })]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe("what the rules say", () => {
  test("says no more than was asked", () => {
    const plain = { rule: "let-go", effect: "permit", actions: ["forward"], hide: [], reasons: [] };
    expect(opinion([FORWARD])).toStrictEqual(plain);
    expect(opinion([rule({ action: "pseudonymize" })])).toStrictEqual({
      ...plain,
      actions: ["pseudonymize"],
      hide: [0],
    });
    expect(opinion([rule({ action: "redact", proof: "p" })])).toStrictEqual({
      ...{ ...plain, actions: ["redact"], hide: [0] },
      ...{ remove: [0], proofs: ["p"] },
    });
  });
  test("by the name of the strictest", () => {
    const [a, m, z] = [
      rule({ id: "a" }),
      rule({ id: "m", action: "pseudonymize" }),
      rule({ id: "z", action: "redact" }),
    ];
    expect([opinion([a, m])!.rule, opinion([a, m, z])!.rule, opinion([a, z])!.rule]).toEqual(["m", "z", "z"]);
  });
  test("each that fails is told, and so is its name", () => {
    const broken = (id: string) => rule({ id, when: "no.such" });
    const said = opinion([FORWARD, broken("b"), broken("a")]);
    expect(said).toMatchObject({ rule: "a", effect: "forbid" });
    expect(said!.reasons.map(({ about }) => about)).toEqual(["b", "a"]);
  });
});

describe("a condition", () => {
  const FLOW: Partial<Flow> = {
    ...{ caller: "c", exporter: "e", destination: "d", recipient: "r", country: "SG", purpose: "p" },
    ...{ provider: "v", operation: "embedding", model: "m", ...DECLARED },
  };
  const c = caseOf([finding("cn-mobile"), finding("cn-mobile"), finding("bank-card")], {
    individuals: [individual(0, [0, 1]), individual(1, [2], { minor: true })],
    counts: { nonSensitive: 11, sensitive: 12, gross: 13 },
    at: "2026-03-08T15:59:59.999Z",
  });
  const holdsOn = (text: string, one: Case = { ...c, flow: { ...c.flow, ...FLOW } }) => {
    forgetSeen();
    const when = whenOf(text);
    if (typeof when !== "function") throw new Error(when.why);
    return when(one);
  };
  test.each([
    "request.app == 'c' && request.exporter == 'e' && request.destination == 'd' && request.recipient == 'r'",
    "request.country == 'SG' && request.purpose == 'p' && request.provider == 'v'",
    "request.operation == 'embedding' && request.model == 'm' && request.declared",
    "pi.individuals == 2 && pi.count == 3 && pi.kinds == ['cn-mobile', 'bank-card']",
    "pi.any && pi.sensitive && pi.minor",
    "counts.nonSensitive == 11 && counts.sensitive == 12 && counts.gross == 13",
    "at.month == 3 && at.day == 8 && at.hour == 23 && at.weekday == 7",
  ])("%s", (text) => expect(holdsOn(text)).toBe(true));
  test("nobody named, nothing declared, nothing found", () => {
    const empty = caseOf([], { individuals: [] });
    expect(holdsOn("request.model == '' && !request.declared && !pi.any && !pi.sensitive && !pi.minor", empty)).toBe(
      true,
    );
    expect(holdsOn("pi.count == 0 && pi.kinds == []", empty)).toBe(true);
  });
  test.each([
    ["2026-03-08T16:00:00.000Z", 0, 1],
    ["2026-03-08T16:59:59.999Z", 0, 1],
    ["2026-03-08T17:00:00.000Z", 1, 1],
    ["2026-03-15T15:00:00.000Z", 23, 7],
  ])("%s is hour %i, weekday %i in Beijing", (at, hour, weekday) => {
    expect(holdsOn(`at.hour == ${hour} && at.weekday == ${weekday}`, { ...c, at })).toBe(true);
  });
  test("what was settled for a text is settled", () => {
    expect(whenOf("pi.any && true")).toBe(whenOf("pi.any && true"));
    expect(whenOf("pi.nothing")).toBe(whenOf("pi.nothing"));
  });

  const why = (text: string) => whenOf(text) as { why: string; at: number | null };
  test("why it is none, and where", () => {
    expect(why("pi.count + 1")).toEqual({ why: "is int, not true or false", at: null });
    expect(why("pi.any && request.user == 'x'").at).toBeGreaterThan(0);
    expect(why("pi.any && request.user == 'x'").why).not.toContain("\n");
    expect(why("request.app.matches('^x') && request.app.matches('(a+)+')")).toMatchObject({
      why: "a group that repeats must hold no repetition and no choice: some texts take it for ever",
      at: 49,
    });
    expect(why("'(a+)+'.matches(request.app)")).toMatchObject({ at: 0 });
    expect(why("(1+2)*(1+2) > 3.matches")).not.toBe(null);
  });
  test("only a pattern is looked at as one", () => {
    expect(whenOf("(pi.count * 2) * pi.count + (pi.count + 1) * 2 > 3")).toBeTypeOf("function");
    expect(whenOf("request.app.matches('^(ab)+$')")).toBeTypeOf("function");
  });

  const nested = (n: number) => `${"!".repeat(n)}pi.any`;
  const listOf = (n: number) => `pi.count in [${Array.from({ length: n }, (_, i) => i).join(", ")}]`;
  const terms = (n: number) => Array.from({ length: n }, () => "pi.any").join(" && ");
  test.each<[string, (n: number) => string]>([
    ["terms", terms],
    ["elements of a list", listOf],
    ["depth", nested],
  ])("%s: there is a most, and one more is refused", (_, make) => {
    const most = Array.from({ length: 250 }, (_unused, i) => i + 1).findLast(
      (n) => typeof whenOf(make(n)) === "function",
    )!;
    expect({ most, more: typeof whenOf(make(most + 1)) }).toEqual({ most: expect.any(Number), more: "object" });
    expect(most).toBeLessThan(200);
  });
});

describe("what is seen of a Case", () => {
  const c = caseOf([finding("cn-mobile"), finding("bank-card")], MINOR);
  const told = ({ personal, sensitive, minor, kinds }: ReturnType<typeof seenOf>) => {
    return { personal, sensitive, minor, some: kinds.some((word) => word !== 0) };
  };
  const all = { personal: true, sensitive: true, minor: true, some: true };
  const none = { personal: false, sensitive: false, minor: false, some: false };
  test("nothing of the Case before it stays", () => {
    expect(told(seenOf(c))).toEqual(all);
    expect(told(seenOf(caseOf([], { individuals: [] })))).toEqual(none);
    expect(told(seenOf(c))).toEqual(all);
    expect(told(seenOf({ ...c, findings: [] }))).toEqual({ ...none, minor: true });
    expect(told(seenOf(c))).toEqual(all);
    expect(told(seenOf({ ...c, individuals: [individual(0, [0, 1])] }))).toEqual({ ...all, minor: false });
    forgetSeen();
  });
  test("what is about nobody is a kind, and nothing more", () => {
    const uscc = finding("uscc", { sensitive: true });
    expect(told(seenOf(caseOf([uscc], { individuals: [] })))).toEqual({ ...none, some: true });
    forgetSeen();
  });
});

describe("the built-in rules speak in their own name", () => {
  test("credentials", () => {
    expect(credentials.judge(caseOf([finding("api-key")]))).toMatchObject({
      ...{ rule: "credentials", reasons: [{ code: "CREDENTIAL_FOUND", path: "/api-key", type: "api-key" }] },
    });
    expect(credentials.judge(caseOf([finding("cn-mobile")]))).toBe(null);
  });
  test.each([
    ["path", ["PI_IN_HEAD"]],
    ["query", ["PI_IN_HEAD"]],
    ["header", ["PI_IN_HEAD"]],
    ["body", []],
    ["file", []],
  ] as const)("head: %s", (where, expected) => {
    const said = head.judge(caseOf([finding("cn-mobile", { where }), finding("uscc", { where })]));
    expect(said?.reasons.map(({ code }) => code) ?? []).toEqual(expected);
    if (said !== null)
      expect(said).toMatchObject({ rule: "head", reasons: [{ path: "/cn-mobile", type: "cn-mobile" }] });
  });
  test("knowledge asks the law only where the policy asks it to", () => {
    const lost = { exporters: new Map() };
    const judge = (failures: Policy["failures"]) =>
      knowledge.judge(caseOf([], { policy: policyOf({ ...lost, failures }) }));
    expect(judge({ lawNotReviewed: "warn", calendarUnknown: "warn" })).toBe(null);
    expect(() => judge({ lawNotReviewed: "block", calendarUnknown: "warn" })).toThrow();
    expect(() => judge({ lawNotReviewed: "warn", calendarUnknown: "block" })).toThrow();
  });
});

describe("what nobody reads", () => {
  const SIGNED: Signed = { approvedBy: "dpo", reason: "seen" };
  const unread = (name: OpaqueClass) => [{ path: `/${name}`, class: name, kind: "k" }];
  const sent = (name: OpaqueClass, signed: readonly OpaqueClass[], policy: Partial<Policy> = {}) => {
    const destination = {
      ...policyOf().destinations.get("acme-api")!,
      opaque: new Map(signed.map((one) => [one, SIGNED])),
    };
    const destinations = new Map([["acme-api", destination]]);
    return caseOf([], { individuals: [], unread: unread(name), policy: policyOf({ destinations, ...policy }) });
  };
  test.each<[OpaqueClass, string]>([
    ["image", "OPAQUE_IMAGE"],
    ["audio", "OPAQUE_AUDIO"],
    ["video", "OPAQUE_VIDEO"],
    ["archive", "OPAQUE_ARCHIVE"],
    ["dataset", "OPAQUE_DATASET"],
    ["document", "OPAQUE_DOCUMENT"],
    ["unknown", "OPAQUE_UNKNOWN"],
  ])("%s: leaves where somebody signed for it, and says who", (name, code) => {
    const blocked = opaque.judge(sent(name, name === "image" ? ["audio"] : ["image"]));
    const article = "PIPL Art.51";
    expect(blocked).toMatchObject({ rule: "opaque", reasons: [{ code, article, path: `/${name}`, about: "k" }] });
    expect(decide(sent(name, [name]))).toMatchObject({
      ...{ action: "forward", unread: [{ path: `/${name}`, class: name, kind: "k", approvedBy: "dpo" }] },
    });
    expect("unread" in decide(caseOf([finding("cn-mobile")]))).toBe(false);
  });
  test("beside what is hidden", () => {
    const c = {
      ...sent("image", ["image"], { rules: [rule({ action: "pseudonymize" })] }),
      findings: [finding("person")],
    };
    const d = decide({ ...c, individuals: [individual(0, [0])] });
    expect(d).toMatchObject({ action: "pseudonymize", hide: [0], unread: [{ approvedBy: "dpo" }] });
  });
  test("of several the unsigned ones are told", () => {
    const c = { ...sent("image", ["image"]), unread: [...unread("image"), ...unread("audio")] };
    expect(codes(decide(c))).toEqual(["OPAQUE_AUDIO"]);
  });
  test("another proof is no extraction test", () => {
    const proof: Proof = {
      ...{ id: "x", of: "anonymisation", method: "m", report: "d", recall: 1, by: "lab" },
      ...{ from: "2026-01-01", until: "2026-12-31" },
    };
    const weights = (of: Proof["of"]) => sent("model-weights", ["model-weights"], { proofs: [{ ...proof, of }] });
    expect(codes(decide(weights("anonymisation")))).toEqual(["OPAQUE_MODEL_WEIGHTS"]);
    expect(decide(weights("extraction-test")).action).toBe("forward");
  });
});
