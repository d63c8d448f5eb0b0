// Who asks. Law: what somebody may do is said by roles alone; whoever acts is named in the entry of the act. That two
// identities are two people is never guessed: somebody else than they must have said so.

import type { FastifyRequest } from "fastify";

/**
 * operator: runs the gate, stops ways. reviewer: looks at what was blocked, proposes releases. approver: the second
 * person. auditor: reads. consent: a system that brings consents. admin: everything.
 */
export const ROLES = ["admin", "operator", "reviewer", "approver", "auditor", "consent"] as const;

export type Role = (typeof ROLES)[number];

/** Roles that take no part in what takes two people: an admin gives them, and their tokens, alone. */
const ALONE: readonly Role[] = ["auditor", "consent"];

/** A person or a system. The id is no personal information of those whose data cross: an account's name. */
export interface Identity {
  readonly id: string;
  readonly roles: readonly Role[];
  /** By which seat the register knows a person of its own here; absent: nobody but one admin says so. */
  readonly seat?: string;
  /** Signed in: the identity provider that knows a person of its own here. */
  readonly issuer?: string;
}

/** Whether the roles take part in what takes two people. */
export function takesPart(roles: readonly Role[]): boolean {
  return roles.some((role) => !ALONE.includes(role));
}

/** Whether anybody vouches that this is a person, and not another name of somebody's. */
export function isPerson({ seat, issuer }: Identity): boolean {
  return seat !== undefined || issuer !== undefined;
}

/**
 * Two names that one and the same voucher tells apart: the register its seats, an identity provider those who sign in.
 * Between a token and a sign-in nobody vouches: they may be one person's.
 */
export function areTwoPeople(a: Identity, b: Identity): boolean {
  if (a.id === b.id) return false;
  return (a.seat !== undefined && b.seat !== undefined) || (a.issuer !== undefined && a.issuer === b.issuer);
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
