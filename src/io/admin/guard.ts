// Who may do what on the admin plane. Law: a route without a guard is one without personal information.
// Failures are limited by address; a right token always passes, so that nobody can shut a withdrawal out by guessing.

import type { FastifyReply, FastifyRequest } from "fastify";
import { createFailures } from "./failures.ts";
import { isAskedBy, type Role } from "./identity.ts";
import { Problem } from "./problem.ts";
import type { TokenBook } from "./tokens.ts";

const FAILURES_MAX = 10;

/** @param roles any of them would do, besides admin. */
export function roleWanted(roles: readonly Role[]): Problem {
  const may = ["admin", ...roles];
  return new Problem(403, "role_insufficient", {
    zh: `这要有角色 ${may.join(" 或 ")}。`,
    en: `This wants the role ${may.join(" or ")}.`,
  });
}

export function tokenUnknown(): Problem {
  return new Problem(401, "token_unknown", "A known token is wanted: Authorization: Bearer <token>.");
}

/** @param roles any of them may; `admin` may do everything. */
export type Guards = (...roles: readonly Role[]) => Guard;

export type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export function createGuards(tokens: TokenBook): Guards {
  const failures = createFailures(FAILURES_MAX);

  const refuse = (address: string, reply: FastifyReply): Problem => {
    if (failures.failed(address)) {
      reply.header("retry-after", "60");
      return new Problem(429, "rate_limited", "Too many wrong tokens from this address; wait a minute.");
    }
    reply.header("www-authenticate", 'Bearer realm="yumen"');
    return tokenUnknown();
  };

  return (...roles) =>
    async (request, reply) => {
      const token = /^Bearer ([\w-]{1,128})$/i.exec(request.headers.authorization ?? "")?.[1];
      const identity = token === undefined ? null : tokens.identityOf(token);
      if (identity === null) throw refuse(request.ip, reply);
      if (!identity.roles.some((role) => role === "admin" || roles.includes(role))) {
        throw roleWanted(roles);
      }
      isAskedBy(request, identity);
    };
}
