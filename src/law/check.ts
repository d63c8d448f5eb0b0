// Facts that are malformed never reach a rule: an unknown word must not fall through to the mildest branch.
// Runs on every evaluation, so it allocates nothing on the good path; what evaluations share is checked once.

import type { LawFacts, LawMechanism, PastTransfer, ReachedCounts, Subjects } from "./facts.ts";
import { assertDate, epochMs } from "./year.ts";

/** @throws TypeError naming the fact. Never holds more of a value than a word of the schema would. */
export function checkFacts(facts: LawFacts): void {
  const { exporter, flow, data, ftz, gba, counts, consent, notice, pipia } = facts;
  epochMs(facts.at);
  once(exporter, checkExporter);
  once(flow, checkFlow);
  checkData(data);
  once(facts.basis, checkBasis);
  once(ftz, checkFtz);
  flag("gba.bothRegistered", gba.bothRegistered);
  if (counts !== null) count("counts.nonSensitive", counts.nonSensitive);
  if (counts !== null) count("counts.sensitive", counts.sensitive);
  if (facts.history !== null) list("history", facts.history).forEach(checkPast);
  if (facts.subjects !== null) checkSubjects("subjects", facts.subjects);
  if (facts.reached.length !== 0) for (const one of list("reached", facts.reached)) once(one, checkReached);
  for (const mechanism of list("mechanisms", facts.mechanisms)) once(mechanism, checkMechanism);
  if (consent !== null) checkConsent(consent);
  texts("notice.missing", notice.missing);
  flag("pipia.done", pipia.done);
  flag("pipia.coversScenario", pipia.coversScenario);
  once(facts.policy, checkPolicy);
}

/** Objects found good. Those that a policy holds are the same at every crossing, and never change. */
const good = new WeakSet<object>();

function once<T extends object>(value: T, check: (value: T) => void): void {
  if (good.has(value)) return;
  check(value);
  good.add(value);
}

type Members = Readonly<Record<string, unknown>>;

const ROLES = ["handler", "entrusted_processor"];
const SECTORS = ["general", "automotive"];
const DESTINATIONS = ["overseas", "HK", "MO", "TW", "mainland"];
const KINDS = ["push", "remote_access", "logging", "in_country_access"];
const FLOW_FLAGS = ["recipientRestricted", "foreignAuthorityRequest", "prcAuthorityApproval", "regulatorStopOrder"];
const FORMS = ["plain", "pseudonymised", "de_identified", "encrypted", "anonymised"];
const IMPORTANCES = ["none", "self_identified", "notified", "published", "unknown", "core", "state_secret"];
const ORIGINS = ["domestic", "overseas"];
const FTZ_RESULTS = ["none", "no_list", "outside_list", "listed_sc_or_cert", "listed_assessment"];
const BASES = ["consent", "contract", "hr", "emergency", "statutory"];
const TYPES = ["SECURITY_ASSESSMENT", "STANDARD_CONTRACT", "CERTIFICATION", "GBA_STANDARD_CONTRACT"];
const STATUSES = ["active", "pending", "suspended", "revoked", "terminated", "failed"];
const DATES = ["issueDate", "validFrom", "validUntil", "extendedUntil", "filedDate"] as const;
const PROFILES = ["strict", "gbt45574"];

function checkExporter(exporter: LawFacts["exporter"]): void {
  oneOf("exporter.role", exporter.role, ROLES);
  text("exporter.handlerId", exporter.handlerId);
  if (exporter.ciio !== "unknown") flag("exporter.ciio", exporter.ciio);
  flags("exporter", exporter as unknown as Members, ["stateOrgan", "authorisedByHandler"]);
  count("exporter.processedTotal", exporter.processedTotal);
  oneOf("exporter.sector", exporter.sector, SECTORS);
}

function checkFlow(flow: LawFacts["flow"]): void {
  oneOf("flow.destination", flow.destination, DESTINATIONS);
  oneOf("flow.kind", flow.kind, KINDS);
  text("flow.recipient", flow.recipient);
  text("flow.purpose", flow.purpose);
  texts("flow.onwardTo", flow.onwardTo);
  flags("flow", flow as unknown as Members, FLOW_FLAGS);
}

function checkFtz(ftz: LawFacts["ftz"]): void {
  flags("ftz", ftz as unknown as Members, ["registered", "activityInZone"]);
  oneOf("ftz.result", ftz.result, FTZ_RESULTS);
}

function checkData(data: LawFacts["data"]): void {
  flag("data.containsPI", data.containsPI);
  flag("data.anonymisationProven", data.anonymisationProven);
  flag("data.domesticMixedIn", data.domesticMixedIn);
  flag("data.subjectsUnder14", data.subjectsUnder14);
  oneOf("data.form", data.form, FORMS);
  oneOf("data.importance", data.importance, IMPORTANCES);
  oneOf("data.origin", data.origin, ORIGINS);
  texts("data.categories", data.categories);
  if (data.sensitive !== "unknown") texts("data.sensitive", data.sensitive);
  texts("data.pseudonymisedCategories", data.pseudonymisedCategories);
  if (data.neededForPurpose !== null) texts("data.neededForPurpose", data.neededForPurpose);
}

