// What a changed rule does. Law of this file, from decide's own: a block that is added or covers more never opens
// anything; a forward that goes or covers less never does; hiding more than forward never does. A rule that takes
// findings out for good changes what the law looks at (U-15), so it may open a way: all else loosens.

import type { Coverage } from "../covering.ts";
import type { Item } from "../schema.ts";
import { type Effect, isSame } from "./directions.ts";

type Rule = Item<"rules">;

/** @param others the rules of the other policy. */
export function addedRule(rule: Rule, old: readonly Rule[], coverage: Coverage): Effect {
  if (rule.action === "block") return "tightens";
  // what a forward lets through on the same or a wider match is let through already
  const known =
    rule.action === "forward" && old.some((one) => one.action === "forward" && isAsWide(one, rule, coverage));
  return known ? "neutral" : "loosens";
}

export function removedRule(rule: Rule, next: readonly Rule[], coverage: Coverage): Effect {
  if (rule.action === "forward") return "tightens";
  const kept = rule.action === "block" && next.some((one) => one.action === "block" && isAsWide(one, rule, coverage));
  return kept ? "neutral" : "loosens";
}

/** Two rules of one id that differ. */
export function changedRule(a: Rule, b: Rule, coverage: Coverage): Effect {
  const meaning = ({ action, match, when, proof }: Rule) => ({ action, match, when, proof });
  if (isSame(meaning(a), meaning(b))) return "neutral";
  const [widens, narrows] = [isAsWide(b, a, coverage), isAsWide(a, b, coverage)];
  if (b.action === "block") return a.action === "forward" || widens ? "tightens" : "loosens";
  if (a.action !== "forward") return "loosens";
  if (b.action === "forward") return narrows ? "tightens" : "loosens";
  return b.action === "pseudonymize" && b.proof === undefined && narrows ? "tightens" : "loosens";
}

/** Whether `wide` matches, or fails and so forbids, wherever `narrow` matches. A condition is opaque. */
function isAsWide(wide: Rule, narrow: Rule, coverage: Coverage): boolean {
  return (wide.when === undefined || wide.when === narrow.when) && coverage.covers(wide.match, narrow.match);
}
