// What is decided, case by case. The laws of deciding are in decide-laws.test.ts.

import { describe, expect, test } from "vitest";
import { RULES } from "../src/decide/all.ts";
import { decide } from "../src/decide/decide.ts";
import { CATALOGUE, REASONS_PER_CODE_MAX } from "../src/decide/reasons.ts";
import { law } from "../src/decide/rules/law/rule.ts";
import type { Case, Policy, PolicyRule, Rule } from "../src/words.ts";
import { AT, CONTRACT, caseOf, consent, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

const codes = (c: Case) => decide(c).reasons.map(({ code }) => code);
const withPolicy = (change: Partial<Policy>) => ({ policy: policyOf(change) });
const mobile = finding("cn-mobile");
const card = finding("bank-card");
const hideMobile: PolicyRule = {
  ...FORWARD,
  id: "hide-mobile",
  action: "pseudonymize",
  match: { piAny: ["cn-mobile"] },
};
const purposeOf = (neededTypes: readonly string[] | null, basis: object = { legalBasis: "consent" }) =>
  new Map([["support", { ...policyOf().purposes.get("support")!, neededTypes, basis: basis as never }]]);

describe("what passes", () => {
  test("no PI, permitted", () => {
    const decision = decide(caseOf([], { individuals: [] }));
    expect(decision).toMatchObject({
      action: "forward",
      rule: "let-go",
      reasons: [],
      cures: [],
      hide: [],
      would: null,
    });
    expect(decision.legal).toMatchObject({ outcome: "NO_PI", rule: "A1", admissions: [] });
  });
  test("an ordinary consented person: E7, one admission, the line as limit", () => {
    const { action, legal } = decide(caseOf([mobile]));
    expect(action).toBe("forward");
    expect(legal).toMatchObject({ outcome: "EXEMPT", rule: "E7", limit: { nonSensitive: 99_999, sensitive: null } });
    expect(legal.admissions).toEqual([
      { key: "c0", nonSensitive: true, sensitive: false, recipient: "acme", by: "E7" },
    ]);
    expect(legal.revision).toBe("RS-2024+NDSMR-2025+CERT-2026");
    expect(legal.switches).toMatchObject({ hrRequireBoth: true, "U-7": "strict" });
  });
  test("a sensitive person under a contract: both counters", () => {
    const { action, legal } = decide(caseOf([mobile, card], withPolicy({ mechanisms: [CONTRACT] })));
    expect(action).toBe("forward");
    expect(legal).toMatchObject({ outcome: "SC_OR_CERT", rule: "C2", mechanism: "sc-1" });
    expect(legal.admissions).toEqual([
      { key: "c0", nonSensitive: true, sensitive: true, recipient: "acme", by: "sc-1" },
    ]);
  });
  test("an exempt scenario is counted gross only", () => {
    const contract = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } };
    const { action, legal } = decide(caseOf([mobile], withPolicy({ purposes: purposeOf(null, contract) })));
    expect([action, legal.rule]).toEqual(["forward", "E2"]);
    expect(legal.admissions).toEqual([
      { key: "c0", nonSensitive: false, sensitive: false, recipient: "acme", by: "E2" },
    ]);
  });
  test("an organisation's number is about nobody", () => {
    const decision = decide(caseOf([finding("uscc"), finding("uscc", { where: "path" })], { individuals: [] }));
    expect(decision).toMatchObject({ action: "forward", legal: { outcome: "NO_PI" } });
  });
  test("a way that stays in the mainland is no export", () => {
    const recipient = { ...policyOf().recipients.get("acme")!, country: "CN" };
    const c = caseOf([card], withPolicy({ recipients: new Map([["acme", recipient]]) }));
    expect(decide(c)).toMatchObject({ action: "forward", legal: { outcome: "NOT_EXPORT", rule: "N0" } });
  });
});

