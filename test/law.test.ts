// The law against its decided cases, and at its edges.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { differences } from "../src/law/compare.ts";
import { evaluate, type LawJudgement } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { REASONS, WARNINGS } from "../src/law/reasons.ts";
import { ROUTES } from "../src/law/routes.ts";
import { SWITCH_DEFAULTS, switchesFrom } from "../src/law/switches.ts";

const LAW = loadLawData("policies/law");
const AT = "2026-05-12T10:00:00+08:00";

function judge(facts: object): LawJudgement {
  return evaluate(withDefaults({ at: AT, ...facts }), LAW);
}

interface LawCase {
  readonly id: string;
  readonly facts: object;
  readonly expect: object;
  readonly why: string;
}

const CASES = readFileSync(new URL("law/cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as LawCase);

describe("decided cases", () => {
  test("all 115 are here", () => expect(new Set(CASES.map(({ id }) => id)).size).toBe(115));
  test.each(CASES.map((one) => [one.id, one] as const))("%s", (_, { facts, expect: expected }) => {
    expect(differences(expected, evaluate(withDefaults(facts), LAW))).toEqual([]);
  });
});

const SC = {
  type: "STANDARD_CONTRACT",
  id: "sc",
  validFrom: "2026-01-12",
  filedDate: "2026-01-20",
  validUntil: "2028-12-31",
  scope: { recipients: ["R1"], purposes: ["customer_support"] },
};
const SENSITIVE = { categories: ["name", "medical"], sensitive: ["medical"] };
const counts = (nonSensitive: number, sensitive = 0) => ({ nonSensitive, sensitive });

describe("lines", () => {
  test("a figure that is a line is over it, whatever stands beside", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.boolean(),
        (ns, s, sensitive) => {
          const { rule } = judge({ counts: counts(ns, s), ...(sensitive ? { data: SENSITIVE } : {}) });
          const over = ns >= 1_000_000 ? "S3" : s >= 10_000 ? "S4" : sensitive ? "C2" : "C1";
          expect(rule).toBe(!sensitive && ns < 100_000 ? "E7" : over);
        },
      ),
    );
  });
  test.each([
    [99_999, "E7"],
    [100_000, "C1"],
    [999_999, "C1"],
    [1_000_000, "S3"],
  ])("%i ordinary people: %s", (ns, rule) => expect(judge({ counts: counts(ns) }).rule).toBe(rule));
  test.each([
    [9_999, "C2"],
    [10_000, "S4"],
  ])("%i sensitive people: %s", (s, rule) => expect(judge({ counts: counts(1, s), data: SENSITIVE }).rule).toBe(rule));
  test("more people never give a milder route", () => {
    const strict = { EXEMPT: 0, SC_OR_CERT: 1, ASSESSMENT: 2 } as Record<string, number>;
    fc.assert(
      fc.property(
        fc.nat(1_200_000),
        fc.nat(12_000),
        fc.nat(200_000),
        fc.nat(4_000),
        fc.boolean(),
        (ns, s, dn, ds, sens) => {
          const data = sens ? SENSITIVE : {};
          const fewer = judge({ counts: counts(ns, s), data }).outcome;
          expect(strict[judge({ counts: counts(ns + dn, s + ds), data }).outcome]).toBeGreaterThanOrEqual(
            strict[fewer]!,
          );
        },
      ),
    );
  });
});

describe("limit: the highest counts for which a judgement holds", () => {
  test.each([
    ["E7", { counts: counts(5) }, 99_999, null],
    ["C1", { counts: counts(100_000), mechanisms: [SC] }, 999_999, 9_999],
    ["C2", { counts: counts(1, 1), data: SENSITIVE, mechanisms: [SC] }, 999_999, 9_999],
    ["S3", { counts: counts(1_000_000) }, null, null],
    ["E2", { basis: { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } } }, null, null],
    ["H2", { at: "2023-10-10T10:00:00+08:00", counts: counts(5) }, 99_999, 9_999],
  ])("%s", (rule, facts, nonSensitive, sensitive) => {
    const judgement = judge(facts);
    expect(judgement.rule).toBe(rule);
    expect(judgement.limit).toEqual({ nonSensitive, sensitive });
  });
  test("a mechanism's scale is lower than the law's line", () => {
    const mechanisms = [{ ...SC, scope: { ...SC.scope, maxNonSensitive: 250_000, maxSensitive: 0 } }];
    expect(judge({ counts: counts(200_000), mechanisms }).limit).toEqual({ nonSensitive: 250_000, sensitive: 0 });
  });
  test("at the limit the judgement is the same, one past it is not", () => {
    const mechanisms = [{ ...SC, scope: { ...SC.scope, maxNonSensitive: 250_000 } }];
    const start = fc.integer({ min: 0, max: 999_998 });
    fc.assert(
      fc.property(start, fc.nat(9_998), fc.boolean(), fc.constantFrom([], [SC], mechanisms), (ns, s, sens, on) => {
        const facts = { data: sens ? SENSITIVE : {}, mechanisms: on };
        const same = (j: LawJudgement) => `${j.outcome} ${j.decision} ${j.rule}`;
        const now = judge({ ...facts, counts: counts(ns, s) });
        const { limit } = now;
        const at = judge({ ...facts, counts: counts(limit.nonSensitive ?? ns, limit.sensitive ?? s) });
        if (limit.nonSensitive === null || ns <= limit.nonSensitive) expect(same(at)).toBe(same(now));
        if (limit.nonSensitive !== null) {
          expect(same(judge({ ...facts, counts: counts(limit.nonSensitive + 1, s) }))).not.toBe(same(now));
        }
        if (limit.sensitive !== null) {
          expect(same(judge({ ...facts, counts: counts(ns, limit.sensitive + 1) }))).not.toBe(same(now));
        }
      }),
    );
  });
});

