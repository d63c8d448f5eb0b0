// Requests refused before authentication: counted, and recorded in one entry a minute (law 10).

import type { GateCode } from "./errors.ts";

const MINUTE_MS = 60_000;

export interface Refusals {
  count(code: GateCode): void;
  /** Writes what is counted so far. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** @param write appends the entry; its failure leaves the counts to the next minute. */
export function countRefusals(write: (byCode: Readonly<Record<string, number>>) => Promise<unknown>): Refusals {
  let counts: Record<string, number> = {};
  const flush = async (): Promise<void> => {
    if (Object.keys(counts).length === 0) return;
    const written = counts;
    counts = {};
    try {
      await write(written);
    } catch {
      // the ledger's own failure is reported where it happens; nothing may be lost here
      for (const [code, n] of Object.entries(written)) counts[code] = (counts[code] ?? 0) + n;
    }
  };
  const timer = setInterval(() => void flush(), MINUTE_MS).unref();
  return {
    count(code) {
      counts[code] = (counts[code] ?? 0) + 1;
    },
    flush,
    close() {
      clearInterval(timer);
      return flush();
    },
  };
}
