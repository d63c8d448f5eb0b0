// What the papers of a policy make of a way: claims lapse, orders stop, lists name names, zones answer kind by kind.

import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import type { Destination, Exemption, FtzItem, LegalBasis, Pipia, Policy, PolicyRule, Proof } from "../src/words.ts";
import { CONTRACT, caseOf, finding, individual, policyOf } from "./decide/cases.ts";

const OPEN = { from: null, until: null };
const STOP = { id: "o1", authority: "CAC", reference: "2026-7", ...OPEN };

function withDestination(change: Partial<Destination>): Partial<Policy> {
  return { destinations: new Map([["acme-api", { ...policyOf().destinations.get("acme-api")!, ...change }]]) };
}

function withRecipient(change: object): Partial<Policy> {
  return { recipients: new Map([["acme", { ...policyOf().recipients.get("acme")!, ...change }]]) };
}

function withPurpose(basis: LegalBasis, change: object = {}): Partial<Policy> {
  return { purposes: new Map([["support", { ...policyOf().purposes.get("support")!, basis, ...change }]]) };
}

function decided(change: Partial<Policy>, kinds: readonly string[] = ["cn-mobile"], more: object = {}) {
  return decide(
    caseOf(
      kinds.map((kind) => finding(kind)),
      { policy: policyOf(change), ...more },
    ),
  );
}

const codes = (d: ReturnType<typeof decided>) => d.reasons.map(({ code }) => code);

describe("a claimed case of the Provisions", () => {
  const contract: LegalBasis = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } };
  const claim: Exemption = { id: "ex", ground: "contract", evidence: ["d"], approvedBy: "dpo", ...OPEN };

  test.each<[string, readonly Exemption[], string, string | null]>([
    ["without any record the stated conditions stand", [], "forward", "E2"],
    ["with a record in term too, and it is named", [claim], "forward", "E2"],
    ["a record of another purpose says nothing of this one", [{ ...claim, purposes: ["else"] }], "forward", "E2"],
    ["a record that has ended: the claim has lapsed", [{ ...claim, until: "2026-01-31" }], "block", "E7"],
    ["a record of other destinations: not claimed here", [{ ...claim, destinations: ["b"] }], "block", "E7"],
    [
      "one in term is enough",
      [
        { ...claim, until: "2026-01-31" },
        { ...claim, id: "ex2" },
      ],
      "forward",
      "E2",
    ],
  ])("%s", (_, exemptions, action, rule) => {
    const d = decided({ ...withPurpose(contract), exemptions });
    expect(d.action).toBe(action);
    expect(d.legal.rule).toBe(rule);
    if (action === "block") expect(codes(d)).toEqual(["BASIS_NOT_MADE_OUT"]);
  });

  test("the last day of a claim is still in it", () => {
    const until = (day: string) => ({ ...withPurpose(contract), exemptions: [{ ...claim, until: day }] });
    const at = "2026-06-30T15:59:59.999Z";
    expect(decided(until("2026-06-30"), ["cn-mobile"], { at }).action).toBe("forward");
    expect(decided(until("2026-06-30"), ["cn-mobile"], { at: "2026-06-30T16:00:00.000Z" }).action).toBe("block");
  });

  test("transit: what was collected abroad needs no mechanism, while somebody answers for it", () => {
    const transit: Exemption = { ...claim, ground: "transit" };
    expect(decided({ exemptions: [transit] }, ["bank-card"]).legal.rule).toBe("E1");
    expect(decided({ exemptions: [{ ...transit, exporters: ["other"] }] }, ["bank-card"]).action).toBe("block");
  });
});

describe("authorities", () => {
  test.each([
    ["an order about everything", {}, "block"],
    ["about this recipient", { recipients: ["acme"] }, "block"],
    ["about another", { recipients: ["else"] }, "forward"],
    ["that has ended", { until: "2026-01-01" }, "forward"],
    ["that begins later", { from: "2027-01-01" }, "forward"],
  ])("%s", (_, change, action) => {
    const d = decided({ orders: [{ ...STOP, ...change }] });
    expect(d.action).toBe(action);
    if (action === "block") expect(codes(d)[0]).toBe("PROHIBITED_X4");
  });

  test("a request of a court abroad needs an approval that is about it", () => {
    const abroad = withPurpose({ legalBasis: "consent" }, { foreignAuthority: true });
    expect(codes(decided(abroad))[0]).toBe("PROHIBITED_X3");
    expect(decided({ ...abroad, approvals: [{ ...STOP, id: "a" }] }).action).toBe("forward");
    expect(codes(decided({ ...abroad, approvals: [{ ...STOP, purposes: ["x"] }] }))[0]).toBe("PROHIBITED_X3");
  });

  test.each([
    ["by our id", "acme", {}],
    ["by its name, however spelled", "ＡＣＭＥ.", {}],
    ["a party that it passes data on to", "Sub-Processor, Inc.", { onwardTo: ["sub processor inc"] }],
    ["with what nobody sees in it", "Ac\u200bme", {}],
    ["in other brackets and dashes", "《A·C–M/E》", {}],
  ])("the restricted list: %s", (_, name, recipient) => {
    const restricted = [{ id: "r", names: [name], from: "2026-01-01", source: "CAC" }];
    expect(codes(decided({ ...withRecipient(recipient), restricted }))[0]).toBe("PROHIBITED_X2");
    const later = [{ ...restricted[0]!, from: "2027-01-01" }];
    expect(codes(decided({ ...withRecipient(recipient), restricted: later }))).not.toContain("PROHIBITED_X2");
  });
});

