// What would happen to a request. Law: it is handed nothing that could send, count, record or keep: keys, facts, files.

import { type Inspected, inspect, type Judged, judge, type Stopped } from "../../gate.ts";
import type { Arrival, Counts, Policy } from "../../words.ts";
import { inspectOpened } from "../extract/again.ts";
import type { World } from "../perform.ts";

/** What a dry run may ask the world. */
export type Asking = Pick<World, "keys" | "facts" | "files">;

/** A request that was judged and goes nowhere; what was minted for it is forgotten with it. */
export interface Looked {
  readonly inspected: Inspected;
  readonly judged: Judged;
  /** As they stand. */
  readonly counts: Counts;
}

/** The answer of a service here is what leaves, and only a crossing fetches it. */
export const ANSWER_LEAVES: Stopped = {
  stopped: { code: "operation_not_allowed", detail: "here the answer leaves, which no dry run fetches" },
};

/** inspect → files → facts → judge, as a crossing does it. @param gone nobody waits any more. @throws GateError */
export async function look(
  world: Asking,
  policy: Policy,
  arrival: Arrival,
  gone: AbortSignal,
): Promise<Looked | Stopped> {
  const first = inspect(arrival, policy, world.keys);
  const inspected = "stopped" in first ? await inspectOpened(world, policy, arrival, first, arrival, gone) : first;
  if ("stopped" in inspected) return inspected;
  if (inspected.flow.leaves === "response") return ANSWER_LEAVES;
  const facts = await world.facts.load(inspected.ask);
  return { inspected, judged: judge(inspected, facts, world.keys), counts: facts.counts };
}
