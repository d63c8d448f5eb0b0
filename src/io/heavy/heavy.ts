// Large bodies: read, judged and restored in threads of their own, so that small ones never wait for them
// (design.md §1). Law: the outcome is the one that perform.ts comes to; what a thread cannot finish does not leave.

import { availableParallelism } from "node:os";
import type { Leg, Stopped } from "../../gate.ts";
import type { Minted, Policy } from "../../words.ts";
import type { Foretold } from "../dry-run/tell.ts";
import type { KeyRing } from "../keys.ts";
import { type Crossing, leave, type Settled } from "../perform.ts";
import { stop } from "../refuse.ts";
import { crossBack } from "../remote-access.ts";
import { type CarriedPolicy, carry } from "./carried.ts";
import { isHeavy } from "./heft.ts";
import type { Answers, Seen } from "./messages.ts";
import { Reading } from "./reading.ts";
import { restoreIn } from "./restoring.ts";
import { Thread } from "./thread.ts";
import { type ReadingThread, Threads, type ThreadsOptions } from "./threads.ts";

export interface Heavy {
  /** Whether this body is read in a thread. */
  takes(leaving: Pick<Leg, "body" | "contentEncoding">, policy: Policy): boolean;
  /** One crossing from arrival to answer, as perform.ts does it. @throws GateError: what failed before its entry. */
  cross(crossing: Crossing): Promise<void>;
  /** What would happen to it: nothing is counted, recorded or sent. @throws GateError */
  tried(crossing: Crossing): Promise<Foretold | Stopped>;
  /** An answer that leaves. @returns Stopped: nothing is recorded yet. */
  recorded(crossing: Crossing, leg: Leg): Promise<Settled | Stopped>;
  /**
   * An answer in JSON that was held whole, with what was minted for it put back.
   * @param provider id of the API's shape. @throws GateError: it cannot be had.
   */
  restore(provider: string, minted: Minted, body: Uint8Array, gone: AbortSignal): Promise<Answers["restore"]>;
  close(): void;
}

export interface HeavyOptions extends Partial<ThreadsOptions> {
  readonly ring: Pick<KeyRing, "threadSecrets" | "countSecret">;
}

const DEFAULTS = {
  /** One core is for everything else. */
  threadsMax: Math.max(1, availableParallelism() - 1),
  waitingBytesMax: 256 * 1024 ** 2,
  waitMsMax: 30_000,
  idleMs: 600_000,
};

export function createHeavy({ ring, ...options }: HeavyOptions): Heavy {
  const data = { secrets: ring.threadSecrets };
  const start: ThreadsOptions["start"] = (onDead) => new Thread(data, onDead);
  const threads = new Threads({ ...DEFAULTS, start, ...options });
  /** null: it cannot be read elsewhere. */
  const carried = new WeakMap<Policy, CarriedPolicy | null>();
  /** The hash of the policy that a thread was told last. */
  const told = new WeakMap<ReadingThread, string>();
  const carriedOf = (policy: Policy): CarriedPolicy | null => {
    const known = carried.get(policy);
    if (known !== undefined) return known;
    const made = carry(policy);
    carried.set(policy, made);
    return made;
  };

  async function read<T>(
    crossing: Crossing,
    leg: Leg | undefined,
    work: (seen: Seen | Stopped, reading: Reading) => Promise<T>,
  ): Promise<T> {
    const gone = new AbortController();
    crossing.reply.onClose(() => {
      crossing.gone = true;
      gone.abort();
    });
    const { arrival, policy } = crossing;
    const { body, contentEncoding } = leg ?? arrival;
    const thread = await threads.lease(body.byteLength, gone.signal);
    // what is compressed may be as much as is let through at all
    const bytesMax = policy.destinations.get(arrival.destination)?.limits.bodyBytesMax ?? 0;
    const bytes = contentEncoding === "" ? body.byteLength : bytesMax;
    const reading = new Reading(crossing, thread, { bytes, gone: gone.signal, secretOf: ring.countSecret });
    try {
      const isKnown = told.get(thread) === policy.hash;
      if (!isKnown) told.delete(thread);
      const first = await reading.inspect(isKnown ? undefined : carriedOf(policy)!, leg);
      told.set(thread, policy.hash);
      return await work(await reading.opened(first), reading);
    } finally {
      reading.close();
      threads.giveBack(thread);
    }
  }

  return {
    takes: (leaving, policy) => isHeavy(leaving) && carriedOf(policy) !== null,
    async cross(crossing) {
      const next = await read(crossing, undefined, async (seen, reading) => {
        if ("stopped" in seen) return seen;
        if (seen.flow.leaves === "request") return reading.recorded(seen);
        return { asked: reading.asked(seen), body: await reading.body() };
      });
      if ("stopped" in next) return stop(crossing, next.stopped);
      if ("asked" in next) return crossBack(crossing, next.asked, { body: next.body, minted: NONE_MINTED });
      leave(crossing, next);
    },
    tried: (crossing) =>
      read(crossing, undefined, async (seen, reading) => ("stopped" in seen ? seen : reading.tried(seen))),
    recorded: (crossing, leg) =>
      read(crossing, leg, async (seen, reading) => ("stopped" in seen ? seen : reading.recorded(seen))),
    restore: (...answer) => restoreIn(threads, ...answer),
    close: () => threads.close(),
  };
}

const NONE_MINTED: Minted = new Map();
