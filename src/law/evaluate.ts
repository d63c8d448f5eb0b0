// The law as a function: facts and law data in, judgement out. It reads no clock and keeps no state, so the same facts
// give the same judgement for ever; a fact it cannot understand throws, and who calls it must then forbid.

import type { CountLimit, LawData, MechanismType, Outcome } from "../words.ts";
import { checkFacts } from "./check.ts";
import { isCounted, reachedAt } from "./counting.ts";
import { dutiesUnmet, isConsentNeeded } from "./duties.ts";
import type { LawFacts, LawMechanism, YearCounts } from "./facts.ts";
import { type Failure, failure } from "./failure.ts";
import { judgeMechanisms, type MechanismVerdict, mechanismsAllowed } from "./mechanisms.ts";
import { isVolumeWatched, routeOf } from "./routes.ts";
import { type Route, type Situation, situationOf } from "./situation.ts";
import { printedSwitches } from "./switches.ts";

export interface LawJudgement {
  /** The required route. */
  readonly outcome: Outcome;
  /** Whether mechanism and duties are in place for it. */
  readonly decision: "ALLOW" | "BLOCK";
  readonly mechanismsAllowed: readonly MechanismType[];
  readonly rule: string;
  /** Articles the rule rests on. */
  readonly basis: string;
  /** Codes of reasons.ts, each once. */
  readonly reasons: readonly string[];
  /** The same, with what each is about. */
  readonly failures: readonly Failure[];
  readonly warnings: readonly string[];
  readonly counts: YearCounts;
  /** The mechanism it relies on; null when none is needed, none is active, or it has no id. */
  readonly mechanism: string | null;
  readonly revision: string;
  readonly switches: Readonly<Record<string, string | boolean>>;
  readonly limit: CountLimit;
  /** Whether the people of this transfer go into the yearly count (CNT-3). */
  readonly counted: boolean;
  readonly consentNeeded: boolean;
  /** Categories that would have to leave as pseudonyms for every reason to fall; empty: hiding does not cure. */
  readonly curedByHiding: readonly string[];
}

const NO_MECHANISM_NEEDED: MechanismVerdict = { active: null, failures: [], warnings: [], curedByHiding: null };
const NONE: readonly never[] = [];

/**
 * Judges one transfer about one individual, or about many with the same facts (law.md §3–§6).
 * @throws TypeError on malformed facts or law data.
 */
export function evaluate(facts: LawFacts, data: LawData): LawJudgement {
  checkFacts(facts);
  const s = situationOf(facts, data);
  const { rule, outcome, basis } = routeOf(s);
  const allowed = mechanismsAllowed({ rule, outcome }, facts);
  const leaving = leavingOf(facts.data);
  const mechanism = allowed.length === 0 ? NO_MECHANISM_NEEDED : judgeMechanisms(s, allowed, leaving, data.calendar);
  const bound = s.pi && (outcome === "EXEMPT" || outcome === "SC_OR_CERT" || outcome === "ASSESSMENT");
  const duties = bound ? dutiesUnmet(s, rule, leaving) : NONE;
  const failures = outcome === "PROHIBITED" ? [failure(`PROHIBITED_${rule}`)] : joined(mechanism.failures, duties);
  const counted = s.pi && isCounted(rule, facts.policy.countExemptTransfers);
  return {
    outcome,
    decision: failures.length === 0 ? "ALLOW" : "BLOCK",
    mechanismsAllowed: allowed,
    rule,
    basis,
    reasons: failures.length === 0 ? NONE : [...new Set(failures.map((one) => one.code))],
    failures,
    warnings: warningsOf(s, mechanism),
    counts: counted ? s.counts : s.countsBefore,
    mechanism: mechanism.active?.id ?? null,
    revision: s.law.revision,
    switches: printedSwitches(facts.policy, facts.policy.profile ?? "strict"),
    limit: limitOf(s, { rule, outcome }, mechanism.active),
    counted,
    consentNeeded: bound && isConsentNeeded(s),
    curedByHiding: curedByHiding(mechanism, duties),
  };
}

/** PS-3: what leaves only as pseudonyms does not leave. */
function leavingOf(data: LawFacts["data"]): readonly string[] {
  const hidden = data.pseudonymisedCategories;
  return hidden.length === 0 ? data.categories : data.categories.filter((category) => !hidden.includes(category));
}

function warningsOf(s: Situation, mechanism: MechanismVerdict): readonly string[] {
  const late = s.ymd > s.law.reviewedUntil;
  const early = s.ymd < s.law.from;
  if (!late && !early) return mechanism.warnings;
  return [...mechanism.warnings, late ? "LAW_NOT_REVIEWED" : "BEFORE_FIRST_REVISION"];
}

/** Hiding cures only if nothing but NOT_NECESSARY stands against it and a mechanism lacks nothing but categories. */
function curedByHiding(mechanism: MechanismVerdict, duties: readonly Failure[]): readonly string[] {
  if (duties.some((duty) => duty.code !== "NOT_NECESSARY")) return [];
  const mechanismStands = mechanism.failures.length === 0;
  if (!mechanismStands && mechanism.curedByHiding === null) return [];
  if (mechanismStands && duties.length === 0) return NONE;
  return [...new Set([...(mechanism.curedByHiding ?? []), ...duties.flatMap((duty) => duty.categories)])];
}

/** Nearly always there are none of the first: then no list is made. */
function joined<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  return some.length === 0 ? others : [...some, ...others];
}

/** The highest counts, this transfer included, for which the judgement holds (§3's lines, Appendix I's scale). */
function limitOf(s: Situation, route: Pick<Route, "rule" | "outcome">, active: LawMechanism | null): CountLimit {
  const { rule } = route;
  const { exemptBelow, assessmentNonSensitive, assessmentSensitive, automotiveImportant } = s.law.lines;
  const banded = rule === "C1" || rule === "C2" || rule === "H2";
  const needsNoSensitive = rule === "E7" && s.facts.policy.volumeExemptionNeedsNoSensitive;
  const nonSensitive = rule === "E7" ? exemptBelow - 1 : banded ? assessmentNonSensitive - 1 : null;
  const sensitive = banded ? assessmentSensitive - 1 : needsNoSensitive ? 0 : null;
  const watched = isVolumeWatched(s, route) ? automotiveImportant - 1 : undefined;
  const lines = { nonSensitive: lower(nonSensitive, watched), sensitive: lower(sensitive, watched) };
  return active === null ? lines : withScale(lines, s.facts, active);
}

/** The mechanism's own scale: of its recipients' people where they were given apart, else of all. */
function withScale(lines: CountLimit, facts: LawFacts, { scope }: LawMechanism): CountLimit {
  const { recipients, maxNonSensitive, maxSensitive } = scope;
  const reached = recipients === undefined ? null : reachedAt(facts, recipients);
  if (reached === null)
    return {
      nonSensitive: lower(lines.nonSensitive, maxNonSensitive),
      sensitive: lower(lines.sensitive, maxSensitive),
    };
  const scale = {
    recipients: reached.recipients,
    nonSensitive: maxNonSensitive ?? null,
    sensitive: maxSensitive ?? null,
  };
  return { ...lines, scoped: [scale] };
}

function lower(line: number | null, cap: number | undefined): number | null {
  if (cap === undefined) return line;
  return line === null ? cap : Math.min(line, cap);
}
