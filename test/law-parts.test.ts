// Lines of the law's code that a whole judgement hides: days at their borders, one check of a mechanism at a time, one
// trait of an exporter at a time. Each row is a sentence of law.md.

import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { type ForecastAsk, forecastOf } from "../src/law/forecast.ts";
import { isContract } from "../src/law/mechanisms.ts";
import { voidedOn } from "../src/law/notices.ts";
import { workingDaysBefore } from "../src/law/working-days.ts";
import { assertDate, beijingDate, beijingYear, epochMs, plusDays } from "../src/law/year.ts";

const LAW = loadLawData("policies/law");
const AT = "2026-06-01T10:00:00+08:00";
const judged = (facts: object) => evaluate(withDefaults({ at: AT, ...facts }), LAW);

test("the first day and the first year asked for may be any", () => {
  expect(beijingYear(0)).toBe(1970);
  expect(beijingDate(86_400_000)).toBe("1970-01-02");
});

describe("days", () => {
  test("one is remembered as the day it is, also the first of all", () => {
    expect(beijingDate(Date.UTC(2026, 5, 1))).toBe("2026-06-01");
    expect(beijingDate(0)).toBe("1970-01-01");
    expect(beijingYear(0)).toBe(1970);
    expect(beijingDate(Date.UTC(2026, 5, 1))).toBe("2026-06-01");
    expect(beijingYear(Date.UTC(2026, 5, 1))).toBe(2026);
    expect(beijingYear(Date.UTC(2027, 5, 1))).toBe(2027);
  });

  test("what is no text is no instant and no date, whatever it reads like", () => {
    expect(() => epochMs([AT] as never)).toThrow("not an ISO 8601 instant with offset");
    expect(() => epochMs("yesterday")).toThrow("not an ISO 8601 instant with offset");
    expect(() => assertDate(["2026-06-01"] as never)).toThrow("not a date YYYY-MM-DD");
    expect(() => assertDate("1.6.2026")).toThrow("not a date YYYY-MM-DD");
  });

  test("working days before a day that is none", () => {
    const calendar = { off: new Set<string>(), on: new Set<string>(), knownUntil: "2026-12-31" };
    const sunday = "2026-06-07";
    expect(workingDaysBefore(sunday, 0, calendar)).toBe("2026-06-05");
    expect(workingDaysBefore(sunday, 1, calendar)).toBe("2026-06-04");
    expect(workingDaysBefore("2026-06-05", 1, calendar)).toBe("2026-06-04");
    expect(workingDaysBefore("2026-06-05", 0, calendar)).toBe("2026-06-04");
  });
});

