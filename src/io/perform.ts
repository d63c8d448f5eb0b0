// Performs one crossing: asks the world what the pure gate cannot know, in the one order the law allows.
// Law of this file: facts → admit → record durable → dial. What is dialed has come through `recorded`.

import { type Inspected, inspect, type Judged, judge } from "../gate.ts";
import { crossingTexts } from "../record/crossing.ts";
import type { Admission, Arrival, CountKey, Counts, Individual, Keys, Policy } from "../words.ts";
import { answerTo } from "./answer.ts";
import { dispatchOf } from "./dispatch.ts";
import { GateError } from "./errors.ts";
import type { Clock, Dialer, DialHandle, FactsLoader, Ledger, PeopleCounter, Random, Reply } from "./ports.ts";
import { fail, refuseSettled, stop } from "./refuse.ts";
import { crossBack } from "./remote-access.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";

/** Everything a crossing touches. */
export interface World {
  policy(): Policy;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly facts: FactsLoader;
  readonly people: PeopleCounter;
  readonly ledger: Ledger;
  readonly dialer: Dialer;
  readonly telemetry: Telemetry;
}

/** One crossing on its way: what every step after arrival needs. */
export interface Crossing {
  readonly world: World;
  readonly arrival: Arrival;
  readonly policy: Policy;
  readonly reply: Reply;
  /** performance.now() at arrival. */
  readonly startedMs: number;
  /** The caller went away. */
  gone: boolean;
  /** The decision entry is durable: from here on only an outcome may follow it (law 10). */
  recorded: boolean;
}

/** Judged, and whoever is new is counted. */
export interface Settled extends Judged {
  readonly inspected: Inspected;
  readonly asOf: string;
  readonly counts: Counts;
  readonly added: readonly CountKey[];
}

const NOBODY: readonly CountKey[] = [];

/** How often a crossing is judged again because others took the last places under a line. */
const JUDGINGS_MAX = 4;

/** One crossing from arrival to answer. Never rejects: every failure ends in a refusal, an entry and a log line. */
export async function cross(world: World, arrival: Arrival, reply: Reply): Promise<void> {
  const startedMs = performance.now();
  const crossing: Crossing = {
    world,
    arrival,
    reply,
    startedMs,
    policy: world.policy(),
    gone: false,
    recorded: false,
  };
  reply.onClose(() => {
    crossing.gone = true;
  });
  try {
    const inspected = inspect(arrival, crossing.policy, world.keys);
    if ("stopped" in inspected) await stop(crossing, inspected.stopped);
    else if (inspected.flow.leaves === "response") await crossBack(crossing, inspected);
    else leave(crossing, await recorded(crossing, await settle(world, inspected)));
  } catch (error) {
    await fail(crossing, error);
  }
}

/**
 * Judge, then add the people; when others took the last places meanwhile, load the facts and judge again
 * (design.md §5). The counts are evaluated after adding (CNT-10).
 */
export async function settle(world: World, inspected: Inspected): Promise<Settled> {
  const { ask, handler, flow } = inspected;
  for (let round = 0; round < JUDGINGS_MAX; round++) {
    const loaded = world.facts.load(ask);
    const facts = loaded instanceof Promise ? await loaded : loaded;
    const judged = judge(inspected, facts, world.keys);
    const { case: it, decision, departure } = judged;
    const settled = { case: it, decision, departure, inspected, asOf: facts.asOf, counts: facts.counts, added: NOBODY };
    const strangers = judged.departure === null ? [] : notYetCounted(judged);
    if (strangers.length === 0) return settled;
    const admitted = await world.people.admit(handler, flow.year, strangers, judged.decision.legal.limit);
    if (admitted.ok) return { ...settled, counts: admitted.counts, added: admitted.added };
  }
  throw new GateError("store_unavailable", "the yearly count moved faster than it could be judged");
}

/** Steady state: a person already counted this year needs no store call. */
function notYetCounted({ case: { individuals }, decision: { legal } }: Judged): readonly Admission[] {
  if (legal.admissions.length === 0) return legal.admissions;
  const counted = new Map<CountKey, Individual["counted"]>();
  for (const person of individuals) counted.set(person.countKey, person.counted);
  return legal.admissions.filter(({ key, nonSensitive, sensitive }) => {
    const already = counted.get(key);
    return !already?.gross || (nonSensitive && !already.nonSensitive) || (sensitive && !already.sensitive);
  });
}

/** Law 1: resolves when the decision entry is durable. */
export async function recorded(crossing: Crossing, settled: Settled): Promise<Settled> {
  const { world, arrival } = crossing;
  const { case: it, decision, departure, counts, added, asOf } = settled;
  const texts = crossingTexts({
    arrival,
    case: it,
    decision,
    counts,
    added,
    asOf,
    digest: departure === null ? "" : world.keys.digest(departure.body),
    bytesOut: departure?.body.byteLength ?? 0,
    salt: world.random.salt(),
    trace: world.telemetry.traceId(),
  });
  if (texts.length === 1) await world.ledger.append(texts[0]!);
  else await Promise.all(texts.map((text) => world.ledger.append(text)));
  crossing.recorded = true;
  return settled;
}

function leave(crossing: Crossing, settled: Settled): void {
  const { world, reply } = crossing;
  const { departure, inspected } = settled;
  world.telemetry.decided(crossing, settled);
  if (departure === null) return refuseSettled(crossing, settled);
  let handle: DialHandle | null = null;
  const sink = answerTo(crossing, settled, { resume: () => handle?.resume(), abort: () => handle?.abort() });
  if (crossing.gone) return sink.gone();
  handle = world.dialer.dial(dispatchOf(inspected, departure), sink);
  reply.onClose(() => {
    handle.abort();
    sink.gone();
  });
  reply.onDrain(() => {
    sink.drained();
    handle.resume();
  });
}
