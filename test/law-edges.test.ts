// What decided and random cases do not reach: the law files as they stand, the words of the catalogue, and what a
// judgement carries besides its verdict.

import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { differences } from "../src/law/compare.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { REASONS } from "../src/law/reasons.ts";
import { printedSwitches, SWITCH_DEFAULTS, switchesFrom } from "../src/law/switches.ts";
import type { LawData } from "../src/words.ts";

const LAW = loadLawData("policies/law");
const AT = "2026-05-12T10:00:00+08:00";

test("the law on file: since when, and until when somebody vouches for it", () => {
  expect(LAW.revisions.map(({ id, from, reviewedUntil }) => [id, from, reviewedUntil])).toEqual([
    ["RS-2022", "2022-09-01", "2024-03-21"],
    ["RS-2024", "2024-03-22", "2026-12-31"],
    ["NDSMR-2025", "2025-01-01", "2026-12-31"],
    ["CERT-2026", "2026-01-01", "2026-12-31"],
  ]);
});

test.each([
  ["2022-08-31T23:59:59+08:00", "RS-2022", ["BEFORE_FIRST_REVISION"]],
  ["2022-09-01T00:00:00+08:00", "RS-2022", []],
  ["2024-03-21T23:59:59+08:00", "RS-2022", []],
  ["2024-03-22T00:00:00+08:00", "RS-2024", []],
  ["2024-12-31T23:59:59+08:00", "RS-2024", []],
  ["2025-01-01T00:00:00+08:00", "RS-2024+NDSMR-2025", []],
  ["2025-12-31T23:59:59+08:00", "RS-2024+NDSMR-2025", []],
  ["2026-01-01T00:00:00+08:00", "RS-2024+NDSMR-2025+CERT-2026", []],
  ["2026-12-31T23:59:59+08:00", "RS-2024+NDSMR-2025+CERT-2026", []],
  ["2027-01-01T00:00:00+08:00", "RS-2024+NDSMR-2025+CERT-2026", ["LAW_NOT_REVIEWED"]],
])("%s: %s, warned %j", (at, revision, warnings) => {
  expect(evaluate(withDefaults({ at }), LAW)).toMatchObject({ revision, warnings });
  const shuffled = { ...LAW, revisions: [LAW.revisions[2]!, LAW.revisions[0]!, LAW.revisions[3]!, LAW.revisions[1]!] };
  expect(evaluate(withDefaults({ at }), shuffled)).toMatchObject({ revision, warnings });
});

describe("a case that expects something else is told so, member by member", () => {
  const judged = evaluate(
    withDefaults({ at: "2027-03-05T00:00:00+08:00", counts: { nonSensitive: 200_000, sensitive: 3 } }),
    LAW,
  );
  const { outcome, decision, rule, basis, reasons, mechanismsAllowed, warnings, counts } = judged;
  const agreed = { outcome, decision, rule, basis, reasons, mechanismsAllowed, warnings, counts };
  test("agreed, whatever the order of a list, and where nothing is stated", () => {
    expect(differences(agreed, judged)).toEqual([]);
    expect(differences({ mechanismsAllowed: [...mechanismsAllowed, ...mechanismsAllowed].reverse() }, judged)).toEqual(
      [],
    );
    expect(differences({}, judged)).toEqual([]);
    expect(differences({ counts: {} }, judged)).toEqual([]);
  });
  test.each([
    [{ outcome: "EXEMPT" }, ['outcome: expected "EXEMPT", got "SC_OR_CERT"']],
    [{ decision: "ALLOW" }, ['decision: expected "ALLOW", got "BLOCK"']],
    [{ rule: "C2" }, ['rule: expected "C2", got "C1"']],
    [{ basis: "none" }, ['basis: expected "none", got "Provisions Art.8"']],
    [{ reasons: [] }, ['reasons: expected [], got ["NO_MECHANISM"]']],
    [
      { mechanismsAllowed: ["CERTIFICATION"] },
      [
        'mechanismsAllowed: expected ["CERTIFICATION"], got ["CERTIFICATION","SECURITY_ASSESSMENT","STANDARD_CONTRACT"]',
      ],
    ],
    [{ warnings: [] }, ['warnings: expected [], got ["LAW_NOT_REVIEWED"]']],
    [{ counts: { nonSensitive: 1 } }, ["counts.nonSensitive: expected 1, got 200000"]],
    [{ counts: { sensitive: 4 } }, ["counts.sensitive: expected 4, got 3"]],
  ])("%j", (changed, told) => expect(differences({ ...agreed, ...changed }, judged)).toEqual(told));
  test.each([null, "EXEMPT", undefined])("an expectation that is %s is none", (expected) => {
    expect(() => differences(expected, judged)).toThrow(TypeError);
  });
});

