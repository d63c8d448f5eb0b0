// Random facts, most of them near a line of the law: one below, on it, one above; the second before and after midnight
// in Beijing; the last day and the day after. A case states some groups of facts and leaves the others to the defaults.
import { dayOf, isWorkingDay } from "./days.ts";
import { type Random, randomOf } from "./random.ts";

type Json = Record<string, unknown>;

const LINES = [10_000, 100_000, 1_000_000];
const CATEGORIES = ["name", "phone", "email", "medical", "bank_account"];
const RECIPIENTS = ["R1", "R2"];
const PURPOSES = ["customer_support", "model_training"];
const ONWARD = ["V1", "V2"];
const RULES = [
  "N0",
  "A1",
  "A2",
  "E1",
  "E2",
  "E3",
  "E4",
  "E5",
  "E6",
  "E7",
  "F1",
  "S1",
  "S3",
  "S4",
  "C1",
  "C2",
  "H1",
  "H2",
];
const DAY_MS = 86_400_000;

/** Midnights of Beijing at which something changes, and one at which nothing does. */
const MIDNIGHTS = [
  "2022-09-01",
  "2023-01-01",
  "2023-06-01",
  "2024-01-01",
  "2024-03-22",
  "2025-01-01",
  "2026-01-01",
  "2026-03-17",
  "2026-10-09",
  "2027-01-01",
  "2027-03-21",
  "2029-02-01",
].map((day) => Date.parse(`${day}T00:00:00+08:00`));
const FIRST_MS = MIDNIGHTS[0]!;
const LAST_MS = Date.parse("2029-12-31T00:00:00+08:00");

/** The same instant, as written in UTC, in Beijing or in New York. */
function written(ms: number, r: Random): string {
  const [offset, hours] = r.pick([
    ["Z", 0],
    ["+08:00", 8],
    ["+08:00", 8],
    ["-05:00", -5],
  ] as const);
  return new Date(ms + hours * 3_600_000).toISOString().slice(0, 19) + offset;
}

function instantNear(ms: number, r: Random): string {
  return written(ms + 1000 * r.pick([-DAY_MS / 1000, -1, 0, 1, DAY_MS / 1000]), r);
}

function instant(r: Random): string {
  if (r.once(2)) return instantNear(r.pick(MIDNIGHTS), r);
  return written(FIRST_MS + 1000 * r.between(0, (LAST_MS - FIRST_MS) / 1000), r);
}

/** @returns the day so many days after another. */
function plus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A day on, just before or just after another; now and then far away. */
function dayNear(day: string, r: Random): string {
  return plus(day, r.pick([-1096, -1095, -30, -1, 0, 1, 30, 1095, 1096]));
}

function count(r: Random): number {
  if (r.once(4)) return r.between(0, 3);
  return r.pick(LINES) + r.between(-2, 2);
}

/** People from the first, or from somewhere near a line: neighbours overlap, touch or miss each other by one. */
function people(r: Random): unknown {
  if (r.once(4)) return { unknown: r.pick([0, 1, 2, 500, 9_999, 99_999]) };
  const from = r.once(2) ? 1 : Math.max(1, r.pick(LINES) + r.between(-2, 2));
  return [from, r.once(3) ? from : Math.max(from, r.pick(LINES) + r.between(-2, 2))];
}

function past(at: string, r: Random): Json {
  const year = Number(dayOf(at).slice(0, 4));
  const newYear = Date.parse(`${r.pick([year, year, year - 1])}-01-01T00:00:00+08:00`);
  const ms = r.once(3) ? Date.parse(at) - 1000 * r.between(0, 40_000_000) : newYear + 1000 * r.between(-1, 1);
  return {
    at: written(ms, r),
    subjects: people(r),
    classes: r.pick([["NS"], ["S"], ["NS", "S"]]),
    ...(r.once(8) && { handlerId: r.pick(["H1", "H2"]) }),
    ...(r.once(8) && { status: r.pick(["delivered", "blocked"]) }),
    ...(!r.once(8) && { route: r.once(2) ? r.pick(["E7", "C1", "C2"]) : r.pick(RULES) }),
    ...(!r.once(3) && { recipient: r.pick(RECIPIENTS) }),
  };
}

function countsNear(r: Random): Json {
  return { nonSensitive: count(r), sensitive: r.once(2) ? 0 : count(r) };
}

/** Of one recipient, of the other, of both: some of them, in any order. */
function reached(r: Random): Json[] {
  const sets = r.some([["R1"], ["R2"], r.once(2) ? ["R1", "R2"] : ["R2", "R1"]]);
  return sets.map((recipients) => ({ recipients, ...countsNear(r) }));
}

function counting(at: string, r: Random): Json {
  if (r.once(5)) return {};
  if (r.once(2)) return { counts: countsNear(r), ...(r.once(2) && { reached: reached(r) }) };
  return {
    history: Array.from({ length: r.between(0, 4) }, () => past(at, r)),
    ...(!r.once(8) && { subjects: people(r) }),
  };
}

