// Deciding at its edges: who is told to have decided, what leaves on trial, what is remembered (nothing), and what is
// said of several people at once.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { isWellFormed } from "../src/decide/opinions.ts";
import { planOf } from "../src/decide/plan.ts";
import { CATALOGUE, curesOf, OWN, ordered } from "../src/decide/reasons.ts";
import { law } from "../src/decide/rules/law/rule.ts";
import type {
  Case,
  Finding,
  Individual,
  Observe,
  Opinion,
  Policy,
  PolicyRule,
  Proof,
  Reason,
  Rule,
} from "../src/words.ts";
import { CONTRACT, caseOf, consent, FORWARD, finding, individual, policyOf } from "./decide/cases.ts";

const said = (opinion: Opinion, when: (c: Case) => boolean = () => true): Rule => ({
  name: opinion.rule,
  judge: (c) => (when(c) ? opinion : null),
});
const permits = (rule: string, change: Partial<Opinion> = {}): Opinion => ({
  ...{ rule, effect: "permit", actions: ["forward"], hide: [], reasons: [] },
  ...change,
});
const forbids = (rule: string, reasons: readonly Reason[], change: Partial<Opinion> = {}): Opinion => ({
  ...{ rule, effect: "forbid", actions: [], hide: [], reasons },
  ...change,
});
const ODD: Reason = { code: "ODD", article: "Art.0" };
const NAY = said(forbids("nay", [ODD]));
const YEA = said(permits("yea"));
/** Forbids once something is hidden. */
const JEALOUS = said(forbids("jealous", [ODD]), ({ hidden }) => hidden.size > 0);

const policyRule = (change: Partial<PolicyRule>): PolicyRule => ({ ...FORWARD, ...change });
const kinds = (...types: string[]) => types.map((type, i) => finding(type, { path: `/${i}` }));
const codes = (reasons: readonly Reason[]) => reasons.map(({ code }) => code);
const needing = (neededTypes: readonly string[]) => ({
  purposes: new Map([["support", { ...policyOf().purposes.get("support")!, neededTypes }]]),
});

const TRIAL: Observe = {
  ...{ covers: "law", from: "2026-05-01", until: "2026-05-30" },
  ...{ approvedBy: "dpo", reason: "trial" },
};

function onTrial(findings: readonly Finding[], policy: Partial<Policy> = {}, more: Partial<Case> = {}): Case {
  const destination = { ...policyOf().destinations.get("acme-api")!, observe: TRIAL };
  const destinations = new Map([["acme-api", destination]]);
  return caseOf(findings, { policy: policyOf({ destinations, ...policy }), ...more });
}

describe("nothing is remembered of a Case once it is decided", () => {
  test("neither the law's word", () => {
    const c = caseOf(kinds("cn-mobile"));
    expect(decide(c).action).toBe("forward");
    Object.assign(c.individuals[0]!, { consent: null });
    expect(decide(c).action).toBe("block");
  });
  test("nor what was found", () => {
    const rules = [FORWARD, policyRule({ id: "stop", action: "block", match: { minor: true } })];
    const contract = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } } as const;
    const purposes = new Map([["support", { ...policyOf().purposes.get("support")!, basis: contract }]]);
    const c = caseOf(kinds("cn-mobile"), { policy: policyOf({ rules, purposes }) });
    expect(decide(c).action).toBe("forward");
    Object.assign(c.individuals[0]!, { minor: true });
    expect(decide(c).action).toBe("block");
  });
});

