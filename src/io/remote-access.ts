// A crossing whose answer leaves: somebody overseas reads from a service here (remote access is an export too).
// Law: the answer is held whole, judged and recorded before a byte of it is sent.

import { headerOf } from "../flow/headers.ts";
import { inspect, type Leg, type Stopped } from "../gate.ts";
import type { Departure, HeaderPairs } from "../words.ts";
import { AnswerWay } from "./answer.ts";
import { dispatchOf } from "./dispatch.ts";
import { GateError } from "./errors.ts";
import { openFiles } from "./extract/again.ts";
import { type Asked, type Crossing, countLifted, recorded, type Settled } from "./perform.ts";
import type { AnswerSink, DialHandle, Dispatch } from "./ports.ts";
import { refuseSettled, stop } from "./refuse.ts";
import { withVerdict } from "./verdict.ts";

/** RFC 9110 §15.3.7. A number that is read in two pieces is seen in neither. */
const PARTIAL = 206;

interface HeldAnswer {
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly body: Buffer;
}

/**
 * The request goes in unjudged (it comes from outside); what it is answered with is judged like a request going out.
 */
export async function crossBack(crossing: Crossing, asked: Asked, request: Departure): Promise<void> {
  const { world, reply } = crossing;
  const held = await holdAnswer(crossing, dispatchOf(asked, request), asked.route.destination.limits.bodyBytesMax);
  if (held.status === PARTIAL) throw new GateError("answer_unreadable", "a part of an answer cannot be judged");
  const settled = await judged(crossing, legOf(crossing, held));
  if ("stopped" in settled) return stop(crossing, settled.stopped);
  world.telemetry.decided(crossing, settled);
  countLifted(crossing, settled);
  if (settled.departure === null) return refuseSettled(crossing, settled);
  // ordered to stop while it was judged or written down, as in perform.ts
  const way = new AnswerWay(crossing, settled);
  if (!way.leaving()) return;
  const headers = withVerdict([...settled.inspected.headers], crossing, settled);
  reply.send(held.status, headers, settled.departure.body);
}

/** A large answer is read in a thread. */
async function judged(crossing: Crossing, leg: Leg): Promise<Settled | Stopped> {
  const { world, arrival, policy } = crossing;
  if (world.heavy?.takes(leg, policy)) return world.heavy.recorded(crossing, leg);
  const first = inspect(arrival, policy, world.keys, leg);
  const inspected = "stopped" in first ? await openFiles(crossing, first, leg) : first;
  return "stopped" in inspected ? inspected : recorded(crossing, inspected);
}

function legOf({ arrival }: Crossing, { headers, body }: HeldAnswer): Leg {
  return {
    method: arrival.method,
    target: "/",
    headers: headers.map((text, i) => (i % 2 === 0 ? text.toLowerCase() : text)),
    contentType: headerOf(headers, "content-type"),
    contentEncoding: headerOf(headers, "content-encoding"),
    body,
  };
}

function holdAnswer({ world, reply }: Crossing, dispatch: Dispatch, bodyBytesMax: number): Promise<HeldAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    let handle: DialHandle | null = null;
    let head: Omit<HeldAnswer, "body"> = { status: 502, headers: [] };
    const sink: AnswerSink = {
      head: (status, headers) => {
        head = { status, headers };
      },
      data: (chunk) => {
        bytes += chunk.byteLength;
        if (bytes <= bodyBytesMax) return chunks.push(chunk) > 0;
        handle?.abort();
        reject(new GateError("answer_unreadable", "the answer is larger than the route allows"));
        return true;
      },
      end: () => resolve({ ...head, body: Buffer.concat(chunks) }),
      fail: reject,
    };
    handle = world.dialer.dial(dispatch, sink);
    reply.onClose(() => {
      handle.abort();
      reject(new GateError("upstream_truncated", "the caller went away"));
    });
  });
}
