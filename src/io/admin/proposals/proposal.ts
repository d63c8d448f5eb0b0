// A proposal and its way: open, then approved and done, or withdrawn, or over its time. Law: each step is taken once,
// by the newest state and by who may; what the second person approves is what the first proposed, to the letter.

import { canonical } from "../../../record/canonical.ts";
import type { Json, Keys } from "../../../words.ts";
import type { Shelf } from "../../ports.ts";
import type { Identity } from "../identity.ts";
import { Problem } from "../problem.ts";
import type { AdminWorld } from "../world.ts";
import { second } from "./two-people.ts";

export interface Proposal {
  readonly id: string;
  readonly action: string;
  /** As parsed: what will be performed. */
  readonly body: object;
  readonly proposedBy: Identity;
  readonly proposedAt: string;
  readonly expiresAt: string;
  /** Keyed digest of all above: who approves says what. */
  readonly digest: string;
  readonly state: "open" | "withdrawn" | "approved" | "done";
  readonly approvedBy: Identity | null;
  readonly approvedAt: string | null;
  readonly result: object | null;
}

export function proposalShelf({ register }: Pick<AdminWorld, "register">): Shelf<Proposal> {
  return register.shelf<Proposal>("proposal");
}

export function digestOf(
  { id, action, body, proposedBy, proposedAt, expiresAt }: Omit<Proposal, "digest">,
  keys: Pick<Keys, "digest">,
): string {
  return keys.digest(canonical({ id, action, body, proposedBy, proposedAt, expiresAt } as unknown as { v: Json }));
}

/** @param digest as the approver saw it. @throws Problem: why it cannot be approved, and nothing is changed. */
export function approved(
  before: Proposal | undefined,
  by: Identity,
  digest: string,
  now: string,
  world: Pick<AdminWorld, "keys" | "register">,
): Proposal {
  const proposal = present(before);
  if (digest !== proposal.digest || digest !== digestOf(proposal, world.keys)) {
    throw new Problem(409, "proposal_changed", "This is not the proposal that was shown: look at it again.");
  }
  // performed in part, perhaps: to be finished as two people approved it
  if (proposal.state === "approved") return proposal;
  second(proposal.proposedBy, by, world);
  if (proposal.state !== "open") throw closed(proposal.state);
  if (proposal.expiresAt <= now) throw new Problem(409, "proposal_expired", "Its time is over: propose it again.");
  return { ...proposal, state: "approved", approvedBy: by, approvedAt: now };
}

/** Who proposed it, or whoever may approve it. @throws Problem */
export function withdrawn(before: Proposal | undefined): Proposal {
  const proposal = present(before);
  if (proposal.state === "withdrawn") return proposal;
  if (proposal.state !== "open") throw closed(proposal.state);
  return { ...proposal, state: "withdrawn" };
}

export function present(proposal: Proposal | undefined): Proposal {
  if (proposal === undefined) throw new Problem(404, "proposal_unknown", "There is no such proposal.");
  return proposal;
}

function closed(state: Proposal["state"]): Problem {
  return new Problem(409, "proposal_closed", { zh: `它已是 ${state}。`, en: `It is ${state} already.` });
}
