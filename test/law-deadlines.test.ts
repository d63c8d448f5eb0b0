// What falls due, from papers and the calendar alone: tables of law.md §5 and of the statutes, and properties that hold
// on every day.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { type DatedPolicy, deadlines, isLate } from "../src/law/deadlines/deadlines.ts";
import { afterWorkingDays, beforeWorkingDays } from "../src/law/deadlines/item.ts";
import { ARTICLES } from "../src/law/deadlines/kinds.ts";
import { occurrences } from "../src/law/deadlines/recurring.ts";
import { isWorkingDay } from "../src/law/working-days.ts";
import { beijingDate, plusDays, plusMonths } from "../src/law/year.ts";
import type { Mechanism, OwnDuty, Pipia, Recipient } from "../src/words.ts";
import { NO_PAPERS } from "./no-papers.ts";

const LAW = loadLawData("policies/law");
const TODAY = "2026-11-22";

const EMPTY: DatedPolicy = {
  ...NO_PAPERS,
  ...{ mechanisms: [], pipias: [], recipients: new Map(), destinations: new Map(), switches: {}, law: LAW },
};

const CONTRACT: Mechanism = {
  ...{ id: "sc", type: "STANDARD_CONTRACT", exporters: ["acme"], validFrom: "2026-03-02", validUntil: null, scope: {} },
};
const ASSESSMENT: Mechanism = {
  ...{ id: "sa", type: "SECURITY_ASSESSMENT", exporters: ["acme"], validFrom: "2023-09-01", scope: {} },
  validUntil: "2026-08-31",
};
const CERTIFICATE: Mechanism = {
  ...{ id: "ce", type: "CERTIFICATION", exporters: ["acme"], validFrom: "2026-08-31", scope: {} },
  validUntil: "2029-08-31",
};
const PIPIA: Pipia = {
  ...{ id: "pia", version: null, done: true, doneOn: "2026-02-28", approvedBy: null, recipients: [], purposes: [] },
  ...{ types: [], storage: null, onward: [] },
};
const RECIPIENT: Recipient = {
  ...{ id: "far", name: "Far", country: "US", contact: "c", role: "other", restricted: false, onwardTo: [] },
  ...{ storage: [], gba: false, contract: null, breachNoticeHours: null, dueDiligence: null },
};

function daysOf(policy: Partial<DatedPolicy>, today = TODAY): Record<string, string | null> {
  return Object.fromEntries(deadlines({ ...EMPTY, ...policy }, today).map(({ kind, due }) => [kind, due]));
}

describe("mechanisms (law.md §5)", () => {
  test.each<[string, Partial<Mechanism>, Record<string, string | null>]>([
    // March 2026 has no holiday: the tenth working day after Monday the 2nd is Monday the 16th
    ["filed ten working days after effect", CONTRACT, { filing: "2026-03-16", "mechanism-end": "2029-03-01" }],
    ["filed: nothing to file", { ...CONTRACT, filedDate: "2026-03-10" }, { "mechanism-end": "2029-03-01" }],
    [
      "rejected: to file again",
      { ...CONTRACT, filedDate: "2026-03-10", filingRejected: true },
      { filing: "2026-03-16" },
    ],
    // 1-8 October 2025 are off, Saturday the 11th is worked: 9, 10, 11, 13 … 17, 20, 21
    ["holidays and a make-up day", { ...CONTRACT, validFrom: "2025-09-30" }, { filing: "2025-10-21" }],
    [
      "the day on the paper, not the anniversary",
      { ...CONTRACT, validUntil: "2028-01-01" },
      { "mechanism-end": "2028-01-01" },
    ],
    ["a certificate: six months before its end", CERTIFICATE, { renewal: "2029-02-28", "mechanism-end": "2029-08-31" }],
    [
      "an extension that is approved counts",
      { ...ASSESSMENT, extendedUntil: "2029-08-31" },
      { "mechanism-end": "2029-08-31" },
    ],
    ["a change not filed again is due today", { ...CONTRACT, changeNotRefiled: true }, { refiling: TODAY }],
  ])("%s", (_, changes, expected) => {
    expect(daysOf({ mechanisms: [{ ...CONTRACT, ...changes } as Mechanism] })).toMatchObject(expected);
  });

  test("an assessment may be extended from sixty working days before its end; half-way it is said again", () => {
    const days = daysOf({ mechanisms: [ASSESSMENT] });
    for (const [kind, count] of [
      ["extension-opens", 60],
      ["extension-half", 30],
    ] as const) {
      const between = daysBetween(days[kind]!, "2026-08-31").filter((day) => isWorkingDay(day, LAW.calendar));
      expect(between).toHaveLength(count);
      expect(isWorkingDay(days[kind]!, LAW.calendar)).toBe(true);
    }
    expect(days["extension-opens"]! < days["extension-half"]!).toBe(true);
  });

  test("a mechanism that was taken back has no dates; one that is suspended still ends", () => {
    for (const status of ["revoked", "terminated", "failed"] as const)
      expect(daysOf({ mechanisms: [{ ...CERTIFICATE, status }] })).toEqual({});
    expect(daysOf({ mechanisms: [{ ...CERTIFICATE, status: "suspended" }] })["renewal"]).toBe("2029-02-28");
  });

  test("U-11: a result of the two-year rule ends as the switch reads it", () => {
    const old: Mechanism = { ...ASSESSMENT, issueDate: "2023-09-01", validUntil: "2025-08-31" };
    expect(daysOf({ mechanisms: [old] })["mechanism-end"]).toBe("2025-08-31");
    const switches = { assessmentRunsThreeYears: true };
    expect(daysOf({ mechanisms: [old], switches })["mechanism-end"]).toBe("2026-08-31");
  });

  test("an unfiled contract's assessment is fresh for three months; kept three years", () => {
    const days = daysOf({ mechanisms: [{ ...CONTRACT, pipia: "pia" }], pipias: [PIPIA] });
    expect(days).toMatchObject({ "pipia-for-filing": "2026-05-28", "pipia-kept": "2029-02-28" });
    expect(daysOf({ mechanisms: [CONTRACT] })["pipia-for-filing"]).toBe("2026-03-16");
  });
});

