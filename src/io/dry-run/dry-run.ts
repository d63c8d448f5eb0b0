// A request that asks what would happen to it. Law: its entry is durable before its answer is sent, and there is no way
// from here to `admit` or `dial`.

import type { Stopped } from "../../gate.ts";
import { DRY_RUN, dryRunText } from "../../record/dry-run.ts";
import type { Crossing } from "../perform.ts";
import { stop } from "../refuse.ts";
import { withPlain } from "../verdict.ts";
import { look } from "./look.ts";
import { type Foretold, tell } from "./tell.ts";

/** From arrival to answer: 200 and a DryRunAnswer in JSON, or the error that the crossing would have met. */
export async function dryRun(crossing: Crossing): Promise<void> {
  const { world, arrival, policy, reply } = crossing;
  const told = world.heavy?.takes(arrival, policy) ? await world.heavy.tried(crossing) : await toldHere(crossing);
  if ("stopped" in told) return stop(crossing, told.stopped);
  const at = {
    id: arrival.id,
    t: new Date(arrival.atMs).toISOString(),
    caller: arrival.caller,
    destination: arrival.destination,
    salt: world.random.salt(),
  };
  await world.ledger.append(dryRunText(at, told.action, DRY_RUN, policy.hash));
  crossing.recorded = true;
  world.telemetry.tried(crossing, told.action, told.rule);
  const headers = ["content-type", "application/json", "content-language", arrival.language];
  // what would leave stands in it
  headers.push("cache-control", "no-store", "x-yumen-dry-run", "1");
  reply.send(200, withPlain(headers, crossing, told.action, told.rule), told.body);
}

async function toldHere(crossing: Crossing): Promise<Foretold | Stopped> {
  const { world, arrival, policy, reply } = crossing;
  const gone = new AbortController();
  reply.onClose(() => {
    crossing.gone = true;
    gone.abort();
  });
  const looked = await look(world, policy, arrival, gone.signal);
  return "stopped" in looked ? looked : tell(looked);
}
