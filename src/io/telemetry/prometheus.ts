// Shows the meters to Prometheus. Law: copies at scrape time; the hot path never touches prom-client.

import { Counter, Gauge, Registry } from "prom-client";
import { COUNTERS, type CounterName, type Meters } from "./meters.ts";

/** Values that are read when somebody scrapes. `counts` is the current Beijing year of each exporter. */
export interface Gauges {
  policyHash(): string;
  ledgerSize(): number;
  inflight(): number;
  /** The severity of each alarm that stands, and the state of each dated item. Absent: there is nobody to ask. */
  alarms?(): readonly string[];
  duties?(): readonly string[];
  /** Systems that send consents: seconds that the newest lay behind when it came; whether it fell silent. */
  sources?(): readonly { readonly id: string; readonly lagSeconds: number | null; readonly silent: boolean }[];
  counts(): readonly (CountRow & { readonly exporter: string })[];
  /** Sums over the members of each group (CNT-11). */
  groups(): readonly (CountRow & { readonly group: string })[];
}

interface CountRow {
  readonly year: number;
  readonly nonSensitive: number;
  readonly sensitive: number;
  readonly gross: number;
}

/** @returns the exposition format 0.0.4 and its content type. */
export function createExposition(meters: Meters, gauges: Gauges): { contentType: string; text(): Promise<string> } {
  const registry = new Registry();
  for (const name of Object.keys(COUNTERS) as CounterName[]) counter(registry, meters, name);
  gauge(registry, "yumen_ledger_entries", "Entries durable in the ledger.", [], () => [[[], gauges.ledgerSize()]]);
  gauge(registry, "yumen_inflight", "Crossings under way.", [], () => [[[], gauges.inflight()]]);
  gauge(registry, "yumen_alarms_open", "Alarms that stand.", ["severity"], () => tallied(gauges.alarms?.()));
  gauge(registry, "yumen_duties", "Dated items of the register.", ["state"], () => tallied(gauges.duties?.()));
  const sources = () => gauges.sources?.() ?? [];
  gauge(registry, "yumen_consent_source_lag_seconds", "How far the newest consent lay behind.", ["source"], () =>
    sources().flatMap(({ id, lagSeconds }): Sample[] => (lagSeconds === null ? [] : [[[id], lagSeconds]])),
  );
  gauge(registry, "yumen_consent_source_silent", "1: silent past its heartbeat.", ["source"], () =>
    sources().map(({ id, silent }): Sample => [[id], silent ? 1 : 0]),
  );
  gauge(registry, "yumen_policy_info", "The policy in force.", ["hash"], () => [[[gauges.policyHash()], 1]]);
  gauge(registry, "yumen_individuals", "Distinct individuals this year.", ["exporter", "year", "class"], () =>
    gauges.counts().flatMap((row) => classesOf(row, row.exporter)),
  );
  gauge(registry, "yumen_group_individuals", "Sums over a group's members.", ["group", "year", "class"], () =>
    gauges.groups().flatMap((row) => classesOf(row, row.group)),
  );
  return { contentType: registry.contentType, text: async () => (await registry.metrics()) + latency(meters) };
}

type Sample = readonly [labels: readonly string[], value: number];

function classesOf(row: CountRow, of: string): Sample[] {
  const sample = (name: "nonSensitive" | "sensitive" | "gross"): Sample => [[of, String(row.year), name], row[name]];
  return [sample("nonSensitive"), sample("sensitive"), sample("gross")];
}

/** How many of each. */
function tallied(names: readonly string[] = []): readonly Sample[] {
  return [...new Set(names)].map((name): Sample => [[name], names.filter((one) => one === name).length]);
}

function counter(registry: Registry, meters: Meters, name: CounterName): void {
  const { help, labels } = COUNTERS[name];
  new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect() {
      this.reset();
      for (const row of meters.counters[name].rows()) this.inc(zip(labels, row.labels), row.n);
    },
  });
}

function gauge(
  registry: Registry,
  name: string,
  help: string,
  labels: readonly string[],
  read: () => readonly Sample[],
): void {
  new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect() {
      this.reset();
      for (const [values, n] of read()) this.set(zip(labels, values), n);
    },
  });
}

function zip(labels: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(labels.map((label, i) => [label, values[i] ?? ""]));
}

/** prom-client's histogram can only observe; ours is already counted. */
function latency({ latency: { bounds, counts, sum } }: Meters): string {
  const name = "yumen_decision_seconds";
  let total = 0;
  const buckets = [...bounds, "+Inf"].map((le, i) => {
    total += counts[i]!;
    return `${name}_bucket{le="${le}"} ${total}`;
  });
  const head = [`# HELP ${name} From arrival to a durable decision.`, `# TYPE ${name} histogram`];
  return `${[...head, ...buckets, `${name}_sum ${sum}`, `${name}_count ${total}`].join("\n")}\n`;
}