describe("the highest counts for which a judgement holds", () => {
  const limit = (facts: object) => evaluate(withDefaults({ at: AT, ...facts }), LAW).limit;
  const resting = (type: string, scope: object) => [{ type, validFrom: "2026-01-12", filedDate: "2026-01-20", scope }];
  const many = { nonSensitive: 200_000, sensitive: 0 };
  test.each([
    ["exempt by volume", {}, [99_999, null]],
    ["and only without sensitive people", { policy: { volumeExemptionNeedsNoSensitive: true } }, [99_999, 0]],
    [
      "which asks nothing of other rules",
      { exporter: { ciio: true }, policy: { volumeExemptionNeedsNoSensitive: true } },
      [null, null],
    ],
    ["a band", { counts: many }, [999_999, 9_999]],
    ["the old rules", { at: "2023-10-10T10:00:00+08:00" }, [99_999, 9_999]],
    [
      "a contract's scale within its band",
      { counts: many, mechanisms: resting("STANDARD_CONTRACT", { maxNonSensitive: 250_000, maxSensitive: 5 }) },
      [250_000, 5],
    ],
    [
      "a contract's scale beyond its band",
      { counts: many, mechanisms: resting("STANDARD_CONTRACT", { maxNonSensitive: 5_000_000, maxSensitive: 20_000 }) },
      [999_999, 9_999],
    ],
    [
      "an assessment's scale, where no line is",
      {
        exporter: { ciio: true },
        mechanisms: resting("SECURITY_ASSESSMENT", { maxNonSensitive: 500, maxSensitive: 6 }),
      },
      [500, 6],
    ],
  ])("%s", (_, facts, [nonSensitive, sensitive]) => expect(limit(facts)).toEqual({ nonSensitive, sensitive }));
});

describe("switches", () => {
  test("each has the reading that law.md prints bold", () => {
    expect(SWITCH_DEFAULTS).toEqual({
      ...{ countExemptTransfers: false, hrRequireBoth: true, countBothKinds: true },
      ...{ volumeExemptionNeedsNoSensitive: false, ftzOpenToCiio: false, modelWeightsNeedTest: true },
      ...{ transitDutiesChecked: true, unfiledContractBlocks: true, removalReclassifies: true },
      ...{ smallHandlerRelief: false, automotiveVolumeImportant: false, assessmentRunsThreeYears: false },
      ...{ gbaAboveLines: false, strictSeparateConsent: false, equalNamesOnePerson: false },
    });
  });
  test("a policy's table stands over the defaults; a value that is none is refused", () => {
    expect(switchesFrom({ hrRequireBoth: false })).toEqual({ ...SWITCH_DEFAULTS, hrRequireBoth: false });
    for (const value of ["false", 0, null]) {
      expect(() => switchesFrom({ hrRequireBoth: value })).toThrow("switch hrRequireBoth must be true or false");
    }
  });
  test("what is printed is made once for a policy and a profile", () => {
    const strict = printedSwitches(SWITCH_DEFAULTS, "strict");
    expect(printedSwitches(SWITCH_DEFAULTS, "strict")).toBe(strict);
    expect(printedSwitches(SWITCH_DEFAULTS, "gbt45574")).toEqual({ ...strict, "U-7": "gbt45574" });
    expect(printedSwitches(SWITCH_DEFAULTS, "strict")).toEqual(strict);
  });
});

test("the sensitivity profile is strict where none is named", () => {
  expect(evaluate(withDefaults({ at: AT }), LAW).switches["U-7"]).toBe("strict");
});

