// Papers of a way that are not in term, and about which the law itself asks nothing by date: policy says what becomes
// of the crossing. Law of this file: first and last day count; a paper without dates is always in term.

import type { FailureChoices, Legal, Policy, Term } from "../words.ts";
import type { WayOn } from "./papers.ts";
import type { OWN_WARNINGS } from "./reasons.ts";

/** A member of `failures`. */
export type Lapse = "classificationLapsed" | "contractLapsed" | "dueDiligenceLapsed";

export const LAPSES: readonly Lapse[] = ["classificationLapsed", "contractLapsed", "dueDiligenceLapsed"];

/** Where policy does not say it is closed. */
export function choiceOf(failures: FailureChoices, lapse: Lapse): "warn" | "block" {
  return failures[lapse] ?? "block";
}

/** Those of the way that are over on its day, or have not begun. */
export function lapsesOn(policy: Policy, { destination, recipient, day }: WayOn): readonly Lapse[] {
  const terms = termsOf(policy, destination, recipient);
  return LAPSES.filter((lapse) => {
    const { from, until } = terms[lapse] ?? {};
    return (from && day < from) || (until && until < day);
  });
}

type Terms = Readonly<Record<Lapse, Partial<Term> | null | undefined>>;

function termsOf(policy: Policy, destination: string, recipient: string): Terms {
  const { contract, dueDiligence } = policy.recipients.get(recipient) ?? {};
  return {
    classificationLapsed: policy.destinations.get(destination)?.classification,
    contractLapsed: contract,
    dueDiligenceLapsed: dueDiligence,
  };
}

/** What binds an export: a recipient's papers where people's data reach it, a classification whatever leaves. */
export function bindingOf(lapses: readonly Lapse[], { outcome }: Pick<Legal, "outcome">): readonly Lapse[] {
  if (outcome === "NOT_EXPORT") return [];
  return outcome === "NO_PI" ? lapses.filter((lapse) => lapse === "classificationLapsed") : lapses;
}

const LAPSED: keyof typeof OWN_WARNINGS = "PAPER_LAPSED";

/** Whatever policy chose, it is told. */
export function lapsing(lapses: readonly Lapse[], legal: Legal): Legal {
  if (lapses.length === 0 || bindingOf(lapses, legal).length === 0) return legal;
  return { ...legal, warnings: [...legal.warnings, LAPSED].sort() };
}
