// The conditions of a decision told whole: each line met, unmet or not asked, with what shows it. The agreement with the
// law's judgement is in law-conditions.test.ts; here no line may be added, left out or told otherwise.

import { describe, expect, test } from "vitest";
import { conditionsOf, type Held } from "../src/law/conditions.ts";
import { REASONS } from "../src/law/reasons.ts";
import type { Reason } from "../src/words.ts";

const BASE: Held = {
  ...{ outcome: "SC_OR_CERT", lawRule: "C2", reasons: [], legalBasis: "consent", switches: {} },
  ...{ mechanism: "sc-1", mechanismTypes: ["STANDARD_CONTRACT"], personal: true, minors: false, sensitive: false },
  ...{ receipts: ["r-1"], notices: ["n-1"], pipias: ["p-1"] },
};

const reason = (code: string, about?: string, article = REASONS[code]!.article): Reason => ({
  ...{ code, article },
  ...(about === undefined ? {} : { about }),
});

/** `+` met, `-` unmet, `.` not asked; then what shows it. */
function told(more: Partial<Held>): string[] {
  const signs = { yes: "+", no: "-", not_asked: "." };
  return conditionsOf({ ...BASE, ...more }).map(({ id, met, evidence }) => [signs[met], id, ...evidence].join(" "));
}
const only = (lines: readonly string[], ...ids: string[]) => lines.filter((line) => ids.includes(line.split(" ")[1]!));

const PASSED = ["+ no_core_data", "+ recipient_not_restricted", "+ no_foreign_authority", "+ no_stop_order"];
const UNASKED = [". no_core_data", ". recipient_not_restricted", ". no_foreign_authority", ". no_stop_order"];
/** Of a contract, as BASE has it. */
const CONTRACT = [
  "+ mechanism_on_file sc-1",
  "+ mechanism_serves_route sc-1",
  ". assessment_passed",
  "+ mechanism_not_revoked sc-1",
  ". certification_not_suspended",
  "+ mechanism_in_effect sc-1",
  "+ mechanism_not_expired sc-1",
  "+ contract_filed sc-1",
  "+ template_unchanged sc-1",
  "+ no_unfiled_change sc-1",
  "+ scope_recipient sc-1",
  "+ scope_purpose sc-1",
  "+ scope_category sc-1",
  "+ scope_volume sc-1",
  "+ scope_onward sc-1",
];
const DUTIES = [
  "+ instruction",
  "+ legal_basis consent",
  "+ separate_consent r-1",
  "+ consent_in_force r-1",
  "+ consent_scope r-1",
  ". guardian_consent",
  ". sensitive_notice",
  "+ notice n-1",
  "+ impact_assessment p-1",
  "+ necessity",
];
const unasked = (lines: readonly string[]) => lines.map((line) => `. ${line.split(" ")[1]}`);

describe("the whole table", () => {
  test.each<[string, Partial<Held>, readonly string[]]>([
    ["a contract that carries it", {}, [...PASSED, ...CONTRACT, ...DUTIES]],
    ["an assessment's route", { outcome: "ASSESSMENT", lawRule: "S3" }, [...PASSED, ...CONTRACT, ...DUTIES]],
    [
      "an exemption asks for no mechanism",
      { outcome: "EXEMPT", lawRule: "E7", mechanism: null, mechanismTypes: [] },
      // of a mechanism of no known kind the checks of one kind are left out
      [...PASSED, ...unasked(CONTRACT), ...DUTIES],
    ],
    ["nothing was judged", { outcome: null, lawRule: null }, [...UNASKED, ...unasked(CONTRACT), ...unasked(DUTIES)]],
    ["no export", { outcome: "NOT_EXPORT", lawRule: "N0" }, [...UNASKED, ...unasked(CONTRACT), ...unasked(DUTIES)]],
    [
      "no personal information",
      { outcome: "NO_PI", lawRule: "A1" },
      [...PASSED, ...unasked(CONTRACT), ...unasked(DUTIES)],
    ],
    ["a rule that the record does not name", { lawRule: null }, [...PASSED, ...CONTRACT, ...DUTIES]],
  ])("%s", (_, more, expected) => expect(told(more)).toEqual(expected));
});