describe("other papers", () => {
  test.each<[string, Partial<DatedPolicy>, Record<string, string>]>([
    [
      "contract and enquiry",
      {
        recipients: new Map([
          [
            "far",
            {
              ...RECIPIENT,
              contract: { from: null, until: "2027-01-31", document: null, clauses: {} },
              dueDiligence: { on: "2026-01-01", until: "2027-01-01", document: null },
            },
          ],
        ]),
      },
      { "contract-end": "2027-01-31", "due-diligence-end": "2027-01-01" },
    ],
    [
      "a recipient that was closed has thirty days to show that it deleted, and nothing else",
      {
        recipients: new Map([
          [
            "far",
            {
              ...RECIPIENT,
              closed: "2026-12-31",
              dueDiligence: { on: "2026-01-01", until: "2027-01-01", document: null },
            },
          ],
        ]),
      },
      { deletion: "2027-01-30" },
    ],
    [
      "documents end and are kept",
      {
        documents: new Map([
          [
            "d",
            {
              id: "d",
              kind: "k",
              path: "p",
              sha256: "",
              version: null,
              owner: null,
              validUntil: "2027-05-05",
              retainUntil: "2030-05-05",
            },
          ],
        ]),
      },
      { "document-end": "2027-05-05", "document-kept": "2030-05-05" },
    ],
    [
      "a claim says nothing after its last day",
      { exemptions: [{ id: "ex", ground: "hr", evidence: [], approvedBy: null, from: null, until: "2027-02-01" }] },
      { "claim-end": "2027-02-01" },
    ],
  ])("%s", (_, policy, expected) => {
    expect(daysOf(policy)).toEqual(expected);
  });
});

const DUTY: OwnDuty = {
  ...{ id: "access", kind: "access-review", what: { zh: "复核", en: "review" }, every: "quarter", first: "2026-01-31" },
  ...{ owner: "dpo", evidence: null, onOverdue: "alarm" },
};

