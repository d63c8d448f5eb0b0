// What a policy and a Beijing day make of a way, and a Case of the law's facts: each member on both sides of its line.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { type RouteFacts, routeFactsOf } from "../src/decide/route-facts.ts";
import { law } from "../src/decide/rules/law/rule.ts";
import type { Case, Exemption, Flow, Individual, Mechanism, Notice, Pipia, Policy, Recipient } from "../src/words.ts";
import { AT, CONTRACT, caseOf, consent, finding, individual, policyOf } from "./decide/cases.ts";

const { flow: FLOW } = caseOf([]);
const OPEN = { from: null, until: null };

function way(change: Partial<Policy> = {}, flow: Partial<Flow> = {}, at = AT): RouteFacts {
  return routeFactsOf({ policy: policyOf(change), flow: { ...FLOW, ...flow }, at });
}

function recipient(change: Partial<Recipient>): Partial<Policy> {
  return { recipients: new Map([["acme", { ...policyOf().recipients.get("acme")!, ...change }]]) };
}

function decided(kinds: readonly string[], policy: Partial<Policy> = {}, more: Partial<Case> = {}) {
  return decide(
    caseOf(
      kinds.map((kind, i) => finding(kind, { path: `/${i}` })),
      { policy: policyOf(policy), ...more },
    ),
  );
}

const codes = (d: ReturnType<typeof decided>) => d.reasons.map(({ code }) => code);
const one = (change: Partial<Individual>, findings: readonly number[] = [0]) => [individual(0, findings, change)];

describe("two ways of one policy never share what was settled for one", () => {
  const twice = <T extends { readonly id: string }>(map: ReadonlyMap<string, T>) => {
    const [[id, item]] = [...map] as [[string, T]];
    return new Map([
      [id, item],
      ["b", { ...item, id: "b" }],
    ]);
  };
  const { exporters, recipients, destinations, purposes } = policyOf();
  const policy = policyOf({
    exporters: twice(exporters),
    recipients: twice(recipients),
    destinations: twice(destinations),
    purposes: twice(purposes),
  });
  const asked = (flow: Partial<Flow>, at = AT) => routeFactsOf({ policy, flow: { ...FLOW, ...flow }, at }).way;
  const first = { exporter: "shop", destination: "acme-api", recipient: "acme", purpose: "support", day: "2026-05-12" };

  test.each(["exporter", "destination", "recipient", "purpose"] as const)("%s", (part) => {
    for (let again = 0; again < 2; again += 1) {
      expect(asked({})).toEqual(first);
      expect(asked({ [part]: "b" })).toEqual({ ...first, [part]: "b" });
    }
  });
  test("the day, which is Beijing's", () => {
    const night = "2026-05-12T16:00:00.000Z";
    expect([asked({}).day, asked({}, night).day, asked({}).day]).toEqual(["2026-05-12", "2026-05-13", "2026-05-12"]);
  });
  test.each(["exporter", "recipient", "destination", "purpose"])("an unknown %s throws, by its name", (part) => {
    expect(() => way({}, { [part]: "nobody" })).toThrow(`the policy does not know the ${part} of the flow`);
  });
});

describe("where a recipient is", () => {
  test.each([
    ["CN", "mainland"],
    ["HK", "HK"],
    ["MO", "MO"],
    ["TW", "TW"],
    ["US", "overseas"],
  ])("%s: %s", (country, place) => expect(way(recipient({ country })).flow.destination).toBe(place));
});

test("the sector of an exporter; where none is said, general", () => {
  const [[id, shop]] = [...policyOf().exporters] as [[string, NonNullable<ReturnType<Policy["exporters"]["get"]>>]];
  expect(way().exporter.sector).toBe("general");
  const exporters = new Map([[id, { ...shop, sector: "automotive" as const }]]);
  expect(way({ exporters }).exporter.sector).toBe("automotive");
  const counts = { nonSensitive: 99_999, sensitive: 0, gross: 0 };
  const many = { exporters, switches: { automotiveVolumeImportant: true } };
  expect(decided(["cn-mobile"], many, { counts }).legal).toMatchObject({ rule: "I1", outcome: "ASSESSMENT" });
  expect(decided(["cn-mobile"], many, { counts: { ...counts, nonSensitive: 99_998 } }).legal).toMatchObject({
    ...{ rule: "E7", limit: { nonSensitive: 99_999, sensitive: 99_999 } },
  });
});