describe("forecast", () => {
  const daysOf = (first: string, steps: readonly number[]) => {
    let count = 0;
    return steps.map((step, i) => {
      count += step;
      return { day: plusDays(first, i), count };
    });
  };
  const of = (first: string, today: string, steps: readonly number[], more: Partial<ForecastAsk>) =>
    forecastOf({ days: daysOf(first, steps), before: 0, stated: [], today, line: 100, ...more });

  test("six days are few, seven are a pace", () => {
    expect(of("2026-01-01", "2026-01-07", Array(6).fill(2), {})).toMatchObject({ basis: "few", daysSeen: 6 });
    expect(of("2026-01-01", "2026-01-08", Array(7).fill(2), {})).toMatchObject({ basis: "pace", daysSeen: 7 });
  });

  test("nobody a day is a pace, and crosses nothing; one a day does", () => {
    expect(of("2026-01-01", "2026-01-04", [0, 0, 0], {})).toMatchObject({ basis: "pace", pace: 0, expected: null });
    expect(of("2026-01-01", "2026-01-04", [1, 1, 1], { line: 5 })).toMatchObject({ pace: 1, expected: "2026-01-05" });
  });

  test("crossed: with the pace, if there is one", () => {
    expect(of("2026-01-01", "2026-01-04", [50, 50, 50], {})).toMatchObject({
      isCrossed: true,
      basis: "pace",
      pace: 50,
    });
    expect(of("2026-01-04", "2026-01-04", [150], {})).toMatchObject({ isCrossed: true, basis: "none", pace: null });
    expect(forecastOf({ days: [], before: 100, stated: [], today: "2026-01-04", line: 100 })).toMatchObject({
      ...{ isCrossed: true, basis: "none", daysSeen: 0 },
    });
  });

  test("the last day of a leap year is in it, and no line is too far", () => {
    const even = (line: number) => of("2027-12-20", "2028-01-01", Array(12).fill(1), { line });
    expect(even(12 + 366)).toMatchObject({ expected: "2028-12-31", earliest: "2028-12-31", latest: "2028-12-31" });
    expect(even(12 + 365)).toMatchObject({ expected: "2028-12-30", earliest: "2028-12-30", latest: "2028-12-30" });
    expect(even(12 + 367)).toMatchObject({ expected: null, earliest: null, latest: null });
    expect(even(10 ** 12)).toMatchObject({ expected: null, earliest: null, latest: null });
  });

  test("the interval is that of a sample's variance", () => {
    const steps = [0, 0, 0, 0, 0, 0, 700];
    const variance = (6 * 100 ** 2 + 600 ** 2) / 6;
    const stray = (n: number) => 1.2816 * Math.sqrt(n * variance + (n * n * variance) / 7);
    for (let need = 100; need <= 4000; need += 100) {
      const { earliest, latest } = of("2026-01-01", "2026-01-08", steps, { line: 700 + need });
      const first = [...Array(358).keys()].find((n) => n > 0 && 100 * n + stray(n) >= need);
      const last = [...Array(359).keys()].find((n) => n > 0 && 100 * n - stray(n) >= need);
      expect(earliest).toBe(plusDays("2026-01-08", first! - 1));
      expect(latest).toBe(last === undefined ? null : plusDays("2026-01-08", last - 1));
    }
  });
});