describe("prohibitions: behind the first nothing was asked", () => {
  test.each([
    ["X1", ["- no_core_data", ". recipient_not_restricted", ". no_foreign_authority", ". no_stop_order"]],
    ["X2", ["+ no_core_data", "- recipient_not_restricted", ". no_foreign_authority", ". no_stop_order"]],
    ["X3", ["+ no_core_data", "+ recipient_not_restricted", "- no_foreign_authority", ". no_stop_order"]],
    ["X4", ["+ no_core_data", "+ recipient_not_restricted", "+ no_foreign_authority", "- no_stop_order"]],
  ])("%s", (rule, expected) => {
    const held: Partial<Held> = { outcome: "PROHIBITED", lawRule: rule, reasons: [reason(`PROHIBITED_${rule}`)] };
    expect(told(held)).toEqual([...expected, ...unasked(CONTRACT), ...unasked(DUTIES)]);
    expect(conditionsOf({ ...BASE, ...held })[0]!.group).toBe("prohibitions");
  });

  test("each is asked up to its own, though its reason is not on record", () => {
    expect(told({ outcome: "PROHIBITED", lawRule: "X1" }).slice(0, 4)).toEqual(["+ no_core_data", ...UNASKED.slice(1)]);
    expect(told({ outcome: "PROHIBITED", lawRule: "X2" }).slice(0, 4)).toEqual([
      ...PASSED.slice(0, 2),
      ...UNASKED.slice(2),
    ]);
    expect(told({ outcome: "PROHIBITED", lawRule: "X3" }).slice(0, 4)).toEqual([
      ...PASSED.slice(0, 3),
      ...UNASKED.slice(3),
    ]);
    expect(told({ outcome: "PROHIBITED", lawRule: "X4" }).slice(0, 4)).toEqual(PASSED);
  });
});

describe("mechanisms", () => {
  const OF_ONE_KIND = ["assessment_passed", "certification_not_suspended", "contract_filed", "template_unchanged"];

  test.each<[string, readonly string[], readonly string[]]>([
    [
      "assessment",
      ["SECURITY_ASSESSMENT"],
      ["+ assessment_passed sc-1", ". certification_not_suspended", ". contract_filed", ". template_unchanged"],
    ],
    [
      "certification",
      ["CERTIFICATION"],
      [". assessment_passed", "+ certification_not_suspended sc-1", ". contract_filed", ". template_unchanged"],
    ],
    [
      "the Greater Bay Area's",
      ["GBA_STANDARD_CONTRACT"],
      [". assessment_passed", ". certification_not_suspended", "+ contract_filed sc-1", "+ template_unchanged sc-1"],
    ],
    [
      "two on file",
      ["CERTIFICATION", "STANDARD_CONTRACT"],
      [
        ". assessment_passed",
        "+ certification_not_suspended sc-1",
        "+ contract_filed sc-1",
        "+ template_unchanged sc-1",
      ],
    ],
    ["a kind that the record does not name", [], []],
  ])("checks of one kind: %s", (_, mechanismTypes, expected) => {
    expect(only(told({ mechanismTypes }), ...OF_ONE_KIND)).toEqual(expected);
  });

  test("one of several that fails names itself, and is no evidence of what it meets", () => {
    const reasons = [reason("SCOPE_PURPOSE", "sc-1"), reason("MECH_EXPIRED", "sc-0"), reason("MECH_EXPIRED", "sc-1")];
    const lines = told({ mechanism: null, reasons });
    expect(only(lines, "scope_purpose", "mechanism_not_expired", "scope_recipient")).toEqual([
      "- mechanism_not_expired sc-0 sc-1",
      "+ scope_recipient sc-1 sc-0",
      "- scope_purpose sc-1",
    ]);
  });

  test("a duty that is about somebody makes no mechanism of it", () => {
    const lines = told({
      mechanism: null,
      mechanismTypes: [],
      reasons: [reason("CONSENT_MISSING", "support"), reason("NO_MECHANISM")],
    });
    expect(only(lines, "mechanism_on_file", "mechanism_in_effect", "separate_consent")).toEqual([
      "- mechanism_on_file",
      ". mechanism_in_effect",
      "- separate_consent support",
    ]);
  });

  test("a reason of a mechanism that names none is of none on file", () => {
    const reasons = [reason("SCOPE_EXPORTER"), reason("NOT_NECESSARY", "x")];
    expect(only(told({ mechanism: null, reasons }), "mechanism_on_file", "scope_volume")).toEqual([
      "- mechanism_on_file",
      ". scope_volume",
    ]);
  });
});

