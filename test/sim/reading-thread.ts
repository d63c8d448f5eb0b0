// A reading thread that is none: the worker's own code in this thread, behind the border that a real one has. What
// cannot be cloned does not cross, memory that was handed over is gone.

import { setImmediate as turn } from "node:timers/promises";
import type { GateError } from "../../src/io/errors.ts";
import type { Asks, Work } from "../../src/io/heavy/messages.ts";
import { answerOf, Reader } from "../../src/io/heavy/reader.ts";
import type { ReadingThread } from "../../src/io/heavy/threads.ts";
import type { ThreadSecrets } from "../../src/io/keys.ts";

/** @param before each answer: what else happens meanwhile. Rejects: the thread ended. */
export function fakeThread(secrets: ThreadSecrets, before: () => Promise<unknown> = () => turn()): ReadingThread {
  const reader = new Reader(secrets);
  let dead: Error | null = null;
  let cancelled: ((error: Error) => void) | null = null;
  return {
    async ask<W extends Work>(work: W, ask: Asks[W], _limitMs: number, handed: readonly ArrayBuffer[]) {
      if (dead !== null) throw dead;
      // secrets are handles, and cross as such
      const theirs = work === "judge" ? ask : structuredClone(ask, { transfer: [...handed] });
      const gone = new Promise<never>((_, reject) => {
        cancelled = reject;
      });
      await Promise.race([before(), gone]).catch((error: GateError) => {
        if (error.code === "reader_lost") dead = error;
        throw error;
      });
      return structuredClone(answerOf<W>(reader, work, theirs));
    },
    cancel: (error) => cancelled?.(error),
    release(onFree) {
      reader.forget();
      if (dead === null) onFree();
    },
    end() {},
  };
}
