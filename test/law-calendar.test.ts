// The calendar of working days: what a dated file says otherwise than the published table, and how far both are known.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { isWorkingDay, workingDaysAfter } from "../src/law/working-days.ts";

const root = mkdtempSync(join(tmpdir(), "yumen-calendar-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
/** The law's own data with such a calendar beside them; null: none at all. */
function lawWith(calendar: string | null) {
  folders += 1;
  const dir = join(root, String(folders));
  cpSync("policies/law", dir, { recursive: true });
  if (calendar === null) rmSync(join(dir, "calendar.yaml"));
  else writeFileSync(join(dir, "calendar.yaml"), calendar);
  return loadLawData(dir);
}
const SAID = "source: notice, published: 2026-11-04";
const PUBLISHED = lawWith(null).calendar;

test("the file that is shipped says nothing yet; without one it is the published table", () => {
  expect(loadLawData("policies/law").calendar).toEqual(PUBLISHED);
  expect(loadLawData("policies/law").revisions).toHaveLength(4);
});

describe("a day that the file names is as it says", () => {
  const { calendar } = lawWith(`days:
  - { from: 2026-03-03, until: 2026-03-04, is: off, ${SAID} }
  - { from: 2026-03-07, is: work, ${SAID} }
  - { from: 2026-02-17, is: work, ${SAID} }
  - { from: 2026-02-28, is: off, ${SAID} }
  - { from: 2026-03-14, is: off, ${SAID} }
  - { from: 2026-03-16, is: work, ${SAID} }
`);
  test.each([
    ["2026-03-02", true, true],
    // Tuesday and Wednesday, both ends of a span; Thursday after it
    ["2026-03-03", true, false],
    ["2026-03-04", true, false],
    ["2026-03-05", true, true],
    // a Saturday that is worked, and the Sunday after it
    ["2026-03-07", false, true],
    ["2026-03-08", false, false],
    // a holiday taken back; a make-up day taken back; what is as it was anyway
    ["2026-02-17", false, true],
    ["2026-02-28", true, false],
    ["2026-03-14", false, false],
    ["2026-03-16", true, true],
  ])("%s: %s, then %s", (day, before, after) => {
    expect([isWorkingDay(day, PUBLISHED), isWorkingDay(day, calendar)]).toEqual([before, after]);
  });

  test("and nothing else is another day", () => {
    const differs = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((day) => !b.has(day)).sort();
    expect(differs(calendar.off, PUBLISHED.off)).toEqual(["2026-03-03", "2026-03-04"]);
    expect(differs(PUBLISHED.off, calendar.off)).toEqual(["2026-02-17"]);
    expect(differs(calendar.on, PUBLISHED.on)).toEqual(["2026-03-07"]);
    expect(differs(PUBLISHED.on, calendar.on)).toEqual(["2026-02-28"]);
  });

  test("a filing is due by it", () => {
    expect(workingDaysAfter("2026-03-02", 10, PUBLISHED)).toBe("2026-03-16");
    expect(workingDaysAfter("2026-03-02", 10, calendar)).toBe("2026-03-17");
    const contract = {
      id: "sc",
      type: "STANDARD_CONTRACT",
      validFrom: "2026-03-02",
      validUntil: "2028-12-31",
      scope: {},
    };
    const data = { categories: ["health"], sensitive: ["health"] };
    const facts = withDefaults({ at: "2026-03-17T10:00:00+08:00", mechanisms: [contract], data });
    const law = loadLawData("policies/law");
    expect(evaluate(facts, law).reasons).toEqual(["SC_FILING_OVERDUE"]);
    expect(evaluate(facts, { ...law, calendar })).toMatchObject({ reasons: [], warnings: ["SC_FILING_DUE"] });
  });
});

describe("how far it is known", () => {
  test.each([
    ["days: []", PUBLISHED.knownUntil],
    ["knownUntil: 2031-12-31\ndays: []", "2031-12-31"],
    ["knownUntil: 2020-12-31\ndays: []", PUBLISHED.knownUntil],
  ])("%j", (text, knownUntil) => expect(lawWith(text).calendar.knownUntil).toBe(knownUntil));
});

test.each([
  ["days: [{ from: 2026-03-03, is: off }]", "source"],
  ["days: [{ from: 2026-03-03, is: off, source: x }]", "published"],
  [`days: [{ from: 2026-03-03, is: closed, ${SAID} }]`, "is"],
  [`days: [{ from: 2026-02-30, is: off, ${SAID} }]`, "from"],
  [`days: [{ from: 2026-03-04, until: 2026-03-03, is: off, ${SAID} }]`, "until is before from"],
  [
    `days: [{ from: 2026-03-03, until: 2026-03-05, is: off, ${SAID} }, { from: 2026-03-04, is: work, ${SAID} }]`,
    "2026-03-04 is said twice",
  ],
  ["days: []\nholidays: []", "holidays"],
  ["knownUntil: soon\ndays: []", "knownUntil"],
  ["days: [", "calendar.yaml"],
])("a file with a mistake is refused by name: %s", (text, named) => {
  const refused = expect(() => lawWith(text));
  refused.toThrow(new RegExp(`calendar\\.yaml.*${named.replace("calendar.yaml", "")}`, "s"));
});
