// What rules ask of the findings, read once a Case. Law of this file: a summary says nothing that the findings do not.

import type { Case } from "../../../words.ts";
import { isPersonal } from "../../personal.ts";
import { add, type Kinds, noKinds } from "./kinds.ts";

export interface Seen {
  readonly kinds: Kinds;
  /** Something about somebody. */
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly minor: boolean;
}

let last: {
  readonly findings: Case["findings"];
  readonly individuals: Case["individuals"];
  readonly seen: Seen;
} | null = null;

/** The judgings of one crossing share their findings. */
export function seenOf({ findings, individuals }: Case): Seen {
  if (last?.findings === findings && last.individuals === individuals) return last.seen;
  const kinds = noKinds();
  let personal = false;
  let sensitive = false;
  for (const finding of findings) {
    add(kinds, finding.type);
    if (!isPersonal(finding)) continue;
    personal = true;
    sensitive ||= finding.sensitive;
  }
  const seen = { kinds, personal, sensitive, minor: individuals.some(({ minor }) => minor === true) };
  last = { findings, individuals, seen };
  return seen;
}

/** Lets go of what was read last. */
export function forgetSeen(): void {
  last = null;
}
