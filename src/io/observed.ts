// What ways on trial let through although it would have been blocked: told once a day, and at the stop (decision 021).
// Law of this file: ids and codes only.

import type { Decision, Flow } from "../words.ts";

/** Beijing midnight is looked for so often. */
const LOOK_MS = 60_000;

/** How many crossings, by destination and then by the reason that would have blocked first. */
export type Observed = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Observations {
  /** Does nothing for a crossing that is not on trial. */
  count(flow: Pick<Flow, "destination">, decision: Pick<Decision, "would" | "reasons">): void;
  /** Tells what is counted so far. */
  close(): void;
}

/** @param tell is called with the Beijing date that is over. @param day the Beijing date, asked now and then. */
export function countObserved(tell: (day: string, by: Observed) => void, day: () => string): Observations {
  let counts = new Map<string, Map<string, number>>();
  let today = day();
  const flush = (): void => {
    if (counts.size === 0) return;
    tell(today, Object.fromEntries([...counts].map(([of, codes]) => [of, Object.fromEntries(codes)])));
    counts = new Map();
  };
  const look = (): void => {
    const now = day();
    if (now === today) return;
    flush();
    today = now;
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return {
    count({ destination }, { would, reasons }) {
      if (would === null) return;
      const codes = counts.get(destination) ?? new Map<string, number>();
      const code = reasons[0]?.code ?? "";
      counts.set(destination, codes.set(code, (codes.get(code) ?? 0) + 1));
    },
    close() {
      clearInterval(timer);
      flush();
    },
  };
}
