// A crossing that files stopped: they are opened, and it is inspected again. Law: what stays closed stays refused.

import { type Inspected, inspect, type Leg, type Stopped } from "../../gate.ts";
import type { Crossing } from "../perform.ts";

/** @returns what the second inspection says; the first, where no file was in the way or nothing opens files here. */
export async function openFiles(crossing: Crossing, first: Stopped, leg: Leg): Promise<Inspected | Stopped> {
  const { world, arrival, policy, reply } = crossing;
  const enclosed = "enclosed" in first.stopped ? first.stopped.enclosed : undefined;
  if (enclosed === undefined || world.files === undefined) return first;
  const { bodyBytesMax } = policy.destinations.get(arrival.destination)!.limits;
  const gone = new AbortController();
  reply.onClose(() => {
    crossing.gone = true;
    gone.abort();
  });
  const opened = await world.files.open(enclosed, bodyBytesMax, gone.signal);
  if ("code" in opened) return { stopped: opened };
  return inspect(arrival, policy, world.keys, leg, opened);
}
