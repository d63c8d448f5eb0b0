// Every date that papers can bring, told whole: what it asks for, of whom, under which article, and in which order. The
// law's own tables are in law-deadlines.test.ts; here nothing may be added, left out or said otherwise.

import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { type DatedPolicy, deadlines, isLate } from "../src/law/deadlines/deadlines.ts";
import { afterWorkingDays, beforeWorkingDays } from "../src/law/deadlines/item.ts";
import type { Destination, Exemption, Mechanism, OwnDuty, PaperDocument, Pipia, Recipient } from "../src/words.ts";
import { NO_PAPERS } from "./no-papers.ts";

const LAW = loadLawData("policies/law");
const TODAY = "2026-11-22";
const EMPTY: DatedPolicy = {
  ...NO_PAPERS,
  ...{ mechanisms: [], pipias: [], recipients: new Map(), destinations: new Map(), switches: {}, law: LAW },
};

/** `asks kind about due exporters article`, in the order told. */
function told(policy: Partial<DatedPolicy>, today = TODAY, aheadDays?: number): string[] {
  return deadlines({ ...EMPTY, ...policy }, today, aheadDays).map(
    ({ id, kind, about, asks, due, exporters, article }) => {
      expect(id).toContain(`${kind}.${about}`);
      return [asks, kind, about, due ?? id, exporters.join("+"), article].join(" | ");
    },
  );
}

const mechanism = (more: Partial<Mechanism>): Mechanism => ({
  ...{ id: "m", type: "STANDARD_CONTRACT", exporters: ["acme", "beta"], validFrom: "2026-03-02", scope: {} },
  ...{ validUntil: "2027-02-28", ...more },
});
const pipia = (more: Partial<Pipia>): Pipia => ({
  ...{ id: "pia", version: null, done: true, doneOn: null, approvedBy: null, recipients: [], purposes: [] },
  ...{ types: [], storage: null, onward: [], ...more },
});
const recipient = (more: Partial<Recipient>): Recipient => ({
  ...{ id: "far", name: "Far", country: "US", contact: "c", role: "other", restricted: false, onwardTo: [] },
  ...{ storage: [], gba: false, contract: null, breachNoticeHours: null, dueDiligence: null, ...more },
});
const contractUntil = (until: string | null) => ({ document: null, from: null, until, clauses: {} }) as never;
const lookedAt = (until: string | null) => ({ on: "2026-01-01", until, document: null });
const paper = (validUntil: string | null, retainUntil: string | null) =>
  new Map([["d", { id: "d", validUntil, retainUntil } as PaperDocument]]);
const claim = (id: string, until: string | null, exporters?: readonly string[]) =>
  ({ id, from: null, until, ...(exporters === undefined ? {} : { exporters }) }) as unknown as Exemption;
const onTrial = (until: string | null) =>
  new Map([["model", { id: "model", observe: until === null ? null : { until } } as unknown as Destination]]);
const duty = (more: Partial<OwnDuty>): OwnDuty =>
  ({
    ...{ id: "audit", kind: "compliance-audit", every: "year", first: "2026-12-31", owner: "dpo", exporters: ["acme"] },
    ...more,
  }) as unknown as OwnDuty;