describe("a consent that names sensitive categories names all that are sensitive (PIPL Art. 29)", () => {
  const reasons = (data: object, consent: object) => {
    const facts = { at: AT, data: { categories: ["name"], ...data }, consent: { categories: ["name"], ...consent } };
    return evaluate(withDefaults(facts), LAW).reasons.filter((code) => code === "CONSENT_CATEGORY");
  };
  test.each([
    ["an ordinary one", {}, []],
    ["a sensitive one", { sensitive: ["name"] }, ["CONSENT_CATEGORY"]],
    ["one nobody classified", { sensitive: "unknown" }, ["CONSENT_CATEGORY"]],
    ["any of a child", { subjectsUnder14: true }, ["CONSENT_CATEGORY"]],
  ])("%s", (_, data, missing) => {
    expect(reasons(data, { sensitiveCategories: [] })).toEqual(missing);
    expect(reasons(data, { sensitiveCategories: ["name"] })).toEqual([]);
    expect(reasons(data, { sensitiveCategories: ["name"], categories: [] })).toEqual([]);
    expect(reasons(data, { sensitiveCategories: null })).toEqual([]);
    expect(reasons(data, { sensitiveCategories: null, categories: [] })).toEqual(["CONSENT_CATEGORY"]);
  });
  test("each is asked about by itself", () => {
    const two = { categories: ["name", "medical"] };
    const child = { ...two, subjectsUnder14: true };
    expect(reasons(child, { ...two, sensitiveCategories: ["medical"] })).toEqual(["CONSENT_CATEGORY"]);
    expect(reasons({ ...two, sensitive: ["medical"] }, { ...two, sensitiveCategories: ["medical"] })).toEqual([]);
  });
});

describe("what is taken for granted", () => {
  test("where nothing is stated, an ordinary export that complies", () => {
    const { exporter, data, ftz, gba, consent } = withDefaults({ at: AT });
    expect(exporter).toEqual({
      ...{ role: "handler", handlerId: "H1", ciio: false, stateOrgan: false },
      ...{ processedTotal: 0, authorisedByHandler: true, sector: "general" },
    });
    expect(data.anonymisationProven || data.domesticMixedIn || data.subjectsUnder14).toBe(false);
    expect([ftz, gba]).toEqual([
      { registered: false, activityInZone: true, result: "none" },
      { bothRegistered: false },
    ]);
    expect(consent).toMatchObject({ separate: true, guardian: false, sensitiveNotice: true });
  });
  test("notes and members without a value say nothing", () => {
    const stated = { at: AT, _note: "why", consent: undefined, flow: { _from: "log", purpose: undefined } };
    expect(withDefaults(stated)).toEqual(withDefaults({ at: AT }));
  });
  test.each([null, [], "x", 5])("facts that are %j are none", (facts) => {
    expect(() => withDefaults(facts)).toThrow("facts must be an object");
  });
});

test("hiding is offered for the mechanism that lacks least, whichever stands first; of two alike the first", () => {
  const lacking = (...scopes: string[][]) => {
    const mechanisms = scopes.map((categories) => ({
      ...{ type: "CERTIFICATION", validFrom: "2026-01-12", scope: { categories } },
    }));
    return evaluate(withDefaults({ at: AT, counts: { nonSensitive: 200_000, sensitive: 0 }, mechanisms }), LAW);
  };
  expect(lacking(["phone"], []).curedByHiding).toEqual(["name"]);
  expect(lacking([], ["phone"]).curedByHiding).toEqual(["name"]);
  expect(lacking(["name"], ["phone"]).curedByHiding).toEqual(["phone"]);
});

test("a failure names the mechanism that it is about, if that has a name", () => {
  const about = (mechanism: object) =>
    evaluate(withDefaults({ at: AT, exporter: { ciio: true }, mechanisms: [{ ...mechanism, scope: {} }] }), LAW)
      .failures;
  const named = { id: "sc-2026", type: "STANDARD_CONTRACT", validFrom: "2026-01-12", filedDate: "2026-01-20" };
  expect(about(named)).toEqual([{ code: "MECH_NOT_ALLOWED_FOR_ROUTE", about: "sc-2026", categories: [] }]);
  const { id: _, ...unnamed } = named;
  expect(about(unnamed)).toEqual([{ code: "MECH_NOT_ALLOWED_FOR_ROUTE", about: null, categories: [] }]);
});