describe("dates are Beijing dates", () => {
  test.each([
    ["2024-03-21T15:59:59.999Z", "H2"],
    ["2024-03-21T16:00:00Z", "E7"],
    ["2024-03-22T00:00:00+08:00", "E7"],
    ["2024-03-21T10:59:59-05:00", "H2"],
  ])("%s: %s", (at, rule) => expect(judge({ at, counts: counts(5) }).rule).toBe(rule));
  test("statutory duty exempts from 1 January 2025", () => {
    const basis = { legalBasis: "statutory", statutory: { prcDuty: true, necessary: true } };
    expect(judge({ at: "2024-12-31T23:59:59+08:00", basis }).rule).toBe("E7");
    expect(judge({ at: "2025-01-01T00:00:00+08:00", basis }).rule).toBe("E5");
  });
  test("the revision in force is named", () => {
    expect(judge({ at: "2024-03-22T00:00:00+08:00" }).revision).toBe("RS-2024");
    expect(judge({ at: "2025-06-01T00:00:00+08:00" }).revision).toBe("RS-2024+NDSMR-2025");
    expect(judge({}).revision).toBe("RS-2024+NDSMR-2025+CERT-2026");
  });
  test("outside what was reviewed it warns, on both sides", () => {
    expect(judge({ at: "2026-12-31T23:59:59+08:00" }).warnings).toEqual([]);
    expect(judge({ at: "2027-01-01T00:00:00+08:00" }).warnings).toEqual(["LAW_NOT_REVIEWED"]);
    expect(judge({ at: "2022-08-31T00:00:00+08:00" })).toMatchObject({
      rule: "H2",
      warnings: ["BEFORE_FIRST_REVISION"],
    });
  });
});

