// A way that somebody has shut. Law of this file: a hold is about whatever it names, whoever else is named; it has no
// term and no exception, and ends only by being taken away: not by a policy that has renamed what it shuts.

import type { Case, Hold, Policy, Reason } from "../words.ts";
import { isNamed, wayTo } from "./onward.ts";

const NONE: readonly Hold[] = [];

/** Those about this crossing, in the order of the orders. Nearly always nobody has ordered anything. */
export function holdsOn(c: Pick<Case, "orders" | "flow" | "policy">): readonly Hold[] {
  if (c.orders === undefined || c.orders.holds.length === 0) return NONE;
  const { exporter, destination, recipient, purpose } = c.flow;
  // who is entrusted exports for the handler (CNT-7): shut for one, shut for both
  const handler = c.policy.exporters.get(exporter)?.handler ?? exporter;
  const way = { exporter, handler, destination, recipient, purpose, policy: c.policy };
  return c.orders.holds.filter((hold) => isOver(hold, way));
}

/** What a reason says of each hold on the crossing: its id and, where it is about a party further on, the way. */
export function heldBy(c: Pick<Case, "orders" | "flow" | "policy">): readonly Pick<Reason, "about" | "via">[] {
  return holdsOn(c).map(({ id, of, target }) => {
    const way = of === "recipient" ? wayTo(c.policy, c.flow.recipient, target ?? "") : null;
    return way === null || way.length === 1 ? { about: id } : { about: id, via: way.join(" > ") };
  });
}

export interface HeldWay {
  readonly exporter: string;
  readonly handler: string;
  readonly destination: string;
  readonly recipient: string;
  readonly purpose: string;
  /** Under which it was judged. */
  readonly policy: KnownNames;
}

export type KnownNames = Pick<Policy, "recipients" | "destinations" | "exporters">;

/** Of a sort, or on a name, that is not known it is over everything: nobody can say which way was meant. */
export function isOver(hold: Pick<Hold, "of" | "target">, way: HeldWay): boolean {
  const { of, target } = hold;
  if (!isKnown(hold, way.policy)) return true;
  // what it is sent is passed on: to stop a party is to stop whoever passes data on to it
  if (of === "recipient") return wayTo(way.policy, way.recipient, target!) !== null;
  if (of === "destination") return target === way.destination;
  if (of === "exporter") return target === way.exporter || target === way.handler;
  return true;
}

/** Whether the policy knows what is shut: of a recipient, also as somebody whom another passes data on to. */
export function isKnown(
  { of, target }: Pick<Hold, "of" | "target">,
  { recipients, destinations, exporters }: KnownNames,
): boolean {
  if (target === null) return of === "all";
  if (of === "recipient") return isNamed({ recipients }, target);
  if (of === "destination") return destinations.has(target);
  return of === "exporter" && exporters.has(target);
}