describe("each paper, what it asks for and of whom", () => {
  test.each<[string, Partial<DatedPolicy>, string[]]>([
    ["nothing on file", {}, []],
    [
      "a contract: to file within ten working days, with an assessment that is fresh",
      {
        mechanisms: [mechanism({ pipia: "pia" })],
        pipias: [pipia({ id: "other", doneOn: "2025-01-31" }), pipia({ doneOn: "2026-02-28" })],
      },
      [
        "deadline | filing | m | 2026-03-16 | acme+beta | SC Measures Art.7",
        "deadline | pipia-for-filing | m | 2026-05-28 | acme+beta | SC Measures Arts.5, 7",
        "end | mechanism-end | m | 2027-02-28 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
        "keep | pipia-kept | other | 2028-01-31 |  | PIPL Art.56",
        "keep | pipia-kept | pia | 2029-02-28 |  | PIPL Art.56",
      ],
    ],
    [
      "… and none named: due with the filing",
      { mechanisms: [mechanism({})], pipias: [pipia({ doneOn: "2026-02-28", exporters: ["acme"] })] },
      [
        "deadline | filing | m | 2026-03-16 | acme+beta | SC Measures Art.7",
        "deadline | pipia-for-filing | m | 2026-03-16 | acme+beta | SC Measures Arts.5, 7",
        "end | mechanism-end | m | 2027-02-28 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
        "keep | pipia-kept | pia | 2029-02-28 | acme | PIPL Art.56",
      ],
    ],
    [
      "a contract of the Greater Bay Area is filed as well",
      { mechanisms: [mechanism({ type: "GBA_STANDARD_CONTRACT" })] },
      [
        "deadline | filing | m | 2026-03-16 | acme+beta | SC Measures Art.7",
        "deadline | pipia-for-filing | m | 2026-03-16 | acme+beta | SC Measures Arts.5, 7",
        "end | mechanism-end | m | 2027-02-28 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
      ],
    ],
    [
      "filed: the end is left",
      { mechanisms: [mechanism({ filedDate: "2026-03-10" })] },
      ["end | mechanism-end | m | 2027-02-28 | acme+beta | Provisions Art.9 / Cert Measures Art.8"],
    ],
    [
      "filed and refused: to be filed as if it never had been",
      { mechanisms: [mechanism({ filedDate: "2026-03-10", filingRejected: true })] },
      [
        "deadline | filing | m | 2026-03-16 | acme+beta | SC Measures Art.7",
        "deadline | pipia-for-filing | m | 2026-03-16 | acme+beta | SC Measures Arts.5, 7",
        "end | mechanism-end | m | 2027-02-28 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
      ],
    ],
    [
      "a change that was not filed again is due today",
      { mechanisms: [mechanism({ filedDate: "2026-03-10", changeNotRefiled: true })] },
      [
        "deadline | refiling | m | 2026-11-22 | acme+beta | SA Measures Art.14 / SC Measures Art.8",
        "end | mechanism-end | m | 2027-02-28 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
      ],
    ],
    [
      "one that is applied for has its dates already",
      {
        mechanisms: [
          mechanism({
            type: "SECURITY_ASSESSMENT",
            status: "pending",
            validFrom: "2023-09-01",
            validUntil: "2026-08-31",
          }),
        ],
      },
      [
        "opening | extension-opens | m | 2026-06-05 | acme+beta | Provisions Art.9",
        "opening | extension-half | m | 2026-07-20 | acme+beta | Provisions Art.9",
        "end | mechanism-end | m | 2026-08-31 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
      ],
    ],
    [
      "a certificate: to be renewed half a year before its end",
      { mechanisms: [mechanism({ type: "CERTIFICATION", validUntil: "2029-08-31" })] },
      [
        "deadline | renewal | m | 2029-02-28 | acme+beta | Cert Measures Art.8",
        "end | mechanism-end | m | 2029-08-31 | acme+beta | Provisions Art.9 / Cert Measures Art.8",
      ],
    ],
    [
      "one without any day",
      { mechanisms: [mechanism({ type: "CERTIFICATION", validFrom: null, validUntil: null })] },
      [],
    ],
    ["one that was taken back", { mechanisms: [mechanism({ status: "revoked" })] }, []],
    [
      "a recipient: its contract, what was found out about it",
      {
        recipients: new Map([
          ["far", recipient({ contract: contractUntil("2027-03-31"), dueDiligence: lookedAt("2027-01-31") })],
        ]),
      },
      [
        "deadline | due-diligence-end | far | 2027-01-31 |  | SC Measures Art.5 / SA Measures Art.8",
        "end | contract-end | far | 2027-03-31 |  | PIPL Art.21 / NDSMR Art.12",
      ],
    ],
    [
      "… without an end, or without either",
      {
        recipients: new Map([
          ["far", recipient({ contract: contractUntil(null), dueDiligence: lookedAt(null) })],
          ["near", recipient({ id: "near" })],
        ]),
      },
      [],
    ],
    [
      "a recipient that was closed: its certificate of deletion, and nothing else",
      { recipients: new Map([["far", recipient({ closed: "2026-11-01", contract: contractUntil("2027-03-31") })]]) },
      ["deadline | deletion | far | 2026-12-01 |  | PIPL Art.47 / SC template Art.3(5)"],
    ],
    [
      "a document",
      { documents: paper("2027-01-31", "2030-01-31") },
      [
        "end | document-end | d | 2027-01-31 |  | PIPL Art.56",
        "keep | document-kept | d | 2030-01-31 |  | PIPL Art.56",
      ],
    ],
    ["an assessment that is not done yet", { pipias: [pipia({ done: false })] }, []],
    ["a document without days", { documents: paper(null, null) }, []],
    [
      "exemption, proof, approval, registration",
      {
        exemptions: [claim("ex", "2027-01-01", ["acme"]), claim("open", null)],
        proofs: [claim("proof", "2027-01-02") as never],
        approvals: [claim("court", "2027-01-03") as never],
        ftz: [claim("zone", "2027-01-04", ["beta"]) as never],
      },
      [
        "end | claim-end | ex | 2027-01-01 | acme | PIPL Art.38 / Provisions Arts.4-6",
        "end | claim-end | proof | 2027-01-02 |  | PIPL Art.38 / Provisions Arts.4-6",
        "end | claim-end | court | 2027-01-03 |  | PIPL Art.38 / Provisions Arts.4-6",
        "end | claim-end | zone | 2027-01-04 | beta | PIPL Art.38 / Provisions Arts.4-6",
      ],
    ],
    [
      "a way on trial",
      { destinations: onTrial("2026-12-15") },
      ["opening | trial-end | model | 2026-12-15 |  | PIPL Art.51"],
    ],
    ["a way that is enforced", { destinations: onTrial(null) }, []],
    [
      "a duty of the company's own",
      { duties: [duty({ every: "once" })] },
      ["deadline | compliance-audit | audit | 2026-12-31 | acme | PIPL Art.54"],
    ],
  ])("%s", (_, policy, expected) => expect(told(policy)).toEqual(expected));
});

