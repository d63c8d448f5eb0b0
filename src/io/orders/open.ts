// Opens what people order: from the register, from the duties and from the folders, the gate's own and the one that a
// fleet shares. Law: when it resolves, whatever was ordered stands.

import type { Hold } from "../../words.ts";
import { type Drop, type DropParts, openDrop } from "./drop.ts";
import { createStandingOrders, type StandingOrders } from "./standing.ts";

export interface OrdersParts extends Omit<DropParts, "orders" | "isShared"> {
  /** A folder that other gates read too; null: there is none. */
  readonly shared: string | null;
  /** Duties that shut their ways: the same list until it changes. */
  readonly overdue: Parameters<typeof createStandingOrders>[2];
}

export async function openOrders({ overdue, shared, ...parts }: OrdersParts): Promise<StandingOrders> {
  const orders = createStandingOrders(parts.register, parts.clock, overdue);
  const lying: [own: readonly Hold[], shared: readonly Hold[]] = [[], []];
  const openAt = (place: 0 | 1, more: Partial<DropParts>): Promise<Drop> => {
    const dropped = (holds: readonly Hold[]): void => {
      lying[place] = holds;
      orders.dropped(lying.flat());
    };
    return openDrop({ ...parts, ...more, orders: { ...orders, dropped } });
  };
  const own = await openAt(0, {});
  const others = shared === null ? null : await openAt(1, { dir: shared, isShared: true });
  return {
    ...orders,
    async close() {
      await own.close();
      await others?.close();
      await orders.close();
    },
  };
}
