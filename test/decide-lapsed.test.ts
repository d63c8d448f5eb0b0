// Papers that end, and about which the law asks nothing by date: what policy chose, to the day, and nothing besides.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../src/decide/decide.ts";
import { choiceOf, LAPSES, type Lapse } from "../src/decide/lapsed.ts";
import { CODES } from "../src/io/errors.ts";
import { NO_CHOICE } from "../src/io/policy/unchosen.ts";
import type { Decision, FailureChoices, Finding, Observe, Policy } from "../src/words.ts";
import { CONTRACT, caseOf, finding, policyOf } from "./decide/cases.ts";

/** Cases are of this Beijing day. */
const DAY = caseOf([]).at.slice(0, 10);
const daysFrom = (n: number) => new Date(Date.parse(DAY) + n * 86_400_000).toISOString().slice(0, 10);
const [YESTERDAY, TOMORROW] = [daysFrom(-1), daysFrom(1)];

type Ends = Partial<Record<Lapse, string>>;

function withEnds(ends: Ends, failures: Partial<FailureChoices> = {}, observe: Observe | null = null): Policy {
  const base = policyOf({ mechanisms: [CONTRACT] });
  const { classificationLapsed, contractLapsed, dueDiligenceLapsed } = ends;
  const stated = { level: "general", catalogue: "c", by: "dpo", on: "2026-01-01" } as const;
  const classification = classificationLapsed === undefined ? stated : { ...stated, until: classificationLapsed };
  const contract = { document: null, clauses: {}, from: null, until: contractLapsed ?? null };
  const dueDiligence = { on: "2026-01-01", until: dueDiligenceLapsed ?? null, document: null };
  return {
    ...base,
    failures: { ...base.failures, ...failures },
    destinations: new Map([["acme-api", { ...base.destinations.get("acme-api")!, classification, observe }]]),
    recipients: new Map([["acme", { ...base.recipients.get("acme")!, contract, dueDiligence }]]),
  };
}

const PI = [finding("cn-mobile")];
const judged = (policy: Policy, findings: readonly Finding[] = PI): Decision => decide(caseOf(findings, { policy }));
const said = ({ action, reasons, legal }: Decision) => [
  action,
  reasons.map(({ code, about }) => `${code} ${about}`),
  legal.warnings.includes("PAPER_LAPSED"),
];

const ABOUT: Readonly<Record<Lapse, string>> = {
  classificationLapsed: "classification",
  contractLapsed: "contract",
  dueDiligenceLapsed: "due-diligence",
};

describe.each(LAPSES)("%s", (lapse) => {
  const shut = ["block", [`PAPER_LAPSED ${ABOUT[lapse]}`], true];
  test("block: from the day after its last, and cured by a renewal", () => {
    const on = (day: string) => judged(withEnds({ [lapse]: day }, { [lapse]: "block" }));
    expect(said(on(DAY))).toEqual(["forward", [], false]);
    expect(said(on(TOMORROW))).toEqual(["forward", [], false]);
    expect(said(on(YESTERDAY))).toEqual(shut);
    expect(on(YESTERDAY)).toMatchObject({ rule: "lapsed", cures: ["renew_paper", "change_policy"] });
  });
  test("warn: it leaves, and is told", () => {
    expect(said(judged(withEnds({ [lapse]: YESTERDAY }, { [lapse]: "warn" })))).toEqual(["forward", [], true]);
  });
  test("not said: closed", () => {
    expect(said(judged(withEnds({ [lapse]: YESTERDAY })))).toEqual(shut);
  });
  test("without an end it never lapses, and another's end is not its own", () => {
    const others = Object.fromEntries(LAPSES.filter((one) => one !== lapse).map((one) => [one, YESTERDAY]));
    const quiet = Object.fromEntries(LAPSES.map((one) => [one, one === lapse ? "block" : "warn"]));
    expect(said(judged(withEnds({}, { [lapse]: "block" })))).toEqual(["forward", [], false]);
    expect(said(judged(withEnds(others, quiet)))).toEqual(["forward", [], true]);
  });
  test("where nobody's data leave, only the classification binds", () => {
    const nobody = judged(withEnds({ [lapse]: YESTERDAY }, { [lapse]: "block" }), []);
    expect(said(nobody)).toEqual(lapse === "classificationLapsed" ? shut : ["forward", [], false]);
  });
  test("a way on trial does not let it through", () => {
    const observe = { covers: "law", from: YESTERDAY, until: TOMORROW, approvedBy: "dpo", reason: "r" } as const;
    const d = judged(withEnds({ [lapse]: YESTERDAY }, { [lapse]: "block" }, observe));
    expect(d).toMatchObject({ action: "block", would: null });
  });
});

test("a contract that has not begun is none yet: from its first day on it is", () => {
  const from = (day: string) => {
    const policy = withEnds({}, { contractLapsed: "block" });
    const acme = policy.recipients.get("acme")!;
    const contract = { ...acme.contract!, from: day };
    return judged({ ...policy, recipients: new Map([["acme", { ...acme, contract }]]) });
  };
  expect(said(from(TOMORROW))).toEqual(["block", ["PAPER_LAPSED contract"], true]);
  expect(said(from(DAY))).toEqual(["forward", [], false]);
});

