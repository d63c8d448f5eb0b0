// The two readings of the law side by side. Law of this file: what law.md does not speak of is not compared (the law
// data's own warnings, article texts); sets are compared as sets; who throws disagrees with who answers.
import { evaluate } from "../../src/law/evaluate.ts";
import { withDefaults } from "../../src/law/facts.ts";
import type { LawData } from "../../src/words.ts";
import { caseOf } from "./generate.ts";
import { type Answer, judge } from "./law.ts";
import { shrink } from "./shrink.ts";

export interface Disagreement {
  readonly facts: unknown;
  readonly model: unknown;
  readonly law: unknown;
}

function set(items: readonly string[]): readonly string[] {
  return [...new Set(items)].sort();
}

/** @returns what src/law says, in the model's words. @throws TypeError as it does. */
export function judgeByLaw(facts: unknown, data: LawData): Answer {
  const { outcome, decision, rule, mechanismsAllowed, reasons, warnings, counts } = evaluate(withDefaults(facts), data);
  return {
    outcome,
    decision,
    rule,
    mechanismsAllowed: set(mechanismsAllowed),
    reasons: set(reasons),
    warnings: set(warnings.filter((warning) => warning.startsWith("SC_"))),
    counts: { nonSensitive: counts.nonSensitive, sensitive: counts.sensitive },
  };
}

function answerOf(judged: () => Answer): unknown {
  try {
    return judged();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** @returns null where the two agree. */
export function disagreement(facts: object, data: LawData): Disagreement | null {
  return differing(
    facts,
    answerOf(() => judge(facts)),
    data,
  );
}

function differing(facts: object, model: unknown, data: LawData): Disagreement | null {
  const law = answerOf(() => judgeByLaw(facts, data));
  return JSON.stringify(model) === JSON.stringify(law) ? null : { facts, model, law };
}

/** @returns the smallest facts found on which the two still disagree, neither of them by throwing. */
export function smallest({ facts }: Disagreement, data: LawData): Disagreement {
  const small = shrink(facts as object, (fewer) => {
    const found = disagreement(fewer, data);
    return found !== null && !JSON.stringify(found).includes('"error"');
  });
  return disagreement(small, data)!;
}

/** How often each rule, reason and warning was met: what a generator never reaches it does not compare. */
export type Met = Map<string, number>;

/**
 * Cases number `first` to `last` (not included) of a seed.
 * @param met counts what the model's answers met. @returns where the two disagree, as generated
 */
export function compareCases(seed: number, first: number, last: number, data: LawData, met: Met): Disagreement[] {
  const found: Disagreement[] = [];
  for (let index = first; index < last; index += 1) {
    const facts = caseOf(seed, index);
    const model = judge(facts);
    const { rule, decision, reasons, warnings } = model;
    for (const what of [rule, `${rule} ${decision}`, ...reasons, ...warnings]) met.set(what, (met.get(what) ?? 0) + 1);
    const one = differing(facts, model, data);
    if (one !== null) found.push(one);
  }
  return found;
}