describe("what a notice lacks", () => {
  const [NOTICE] = policyOf().notices as [Notice];
  const missing = (...notices: Partial<Notice>[]) =>
    way({ notices: notices.map((change) => ({ ...NOTICE, ...change })) }).noticeMissing;
  const ALL = ["recipient_name", "recipient_contact", "purpose", "method", "categories", "rights", "retention"];
  const SENSITIVE = "sensitive_necessity_and_impact";

  test.each<[string, Partial<Notice>[], readonly string[], readonly string[]]>([
    ["no notice: everything", [], ALL, ALL],
    ["another recipient's says nothing", [{ recipients: ["b"] }], ALL, ALL],
    ["another purpose's neither", [{ purposes: ["b"] }], ALL, ALL],
    ["complete", [{}], [], []],
    ["silent of what is sensitive", [{ sensitive: false }], [], [SENSITIVE]],
    ["silent of that and of more", [{ missing: ["rights"], sensitive: false }], ["rights"], ["rights", SENSITIVE]],
    [
      "of several the one that lacks least",
      [{ missing: ["rights", "method"] }, { missing: ["purpose"] }],
      ["purpose"],
      ["purpose"],
    ],
    ["whichever comes first", [{ missing: ["purpose"] }, { missing: ["rights", "method"] }], ["purpose"], ["purpose"]],
    ["of equals the first", [{ missing: ["purpose"] }, { missing: ["rights"] }], ["purpose"], ["purpose"]],
  ])("%s", (_, notices, ordinary, sensitive) => expect(missing(...notices)).toEqual({ ordinary, sensitive }));

  const quiet = { notices: [{ ...NOTICE, sensitive: false }] };
  test("the sensitive items are asked for where something sensitive is in the body, or a child", () => {
    expect(codes(decided(["cn-mobile"], quiet))).toEqual([]);
    expect(codes(decided(["bank-card"], { ...quiet, mechanisms: [CONTRACT] }))).toEqual(["NOTICE_INCOMPLETE"]);
    const child = { individuals: one({ minor: true, consent: consent({ guardian: true }) }) };
    expect(codes(decided(["cn-mobile"], { ...quiet, mechanisms: [CONTRACT] }, child))).toEqual(["NOTICE_INCOMPLETE"]);
  });
});

describe("an impact assessment", () => {
  const [PIPIA] = policyOf().pipias as [Pipia];
  test.each([
    ["on its day", "2026-05-12", "forward"],
    ["on the day after", "2026-05-13", "block"],
  ])("finished %s", (_, doneOn, action) => {
    expect(decided(["cn-mobile"], { pipias: [{ ...PIPIA, doneOn }] }).action).toBe(action);
  });
  test("is named where it covers everybody; each may be covered by another", () => {
    const pipias = [
      { ...PIPIA, id: "p1", types: ["person"] },
      { ...PIPIA, id: "p2", types: ["cn-mobile"] },
    ];
    expect(decided(["cn-mobile"], { pipias }).legal.papers).toEqual(["n", "p2"]);
    const two = { individuals: [individual(0, [0]), individual(1, [1])] };
    const both = decided(["person", "cn-mobile"], { pipias }, two);
    expect(both).toMatchObject({ action: "forward", legal: { papers: ["n"] } });
  });
  test("nobody in it: none is named", () => expect(decided([], {}, { individuals: [] }).legal.papers).toEqual(["n"]));
});