describe("what cannot be rewritten", () => {
  const stuck = (change: Partial<Finding>, action: PolicyRule["action"]) => {
    const rules = [FORWARD, policyRule({ id: "out", action, match: { piAny: ["uscc"] } })];
    return decide(caseOf([finding("uscc", change)], { individuals: [], policy: policyOf({ rules }) }));
  };
  test.each<[string, Partial<Finding>, string]>([
    ["in a query", { where: "query" }, "PI_IN_HEAD"],
    ["in a file", { where: "file" }, "PI_IN_FILE"],
    ["fixed in a body", { fixed: true }, "PI_IN_HEAD"],
  ])("%s, it is neither hidden nor taken out", (_, change, code) => {
    for (const action of ["pseudonymize", "redact"] as const) {
      const d = stuck(change, action);
      expect(d).toMatchObject({ action: "block", rule: "head", hide: [] });
      expect(d.reasons).toEqual([{ code, article: "PIPL Art.51", path: "/uscc", type: "uscc" }]);
    }
  });
  test("personal information in a file leaves where nobody wants it rewritten", () => {
    expect(decide(caseOf([finding("cn-mobile", { where: "file" })])).action).toBe("forward");
  });
});

describe("a Case that the law cannot be asked about", () => {
  const exporters = { exporters: new Map() };
  const lost = caseOf(kinds("cn-mobile"), { policy: policyOf(exporters) });
  test("does not pass, whoever permits it", () => {
    const d = decide(lost, [YEA]);
    expect(d).toMatchObject({ action: "block", rule: "law", cures: ["mend_rule"], would: null });
    expect(d.reasons).toEqual([{ code: "RULE_FAILED", article: "PIPL Art.51", about: "law" }]);
  });
  test("says so beside what forbids it", () => {
    expect(codes(decide(lost, [YEA, NAY]).reasons)).toEqual(["RULE_FAILED", "ODD"]);
  });
  test("carries no route, and a limit that nothing passes", () => {
    expect(decide(lost).legal).toEqual({
      ...{ outcome: "PROHIBITED", rule: "law", basis: "", revision: "unknown", switches: {}, mechanism: null },
      ...{ mechanismsAllowed: [], warnings: [], admissions: [], papers: [] },
      limit: { nonSensitive: 0, sensitive: 0 },
    });
  });
  test("is not observed either", () => {
    expect(decide(onTrial(kinds("cn-mobile"), exporters))).toMatchObject({ action: "block", would: null });
  });
});

describe("who decided", () => {
  const by = (...rules: Rule[]) => decide(caseOf(kinds("cn-mobile", "person")), rules).rule;
  test("the strictest permit, of equals the first by name", () => {
    const pseudonymize = said(permits("m", { actions: ["pseudonymize"], hide: [0] }));
    const redact = said(permits("z", { actions: ["redact"], hide: [1], remove: [1] }));
    expect(by(YEA, said(permits("a")))).toBe("a");
    expect(by(said(permits("a")), YEA)).toBe("a");
    expect(by(said(permits("a")), pseudonymize)).toBe("m");
    expect(by(said(permits("a")), pseudonymize, redact)).toBe("z");
  });
  test.each<[string, Partial<Reason>, Partial<Reason>]>([
    ["code", { code: "EVEN" }, { code: "ODD" }],
    ["path", { path: "/1" }, { path: "/10" }],
    ["type", { type: "a" }, { type: "b" }],
    ["about", { about: "a" }, { about: "b" }],
    ["article", { article: "Art.0" }, { article: "Art.1" }],
  ])("of two that differ in %s, who gave the first reason", (_, first, second) => {
    const same = { code: "ODD", article: "Art.0", path: "/0", type: "t", about: "x" };
    const [z, a] = [said(forbids("z", [{ ...same, ...first }])), said(forbids("a", [{ ...same, ...second }]))];
    expect(by(YEA, z, a)).toBe("z");
    expect(by(YEA, a, z)).toBe("z");
  });
  test("of two with one reason the first by name", () => {
    expect(by(YEA, said(forbids("z", [ODD])), said(forbids("a", [ODD])))).toBe("a");
  });
  test("a block of the operator's own is a match", () => {
    const rules = [policyRule({ id: "stop", action: "block" })];
    const stopped = (policy: Partial<Policy>) =>
      codes(decide(caseOf(kinds("bank-card"), { policy: policyOf(policy) })).reasons);
    expect(stopped({ rules, mechanisms: [CONTRACT] })).toEqual(["POLICY_FORBIDS"]);
    expect(stopped({ rules })).toEqual(["NO_MECHANISM", "POLICY_FORBIDS"]);
    expect(stopped({ rules: [] })).toEqual(["NO_MECHANISM", "NO_RULE_MATCHED"]);
    const mixed = said(forbids("own", [ODD, { code: "POLICY_FORBIDS", article: "Art.0" }]));
    expect(codes(decide(caseOf(kinds("cn-mobile")), [law, mixed]).reasons)).toEqual(["POLICY_FORBIDS", "ODD"]);
  });
});

