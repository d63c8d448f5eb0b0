// Opens what people order: from the register, from the duties and from the folder. Law: when it resolves, whatever was
// ordered stands.

import { type DropParts, openDrop } from "./drop.ts";
import { createStandingOrders, type StandingOrders } from "./standing.ts";

export interface OrdersParts extends Omit<DropParts, "orders"> {
  /** Duties that shut their ways: the same list until it changes. */
  readonly overdue: Parameters<typeof createStandingOrders>[2];
}

export async function openOrders({ overdue, ...parts }: OrdersParts): Promise<StandingOrders> {
  const orders = createStandingOrders(parts.register, parts.clock, overdue);
  const drop = await openDrop({ ...parts, orders });
  return {
    ...orders,
    async close() {
      await drop.close();
      await orders.close();
    },
  };
}