describe("among others", () => {
  const base = withEnds({ classificationLapsed: YESTERDAY, contractLapsed: YESTERDAY, dueDiligenceLapsed: YESTERDAY });
  const spare = {
    destinations: { ...base.destinations.get("acme-api")!, id: "spare", classification: null },
    recipients: { ...base.recipients.get("acme")!, id: "spare", contract: null, dueDiligence: null },
  };
  const both: Policy = {
    ...base,
    destinations: new Map([...base.destinations, ["spare", spare.destinations]]),
    recipients: new Map([...base.recipients, ["spare", spare.recipients]]),
  };
  test.each(LAPSES)("%s of one way is asked although another has no such paper", (lapse) => {
    const failures = { ...base.failures, ...Object.fromEntries(LAPSES.map((one) => [one, "warn"])), [lapse]: "block" };
    const d = decide(caseOf(PI, { policy: { ...both, failures } }));
    expect(said(d)).toEqual(["block", [`PAPER_LAPSED ${ABOUT[lapse]}`], true]);
  });
  test("a recipient on the mainland is no export: its papers are not asked", () => {
    const acme = { ...base.recipients.get("acme")!, country: "CN" };
    const failures = { ...base.failures, contractLapsed: "block" } as const;
    const d = decide(caseOf(PI, { policy: { ...base, failures, recipients: new Map([["acme", acme]]) } }));
    expect(d.legal).toMatchObject({ outcome: "NOT_EXPORT", warnings: [] });
    expect(d.reasons).toEqual([]);
  });
  test("the law's own warnings stay beside it", () => {
    const unfiled = { ...CONTRACT, validFrom: DAY, filedDate: null };
    const failures = { ...base.failures, classificationLapsed: "warn" } as const;
    const counts = { nonSensitive: 200_000, sensitive: 0, gross: 200_000 };
    const d = decide(caseOf(PI, { policy: { ...base, failures, mechanisms: [unfiled] }, counts }));
    expect(d.legal.warnings).toEqual(["PAPER_LAPSED", "SC_FILING_DUE"]);
  });
  test("what policy does not say is closed", () => {
    expect(LAPSES.map((lapse) => choiceOf(base.failures, lapse))).toEqual(["block", "block", "block"]);
  });
});

test("all three at once are three reasons; they only ever add one", () => {
  const ends = { classificationLapsed: YESTERDAY, contractLapsed: YESTERDAY, dueDiligenceLapsed: YESTERDAY };
  const all = { classificationLapsed: "block", contractLapsed: "block", dueDiligenceLapsed: "block" } as const;
  expect(judged(withEnds(ends, all)).reasons).toHaveLength(3);
  const choice = fc.constantFrom("warn" as const, "block" as const);
  const day = fc.constantFrom(YESTERDAY, DAY, TOMORROW);
  const each = <T>(of: fc.Arbitrary<T>) =>
    fc.record(
      { classificationLapsed: of, contractLapsed: of, dueDiligenceLapsed: of },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Partial<Record<Lapse, T>>>;
  fc.assert(
    fc.property(each(day), each(choice), fc.boolean(), fc.boolean(), (ends, choices, isNew, hasPi) => {
      const findings = hasPi ? [finding(isNew ? "cn-id" : "cn-mobile")] : [];
      const [without, withThem] = [withEnds({}), withEnds(ends, choices)].map((policy) => judged(policy, findings));
      const codes = withThem!.reasons.filter(({ code }) => code !== "PAPER_LAPSED").map(({ code }) => code);
      expect(codes).toEqual(without!.reasons.map(({ code }) => code));
      if (without!.action === "block") expect(withThem!.action).toBe("block");
      const isShut = LAPSES.some(
        (one) =>
          ends[one] === YESTERDAY &&
          (hasPi || one === "classificationLapsed") &&
          choiceOf(withEnds(ends, choices).failures, one) === "block",
      );
      expect(withThem!.reasons.some(({ code }) => code === "PAPER_LAPSED")).toBe(isShut);
    }),
    { numRuns: 300 },
  );
});

test("what nobody may choose about is refused by name, in both languages, and is none of the choices", () => {
  for (const [name, { zh, en }] of Object.entries(NO_CHOICE)) {
    expect([...LAPSES, "lawNotReviewed", "calendarUnknown"]).not.toContain(name);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
  }
  // each failure of the gate itself is among them
  const gate = Object.entries(CODES).flatMap(([code, { fault }]) => (fault === "gate" ? [code] : []));
  const named: Readonly<Record<string, string | null>> = {
    store_unavailable: "storeDown",
    ledger_unavailable: "ledgerDown",
    reader_lost: "readerLost",
    way_suspended: "waySuspended",
    // the process as a whole: nothing of one crossing is to be chosen
    ...{ gate_busy: null, draining: null, internal: null, policy_invalid: null },
  };
  expect(gate.filter((code) => !Object.hasOwn(named, code))).toEqual([]);
  for (const name of Object.values(named)) if (name !== null) expect(Object.keys(NO_CHOICE)).toContain(name);
});