describe("mechanisms", () => {
  const CONTRACT = {
    ...{
      id: "sc",
      type: "STANDARD_CONTRACT",
      validFrom: "2026-01-05",
      validUntil: "2028-12-31",
      filedDate: "2026-01-06",
    },
    scope: {},
  };
  const PERSONAL = { data: { categories: ["name", "health"], sensitive: ["health"] } };
  const under = (more: object, facts: object = {}) =>
    judged({ ...PERSONAL, ...facts, mechanisms: [{ ...CONTRACT, ...more }] });
  const reasons = (more: object, facts?: object) => under(more, facts).reasons;
  const counts = (nonSensitive: number, sensitive: number) => ({ counts: { nonSensitive, sensitive } });

  test("a scale of one counter is a scale", () => {
    const scale = (scope: object, facts: object) => reasons({ scope: { recipients: ["R1"], ...scope } }, facts);
    expect(scale({ maxSensitive: 10 }, counts(0, 10))).toEqual([]);
    expect(scale({ maxSensitive: 10 }, counts(0, 11))).toEqual(["SCOPE_VOLUME"]);
    expect(scale({ maxNonSensitive: 10 }, counts(11, 1))).toEqual(["SCOPE_VOLUME"]);
    const reached = { ...counts(500, 500), reached: [{ recipients: ["R1"], nonSensitive: 9, sensitive: 9 }] };
    expect(scale({ maxSensitive: 10 }, reached)).toEqual([]);
    expect(scale({ maxNonSensitive: 10 }, reached)).toEqual([]);
    expect(scale({ maxNonSensitive: 8, maxSensitive: 10 }, reached)).toEqual(["SCOPE_VOLUME"]);
    expect(scale({ maxSensitive: 8 }, reached)).toEqual(["SCOPE_VOLUME"]);
  });

  test("the limit of a scale of one counter leaves the other open", () => {
    const reached = [{ recipients: ["R1"], nonSensitive: 9, sensitive: 9 }];
    const limit = (scope: object) =>
      under({ scope: { recipients: ["R1"], ...scope } }, { ...counts(9, 9), reached }).limit;
    expect(limit({ maxSensitive: 10 }).scoped).toEqual([{ recipients: ["R1"], nonSensitive: null, sensitive: 10 }]);
    expect(limit({ maxNonSensitive: 20 }).scoped).toEqual([{ recipients: ["R1"], nonSensitive: 20, sensitive: null }]);
  });

  test("onward parties: each must be listed; of the Greater Bay Area's contract none can be", () => {
    const onward = (scope: object, onwardTo: string[], more: object = {}) =>
      reasons({ scope, ...more }, { flow: { onwardTo } });
    expect(onward({ onward: ["A", "B"] }, ["A", "B"])).toEqual([]);
    expect(onward({ onward: ["A"] }, ["A", "B"])).toEqual(["SCOPE_ONWARD"]);
    expect(onward({}, ["A"])).toEqual(["SCOPE_ONWARD"]);
    expect(onward({}, [])).toEqual([]);
    const gba = { gba: { bothRegistered: true }, flow: { destination: "HK", onwardTo: ["A"] } };
    expect(reasons({ type: "GBA_STANDARD_CONTRACT", scope: { onward: ["A"] } }, gba)).toEqual(["SCOPE_ONWARD"]);
  });

  test("both contracts are filed, an assessment and a certification are not", () => {
    expect(
      ["STANDARD_CONTRACT", "GBA_STANDARD_CONTRACT", "SECURITY_ASSESSMENT", "CERTIFICATION"].map((type) =>
        isContract({ type } as never),
      ),
    ).toEqual([true, true, false, false]);
    const gba = { gba: { bothRegistered: true }, flow: { destination: "HK" } };
    expect(reasons({ type: "GBA_STANDARD_CONTRACT", filedDate: null }, gba)).toEqual(["SC_FILING_OVERDUE"]);
  });

  test("filed today is filed; tomorrow it is not yet", () => {
    const warned = (filedDate: string | null) => under({ validFrom: "2026-05-29", filedDate }).warnings;
    expect(warned("2026-06-01")).toEqual([]);
    expect(warned("2026-05-31")).toEqual([]);
    expect(warned("2026-06-02")).toEqual(["SC_FILING_DUE"]);
    expect(warned(null)).toEqual(["SC_FILING_DUE"]);
  });

  test("what leaves as pseudonyms is not in the scope's way; what leaves plain is", () => {
    const leaving = (pseudonymisedCategories: string[], categories: string[]) =>
      under({ scope: { categories } }, { data: { ...PERSONAL.data, pseudonymisedCategories } }).reasons;
    expect(leaving(["health"], ["name"])).toEqual([]);
    expect(leaving(["name"], ["name"])).toEqual(["SCOPE_CATEGORY"]);
    expect(leaving(["name"], ["health"])).toEqual([]);
  });
});

describe("consent", () => {
  test.each([
    [AT, []],
    ["2026-06-01T10:00:00.001+08:00", ["CONSENT_MISSING"]],
    ["2026-06-01T09:59:59.999+08:00", []],
  ])("given at %s", (givenAt, reasons) => expect(judged({ consent: { givenAt } }).reasons).toEqual(reasons));
});

