// Facts of the law: what is a value of each, and what is refused by the fact's name. A word that this version does not
// know must not fall through to the mildest branch.

import { describe, expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";

const LAW = loadLawData("policies/law");
const AT = "2026-05-12T10:00:00+08:00";

type Json = Readonly<Record<string, unknown>>;

/** Facts that state every member of the schema. */
const WHOLE: Json = {
  at: AT,
  exporter: {
    ...{ role: "handler", handlerId: "H1", ciio: false, stateOrgan: false },
    ...{ processedTotal: 0, authorisedByHandler: true, sector: "automotive" },
  },
  flow: {
    ...{ destination: "HK", kind: "push", recipient: "R1", purpose: "customer_support", onwardTo: ["V1"] },
    ...{ recipientRestricted: false, foreignAuthorityRequest: false, prcAuthorityApproval: false },
    regulatorStopOrder: false,
  },
  data: {
    ...{ containsPI: true, form: "plain", anonymisationProven: false, pseudonymisedCategories: ["name"] },
    ...{ importance: "none", origin: "domestic", domesticMixedIn: false, categories: ["name"], sensitive: ["name"] },
    ...{ subjectsUnder14: false, neededForPurpose: ["name"] },
  },
  basis: {
    legalBasis: "contract",
    contract: { individualIsParty: true, necessary: true },
    hr: { employee: true, labourRules: true, collectiveContract: true, necessary: true },
    emergency: { imminent: true, necessary: true },
    statutory: { prcDuty: true, necessary: true },
  },
  ftz: { registered: true, activityInZone: true, result: "none" },
  gba: { bothRegistered: true },
  counts: { nonSensitive: 1, sensitive: 1 },
  history: [{ at: AT, handlerId: "H1", subjects: [1, 2], classes: ["NS"], status: "delivered", route: "E7" }],
  subjects: { unknown: 1 },
  mechanisms: [
    {
      ...{ id: "m", type: "STANDARD_CONTRACT", status: "active", issueDate: "2026-01-01", validFrom: "2026-01-01" },
      ...{ validUntil: "2028-01-01", extendedUntil: "2028-01-01", filedDate: "2026-01-05", filingRejected: false },
      ...{ templateModified: false, changeNotRefiled: false },
      scope: {
        ...{ recipients: ["R1"], purposes: ["customer_support"], categories: ["name"], onward: ["V1"] },
        ...{ maxNonSensitive: 9, maxSensitive: 9 },
      },
    },
  ],
  consent: {
    ...{ recipients: ["R1"], purposes: ["customer_support"], categories: ["name"], sensitiveCategories: ["name"] },
    ...{ separate: true, guardian: true, sensitiveNotice: true, givenAt: AT, withdrawnAt: null, validUntil: null },
  },
  notice: { missing: ["rights"] },
  pipia: { done: true, coversScenario: true },
  policy: { profile: "strict", hrRequireBoth: true },
};

/** The facts with another value at a path such as `mechanisms.0.scope.onward`. */
function withAt(facts: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(facts)) return facts.map((one, i) => (String(i) === name ? withAt(one, rest, value) : one));
  return { ...(facts as Json), [name]: withAt((facts as Json)[name], rest, value) };
}

const judgeWith = (path: string, value: unknown) => evaluate(withDefaults(withAt(WHOLE, path.split("."), value)), LAW);

const FLAG = { good: [true, false], bad: ["yes", 0, null] };
const TEXT = { good: ["x"], bad: ["", 5, null] };
const TEXTS = { good: [[], ["x", "y"]], bad: ["x", [""], ["x", 5], 5] };
const COUNT = { good: [0, 1, 2 ** 53 - 1], bad: [-1, 1.5, "5", 2 ** 53] };
const DATE = { good: ["2028-02-29", null], bad: ["2026-02-29", "2026-13-01", "2026-5-1", "2026-05-12T00:00:00Z", 5] };
const INSTANT = {
  good: [AT, "2026-05-12T10:00Z", "2026-05-12T10:00:00.123456789-14:00"],
  bad: ["2026-05-12T10:00:00", "2026-05-12T24:00:00Z", "2026-05-12T10:60:00Z", "2026-05-12T10:00:60Z", 5, "now"],
};
const words = (...good: unknown[]) => ({ good, bad: ["other", "", 5, {}] });

