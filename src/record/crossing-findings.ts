// What was found, as an entry lists it: each with its place and whose it is; too many, by kind. Law: never a value.

import type { Action, Case, Decision } from "../words.ts";
import { quote } from "./canonical.ts";
import { list, word } from "./quoted.ts";
import { short } from "./short.ts";

/** Findings listed one by one; beyond this they are counted by kind and by what is done with them. */
const FINDINGS_LISTED_MAX = 50;

export function findings(c: Case, decision: Decision): string {
  const actionOf = doneBy(decision);
  if (c.findings.length > FINDINGS_LISTED_MAX) return kindsOf(c, actionOf);
  const owner = ownersOf(c);
  return list(c.findings, ({ certainty, path, sensitive, type, where }, i) => {
    return (
      `{"action":"${actionOf(i)}","certainty":${word(certainty)},"path":${quote(short(path, where === "file"))},` +
      `${owner?.has(i) === true ? `"person":${owner.get(i)},` : ""}"sensitive":${sensitive},"type":${word(type)}}`
    );
  });
}

/** What is done with a finding, by its index. */
function doneBy({ action, hide, remove }: Decision): (finding: number) => Action {
  const hidden = new Set(hide);
  const removed = new Set(remove);
  const otherwise = action === "block" ? "block" : "forward";
  return (i) => (!hidden.has(i) ? otherwise : removed.has(i) ? "redact" : "pseudonymize");
}

/**
 * Whose finding is whose: a place in `people`, all parts together. null: of the one person whom the entry names, as
 * nearly always, or of nobody.
 */
function ownersOf({ individuals, findings }: Case): ReadonlyMap<number, number> | null {
  const [only] = individuals;
  if (only === undefined || (individuals.length === 1 && only.findings.length === findings.length)) return null;
  return new Map(individuals.flatMap((one, person) => one.findings.map((i) => [i, person] as const)));
}

function kindsOf({ findings }: Case, actionOf: (finding: number) => Action): string {
  const kinds = new Map<string, { readonly action: Action; readonly type: string; n: number }>();
  for (let i = 0; i < findings.length; i++) {
    const [action, { type }] = [actionOf(i), findings[i]!];
    const kind = kinds.get(`${action} ${type}`);
    if (kind === undefined) kinds.set(`${action} ${type}`, { action, type, n: 1 });
    else kind.n += 1;
  }
  return list([...kinds.values()], ({ action, n, type }) => `{"action":"${action}","n":${n},"type":${word(type)}}`);
}