test.each([
  ["2026-12-18T10:00:00+08:00", "2026-12-17", true, ["SC_FILING_DUE"]],
  ["2026-12-18T10:00:00+08:00", "2026-12-18", true, ["SC_FILING_DUE", "CALENDAR_UNKNOWN"]],
  ["2026-12-31T10:00:00+08:00", "2026-12-16", false, ["SC_FILING_OVERDUE"]],
  ["2027-04-01T10:00:00+08:00", "2027-03-01", false, ["SC_FILING_OVERDUE", "CALENDAR_UNKNOWN", "LAW_NOT_REVIEWED"]],
])("on %s a contract in effect since %s, unfiled (blocking: %s), warns %j", (at, validFrom, blocks, warnings) => {
  const data = { ...LAW, calendar: { ...LAW.calendar, knownUntil: "2026-12-31" } };
  const facts = { at, counts: { nonSensitive: 200_000, sensitive: 0 }, policy: { unfiledContractBlocks: blocks } };
  const mechanisms = [{ type: "STANDARD_CONTRACT", validFrom, scope: {} }];
  expect(evaluate(withDefaults({ ...facts, mechanisms }), data)).toMatchObject({ decision: "ALLOW", warnings });
});

test.each([
  ["", ["PROHIBITED_X1", "PROHIBITED_X4"]],
  ["choose_other_recipient", ["PROHIBITED_X2"]],
  ["obtain_authority_approval", ["PROHIBITED_X3"]],
  ["record_mechanism", ["NO_MECHANISM", "MECH_NOT_ALLOWED_FOR_ROUTE", "MECH_REVOKED"]],
  ["record_mechanism, amend_mechanism", ["SCOPE_EXPORTER"]],
  ["await_result", ["MECH_PENDING"]],
  ["reinstate_mechanism", ["MECH_SUSPENDED"]],
  ["await_effect", ["MECH_NOT_YET_EFFECTIVE"]],
  ["renew_mechanism", ["MECH_EXPIRED"]],
  ["file_contract", ["SC_FILING_REJECTED", "SC_FILING_OVERDUE"]],
  [
    "amend_mechanism",
    [
      "SC_TEMPLATE_MODIFIED",
      "MECH_CHANGE_NOT_REFILED",
      "SCOPE_RECIPIENT",
      "SCOPE_PURPOSE",
      "SCOPE_VOLUME",
      "SCOPE_ONWARD",
    ],
  ],
  ["pseudonymize, remove_field, amend_mechanism", ["SCOPE_CATEGORY"]],
  ["obtain_instruction", ["PROCESSOR_NOT_AUTHORISED"]],
  ["correct_basis", ["BASIS_NOT_MADE_OUT"]],
  [
    "obtain_separate_consent",
    [
      "CONSENT_MISSING",
      "CONSENT_NOT_SEPARATE",
      "CONSENT_WITHDRAWN",
      "CONSENT_EXPIRED",
      "CONSENT_RECIPIENT",
      "CONSENT_PURPOSE",
    ],
  ],
  ["obtain_separate_consent, remove_field", ["CONSENT_CATEGORY"]],
  ["obtain_guardian_consent", ["GUARDIAN_CONSENT_MISSING"]],
  ["complete_notice", ["SENSITIVE_NOTICE_MISSING", "NOTICE_INCOMPLETE"]],
  ["record_pipia", ["PIPIA_MISSING"]],
  ["extend_pipia", ["PIPIA_NOT_COVERING"]],
  ["pseudonymize, remove_field", ["NOT_NECESSARY"]],
])("%s is what lifts %j", (cures, codes) => {
  const lifted = Object.entries(REASONS).filter(([, entry]) => entry.cures.join(", ") === cures);
  expect(lifted.map(([code]) => code)).toEqual(codes);
});

describe("law data", () => {
  const changed = (id: string, change: object): LawData => ({
    ...LAW,
    revisions: LAW.revisions.map((one) => (one.id === id ? { ...one, ...change } : one)),
  });
  test.each(["RS-2024", "NDSMR-2025", "CERT-2026"])("is reviewed as far as the least of what governs: %s", (id) => {
    const data = changed(id, { reviewedUntil: "2026-05-11" });
    expect(evaluate(withDefaults({ at: AT }), data).warnings).toEqual(["LAW_NOT_REVIEWED"]);
    expect(evaluate(withDefaults({ at: "2026-05-11T23:59:59+08:00" }), data).warnings).toEqual([]);
  });
  test.each([1.5, -1, "100", undefined])("a line that is %s is none", (exemptBelow) => {
    const numbers = { ...LAW.revisions[1]!.numbers, exemptBelow } as Readonly<Record<string, number>>;
    const data = changed("RS-2024", { numbers });
    expect(() => evaluate(withDefaults({ at: AT }), data)).toThrow("law data lacks exemptBelow");
  });
});