const MEMBERS: readonly (readonly [path: string, kind: { good: readonly unknown[]; bad: readonly unknown[] }])[] = [
  ["exporter.role", words("handler", "entrusted_processor")],
  ["exporter.handlerId", TEXT],
  ["exporter.ciio", { good: [true, false, "unknown"], bad: ["no", null, 1] }],
  ["exporter.stateOrgan", FLAG],
  ["exporter.authorisedByHandler", FLAG],
  ["exporter.processedTotal", COUNT],
  ["exporter.sector", words("general", "automotive")],
  ["flow.destination", words("overseas", "HK", "MO", "TW", "mainland")],
  ["flow.kind", words("push", "remote_access", "logging", "in_country_access")],
  ["flow.recipient", TEXT],
  ["flow.purpose", TEXT],
  ["flow.onwardTo", TEXTS],
  ["flow.recipientRestricted", FLAG],
  ["flow.foreignAuthorityRequest", FLAG],
  ["flow.prcAuthorityApproval", FLAG],
  ["flow.regulatorStopOrder", FLAG],
  ["data.containsPI", FLAG],
  ["data.form", words("plain", "pseudonymised", "de_identified", "encrypted", "anonymised")],
  ["data.anonymisationProven", FLAG],
  ["data.pseudonymisedCategories", TEXTS],
  ["data.importance", words("none", "self_identified", "notified", "published", "unknown", "core", "state_secret")],
  ["data.origin", words("domestic", "overseas")],
  ["data.domesticMixedIn", FLAG],
  ["data.categories", TEXTS],
  ["data.sensitive", { good: [...TEXTS.good, "unknown"], bad: [...TEXTS.bad, null] }],
  ["data.subjectsUnder14", FLAG],
  ["data.neededForPurpose", { good: [...TEXTS.good, null], bad: TEXTS.bad }],
  ["basis.legalBasis", words("consent", "contract", "hr", "emergency", "statutory")],
  ["ftz.registered", FLAG],
  ["ftz.activityInZone", FLAG],
  ["ftz.result", words("none", "no_list", "outside_list", "listed_sc_or_cert", "listed_assessment")],
  ["gba.bothRegistered", FLAG],
  ["counts.nonSensitive", COUNT],
  ["counts.sensitive", COUNT],
  ["history", { good: [null, []], bad: ["x", {}] }],
  ["history.0.at", INSTANT],
  ["history.0.handlerId", TEXT],
  ["history.0.subjects", { good: [[0, 0], [1, 2], { unknown: 0 }], bad: [[2, 1], [1], [1, 2, 3], null, "x"] }],
  ["history.0.classes", { good: [[], ["NS", "S"]], bad: [["X"], "NS"] }],
  ["history.0.status", words("delivered", "blocked")],
  ["history.0.route", TEXT],
  [
    "subjects",
    { good: [null, [0, 0], { unknown: 0 }], bad: [[2, 1], [1], [1, 2, 3], [-1, 2], [1, "2"], "x", { unknown: -1 }] },
  ],
  ["mechanisms", { good: [[]], bad: ["x", {}, null] }],
  ["mechanisms.0.type", words("SECURITY_ASSESSMENT", "STANDARD_CONTRACT", "CERTIFICATION", "GBA_STANDARD_CONTRACT")],
  ["mechanisms.0.status", words("active", "pending", "suspended", "revoked", "terminated", "failed")],
  ["mechanisms.0.issueDate", DATE],
  ["mechanisms.0.validFrom", DATE],
  ["mechanisms.0.validUntil", DATE],
  ["mechanisms.0.extendedUntil", DATE],
  ["mechanisms.0.filedDate", DATE],
  ["mechanisms.0.filingRejected", FLAG],
  ["mechanisms.0.templateModified", FLAG],
  ["mechanisms.0.changeNotRefiled", FLAG],
  ["mechanisms.0.scope", { good: [{}], bad: [null, "x"] }],
  ["mechanisms.0.scope.recipients", TEXTS],
  ["mechanisms.0.scope.purposes", TEXTS],
  ["mechanisms.0.scope.categories", TEXTS],
  ["mechanisms.0.scope.onward", TEXTS],
  ["mechanisms.0.scope.maxNonSensitive", COUNT],
  ["mechanisms.0.scope.maxSensitive", COUNT],
  ["consent.separate", FLAG],
  ["consent.guardian", FLAG],
  ["consent.sensitiveNotice", FLAG],
  ["consent.recipients", TEXTS],
  ["consent.purposes", TEXTS],
  ["consent.categories", { good: [...TEXTS.good, null], bad: TEXTS.bad }],
  ["consent.sensitiveCategories", { good: [...TEXTS.good, null], bad: TEXTS.bad }],
  ["consent.givenAt", { good: [...INSTANT.good, null], bad: INSTANT.bad }],
  ["consent.withdrawnAt", { good: [...INSTANT.good, null], bad: INSTANT.bad }],
  ["consent.validUntil", { good: [...INSTANT.good, "2028-02-29", null], bad: ["2026-02-29", "2026-05-1x", "later"] }],
  ["notice.missing", TEXTS],
  ["pipia.done", FLAG],
  ["pipia.coversScenario", FLAG],
  ["policy.hrRequireBoth", FLAG],
  ["policy.profile", words("strict", "gbt45574")],
];
/** What an instant or a date lacks is said without the fact's name; a detail of a basis by its own. */
const UNNAMED = new Set<unknown>([INSTANT, DATE]);
const isNamed = (path: string) => !/At$|\.at$|validUntil$/.test(path);

