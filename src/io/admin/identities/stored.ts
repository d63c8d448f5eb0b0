// People and systems that may do something on the plane, as they are kept. Law: a token is kept as SHA-256 (256 random
// bits need no salt), ends, and is shown once; nobody is ever taken out: who acted is named in the ledger for ever.

import { createHash, randomBytes } from "node:crypto";
import type { Register, Shelf } from "../../ports.ts";
import type { Role } from "../identity.ts";

export interface StoredIdentity {
  readonly id: string;
  /** For people to read; it stands nowhere but here. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly tokens: readonly StoredToken[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly disabled: { readonly at: string; readonly by: string } | null;
  /** null: nobody but who made it says that it is a person of its own. Absent: of a version that knew no seats. */
  readonly seat?: Seat | null;
}

/** That two people, or whoever has the data folder, say: this is a person of its own, and this key only hers. */
export interface Seat {
  /** Another one with each new seat: what was begun from the one before is not ended from this. */
  readonly id: string;
  readonly at: string;
  /** The two; or MACHINE: by the data folder; or BEFORE: held a token of its own when seats came. */
  readonly by: readonly string[];
}

export const MACHINE = "machine";
export const BEFORE = "before";

export interface StoredToken {
  /** Hex. */
  readonly sha256: string;
  /** Who has seen it when it was made. */
  readonly issuedBy: string;
  readonly expiresAt: string;
}

export function identityShelf(register: Register): Shelf<StoredIdentity> {
  return register.shelf<StoredIdentity>("identity");
}

/**
 * Of two seats the key is never one: whose token would it be? @returns whether another identity has this key.
 * @param sha256 hex.
 */
export function isKeyTaken(shelf: Pick<Shelf<StoredIdentity>, "all">, id: string, sha256: string): boolean {
  return shelf.all().some((one) => one.id !== id && one.tokens.some((token) => token.sha256 === sha256));
}

/** @returns the plain token, and what is kept of it. */
export function freshToken(id: string): { readonly plain: string; readonly sha256: string } {
  const plain = `yumen_${id.replace(/[^\w-]/g, "-").slice(0, 40)}_${randomBytes(32).toString("base64url")}`;
  return { plain, sha256: hashOf(plain).toString("hex") };
}

export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
