// Who asks. Law: what somebody may do is said by roles alone; whoever acts is named in the entry of the act.

import type { FastifyRequest } from "fastify";

/**
 * operator: runs the gate, stops ways. reviewer: looks at what was blocked, proposes releases. approver: the second
 * person. auditor: reads. consent: a system that brings consents. admin: everything.
 */
export const ROLES = ["admin", "operator", "reviewer", "approver", "auditor", "consent"] as const;

export type Role = (typeof ROLES)[number];

/** A person or a system. The id is no personal information of those whose data cross: an account's name. */
export interface Identity {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Who made the token that was shown, and so has seen it; absent: its owner, or whoever installed the gate. */
  readonly issuedBy?: string;
}

/** Whether one person could be both: by name, or by having seen the other's token. */
export function mayBeOnePerson(a: Identity, b: Identity): boolean {
  const [one, other] = [a, b].map(({ id, issuedBy }) => [id, ...(issuedBy === undefined ? [] : [issuedBy])]);
  return one!.some((id) => other!.includes(id));
}

const asking = new WeakMap<FastifyRequest, Identity>();

export function isAskedBy(request: FastifyRequest, identity: Identity): void {
  asking.set(request, identity);
}

/** @throws TypeError on a route without a guard. */
export function identityOf(request: FastifyRequest): Identity {
  const identity = asking.get(request);
  if (identity === undefined) throw new TypeError("the route has no guard");
  return identity;
}