describe("facts: what is a value, and what is refused by the fact's name", () => {
  test.each(MEMBERS)("%s", (path, kind) => {
    for (const value of kind.good) expect(() => judgeWith(path, value)).not.toThrow();
    const name = path.replace(/\.\d+/g, "");
    for (const value of kind.bad) {
      expect(() => judgeWith(path, value)).toThrow(TypeError);
      if (!UNNAMED.has(kind) && isNamed(path)) expect(() => judgeWith(path, value)).toThrow(`fact ${name} `);
    }
  });
  test.each(["contract", "hr", "emergency", "statutory"])("every detail of the basis %s is true or false", (basis) => {
    for (const name of Object.keys((WHOLE["basis"] as Readonly<Record<string, Json>>)[basis]!)) {
      expect(() => judgeWith(`basis.${basis}.${name}`, "yes")).toThrow(`fact basis.${name} must be true or false`);
    }
    expect(() => judgeWith(`basis.${basis}`, null)).toThrow("fact basis details must be an object");
    expect(() => judgeWith(`basis.${basis}`, true)).toThrow("fact basis details must be an object");
  });
  test.each([
    ["exporter.role", "fact exporter.role must be one of handler, entrusted_processor"],
    ["exporter.stateOrgan", "fact exporter.stateOrgan must be true or false"],
    ["gba.bothRegistered", "fact gba.bothRegistered must be true or false"],
    ["exporter.processedTotal", "fact exporter.processedTotal must be a whole number, 0 or more"],
    ["flow.recipient", "fact flow.recipient must be a non-empty string"],
    ["flow.onwardTo", "fact flow.onwardTo must be a list of strings"],
    ["mechanisms", "fact mechanisms must be a list"],
    ["mechanisms.0.scope", "fact mechanisms.scope must be an object"],
    ["subjects", "fact subjects must be [from, to] or {unknown}"],
  ])("%s: %s", (path, message) => expect(() => judgeWith(path, 5.5)).toThrow(message));
  test("an empty range is told as such", () => {
    expect(() => judgeWith("subjects", [2, 1])).toThrow("fact subjects the range is empty");
  });
  test("the same facts are refused each time", () => {
    const facts = { ...withDefaults({ at: AT }), flow: { ...withDefaults({ at: AT }).flow, recipient: "" } };
    for (let i = 0; i < 2; i += 1) expect(() => evaluate(facts, LAW)).toThrow("flow.recipient");
  });
});
