// One seed, one universe: crossings that interleave, with faults before and after each durable step, and crashes.
// Everything random comes from the seed; SEED=17 replays universe 17.

import { GateError } from "../../src/io/errors.ts";
import { createHeavy, type Heavy } from "../../src/io/heavy/heavy.ts";
import type { ThreadsOptions } from "../../src/io/heavy/threads.ts";
import type { KeyRing } from "../../src/io/keys.ts";
import { cross } from "../../src/io/perform.ts";
import type { AnswerSink, Dialer, DialHandle, Ledger, PeopleCounter } from "../../src/io/ports.ts";
import type { Stores } from "../../src/io/stores/stores.ts";
import type { Keys, Policy } from "../../src/words.ts";
import { arrivalOf, Caller, idOf, worldOf } from "./demo-world.ts";
import { fakeThread } from "./reading-thread.ts";

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

export interface Attempt {
  readonly entry: Record<string, unknown>;
  /** The gate was told that it is durable. */
  readonly ok: boolean;
}

export interface Universe {
  /** Entries that are durable, in order. */
  readonly entries: readonly Record<string, unknown>[];
  /** Refused, but on the disk: cut before the next entry is written, found by a start after a crash now. */
  readonly limbo: readonly Record<string, unknown>[];
  /** Every append, in the order of its answers. */
  readonly attempts: readonly Attempt[];
  /** What the recipient received, with the number of entries durable at that moment. */
  readonly received: readonly { readonly body: string; readonly entriesThen: number; readonly countedThen: number }[];
  /** By crossing id. */
  readonly callers: ReadonlyMap<string, Caller>;
}

/** So many turns of the loop without a step, and nothing more is coming. */
const IDLE_TURNS = 5;

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

  /** Does it at some later moment. */
  later(go: () => void): void {
    this.#steps.push({ go });
  }

  /**
   * `hold` makes it durable, `hang` makes it so although it is refused. Faults come in pairs: failed and not held,
   * failed but held (Sunlight's table of faults).
   */
  run<T>(
    hold: () => Promise<T> | T,
    hang: () => unknown,
    code: "store_unavailable" | "ledger_unavailable" | "reader_lost",
    faultRate: number,
  ): Promise<T> {
    const [draw, held] = [this.#random(), this.#random()];
    return new Promise((resolve, reject) => {
      const go = async () => {
        if (draw >= faultRate) return resolve(await hold());
        if (held < 0.5) await hang();
        reject(new GateError(code, "a fault of the simulation"));
      };
      this.later(() => void go().catch(reject));
    });
  }

  async drain(): Promise<void> {
    for (let idle = 0; idle < IDLE_TURNS; ) {
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
  /** Share of crossings that only ask what would happen. Absent: none. */
  readonly dryRate?: number;
  /** A mutant for the guard's own test: sends before the entry is durable. */
  readonly sendFirst?: boolean;
  /** Every body is read in a thread; threads end, too. */
  readonly ring?: KeyRing;
}

export async function universe(seed: number, laws: Laws): Promise<Universe> {
  const random = prng(seed);
  const schedule = new Schedule(random);
  const { ledger, ...written } = simulatedLedger(schedule, laws.faultRate);
  const received: { body: string; entriesThen: number; countedThen: number }[] = [];
  const people: PeopleCounter = {
    ...laws.stores.people,
    admit: (...args) => {
      const admit = () => laws.stores.people.admit(...args);
      return schedule.run(admit, admit, "store_unavailable", laws.faultRate);
    },
  };
  const dialer: Dialer = {
    dial({ body }, sink) {
      const countedThen = laws.stores.people.counts(laws.handler, 2026).gross;
      const entriesThen = written.entries.length;
      received.push({ body: Buffer.from(body).toString(), entriesThen, countedThen });
      const fate = random();
      if (fate > 0.97) throw new Error("a bug of the simulation");
      return answered(schedule, fate, sink);
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
  const mutant = { ...world, ...(laws.sendFirst ? { ledger: hasty } : {}), ...readingThreads(schedule, laws) };
  const callers = new Map<string, Caller>();
  const running: Promise<void>[] = [];
  for (let i = 0; i < laws.crossings; i++) {
    const [text, subject] = laws.texts[Math.floor(random() * laws.texts.length)]!;
    const [caller, serial] = [new Caller(), seed * 1000 + i];
    callers.set(idOf(serial), caller);
    const asserted = { subject, purpose: null, conversation: null, exporter: null };
    const dryRun = laws.dryRate !== undefined && random() < laws.dryRate;
    running.push(cross(mutant, arrivalOf(serial, text, { asserted, dryRun }), caller));
    const whim = random();
    if (whim < 0.1) caller.leave();
    else if (whim < 0.3) schedule.later(() => caller.leave());
  }
  await schedule.drain();
  await Promise.all(running);
  await schedule.drain();
  return { ...written, received, callers };
}

/** Threads whose every answer is a step among all others, and that end instead of answering as often as a store fails. */
function readingThreads(schedule: Schedule, { ring, faultRate }: Laws): { heavy?: Heavy } {
  if (ring === undefined) return {};
  const start: ThreadsOptions["start"] = (onDead) => {
    const ended = (error: unknown): never => {
      onDead(thread);
      throw error;
    };
    const nothing = (): void => {};
    const step = () => schedule.run(nothing, nothing, "reader_lost", faultRate).catch(ended);
    const thread = fakeThread(ring.threadSecrets, step);
    return thread;
  };
  return { heavy: { ...createHeavy({ ring, start, threadsMax: 2 }), takes: () => true } };
}

/**
 * The file ledger's contract (test/laws-ledger.test.ts): a refused entry never counts, but may be on the disk until the
 * next one is tried.
 */
function simulatedLedger(schedule: Schedule, faultRate: number) {
  const entries: Record<string, unknown>[] = [];
  const limbo: Record<string, unknown>[] = [];
  const attempts: Attempt[] = [];
  const append = async (text: string): Promise<number> => {
    const entry = JSON.parse(text);
    const hold = () => {
      limbo.length = 0;
      return entries.push(entry) - 1;
    };
    try {
      const index = await schedule.run(hold, () => limbo.splice(0, 1, entry), "ledger_unavailable", faultRate);
      attempts.push({ entry, ok: true });
      return index;
    } catch (error) {
      attempts.push({ entry, ok: false });
      throw error;
    }
  };
  const ledger: Ledger = {
    append,
    appendSoon: append,
    head: () => ({ size: entries.length, root: "" }),
    seal: async () => {},
  };
  return { ledger, entries, limbo, attempts };
}

/** A recipient's answer, step by step among all other work; `fate` draws how it ends. Silent once it is aborted. */
function answered(schedule: Schedule, fate: number, sink: AnswerSink): DialHandle {
  const steps: (() => void)[] = [
    () => sink.head(200, ["content-type", "application/json"]),
    () => void sink.data(Buffer.from('{"ok":')),
    () => void sink.data(Buffer.from("true}")),
    () => sink.end(),
  ];
  if (fate < 0.2) steps.splice(0, 4, () => sink.fail(new GateError("upstream_unreachable", "reset")));
  else if (fate < 0.4) steps.splice(2, 2, () => sink.fail(new GateError("upstream_truncated", "cut")));
  let isAborted = false;
  const next = (): void => {
    if (isAborted) return;
    steps.shift()!();
    if (steps.length > 0) schedule.later(next);
  };
  schedule.later(next);
  return {
    resume() {},
    abort() {
      isAborted = true;
    },
  };
}
