// What takes two people. Law: parse keeps nothing of a person but keys; perform does the same once or many times, by
// the proposal's id, and its entry is durable before what it allows is in force.

import type { Role } from "../identity.ts";
import type { AdminWorld } from "../world.ts";

/** Add one: a file of its own and a line in actions.ts. */
export interface TwoPersonAction<Body extends object = object> {
  /** As a proposal names it: lower-case letters and dashes. */
  readonly name: string;
  /** Any of them may; `admin` may everything. Nobody may both of the same proposal. */
  readonly roles: { readonly propose: readonly Role[]; readonly approve: readonly Role[] };
  /** What is kept and shown to the second person, from what was sent. @throws Problem */
  parse(body: unknown, world: AdminWorld): Body;
  /**
   * @returns what is answered. Called again when it failed, or when the process ended meanwhile.
   * @throws Problem, GateError: the proposal stays approved, and approving it again tries again.
   */
  perform(body: Body, who: Approved, world: AdminWorld): Promise<object>;
}

export interface Approved {
  /** The proposal's id. */
  readonly proposal: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
  /** ISO 8601 UTC: the same however often it is performed. */
  readonly approvedAt: string;
}
