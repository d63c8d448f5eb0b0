// Up to where a decision holds. Law: evaluated after adding (CNT-10), for everybody and for each contract's recipients.

import type { CountLimit, Counts } from "../../../words.ts";
import type { Move } from "./moves.ts";
import { bitsThrough, NON_SENSITIVE, type Reach, SENSITIVE } from "./reaches.ts";
import type { YearPeople } from "./year-people.ts";

/** Would the counts after adding stand above the highest that the decision holds for? */
export function passes(of: YearPeople, moves: readonly Move[], { scoped = [], ...total }: CountLimit): boolean {
  if (isAbove(of.counts(), moves, total, ({ bits }) => bits)) return true;
  return scoped.some((limit) =>
    isAbove(of.scoped(limit.recipients), moves, limit, (reach) => bitsThrough(reach, limit.recipients)),
  );
}

function isAbove(
  now: Pick<Counts, "nonSensitive" | "sensitive">,
  moves: readonly Move[],
  limit: Pick<CountLimit, "nonSensitive" | "sensitive">,
  bitsOf: (reach: Reach) => number,
): boolean {
  let { nonSensitive, sensitive } = now;
  for (const { from, to } of moves) {
    const fresh = bitsOf(to) & ~bitsOf(from);
    if (fresh & NON_SENSITIVE) nonSensitive += 1;
    if (fresh & SENSITIVE) sensitive += 1;
  }
  return (
    (limit.nonSensitive !== null && nonSensitive > limit.nonSensitive) ||
    (limit.sensitive !== null && sensitive > limit.sensitive)
  );
}
