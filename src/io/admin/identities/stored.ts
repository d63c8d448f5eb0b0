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
}

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

/** @returns the plain token, and what is kept of it. */
export function freshToken(id: string): { readonly plain: string; readonly sha256: string } {
  const plain = `yumen_${id.replace(/[^\w-]/g, "-").slice(0, 40)}_${randomBytes(32).toString("base64url")}`;
  return { plain, sha256: hashOf(plain).toString("hex") };
}

export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
