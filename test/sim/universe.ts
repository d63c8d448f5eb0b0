// One seed, one universe: crossings that interleave, with faults before and after each durable step, and crashes.
// Everything random comes from the seed; SEED=17 replays universe 17.

import { GateError } from "../../src/io/errors.ts";
import { cross } from "../../src/io/perform.ts";
import type { Dialer, Ledger, PeopleCounter } from "../../src/io/ports.ts";
import type { Stores } from "../../src/io/stores/stores.ts";
import type { Keys, Policy } from "../../src/words.ts";
import { arrivalOf, Caller, worldOf } from "./demo-world.ts";

/** Mulberry32: small, seeded, good enough to interleave. */
export function prng(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Universe {
  /** Entries that are durable, in order. */
  readonly entries: readonly Record<string, unknown>[];
  /** What the recipient received, with the number of entries durable at that moment. */
  readonly received: readonly { readonly body: string; readonly entriesThen: number; readonly countedThen: number }[];
  readonly callers: readonly Caller[];
}

interface Step {
  readonly go: () => void;
}

/** Work of the world that is under way: finished one by one, in an order that the seed draws. */
class Schedule {
  readonly #random: () => number;
  readonly #steps: Step[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * `hold` makes it durable. Faults come in pairs: failed and not held, failed but held (Sunlight's table of faults).
   */
  run<T>(hold: () => Promise<T> | T, code: "store_unavailable" | "ledger_unavailable", faultRate: number): Promise<T> {
    const [draw, held] = [this.#random(), this.#random()];
    return new Promise((resolve, reject) => {
      const go = async () => {
        if (draw >= faultRate) return resolve(await hold());
        if (held < 0.5) await hold();
        reject(new GateError(code, "a fault of the simulation"));
      };
      this.#steps.push({ go: () => void go().catch(reject) });
    });
  }

  async drain(): Promise<void> {
    for (let idle = 0; idle < 3; ) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const step = this.#steps.splice(Math.floor(this.#random() * this.#steps.length), 1)[0];
      if (step === undefined) idle++;
      else {
        idle = 0;
        step.go();
      }
    }
  }
}

export interface Laws {
  readonly policy: Policy;
  readonly keys: Keys;
  readonly stores: Stores;
  readonly handler: string;
  /** Bodies to send: [text, subject]. */
  readonly texts: readonly (readonly [string, string | null])[];
  readonly crossings: number;
  readonly faultRate: number;
  /** A mutant for the guard's own test: sends before the entry is durable. */
  readonly sendFirst?: boolean;
}

export async function universe(seed: number, laws: Laws): Promise<Universe> {
  const random = prng(seed);
  const schedule = new Schedule(random);
  const entries: Record<string, unknown>[] = [];
  const received: { body: string; entriesThen: number; countedThen: number }[] = [];
  const ledger: Ledger = {
    append: (entry) => schedule.run(() => entries.push(JSON.parse(entry)) - 1, "ledger_unavailable", laws.faultRate),
    appendSoon: (entry) => ledger.append(entry),
    head: () => ({ size: entries.length, root: "" }),
    seal: async () => {},
  };
  const people: PeopleCounter = {
    counts: (exporter, year) => laws.stores.people.counts(exporter, year),
    counted: (exporter, year, key) => laws.stores.people.counted(exporter, year, key),
    admit: (...args) => schedule.run(() => laws.stores.people.admit(...args), "store_unavailable", laws.faultRate),
  };
  const dialer: Dialer = {
    dial({ body }, sink) {
      const countedThen = laws.stores.people.counts(laws.handler, 2026).gross;
      received.push({ body: Buffer.from(body).toString(), entriesThen: entries.length, countedThen });
      const fate = random();
      if (fate < 0.2) sink.fail(new GateError("upstream_unreachable", "reset"));
      else {
        sink.head(200, ["content-type", "application/json"]);
        sink.data(Buffer.from('{"ok":true}'));
        if (fate < 0.3) sink.fail(new GateError("upstream_truncated", "cut"));
        else sink.end();
      }
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const stores = { ...laws.stores, people };
  const world = worldOf({ policy: laws.policy, keys: laws.keys, stores, ledger, dialer });
  const hasty: Ledger = {
    ...ledger,
    append: async (entry) => {
      ledger.append(entry).catch(() => {});
      return 0;
    },
  };
  const mutant = laws.sendFirst ? { ...world, ledger: hasty } : world;
  const callers: Caller[] = [];
  const running: Promise<void>[] = [];
  for (let i = 0; i < laws.crossings; i++) {
    const [text, subject] = laws.texts[Math.floor(random() * laws.texts.length)]!;
    const caller = new Caller();
    callers.push(caller);
    const asserted = { subject, purpose: null, conversation: null, exporter: null };
    running.push(cross(mutant, arrivalOf(seed * 1000 + i, text, { asserted }), caller));
    if (random() < 0.1) caller.leave();
  }
  await schedule.drain();
  await Promise.all(running);
  return { entries, received, callers };
}