describe("mechanisms", () => {
  const route = { counts: counts(200_000) };
  const withMechanism = (change: object) => judge({ ...route, mechanisms: [{ ...SC, ...change }] });
  test.each([
    [{ status: "terminated" }, ["MECH_REVOKED"]],
    [{ status: "failed" }, ["MECH_REVOKED"]],
    [{ status: "pending" }, ["MECH_PENDING"]],
    [{ filingRejected: true }, ["SC_FILING_REJECTED"]],
    [{ validFrom: null, filedDate: null }, ["MECH_NOT_YET_EFFECTIVE"]],
    [{ validUntil: "2026-05-12" }, []],
    [{ validUntil: "2026-05-11" }, ["MECH_EXPIRED"]],
    [{ validFrom: "2023-05-13", filedDate: "2023-05-15", validUntil: null }, []],
    [{ validFrom: "2023-05-12", filedDate: "2023-05-15", validUntil: null }, ["MECH_EXPIRED"]],
    [{ validUntil: "2026-05-11", extendedUntil: "2029-05-11" }, ["MECH_EXPIRED"]],
    [{ scope: {} }, []],
    [{ scope: { categories: [] } }, ["SCOPE_CATEGORY"]],
    [{ scope: { recipients: [], purposes: [] } }, ["SCOPE_RECIPIENT", "SCOPE_PURPOSE"]],
    [{ filedDate: "2026-05-13" }, ["SC_FILING_OVERDUE"]],
  ])("%j: %j", (change, reasons) => expect(withMechanism(change).reasons).toEqual(reasons));
  test("the one relied on is named; one without warnings is preferred", () => {
    const unfiled = { ...SC, id: "new", validFrom: "2026-05-06", filedDate: null };
    expect(judge({ ...route, mechanisms: [unfiled] })).toMatchObject({ mechanism: "new", warnings: ["SC_FILING_DUE"] });
    expect(judge({ ...route, mechanisms: [unfiled, SC] })).toMatchObject({ mechanism: "sc", warnings: [] });
  });
  test("filing is due on the tenth working day, holidays left out and make-up days counted", () => {
    // In effect on 14 February 2026; the Spring Festival holiday ends on the 23rd; Saturday the 28th is worked.
    const filing = (at: string) =>
      judge({ ...route, at, mechanisms: [{ ...SC, validFrom: "2026-02-14", filedDate: null }] });
    expect(filing("2026-03-06T23:59:59+08:00").warnings).toEqual(["SC_FILING_DUE"]);
    expect(filing("2026-03-07T00:00:00+08:00").reasons).toEqual(["SC_FILING_OVERDUE"]);
  });
  test("a deadline in a year whose calendar is not published warns", () => {
    const mechanisms = [{ ...SC, validFrom: "2027-03-01", filedDate: null }];
    const { warnings } = judge({ ...route, at: "2027-03-05T00:00:00+08:00", mechanisms });
    expect(warnings).toContain("CALENDAR_UNKNOWN");
  });
  test("reasons are the union over all on file", () => {
    const mechanisms = [
      { ...SC, status: "revoked" },
      { ...SC, scope: { recipients: ["R9"] } },
    ];
    expect(new Set(judge({ ...route, mechanisms }).reasons)).toEqual(new Set(["MECH_REVOKED", "SCOPE_RECIPIENT"]));
  });
});

describe("duties", () => {
  const consented = (consent: object, more: object = {}) => judge({ counts: counts(5), consent, ...more }).reasons;
  test.each([
    [{ withdrawnAt: "2026-05-12T02:00:00.000Z" }, ["CONSENT_WITHDRAWN"]],
    [{ withdrawnAt: "2026-05-12T02:00:00.001Z" }, []],
    [{ validUntil: "2026-05-12" }, []],
    [{ validUntil: "2026-05-12T02:00:00Z" }, ["CONSENT_EXPIRED"]],
    [{ validUntil: "2026-05-12T02:00:01Z" }, []],
    [{ givenAt: "2026-05-12T02:00:01Z" }, ["CONSENT_MISSING"]],
    [{ categories: ["name"] }, ["CONSENT_CATEGORY"]],
    [{ categories: ["name", "phone"] }, []],
    [{ separate: false, recipients: [] }, ["CONSENT_NOT_SEPARATE", "CONSENT_RECIPIENT"]],
  ])("%j: %j", (consent, reasons) => expect(consented(consent)).toEqual(reasons));
  test("a sensitive category must be named as sensitive", () => {
    const more = { data: SENSITIVE, mechanisms: [SC] };
    expect(consented({ categories: ["name", "medical"], sensitiveCategories: [] }, more)).toEqual(["CONSENT_CATEGORY"]);
    expect(consented({ categories: ["name"], sensitiveCategories: ["medical"] }, more)).toEqual([]);
  });
  test("a pseudonym does not make up for consent (PS-4)", () => {
    const data = { pseudonymisedCategories: ["phone"] };
    expect(consented({ categories: ["name"] }, { data })).toEqual(["CONSENT_CATEGORY"]);
  });
  test("PROHIBITED_X4 and PIPIA_NOT_COVERING", () => {
    expect(judge({ flow: { regulatorStopOrder: true } }).reasons).toEqual(["PROHIBITED_X4"]);
    expect(judge({ pipia: { coversScenario: false } }).reasons).toEqual(["PIPIA_NOT_COVERING"]);
  });
  test("important data without PI has no PI duties; with PI it has", () => {
    const more = { consent: null, pipia: { done: false }, mechanisms: [{ ...SC, type: "SECURITY_ASSESSMENT" }] };
    const important = (data: object) => judge({ ...more, data: { importance: "notified", ...data } }).reasons;
    expect(important({ containsPI: false, categories: [] })).toEqual([]);
    expect(important({})).toEqual(["CONSENT_MISSING", "PIPIA_MISSING"]);
  });
});

