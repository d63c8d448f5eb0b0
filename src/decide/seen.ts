// What rules ask of the findings, read once a Case. Law of this file: a summary says nothing that the findings do not.

import type { Case } from "../words.ts";
import { add, type Kinds, noKinds } from "./kinds.ts";
import { isPersonal } from "./personal.ts";

export interface Seen {
  readonly kinds: Kinds;
  /** Something about somebody. */
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly minor: boolean;
}

/** One Case is asked about by many rules before the next comes: one place, filled anew, is enough. */
const seen = { kinds: noKinds(), personal: false, sensitive: false, minor: false };
let of: Pick<Case, "findings" | "individuals"> | null = null;

/** The judgings of one crossing share their findings. Read it at once: the next Case overwrites it. */
export function seenOf(c: Case): Seen {
  if (of?.findings === c.findings && of.individuals === c.individuals) return seen;
  seen.kinds.fill(0);
  seen.personal = false;
  seen.sensitive = false;
  for (const finding of c.findings) {
    if (finding.excused !== undefined) continue;
    add(seen.kinds, finding.type);
    if (!isPersonal(finding)) continue;
    seen.personal = true;
    seen.sensitive ||= finding.sensitive;
  }
  seen.minor = c.individuals.some(({ minor }) => minor === true);
  of = c;
  return seen;
}

/** Lets go of what was read last. */
export function forgetSeen(): void {
  of = null;
}