describe("further on", () => {
  const acme = policyOf().recipients.get("acme")!;
  const further = (change: object) => ({ ...acme, id: "evil", name: "Evil Corp", ...change });
  const recipients = (onwardTo: readonly string[], change: object = {}) =>
    new Map([
      ["acme", { ...acme, onwardTo }],
      ["mid", { ...acme, id: "mid", name: "Mid Ltd", onwardTo: ["evil"] }],
      ["evil", further(change)],
    ]);
  const listed = [{ id: "r", names: ["EVIL CORP."], from: null, source: "CAC" }];
  test.each<[string, Partial<Policy>]>([
    ["named by id, flagged there", { recipients: recipients(["evil"], { restricted: true }) }],
    ["named by name, flagged there", { recipients: recipients(["Evil Corp"], { restricted: true }) }],
    ["named by id, its name on the list", { recipients: recipients(["evil"]), restricted: listed }],
    ["two steps on", { recipients: recipients(["mid"]), restricted: listed }],
    ["in a ring", { recipients: recipients(["mid"], { onwardTo: ["acme"], restricted: true }) }],
  ])("%s", (_, policy) => expect(codes(decided(policy))[0]).toBe("PROHIBITED_X2"));
});

describe("what the data are", () => {
  const said = { catalogue: "GB/T 43697", by: "dpo", on: "2026-01-01" };
  test.each([
    ["general", "forward", "E7"],
    ["self-identified", "forward", "E7"],
    ["important", "block", "I1"],
    ["unknown", "block", "I1"],
    ["core", "block", "X1"],
    ["state-secret", "block", "X1"],
  ] as const)("%s", (level, action, rule) => {
    const d = decided(withDestination({ classification: { ...said, level } }));
    expect([d.action, d.legal.rule]).toEqual([action, rule]);
  });

  test("important data need the assessment though nobody is in them", () => {
    const important = withDestination({ classification: { ...said, level: "important" } });
    expect(decided(important, []).legal).toMatchObject({ outcome: "ASSESSMENT", rule: "I1" });
  });

  test("nobody said: as the policy reads silence", () => {
    expect(decided({ unclassified: "unknown" }).legal.rule).toBe("I1");
    const general = withDestination({ classification: { ...said, level: "general" } });
    expect(decided({ ...general, unclassified: "unknown" }).legal.rule).toBe("E7");
  });
});

describe("a free-trade zone", () => {
  const list = { id: "l", zone: "z", edition: "2026", source: "s", sectors: ["retail"], ...OPEN };
  const registration = { id: "f", list: "l", sector: "retail", number: "1", activityInZone: true, ...OPEN };
  const zone = (items: readonly FtzItem[], change: object = {}, of: object = {}): Partial<Policy> => ({
    ftzLists: new Map([["l", { ...list, items, ...of }]]),
    ftz: [{ ...registration, ...change }],
  });
  const cards: FtzItem = { sector: "retail", types: ["bank-card"], result: "listed_sc_or_cert" };
  const all: FtzItem = { sector: "retail", types: null, result: "listed_assessment" };

  test.each<[string, Partial<Policy>, string, string]>([
    ["outside the list", zone([]), "E6", "EXEMPT"],
    ["a kind on the list", zone([cards]), "F1", "SC_OR_CERT"],
    ["of several entries the one that asks most", zone([cards, all]), "F1", "ASSESSMENT"],
    ["an entry of another sector", zone([{ ...cards, sector: "cars" }]), "E6", "EXEMPT"],
    ["a list that says nothing of the sector", zone([], {}, { sectors: ["cars"] }), "C2", "SC_OR_CERT"],
    ["a list out of term", zone([], {}, { until: "2026-01-01" }), "C2", "SC_OR_CERT"],
    ["a registration out of term", zone([], { until: "2026-01-01" }), "C2", "SC_OR_CERT"],
    ["no activity in the zone", zone([], { activityInZone: false }), "C2", "SC_OR_CERT"],
    ["not registered for this recipient", zone([], { recipients: ["else"] }), "C2", "SC_OR_CERT"],
  ])("%s", (_, policy, rule, outcome) => {
    expect(decided(policy, ["bank-card"]).legal).toMatchObject({ rule, outcome });
  });

  test("two zones are never milder than one", () => {
    const strict = { ...list, id: "a", items: [all] };
    const open = { ...list, id: "b", items: [] };
    const ended = { ...list, id: "n", items: [], until: "2020-01-01" };
    const ftzLists = new Map([strict, open, ended].map((one) => [one.id, one]));
    const at = (id: string, change: object = {}) => ({ ...registration, id: `f-${id}`, list: id, ...change });
    const rule = (ftz: readonly ReturnType<typeof at>[], counts = 0) =>
      decided({ ftzLists, ftz }, ["cn-mobile"], { counts: { nonSensitive: counts, sensitive: 0, gross: 0 } }).legal
        .rule;
    expect(rule([at("b")])).toBe("E6");
    expect(rule([at("a"), at("b")])).toBe("F1");
    expect(rule([at("a"), at("b", { activityInZone: false })])).toBe("F1");
    expect(rule([at("b"), at("n")], 2_000_000)).toBe("S3");
  });
});