describe("what the law wants hidden", () => {
  test("joins what was taken out before, whatever the rules say by then", () => {
    const out = permits("out", { actions: ["redact"], hide: [1], remove: [1] });
    const fickle: Rule = { name: "out", judge: ({ hidden }) => (hidden.size === 0 ? out : permits("out")) };
    const c = caseOf(kinds("cn-mobile", "person"), { policy: policyOf(needing(["person"])) });
    expect(decide(c, [law, fickle])).toMatchObject({ action: "redact", hide: [0, 1], remove: [1] });
  });
  test("what nothing can cure is judged once", () => {
    let asked = 0;
    const counting: Rule = {
      name: "counting",
      judge() {
        asked += 1;
        return null;
      },
    };
    decide(caseOf(kinds("cn-mobile")), [counting, YEA, NAY]);
    expect(asked).toBe(1);
  });
});

describe("on trial", () => {
  const unneeded = () => onTrial(kinds("cn-mobile", "person"), needing(["cn-mobile"]));
  test("what nothing can cure leaves as the rules permit it, not as the law would have it hidden", () => {
    expect(decide(unneeded(), [law, YEA, NAY])).toMatchObject({ action: "forward", hide: [], would: "block" });
    expect(decide(unneeded(), [law])).toMatchObject({ action: "forward", hide: [], would: "block" });
  });
  test("what was hidden before it was blocked stays hidden", () => {
    const d = decide(unneeded(), [law, YEA, JEALOUS]);
    expect(d).toMatchObject({ action: "pseudonymize", hide: [1], would: "block" });
    expect(codes(d.reasons)).toEqual(["NOT_NECESSARY", "ODD"]);
  });
  test("what was taken out before stays out, and in order", () => {
    const out = permits("out", { actions: ["redact"], hide: [1], remove: [1] });
    const fickle: Rule = { name: "out", judge: ({ hidden }) => (hidden.size === 0 ? out : permits("out")) };
    expect(decide(unneeded(), [law, fickle, NAY])).toMatchObject({ action: "redact", hide: [1], remove: [1] });
    const c = onTrial(kinds("person", "cn-mobile", "cn-mobile"), needing(["cn-mobile"]));
    const more: Rule = {
      name: "out",
      judge: ({ hidden }) => (hidden.size === 0 ? YEA.judge(c) : permits("out", { actions: ["redact"], hide: [2, 1] })),
    };
    expect(decide(c, [law, more, JEALOUS])).toMatchObject({ action: "redact", hide: [0, 1, 2], remove: [1, 2] });
  });
  test("what a later judging asks for is done as well", () => {
    const more: Rule = {
      name: "more",
      judge: (c) => (c.hidden.size === 0 ? permits("more") : permits("more", { actions: ["pseudonymize"], hide: [0] })),
    };
    expect(decide(unneeded(), [law, more, JEALOUS])).toMatchObject({ action: "pseudonymize", hide: [0, 1] });
  });
  test("what cannot be rewritten does not leave", () => {
    const rules = [policyRule({ action: "pseudonymize", match: { piAny: ["uscc"] } })];
    const c = onTrial([finding("uscc", { where: "query" })], { rules }, { individuals: [] });
    expect(decide(c)).toMatchObject({ action: "block", would: null });
  });
  test("what nobody read leaves over the name of who signed for its class, and not over the observer's", () => {
    const unread = [{ path: "/0", class: "image" as const, kind: "png" }];
    const more = { individuals: [], unread };
    const image = new Map([["image" as const, { approvedBy: "cto", reason: "seen" }]]);
    const destination = { ...policyOf().destinations.get("acme-api")!, observe: TRIAL, opaque: image };
    const destinations = new Map([["acme-api", destination]]);
    const signed = decide(onTrial([], { rules: [], destinations }, more));
    expect(signed).toMatchObject({ action: "forward", would: "block", unread: [{ ...unread[0], approvedBy: "cto" }] });
    expect(decide(onTrial([], {}, more))).toMatchObject({ action: "block", would: null });
    expect("unread" in decide(onTrial([], { rules: [] }, { individuals: [] }))).toBe(false);
  });
  test("findings that two judgings take out are told in the order of the document", () => {
    const taking = (i: number) => permits("out", { actions: ["redact"], hide: [i], remove: [i] });
    const fickle: Rule = { name: "out", judge: ({ hidden }) => taking(hidden.size === 0 ? 2 : 1) };
    const c = onTrial(kinds("cn-mobile", "person", "person"));
    expect(decide(c, [law, fickle, NAY])).toMatchObject({ action: "redact", hide: [1, 2], remove: [1, 2] });
  });
  test("a law that nobody reviewed is not let through", () => {
    const failures = { lawNotReviewed: "block", calendarUnknown: "warn" } as const;
    const late = { ...policyOf().destinations.get("acme-api")!, observe: { ...TRIAL, until: "2027-05-30" } };
    const at = "2027-05-12T02:00:00.000Z";
    const d = decide(onTrial(kinds("cn-mobile"), { failures, destinations: new Map([["acme-api", late]]) }, { at }));
    expect(d).toMatchObject({ action: "block", would: null, reasons: [{ code: "LAW_NOT_REVIEWED" }] });
  });
  test("a child is observed only with a guardian's consent", () => {
    const child = (change: Partial<Individual>) => {
      const individuals = [individual(0, [0], { minor: true, ...change })];
      return decide(onTrial(kinds("cn-mobile"), { rules: [], mechanisms: [CONTRACT] }, { individuals }));
    };
    expect(child({ consent: consent({ guardian: true }) })).toMatchObject({ action: "forward", would: "block" });
    expect(child({ consent: consent() })).toMatchObject({ action: "block", would: null });
    expect(child({ consent: null })).toMatchObject({ action: "block", would: null });
  });
});