describe("before 22 March 2024: one trait is enough for the assessment", () => {
  const old = (facts: object) => evaluate(withDefaults({ at: "2023-10-10T10:00:00+08:00", ...facts }), LAW).rule;
  const few = { counts: { nonSensitive: 1, sensitive: 0 } };
  test.each([
    ["none", few, "H2"],
    ["an operator of critical infrastructure", { ...few, exporter: { ciio: true } }, "H1"],
    ["a state organ", { ...few, exporter: { stateOrgan: true } }, "H1"],
    ["who processes a million people's", { ...few, exporter: { processedTotal: 1_000_000 } }, "H1"],
    ["who processes fewer", { ...few, exporter: { processedTotal: 999_999 } }, "H2"],
    ["100,000 people", { counts: { nonSensitive: 100_000, sensitive: 0 } }, "H1"],
    ["99,999 people", { counts: { nonSensitive: 99_999, sensitive: 0 } }, "H2"],
    ["10,000 people, sensitive", { counts: { nonSensitive: 0, sensitive: 10_000 } }, "H1"],
    ["9,999 people, sensitive", { counts: { nonSensitive: 0, sensitive: 9_999 } }, "H2"],
  ])("%s", (_, facts, rule) => expect(old(facts)).toBe(rule));
});

describe("figures of the rules before 22 March 2024", () => {
  const at = (instant: string, facts: object) => evaluate(withDefaults({ at: instant, ...facts }), LAW);
  test("the window: this year and the one before, no further", () => {
    const past = (day: string) => ({
      ...{
        history: [{ at: `${day}T12:00:00+08:00`, subjects: [0, 99_998], classes: ["NS"] }],
        subjects: [200_000, 200_000],
      },
    });
    expect(at("2023-10-10T10:00:00+08:00", past("2022-01-01")).rule).toBe("H1");
    expect(at("2023-10-10T10:00:00+08:00", past("2021-12-31")).rule).toBe("H2");
  });

  test("a contract is filed within ten working days", () => {
    // the tenth working day after Thursday 1 June 2023 is Thursday the 15th
    const contract = {
      id: "sc",
      type: "STANDARD_CONTRACT",
      validFrom: "2023-06-01",
      validUntil: "2026-05-31",
      scope: {},
    };
    const on = (day: string) => at(`${day}T10:00:00+08:00`, { mechanisms: [contract] });
    expect(on("2023-06-15")).toMatchObject({ reasons: [], warnings: ["SC_FILING_DUE"] });
    expect(on("2023-06-16").reasons).toEqual(["SC_FILING_OVERDUE"]);
  });
});

describe("versions of a notice (PIPL Art. 14)", () => {
  const supersedes = [
    { version: "1", on: "2026-01-01", material: true },
    { version: "2", on: "2026-02-01", material: false },
    { version: "3", on: "2026-03-01", material: true },
    { version: "4", on: "2026-04-01", material: true },
    { version: "5", on: "2026-05-01", material: false },
  ].map((one) => ({ ...one, document: null }));
  test.each([
    ["1", "2026-01-01"],
    ["2", "2026-03-01"],
    ["3", "2026-03-01"],
    ["4", "2026-04-01"],
    ["5", null],
    ["6", null],
    ["0", null],
  ])("a consent on version %s covers until the next material change", (version, on) => {
    expect(voidedOn({ supersedes } as never, version)).toBe(on);
  });
});

test("a version that nobody knows is none of those replaced, also where the last change was material", () => {
  const one = [{ version: "1", on: "2026-01-01", material: true }];
  expect(voidedOn({ supersedes: one }, "x")).toBeNull();
  expect(voidedOn({ supersedes: one }, "1")).toBe("2026-01-01");
});

describe("facts that are malformed", () => {
  test.each([
    [{ reached: [{ recipients: ["R1"], nonSensitive: 1, sensitive: -1 }] }, "reached.sensitive"],
    [{ reached: [{ recipients: ["R1"], nonSensitive: -1, sensitive: 1 }] }, "reached.nonSensitive"],
    [{ reached: [{ recipients: [7], nonSensitive: 1, sensitive: 1 }] }, "reached.recipients"],
  ])("%j", (facts, named) => expect(() => judged(facts)).toThrow(named));

  test("people reached that are no list, but as long as one", () => {
    const facts = { ...withDefaults({ at: AT }), reached: { length: 1 } as never };
    expect(() => evaluate(facts, LAW)).toThrow(/reached/);
  });
});
