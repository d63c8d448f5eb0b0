// The guarded clock (threats.md 28). Law: it never says an earlier time than it said before, so a mechanism that has
// expired, or a year that has ended, does not come back because somebody set the machine's clock.

import type { Clock } from "./ports.ts";

/** Smaller steps are NTP's ordinary work. */
const STEP_BACK_ALARM_MS = 5_000;

/**
 * @param read ms since the epoch, as the machine says.
 * @param onStepBack told once per step back of more than 5 s, with its size in ms.
 * @param notBeforeMs the time of the newest ledger entry: the guard then holds across a restart.
 */
export function createClock(
  read: () => number = Date.now,
  onStepBack?: (backMs: number) => void,
  notBeforeMs = Number.NEGATIVE_INFINITY,
): Clock {
  let latestMs = notBeforeMs;
  let alarmed = false;
  return {
    nowMs() {
      const readMs = read();
      if (readMs >= latestMs) {
        alarmed = false;
        latestMs = readMs;
      } else if (latestMs - readMs > STEP_BACK_ALARM_MS && !alarmed) {
        alarmed = true;
        onStepBack?.(latestMs - readMs);
      }
      return latestMs;
    },
  };
}