test("by day, then by id, whatever the order of the papers", () => {
  const papers = {
    exemptions: [
      claim("b", "2027-01-02"),
      claim("c", "2027-01-01"),
      claim("a", "2027-01-02"),
      claim("a", "2026-01-01"),
    ],
    documents: paper("2027-01-02", null),
    destinations: onTrial("2027-01-02"),
  };
  const all = deadlines({ ...EMPTY, ...papers }, TODAY).map(({ id }) => id);
  expect(all).toEqual([
    "claim-end.a.2026-01-01",
    "claim-end.c.2027-01-01",
    "claim-end.a.2027-01-02",
    "claim-end.b.2027-01-02",
    "document-end.d.2027-01-02",
    "trial-end.model.2027-01-02",
  ]);
});

describe("recurring duties", () => {
  const days = (more: Partial<OwnDuty>, aheadDays?: number, today = TODAY) =>
    deadlines({ ...EMPTY, duties: [duty(more)] }, today, aheadDays).map(({ due }) => due);

  test("a year and a day ahead, both ends included; nothing is forgotten that began earlier", () => {
    expect(days({ first: "2025-11-23" })).toEqual(["2025-11-23", "2026-11-23", "2027-11-23"]);
    expect(days({ first: "2025-11-24" })).toEqual(["2025-11-24", "2026-11-24"]);
    expect(days({ first: "2026-11-22", every: "half-year" })).toEqual(["2026-11-22", "2027-05-22", "2027-11-22"]);
  });

  test("so many days ahead, and the last of them", () => {
    expect(days({ first: "2026-11-22", every: "month" }, 30)).toEqual(["2026-11-22", "2026-12-22"]);
    expect(days({ first: "2026-11-22", every: "month" }, 29)).toEqual(["2026-11-22"]);
  });

  test("the next one is today's where one is due today", () => {
    expect(days({ first: "2026-10-22", every: "month" }, 0)).toEqual(["2026-10-22", "2026-11-22"]);
    expect(days({ first: "2026-10-23", every: "month" }, 0)).toEqual(["2026-10-23", "2026-11-23"]);
  });

  test("a hundred and twenty of them at most", () => {
    expect(days({ first: "2001-01-31", every: "month" })).toHaveLength(120);
    expect(days({ first: "2001-01-31", every: "month" }).at(-1)).toBe("2010-12-31");
  });
});

test("late: what had to be done and what ended; never an opening or a term of keeping", () => {
  const late = (asks: Parameters<typeof isLate>[0]["asks"], due: string | null) => isLate({ asks, due }, TODAY);
  expect([late("deadline", "2026-11-21"), late("end", "2026-11-21")]).toEqual([true, true]);
  expect([late("deadline", "2026-11-22"), late("end", null)]).toEqual([false, false]);
  expect([late("opening", "2020-01-01"), late("keep", "2020-01-01")]).toEqual([false, false]);
});

test("the last day that the calendar knows is known; a day further on is not", () => {
  const calendar = { off: new Set<string>(), on: new Set<string>(), knownUntil: "2026-12-31" };
  // Friday the 18th and eight working days: Wednesday the 30th; nine: Thursday the 31st
  expect(afterWorkingDays("2026-12-18", 9, calendar)).toEqual({ due: "2026-12-31", safeOn: "2026-12-31" });
  expect(afterWorkingDays("2026-12-18", 10, calendar)).toEqual({ due: null, safeOn: "2026-12-28" });
  expect(beforeWorkingDays("2026-12-31", 9, calendar)).toEqual({ due: "2026-12-18", safeOn: "2026-12-18" });
  expect(beforeWorkingDays("2027-01-01", 9, calendar)).toEqual({ due: null, safeOn: "2026-12-23" });
  const [, unknown] = deadlines(
    { ...EMPTY, law: { ...LAW, calendar }, mechanisms: [mechanism({ validFrom: "2026-12-30", validUntil: null })] },
    TODAY,
  );
  expect(unknown).toMatchObject({ id: "pipia-for-filing.m.~2027-01-09", due: null, safeOn: "2027-01-09" });
});