function exporter(r: Random): Json {
  return {
    ...(r.once(5) && { ciio: r.pick([true, "unknown", false]) }),
    ...(r.once(4) && { stateOrgan: r.once(2) }),
    ...(r.once(3) && { processedTotal: 1_000_000 + r.between(-1, 1) }),
    ...(r.once(4) && { role: r.pick(["handler", "entrusted_processor"]), authorisedByHandler: r.once(2) }),
    ...(r.once(6) && { handlerId: r.pick(["H1", "H2"]) }),
    ...(r.once(2) && { sector: r.pick(["automotive", "automotive", "general"]) }),
  };
}

function flow(r: Random): Json {
  return {
    ...(r.once(3) && { destination: r.pick(["overseas", "HK", "MO", "TW", "HK", "MO", "mainland"]) }),
    ...(r.once(4) && { kind: r.pick(["push", "remote_access", "logging", "in_country_access"]) }),
    ...(r.once(4) && { recipient: r.pick(RECIPIENTS) }),
    ...(r.once(4) && { purpose: r.pick(PURPOSES) }),
    ...(r.once(4) && { onwardTo: r.some(ONWARD) }),
    ...(r.once(24) && { recipientRestricted: r.once(2) }),
    ...(r.once(16) && { foreignAuthorityRequest: r.once(2), prcAuthorityApproval: r.once(2) }),
    ...(r.once(24) && { regulatorStopOrder: r.once(2) }),
  };
}

const FORMS = ["plain", "pseudonymised", "de_identified", "encrypted", "anonymised", "anonymised"];
const IMPORTANCE = ["none", "self_identified", "notified", "published", "unknown", "core", "state_secret"];

function data(r: Random): Json {
  const categories = r.some(CATEGORIES);
  return {
    ...(!r.once(3) && {
      categories,
      sensitive: r.once(2) ? [] : r.once(8) ? "unknown" : categories.filter(() => r.once(2)),
    }),
    ...(r.once(10) && { containsPI: r.once(4) }),
    ...(r.once(3) && { form: r.pick(FORMS), anonymisationProven: r.once(2) }),
    ...(r.once(3) && { pseudonymisedCategories: r.some(CATEGORIES) }),
    ...(r.once(6) && { importance: r.pick(IMPORTANCE) }),
    ...(r.once(8) && { origin: r.pick(["domestic", "overseas", "overseas"]), domesticMixedIn: r.once(2) }),
    ...(r.once(10) && { subjectsUnder14: !r.once(3) }),
    ...(r.once(4) && { neededForPurpose: r.once(3) ? null : r.some(CATEGORIES) }),
  };
}

const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  contract: ["individualIsParty", "necessary"],
  hr: ["employee", "labourRules", "collectiveContract", "necessary"],
  emergency: ["imminent", "necessary"],
  statutory: ["prcDuty", "necessary"],
};

function basis(r: Random): Json {
  const legalBasis = r.pick(["consent", ...Object.keys(CONDITIONS)]);
  const names = CONDITIONS[legalBasis];
  if (names === undefined || r.once(12)) return { legalBasis };
  return { legalBasis, [legalBasis]: Object.fromEntries(names.map((name) => [name, !r.once(5)])) };
}

function scope(r: Random): Json {
  return {
    ...(!r.once(8) && { recipients: r.once(8) ? r.some(RECIPIENTS) : RECIPIENTS }),
    ...(!r.once(8) && { purposes: r.once(8) ? r.some(PURPOSES) : PURPOSES }),
    ...(r.once(2) && { categories: r.once(4) ? r.some(CATEGORIES) : CATEGORIES }),
    ...(r.once(2) && { onward: r.once(3) ? r.some(ONWARD) : ONWARD }),
    ...(r.once(6) && { maxNonSensitive: count(r) }),
    ...(r.once(6) && { maxSensitive: count(r) }),
  };
}

const TYPES = [
  "SECURITY_ASSESSMENT",
  "STANDARD_CONTRACT",
  "STANDARD_CONTRACT",
  "CERTIFICATION",
  "GBA_STANDARD_CONTRACT",
];
const STATUSES = ["active", "pending", "suspended", "revoked", "terminated", "failed"];

/** A day of effect whose tenth working day is today, or the working day before or after it. */
function startNearDeadline(today: string, r: Random): string {
  let start = plus(today, r.pick([-1, 0, 0, 1]));
  for (let left = 10; left > 0; start = plus(start, -1)) if (isWorkingDay(start)) left -= 1;
  return start;
}

function startOf(today: string, r: Random): string | null {
  if (r.once(12)) return null;
  if (r.once(12)) return r.pick(["2024-03-21", "2024-03-22"]);
  if (r.once(4)) return dayNear(today, r);
  return r.once(3) ? startNearDeadline(today, r) : "2022-01-05";
}

