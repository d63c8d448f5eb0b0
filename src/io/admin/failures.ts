// Failures by address. Law: who fails too often is told to wait, and whoever is right passes all the same: nobody can
// shut another out by failing, not even from behind the same proxy.

import { LRUCache } from "lru-cache";

const WINDOW_MS = 60_000;
const ADDRESSES_MAX = 1_000;

export interface Failures {
  /** Counts one. @returns whether the address has failed too often within a minute. */
  failed(address: string): boolean;
}

/** @param failuresMax within a minute. */
export function createFailures(failuresMax: number): Failures {
  const failures = new LRUCache<string, number>({ max: ADDRESSES_MAX, ttl: WINDOW_MS });
  return {
    failed(address) {
      const count = (failures.get(address) ?? 0) + 1;
      failures.set(address, count, { noUpdateTTL: true });
      return count > failuresMax;
    },
  };
}