describe("curedByHiding: the kinds that would have to leave as pseudonyms", () => {
  const needs = (kinds: string[], more: object = {}) =>
    judge({ counts: counts(5), data: { neededForPurpose: kinds }, ...more }).curedByHiding;
  test("what is not needed", () => expect(needs(["name"])).toEqual(["phone"]));
  test("nothing, where all is well", () => expect(needs(["name", "phone"])).toEqual([]));
  test("nothing, where another duty is unmet", () => expect(needs(["name"], { consent: null })).toEqual([]));
  test("nothing, where no mechanism would stand", () => {
    expect(needs(["name"], { counts: counts(200_000) })).toEqual([]);
    expect(
      needs(["name"], { counts: counts(200_000), mechanisms: [{ ...SC, scope: { categories: [], recipients: [] } }] }),
    ).toEqual([]);
  });
  test("what the mechanism that lacks least leaves out, and what is not needed", () => {
    const mechanisms = [
      { ...SC, scope: { categories: [] } },
      { ...SC, scope: { categories: ["phone"] } },
    ];
    expect(needs(["name"], { counts: counts(200_000), mechanisms })).toEqual(["name", "phone"]);
    expect(needs(["name", "phone"], { counts: counts(200_000), mechanisms })).toEqual(["name"]);
  });
});

describe("switches", () => {
  test.each([
    [
      "countExemptTransfers",
      {
        policy: { countExemptTransfers: true },
        subjects: [300_001, 300_001],
        history: [{ at: "2026-02-01T09:00:00+08:00", subjects: [1, 300_000], classes: ["NS"], route: "E6" }],
      },
      "C1",
    ],
    [
      "countExemptTransfers off",
      {
        subjects: [300_001, 300_001],
        history: [{ at: "2026-02-01T09:00:00+08:00", subjects: [1, 300_000], classes: ["NS"], route: "E6" }],
      },
      "E7",
    ],
    [
      "volumeExemptionNeedsNoSensitive",
      { policy: { volumeExemptionNeedsNoSensitive: true }, counts: counts(5, 1) },
      "C1",
    ],
    [
      "ftzOpenToCiio",
      { policy: { ftzOpenToCiio: true }, exporter: { ciio: true }, ftz: { registered: true, result: "outside_list" } },
      "E6",
    ],
  ])("%s", (_, facts, rule) => expect(judge(facts).rule).toBe(rule));
  test("transitDutiesChecked, unfiledContractBlocks", () => {
    const transit = { data: { origin: "overseas" }, consent: null };
    expect(judge(transit).reasons).toEqual(["CONSENT_MISSING"]);
    expect(judge({ ...transit, policy: { transitDutiesChecked: false } }).reasons).toEqual([]);
    const unfiled = { counts: counts(200_000), mechanisms: [{ ...SC, filedDate: null }] };
    expect(judge({ ...unfiled, policy: { unfiledContractBlocks: false } })).toMatchObject({
      decision: "ALLOW",
      warnings: ["SC_FILING_OVERDUE"],
    });
  });
  test("countBothKinds: who has both kinds is in both counters, or in the sensitive one only", () => {
    const one = { subjects: [1, 1], data: SENSITIVE };
    expect(judge(one).counts).toEqual(counts(1, 1));
    expect(judge({ ...one, policy: { countBothKinds: false } }).counts).toEqual(counts(0, 1));
  });
  test("all are printed, with the profile", () => {
    const { switches } = judge({ policy: { profile: "gbt45574" } });
    for (const name of Object.keys(SWITCH_DEFAULTS)) expect(switches).toHaveProperty([name]);
    expect(switches["U-7"]).toBe("gbt45574");
  });
  test("a misspelt switch is refused", () => {
    expect(() => switchesFrom({ hrRequireBot: false })).toThrow("no such switch");
    expect(() => switchesFrom({ hrRequireBoth: "no" })).toThrow("true or false");
  });
});

