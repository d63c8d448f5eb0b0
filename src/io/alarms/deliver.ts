// Brings alarms to their places, once at least, over a restart too. Law of this file: bounded in all: how many wait,
// how often and how long it is tried, how long an answer may take, how much of it is read; what is given up is counted,
// by place. Of one alarm what came first goes first. No redirect is followed: what is signed goes where policy says.

import type { AlarmPlace, Policy } from "../../words.ts";
import { readSecret } from "../policy/secrets.ts";
import type { Clock, Shelf } from "../ports.ts";
import { type Change, isGraveEnough } from "./alarms.ts";
import { inOrder, isSaid, nextOf, type Undelivered, undelivered, type Waiting } from "./outbox.ts";
import { isTaken, messageOf } from "./places.ts";

const WAITING_MAX = 200;
/** In one round; between rounds a place that is away is left alone. */
const TRIES_MAX = 4;
const ANSWER_BYTES_MAX = 4_096;
/** What nobody took for so long is given up. */
const KEPT_MS = 86_400_000;

export interface DeliverParts {
  policy(): Pick<Policy, "alarms">;
  readonly clock: Clock;
  /** Where files of secrets lie, and the variables. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How each try of a message ended, by the place's id. */
  counted(place: string, how: "sent" | "retried" | "dropped"): void;
  /** What waits, over a restart. Absent: one round, and what nobody took in it is given up. */
  readonly outbox?: Shelf<Undelivered>;
  /** Before the n-th retry; ms. Default: 1, 4 and 16 s. */
  readonly pauseMs?: (retry: number) => number;
  /** Before the n-th round after the first; ms. Default: 1, 5 and from then on 10 min. */
  readonly roundMs?: (round: number) => number;
  readonly timeoutMs?: number;
}

export interface Deliver {
  /** Returns at once. */
  tell(change: Change): void;
  /** One message to each place, now. @returns how it ended, by id. */
  test(change: Change): Promise<Readonly<Record<string, "sent" | Failed>>>;
  /** Waits for what is under way at most so long; the rest is kept for the next start, or given up. */
  close(waitMs?: number): Promise<void>;
}

/** Why a message was not taken: never what came back, which is somebody else's text. */
export type Failed = "secret_unreadable" | "address_invalid" | "unreachable" | "refused";

interface Queue {
  readonly waiting: Waiting[];
  running: Promise<void> | null;
  /** Something new has come: nothing is waited out for what is older. */
  news: AbortController;
}

export function createDeliver(parts: DeliverParts): Deliver {
  const { counted, clock, outbox } = parts;
  const queues = new Map<string, Queue>();
  const closing = new AbortController();
  /** Writes of the outbox: nothing waits for them but the end. */
  let keeping: Promise<unknown> = Promise.resolve();

  const keep = (write: () => Promise<unknown> | undefined): void => {
    keeping = keeping.then(write).catch(() => {});
  };
  const over = (queue: Queue, one: Waiting, how: "sent" | "dropped"): void => {
    queue.waiting.splice(queue.waiting.indexOf(one), 1);
    counted(one.place, how);
    keep(() => outbox?.remove(one.id, () => true));
  };
  const run = async (queue: Queue): Promise<void> => {
    for (let next = nextOf(queue.waiting); next !== null; next = nextOf(queue.waiting)) {
      const ms = next.dueMs - performance.now();
      if (ms > 0 && !closing.signal.aborted) {
        queue.news = new AbortController();
        await pause(ms, AbortSignal.any([closing.signal, queue.news.signal]));
        continue;
      }
      const how = await roundOf(parts, next, closing.signal);
      if (how !== "later") over(queue, next, how);
      else if (closing.signal.aborted) break;
    }
    queue.running = null;
  };
  const enqueue = (one: Waiting): void => {
    const queue = queues.get(one.place) ?? { waiting: [], running: null, news: closing };
    queues.set(one.place, queue);
    if (isSaid(queue.waiting, one)) return;
    if (queue.waiting.length >= WAITING_MAX || closing.signal.aborted) return counted(one.place, "dropped");
    queue.waiting.push(one);
    if (queue.running === null) queue.running = run(queue);
    else if (queue.news !== closing) queue.news.abort();
  };
  for (const kept of inOrder(outbox?.all() ?? [])) enqueue({ ...kept, kept: true, round: 0, dueMs: 0 });

  return {
    tell(change) {
      for (const { id: place, from } of placesOf(parts)) {
        if (!isGraveEnough(change.alarm, from)) continue;
        const one = undelivered(place, change, clock.nowMs());
        enqueue({ ...one, kept: false, round: 0, dueMs: 0 });
        if (queues.get(place)?.waiting.some(({ id }) => id === one.id)) keep(() => outbox?.change(one.id, () => one));
      }
    },
    async test(change) {
      const ended = placesOf(parts).map(async (place) => [place.id, await send(parts, place, change)] as const);
      return Object.fromEntries(await Promise.all(ended));
    },
    async close(waitMs = 2_000) {
      const done = Promise.all([...queues.values()].map(({ running }) => running));
      await Promise.race([done, pause(waitMs, closing.signal)]);
      closing.abort();
      await done;
      await keeping;
    },
  };
}

