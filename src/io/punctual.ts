// The load of facts, in time. Law: a store that does not answer refuses: what it would have said later is not waited
// for, and nothing passes on what it said before (threats.md 27).

import type { Facts, FactsAsk } from "../words.ts";
import { GateError } from "./errors.ts";
import type { FactsLoader } from "./ports.ts";

/** Older than this nothing may be that says who has consented (`maxStalenessMs`). */
const STALENESS_MS_MAX = 1_000;

export interface Asked {
  readonly facts: FactsLoader;
  /** Absent: a second. */
  readonly stalenessMsMax?: number;
}

/** At once where the store is memory. Rejects: GateError store_unavailable, also when no answer came in time. */
export function loadFacts({ facts, stalenessMsMax = STALENESS_MS_MAX }: Asked, ask: FactsAsk): Facts | Promise<Facts> {
  const loading = facts.load(ask);
  return loading instanceof Promise ? within(loading, stalenessMsMax) : loading;
}

function within<T>(answer: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new GateError("store_unavailable", `the stores gave no answer within ${ms} ms`));
    const timer = setTimeout(late, ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
