// The law's conditions: each reason belongs to one, and over all decided cases they agree with the judgement.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../src/act/messages/all.ts";
import { allConditions } from "../src/cli/explain/gate-conditions.ts";
import { CONDITION_NAMES } from "../src/cli/explain/words.ts";
import { CATALOGUE as DECIDED } from "../src/decide/reasons.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { CONDITIONS, type Condition, conditionsOf, type Held } from "../src/law/conditions.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";
import { REASONS } from "../src/law/reasons.ts";

const LAW = loadLawData("policies/law");
const CASES = readFileSync(new URL("law/cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { readonly id: string; readonly facts: object });

/** What the entry of such a decision would hold. */
function heldOf(facts: object, more: Partial<Held> = {}): Held {
  const given = withDefaults(facts);
  // on file every mechanism has an id
  const whole = { ...given, mechanisms: given.mechanisms.map((one, i) => ({ id: `M${i}`, ...one })) };
  const judged = evaluate(whole, LAW);
  const { data, basis, consent, mechanisms, policy } = whole;
  const used = mechanisms.filter(({ id }) => judged.mechanism === null || id === judged.mechanism);
  return {
    outcome: judged.outcome,
    lawRule: judged.rule,
    reasons: judged.failures.map(({ code, about }) => ({
      code,
      article: REASONS[code]!.article,
      ...(about === null ? {} : { about }),
    })),
    legalBasis: basis.legalBasis,
    switches: { ...policy },
    mechanism: judged.mechanism,
    mechanismTypes: [...new Set(used.map(({ type }) => type))],
    personal: data.containsPI,
    minors: data.subjectsUnder14,
    sensitive: data.subjectsUnder14 || data.sensitive === "unknown" || data.sensitive.length > 0,
    receipts: consent === null ? [] : ["r-1"],
    notices: ["n-1"],
    pipias: ["p-1"],
    ...more,
  };
}

const AT = "2026-05-12T10:00:00+08:00";
const metOf = (held: Held) => Object.fromEntries(conditionsOf(held).map(({ id, met }) => [id, met]));
const of = (conditions: readonly Condition[], id: string) => conditions.find((one) => one.id === id)!;

describe("the table", () => {
  test("claims every reason of the law once, and with the gate's own every reason of a decision", () => {
    const claimed = CONDITIONS.flatMap(({ codes }) => codes);
    expect([...claimed].sort()).toEqual(Object.keys(REASONS).sort());
    const all = allConditions(true, []).flatMap(({ codes }) => codes);
    expect(new Set(all).size).toBe(all.length);
    expect([...all].sort()).toEqual([...Object.keys(DECIDED), "RESIDUAL_PI"].sort());
  });

  test("has a name in both languages for every condition, and no other", () => {
    const rows = allConditions(true, []);
    expect(rows.map(({ id }) => id).sort()).toEqual(Object.keys(CONDITION_NAMES).sort());
    for (const { zh, en } of Object.values(CONDITION_NAMES)) {
      expect(zh).toMatch(/^\p{Script=Han}[^\n。]*$/u);
      expect(en).toMatch(/^[\x20-\x7e]+$/);
    }
    for (const { article, codes } of rows) expect(article).toBe(CATALOGUE[codes[0]!]!.article);
  });
});

describe("over the decided cases", () => {
  test.each(CASES.map(({ id, facts }) => [id, facts] as const))("%s", (_, facts) => {
    const held = heldOf(facts);
    const conditions = conditionsOf(held);
    // every reason is shown at one condition; nothing is unmet that has no reason
    expect(conditions.flatMap(({ reasons }) => reasons).length).toBe(held.reasons.length);
    expect(conditions.some(({ met }) => met === "no")).toBe(held.reasons.length > 0);
    for (const { met, reasons } of conditions) expect(met === "no").toBe(reasons.length > 0);
    const met = (group: string) => conditions.filter((one) => one.group === group).map((one) => one.met);
    if (held.outcome !== "SC_OR_CERT" && held.outcome !== "ASSESSMENT")
      expect(new Set(met("mechanism"))).toEqual(new Set(["not_asked"]));
    if (held.mechanism !== null)
      for (const one of conditions.filter(({ group, met: is }) => group === "mechanism" && is === "yes"))
        expect(one.evidence).toEqual([held.mechanism]);
    if (held.outcome === "NO_PI" || held.outcome === "NOT_EXPORT" || held.outcome === "PROHIBITED")
      expect(new Set(met("duties"))).toEqual(new Set(["not_asked"]));
  });
});

describe("what is asked", () => {
  test("an exemption asks for no mechanism, and for every duty", () => {
    expect(metOf(heldOf({ at: AT }))).toMatchObject({
      no_core_data: "yes",
      mechanism_on_file: "not_asked",
      scope_purpose: "not_asked",
      separate_consent: "yes",
      consent_in_force: "yes",
      guardian_consent: "not_asked",
      sensitive_notice: "not_asked",
      notice: "yes",
      impact_assessment: "yes",
      necessity: "yes",
    });
  });

  test("another basis than consent asks for none, unless the literal reading is on or the basis fails", () => {
    const basis = { legalBasis: "contract", contract: { individualIsParty: true, necessary: true } };
    expect(metOf(heldOf({ at: AT, basis })).separate_consent).toBe("not_asked");
    expect(metOf(heldOf({ at: AT, basis, policy: { strictSeparateConsent: true } })).separate_consent).toBe("yes");
    const failing = { legalBasis: "contract", contract: { individualIsParty: true, necessary: false } };
    expect(metOf(heldOf({ at: AT, basis: failing }))).toMatchObject({ legal_basis: "no", separate_consent: "yes" });
    expect(metOf(heldOf({ at: AT }, { legalBasis: null })).separate_consent).toBe("not_asked");
  });

  test("without a consent nothing is said of what it would have to hold", () => {
    expect(metOf(heldOf({ at: AT, consent: null, data: { subjectsUnder14: true } }))).toMatchObject({
      separate_consent: "no",
      consent_in_force: "not_asked",
      consent_scope: "not_asked",
      guardian_consent: "not_asked",
    });
  });

  test("an emergency asks for no notice, transit under its switch for no consent", () => {
    const emergency = { legalBasis: "emergency", emergency: { imminent: true, necessary: true } };
    expect(metOf(heldOf({ at: AT, basis: emergency })).notice).toBe("not_asked");
    const data = { origin: "overseas" };
    expect(metOf(heldOf({ at: AT, data })).separate_consent).toBe("yes");
    expect(metOf(heldOf({ at: AT, data, policy: { transitDutiesChecked: false } }))).toMatchObject({
      separate_consent: "not_asked",
      impact_assessment: "not_asked",
      necessity: "yes",
    });
  });

  test("the first prohibition ends the order: what stands behind it was not asked", () => {
    expect(metOf(heldOf({ at: AT, flow: { recipientRestricted: true } }))).toMatchObject({
      no_core_data: "yes",
      recipient_not_restricted: "no",
      no_foreign_authority: "not_asked",
      no_stop_order: "not_asked",
      notice: "not_asked",
    });
  });

  test("important data alone bind no duty towards people", () => {
    const important = { importance: "notified", containsPI: false, categories: [] };
    expect(metOf(heldOf({ at: AT, data: important }))).toMatchObject({ mechanism_on_file: "no", notice: "not_asked" });
  });

  test("nothing was judged: nothing was asked", () => {
    const held = heldOf({ at: AT }, { outcome: null, lawRule: null, reasons: [] });
    expect(new Set(conditionsOf(held, allConditions(false, [])).map(({ met }) => met))).toEqual(new Set(["not_asked"]));
  });
});

describe("a mechanism", () => {
  const data = { sensitive: ["phone"] };
  const contract = { type: "STANDARD_CONTRACT", id: "SCC", validFrom: "2024-01-12", filedDate: "2024-01-20" };
  const late = { ...contract, validUntil: "2025-12-31", scope: {} };

  test("is shown check by check, with those of its own kind", () => {
    const conditions = conditionsOf(heldOf({ at: AT, data, mechanisms: [late] }));
    expect(of(conditions, "mechanism_not_expired")).toMatchObject({ met: "no", evidence: ["SCC"] });
    expect(of(conditions, "contract_filed")).toMatchObject({ met: "yes", evidence: ["SCC"] });
    expect(of(conditions, "certification_not_suspended").met).toBe("not_asked");
  });

  test("of a kind that the record does not name: checks of one kind only are left out, not called unasked", () => {
    const conditions = conditionsOf(heldOf({ at: AT, data, mechanisms: [late] }, { mechanismTypes: [] }));
    expect(conditions.find(({ id }) => id === "contract_filed")).toBeUndefined();
    expect(of(conditions, "scope_purpose").met).toBe("yes");
  });

  test("none on file: there is nothing to check further", () => {
    const conditions = conditionsOf(heldOf({ at: AT, data, mechanisms: [] }));
    expect(of(conditions, "mechanism_on_file")).toMatchObject({ met: "no", article: "PIPL Art.38" });
    expect(of(conditions, "scope_purpose").met).toBe("not_asked");
    expect(of(conditions, "contract_filed").met).toBe("not_asked");
  });
});
