// What was done about a dated item. Law of this file: settled once; what was skipped says why, what was done says what
// shows it, where its duty asks for it.

import type { Register, Shelf } from "../ports.ts";

export interface Settled {
  /** Of the item: kind, paper, day. */
  readonly id: string;
  readonly state: "done" | "skipped";
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Id and hash of the document that shows it; null: none. */
  readonly evidence: { readonly document: string; readonly sha256: string } | null;
  /** Why it was skipped, or a remark; checked at the edge: it names nobody. */
  readonly reason: string | null;
}

export function dutyShelf(register: Register): Shelf<Settled> {
  return register.shelf<Settled>("duty");
}