describe("duties", () => {
  test.each<[string, Partial<Held>, readonly string[]]>([
    ["children", { minors: true }, ["+ guardian_consent r-1"]],
    ["sensitive kinds", { sensitive: true }, ["+ sensitive_notice r-1"]],
    [
      "no consent to look into",
      { receipts: [], minors: true, sensitive: true },
      ["+ separate_consent", ". consent_in_force", ". consent_scope", ". guardian_consent", ". sensitive_notice"],
    ],
    [
      "another basis",
      { legalBasis: "contract" },
      ["+ legal_basis contract", ". separate_consent", ". consent_in_force"],
    ],
    ["a basis not on record", { legalBasis: null }, ["+ legal_basis", ". separate_consent"]],
    [
      "… under the literal reading",
      { legalBasis: "contract", switches: { strictSeparateConsent: true } },
      ["+ separate_consent r-1"],
    ],
    [
      "a basis that is not made out",
      { legalBasis: "contract", reasons: [reason("BASIS_NOT_MADE_OUT")] },
      ["- legal_basis", "+ separate_consent r-1"],
    ],
    [
      "… and something else is unmet",
      { legalBasis: "contract", reasons: [reason("NOT_NECESSARY")] },
      [". separate_consent", "- necessity"],
    ],
    [
      "… both",
      { legalBasis: "contract", reasons: [reason("NOT_NECESSARY"), reason("BASIS_NOT_MADE_OUT")] },
      ["- legal_basis", "+ separate_consent r-1", "- necessity"],
    ],
    [
      "important data about nobody",
      { outcome: "ASSESSMENT", lawRule: "I1", personal: false },
      [". instruction", ". legal_basis", ". notice", ". impact_assessment", ". necessity"],
    ],
    [
      "important data about people",
      { outcome: "ASSESSMENT", lawRule: "I1" },
      ["+ instruction", "+ legal_basis consent", "+ notice n-1", "+ impact_assessment p-1", "+ necessity"],
    ],
    [
      "an emergency: notice may follow",
      { outcome: "EXEMPT", lawRule: "E4", legalBasis: "emergency" },
      [". notice", "+ impact_assessment p-1"],
    ],
    [
      "transit",
      { outcome: "EXEMPT", lawRule: "E1" },
      ["+ notice n-1", "+ separate_consent r-1", "+ impact_assessment p-1"],
    ],
    [
      "transit, where its duties are not checked (U-8)",
      { outcome: "EXEMPT", lawRule: "E1", switches: { transitDutiesChecked: false } },
      ["+ instruction", ". separate_consent", ". notice", ". impact_assessment", "+ necessity"],
    ],
    [
      "that switch without transit",
      { switches: { transitDutiesChecked: false } },
      ["+ notice n-1", "+ impact_assessment p-1"],
    ],
  ])("%s", (_, more, expected) => {
    const lines = told(more);
    for (const line of expected) expect(lines).toContain(line);
  });
});

test("the article is the reason's own where there is one, else that of the first code", () => {
  const rows = conditionsOf({
    ...BASE,
    reasons: [reason("PIPIA_NOT_COVERING", undefined, "own article"), reason("PIPIA_MISSING")],
  });
  const of = (id: string) => rows.find((row) => row.id === id)!;
  expect(of("impact_assessment")).toMatchObject({ met: "no", group: "duties", article: "own article" });
  expect(of("impact_assessment").reasons).toHaveLength(2);
  expect(of("necessity")).toMatchObject({ met: "yes", article: REASONS["NOT_NECESSARY"]!.article, reasons: [] });
  expect(of("scope_purpose")).toMatchObject({ group: "mechanism", article: REASONS["SCOPE_PURPOSE"]!.article });
});

test("a row of the caller's own without evidence shows none", () => {
  const row = { id: "own", group: "gate" as const, article: "a", codes: ["X"], asked: () => true };
  expect(conditionsOf(BASE, [row])).toEqual([
    { id: "own", group: "gate", met: "yes", article: "a", evidence: [], reasons: [] },
  ]);
  expect(conditionsOf(BASE, [{ ...row, asked: () => false, evidence: () => ["e"] }])[0]!.evidence).toEqual([]);
  expect(conditionsOf(BASE, [{ ...row, evidence: () => ["e", "e"] }])[0]!.evidence).toEqual(["e"]);
  expect(conditionsOf(BASE, [{ ...row, told: () => false }])).toEqual([]);
});
