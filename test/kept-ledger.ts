// A ledger that keeps what it is told, read as JSON, in the order in which it was told.
import type { Ledger } from "../src/io/ports.ts";

/** @param entries where to. */
export function keptLedger<T = Record<string, unknown>>(entries: T[]): Ledger {
  const append = async (entry: string) => entries.push(JSON.parse(entry)) - 1;
  return { append, appendSoon: append, head: () => ({ size: entries.length, root: "" }), seal: async () => {} };
}
