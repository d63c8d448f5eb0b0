// Plain counters on the hot path; prom-client reads them when somebody scrapes. Law: labels are ids, kinds and codes.

/** Upper bounds of the latency buckets, in seconds. */
const BOUNDS = [5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1];

export interface Meters {
  crossing(destination: string, action: string, seconds: number): void;
  finding(type: string, destination: string): void;
  dryRun(destination: string, would: string): void;
  observed(destination: string, code: string): void;
  outcome(result: string): void;
  failure(code: string): void;
  refused(code: string): void;
  reload(ok: boolean): void;
  /** A draft policy looked at a crossing, or why it did not. */
  shadowed(look: string): void;
  /** The draft would have done otherwise, by its rule. */
  shadowDiffers(rule: string, recipient: string): void;
  /** An alarm was raised or cleared. */
  alarm(code: string, what: string): void;
  /** How a message to a place ended, or that it is tried again. */
  alarmMessage(place: string, how: string): void;
  readonly counters: Readonly<Record<CounterName, Tally>>;
  readonly latency: { readonly bounds: readonly number[]; readonly counts: Float64Array; sum: number };
}

export const COUNTERS = {
  yumen_requests_total: { help: "Crossings decided.", labels: ["destination", "action"] },
  yumen_findings_total: { help: "Personal information found.", labels: ["kind", "destination"] },
  yumen_dry_runs_total: { help: "Dry runs answered: nothing left.", labels: ["destination", "would"] },
  yumen_observed_total: { help: "On trial: what would have been blocked and left.", labels: ["destination", "code"] },
  yumen_outcomes_total: { help: "How answers ended.", labels: ["result"] },
  yumen_failures_total: { help: "Failures of the gate or the world, by code.", labels: ["code"] },
  yumen_refused_total: { help: "Requests refused before authentication, by code.", labels: ["code"] },
  yumen_policy_reloads_total: { help: "Policy loads.", labels: ["result"] },
  yumen_shadow_looks_total: { help: "Crossings that a draft policy looked at, or passed over.", labels: ["look"] },
  yumen_alarms_total: { help: "Alarms raised and cleared.", labels: ["code", "what"] },
  yumen_alarm_messages_total: { help: "Messages of alarms: sent, retried, dropped.", labels: ["place", "how"] },
  yumen_shadow_differences_total: { help: "What the draft would do otherwise.", labels: ["rule", "recipient"] },
} as const;

export type CounterName = keyof typeof COUNTERS;

/** A counter of one label or two. Nested maps: joining two labels into a key costs more than looking twice. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();

  add(first: string, second = ""): void {
    let counts = this.#counts.get(first);
    if (counts === undefined) {
      counts = new Map();
      this.#counts.set(first, counts);
    }
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }

  rows(): { readonly labels: readonly string[]; readonly n: number }[] {
    return [...this.#counts].flatMap(([first, counts]) =>
      [...counts].map(([second, n]) => ({ labels: [first, second], n })),
    );
  }
}

export function createMeters(): Meters {
  const counters: Record<CounterName, Tally> = {
    yumen_requests_total: new Tally(),
    yumen_findings_total: new Tally(),
    yumen_dry_runs_total: new Tally(),
    yumen_observed_total: new Tally(),
    yumen_outcomes_total: new Tally(),
    yumen_failures_total: new Tally(),
    yumen_refused_total: new Tally(),
    yumen_policy_reloads_total: new Tally(),
    yumen_shadow_looks_total: new Tally(),
    yumen_alarms_total: new Tally(),
    yumen_alarm_messages_total: new Tally(),
    yumen_shadow_differences_total: new Tally(),
  };
  const latency = { bounds: BOUNDS, counts: new Float64Array(BOUNDS.length + 1), sum: 0 };
  return {
    counters,
    latency,
    crossing(destination, action, seconds) {
      counters.yumen_requests_total.add(destination, action);
      let bucket = 0;
      while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]!) bucket++;
      latency.counts[bucket]!++;
      latency.sum += seconds;
    },
    finding: (type, destination) => counters.yumen_findings_total.add(type, destination),
    dryRun: (destination, would) => counters.yumen_dry_runs_total.add(destination, would),
    observed: (destination, code) => counters.yumen_observed_total.add(destination, code),
    outcome: (result) => counters.yumen_outcomes_total.add(result),
    failure: (code) => counters.yumen_failures_total.add(code),
    refused: (code) => counters.yumen_refused_total.add(code),
    reload: (ok) => counters.yumen_policy_reloads_total.add(ok ? "ok" : "failed"),
    shadowed: (look) => counters.yumen_shadow_looks_total.add(look),
    alarm: (code, what) => counters.yumen_alarms_total.add(code, what),
    alarmMessage: (place, how) => counters.yumen_alarm_messages_total.add(place, how),
    shadowDiffers: (rule, recipient) => counters.yumen_shadow_differences_total.add(rule, recipient),
  };
}
