// Who may do what on the admin plane. Law: a route without a guard is one without personal information.
// Failures are limited by address; a right token always passes, so that nobody can shut a withdrawal out by guessing.

import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { isAskedBy, type Role } from "./identity.ts";
import { Problem } from "./problem.ts";
import type { TokenBook } from "./tokens.ts";

const FAILURES_MAX = 10;
const WINDOW_MS = 60_000;
const ADDRESSES_MAX = 1_000;

/** @param roles any of them may; `admin` may do everything. */
export type Guards = (...roles: readonly Role[]) => Guard;

export type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export function createGuards(tokens: TokenBook): Guards {
  const failures = new LRUCache<string, number>({ max: ADDRESSES_MAX, ttl: WINDOW_MS });

  const refuse = (address: string, reply: FastifyReply): Problem => {
    const failed = (failures.get(address) ?? 0) + 1;
    failures.set(address, failed, { noUpdateTTL: true });
    if (failed > FAILURES_MAX) {
      reply.header("retry-after", "60");
      return new Problem(429, "rate_limited", "Too many wrong tokens from this address; wait a minute.");
    }
    reply.header("www-authenticate", 'Bearer realm="yumen"');
    return new Problem(401, "token_unknown", "A known token is wanted: Authorization: Bearer <token>.");
  };

  return (...roles) =>
    async (request, reply) => {
      const token = /^Bearer ([\w-]{1,128})$/i.exec(request.headers.authorization ?? "")?.[1];
      const identity = token === undefined ? null : tokens.identityOf(token);
      if (identity === null) throw refuse(request.ip, reply);
      if (!identity.roles.some((role) => role === "admin" || roles.includes(role))) {
        throw new Problem(
          403,
          "role_insufficient",
          `This wants a token of the role ${["admin", ...roles].join(" or ")}.`,
        );
      }
      isAskedBy(request, identity);
    };
}