describe("what is not known of the law", () => {
  const at = "2027-03-05T02:00:00.000Z";
  const unfiled = { ...CONTRACT, validFrom: "2027-03-01", filedDate: null };
  const asked = (
    lawNotReviewed: "warn" | "block",
    calendarUnknown: "warn" | "block",
    change: Partial<Case> = { at },
  ) => {
    const policy = policyOf({
      mechanisms: [unfiled, { ...CONTRACT, validUntil: "2026-12-31" }],
      failures: { lawNotReviewed, calendarUnknown },
    });
    return decide(caseOf(kinds("bank-card"), { policy, ...change }));
  };
  test("is told, and blocks only where the policy would rather wait for that very thing", () => {
    const { action, legal } = asked("warn", "warn");
    expect(action).toBe("forward");
    expect(legal.warnings).toEqual(["CALENDAR_UNKNOWN", "LAW_NOT_REVIEWED", "SC_FILING_DUE"]);
    expect(codes(asked("warn", "block").reasons)).toEqual(["CALENDAR_UNKNOWN"]);
    expect(codes(asked("block", "warn").reasons)).toEqual(["LAW_NOT_REVIEWED"]);
    expect(asked("block", "block")).toMatchObject({ action: "block", rule: "knowledge" });
    expect(codes(asked("block", "block").reasons)).toEqual(["LAW_NOT_REVIEWED", "CALENDAR_UNKNOWN"]);
  });
  test("on a day that is known, nothing", () => {
    expect(asked("block", "block", {})).toMatchObject({ action: "forward", reasons: [] });
  });
  test("an unknown deadline is nothing to observe", () => {
    const failures = { lawNotReviewed: "warn", calendarUnknown: "block" } as const;
    const destination = {
      ...policyOf().destinations.get("acme-api")!,
      observe: { ...TRIAL, from: "2027-03-01", until: "2027-03-20" },
    };
    const destinations = new Map([["acme-api", destination]]);
    const blocked = decide(onTrial(kinds("bank-card"), { mechanisms: [unfiled], failures, destinations }, { at }));
    expect(blocked).toMatchObject({ action: "block", would: null, reasons: [{ code: "CALENDAR_UNKNOWN" }] });
  });
});

