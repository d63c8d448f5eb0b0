// When a mechanism is active for this transfer (law.md §5). One that passes all its checks is enough; otherwise the
// reasons are the union over all on file. Dates are Beijing dates, first and last day included.

import type { LawData, MechanismType } from "../words.ts";
import { scaleCounts } from "./counting.ts";
import type { LawFacts, LawMechanism, MechanismScope } from "./facts.ts";
import { type Failure, failure } from "./failure.ts";
import type { Route, Situation } from "./situation.ts";
import { workingDaysAfter } from "./working-days.ts";
import { lastDayOfTerm } from "./year.ts";

export interface MechanismVerdict {
  /** The active mechanism, or null. */
  readonly active: LawMechanism | null;
  readonly failures: readonly Failure[];
  readonly warnings: readonly string[];
  /** Categories which, if they left only as pseudonyms, would make a mechanism active; null: hiding does not help. */
  readonly curedByHiding: readonly string[] | null;
}

const SC_OR_CERT: readonly MechanismType[] = ["STANDARD_CONTRACT", "CERTIFICATION", "SECURITY_ASSESSMENT"];
const WITH_GBA: readonly MechanismType[] = [...SC_OR_CERT, "GBA_STANDARD_CONTRACT"];
const ASSESSMENT: readonly MechanismType[] = ["SECURITY_ASSESSMENT"];
const ASSESSMENT_OR_GBA: readonly MechanismType[] = [...ASSESSMENT, "GBA_STANDARD_CONTRACT"];
const NONE: readonly MechanismType[] = [];

/** Rules that ask for the assessment only because of how many people there are. */
const BY_VOLUME: ReadonlySet<string> = new Set(["S3", "S4"]);

/** The types that satisfy a route. A passed assessment satisfies the lighter one too (PIPL Art. 38(1)(1)). */
export function mechanismsAllowed({ rule, outcome }: RuleHit, facts: LawFacts): readonly MechanismType[] {
  if (outcome === "SC_OR_CERT") return isInBayArea(facts) ? WITH_GBA : SC_OR_CERT;
  if (outcome !== "ASSESSMENT") return NONE;
  const gba = BY_VOLUME.has(rule) && facts.policy.gbaAboveLines && isInBayArea(facts);
  return gba ? ASSESSMENT_OR_GBA : ASSESSMENT;
}

type RuleHit = Pick<Route, "rule" | "outcome">;

function isInBayArea({ gba, flow: { destination } }: LawFacts): boolean {
  return gba.bothRegistered && (destination === "HK" || destination === "MO");
}

/** @param leaving categories that leave in the clear (PS-3). */
export function judgeMechanisms(
  s: Situation,
  allowed: readonly MechanismType[],
  leaving: readonly string[],
  calendar: LawData["calendar"],
): MechanismVerdict {
  const failures: Failure[] = [];
  let warned: { mechanism: LawMechanism; warnings: readonly string[] } | null = null;
  let curedByHiding: readonly string[] | null = null;
  for (const mechanism of s.facts.mechanisms) {
    const filing = filingOf(s, mechanism, calendar);
    const missing = failuresOf(s, mechanism, allowed, leaving, filing.code);
    if (missing.length === 0) {
      const verdict = { mechanism, warnings: filing.warnings };
      if (filing.warnings.length === 0) return active(verdict);
      warned ??= verdict;
    }
    if (missing.length === 1 && missing[0]!.code === "SCOPE_CATEGORY") {
      const { categories } = missing[0]!;
      if (curedByHiding === null || categories.length < curedByHiding.length) curedByHiding = categories;
    }
    failures.push(...missing);
  }
  if (warned !== null) return active(warned);
  if (s.facts.mechanisms.length === 0) failures.push(failure("NO_MECHANISM"));
  return { active: null, failures, warnings: [], curedByHiding };
}

function active(verdict: { mechanism: LawMechanism; warnings: readonly string[] }): MechanismVerdict {
  return { active: verdict.mechanism, failures: [], warnings: verdict.warnings, curedByHiding: null };
}

/** Every check of law.md §5, in its order. */
function failuresOf(
  s: Situation,
  mechanism: LawMechanism,
  allowed: readonly MechanismType[],
  leaving: readonly string[],
  filing: string | null,
): readonly Failure[] {
  const missing: Failure[] = [];
  const miss = (code: string, categories?: readonly string[]) =>
    missing.push(failure(code, mechanism.id ?? null, categories));
  if (!allowed.includes(mechanism.type)) miss("MECH_NOT_ALLOWED_FOR_ROUTE");
  const state = STATE[mechanism.status ?? "active"];
  if (state !== null) miss(state);
  const term = termOf(mechanism, s);
  if (term.from === null ? mechanism.status !== "pending" : s.ymd < term.from) miss("MECH_NOT_YET_EFFECTIVE");
  if (term.until !== null && s.ymd > term.until) miss("MECH_EXPIRED");
  if (filing !== null) miss(filing);
  if (isContract(mechanism) && mechanism.templateModified === true) miss("SC_TEMPLATE_MODIFIED");
  if (mechanism.changeNotRefiled === true) miss("MECH_CHANGE_NOT_REFILED");
  checkScope(s, mechanism, leaving, miss);
  return missing;
}

