// What was seen to leave that the policy's inventory did not know. Law of this file: ids, kinds, places and names of
// models; never a value. One way, kind and field is one item, whenever and however often it is seen.

import { createHash } from "node:crypto";
import type { Sighting } from "../../words.ts";
import type { Register, Shelf } from "../ports.ts";

export interface DriftItem extends Sighting {
  readonly id: string;
  readonly exporter: string;
  /** The crossing that showed it first, and when: ISO 8601 UTC. */
  readonly crossing: string;
  readonly at: string;
  /** Nothing left, for this or another reason. */
  readonly blocked: boolean;
  /** accepted: assessed, to be written into the inventory. closed: it should not have been; seen again, it opens. */
  readonly state: "open" | "accepted" | "closed";
  readonly settled: { readonly by: string; readonly at: string; readonly reason: string } | null;
  /** How often it was opened. */
  readonly opened: number;
}

export function driftShelf(register: Register): Shelf<DriftItem> {
  return register.shelf<DriftItem>("drift");
}

/** The same for the same sighting, in every process. */
export function driftId({ caller, destination, purpose, recipient, kind, field, model }: Sighting): string {
  const parts = [caller, destination, purpose, recipient, kind, field, model ?? ""];
  return `drift_${createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 24)}`;
}
