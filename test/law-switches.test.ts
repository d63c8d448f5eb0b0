// The readings of U-9, U-10, U-11 and U-13 that are switched on: each at its line, on both sides of it, and where it
// has nothing to say.

import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { evaluate, type LawJudgement } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { SWITCH_DEFAULTS } from "../src/law/switches.ts";

const LAW = loadLawData("policies/law");
const AT = "2026-05-12T10:00:00+08:00";

function judge(facts: object, policy: object = {}): LawJudgement {
  return evaluate(withDefaults({ at: AT, ...facts, policy }), LAW);
}

const counts = (nonSensitive: number, sensitive = 0) => ({ nonSensitive, sensitive });
const SENSITIVE = { categories: ["name", "medical"], sensitive: ["medical"] };

test("every decision prints them by name", () => {
  const { switches } = judge({});
  expect(switches).toEqual({ ...SWITCH_DEFAULTS, "U-7": "strict" });
  expect(judge({}, { gbaAboveLines: true }).switches).toMatchObject({ gbaAboveLines: true });
});

describe("U-9 smallHandlerRelief: its content is not modelled", () => {
  test.each([
    [{ notice: { missing: ["rights"] } }],
    [{ pipia: { done: false } }],
    [{ counts: counts(100_000) }],
    [{ at: "2026-09-01T00:00:00+08:00", exporter: { processedTotal: 1 }, notice: { missing: ["rights"] } }],
  ])("%j: the same judgement", (facts) => {
    const { switches: _, ...off } = judge(facts);
    const { switches, ...on } = judge(facts, { smallHandlerRelief: true });
    expect(on).toEqual(off);
    expect(off.decision).toBe("BLOCK");
    expect(switches).toMatchObject({ smallHandlerRelief: true });
  });
});

describe("U-10 automotiveVolumeImportant", () => {
  const cars = { exporter: { sector: "automotive" } };
  const on = (facts: object) => judge({ ...cars, ...facts }, { automotiveVolumeImportant: true });
  const hr = { employee: true, labourRules: true, collectiveContract: true, necessary: true };
  test.each([
    ["one below", { counts: counts(99_999) }, "E7"],
    ["on the line", { counts: counts(100_000) }, "I1"],
    ["the sensitive counter below", { counts: counts(5, 99_999), data: SENSITIVE }, "S4"],
    ["the sensitive counter on it", { counts: counts(5, 100_000), data: SENSITIVE }, "I1"],
    ["both together, neither alone", { counts: counts(60_000, 60_000) }, "E7"],
    ["even in an exempt scenario", { counts: counts(100_000), basis: { legalBasis: "hr", hr } }, "I1"],
    ["even for a state organ", { counts: counts(100_000), exporter: { ...cars.exporter, stateOrgan: true } }, "I1"],
    ["another sector", { counts: counts(100_000), exporter: { sector: "general" } }, "C1"],
    ["no sector said", { counts: counts(100_000), exporter: {} }, "C1"],
    ["nobody in it", { counts: counts(100_000), data: { containsPI: false } }, "A1"],
    ["proven anonymous", { counts: counts(100_000), data: { form: "anonymised", anonymisationProven: true } }, "A2"],
    ["a prohibition first", { counts: counts(100_000), flow: { regulatorStopOrder: true } }, "X4"],
    ["no export", { counts: counts(100_000), flow: { destination: "mainland" } }, "N0"],
    ["the old rules", { at: "2023-10-10T10:00:00+08:00", counts: counts(100_000) }, "I1"],
    ["the old rules, below", { at: "2023-10-10T10:00:00+08:00", counts: counts(99_999) }, "H2"],
    ["by statement, below", { counts: counts(5), data: { importance: "published" } }, "I1"],
  ])("%s", (_, facts, rule) => expect(on(facts).rule).toBe(rule));
  test("off, the number of people says nothing", () => {
    expect(judge({ ...cars, counts: counts(100_000) }).rule).toBe("C1");
  });
  test("the transfer that reaches the line is over it", () => {
    const history = [{ at: "2026-02-01T09:00:00+08:00", subjects: [1, 99_999], classes: ["NS"] }];
    expect(on({ history, subjects: [5, 5] }).rule).toBe("E7");
    expect(on({ history, subjects: [100_000, 100_000] }).rule).toBe("I1");
  });

  const capped = { type: "SECURITY_ASSESSMENT", validFrom: "2025-03-03", scope: { maxNonSensitive: 500 } };
  test.each([
    ["below every line", { counts: counts(5) }, 99_999, 99_999],
    ["a band that reaches further, and one that does not", { counts: counts(5, 5), data: SENSITIVE }, 99_999, 9_999],
    ["no other line", { counts: counts(5), exporter: { ...cars.exporter, ciio: true } }, 99_999, 99_999],
    ["above the sensitive line", { counts: counts(5, 10_000), data: SENSITIVE }, 99_999, 99_999],
    [
      "a scale below it",
      { counts: counts(5), exporter: { ...cars.exporter, ciio: true }, mechanisms: [capped] },
      500,
      99_999,
    ],
    ["important by volume already", { counts: counts(100_000) }, null, null],
    ["important by statement", { counts: counts(5), data: { importance: "published" } }, null, null],
    ["another sector", { counts: counts(5), exporter: { sector: "general" } }, 99_999, null],
    ["nobody in it", { counts: counts(5), data: { containsPI: false } }, null, null],
    ["prohibited", { counts: counts(5), flow: { regulatorStopOrder: true } }, null, null],
    ["no export", { counts: counts(5), flow: { destination: "mainland" } }, null, null],
  ])("limit: %s", (_, facts, nonSensitive, sensitive) => {
    expect(on(facts).limit).toEqual({ nonSensitive, sensitive });
  });
});

