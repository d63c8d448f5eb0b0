// Whose token it is, among the identities of the register. Law: every token is compared, in constant time; one that has
// ended, or whose identity is disabled, is nobody's from that moment.

import { timingSafeEqual } from "node:crypto";
import type { Clock, Register } from "../../ports.ts";
import type { Identity } from "../identity.ts";
import type { TokenBook } from "../tokens.ts";
import { hashOf, identityShelf } from "./stored.ts";

export function identityBook(register: Register, clock: Clock): TokenBook {
  const shelf = identityShelf(register);
  return {
    identityOf(token) {
      const hash = hashOf(token);
      const now = new Date(clock.nowMs()).toISOString();
      let found: Identity | null = null;
      for (const { id, roles, tokens, disabled, seat } of shelf.all()) {
        for (const { sha256, expiresAt } of tokens) {
          const isIt = timingSafeEqual(Buffer.from(sha256, "hex"), hash);
          if (isIt && disabled === null && now < expiresAt)
            found = { id, roles, ...(seat === null || seat === undefined ? {} : { seat: seat.id }) };
        }
      }
      return found;
    },
  };
}

/** Several books as one; an identity that is disabled in the register is nobody in any. */
export function allBooks(books: readonly TokenBook[], register: Register): TokenBook {
  const shelf = identityShelf(register);
  return {
    identityOf(token) {
      const found = books.map((book) => book.identityOf(token)).find((one) => one !== null) ?? null;
      return found === null || (shelf.get(found.id)?.disabled ?? null) !== null ? null : found;
    },
  };
}