describe("what the law forbids", () => {
  const blocked: [string, Case, string[], string][] = [
    [
      "no consent",
      caseOf([mobile], { individuals: [individual(0, [0], { consent: null })] }),
      ["CONSENT_MISSING"],
      "E7",
    ],
    ["no mechanism", caseOf([card]), ["NO_MECHANISM"], "C2"],
    [
      "another exporter's mechanism",
      caseOf([card], withPolicy({ mechanisms: [{ ...CONTRACT, exporters: ["x"] }] })),
      ["SCOPE_EXPORTER"],
      "C2",
    ],
    ["no notice", caseOf([mobile], withPolicy({ notices: [] })), ["NOTICE_INCOMPLETE"], "E7"],
    ["no PIPIA", caseOf([mobile], withPolicy({ pipias: [] })), ["PIPIA_MISSING"], "E7"],
    [
      "a kind the PIPIA leaves out",
      caseOf([finding("email")], { individuals: [individual(0, [0], { consent: consent({ types: ["email"] }) })] }),
      ["PIPIA_NOT_COVERING"],
      "E7",
    ],
    [
      "the 100,000th",
      caseOf([mobile], { counts: { nonSensitive: 99_999, sensitive: 0, gross: 0 } }),
      ["NO_MECHANISM"],
      "C1",
    ],
  ];
  test.each(blocked)("%s", (_, c, reasons, rule) => {
    const decision = decide(c);
    expect(decision).toMatchObject({ action: "block", rule, hide: [] });
    expect(decision.reasons.map(({ code }) => code)).toEqual(reasons);
    expect(decision.cures.length).toBeGreaterThan(0);
  });
  test("a person already counted is not counted again", () => {
    const counted = { nonSensitive: true, sensitive: false, gross: true };
    const c = caseOf([mobile], {
      counts: { nonSensitive: 99_999, sensitive: 0, gross: 0 },
      individuals: [individual(0, [0], { counted })],
    });
    expect(decide(c).action).toBe("forward");
  });
  test("all new people of the crossing are added before anybody is judged", () => {
    const two = { individuals: [individual(0, [0]), individual(1, [1])] };
    const near = (nonSensitive: number) => ({ counts: { nonSensitive, sensitive: 0, gross: 0 } });
    expect(decide(caseOf([mobile, mobile], { ...two, ...near(99_997) })).action).toBe("forward");
    expect(codes(caseOf([mobile, mobile], { ...two, ...near(99_998) }))).toEqual(["NO_MECHANISM"]);
  });
  test("one of several without consent blocks, and the reason names his field", () => {
    const second = finding("cn-mobile", { path: "/messages/1/content" });
    const c = caseOf([mobile, second], { individuals: [individual(0, [0]), individual(1, [1], { consent: null })] });
    expect(decide(c).reasons).toEqual([
      {
        code: "CONSENT_MISSING",
        article: "PIPL Art.39",
        path: "/messages/1/content",
        type: "cn-mobile",
        about: "support",
      },
    ]);
    expect(decide(c).cures).toEqual(["obtain_separate_consent"]);
  });
  test("consent that is not granted does not hold, whatever its dates", () => {
    const state = consent({ granted: false, withdrawnAt: "2027-01-01T00:00:00.000Z" });
    expect(codes(caseOf([mobile], { individuals: [individual(0, [0], { consent: state })] }))).toEqual([
      "CONSENT_WITHDRAWN",
    ]);
    const withdrawn = consent({ withdrawnAt: AT });
    expect(codes(caseOf([mobile], { individuals: [individual(0, [0], { consent: withdrawn })] }))).toEqual([
      "CONSENT_WITHDRAWN",
    ]);
  });
  test("what taking a field out would do is offered", () => {
    expect(decide(caseOf([mobile, card])).cures).toEqual(["record_mechanism", "remove_field"]);
    expect(decide(caseOf([card])).cures).toEqual(["record_mechanism"]);
  });
  test("a finding that belongs to nobody is not let through uncounted", () => {
    expect(decide(caseOf([mobile], { individuals: [] }))).toMatchObject({ action: "block", rule: "law" });
  });
  test.each([
    ["exporter", { exporters: new Map() }],
    ["recipient", { recipients: new Map() }],
    ["purpose", { purposes: new Map() }],
    ["destination", { destinations: new Map() }],
    ["switch", { switches: { hrRequireBot: true } }],
    ["mechanism", { mechanisms: [{ ...CONTRACT, validUntil: "soon" }] }],
  ])("an unknown or malformed %s blocks", (_, change) => {
    expect(decide(caseOf([card], withPolicy(change as Partial<Policy>)))).toMatchObject({ action: "block" });
  });
  test("a malformed date of the Case blocks", () => {
    expect(decide(caseOf([mobile], { at: "now" })).reasons[0]).toMatchObject({ code: "RULE_FAILED", about: "law" });
  });
});