describe("the law's word on several people", () => {
  const two = (a: Partial<Individual> = {}, b: Partial<Individual> = {}) => [
    individual(0, [0], a),
    individual(1, [1], b),
  ];
  const many = { counts: { nonSensitive: 200_000, sensitive: 0, gross: 0 } };
  const word = (types: readonly string[], policy: Partial<Policy>, more: Partial<Case> = {}) =>
    decide(
      caseOf(kinds(...types), { individuals: two(), policy: policyOf({ mechanisms: [CONTRACT], ...policy }), ...more }),
    );
  const lost = { consent: null };

  test("the strictest route, whoever stands first", () => {
    for (const types of [
      ["cn-mobile", "bank-card"],
      ["bank-card", "cn-mobile"],
    ]) {
      expect(word(types, {}).legal).toMatchObject({ outcome: "SC_OR_CERT", rule: "C2", mechanism: "sc-1" });
      const over = { counts: { nonSensitive: 0, sensitive: 9_999, gross: 0 } };
      expect(word(types, {}, over).legal).toMatchObject({ outcome: "ASSESSMENT", rule: "S4" });
    }
  });
  const item = (type: string, result: "listed_assessment" | "listed_sc_or_cert") => ({
    sector: "s",
    types: [type],
    result,
  });
  test("a zone's list: outside, for a contract, for the assessment", () => {
    const term = { from: null, until: null };
    const list = { id: "l", zone: "z", edition: "1", source: "s", sectors: ["s"], ...term };
    const items = [item("person", "listed_sc_or_cert"), item("address", "listed_assessment")];
    const zone = {
      ftzLists: new Map([["l", { ...list, items }]]),
      ftz: [{ id: "f", list: "l", sector: "s", number: "1", activityInZone: true, ...term }],
    };
    const outcome = (...types: string[]) => word(types, zone).legal.outcome;
    for (const [a, b, strictest] of [
      ["cn-mobile", "person", "SC_OR_CERT"],
      ["person", "address", "ASSESSMENT"],
      ["cn-mobile", "address", "ASSESSMENT"],
    ] as const) {
      expect([outcome(a, b), outcome(b, a)]).toEqual([strictest, strictest]);
    }
  });
  test("of one route who is blocked, then the first rule by name", () => {
    const told = (types: readonly string[], individuals: Individual[]) =>
      word(types, {}, { ...many, individuals }).legal.rule;
    expect(told(["person", "bank-card"], two())).toBe("C1");
    expect(told(["bank-card", "person"], two())).toBe("C1");
    expect(told(["person", "bank-card"], two({}, lost))).toBe("C2");
    expect(told(["bank-card", "person"], two(lost))).toBe("C2");
    expect(told(["person", "bank-card"], two(lost))).toBe("C1");
  });
  test("of one rule the first mechanism by name", () => {
    const covering = (id: string, type: string) => ({
      ...CONTRACT,
      id,
      scope: { ...CONTRACT.scope, categories: [type] },
    });
    const mechanisms = [covering("b", "person"), covering("a", "cn-mobile")];
    expect(word(["person", "cn-mobile"], { mechanisms }, many).legal.mechanism).toBe("a");
    expect(word(["cn-mobile", "person"], { mechanisms }, many).legal.mechanism).toBe("a");
  });
  test("the rule that forbids is one of those blocked", () => {
    expect(word(["cn-mobile", "bank-card"], {}, { individuals: two(lost) }).rule).toBe("E7");
    expect(word(["bank-card", "cn-mobile"], {}, { individuals: two({}, lost) }).rule).toBe("E7");
  });
  test("each is counted, each warning told once", () => {
    const mechanisms = [{ ...CONTRACT, validFrom: "2026-05-06", filedDate: null }];
    expect(word(["bank-card", "bank-card"], { mechanisms }).legal.warnings).toEqual(["SC_FILING_DUE"]);
    const { legal } = word(["cn-mobile", "bank-card"], { mechanisms });
    expect(legal.warnings).toEqual(["SC_FILING_DUE"]);
    expect(legal.admissions).toEqual([
      { key: "c0", nonSensitive: true, sensitive: false, recipient: "acme", by: "E7" },
      { key: "c1", nonSensitive: false, sensitive: true, recipient: "acme", by: "sc-1" },
    ]);
  });
  test("taking the sensitive fields out is offered where it would help everybody who is blocked, and only then", () => {
    const both = [individual(0, [0, 1]), individual(1, [2, 3])];
    const four = ["cn-mobile", "bank-card", "person", "bank-card"];
    const cures = (individuals: readonly Individual[], types = four) =>
      decide(caseOf(kinds(...types), { individuals })).cures;
    expect(cures(both)).toContain("remove_field");
    expect(cures([both[0]!, individual(1, [2, 3], lost)])).not.toContain("remove_field");
    const pipias = [{ ...policyOf().pipias[0]!, types: ["bank-card"] }];
    const uncovered = caseOf(kinds("cn-mobile", "bank-card"), { policy: policyOf({ pipias }) });
    expect(codes(decide(uncovered).reasons)).toContain("PIPIA_NOT_COVERING");
    expect(decide(uncovered).cures).not.toContain("remove_field");
  });
  test("it is not offered where the law is content, nor where nobody is in it", () => {
    const rules = [policyRule({ id: "stop", action: "block" })];
    expect(word(["cn-mobile", "person"], { rules }).cures).toEqual(["change_policy"]);
    const important = decide(caseOf([], { individuals: [], policy: policyOf({ unclassified: "unknown" }) }));
    expect(important).toMatchObject({ legal: { rule: "I1" }, cures: ["record_mechanism"] });
  });
});

