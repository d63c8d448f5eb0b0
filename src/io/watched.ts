// What a gate watches beside its crossings: dates, drift, whom no entry names, whom to tell. Opened with the world,
// closed with it.

import type { Entry, Policy } from "../words.ts";
import { type Alarms, type Change, createAlarms } from "./alarms/alarms.ts";
import { createDeliver, type Deliver } from "./alarms/deliver.ts";
import type { Undelivered } from "./alarms/outbox.ts";
import type { Config } from "./config.ts";
import { createDrift, type Drift } from "./drift/drift.ts";
import type { Duties } from "./duties/duties.ts";
import { type DutyWatch, watchDuties } from "./duties/watch.ts";
import { watchUnnamed } from "./naming.ts";
import type { StandingOrders } from "./orders/standing.ts";
import { watchUnknown } from "./orders/unknown.ts";
import type { Clock, PeopleCounter, Register } from "./ports.ts";
import type { Logger } from "./telemetry/log.ts";
import type { Meters } from "./telemetry/meters.ts";

export interface WatchedParts {
  readonly register: Register;
  readonly people: Pick<PeopleCounter, "unnamed" | "named" | "drain">;
  readonly clock: Clock;
  readonly duties: Duties;
  readonly orders: Pick<StandingOrders, "current">;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  readonly meters: Pick<Meters, "alarm" | "alarmMessage">;
  /** Secrets of places for alarms may lie in files of the policy folder. */
  readonly config: Pick<Config, "policies">;
  policy(): Policy;
  note(kind: Entry["kind"], members: Omit<Entry, "v" | "kind" | "t">): Promise<unknown>;
}

export interface Watched {
  readonly duties: Duties;
  readonly dutyWatch: DutyWatch;
  readonly drift: Drift;
  readonly alarms: Alarms;
  readonly deliver: Deliver;
  close(): Promise<void>;
}

const LEVELS = { info: "info", warning: "warn", critical: "error" } as const;

export function openWatched(parts: WatchedParts): Watched {
  const { register, people, clock, duties, orders, log, meters, config, policy, note } = parts;
  const counted = (place: string, how: "sent" | "retried" | "dropped"): void => {
    meters.alarmMessage(place, how);
    if (how === "dropped") log.warn({ code: "alarm_dropped", place }, "failure");
  };
  const outbox = register.shelf<Undelivered>("alarm-message");
  const deliver = createDeliver({ policy, clock, dir: config.policies, env: process.env, counted, outbox });
  const tell = (change: Change): void => {
    const { code, about, severity, details } = change.alarm;
    log[change.what === "raised" ? LEVELS[severity] : "info"](
      { code, about, severity, ...details, what: change.what },
      "alarm",
    );
    meters.alarm(code, change.what);
    deliver.tell(change);
  };
  const alarms = createAlarms(clock, tell);
  const dutyWatch = watchDuties(duties, alarms);
  const unknown = watchUnknown(orders, policy, alarms);
  const naming = watchUnnamed({ people, note });
  const drift = createDrift({ register, clock, alarms, policy, note });
  return {
    ...{ duties, dutyWatch, drift, alarms, deliver },
    async close() {
      dutyWatch.close();
      unknown.close();
      await drift.close();
      await naming.close();
      await deliver.close();
    },
  };
}
