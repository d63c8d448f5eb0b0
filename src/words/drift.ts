// What is known to leave, and what was seen that nobody knew. Types only.

import type { PiType } from "./identity.ts";

/** A row of the inventory: AND over the members, OR inside a list; an absent member is any. */
export interface InventoryRow {
  readonly id: string;
  readonly callers?: readonly string[];
  readonly destinations: readonly string[];
  readonly purposes?: readonly string[];
  readonly recipients?: readonly string[];
  readonly kinds: readonly PiType[];
  /** Patterns of pointers: `*` is any run of characters. */
  readonly fields?: readonly string[];
  readonly models?: readonly string[];
}

/** One thing that leaves by one way, as the inventory is asked about it. No value, and no index of a list. */
export interface Sighting {
  readonly caller: string;
  readonly destination: string;
  readonly purpose: string;
  readonly recipient: string;
  readonly kind: PiType;
  /** Pointer with `*` for an index, or the head's field. */
  readonly field: string;
  readonly model: string | null;
}
