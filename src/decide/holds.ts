// A way that somebody has shut. Law of this file: a hold is about whatever it names, whoever else is named; it has no
// term and no exception, and ends only by being taken away.

import type { Case, Hold } from "../words.ts";

const NONE: readonly Hold[] = [];

/** Those about this crossing, in the order of the orders. Nearly always nobody has ordered anything. */
export function holdsOn(c: Pick<Case, "orders" | "flow" | "policy">): readonly Hold[] {
  if (c.orders === undefined || c.orders.holds.length === 0) return NONE;
  const { exporter, destination, recipient } = c.flow;
  // who is entrusted exports for the handler (CNT-7): shut for one, shut for both
  const handler = c.policy.exporters.get(exporter)?.handler ?? exporter;
  return c.orders.holds.filter((hold) => isOver(hold, { exporter, handler, destination, recipient }));
}

export interface HeldWay {
  readonly exporter: string;
  readonly handler: string;
  readonly destination: string;
  readonly recipient: string;
}

/** A hold of a sort that is not known is over everything. */
export function isOver({ of, target }: Pick<Hold, "of" | "target">, way: HeldWay): boolean {
  if (of === "recipient") return target === way.recipient;
  if (of === "destination") return target === way.destination;
  if (of === "exporter") return target === way.exporter || target === way.handler;
  return true;
}