function filedOn(today: string, validFrom: string | null, r: Random): Json {
  if (r.once(3)) return {};
  if (r.once(3)) return { filedDate: r.once(2) ? null : dayNear(r.once(2) ? today : (validFrom ?? today), r) };
  return { filedDate: "2022-01-06" };
}

/** One that lacks nothing but, as the case may be, the right type. */
function sound(r: Random): Json {
  const dates = { validFrom: "2022-01-05", validUntil: "2033-01-04", filedDate: "2022-01-06" };
  return { type: r.pick(TYPES), ...dates, scope: { onward: ONWARD } };
}

function mechanism(today: string, r: Random): Json {
  const validFrom = startOf(today, r);
  return {
    type: r.pick(TYPES),
    validFrom,
    ...(!r.once(8) && { validUntil: r.once(8) ? null : r.once(4) ? dayNear(today, r) : "2033-01-04" }),
    ...(r.once(8) && { status: r.pick(STATUSES) }),
    ...(r.once(8) && { issueDate: dayNear(today, r) }),
    ...(r.once(8) && { extendedUntil: r.once(4) ? null : dayNear(today, r) }),
    ...filedOn(today, validFrom, r),
    ...(r.once(16) && { filingRejected: r.once(2) }),
    ...(r.once(16) && { templateModified: r.once(2) }),
    ...(r.once(16) && { changeNotRefiled: r.once(2) }),
    scope: scope(r),
  };
}

function consent(at: string, r: Random): Json | null {
  if (r.once(6)) return null;
  const ms = Date.parse(at);
  return {
    ...(!r.once(3) && { recipients: r.once(4) ? r.some(RECIPIENTS) : RECIPIENTS }),
    ...(!r.once(3) && { purposes: r.once(4) ? r.some(PURPOSES) : PURPOSES }),
    ...(r.once(4) && { categories: r.once(3) ? r.some(CATEGORIES) : CATEGORIES }),
    ...(r.once(6) && { sensitiveCategories: r.once(3) ? r.some(CATEGORIES) : CATEGORIES }),
    ...(r.once(8) && { separate: r.once(2) }),
    ...(r.once(2) && { guardian: r.once(2) }),
    ...(r.once(6) && { sensitiveNotice: r.once(2) }),
    ...(r.once(6) && { givenAt: instantNear(ms, r) }),
    ...(r.once(6) && { withdrawnAt: instantNear(ms, r) }),
    ...(r.once(6) && { validUntil: r.once(2) ? instantNear(ms, r) : dayNear(dayOf(at), r) }),
  };
}

/** All that facts.policy may carry. */
export const SWITCHES = [
  "countExemptTransfers",
  "hrRequireBoth",
  "countBothKinds",
  "volumeExemptionNeedsNoSensitive",
  "ftzOpenToCiio",
  "modelWeightsNeedTest",
  "transitDutiesChecked",
  "smallHandlerRelief",
  "automotiveVolumeImportant",
  "assessmentRunsThreeYears",
  "unfiledContractBlocks",
  "gbaAboveLines",
  "equalNamesOnePerson",
  "removalReclassifies",
  "strictSeparateConsent",
];
const FTZ = ["none", "no_list", "outside_list", "listed_sc_or_cert", "listed_assessment"];

/** @returns the facts of one case, as JSON has them. */
export function factsOf(r: Random): Json {
  const at = instant(r);
  const today = dayOf(at);
  return {
    at,
    ...(r.once(2) && { exporter: exporter(r) }),
    ...(!r.once(3) && { flow: flow(r) }),
    ...(!r.once(3) && { data: data(r) }),
    ...(r.once(2) && { basis: basis(r) }),
    ...(r.once(4) && {
      ftz: { registered: !r.once(4), ...(r.once(2) && { activityInZone: !r.once(3) }), result: r.pick(FTZ) },
    }),
    ...(r.once(3) && { gba: { bothRegistered: !r.once(3) } }),
    ...counting(at, r),
    ...(!r.once(5) && {
      mechanisms: Array.from({ length: r.pick([0, 1, 1, 2]) }, () => (r.once(4) ? sound(r) : mechanism(today, r))),
    }),
    ...(r.once(2) && { consent: consent(at, r) }),
    ...(r.once(8) && { notice: { missing: r.some(["rights", "recipient_contact"]) } }),
    ...(r.once(8) && { pipia: { done: !r.once(3), ...(r.once(2) && { coversScenario: r.once(2) }) } }),
    ...(r.once(3) && {
      policy: Object.fromEntries(r.some(SWITCHES).map((name) => [name, r.once(2)])),
    }),
  };
}

/** @returns the facts of case number `index` under a seed: any one can be made again alone. */
export function caseOf(seed: number, index: number): Json {
  return factsOf(randomOf(Math.imul(seed, 0x9e3779b1) ^ index));
}