describe("the other rules", () => {
  test("a credential", () => {
    expect(codes(caseOf([finding("api-key")], { individuals: [] }))).toEqual(["CREDENTIAL_FOUND"]);
  });
  test.each(["path", "query", "header"] as const)("PI in a %s", (where) => {
    expect(decide(caseOf([finding("cn-mobile", { where })]))).toMatchObject({ action: "block", rule: "head" });
  });
  test("a stale feed blocks what rests on consent, and only that", () => {
    expect(codes(caseOf([mobile], { stale: true }))).toEqual(["CONSENT_FEED_STALE"]);
    expect(decide(caseOf([], { stale: true, individuals: [] })).action).toBe("forward");
    const contract = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } };
    expect(
      decide(caseOf([mobile], { stale: true, ...withPolicy({ purposes: purposeOf(null, contract) }) })).action,
    ).toBe("forward");
  });
  test("no policy rule matches", () => {
    const rules = [{ ...FORWARD, match: { destination: ["elsewhere"] } }];
    expect(decide(caseOf([mobile], withPolicy({ rules })))).toMatchObject({ action: "block", rule: "default" });
  });
  test.each([
    [{}, true],
    [{ pi: true }, true],
    [{ pi: false }, false],
    [{ piAny: ["email"] }, false],
    [{ piAny: ["email", "cn-mobile"] }, true],
    [{ operation: ["embedding"] }, false],
    [{ caller: ["app"] }, true],
    [{ caller: ["other"] }, false],
    [{ caller: [] }, false],
    [{ purpose: ["support"], destination: ["acme-api"] }, true],
    [{ purpose: ["support"], destination: ["x"] }, false],
  ])("match %j: %s", (match, does) => {
    const rules = [{ ...FORWARD, match: match as PolicyRule["match"] }];
    expect(decide(caseOf([mobile], withPolicy({ rules }))).action).toBe(does ? "forward" : "block");
  });
  test("block beats pseudonymize beats forward; of equals the first by name", () => {
    const rule = (id: string, action: PolicyRule["action"]): PolicyRule => ({ ...FORWARD, id, action });
    const word = (...rules: PolicyRule[]) => {
      const { action, rule: by } = decide(caseOf([mobile], withPolicy({ rules })));
      return `${action} ${by}`;
    };
    expect(word(rule("b", "forward"), rule("a", "forward"))).toBe("forward a");
    expect(word(rule("a", "forward"), rule("c", "pseudonymize"), rule("b", "pseudonymize"))).toBe("pseudonymize b");
    expect(word(rule("a", "forward"), rule("d", "block"), rule("c", "block"), rule("b", "pseudonymize"))).toBe(
      "block c",
    );
  });
});

describe("curing by pseudonyms", () => {
  const person = finding("person");
  test("what is not needed leaves as a pseudonym", () => {
    const c = caseOf([mobile, person], withPolicy({ purposes: purposeOf(["cn-mobile"]) }));
    expect(decide(c)).toMatchObject({ action: "pseudonymize", hide: [1], rule: "let-go", reasons: [] });
  });
  test("so does what is outside the mechanism's scope; counts and route stay those of the original", () => {
    const mechanisms = [{ ...CONTRACT, scope: { ...CONTRACT.scope, categories: ["person"] } }];
    const decision = decide(caseOf([card, person, card], withPolicy({ mechanisms })));
    expect(decision).toMatchObject({ action: "pseudonymize", hide: [0, 2], legal: { rule: "C2", mechanism: "sc-1" } });
    expect(decision.legal.admissions).toEqual([
      { key: "c0", nonSensitive: true, sensitive: true, recipient: "acme", by: "sc-1" },
    ]);
  });
  test("policy's own wish is joined to the law's", () => {
    const c = caseOf(
      [mobile, person],
      withPolicy({ purposes: purposeOf(["cn-mobile"]), rules: [FORWARD, hideMobile] }),
    );
    expect(decide(c)).toMatchObject({ action: "pseudonymize", hide: [0, 1], rule: "hide-mobile" });
  });
  test("it cures neither consent nor a missing mechanism", () => {
    const hideAll: PolicyRule = { ...FORWARD, action: "pseudonymize" };
    expect(codes(caseOf([card], withPolicy({ rules: [hideAll] })))).toEqual(["NO_MECHANISM"]);
    const nobody = [individual(0, [0], { consent: null })];
    expect(codes(caseOf([mobile], { individuals: nobody, ...withPolicy({ rules: [hideAll] }) }))).toEqual([
      "CONSENT_MISSING",
    ]);
  });
  test("with another reason beside, nothing is cured and both are told", () => {
    const c = caseOf([mobile, person], {
      individuals: [individual(0, [0, 1], { consent: null })],
      ...withPolicy({ purposes: purposeOf(["cn-mobile"]) }),
    });
    expect(codes(c)).toEqual(["CONSENT_MISSING", "NOT_NECESSARY"]);
  });
  test("what would have to be hidden but stands in the head blocks", () => {
    const decision = decide(
      caseOf([finding("uscc", { where: "query", path: "q" })], {
        individuals: [],
        ...withPolicy({ rules: [{ ...FORWARD, action: "pseudonymize", match: { piAny: ["uscc"] } }] }),
      }),
    );
    expect(decision).toMatchObject({ action: "block", reasons: [{ code: "PI_IN_HEAD", path: "q", type: "uscc" }] });
  });
  test("nothing to hide is a forward", () => {
    const c = caseOf([], { individuals: [], ...withPolicy({ rules: [{ ...FORWARD, action: "pseudonymize" }] }) });
    expect(decide(c).action).toBe("forward");
  });
  test("one mechanism lacking only the category is enough, whatever ails the others", () => {
    const mechanisms = [
      { ...CONTRACT, id: "old", status: "revoked" as const },
      { ...CONTRACT, scope: { categories: [] } },
    ];
    expect(decide(caseOf([card], withPolicy({ mechanisms })))).toMatchObject({ action: "pseudonymize", hide: [0] });
  });
});