const STATE = {
  active: null,
  pending: "MECH_PENDING",
  suspended: "MECH_SUSPENDED",
  revoked: "MECH_REVOKED",
  terminated: "MECH_REVOKED",
  failed: "MECH_REVOKED",
} as const;

function checkScope(
  { facts, law, ymd, pi, counts: all }: Situation,
  { type, scope }: LawMechanism,
  leaving: readonly string[],
  miss: (code: string, categories?: readonly string[]) => void,
): void {
  const { flow } = facts;
  if (scope.recipients?.includes(flow.recipient) === false) miss("SCOPE_RECIPIENT");
  if (scope.purposes?.includes(flow.purpose) === false) miss("SCOPE_PURPOSE");
  if (scope.categories !== undefined) {
    const outside = leaving.filter((category) => !scope.categories!.includes(category));
    if (outside.length > 0) miss("SCOPE_CATEGORY", outside);
  }
  const counts = hasScale(scope) ? (scaleCounts(facts, law, ymd, pi, scope) ?? all) : all;
  const overNs = counts.nonSensitive > (scope.maxNonSensitive ?? Number.POSITIVE_INFINITY);
  const overS = counts.sensitive > (scope.maxSensitive ?? Number.POSITIVE_INFINITY);
  if (overNs || overS) miss("SCOPE_VOLUME");
  // A GBA contract forbids provision outside the area, whoever is listed.
  const listed = type === "GBA_STANDARD_CONTRACT" ? [] : (scope.onward ?? []);
  if (flow.onwardTo.some((onward) => !listed.includes(onward))) miss("SCOPE_ONWARD");
}

function hasScale({ maxNonSensitive, maxSensitive }: MechanismScope): boolean {
  return maxNonSensitive !== undefined || maxSensitive !== undefined;
}

/** Only a standard contract has a template and a filing; an assessment and a certification have neither. */
export function isContract({ type }: Pick<LawMechanism, "type">): boolean {
  return type === "STANDARD_CONTRACT" || type === "GBA_STANDARD_CONTRACT";
}

/** What a term hangs on besides the paper. */
export interface TermAsk {
  readonly law: Pick<Situation["law"], "ruleSet" | "from" | "lines">;
  readonly facts: { readonly policy: Pick<Situation["facts"]["policy"], "assessmentRunsThreeYears"> };
}

type Dated = Pick<LawMechanism, "type" | "issueDate" | "validFrom" | "validUntil" | "extendedUntil">;

/**
 * First and last day. A result and a certificate bind from their issue; a contract from its own day of effect, which no
 * other date stands for (SC Measures Art. 6). Only an assessment is extended (Provisions Art. 9); without an end, the
 * term runs from issue.
 */
export function termOf(mechanism: Dated, s: TermAsk): { from: string | null; until: string | null } {
  const { issueDate = null, extendedUntil = null } = mechanism;
  const from = mechanism.validFrom ?? (isContract(mechanism) ? null : issueDate);
  const begun = issueDate ?? from;
  const whole = begun === null ? null : lastDayOfTerm(begun, s.law.lines.mechanismYears);
  const stated = mechanism.validUntil ?? whole;
  if (mechanism.type !== "SECURITY_ASSESSMENT" || stated === null) return { from, until: stated };
  const until = runsWholeTerm(begun, s) ? later(stated, whole) : stated;
  return { from, until: later(until, extendedUntil) };
}

/** U-11: passed before the Provisions, which give results three years instead of two; it takes them to say so. */
function runsWholeTerm(begun: string | null, { law, facts: { policy } }: TermAsk): boolean {
  return policy.assessmentRunsThreeYears && law.ruleSet === "RS-2024" && begun !== null && begun < law.from;
}

function later(day: string, other: string | null): string {
  return other !== null && other > day ? other : day;
}

interface Filing {
  readonly code: string | null;
  readonly warnings: readonly string[];
}

const FILED: Filing = { code: null, warnings: [] };

/** SC Measures Art. 7: filed within ten working days after effect; until then export is open, with a warning. */
function filingOf(s: Situation, mechanism: LawMechanism, calendar: LawData["calendar"]): Filing {
  if (!isContract(mechanism)) return FILED;
  if (mechanism.filingRejected === true) return { code: "SC_FILING_REJECTED", warnings: [] };
  const { filedDate = null } = mechanism;
  if (filedDate !== null && filedDate <= s.ymd) return FILED;
  const { from } = termOf(mechanism, s);
  if (from === null) return FILED;
  const due = workingDaysAfter(from, s.law.lines.filingWorkingDays, calendar);
  const unknown = due > calendar.knownUntil ? ["CALENDAR_UNKNOWN"] : [];
  if (s.ymd <= due) return { code: null, warnings: ["SC_FILING_DUE", ...unknown] };
  if (!s.facts.policy.unfiledContractBlocks) return { code: null, warnings: ["SC_FILING_OVERDUE", ...unknown] };
  return { code: "SC_FILING_OVERDUE", warnings: [] };
}