describe("papers", () => {
  const claim: Exemption = { id: "ex", ground: "contract", evidence: ["d"], approvedBy: "dpo", ...OPEN };
  const basis = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } } as const;
  const purposes = new Map([["support", { ...policyOf().purposes.get("support")!, basis }]]);
  const item = { id: "i", sector: "ai", result: "listed_sc_or_cert" as const };
  const list = { id: "l", zone: "lingang", edition: "1", source: "s", sectors: ["ai"], ...OPEN };
  const registration = { id: "f", list: "l", sector: "ai", activityInZone: true, document: "d", ...OPEN };

  test("all that a way rests on, in one order", () => {
    const exemptions = [claim, { ...claim, id: "tr", ground: "transit" as const }];
    const ftzLists = new Map([["l", { ...list, items: [] }]]);
    const resting = way({ purposes, exemptions, ftzLists, ftz: [registration] } as never);
    expect(resting.papers).toEqual(["ex", "tr", "f", "n"]);
    expect(resting.pipias.map(({ papers }) => papers)).toEqual([["ex", "tr", "f", "n", "p"]]);
  });

  const zones = (...registered: { items?: object[]; activityInZone?: boolean }[]) => ({
    ftzLists: new Map(registered.map(({ items = [] }, i) => [`l${i}`, { ...list, id: `l${i}`, items }])),
    ftz: registered.map(({ activityInZone = true }, i) => ({
      ...registration,
      id: `f${i}`,
      list: `l${i}`,
      activityInZone,
    })),
  });
  const listed = (types: readonly string[], result: string) => ({ ...item, types, result });
  const rule = (policy: object, ...kinds: string[]) => decided(kinds, policy as Partial<Policy>).legal;

  test("of several zones the one that asks most; one without activity in it says nothing", () => {
    const strict = { items: [listed(["person"], "listed_assessment")] };
    const mild = { items: [listed(["person"], "listed_sc_or_cert")] };
    for (const both of [zones(strict, mild), zones(mild, strict)]) {
      expect(rule(both, "person")).toMatchObject({ rule: "F1", outcome: "ASSESSMENT" });
    }
    expect(rule(zones(mild, {}), "person")).toMatchObject({ rule: "F1", outcome: "SC_OR_CERT" });
    expect(rule(zones({}, {}), "person").rule).toBe("E6");
    expect(rule(zones({}, { activityInZone: false }), "person").rule).toBe("E6");
    expect(rule(zones({ activityInZone: false }), "person").rule).toBe("E7");
  });
  test("nobody in it: no list is asked", () => {
    expect(rule(zones({})).rule).toBe("A1");
  });
  test("one kind listed of several is listed", () => {
    const policy = zones({ items: [listed(["person", "email"], "listed_sc_or_cert")] });
    expect(rule(policy, "person", "cn-mobile")).toMatchObject({ rule: "F1", outcome: "SC_OR_CERT" });
    const two = zones({ items: [listed(["cn-mobile"], "listed_sc_or_cert"), listed(["person"], "listed_assessment")] });
    expect(rule(two, "person", "cn-mobile")).toMatchObject({ rule: "F1", outcome: "ASSESSMENT" });
  });
  test("a claim under consent is no claim", () => {
    const odd = { ...claim, ground: "consent" as never, until: "2026-01-31" };
    expect(way({ exemptions: [odd] })).toMatchObject({ basis: { legalBasis: "consent" }, papers: ["n"] });
    expect(way({ exemptions: [{ ...odd, until: null }] }).papers).toEqual(["n"]);
  });
});

describe("the list of the restricted (PIPL Art. 42)", () => {
  const stands = (names: readonly string[], change: Partial<Recipient> = {}, from: string | null = null) =>
    way({ restricted: [{ id: "x", names, from, source: "s" }], ...recipient(change) } as never).flow
      .recipientRestricted;
  test.each<[string, readonly string[], Partial<Recipient>, boolean]>([
    ["its name", ["Acme"], {}, true],
    ["its id", ["acme"], { name: "Other" }, true],
    ["its name, its id being another", ["Cloud Nine"], { name: "Cloud Nine" }, true],
    ["as spelled elsewhere", ["ＣＬＯＵＤ-nine, (Ltd.)"], { name: "Cloud Nine Ltd" }, true],
    ["whom it passes the data on to", ["vendor"], { onwardTo: ["Vendor"] }, true],
    ["one of several names", ["x", "Acme", "y"], {}, true],
    ["somebody else", ["Evil"], {}, false],
    ["by the policy itself", [], { restricted: true }, true],
  ])("%s", (_, names, change, is) => expect(stands(names, change)).toBe(is));
  test("from its first day on", () => {
    expect([stands(["Acme"], {}, "2026-05-12"), stands(["Acme"], {}, "2026-05-13")]).toEqual([true, false]);
  });
});

test("a paper's first day is in it", () => {
  const orders = (from: string) => [{ id: "o", authority: "a", reference: "r", from, until: null }];
  expect(way({ orders: orders("2026-05-12") }).flow.regulatorStopOrder).toBe(true);
  expect(way({ orders: orders("2026-05-13") }).flow.regulatorStopOrder).toBe(false);
});

