// What all opinions together want done to the body. Law of this file: the strictest action that anybody asks for a
// finding is the one it gets (redact before pseudonymize), and a finding that cannot be rewritten is never passed over.

import type { Case, Opinion } from "../words.ts";
import { proofOn } from "./papers.ts";
import { isPersonal } from "./personal.ts";
import { routeFactsOf } from "./route-facts.ts";

export interface Plan {
  /** Indexes of findings that do not leave as they are, ascending. */
  readonly hide: readonly number[];
  /** Those of them that leave no trace. */
  readonly remove: readonly number[];
  /** The proof that covers what is left, or null. */
  readonly proof: string | null;
}

const NOTHING: Plan = { hide: [], remove: [], proof: null };

/** An opinion that rewriting would content. */
export function isRewriting({ actions }: Opinion): boolean {
  return actions.includes("pseudonymize") || actions.includes("redact");
}

export function planOf(c: Case, opinions: readonly Opinion[]): Plan {
  if (!opinions.some(isRewriting)) return NOTHING;
  const asking = opinions.filter(isRewriting);
  const hide = new Set(asking.flatMap((one) => concerned(c, one)));
  const remove = new Set(asking.flatMap((one) => removedBy(c, one)));
  return { hide: ascending(hide), remove: ascending(remove), proof: proofOf(c, asking) };
}

/** An empty `hide` means everything about somebody. */
function concerned(c: Case, { hide }: Opinion): readonly number[] {
  return hide.length > 0 ? hide : personal(c);
}

/** A rule that wants nothing but redaction wants it for all that it names; one that wants both says for which. */
function removedBy(c: Case, opinion: Opinion): readonly number[] {
  if (!opinion.actions.includes("redact")) return [];
  return opinion.remove ?? concerned(c, opinion);
}

function personal({ findings }: Case): readonly number[] {
  return findings.flatMap((finding, i) => (isPersonal(finding) ? [i] : []));
}

function ascending(indexes: ReadonlySet<number>): readonly number[] {
  return [...indexes].sort((a, b) => a - b);
}

/**
 * A proof is about texts in which nothing is left: whoever names it rewrites everything about somebody, and names and
 * addresses have been read wherever they may stand. A finding in the clear, and it proves nothing.
 */
function proofOf(c: Case, asking: readonly Opinion[]): string | null {
  if (c.unread !== undefined || c.policy.names?.everywhere !== true) return null;
  const all = personal(c);
  if (all.length === 0) return null;
  const covering = asking.filter((one) => {
    const mine = new Set(concerned(c, one));
    return one.effect === "permit" && all.every((i) => mine.has(i));
  });
  const named = covering.flatMap(({ proofs }) => proofs ?? []).sort();
  if (named.length === 0) return null;
  try {
    const { way } = routeFactsOf(c);
    return named.find((id) => proofOn(c.policy, id, way) !== null) ?? null;
  } catch {
    return null; // a way that the policy does not know: the law's rule will say so
  }
}