function checkBasis(basis: LawFacts["basis"]): void {
  oneOf("basis.legalBasis", basis.legalBasis, BASES);
  for (const claim of [basis.contract, basis.hr, basis.emergency, basis.statutory]) {
    if (claim === undefined) continue;
    if (typeof claim !== "object" || claim === null) fail("basis", "details must be an object");
    for (const name in claim) flag(`basis.${name}`, (claim as Members)[name]);
  }
}

function checkConsent(consent: NonNullable<LawFacts["consent"]>): void {
  flag("consent.separate", consent.separate);
  flag("consent.guardian", consent.guardian);
  flag("consent.sensitiveNotice", consent.sensitiveNotice);
  texts("consent.recipients", consent.recipients);
  texts("consent.purposes", consent.purposes);
  if (consent.categories !== null) texts("consent.categories", consent.categories);
  if (consent.sensitiveCategories !== null) texts("consent.sensitiveCategories", consent.sensitiveCategories);
  if (consent.givenAt !== null) epochMs(consent.givenAt);
  if (consent.withdrawnAt !== null) epochMs(consent.withdrawnAt);
  if (consent.validUntil !== null && consent.validUntil.length === 10) assertDate(consent.validUntil);
  else if (consent.validUntil !== null) epochMs(consent.validUntil);
}

function checkMechanism(mechanism: LawMechanism): void {
  oneOf("mechanisms.type", mechanism.type, TYPES);
  if (mechanism.status !== undefined) oneOf("mechanisms.status", mechanism.status, STATUSES);
  for (const name of DATES) {
    const date = mechanism[name];
    if (date !== undefined && date !== null) assertDate(date);
  }
  for (const name of ["filingRejected", "templateModified", "changeNotRefiled"] as const) {
    if (mechanism[name] !== undefined) flag(`mechanisms.${name}`, mechanism[name]);
  }
  const { scope } = mechanism;
  if (typeof scope !== "object" || scope === null) fail("mechanisms.scope", "must be an object");
  for (const name of ["recipients", "purposes", "categories", "onward"] as const) {
    if (scope[name] !== undefined) texts(`mechanisms.scope.${name}`, scope[name]);
  }
  if (scope.maxNonSensitive !== undefined) count("mechanisms.scope.maxNonSensitive", scope.maxNonSensitive);
  if (scope.maxSensitive !== undefined) count("mechanisms.scope.maxSensitive", scope.maxSensitive);
}

function checkPast(past: PastTransfer): void {
  epochMs(past.at);
  checkSubjects("history.subjects", past.subjects);
  for (const one of list("history.classes", past.classes)) oneOf("history.classes", one, ["NS", "S"]);
  if (past.status !== undefined) oneOf("history.status", past.status, ["delivered", "blocked"]);
  if (past.route !== undefined) text("history.route", past.route);
  if (past.handlerId !== undefined) text("history.handlerId", past.handlerId);
  if (past.recipient !== undefined) text("history.recipient", past.recipient);
}

function checkReached({ recipients, nonSensitive, sensitive }: ReachedCounts): void {
  texts("reached.recipients", recipients);
  count("reached.nonSensitive", nonSensitive);
  count("reached.sensitive", sensitive);
}

function checkSubjects(name: string, subjects: Subjects): void {
  if (typeof subjects !== "object" || subjects === null) fail(name, "must be [from, to] or {unknown}");
  if ("unknown" in subjects) return count(name, subjects.unknown);
  const [from, to] = subjects;
  if (subjects.length !== 2) fail(name, "must be [from, to] or {unknown}");
  count(name, from);
  count(name, to);
  if (from > to) fail(name, "the range is empty");
}

function checkPolicy(policy: LawFacts["policy"]): void {
  if (policy.profile !== undefined) oneOf("policy.profile", policy.profile, PROFILES);
  for (const name in policy) {
    if (name !== "profile") flag(`policy.${name}`, (policy as unknown as Members)[name]);
  }
}

function fail(name: string, what: string): never {
  throw new TypeError(`fact ${name} ${what}`);
}

function oneOf(name: string, value: unknown, words: readonly string[]): void {
  if (!words.includes(value as string)) fail(name, `must be one of ${words.join(", ")}`);
}

function flag(name: string, value: unknown): void {
  if (value !== true && value !== false) fail(name, "must be true or false");
}

function flags(group: string, members: Members, names: readonly string[]): void {
  for (const name of names) {
    const value = members[name];
    if (value !== true && value !== false) fail(`${group}.${name}`, "must be true or false");
  }
}

function count(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0) fail(name, "must be a whole number, 0 or more");
}

function text(name: string, value: unknown): void {
  if (typeof value !== "string" || value === "") fail(name, "must be a non-empty string");
}

function list<T>(name: string, value: readonly T[]): readonly T[] {
  if (!Array.isArray(value)) fail(name, "must be a list");
  return value;
}

function texts(name: string, value: unknown): void {
  if (!Array.isArray(value)) fail(name, "must be a list of strings");
  for (let at = 0; at < value.length; at++) text(name, value[at]);
}