describe("what is malformed throws", () => {
  test.each([
    [{ at: "2026-02-30T10:00:00+08:00" }],
    [{ at: "2026-05-12T10:00:00" }],
    [{ at: "2026-05-12" }],
    [{ at: 5 }],
    [{ at: null }],
    [{ at: "2026-05-12T24:00:00Z" }],
    [{ at: "1969-05-12T10:00:00Z" }],
    [{ flow: { destination: "moon" } }],
    [{ flow: { kind: "pull" } }],
    [{ flow: null }],
    [{ flow: { recipient: "" } }],
    [{ data: { importance: "huge" } }],
    [{ data: { form: "hashed" } }],
    [{ data: { categories: null } }],
    [{ data: { sensitive: null } }],
    [{ exporter: { ciio: "no" } }],
    [{ exporter: { cio: true } }],
    [{ exporter: { processedTotal: -1 } }],
    [{ exporters: {} }],
    [{ counts: { nonSensitive: 5 } }],
    [{ counts: counts(1.5) }],
    [{ counts: counts(Number.NaN) }],
    [{ counts: counts(-1) }],
    [{ mechanisms: [{ ...SC, type: "PERMIT" }] }],
    [{ mechanisms: [{ ...SC, validUntil: "2026-13-01" }] }],
    [{ mechanisms: [{ ...SC, status: "fine" }] }],
    [{ mechanisms: [{ ...SC, scope: null }] }],
    [{ mechanisms: {} }],
    [{ mechanisms: [null] }],
    [{ mechanisms: [{ ...SC, scope: { recipients: "R1" } }] }],
    [{ consent: { withdrawnAt: "yesterday" } }],
    [{ consent: { validUntil: "2026-02-30" } }],
    [{ consent: "yes" }],
    [{ consent: { separate: 1 } }],
    [{ basis: { legalBasis: "legitimate_interest" } }],
    [{ basis: { legalBasis: "contract", contract: { necessary: "yes" } } }],
    [{ history: [{ at: AT, subjects: [9, 1], classes: ["NS"] }] }],
    [{ history: [{ at: AT, subjects: [1, 2], classes: ["X"] }] }],
    [{ subjects: { unknown: -1 } }],
    [{ subjects: [1] }],
    [{ policy: { hrRequireBoth: "no" } }],
    [{ ftz: { result: "maybe" } }],
    [{ notice: { missing: "nothing" } }],
    [{ pipia: { done: null } }],
    [{ gba: { bothRegistered: 1 } }],
  ])("%j", (facts) => expect(() => judge(facts)).toThrow(TypeError));
  test("a key that is no name is not repeated", () => {
    expect(() => judge({ flow: { "13800138000": 1 } })).toThrow("unknown fact flow.*");
    expect(() => judge({ exporters: {} })).toThrow("unknown fact exporters");
  });
  test("facts that are no object, or not given", () => {
    for (const facts of [null, [], "x", {}]) expect(() => withDefaults(facts)).toThrow(TypeError);
  });
  test("law data that this version does not understand", () => {
    const facts = withDefaults({ at: AT });
    expect(() => evaluate(facts, { ...LAW, revisions: [] })).toThrow("no known rule set");
    const [first, second] = LAW.revisions;
    expect(() => evaluate(facts, { ...LAW, revisions: [first!, { ...second!, id: "RS-2030" }] })).toThrow("no meaning");
    expect(() => evaluate(facts, { ...LAW, revisions: [first!, { ...second!, numbers: {} }] })).toThrow("lacks");
  });
});

describe("counting", () => {
  const range = fc.tuple(fc.nat(60), fc.nat(20)).map(([from, n]) => [from, from + n] as [number, number]);
  test("people are counted once each, whatever overlaps", () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), range, (past, now) => {
        const history = past.map((subjects) => ({ at: AT, subjects, classes: ["NS"], route: "E7" }));
        const people = new Set([...past, now].flatMap(([a, b]) => Array.from({ length: b - a + 1 }, (_, i) => a + i)));
        expect(judge({ history, subjects: now }).counts).toEqual(counts(people.size));
      }),
    );
  });
  test("exempt scenarios are told without this transfer, neither counted", () => {
    const basis = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } };
    expect(judge({ basis, subjects: [1, 10] })).toMatchObject({ counts: counts(0), counted: false });
    expect(judge({ subjects: [1, 10] })).toMatchObject({ counts: counts(10), counted: true });
  });
});

test("every reason and warning that can be given stands in the catalogue, and back", () => {
  const given = new Set<string>(["SCOPE_EXPORTER"]);
  const prohibited = ROUTES.filter(({ outcome }) => outcome === "PROHIBITED").map(({ rule }) => `PROHIBITED_${rule}`);
  const source = ["mechanisms", "duties", "evaluate"]
    .map((file) => readFileSync(`src/law/${file}.ts`, "utf8"))
    .join("\n");
  for (const [code] of source.matchAll(/\b[A-Z]{2,}(?:_[A-Z]+)+\b/g)) given.add(code);
  for (const code of prohibited) given.add(code);
  for (const code of [...Object.keys(REASONS), ...Object.keys(WARNINGS)]) expect(given).toContain(code);
  for (const code of CASES.flatMap(({ expect: e }) => (e as { reasons: string[] }).reasons))
    expect(REASONS).toHaveProperty(code);
});

test("the calendar is known to the end of a published year", () => {
  expect(LAW.calendar.knownUntil >= "2026-12-31").toBe(true);
  expect(LAW.calendar.off.has("2026-02-17")).toBe(true);
  expect(LAW.calendar.on.has("2026-02-28")).toBe(true);
});