describe("the Greater Bay Area", () => {
  const shop = { ...policyOf().exporters.get("shop")!, gba: true };
  test.each<[string, Partial<Recipient>, boolean, boolean]>([
    ["both are registered, and the data stay there", { gba: true, storage: ["HK", "MO", "CN"] }, true, true],
    ["some are kept elsewhere", { gba: true, storage: ["HK", "US"] }, true, false],
    ["the recipient is not registered", { gba: false, storage: ["HK"] }, true, false],
    ["the exporter is not", { gba: true, storage: ["HK"] }, false, false],
  ])("%s", (_, change, gba, both) => {
    const exporters = new Map([["shop", { ...shop, gba }]]);
    expect(way({ exporters, ...recipient(change) }).gba.bothRegistered).toBe(both);
  });
});

describe("mechanisms on file", () => {
  const mechanism = (id: string, change: Partial<Mechanism> = {}): Mechanism => ({ ...CONTRACT, id, ...change });
  const filed = (...mechanisms: Mechanism[]) => {
    const { mechanisms: ours, elsewhere } = way({ mechanisms });
    return [ours.map(({ id }) => id), [...elsewhere]];
  };
  const far = { scope: { ...CONTRACT.scope, recipients: ["far"] } };
  test.each<[string, Mechanism[], string[], string[]]>([
    ["what names this recipient stands alone", [mechanism("a"), mechanism("b", far)], ["a"], []],
    ["where nothing names it, all are told", [mechanism("b", far), mechanism("c", far)], ["b", "c"], []],
    ["what names nobody covers it", [mechanism("a", { scope: {} }), mechanism("b", far)], ["a"], []],
    ["another's", [mechanism("x", { exporters: ["x"] })], [], ["STANDARD_CONTRACT"]],
    ["another's of a type that is ours as well", [mechanism("a"), mechanism("x", { exporters: ["x"] })], ["a"], []],
    [
      "another's of a type that is not",
      [mechanism("a"), mechanism("x", { exporters: ["x"], type: "CERTIFICATION" })],
      ["a"],
      ["CERTIFICATION"],
    ],
  ])("%s", (_, mechanisms, ours, elsewhere) => expect(filed(...mechanisms)).toEqual([ours, elsewhere]));
  test("an entrusted processor exports under its handler's", () => {
    const shop = policyOf().exporters.get("shop")!;
    const exporters = new Map([["shop", { ...shop, role: "entrusted_processor" as const, handler: "boss" }]]);
    const { mechanisms } = way({ exporters, mechanisms: [mechanism("theirs", { exporters: ["boss"] })] });
    expect(mechanisms.map(({ id }) => id)).toEqual(["theirs"]);
  });
});

describe("who is in a body", () => {
  test("nobody whom only what is about nobody names", () => {
    const { legal } = decided(["uscc"]);
    expect(legal).toMatchObject({ outcome: "NO_PI", admissions: [] });
  });
  test("a weak trait is about somebody too", () => {
    const weak = caseOf([finding("dob", { identifies: "weak" })], { individuals: one({ consent: null }) });
    expect(decide(weak).reasons.map(({ code }) => code)).toContain("CONSENT_MISSING");
  });
  test("whatever order the findings are told in, the first of the document is named", () => {
    const d = decided(["cn-mobile", "person"], {}, { individuals: one({ consent: null }, [1, 0]) });
    expect(d.reasons).toMatchObject([{ code: "CONSENT_MISSING", path: "/0", type: "cn-mobile" }]);
  });
  test("a child: a guardian must have consented, and everything is sensitive", () => {
    const child = (change: object) => ({ individuals: one({ minor: true, consent: consent(change) }) });
    const covered = { mechanisms: [CONTRACT] };
    expect(codes(decided(["cn-mobile"], covered, child({})))).toEqual(["GUARDIAN_CONSENT_MISSING"]);
    expect(decided(["cn-mobile"], covered, child({ guardian: true }))).toMatchObject({ action: "forward" });
    expect(decided(["cn-mobile"], {}, { individuals: one({}) }).legal.rule).toBe("E7");
    const unnamed = child({ guardian: true, sensitiveTypes: ["bank-card"] });
    expect(decided(["cn-mobile"], covered, unnamed).reasons).toMatchObject([{ code: "CONSENT_CATEGORY", path: "/0" }]);
  });
});

