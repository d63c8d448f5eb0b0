// A draft policy beside the one in force: what it would have made of live crossings. Law: nothing waits for it, it
// changes nothing, and nothing of it stands in the ledger; what it cannot keep up with it passes over, and says so.

import type { Inspected } from "../gate.ts";
import type { Arrival, Decision } from "../words.ts";
import { type LookParts, lookAt, type Verdict } from "./shadow-look.ts";
import type { Logger } from "./telemetry/log.ts";
import type { Meters } from "./telemetry/meters.ts";

/** What the policy in force made of a crossing, and to whom it was going. */
export interface Shown {
  readonly arrival: Arrival;
  readonly decision: Pick<Decision, "action" | "would">;
  /** null: it was judged in a thread, which has the body. */
  readonly recipient: string | null;
  /** What was read of it: all of it where it was judged here. Absent: the arrival is all there is. */
  readonly inspected?: Pick<Inspected, "arrival"> & Partial<Inspected>;
}

export interface Shadow {
  /** After the answer is on its way, or the refusal. Returns at once and throws nothing. */
  saw(shown: Shown): void;
  /** Tells what is left to tell, and stops. */
  close(): void;
}

export interface ShadowParts extends LookParts {
  readonly meters: Pick<Meters, "shadowed" | "shadowDiffers">;
  readonly log: Pick<Logger, "warn">;
  /** Share of crossings that are looked at: over 0, at most 1. */
  readonly sample: number;
  /** Runs something after so many ms, 0: as soon as callers have had their turn; a test's own. */
  readonly later?: (work: () => void, ms: number) => void;
  /** Milliseconds from any moment on; a test's own. */
  readonly nowMs?: () => number;
}

/** Crossings that wait to be looked at: more are passed over, so that a burst costs callers nothing. */
const WAITING_MAX = 32;
const BODY_BYTES_MAX = 256 * 1024;
/** Of the thread's time: a draft that is slower than that is looked at less often. */
const SHARE_MAX = 0.2;
/** So much may be spent at once after a quiet time. */
const SAVED_MS_MAX = 5;
const REPORT_EVERY_MS = 60_000;
/** Different changes told in one line of the log. */
const TOLD_MAX = 50;

/** What became of a look: the same, otherwise, or why there was none. */
export type Look = "same" | "differs" | "busy" | "large" | "files" | "failed";

export function createShadow(parts: ShadowParts): Shadow {
  const { meters, log, sample, later = afterCallers } = parts;
  const restMs = purse(parts.nowMs ?? performance.now.bind(performance));
  const waiting: Shown[] = [];
  const told = new Map<string, number>();
  let share = 0;
  let running = false;

  const note = (look: Look): void => meters.shadowed(look);
  const report = (): void => {
    if (told.size === 0) return;
    log.warn({ by: Object.fromEntries([...told].slice(0, TOLD_MAX)) }, "shadow");
    told.clear();
  };
  const timer = setInterval(report, REPORT_EVERY_MS).unref();

  const compare = (before: Shown, after: Verdict | "files" | "failed"): void => {
    if (typeof after === "string") return note(after);
    const [from, to] = [doneOf(before.decision), doneOf(after)];
    if (from === to && before.recipient === after.recipient) return note("same");
    note("differs");
    meters.shadowDiffers(after.rule, after.recipient);
    const change = `${from} → ${to} ${after.rule} ${after.recipient}`;
    told.set(change, (told.get(change) ?? 0) + 1);
  };

  /** One at a time, with room for callers in between. */
  const next = async (): Promise<void> => {
    const shown = waiting.shift();
    if (shown === undefined) {
      running = false;
      return;
    }
    const { arrival, inspected } = shown;
    const { found, ms } = await lookAt(arrival, isRead(inspected) ? inspected : undefined, parts);
    compare(shown, found);
    later(() => void next(), restMs(ms));
  };

  return {
    saw(shown) {
      share += sample;
      if (share < 1) return;
      share -= 1;
      if (shown.recipient === null || shown.arrival.body.byteLength > BODY_BYTES_MAX) return note("large");
      if (waiting.length === WAITING_MAX) return note("busy");
      waiting.push(shown);
      if (running) return;
      running = true;
      later(() => void next(), 0);
    },
    close() {
      clearInterval(timer);
      waiting.length = 0;
      report();
    },
  };
}

function doneOf({ action, would }: Pick<Verdict, "action" | "would">): string {
  return would === null ? action : `${action} (observed)`;
}

function isRead(inspected: Shown["inspected"]): inspected is Inspected {
  return inspected?.doc !== undefined;
}

/** @returns how long to rest after so many milliseconds at work, for the share of the thread to be kept. */
function purse(nowMs: () => number): (spentMs: number) => number {
  let savedMs = SAVED_MS_MAX;
  let atMs = nowMs();
  return (spentMs) => {
    const now = nowMs();
    savedMs = Math.min(SAVED_MS_MAX, savedMs + (now - atMs) * SHARE_MAX) - spentMs;
    atMs = now;
    return savedMs < 0 ? -savedMs / SHARE_MAX : 0;
  };
}

function afterCallers(work: () => void, ms: number): void {
  if (ms === 0) setImmediate(work);
  else setTimeout(work, ms).unref();
}
