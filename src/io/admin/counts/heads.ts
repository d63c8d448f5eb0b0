// Head counts by recipient, by mechanism and by ground. Law: each person once in each; what is stated without a name is
// in none of them but its own recipient's.

import type { Heads, Way } from "../../../words.ts";

export interface HeadCount {
  readonly nonSensitive: number;
  readonly sensitive: number;
  readonly gross: number;
}

export interface HeadCounts {
  /** `unknown`: counted before ways were kept, or opened without a recipient. */
  readonly byRecipient: Readonly<Record<string, HeadCount>>;
  /** By id of the mechanism; what needs none is under `byGround`. */
  readonly byMechanism: Readonly<Record<string, HeadCount>>;
  /** By the law's rule that it left under without a mechanism (E1–E7, C1 on trial …), `opening`, `unknown`. */
  readonly byGround: Readonly<Record<string, HeadCount>>;
}

/** Ids of policy begin with a lower-case letter or a digit; rules of the law with a capital. */
const isRule = (by: string | null) => by === null || by === "opening" || /^[A-Z]/.test(by);

export function headCountsOf(heads: readonly Heads[]): HeadCounts {
  return {
    byRecipient: counted(heads, (way) => way.recipient ?? "unknown"),
    byMechanism: counted(heads, ({ by }) => (isRule(by) ? null : by)),
    byGround: counted(heads, ({ by }) => (isRule(by) ? (by ?? "unknown") : null)),
  };
}

function counted(heads: readonly Heads[], nameOf: (way: Way) => string | null): Record<string, HeadCount> {
  const sums = new Map<string, { nonSensitive: number; sensitive: number; gross: number }>();
  for (const { ways, people } of heads) {
    const names = new Set(ways.flatMap((way) => nameOf(way) ?? []));
    for (const name of names) {
      const sum = sums.get(name) ?? { nonSensitive: 0, sensitive: 0, gross: 0 };
      const mine = ways.filter((way) => nameOf(way) === name);
      if (mine.some((way) => way.nonSensitive)) sum.nonSensitive += people;
      if (mine.some((way) => way.sensitive)) sum.sensitive += people;
      sum.gross += people;
      sums.set(name, sum);
    }
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
