// Performs one crossing: asks the world what the pure gate cannot know, in the one order the law allows.
// Law of this file: facts → admit → record durable → dial. What is dialed has come through `recorded`.

import { forward } from "../act/pseudonymize.ts";
import { type Inspected, inspect, type Judged, judge } from "../gate.ts";
import { beijingDate } from "../law/year.ts";
import { crossingTexts, unreadDigests } from "../record/crossing.ts";
import type {
  Admission,
  Arrival,
  Counts,
  Decision,
  Departure,
  Facts,
  Finding,
  Flow,
  Keys,
  Newcomer,
  Policy,
} from "../words.ts";
import { AnswerWay } from "./answer.ts";
import { dispatchOf } from "./dispatch.ts";
import { dryRun } from "./dry-run/dry-run.ts";
import { GateError } from "./errors.ts";
import { openFiles } from "./extract/again.ts";
import type { FileOpener } from "./extract/opener.ts";
import type { Heavy } from "./heavy/heavy.ts";
import { inYearOf } from "./new-year.ts";
import type { StandingOrders } from "./orders/standing.ts";
import type { Clock, Dialer, FactsLoader, Ledger, PeopleCounter, Random, Reply } from "./ports.ts";
import { loadFacts } from "./punctual.ts";
import { fail, refuseSettled, stop } from "./refuse.ts";
import { crossBack } from "./remote-access.ts";
import type { Shadow } from "./shadow.ts";
import { notYetCounted } from "./strangers.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";

/** Everything a crossing touches. */
export interface World {
  policy(): Policy;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
  readonly facts: FactsLoader;
  /** A load that takes longer refuses (punctual.ts). Absent: a second. */
  readonly stalenessMsMax?: number;
  readonly people: Pick<PeopleCounter, "counts" | "counted" | "admit" | "toName" | "named">;
  readonly ledger: Ledger;
  readonly dialer: Dialer;
  readonly telemetry: Telemetry;
  /** Reads large bodies in threads; absent: they are read here. */
  readonly heavy?: Heavy;
  /** Absent: a body with files in it is refused. */
  readonly files?: FileOpener;
  /** What people have ordered; absent: nobody can. */
  readonly orders?: StandingOrders;
  /** A draft policy that looks on; absent: there is none. */
  readonly shadow?: Pick<Shadow, "saw">;
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

/** A request that was read, wherever: what is needed to send it on. */
export type Asked = Pick<Inspected, "arrival" | "route" | "headers">;

/** What is told of a crossing whose entry is durable, wherever it was judged. */
export interface Settled {
  readonly inspected: Asked;
  readonly case: {
    /** `recipient` is absent where it was judged in a thread. */
    readonly flow: Pick<Flow, "caller" | "exporter" | "purpose"> & Partial<Pick<Flow, "recipient">>;
    readonly findings: readonly Pick<Finding, "type">[];
    readonly individuals: { readonly length: number };
  };
  readonly decision: Decision;
  readonly departure: Departure | null;
  /** Where the flow does not say it. */
  readonly recipient?: string;
}

/** Judged here, and whoever is new is counted. */
interface SettledHere extends Judged {
  readonly inspected: Inspected;
  readonly asOf: string;
  readonly counts: Counts;
  readonly added: readonly Newcomer[];
}

const NOBODY: readonly Newcomer[] = [];

/** How often a crossing is judged again because others took the last places under a line. */
export const JUDGINGS_MAX = 4;

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
    if (arrival.dryRun === true) return await dryRun(crossing);
    const { heavy } = world;
    if (heavy?.takes(arrival, crossing.policy)) return await heavy.cross(crossing);
    const first = inspect(arrival, crossing.policy, world.keys);
    const inspected = "stopped" in first ? await openFiles(crossing, first, arrival) : first;
    if ("stopped" in inspected) await stop(crossing, inspected.stopped);
    else if (inspected.flow.leaves === "response") await crossBack(crossing, inspected, forward(inspected.doc));
    else leave(crossing, await recorded(crossing, inspected));
  } catch (error) {
    await fail(crossing, error);
  }
}

/**
 * Law 1: judged, whoever is new is counted, and the decision entry is durable when it resolves. In steady state the
 * entry is the only thing it waits for.
 */