test("the Greater Bay Area contract serves where both are registered there", () => {
  const gba = { ...CONTRACT, type: "GBA_STANDARD_CONTRACT" } as const;
  const place = withRecipient({ country: "HK", storage: ["HK"], gba: true });
  const pipias = [{ ...policyOf().pipias[0]!, storage: ["HK"] }];
  const ours = policyOf().exporters.get("shop")!;
  const exporters = (on: boolean) => new Map([["shop", { ...ours, gba: on }]]);
  const policy = { ...place, pipias, mechanisms: [gba] };
  const abroad = { ...place, ...withRecipient({ country: "HK", storage: ["HK", "US"], gba: true }) };
  const wide = [{ ...pipias[0]!, storage: ["HK", "US"] }];
  expect(codes(decided({ ...policy, ...abroad, pipias: wide, exporters: exporters(true) }, ["bank-card"]))).toEqual([
    "MECH_NOT_ALLOWED_FOR_ROUTE",
  ]);
  expect(decided({ ...policy, exporters: exporters(true) }, ["bank-card"]).action).toBe("forward");
  expect(codes(decided({ ...policy, exporters: exporters(false) }, ["bank-card"]))).toEqual([
    "MECH_NOT_ALLOWED_FOR_ROUTE",
  ]);
});

test("one company's notice and assessment say nothing of another's", () => {
  const [notice, pipia] = [policyOf().notices[0]!, policyOf().pipias[0]!];
  const of = (id: string) => ({ notices: [{ ...notice, exporters: [id] }], pipias: [{ ...pipia, exporters: [id] }] });
  expect(decided(of("shop")).action).toBe("forward");
  expect(codes(decided(of("other")))).toEqual(["NOTICE_INCOMPLETE", "PIPIA_NOT_COVERING"]);
});

describe("the scenario that was assessed", () => {
  const covers = (pipia: Partial<Pipia>, recipient: object = {}) =>
    codes(decided({ ...withRecipient(recipient), pipias: [{ ...policyOf().pipias[0]!, ...pipia }] }));

  test.each<[string, Partial<Pipia>, object, readonly string[]]>([
    ["as it is", {}, {}, []],
    ["finished tomorrow", { doneOn: "2027-01-01" }, {}, ["PIPIA_MISSING"]],
    ["data kept elsewhere", {}, { storage: ["US", "SG"] }, ["PIPIA_NOT_COVERING"]],
    ["there too", { storage: ["US", "SG"] }, { storage: ["US", "SG"] }, []],
    ["a party further on", {}, { onwardTo: ["Sub"] }, ["PIPIA_NOT_COVERING"]],
    ["it too", { onward: ["Sub"] }, { onwardTo: ["Sub"] }, []],
  ])("%s", (_, pipia, recipient, reasons) => expect(covers(pipia, recipient)).toEqual(reasons));
});