describe("several people, several rules", () => {
  test("one who cannot be cured: the law asks for no pseudonyms at all", () => {
    const people = [individual(0, [0]), individual(1, [1], { consent: null })];
    const c = caseOf([finding("person"), mobile], {
      individuals: people,
      ...withPolicy({ purposes: purposeOf(["cn-mobile"]) }),
    });
    expect(law.judge(c)).toMatchObject({ effect: "forbid", actions: [], hide: [] });
  });
  test("the limit is the lowest of all", () => {
    const people = [individual(0, [0]), individual(1, [1])];
    const { legal } = decide(
      caseOf([card, mobile], { individuals: people, ...withPolicy({ mechanisms: [CONTRACT] }) }),
    );
    expect(legal).toMatchObject({ rule: "C2", limit: { nonSensitive: 99_999, sensitive: 9_999 } });
  });
  test("a mechanism of another exporter is told only where the own ones are of no use for the route", () => {
    const own = { ...CONTRACT, validUntil: "2026-05-11" };
    const useless = { ...CONTRACT, id: "gba", type: "GBA_STANDARD_CONTRACT" as const };
    const other = { ...CONTRACT, id: "cert", type: "CERTIFICATION" as const, exporters: ["x"] };
    const told = (...mechanisms: (typeof CONTRACT)[]) => codes(caseOf([card], withPolicy({ mechanisms })));
    expect(told(own, useless, other)).toEqual(["MECH_NOT_ALLOWED_FOR_ROUTE", "MECH_EXPIRED"]);
    expect(told(useless, other)).toEqual(["SCOPE_EXPORTER"]);
  });
  test("what forbids only once something is hidden is told beside what was to be cured", () => {
    const c = caseOf([finding("person")], withPolicy({ purposes: purposeOf([]) }));
    const jealous: Rule = {
      name: "jealous",
      judge: ({ hidden }) =>
        hidden.size === 0
          ? null
          : { rule: "jealous", effect: "forbid", actions: [], hide: [], reasons: [{ code: "ODD", article: "Art.0" }] },
    };
    expect(decide(c).action).toBe("pseudonymize");
    const { action, reasons } = decide(c, [...RULES, jealous]);
    expect([action, ...reasons.map(({ code }) => code)]).toEqual(["block", "NOT_NECESSARY", "ODD"]);
  });
});

describe("reasons", () => {
  test("in weight, then in the order of the document", () => {
    const at = (n: number) => finding("person", { path: `/messages/${n}/content` });
    const c = caseOf([at(10), at(9), finding("api-key")], withPolicy({ purposes: purposeOf([]), pipias: [] }));
    expect(decide(c).reasons.map(({ code, path }) => [code, path])).toEqual([
      ["CREDENTIAL_FOUND", "/api-key"],
      ["PIPIA_MISSING", undefined],
      ["NOT_NECESSARY", "/messages/9/content"],
      ["NOT_NECESSARY", "/messages/10/content"],
    ]);
  });
  test("are bounded per code", () => {
    const findings = Array.from({ length: 100 }, (_, i) => finding("person", { path: `/${i}` }));
    const individuals = findings.map((_, i) => individual(i, [i], { consent: null }));
    expect(decide(caseOf(findings, { individuals })).reasons).toHaveLength(REASONS_PER_CODE_MAX);
  });
  test("every entry of the catalogue has an article", () => {
    for (const [code, { article }] of Object.entries(CATALOGUE)) expect(article, code).toMatch(/Art/);
  });
});

test("the registry names each rule once", () => {
  expect(RULES.map(({ name }) => name).sort()).toEqual([
    "credentials",
    "drift",
    "duties",
    "head",
    "hold",
    "knowledge",
    "lapsed",
    "law",
    "not-opened",
    "opaque",
    "policy",
    "stale-consent",
    "superseded-notice",
  ]);
});
