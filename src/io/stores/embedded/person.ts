// One person as stored: the identifiers that are aliases, and the folded consent per scope.

import type { ConsentState, PersonKey } from "../../../words.ts";
import { ANY } from "./fold.ts";

export interface PersonDocument {
  /** Every key that stands for this person, the person's own first. */
  readonly members: readonly PersonKey[];
  /** Ordinal of the newest event recorded under each of them; 0: none. From there the events lead back. */
  readonly tails: readonly number[];
  /** Instant of the newest event: what is newer still is folded on, without reading the others again. */
  readonly newestMs: number;
  /** One per scope that an event named; a withdrawal from everything stands under the scope `*`. */
  readonly states: readonly ConsentState[];
  /** How many events there are; null: written down before it was counted. */
  readonly count: number | null;
}

/**
 * The state for a scope; else the wildcard's (withdrawn from everything, told in the words of the asked scope); else
 * the nearest: same recipient before same purpose before any, a granted one before one that is not, the newest first.
 */
export function nearest(states: readonly ConsentState[], recipient: string, purpose: string): ConsentState | null {
  let best: ConsentState | null = null;
  let bestRank = -1;
  for (const state of states) {
    const rank = rankOf(state, recipient, purpose);
    if (rank > bestRank || (rank === bestRank && best !== null && state.givenAt > best.givenAt)) {
      best = state;
      bestRank = rank;
    }
  }
  return best?.recipient === ANY ? { ...best, recipient, purpose } : best;
}

function rankOf(state: ConsentState, recipient: string, purpose: string): number {
  if (state.recipient === recipient && state.purpose === purpose) return 16;
  if (state.recipient === ANY) return 8;
  const scope = (state.recipient === recipient ? 4 : 0) + (state.purpose === purpose ? 2 : 0);
  return scope + (state.granted ? 1 : 0);
}