describe("proof that nobody is left in it", () => {
  const proof: Proof = {
    id: "p1",
    of: "anonymisation",
    method: "tokens",
    report: "d",
    recall: 0.999,
    by: "lab",
    from: "2026-01-01",
    until: "2026-12-31",
  };
  const hide: PolicyRule = { id: "hide", why: { zh: "", en: "" }, action: "pseudonymize", match: {}, proof: "p1" };
  /** A proof speaks of texts whose names and addresses were looked for. */
  const names = { everywhere: true, read: () => [] };
  const nobody = { individuals: [individual(0, [0, 1], { consent: null })] };
  const tried = (change: Partial<Proof>, rule: Partial<PolicyRule> = {}, more: object = nobody) =>
    decided(
      { names, proofs: [{ ...proof, ...change }], rules: [{ ...hide, ...rule }] },
      ["cn-mobile", "bank-card"],
      more,
    );

  test("covers the way: no consent, no mechanism, nobody counted, and it is named", () => {
    const d = tried({});
    expect(d).toMatchObject({ action: "pseudonymize", hide: [0, 1] });
    expect(d.legal).toMatchObject({ outcome: "NO_PI", rule: "A2", proof: "p1" });
    expect(d.legal.admissions.every((one) => !one.nonSensitive && !one.sensitive)).toBe(true);
  });
  test.each<[string, Partial<Proof>, Partial<PolicyRule>]>([
    ["ended", { until: "2026-01-31" }, {}],
    ["of another destination", { destinations: ["b"] }, {}],
    ["of something else", { of: "extraction-test" }, {}],
    ["nobody names it", {}, { proof: "p2" }],
    ["it leaves some in the clear", {}, { match: { piAny: ["bank-card"] } }],
  ])("%s: it proves nothing here", (_, change, rule) => {
    const d = tried(change, rule);
    expect(d.action).toBe("block");
    expect(codes(d)).toContain("CONSENT_MISSING");
  });
  test.each([
    ["not at all", null],
    ["by members' names only", { ...names, everywhere: false }],
  ])("where names are read %s it proves nothing", (_, reader) => {
    const policy = { names: reader, proofs: [proof], rules: [hide] };
    expect(decided(policy, ["cn-mobile"], { individuals: [individual(0, [0], { consent: null })] }).action).toBe(
      "block",
    );
  });
  test("what one rule's proof shows is not shown of what another rule hid", () => {
    const cards = { ...hide, id: "cards", action: "redact", match: { piAny: ["bank-card"] } } as const;
    const phones = { ...hide, id: "phones", match: { piAny: ["cn-mobile"] } };
    const { proof: _, ...unproven } = phones;
    const sent = (rules: readonly PolicyRule[]) =>
      decided({ names, proofs: [proof], rules }, ["cn-mobile", "bank-card"]).legal;
    expect(sent([unproven, cards])).not.toHaveProperty("proof");
    expect(sent([phones, cards])).toMatchObject({ rule: "A2", proof: "p1" });
  });
  test("a body about nobody rests on no proof", () => {
    expect(decided({ names, proofs: [proof], rules: [hide] }, []).legal).not.toHaveProperty("proof");
  });
  test("what nobody read is not proven", () => {
    const unread = [{ path: "/a", class: "image" as const, kind: "png" }];
    expect(tried({}, {}, { ...nobody, unread }).action).toBe("block");
  });
  test("it excuses from the law of personal data, not from a credential", () => {
    const d = decided({ names, proofs: [proof], rules: [hide] }, ["cn-mobile", "api-key"]);
    expect(codes(d)).toContain("CREDENTIAL_FOUND");
  });
  test("important data stay important", () => {
    const classification = { level: "important", catalogue: "c", by: "b", on: "2026-01-01" } as const;
    const policy = { ...withDestination({ classification }), names, proofs: [proof], rules: [hide] };
    expect(decided(policy).legal.rule).toBe("I1");
    expect(decided(policy).action).toBe("block");
  });
});

test("the papers that a way rests on are named: the assessment that covers everybody among them", () => {
  const narrow = { ...policyOf().pipias[0]!, id: "narrow", types: ["cn-mobile"] };
  const pipias = [narrow, policyOf().pipias[0]!];
  expect(decided({ pipias }).legal.papers).toEqual(["n", "narrow"]);
  expect(decided({ pipias }, ["cn-mobile", "address"]).legal.papers).toEqual(["n", "p"]);
  expect(decided({ pipias: [narrow] }, ["address"]).legal.papers).toEqual(["n"]);
});

describe("near a line", () => {
  const counts = (nonSensitive: number) => ({ counts: { nonSensitive, sensitive: 0, gross: 0 } });
  test.each([
    ["one before the share", 79_997, 0.8, []],
    // the line is 99,999 and this crossing adds one
    ["at the share", 79_999, 0.8, ["COUNT_NEAR_LINE"]],
    ["another share", 79_999, 0.95, []],
  ])("%s", (_, before, share, warnings) => {
    expect(decided({ warnAt: [share] }, ["cn-mobile"], counts(before)).legal.warnings).toEqual(warnings);
  });
  test("where there is no line nobody is near it", () => {
    const contract = { ...CONTRACT, type: "SECURITY_ASSESSMENT" } as const;
    const { legal } = decided({ mechanisms: [contract] }, ["cn-mobile"], counts(2_000_000));
    expect(legal).toMatchObject({ rule: "S3", warnings: [] });
  });
});
