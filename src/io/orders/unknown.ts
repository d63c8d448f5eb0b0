// Holds on what the policy does not know: each is over everything, and somebody must know why. Law: a look says all
// that it sees, so that the alarm clears when the policy knows the name again, or two people lift the hold.

import { isKnown, type KnownNames } from "../../decide/holds.ts";
import type { Hold } from "../../words.ts";
import type { Alarms, Raised } from "../alarms/alarms.ts";
import type { StandingOrders } from "./standing.ts";

const LOOK_MS = 1_000;

export interface UnknownWatch {
  look(): void;
  close(): void;
}

/** Looks now, and every second: a policy that renames what is shut has shut everything. */
export function watchUnknown(
  orders: Pick<StandingOrders, "current">,
  policy: () => KnownNames,
  alarms: Pick<Alarms, "standing">,
): UnknownWatch {
  const look = (): void => {
    const holds = orders.current()?.holds ?? [];
    alarms.standing("holds", holds.filter((hold) => !isKnown(hold, policy())).map(alarmOf));
  };
  look();
  const timer = setInterval(look, LOOK_MS).unref();
  return { look, close: () => clearInterval(timer) };
}

function alarmOf({ id, of, target }: Hold): Raised {
  return { code: "hold_unknown", about: id, severity: "critical", details: { of, target: target ?? "" } };
}