/** Tries a few times. `later`: in another round, or after the next start. */
async function roundOf(parts: DeliverParts, one: Waiting, closing: AbortSignal): Promise<"sent" | "dropped" | "later"> {
  const { counted, outbox, clock, pauseMs = (retry) => 1_000 * 4 ** (retry - 1), roundMs = laterMs } = parts;
  for (let tried = 1; ; tried += 1) {
    // as the policy has it now: a place that was taken out is told nothing more
    const place = placesOf(parts).find(({ id }) => id === one.place);
    if (place === undefined) return "dropped";
    if (closing.aborted) return outbox === undefined ? "dropped" : "later";
    if ((await send(parts, place, one.change, closing)) === "sent") return "sent";
    if (tried === TRIES_MAX) break;
    counted(one.place, "retried");
    await pause(pauseMs(tried), closing);
  }
  if (outbox === undefined || clock.nowMs() - Date.parse(one.at) >= KEPT_MS) return "dropped";
  one.round += 1;
  one.dueMs = performance.now() + roundMs(one.round);
  return "later";
}

function laterMs(round: number): number {
  return Math.min(60_000 * 5 ** (round - 1), 600_000);
}

function placesOf({ policy }: DeliverParts): readonly AlarmPlace[] {
  return policy().alarms ?? [];
}

async function send(
  { clock, dir, env, timeoutMs = 5_000 }: DeliverParts,
  place: AlarmPlace,
  change: Change,
  closing?: AbortSignal,
): Promise<"sent" | Failed> {
  const read = (text: string) => readSecret(text, { env, dir, prefix: "" });
  const url = isReference(place.url) ? await read(place.url) : null;
  const secret = place.secret === undefined ? null : await read(place.secret);
  if (url?.ok === false || secret?.ok === false) return "secret_unreadable";
  const address = url === null ? place.url : url.secret.reveal();
  if (!isAddress(address)) return "address_invalid";
  const { secret: _, ...bare } = place;
  const whole = { ...bare, url: address, ...(secret === null ? {} : { secret: secret.secret.reveal() }) };
  const message = messageOf(whole, change, clock.nowMs());
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = closing === undefined ? timeout : AbortSignal.any([timeout, closing]);
  try {
    const { headers, body } = message;
    const answer = await fetch(message.url, { method: "POST", headers, body, redirect: "manual", signal });
    return isTaken(place.kind, answer.status, await beginningOf(answer)) ? "sent" : "refused";
  } catch {
    return "unreachable";
  }
}

/** What a secret says is not looked at when the policy is loaded. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === "https:" || (protocol === "http:" && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname))
  );
}

function isReference(text: string): boolean {
  return /^(?:env|file):/.test(text);
}

async function beginningOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > ANSWER_BYTES_MAX) break;
  }
  return text.slice(0, ANSWER_BYTES_MAX);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms).unref();
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}
