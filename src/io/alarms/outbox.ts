// Messages that wait for their place. Law of this file: a message has a name of its own, the same however often it is
// sent; of one alarm none overtakes another; what waits from before a restart is not said twice.

import type { Change } from "./alarms.ts";
import { keyOf } from "./places.ts";

/** As the shelf has it. */
export interface Undelivered {
  /** The place, and the message's key. */
  readonly id: string;
  readonly place: string;
  readonly change: Change;
  /** When it was told: ISO 8601 UTC. */
  readonly at: string;
  /** Among those of one instant. */
  readonly serial: number;
}

export interface Waiting extends Undelivered {
  /** Told by the process before. */
  readonly kept: boolean;
  /** Rounds that failed. */
  round: number;
  /** performance.now() from which on it is tried. */
  dueMs: number;
}

let serial = 0;

export function undelivered(place: string, change: Change, nowMs: number): Undelivered {
  serial += 1;
  return { id: `${place}/${keyOf(change)}`, place, change, at: new Date(nowMs).toISOString(), serial };
}

export function inOrder(kept: readonly Undelivered[]): readonly Undelivered[] {
  return [...kept].sort((a, b) => (a.at === b.at ? a.serial - b.serial : a.at < b.at ? -1 : 1));
}

/** The first that is due soonest, of those that come first of their alarm. null: nothing waits. */
export function nextOf(waiting: readonly Waiting[]): Waiting | null {
  const before = new Set<string>();
  let next: Waiting | null = null;
  for (const one of waiting) {
    const alarm = alarmOf(one);
    if (!before.has(alarm) && (next === null || one.dueMs < next.dueMs)) next = one;
    before.add(alarm);
  }
  return next;
}

/** What a restart raises anew still waits to be told, from before. */
export function isSaid(waiting: readonly Waiting[], one: Undelivered): boolean {
  const last = waiting.findLast((other) => alarmOf(other) === alarmOf(one));
  if (last === undefined || !last.kept) return false;
  const { what, alarm } = last.change;
  return what === one.change.what && alarm.severity === one.change.alarm.severity;
}

function alarmOf({ change: { alarm } }: Undelivered): string {
  return `${alarm.code} ${alarm.about}`;
}