describe("near a line", () => {
  const capped = (scope: object) => ({ ...CONTRACT, scope: { ...CONTRACT.scope, ...scope } });
  const near = (
    scope: object,
    nonSensitive: number,
    sensitive: number,
    policy: Partial<Policy> = {},
    type = "bank-card",
  ) => {
    const counts = { nonSensitive, sensitive, gross: 0 };
    const all = policyOf({ mechanisms: [capped(scope)], warnAt: [0.5], ...policy });
    return decide(caseOf(kinds(type), { counts, policy: all })).legal.warnings.includes("COUNT_NEAR_LINE");
  };
  test.each([
    ["half of the sensitive scale", { maxSensitive: 10 }, 0, 4, true],
    ["one below half", { maxSensitive: 10 }, 0, 3, false],
    ["half of the ordinary scale", { maxNonSensitive: 10 }, 5, 0, true],
    ["one below half of that", { maxNonSensitive: 10 }, 4, 0, false],
    ["a scale of one person", { maxSensitive: 1 }, 0, 0, true],
  ])("%s: %j %i %i", (_, scope, ns, s, is) => expect(near(scope, ns, s)).toBe(is));
  test("a line of nobody is not neared by nobody", () => {
    const switches = { volumeExemptionNeedsNoSensitive: true };
    expect(near({}, 0, 0, { switches }, "cn-mobile")).toBe(false);
  });
  test("beside other warnings, in order", () => {
    const policy = policyOf({ mechanisms: [capped({ maxSensitive: 1, maxNonSensitive: 1 })] });
    const c = caseOf(kinds("bank-card"), { policy, at: "2027-03-05T02:00:00.000Z" });
    expect(decide(c).legal.warnings).toEqual(["COUNT_NEAR_LINE", "LAW_NOT_REVIEWED"]);
  });
});

