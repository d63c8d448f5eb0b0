// Tells the caller that nothing left, and why, in the dialect of the API it called. Law: an entry first, the answer
// after.

import { refuse, refuseCode } from "../act/refuse.ts";
import { PROVIDERS } from "../decode/providers/all.ts";
import { stoppedText } from "../record/crossing.ts";
import { dryRunText } from "../record/dry-run.ts";
import type { Arrival, Misrouted, Provider, Refusal, Unreadable } from "../words.ts";
import { GateError } from "./errors.ts";
import type { Crossing, Settled, World } from "./perform.ts";
import type { Reply } from "./ports.ts";
import type { FailedHead } from "./serve/server.ts";
import { withPlain, withVerdict } from "./verdict.ts";

/** About as long as a large body takes (io/heavy). */
const BUSY_SECONDS = "5";

/** A judged crossing that blocks. Its entry is already durable. */
export function refuseSettled(crossing: Crossing, settled: Settled): void {
  const { arrival } = crossing;
  const { decision, inspected } = settled;
  const refusal = refuse({
    decision: arrival.id,
    language: arrival.language,
    reasons: decision.reasons,
    cures: decision.cures,
    destination: inspected.route.destination.id,
  });
  answer(crossing, refusal, inspected.route.provider, (told) => withVerdict(told, crossing, settled));
}

/** Cannot be read, or policy does not carry it: recorded, then refused. */
export async function stop(crossing: Crossing, { code, detail }: Unreadable | Misrouted): Promise<void> {
  await recordStop(crossing, code);
  refuseWith(crossing, code, detail);
}

/**
 * The gate or the world failed. Before the decision entry was durable: record it as a block, answer 503 (or the
 * error's own status). After: the entry stands, an outcome follows, and the caller gets an error or an abnormal end.
 */
export async function fail(crossing: Crossing, error: unknown): Promise<void> {
  const { world, reply, arrival } = crossing;
  const known = error instanceof GateError ? error : new GateError("internal", "the gate failed", { cause: error });
  world.telemetry.failed(arrival, known);
  try {
    if (!crossing.recorded) await recordStop(crossing, known.code);
  } catch (second) {
    world.telemetry.failed(
      arrival,
      second instanceof GateError ? second : new GateError("ledger_unavailable", "no entry"),
    );
  }
  if (reply.headersSent) reply.destroy();
  else refuseWith(crossing, known.code, known.message.slice(known.code.length + 2));
}

/**
 * A request that passed authentication and failed before the gate saw it whole: one decision entry all the same (law
 * 10).
 */
export function failedBeforeGate(world: World, head: FailedHead, error: GateError, reply: Reply): Promise<void> {
  const arrival: Arrival = {
    ...head,
    destination: head.destination ?? "",
    target: "/",
    headers: [],
    body: new Uint8Array(0),
    contentType: "",
    contentEncoding: "",
    asserted: { subject: null, purpose: null, conversation: null, exporter: null },
  };
  const startedMs = performance.now();
  return fail({ world, arrival, reply, startedMs, policy: world.policy(), gone: false, recorded: false }, error);
}

/** Refuses with a code of the catalogue. The entry, where one is due, was written before. */
export function refuseWith(crossing: Crossing, code: string, detail: string): void {
  const { arrival } = crossing;
  const refusal = refuseCode({ decision: arrival.id, language: arrival.language, code, detail });
  answer(crossing, refusal, providerOf(crossing), (told) => withPlain(told, crossing, "block", code));
}

/** The error event that ends a running stream, in the dialect of its API. */
export function streamFailure({ arrival }: Crossing, { inspected }: Settled, code: string): Buffer {
  const refusal = refuseCode({ decision: arrival.id, language: arrival.language, code, detail: "" });
  return Buffer.from(inspected.route.provider.streamRefusal(refusal));
}

async function recordStop(crossing: Crossing, code: string): Promise<void> {
  const { world, arrival, policy } = crossing;
  const at = {
    id: arrival.id,
    t: new Date(arrival.atMs).toISOString(),
    caller: arrival.caller,
    destination: policy.destinations.has(arrival.destination) ? arrival.destination : null,
    salt: world.random.salt(),
  };
  const isDry = arrival.dryRun === true;
  await world.ledger.append(isDry ? dryRunText(at, "block", code, policy.hash) : stoppedText(at, code, policy.hash));
  crossing.recorded = true;
  if (isDry) world.telemetry.tried(crossing, "block", code);
  else world.telemetry.stopped(crossing, code);
}

function answer(
  { reply, arrival }: Crossing,
  refusal: Refusal,
  provider: Provider,
  verdict: (told: string[]) => readonly string[],
): void {
  const told = ["content-type", "application/json", "content-language", arrival.language, "x-should-retry", "false"];
  if (arrival.dryRun === true) told.push("x-yumen-dry-run", "1");
  if (refusal.code === "gate_busy") told.push("retry-after", BUSY_SECONDS);
  reply.send(refusal.status, verdict(told), Buffer.from(provider.refusal(refusal)));
}

/** The dialect of the destination's first API shape that knows the path; any-json where nothing does. */
function providerOf({ arrival, policy }: Crossing): Provider {
  const path = arrival.target.split("?", 1)[0]!;
  for (const id of policy.destinations.get(arrival.destination)?.providers ?? []) {
    const provider = PROVIDERS.get(id);
    if (provider?.operation(arrival.method, provider.canonicalPath(path)) != null) return provider;
  }
  return PROVIDERS.get("any-json")!;
}
