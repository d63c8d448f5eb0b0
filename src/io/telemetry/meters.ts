// Plain counters on the hot path; prom-client reads them when somebody scrapes. Law: labels are ids, kinds and codes.

/** Upper bounds of the latency buckets, in seconds. */
const BOUNDS = [5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1];

export interface Meters {
  crossing(destination: string, action: string, seconds: number): void;
  finding(type: string, destination: string): void;
  outcome(result: string): void;
  failure(code: string): void;
  refused(code: string): void;
  reload(ok: boolean): void;
  readonly counters: Readonly<Record<CounterName, ReadonlyMap<string, number>>>;
  readonly latency: { readonly bounds: readonly number[]; readonly counts: Float64Array; sum: number };
}

export const COUNTERS = {
  yumen_requests_total: { help: "Crossings decided.", labels: ["destination", "action"] },
  yumen_findings_total: { help: "Personal information found.", labels: ["kind", "destination"] },
  yumen_outcomes_total: { help: "How answers ended.", labels: ["result"] },
  yumen_failures_total: { help: "Failures of the gate or the world, by code.", labels: ["code"] },
  yumen_refused_total: { help: "Requests refused before authentication, by code.", labels: ["code"] },
  yumen_policy_reloads_total: { help: "Policy loads.", labels: ["result"] },
} as const;

export type CounterName = keyof typeof COUNTERS;

/** Label values are joined by U+001F in the maps' keys. */
export function createMeters(): Meters {
  const empty = () => new Map<string, number>();
  const counters = Object.fromEntries(Object.keys(COUNTERS).map((name) => [name, empty()])) as Record<
    CounterName,
    Map<string, number>
  >;
  const latency = { bounds: BOUNDS, counts: new Float64Array(BOUNDS.length + 1), sum: 0 };
  const bump = (name: CounterName, key: string) => void counters[name].set(key, (counters[name].get(key) ?? 0) + 1);
  return {
    counters,
    latency,
    crossing(destination, action, seconds) {
      bump("yumen_requests_total", `${destination}\u001f${action}`);
      let bucket = 0;
      while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]!) bucket++;
      latency.counts[bucket]!++;
      latency.sum += seconds;
    },
    finding: (type, destination) => bump("yumen_findings_total", `${type}\u001f${destination}`),
    outcome: (result) => bump("yumen_outcomes_total", result),
    failure: (code) => bump("yumen_failures_total", code),
    refused: (code) => bump("yumen_refused_total", code),
    reload: (ok) => bump("yumen_policy_reloads_total", ok ? "ok" : "failed"),
  };
}
