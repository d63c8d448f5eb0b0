// What the payload is made of: is it personal information, is it sensitive, what of it leaves (sections 2 and 4).
import type { Facts } from "./facts.ts";

/** A2: only what is anonymised and proven so is outside the law; A3, A4: every other form still is about people. */
export function isAnonymised(facts: Facts): boolean {
  return facts.data.form === "anonymised" && facts.data.anonymisationProven;
}

/** @returns whether personal information of anybody is in the payload, as the law sees it. */
export function isPersonal(facts: Facts): boolean {
  return facts.data.containsPI && !isAnonymised(facts);
}

/** By original class (PS-2). Not known counts as sensitive; everything about children under 14 is. */
export function isSensitive(facts: Facts): boolean {
  if (facts.data.subjectsUnder14) return true;
  if (facts.data.sensitive === "unknown") return true;
  return facts.data.sensitive.length > 0;
}

/** @returns whether something in the payload is ordinary personal information, so that it counts as NS. */
export function isOrdinary(facts: Facts): boolean {
  const { categories, sensitive, subjectsUnder14 } = facts.data;
  if (subjectsUnder14) return false;
  if (sensitive === "unknown") return true;
  if (sensitive.length === 0) return true;
  return categories.some((category) => !sensitive.includes(category));
}

/** PS-3: categories that leave only as tokens do not leave. */
export function categoriesLeaving(facts: Facts): readonly string[] {
  return facts.data.categories.filter((category) => !facts.data.pseudonymisedCategories.includes(category));
}

/** @returns whether all of these are among those. */
export function isWithin(these: readonly string[], those: readonly string[]): boolean {
  return these.every((one) => those.includes(one));
}
