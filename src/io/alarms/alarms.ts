// What somebody must be told, in one place. Law of this file: an alarm stands once until it is mended; raising and
// clearing are looks at memory and never wait, so that nothing that crosses ever waits for who is told.

import type { Alarm, Severity } from "../../words.ts";
import type { Clock } from "../ports.ts";

export interface Raised extends Pick<Alarm, "code" | "about" | "severity"> {
  readonly details?: Alarm["details"];
}

export interface Change {
  readonly alarm: Alarm;
  readonly what: "raised" | "cleared";
}

export interface Alarms {
  /** Stands until `clear`; raised again it is the same, but for a severity that grew. */
  raise(alarm: Raised): void;
  clear(code: string, about: string): void;
  /** All that a watcher sees now: what it saw before and no longer does is cleared. */
  standing(watcher: string, alarms: readonly Raised[]): void;
  /** The gravest first, then the oldest. */
  open(): readonly Alarm[];
}

/** Beyond so many the first say enough: what is not kept is counted, and told as one alarm of its own. */
const OPEN_MAX = 1_000;
const GRAVITY: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };

/** @param tell hears of each change once. Must not throw and not wait. */
export function createAlarms(clock: Clock, tell: (change: Change) => void): Alarms {
  const open = new Map<string, Alarm>();
  const seenBy = new Map<string, ReadonlySet<string>>();

  const raise = ({ code, about, severity, details = {} }: Raised): void => {
    const key = keyOf(code, about);
    const before = open.get(key);
    if (before === undefined && open.size >= OPEN_MAX && code !== OVERFLOW.code) return raise(OVERFLOW);
    const since = before?.since ?? new Date(clock.nowMs()).toISOString();
    const alarm: Alarm = { code, about, severity, since, details };
    open.set(key, alarm);
    if (before === undefined || GRAVITY[before.severity] < GRAVITY[severity]) tell({ alarm, what: "raised" });
  };
  const drop = (key: string): void => {
    const alarm = open.get(key);
    if (alarm === undefined) return;
    open.delete(key);
    tell({ alarm, what: "cleared" });
    // there is room again: what was not kept is raised anew by whoever sees it
    if (open.size === OPEN_MAX - 1 && key !== OVERFLOWN) drop(OVERFLOWN);
  };

  return {
    raise,
    clear: (code, about) => drop(keyOf(code, about)),
    standing(watcher, alarms) {
      const now = new Set(alarms.map(({ code, about }) => keyOf(code, about)));
      for (const key of seenBy.get(watcher) ?? []) if (!now.has(key)) drop(key);
      for (const alarm of alarms) raise(alarm);
      seenBy.set(watcher, now);
    },
    open: () => [...open.values()].sort((a, b) => GRAVITY[b.severity] - GRAVITY[a.severity] || byTime(a, b)),
  };
}

const OVERFLOWN = "alarms_many alarms";
const OVERFLOW: Raised = { code: "alarms_many", about: "alarms", severity: "critical" };

/** Whether a place that hears from `from` on hears of this. */
export function isGraveEnough({ severity }: Pick<Alarm, "severity">, from: Severity): boolean {
  return GRAVITY[severity] >= GRAVITY[from];
}

function keyOf(code: string, about: string): string {
  return `${code} ${about}`;
}

function byTime(a: Alarm, b: Alarm): number {
  return a.since < b.since ? -1 : a.since > b.since ? 1 : a.code < b.code ? -1 : 1;
}
