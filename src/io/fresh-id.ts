// Ids of what people order: a prefix and a ULID, so that they sort by time and nobody guesses the next.

import { createRandom } from "./random.ts";

const random = createRandom();

/** @param prefix letters, such as `hold`. @returns `hold_01J…` */
export function freshId(prefix: string, nowMs: number): string {
  return `${prefix}_${random.crossingId(nowMs).slice("dec_".length)}`;
}
