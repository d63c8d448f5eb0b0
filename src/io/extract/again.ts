// A crossing that files stopped: they are opened, and it is inspected again. Law: what stays closed stays refused.

import { type Inspected, inspect, type Leg, type Stopped } from "../../gate.ts";
import type { Arrival, Enclosed, Policy } from "../../words.ts";
import type { Crossing, World } from "../perform.ts";

/** @returns what the second inspection says; the first, where no file was in the way or nothing opens files here. */
export async function openFiles(crossing: Crossing, first: Stopped, leg: Leg): Promise<Inspected | Stopped> {
  if (!isByFiles(first)) return first;
  const { world, arrival, policy, reply } = crossing;
  const gone = new AbortController();
  reply.onClose(() => {
    crossing.gone = true;
    gone.abort();
  });
  return inspectOpened(world, policy, arrival, first, leg, gone.signal);
}

/** The same for whom nobody may be waiting. @param gone nobody waits any more. */
export async function inspectOpened(
  world: Pick<World, "keys" | "files">,
  policy: Policy,
  arrival: Arrival,
  first: Stopped,
  leg: Leg,
  gone: AbortSignal,
): Promise<Inspected | Stopped> {
  if (!isByFiles(first) || world.files === undefined) return first;
  const { bodyBytesMax } = policy.destinations.get(arrival.destination)!.limits;
  const opened = await world.files.open(first.stopped.enclosed, bodyBytesMax, gone);
  if ("code" in opened) return { stopped: opened };
  return inspect(arrival, policy, world.keys, leg, opened);
}

type StoppedByFiles = Stopped & { readonly stopped: { readonly enclosed: readonly Enclosed[] } };

function isByFiles(first: Stopped): first is StoppedByFiles {
  return "enclosed" in first.stopped && first.stopped.enclosed !== undefined;
}