describe("recurring duties", () => {
  test("a quarter from the 31st: the month's last where it has none, and the 31st again after it", () => {
    const days = occurrences(DUTY, TODAY, "2027-02-01").map(({ due }) => due);
    expect(days).toEqual(["2026-01-31", "2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31"]);
  });
  test.each([
    ["once", ["2026-01-31"]],
    ["month", 13],
    ["half-year", ["2026-01-31", "2026-07-31", "2027-01-31"]],
    ["year", ["2026-01-31", "2027-01-31"]],
  ] as const)("%s", (every, expected) => {
    const days = occurrences({ ...DUTY, every }, TODAY, "2027-02-01").map(({ due }) => due);
    if (typeof expected === "number") expect(days).toHaveLength(expected);
    else expect(days).toEqual(expected);
  });
  test("the next one is told however far it is; every one has an id of its own", () => {
    fc.assert(
      fc.property(day(), fc.constantFrom("month", "quarter", "half-year", "year"), day(), (first, every, today) => {
        fc.pre(first > plusMonths(today, -100));
        const all = occurrences({ ...DUTY, first, every }, today, today);
        expect(all.at(-1)!.due! >= today).toBe(true);
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        // of those that lie ahead only one: the rest is for whoever looks further
        expect(all.filter(({ due }) => due! > today).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the calendar", () => {
  const { calendar } = LAW;
  test("what it does not reach is not said, and the safe day is safe under any calendar", () => {
    const late = plusDays(calendar.knownUntil, 200);
    expect(afterWorkingDays(late, 10, calendar)).toEqual({ due: null, safeOn: plusDays(late, 10) });
    expect(beforeWorkingDays(late, 60, calendar)).toEqual({ due: null, safeOn: plusDays(late, -60) });
    // the last day that is known is still known, the next is not
    const last = workedOn(calendar.knownUntil, -1);
    expect(beforeWorkingDays(calendar.knownUntil, 1, calendar).due).not.toBeNull();
    expect(beforeWorkingDays(plusDays(calendar.knownUntil, 1), 1, calendar).due).toBeNull();
    expect(afterWorkingDays(plusDays(last, -1), 10, calendar).due).toBeNull();
    const ids = deadlines({ ...EMPTY, mechanisms: [{ ...ASSESSMENT, validUntil: "2033-08-31" }] }, TODAY);
    expect(ids.map(({ due }) => due)).toEqual([null, null, "2033-08-31"]);
    expect(ids[0]!.id).toBe("extension-opens.sa.~2033-07-02");
  });
  test("between a day and its deadline lie exactly so many working days, by a second way of counting", () => {
    fc.assert(
      fc.property(day("2022-02-01", "2026-06-01"), fc.integer({ min: 1, max: 60 }), (from, count) => {
        const { due } = afterWorkingDays(from, count, calendar);
        const worked = daysBetween(from, due!).filter((one) => isWorkingDay(one, calendar));
        expect(worked).toHaveLength(count);
        expect(worked.at(-1)).toBe(due);
        // a calendar that nobody knows yet can only make it later than the safe day
        expect(due! >= plusDays(from, count)).toBe(true);
        const opens = beforeWorkingDays(from, Math.min(count, 20), calendar);
        expect(opens.due! <= plusDays(from, -Math.min(count, 20))).toBe(true);
      }),
    );
  });
});

test("late is the day after, on the Beijing date", () => {
  const [end] = deadlines({ ...EMPTY, mechanisms: [{ ...CERTIFICATE, validUntil: "2026-12-31" }] }, TODAY).slice(-1);
  const at = (instant: string) => isLate(end!, beijingDate(Date.parse(instant)));
  expect(at("2026-12-31T15:59:59.999Z")).toBe(false);
  expect(at("2026-12-31T16:00:00.000Z")).toBe(true);
  for (const asks of ["opening", "keep"] as const) expect(isLate({ asks, due: "2020-01-01" }, TODAY)).toBe(false);
  expect(isLate({ asks: "deadline", due: null }, "9999-01-01")).toBe(false);
});

test("in order of days; every kind has an article", () => {
  const all = deadlines(
    { ...EMPTY, mechanisms: [CONTRACT, ASSESSMENT, CERTIFICATE], pipias: [PIPIA], duties: [DUTY] },
    TODAY,
  );
  expect(all.map(({ safeOn }) => safeOn)).toEqual(all.map(({ safeOn }) => safeOn).sort());
  for (const { kind, article } of all) expect(article).toBe(ARTICLES[kind]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

function day(from = "2022-01-01", until = "2032-01-01"): fc.Arbitrary<string> {
  const [a, b] = [Date.parse(from), Date.parse(until)];
  return fc.integer({ min: 0, max: (b - a) / 86_400_000 }).map((n) => plusDays(from, n));
}

/** Without the first, with the last. */
function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (let one = plusDays(from, 1); one <= until; one = plusDays(one, 1)) days.push(one);
  return days;
}

function workedOn(ymd: string, step: number): string {
  let one = ymd;
  while (!isWorkingDay(one, LAW.calendar)) one = plusDays(one, step);
  return one;
}
