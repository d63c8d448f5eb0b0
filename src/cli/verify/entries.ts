// What each entry must be in itself, and among the others: one decision entry per crossing.

import type { FaultList } from "./faults.ts";
import { print, readCanonical } from "./json.ts";

const KINDS = new Set(
  `crossing outcome policy_change mechanism_change consent_change override reidentify key_rotation start seal rollup
  refused residual suspend resume incident duty drop torn_tail opening correction counted drift identity
  proposal`.split(/\s+/),
);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export class EntryChecks {
  readonly kinds: Record<string, number> = {};
  readonly #faults: FaultList;
  readonly #crossings = new Set<string>();

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  check(index: number, bytes: Uint8Array): void {
    const place = `entry ${index}`;
    const value = readCanonical(bytes);
    if (value === undefined) return this.#faults.add(place, "entry_not_canonical");
    const entry = (typeof value === "object" ? value : null) as Record<string, unknown> | null;
    const { v, kind, t, id, part } = entry ?? {};
    const isNamed = typeof kind === "string" && KINDS.has(kind) && (kind !== "crossing" || typeof id === "string");
    if (v !== 1 || !isNamed || typeof t !== "string" || !INSTANT.test(t) || Number.isNaN(Date.parse(t))) {
      return this.#faults.add(place, "entry_malformed");
    }
    this.kinds[kind] = (this.kinds[kind] ?? 0) + 1;
    if (kind !== "crossing") return;
    // A crossing of very many people is recorded in parts i/n: one entry each.
    const crossing = part === undefined ? String(id) : `${id} ${print(part)}`;
    if (this.#crossings.has(crossing)) this.#faults.add(place, "crossing_twice");
    this.#crossings.add(crossing);
  }
}
