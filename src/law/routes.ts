// The order of the law (law.md §3), first match wins. The last line always matches: what no other rule names is C1.

import { FREE_TRADE_ZONES, SCENARIOS } from "./exemptions.ts";
import type { Route, Situation } from "./situation.ts";

const BEFORE_EVERYTHING: readonly Route[] = [
  {
    rule: "N0",
    outcome: "NOT_EXPORT",
    basis: "PIPL Art.38 (no provision outside the mainland); CAC Q&A 2025-10",
    when: ({ facts: { flow } }) => flow.destination === "mainland" || flow.kind === "in_country_access",
  },
  {
    rule: "X1",
    outcome: "PROHIBITED",
    basis: "NDSMR Art.63 / DSL Art.21 (core data, state secrets)",
    when: ({ facts: { data } }) => data.importance === "core" || data.importance === "state_secret",
  },
  {
    rule: "X2",
    outcome: "PROHIBITED",
    basis: "PIPL Art.42",
    when: ({ facts: { flow } }) => flow.recipientRestricted,
  },
  {
    rule: "X3",
    outcome: "PROHIBITED",
    basis: "PIPL Art.41 / DSL Art.36",
    when: ({ facts: { flow } }) => flow.foreignAuthorityRequest && !flow.prcAuthorityApproval,
  },
  {
    rule: "X4",
    outcome: "PROHIBITED",
    basis: "SA Measures Art.17 / Provisions Art.12",
    when: ({ facts: { flow } }) => flow.regulatorStopOrder,
  },
  {
    rule: "I1",
    outcome: "ASSESSMENT",
    basis: "Provisions Art.7(1) / NDSMR Art.37",
    when: (s) => IMPORTANT.has(s.facts.data.importance) || isImportantByVolume(s),
  },
  {
    rule: "A1",
    outcome: "NO_PI",
    basis: "Provisions Art.3",
    when: ({ facts: { data } }) => !data.containsPI,
  },
  {
    rule: "A2",
    outcome: "NO_PI",
    basis: "PIPL Art.4 + Art.73(4)",
    when: ({ pi }) => !pi,
  },
];

/** `self_identified` alone is not important data for export (Provisions Art. 2); `unknown` is treated as notified. */
const IMPORTANT: ReadonlySet<string> = new Set(["notified", "published", "unknown"]);

const UNDER_RS_2022: readonly Route[] = [
  {
    rule: "H1",
    outcome: "ASSESSMENT",
    basis: "SA Measures 2022 Art.4",
    when: (s) => isOld(s) && (s.ciio || s.facts.exporter.stateOrgan || processesMany(s) || manyNs(s) || manyS(s)),
  },
  { rule: "H2", outcome: "SC_OR_CERT", basis: "SC Measures 2023 Art.4", when: isOld },
];

const BY_WHO_AND_HOW_MANY: readonly Route[] = [
  { rule: "S1", outcome: "ASSESSMENT", basis: "Provisions Art.7(1)(1) / PIPL Art.40", when: (s) => s.ciio },
  { rule: "S2", outcome: "ASSESSMENT", basis: "PIPL Art.36", when: (s) => s.facts.exporter.stateOrgan },
  {
    rule: "E7",
    outcome: "EXEMPT",
    basis: "Provisions Art.5(1)(4)",
    when: (s) =>
      !s.sensitive &&
      s.counts.nonSensitive < s.law.lines.exemptBelow &&
      (s.counts.sensitive === 0 || !s.facts.policy.volumeExemptionNeedsNoSensitive),
  },
  { rule: "S3", outcome: "ASSESSMENT", basis: "Provisions Art.7(1)(2)", when: manyNs },
  { rule: "S4", outcome: "ASSESSMENT", basis: "Provisions Art.7(1)(2)", when: manyS },
  { rule: "C2", outcome: "SC_OR_CERT", basis: "Provisions Art.8", when: (s) => s.sensitive },
  { rule: "C1", outcome: "SC_OR_CERT", basis: "Provisions Art.8", when: () => true },
];

export const ROUTES: readonly Route[] = [
  ...BEFORE_EVERYTHING,
  ...UNDER_RS_2022,
  ...SCENARIOS,
  ...FREE_TRADE_ZONES,
  ...BY_WHO_AND_HOW_MANY,
];

/** The rule that governs. */
export function routeOf(situation: Situation): Route {
  return ROUTES.find((route) => route.when(situation))!;
}

/** U-10: personal information of an automotive exporter; who sends none of it sends nothing important by this. */
function countsTowardsImportance({ pi, facts: { exporter, policy } }: Situation): boolean {
  return policy.automotiveVolumeImportant && exporter.sector === "automotive" && pi;
}

/** One counter reaches the line: who has both kinds of data is in both, so their sum says nothing. */
function isImportantByVolume(s: Situation): boolean {
  const { nonSensitive, sensitive } = s.counts;
  return countsTowardsImportance(s) && Math.max(nonSensitive, sensitive) >= s.law.lines.automotiveImportant;
}

/** Whether more people would make the data important (I1): not where the order stopped at or before that rule. */
export function isVolumeWatched(s: Situation, { rule, outcome }: Pick<Route, "rule" | "outcome">): boolean {
  return countsTowardsImportance(s) && rule !== "I1" && outcome !== "NOT_EXPORT" && outcome !== "PROHIBITED";
}

function isOld(s: Situation): boolean {
  return s.law.ruleSet === "RS-2022";
}

function processesMany(s: Situation): boolean {
  return s.facts.exporter.processedTotal >= s.law.lines.assessmentProcessed;
}

function manyNs(s: Situation): boolean {
  return s.counts.nonSensitive >= s.law.lines.assessmentNonSensitive;
}

function manyS(s: Situation): boolean {
  return s.counts.sensitive >= s.law.lines.assessmentSensitive;
}
