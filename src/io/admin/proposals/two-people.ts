// Whether what takes two people has two. Law: both are persons that somebody else vouches for, and the same voucher
// tells them apart (identity.ts); a proposal of somebody who has been disabled, or seated anew, since is nobody's.

import type { Register } from "../../ports.ts";
import { isFirstSeatStill } from "../identities/first.ts";
import { identityShelf } from "../identities/stored.ts";
import { areTwoPeople, type Identity, isPerson, type Role } from "../identity.ts";
import { Problem } from "../problem.ts";

type Shelves = { readonly register: Register };

/** @throws Problem: who proposes could never be approved, and why. */
export function mayPropose(by: Identity, approvers: readonly Role[], world: Shelves, now: string): void {
  person(by);
  // who else signs in is known to the identity provider alone
  if (by.issuer !== undefined || hasSecond(by, approvers, world, now)) return;
  throw new Problem(
    409,
    "second_person_absent",
    "There is no second person yet who could approve it. On the machine of the gate: yumen identity seat.",
  );
}

/** @throws Problem: it takes another person, or its proposer is none any more. */
export function second(proposedBy: Identity, by: Identity, { register }: Shelves): void {
  person(by);
  // of a version that knew no seats
  if (!isPerson(proposedBy)) throw gone();
  if (!areTwoPeople(proposedBy, by)) {
    throw new Problem(
      403,
      "second_person_needed",
      "Somebody else must approve: not who proposed it, and not by a sign-in where a token proposed, or the reverse.",
    );
  }
  if (!stillSits(proposedBy, register)) throw gone();
}

/** Neither disabled nor seated anew. */
function stillSits({ id, seat, issuer }: Identity, register: Register): boolean {
  const stored = identityShelf(register).get(id);
  if (stored !== undefined && stored.disabled !== null) return false;
  if (issuer !== undefined || seat === undefined) return true;
  return stored === undefined ? isFirstSeatStill(register, seat) : stored.seat?.id === seat;
}

function gone(): Problem {
  return new Problem(
    409,
    "proposer_gone",
    "Who proposed it has been disabled or seated anew since, or had no seat: propose it again.",
  );
}

function person(by: Identity): void {
  if (isPerson(by)) return;
  throw new Problem(
    403,
    "person_unvouched",
    "One admin alone made this identity, and so may be both: two people, or the machine of the gate, seat it first.",
  );
}

/** Somebody with a seat, a token that still holds, and a role that approves this. */
function hasSecond(by: Identity, approvers: readonly Role[], { register }: Shelves, now: string): boolean {
  const may = (roles: readonly Role[]) => roles.some((role) => role === "admin" || approvers.includes(role));
  const shelf = identityShelf(register);
  const first = by.id !== "admin" && (shelf.get("admin")?.disabled ?? null) === null;
  return (
    first ||
    shelf
      .all()
      .some(
        ({ id, roles, tokens, disabled, seat }) =>
          id !== by.id && disabled === null && seat && may(roles) && tokens.some(({ expiresAt }) => expiresAt > now),
      )
  );
}
