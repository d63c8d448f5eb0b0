// Brings alarms to their places. Law of this file: bounded in all: how many wait, how often it is tried, how long an
// answer may take, how much of it is read; what is given up is counted, by place. No redirect is followed, so that what
// is signed goes where the policy says.

import type { AlarmPlace, Policy } from "../../words.ts";
import { readSecret } from "../policy/secrets.ts";
import type { Clock } from "../ports.ts";
import { type Change, isGraveEnough } from "./alarms.ts";
import { isTaken, messageOf } from "./places.ts";

const WAITING_MAX = 200;
const TRIES_MAX = 4;
const ANSWER_BYTES_MAX = 4_096;

export interface DeliverParts {
  policy(): Pick<Policy, "alarms">;
  readonly clock: Clock;
  /** Where files of secrets lie, and the variables. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How each try of a message ended, by the place's id. */
  counted(place: string, how: "sent" | "retried" | "dropped"): void;
  /** Before the n-th retry; ms. Default: 1, 4 and 16 s. */
  readonly pauseMs?: (retry: number) => number;
  readonly timeoutMs?: number;
}

export interface Deliver {
  /** Returns at once. */
  tell(change: Change): void;
  /** One message to each place, now. @returns how it ended, by id. */
  test(change: Change): Promise<Readonly<Record<string, "sent" | Failed>>>;
  /** Waits for what is under way at most so long, and gives up the rest. */
  close(waitMs?: number): Promise<void>;
}

/** Why a message was not taken: never what came back, which is somebody else's text. */
export type Failed = "secret_unreadable" | "address_invalid" | "unreachable" | "refused";

interface Queue {
  readonly waiting: Change[];
  running: Promise<void> | null;
}

export function createDeliver(parts: DeliverParts): Deliver {
  const { pauseMs = (retry) => 1_000 * 4 ** (retry - 1), counted } = parts;
  const queues = new Map<string, Queue>();
  const closing = new AbortController();

  const run = async (id: string, queue: Queue): Promise<void> => {
    const { waiting } = queue;
    for (let change = waiting[0]; change !== undefined; change = waiting[0]) {
      const how = await trySend(id, change);
      waiting.shift();
      counted(id, how);
    }
    queue.running = null;
  };
  const trySend = async (id: string, change: Change): Promise<"sent" | "dropped"> => {
    for (let tried = 1; ; tried += 1) {
      // as the policy has it now: a place that was taken out is told nothing more
      const place = placesOf(parts).find((one) => one.id === id);
      if (place === undefined || closing.signal.aborted) return "dropped";
      if ((await send(parts, place, change, closing.signal)) === "sent") return "sent";
      if (tried === TRIES_MAX) return "dropped";
      counted(id, "retried");
      await pause(pauseMs(tried), closing.signal);
    }
  };

  return {
    tell(change) {
      for (const { id, from } of placesOf(parts)) {
        if (!isGraveEnough(change.alarm, from)) continue;
        const queue = queues.get(id) ?? { waiting: [], running: null };
        queues.set(id, queue);
        if (queue.waiting.length >= WAITING_MAX || closing.signal.aborted) {
          counted(id, "dropped");
          continue;
        }
        queue.waiting.push(change);
        queue.running ??= run(id, queue);
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
    },
  };
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
