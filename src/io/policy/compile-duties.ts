// Duties, inventory and places for alarms → the Policy's. Law: what nobody wrote is absent, so that a policy without
// them is the policy it was.

import type { AlarmPlace, InventoryRow, OutsideFlow, OwnDuty, Policy } from "../../words.ts";
import type { Gathered, Placed } from "./gather.ts";
import type { Item } from "./schema.ts";
import { EVERY } from "./schema-duties.ts";

export function whereSaid({ lists, onDrift }: Pick<Gathered, "lists" | "onDrift">): WhereSaid {
  const { duties, inventory, alarms, outsideFlows } = lists;
  return {
    ...(duties.length === 0 ? {} : { duties: byId(duties).map(ownDutyOf) }),
    ...(inventory.length === 0 ? {} : { inventory: byId(inventory) satisfies readonly InventoryRow[] }),
    ...(onDrift === "alarm" ? {} : { onDrift }),
    ...(alarms.length === 0 ? {} : { alarms: byId(alarms) satisfies readonly AlarmPlace[] }),
    ...(outsideFlows.length === 0 ? {} : { outsideFlows: byId(outsideFlows) satisfies readonly OutsideFlow[] }),
  };
}

type WhereSaid = Pick<Policy, "duties" | "inventory" | "onDrift" | "alarms" | "outsideFlows">;

function ownDutyOf({ every, evidence, ...d }: Item<"duties">): OwnDuty {
  return { ...d, every: every ?? EVERY[d.kind], evidence: evidence ?? null };
}

/** The order of files and of items within them never matters. */
function byId<T extends { readonly id: string }>(placed: readonly Placed<T>[]): readonly T[] {
  return placed.map(({ item }) => item).sort((a, b) => (a.id < b.id ? -1 : 1));
}