describe("U-11 assessmentRunsThreeYears", () => {
  const CIIO = { exporter: { ciio: true } };
  const on = (change: object, at: string, policy: object = { assessmentRunsThreeYears: true }) => {
    const mechanism = { type: "SECURITY_ASSESSMENT", validFrom: "2024-03-21", validUntil: "2026-03-20", scope: {} };
    return judge({ ...CIIO, at, mechanisms: [{ ...mechanism, ...change }] }, policy).reasons;
  };
  const [LAST_DAY, DAY_AFTER] = ["2027-03-20T23:59:59+08:00", "2027-03-21T00:00:00+08:00"];
  test("two years on the paper: three from its start, and not a day more", () => {
    expect(on({}, LAST_DAY)).toEqual([]);
    expect(on({}, DAY_AFTER)).toEqual(["MECH_EXPIRED"]);
    expect(on({}, LAST_DAY, {})).toEqual(["MECH_EXPIRED"]);
  });
  test("from its issue, where that is earlier than its effect", () => {
    expect(on({ issueDate: "2023-03-21" }, "2026-03-21T10:00:00+08:00")).toEqual(["MECH_EXPIRED"]);
    expect(on({ issueDate: "2024-03-21", validFrom: "2024-04-01" }, LAST_DAY)).toEqual([]);
  });
  test("issued on the day of the Provisions: as on the paper", () => {
    expect(on({ validFrom: "2024-03-22" }, "2026-03-21T10:00:00+08:00")).toEqual(["MECH_EXPIRED"]);
  });
  test("a paper that says more is not shortened; an extension goes further still", () => {
    expect(on({ validUntil: "2028-01-01" }, "2028-01-01T10:00:00+08:00")).toEqual([]);
    expect(on({ extendedUntil: "2029-03-20" }, "2029-03-20T10:00:00+08:00")).toEqual([]);
    expect(on({ extendedUntil: "2026-12-31" }, LAST_DAY)).toEqual([]);
  });
  test("before the Provisions nothing runs longer", () => {
    const short = { validFrom: "2023-01-10", validUntil: "2024-03-10" };
    expect(on(short, "2024-03-21T23:59:59+08:00")).toEqual(["MECH_EXPIRED"]);
    expect(on(short, "2024-03-22T00:00:00+08:00")).toEqual([]);
  });
  test("a contract or a certification ends as it says", () => {
    const route = { counts: counts(200_000) };
    for (const type of ["STANDARD_CONTRACT", "CERTIFICATION"]) {
      const paper = { type, validFrom: "2024-03-21", validUntil: "2026-03-20", filedDate: "2024-03-22", scope: {} };
      const { reasons } = judge({ ...route, at: LAST_DAY, mechanisms: [paper] }, { assessmentRunsThreeYears: true });
      expect(reasons).toEqual(["MECH_EXPIRED"]);
    }
  });
  test("an assessment without a start has not started, whenever it ends", () => {
    expect(on({ validFrom: null, validUntil: "2030-01-01" }, LAST_DAY)).toEqual(["MECH_NOT_YET_EFFECTIVE"]);
    expect(on({ validFrom: null }, LAST_DAY)).toEqual(["MECH_NOT_YET_EFFECTIVE", "MECH_EXPIRED"]);
  });
});

