// What an admission would change. Law: nothing is changed here; whoever is there already, by this way, does not move.

import type { Admission, CountKey } from "../../../words.ts";
import { wordsOf } from "./key-words.ts";
import type { Reach, Reaches } from "./reaches.ts";
import type { YearPeople } from "./year-people.ts";

/** A person for whom something is new. */
export interface Move {
  readonly key: CountKey;
  readonly from: Reach;
  to: Reach;
}

/** Each person once, though an admission may name somebody twice. @throws TypeError on a key that is none. */
export function movesOf(of: YearPeople, reaches: Reaches, people: readonly Admission[]): readonly Move[] {
  let moves: Map<CountKey, Move> | null = null;
  for (const admission of people) {
    const { key } = admission;
    const pending = moves?.get(key);
    const now = pending?.to ?? of.reachOf(wordsOf(key));
    if (covers(now, admission)) continue;
    const { recipient = null, by = null, nonSensitive, sensitive } = admission;
    const to = reaches.plus(now, { recipient, by, nonSensitive, sensitive });
    if (pending === undefined) moves = (moves ?? new Map<CountKey, Move>()).set(key, { key, from: now, to });
    else pending.to = to;
  }
  return moves === null ? NO_MOVES : [...moves.values()];
}

const NO_MOVES: readonly Move[] = [];

function covers({ ways }: Reach, { recipient = null, by = null, nonSensitive, sensitive }: Admission): boolean {
  for (const way of ways) {
    if (way.recipient !== recipient || way.by !== by) continue;
    return (!nonSensitive || way.nonSensitive) && (!sensitive || way.sensitive);
  }
  return false;
}
