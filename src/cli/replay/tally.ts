// What a draft would change, added up. Law: memory does not grow with the ledger: crossings are counted by what changes
// for them, and one of each is named.

import type { Verdict } from "./again.ts";
import type { Lack } from "./entry.ts";

/** Crossings that the draft treats otherwise in one and the same way. */
export interface Change {
  /** `pseudonymize`, or `forward (observed)`. */
  readonly from: string;
  readonly to: string;
  /** The rule that would decide. */
  readonly rule: string;
  readonly recipient: string;
  /** Codes that would stand in its way. */
  readonly reasons: readonly string[];
  n: number;
  /** One of them. */
  readonly example: string;
}

export interface Tally {
  crossings: number;
  same: number;
  /** The same is done, on other grounds: rule, mechanism or reasons. */
  regrounded: number;
  readonly changes: Map<string, Change>;
  readonly lacks: Map<Lack, number>;
}

export function emptyTally(): Tally {
  return { crossings: 0, same: 0, regrounded: 0, changes: new Map(), lacks: new Map() };
}

export function add(tally: Tally, id: string, before: Verdict, after: Verdict | Lack): void {
  tally.crossings += 1;
  if (typeof after === "string") {
    tally.lacks.set(after, (tally.lacks.get(after) ?? 0) + 1);
    return;
  }
  const [from, to] = [doneOf(before), doneOf(after)];
  if (from !== to || before.recipient !== after.recipient) addChange(tally, id, from, to, after);
  else if (JSON.stringify(before) === JSON.stringify(after)) tally.same += 1;
  else tally.regrounded += 1;
}

function addChange({ changes }: Tally, id: string, from: string, to: string, after: Verdict): void {
  const { rule, recipient, reasons } = after;
  const key = JSON.stringify([from, to, rule, recipient, reasons]);
  const known = changes.get(key);
  if (known === undefined) changes.set(key, { from, to, rule, recipient, reasons, n: 1, example: id });
  else known.n += 1;
}

function doneOf({ action, would }: Verdict): string {
  return would === null ? action : `${action} (observed)`;
}

/** Largest first; of equals in a fixed order. */
export function changesOf({ changes }: Tally): readonly Change[] {
  return [...changes].sort(([a, one], [b, other]) => other.n - one.n || (a < b ? -1 : 1)).map(([, change]) => change);
}