export async function recorded(crossing: Crossing, inspected: Inspected): Promise<Settled> {
  const { ledger, people } = crossing.world;
  const settling = settle(crossing.world, inspected);
  const settled = settling instanceof Promise ? await settling : settling;
  const texts = entryOf(crossing, settled);
  // The parts before the decision that names them (law 10): a commit that fails between the two leaves no decision.
  if (texts.length > 1) await Promise.all(texts.slice(1).map((text) => ledger.append(text)));
  await ledger.append(texts[0]!);
  crossing.recorded = true;
  if (settled.added.length > 0)
    people.named(settled.inspected.handler, settled.inspected.flow.year, { people: settled.added });
  return settled;
}

/**
 * Judge, then add the people; when others took the last places meanwhile, load the facts and judge again
 * (design.md §5). The counts are evaluated after adding (CNT-10).
 */
function settle(world: World, arrived: Inspected, round = 1): SettledHere | Promise<SettledHere> {
  const inspected = inYearOf(arrived, world.clock.nowMs());
  const facts = loadFacts(world, inspected.ask);
  if (facts instanceof Promise) return facts.then((loaded) => settleLoaded(world, inspected, loaded, round));
  return settleOn(world, inspected, facts, round);
}

/** Facts that took their time may be the old year's. */
function settleLoaded(world: World, inspected: Inspected, facts: Facts, round: number) {
  const isOver = inYearOf(inspected, world.clock.nowMs()) !== inspected;
  return isOver ? settle(world, inspected, round) : settleOn(world, inspected, facts, round);
}

function settleOn(world: World, inspected: Inspected, facts: Facts, round: number): SettledHere | Promise<SettledHere> {
  const judged = judge(inspected, facts, world.keys);
  const { case: it, decision, departure } = judged;
  const settled = { case: it, decision, departure, inspected, asOf: facts.asOf, counts: facts.counts, added: NOBODY };
  const strangers = departure === null ? [] : notYetCounted(judged);
  return strangers.length === 0 ? settled : admitted(world, settled, strangers, round);
}

async function admitted(
  world: World,
  settled: SettledHere,
  strangers: readonly Admission[],
  round: number,
): Promise<SettledHere> {
  const { inspected, decision } = settled;
  const { handler, flow, ask, arrival } = inspected;
  const at = { day: beijingDate(arrival.atMs), scopes: ask.scopes };
  const admission = await world.people.admit(handler, flow.year, strangers, decision.legal.limit, at);
  if (admission.ok && inYearOf(inspected, world.clock.nowMs()) !== inspected) return settle(world, inspected, round);
  const toName = () =>
    world.people.toName(
      handler,
      flow.year,
      strangers.map(({ key }) => key),
    );
  if (admission.ok) return { ...settled, counts: admission.counts, added: toName() };
  if (round < JUDGINGS_MAX) return settle(world, inspected, round + 1);
  throw new GateError("store_unavailable", "the yearly count moved faster than it could be judged");
}

function entryOf({ world, arrival }: Crossing, settled: SettledHere): string[] {
  const { case: it, decision, departure, counts, added, asOf, inspected } = settled;
  return crossingTexts({
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
    forced: departure === null ? undefined : inspected.doc.forced,
    unreadDigests: departure === null ? undefined : unreadDigests(inspected.doc.unread, world.keys),
  });
}

/** Its entry is durable: it leaves, or its caller is told why not. */
export function leave(crossing: Crossing, settled: Settled): void {
  crossing.world.telemetry.decided(crossing, settled);
  countLifted(crossing, settled);
  send(crossing, settled);
  const { decision, case: it } = settled;
  const recipient = it.flow.recipient ?? null;
  crossing.world.shadow?.saw({ arrival: crossing.arrival, decision, recipient, inspected: settled.inspected });
}

/** How often a release is used. */
export function countLifted({ world }: Crossing, { decision: { lifted }, departure }: Settled): void {
  if (lifted !== undefined && departure !== null) world.orders?.used(lifted);
}

function send(crossing: Crossing, settled: Settled): void {
  const { world } = crossing;
  const { departure, inspected } = settled;
  if (departure === null) return refuseSettled(crossing, settled);
  const way = new AnswerWay(crossing, settled);
  if (crossing.gone) way.gone();
  // ordered to stop while it was judged or written down: nothing has left yet, and nothing does
  else if (way.leaving()) way.dialed(world.dialer.dial(dispatchOf(inspected, departure), way));
}
