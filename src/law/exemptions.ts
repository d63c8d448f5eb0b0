// The cases that need none of Art. 38's three ways, and the free-trade-zone lists. Law of this file: an exemption lifts
// the mechanism only, never a duty (Provisions Art. 10); E1–E5 are open to critical infrastructure, E6 is not (U-5).

import type { Route, Situation } from "./situation.ts";

export const SCENARIOS: readonly Route[] = [
  {
    rule: "E1",
    outcome: "EXEMPT",
    basis: "Provisions Art.4",
    when: ({ facts }) => facts.data.origin === "overseas" && !facts.data.domesticMixedIn,
  },
  {
    rule: "E2",
    outcome: "EXEMPT",
    basis: "Provisions Art.5(1)(1) / NDSMR Art.35(4)",
    when: (s) => rests(s, "contract"),
  },
  {
    rule: "E3",
    outcome: "EXEMPT",
    basis: "Provisions Art.5(1)(2) / NDSMR Art.35(5)",
    when: (s) => rests(s, "hr"),
  },
  {
    rule: "E4",
    outcome: "EXEMPT",
    basis: "Provisions Art.5(1)(3) / NDSMR Art.35(7)",
    when: (s) => rests(s, "emergency"),
  },
  {
    rule: "E5",
    outcome: "EXEMPT",
    basis: "NDSMR Art.35(6)",
    when: (s) => s.law.statutoryDutyExempts && rests(s, "statutory"),
  },
];

export const FREE_TRADE_ZONES: readonly Route[] = [
  {
    rule: "E6",
    outcome: "EXEMPT",
    basis: "Provisions Art.6",
    when: (s) => inZone(s) && s.facts.ftz.result === "outside_list",
  },
  {
    rule: "F1",
    outcome: "SC_OR_CERT",
    basis: "Provisions Art.6 (FTZ negative list)",
    when: (s) => inZone(s) && s.facts.ftz.result === "listed_sc_or_cert",
  },
  {
    rule: "F1",
    outcome: "ASSESSMENT",
    basis: "Provisions Art.6 (FTZ negative list)",
    when: (s) => inZone(s) && s.facts.ftz.result === "listed_assessment",
  },
];

function rests(s: Situation, basis: "contract" | "hr" | "emergency" | "statutory"): boolean {
  return s.facts.basis.legalBasis === basis && s.basisMadeOut;
}

function inZone({ facts, ciio }: Situation): boolean {
  return facts.ftz.registered && facts.ftz.activityInZone && (!ciio || facts.policy.ftzOpenToCiio);
}