describe("a proof", () => {
  const proof = (id: string): Proof => ({
    ...{ id, of: "anonymisation", method: "m", report: "d", recall: 1, by: "lab" },
    ...{ from: "2026-01-01", until: "2026-12-31" },
  });
  const NAMES = { everywhere: true, read: () => [] };
  const redact = (proofs: readonly string[]) => permits("out", { actions: ["redact"], hide: [0], remove: [0], proofs });
  const c = (policy: Partial<Policy> = {}, more: Partial<Case> = {}) =>
    caseOf(kinds("cn-mobile"), {
      policy: policyOf({ names: NAMES, proofs: [proof("b"), proof("a")], ...policy }),
      ...more,
    });

  test("is named where it makes the difference", () => {
    expect(decide(c(), [law, said(redact(["b"]))]).legal).toMatchObject({ outcome: "NO_PI", rule: "A2", proof: "b" });
    const recipients = new Map([["acme", { ...policyOf().recipients.get("acme")!, country: "CN" }]]);
    const home = decide(c({ recipients }), [law, said(redact(["b"]))]).legal;
    expect([home.outcome, "proof" in home]).toEqual(["NOT_EXPORT", false]);
    expect("proof" in decide(caseOf([], { individuals: [] })).legal).toBe(false);
  });
  test("of several the first by name that holds", () => {
    expect(planOf(c(), [redact(["b", "a"])]).proof).toBe("a");
    expect(planOf(c(), [redact(["b", "A"])]).proof).toBe("b");
    expect(planOf(c({ proofs: [] }), [redact(["b"])]).proof).toBe(null);
  });
  test("covers nothing where something was not read, or stays, or only a forbid names it", () => {
    expect(planOf(c({}, { unread: [{ path: "", class: "image", kind: "png" }] }), [redact(["a"])]).proof).toBe(null);
    expect(planOf(caseOf(kinds("cn-mobile", "person"), { policy: c().policy }), [redact(["a"])]).proof).toBe(null);
    const nobody = caseOf(kinds("uscc"), { individuals: [], policy: c().policy });
    expect(planOf(nobody, [redact(["a"])]).proof).toBe(null);
    const curable = forbids("no", [ODD], { actions: ["pseudonymize"], hide: [0], proofs: ["a"] });
    expect(planOf(c(), [curable]).proof).toBe(null);
  });
});

describe("a plan", () => {
  const c = caseOf(kinds("cn-mobile", "uscc", "person"));
  test("what names nothing names all that is about somebody", () => {
    expect(planOf(c, [permits("a", { actions: ["pseudonymize"] })])).toEqual({ hide: [0, 2], remove: [], proof: null });
    expect(planOf(c, [permits("a", { actions: ["redact"] })])).toEqual({ hide: [0, 2], remove: [0, 2], proof: null });
  });
  test("in the order of the document", () => {
    const asked = permits("a", { actions: ["redact"], hide: [2, 0, 1], remove: [2, 0] });
    expect(planOf(c, [asked])).toEqual({ hide: [0, 1, 2], remove: [0, 2], proof: null });
  });
});

describe("an opinion that is none", () => {
  const c = caseOf(kinds("cn-mobile", "person"));
  test.each<[string, unknown, boolean]>([
    ["a permit", permits("a"), true],
    [
      "a permit that takes out some of what it hides",
      permits("a", { actions: ["redact"], hide: [0, 1], remove: [1] }),
      true,
    ],
    ["a forbid", forbids("a", [ODD]), true],
    ["no rule", { ...permits("a"), rule: 5 }, false],
    ["a finding before the first", permits("a", { hide: [-1] }), false],
    ["a finding after the last", permits("a", { hide: [2] }), false],
    ["half a finding", permits("a", { hide: [0.5] }), false],
    ["one of two findings wrong", permits("a", { hide: [0, 9] }), false],
    ["takes out what it does not hide", permits("a", { actions: ["redact"], hide: [0], remove: [1] }), false],
    [
      "of two, takes out one that it does not hide",
      permits("a", { actions: ["redact"], hide: [0], remove: [0, 1] }),
      false,
    ],
    ["a permit of two minds", permits("a", { actions: ["forward", "redact"] }), false],
    ["a permit without an action", permits("a", { actions: [] }), false],
    ["a permit to block", permits("a", { actions: ["block" as never] }), false],
    ["another effect", { ...forbids("a", [ODD]), effect: "maybe" }, false],
    ["a forbid without a reason", forbids("a", []), false],
    ["a reason without a code", forbids("a", [ODD, { article: "Art.0" } as never]), false],
    ["a reason without an article", forbids("a", [{ code: "ODD" } as never]), false],
  ])("%s", (_, opinion, is) => {
    expect(isWellFormed(opinion as Opinion, c)).toBe(is);
    if (!is) expect(codes(decide(c, [YEA, said(opinion as Opinion)]).reasons)).toContain("RULE_FAILED");
  });
});

