// A draft policy beside the one in force: what it would have made of live crossings. Law: nothing waits for it, it
// changes nothing, and nothing of it stands in the ledger; what it cannot keep up with it passes over, and says so.

import { inspect, judge } from "../gate.ts";
import type { Arrival, Decision, Facts, Keys, Policy } from "../words.ts";
import type { FactsLoader } from "./ports.ts";
import type { Logger } from "./telemetry/log.ts";
import type { Meters } from "./telemetry/meters.ts";

/** What the policy in force made of a crossing, and to whom it was going. */
export interface Shown {
  readonly arrival: Arrival;
  readonly decision: Pick<Decision, "action" | "would">;
  /** null: it was judged in a thread, which has the body. */
  readonly recipient: string | null;
}

export interface Shadow {
  /** After the answer is on its way, or the refusal. Returns at once and throws nothing. */
  saw(shown: Shown): void;
  /** Tells what is left to tell, and stops. */
  close(): void;
}

export interface ShadowParts {
  /** The draft: read once a crossing. */
  draft(): Policy;
  readonly keys: Keys;
  readonly facts: FactsLoader;
  readonly meters: Pick<Meters, "shadowed" | "shadowDiffers">;
  readonly log: Pick<Logger, "warn">;
  /** Share of crossings that are looked at: over 0, at most 1. */
  readonly sample: number;
  /** Runs something later; a test's own. */
  readonly later?: (work: () => void) => void;
}

/** Crossings that wait to be looked at: more are passed over, so that a burst costs callers nothing. */
const WAITING_MAX = 32;
const BODY_BYTES_MAX = 256 * 1024;
const REPORT_EVERY_MS = 60_000;
/** Different changes told in one line of the log. */
const TOLD_MAX = 50;

/** What became of a look: the same, otherwise, or why there was none. */
export type Look = "same" | "differs" | "busy" | "large" | "files" | "failed";

interface Verdict {
  readonly action: string;
  readonly would: string | null;
  readonly rule: string;
  readonly recipient: string;
}

export function createShadow(parts: ShadowParts): Shadow {
  const { meters, log, sample, later = setImmediate } = parts;
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

  const compare = (before: Shown, after: Verdict | Look): void => {
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
    compare(shown, await lookAt(shown.arrival, parts).catch((): Look => "failed"));
    later(() => void next());
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
      later(() => void next());
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

/** The two pure halves under the draft, with the facts as they stand now: this crossing is counted by then. */
async function lookAt(arrival: Arrival, { draft, keys, facts }: ShadowParts): Promise<Verdict | Look> {
  const inspected = inspect({ ...arrival, repeated: false }, draft(), keys);
  if ("stopped" in inspected) {
    if ("enclosed" in inspected.stopped && inspected.stopped.enclosed !== undefined) return "files";
    return { action: "block", would: null, rule: inspected.stopped.code, recipient: "" };
  }
  const loaded: Facts = await facts.load(inspected.ask);
  const { decision } = judge(inspected, loaded, keys);
  const { action, would, rule } = decision;
  return { action, would, rule, recipient: inspected.flow.recipient };
}