describe("U-13 gbaAboveLines", () => {
  const GBA = { type: "GBA_STANDARD_CONTRACT", validFrom: "2026-01-12", filedDate: "2026-01-20", scope: {} };
  const area = { flow: { destination: "HK" }, gba: { bothRegistered: true }, mechanisms: [GBA] };
  const [WITH, WITHOUT] = [["SECURITY_ASSESSMENT", "GBA_STANDARD_CONTRACT"], ["SECURITY_ASSESSMENT"]];
  const many = { counts: counts(1_000_000) };
  test.each([
    ["S3", many, WITH, []],
    ["S3", { ...many, flow: { destination: "MO" } }, WITH, []],
    ["S4", { counts: counts(5, 10_000), data: SENSITIVE }, WITH, []],
    ["S3", { ...many, flow: { destination: "TW" } }, WITHOUT, ["MECH_NOT_ALLOWED_FOR_ROUTE"]],
    ["S3", { ...many, gba: { bothRegistered: false } }, WITHOUT, ["MECH_NOT_ALLOWED_FOR_ROUTE"]],
    ["S1", { ...many, exporter: { ciio: true } }, WITHOUT, ["MECH_NOT_ALLOWED_FOR_ROUTE"]],
    ["S2", { ...many, exporter: { stateOrgan: true } }, WITHOUT, ["MECH_NOT_ALLOWED_FOR_ROUTE"]],
    ["I1", { ...many, data: { importance: "notified" } }, WITHOUT, ["MECH_NOT_ALLOWED_FOR_ROUTE"]],
    [
      "H1",
      { ...many, at: "2023-10-10T10:00:00+08:00" },
      WITHOUT,
      ["MECH_NOT_ALLOWED_FOR_ROUTE", "MECH_NOT_YET_EFFECTIVE"],
    ],
  ])("%s %j", (rule, facts, mechanismsAllowed, reasons) => {
    const judgement = judge({ ...area, ...facts }, { gbaAboveLines: true });
    expect(judgement).toMatchObject({ rule, outcome: "ASSESSMENT", mechanismsAllowed, reasons });
  });
  test("off, only the assessment serves", () => {
    const expected = { mechanismsAllowed: WITHOUT, reasons: ["MECH_NOT_ALLOWED_FOR_ROUTE"] };
    expect(judge({ ...area, ...many })).toMatchObject(expected);
  });
  test("nobody outside the area, whoever is listed", () => {
    const listed = { ...GBA, scope: { onward: ["V1"] } };
    const flow = { destination: "HK", onwardTo: ["V1"] };
    const { reasons } = judge({ ...area, ...many, flow, mechanisms: [listed] }, { gbaAboveLines: true });
    expect(reasons).toEqual(["SCOPE_ONWARD"]);
  });
  test("below the lines it is as ever", () => {
    const few = { ...area, counts: counts(200_000) };
    expect(judge(few, { gbaAboveLines: true }).mechanismsAllowed).toEqual(judge(few).mechanismsAllowed);
  });
});