describe("people whose sensitive data went out", () => {
  const counts = (sensitive: number) => ({ counts: { nonSensitive: 0, sensitive, gross: 0 } });
  const cards = (sensitive: number, ...people: Partial<Individual>[]) =>
    decided(
      people.map(() => "bank-card"),
      { mechanisms: [CONTRACT] },
      { ...counts(sensitive), individuals: people.map((change, i) => individual(i, [i], change)) },
    ).legal.rule;
  const known = { counted: { nonSensitive: true, sensitive: true, gross: true } };
  test.each([
    ["the last below the line", 9_998, [{}], "C2"],
    ["the one on it", 9_999, [{}], "S4"],
    ["one who is counted already", 9_999, [known], "C2"],
    ["two new ones", 9_998, [{}, {}], "S4"],
    ["one new, one known", 9_998, [known, {}], "C2"],
  ])("%s", (_, before, people, rule) => expect(cards(before, ...(people as Partial<Individual>[]))).toBe(rule));
  test("an ordinary person is not one of them", () => {
    const mixed = decided(
      ["bank-card", "cn-mobile"],
      { mechanisms: [CONTRACT] },
      { ...counts(9_998), individuals: [individual(0, [0]), individual(1, [1])] },
    );
    expect(mixed.legal.rule).toBe("C2");
  });
});

describe("reasons name their places", () => {
  test.each<[string, Partial<Individual>]>([
    ["CONSENT_MISSING", { consent: null }],
    ["CONSENT_NOT_SEPARATE", { consent: consent({ separate: false }) }],
    ["CONSENT_WITHDRAWN", { consent: consent({ withdrawnAt: AT }) }],
    ["CONSENT_EXPIRED", { consent: consent({ validUntil: AT }) }],
    ["CONSENT_RECIPIENT", { consent: consent({ recipient: "else" }) }],
    ["CONSENT_PURPOSE", { consent: consent({ purpose: "else" }) }],
    ["GUARDIAN_CONSENT_MISSING", { minor: true }],
  ])("%s: the first finding of whom it is about", (code, change) => {
    const individuals = [individual(1, [0]), individual(0, [1, 2], change)];
    const { reasons } = decided(["person", "cn-mobile", "person"], { mechanisms: [CONTRACT] }, { individuals });
    expect(reasons).toMatchObject([{ code, path: "/1", type: "cn-mobile" }]);
  });
  test("SENSITIVE_NOTICE_MISSING: the first that is sensitive", () => {
    const individuals = one({ consent: consent({ sensitiveNotice: false }) }, [0, 1, 2]);
    const { reasons } = decided(["person", "bank-card", "bank-card"], { mechanisms: [CONTRACT] }, { individuals });
    expect(reasons).toMatchObject([{ code: "SENSITIVE_NOTICE_MISSING", path: "/1" }]);
  });
  test("a child's, where nothing is sensitive by itself: the first", () => {
    const individuals = one({ minor: true, consent: consent({ guardian: true, sensitiveNotice: false }) }, [0, 1]);
    const { reasons } = decided(["person", "cn-mobile"], { mechanisms: [CONTRACT] }, { individuals });
    expect(reasons).toMatchObject([{ code: "SENSITIVE_NOTICE_MISSING", path: "/0" }]);
  });
  test("what is about the way has none", () => {
    expect(decided(["bank-card"]).reasons).toStrictEqual([{ code: "NO_MECHANISM", article: "PIPL Art.38" }]);
  });
  test("what is hidden no longer offends, but consent looks at the original (PS-4)", () => {
    const purposes = new Map([["support", { ...policyOf().purposes.get("support")!, neededTypes: ["person"] }]]);
    const paths = (policy: Partial<Policy>, individuals: readonly Individual[]) => {
      const kinds = [finding("cn-mobile", { path: "/0" }), finding("cn-mobile", { path: "/1" })];
      const c = caseOf(kinds, { policy: policyOf(policy), individuals, hidden: new Set([0]) });
      return law.judge(c)!.reasons.map(({ code, path }) => `${code} ${path}`);
    };
    expect(paths({ purposes }, one({}, [0, 1]))).toEqual(["NOT_NECESSARY /1"]);
    const unnamed = one({ consent: consent({ types: ["person"], sensitiveTypes: [] }) }, [0, 1]);
    expect(paths({}, unnamed)).toEqual(["CONSENT_CATEGORY /0", "CONSENT_CATEGORY /1"]);
  });
});