describe("reasons", () => {
  test("what each of decide's own is lifted by", () => {
    const cures = Object.entries(OWN).map(([code, entry]) => `${code}: ${entry.cures.join(" ")}`);
    expect(cures).toEqual([
      "CREDENTIAL_FOUND: remove_field",
      "PI_IN_HEAD: move_to_body remove_field",
      "PI_IN_FILE: remove_field",
      ...["IMAGE", "AUDIO", "VIDEO", "ARCHIVE", "DATASET", "DOCUMENT", "MODEL_WEIGHTS", "UNKNOWN"].map(
        (name) => `OPAQUE_${name}: remove_field change_policy`,
      ),
      "LAW_NOT_REVIEWED: update_law change_policy",
      "CALENDAR_UNKNOWN: update_law change_policy",
      "PAPER_LAPSED: renew_paper change_policy",
      "RULE_FAILED: mend_rule",
      "CONSENT_FEED_STALE: retry_later",
      "CONSENT_NOTICE_SUPERSEDED: obtain_separate_consent",
      "COUNT_NOT_OPENED: state_opening change_policy",
      "DUTY_OVERDUE: do_duty change_policy",
      "DRIFT_UNDECLARED: declare_flow remove_field",
      "POLICY_FORBIDS: change_policy",
      "NO_RULE_MATCHED: change_policy",
    ]);
  });
  test("each cure once, and taking a field out where that helps", () => {
    const reasons = ["POLICY_FORBIDS", "NO_RULE_MATCHED", "ODD"].map((code) => ({ code, article: "" }));
    expect(curesOf(reasons, false)).toEqual(["change_policy"]);
    expect(curesOf(reasons, true)).toEqual(["change_policy", "remove_field"]);
  });
  const all = Object.keys(CATALOGUE).map((code) => ({ code, article: "Art.0" }));
  test("prohibitions first, then what no paper cures, then as catalogued; what is in no catalogue last", () => {
    const first = ["PROHIBITED_X1", "PROHIBITED_X2", "PROHIBITED_X3", "PROHIBITED_X4", "CREDENTIAL_FOUND"];
    first.push("PI_IN_HEAD", "RULE_FAILED", "CONSENT_FEED_STALE");
    const rest = Object.keys(CATALOGUE).filter((code) => !first.includes(code));
    const unknown = [
      { ...ODD, code: "B" },
      { ...ODD, code: "A" },
    ];
    expect(codes(ordered([...unknown, ...all.toReversed()]))).toEqual([...first, ...rest, "A", "B"]);
  });
  test("shorter paths first, then by text; each member tells two apart", () => {
    const paths = ["/aaaaaaaaa", "/zzzzzzzz", "/b", "/a"];
    expect(ordered(paths.map((path) => ({ ...ODD, path }))).map(({ path }) => path)).toEqual(paths.toReversed());
    for (const member of ["about", "path", "type", "article"] as const) {
      const pair = ["b", "a"].map((value) => ({ ...ODD, [member]: value }));
      expect(ordered([...pair, ...pair]).map((reason) => reason[member])).toEqual(["a", "b"]);
    }
  });
  test("sixteen of a code, and all codes", () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ ...ODD, path: `/${10 + i}` }));
    expect(ordered(many)).toEqual(many.slice(0, 16));
    expect(ordered([...many, { ...ODD, code: "EVEN" }])).toHaveLength(17);
  });
});
