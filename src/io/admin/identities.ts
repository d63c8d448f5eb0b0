// Who may do what on the plane. Law: a token is answered once, to whoever asked for it, and to nobody later. An admin
// alone makes identities, and tokens of others, only where the roles take no part in what takes two people: all others
// are seated by two (proposals/seat.ts), with a key of their own.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type Guards, tokenUnknown } from "./guard.ts";
import { freshToken, identityShelf, type StoredIdentity } from "./identities/stored.ts";
import { type Identity, identityOf, ROLES, takesPart } from "./identity.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { invalid, Problem, parseBody } from "./problem.ts";
import { id } from "./schema.ts";
import { FIRST_ROLES } from "./tokens.ts";
import type { AdminWorld, Routes } from "./world.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const days = z.int().min(1).max(365).default(90);

const addBody = z.strictObject({
  id,
  /** For people to read: not personal information of those whose data cross. */
  name: z.string().trim().min(1).max(64),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  expiresDays: days,
});

const rotateBody = z.strictObject({
  expiresDays: days,
  /** How long the token before still works: for systems that cannot change it at once. */
  overlapMinutes: z.int().min(0).max(1_440).default(0),
});

export const identities: Routes = {
  operations: [
    { path: "/v1/identities", method: "post", summary: "Add an auditor or a system; answers its token", body: addBody },
    { path: "/v1/identities", method: "get", summary: "Who may do what, in pages", body: null },
    { path: "/v1/identities/{id}/rotate", method: "post", summary: "A new token for an old one", body: rotateBody },
    { path: "/v1/identities/{id}/disable", method: "post", summary: "End it and all its tokens", body: null },
  ],
  add: identityRoutes,
};

type ById = { Params: { id: string } };

function identityRoutes(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
  const shelf = identityShelf(world.register);

  app.post("/v1/identities", { preHandler: guards() }, async (request, reply) => {
    const { expiresDays, ...body } = parseBody(addBody, request.body);
    if (takesPart(body.roles)) throw twoNeeded();
    const by = identityOf(request).id;
    const { plain, token } = issued(world, body.id, by, expiresDays);
    let added = true;
    const stored = await shelf.change(body.id, (before) => {
      if (before === undefined && !isFirst(body.id))
        return { ...body, tokens: [token], createdBy: by, createdAt: nowOf(world), disabled: null, seat: null };
      if (before === undefined || !isSame(before, body)) throw new Problem(409, "identity_known", "The id is taken.");
      added = false;
      return before;
    });
    await told(world, "add", stored, by, { roles: [...stored.roles], added });
    return reply.code(added ? 201 : 200).send({ identity: shown(stored), token: added ? plain : null });
  });

  app.get("/v1/identities", { preHandler: guards("auditor") }, async (request) => {
    const { items, next } = pageOf(shelf.all(), parseBody(pageQuery, request.query));
    return { items: items.map(shown), next };
  });

  app.post<ById>("/v1/identities/:id/rotate", { preHandler: guards(...ROLES) }, async (request) => {
    const by = identityOf(request);
    own(by, request.params.id);
    const isOwn = by.id === request.params.id;
    const { expiresDays, overlapMinutes } = parseBody(rotateBody, request.body);
    const { plain, token } = issued(world, request.params.id, by.id, expiresDays);
    const until = new Date(world.clock.nowMs() + overlapMinutes * MINUTE_MS).toISOString();
    const stored = await shelf.change(request.params.id, (before) => {
      const { tokens, disabled, roles, seat } = present(before);
      if (!isOwn && (takesPart(roles) || (seat ?? null) !== null)) throw twoNeeded();
      // seated anew while this was on its way: the token that asks is nobody's any more
      if (isOwn && by.issuer === undefined && seat?.id !== by.seat) throw tokenUnknown();
      if (disabled !== null) throw new Problem(409, "identity_disabled", "It is disabled: add another.");
      const ending = overlapMinutes === 0 ? [] : tokens.filter(({ expiresAt }) => expiresAt > nowOf(world));
      // of those before, the last: whoever has an older one was told to change it when this one was made
      const old = ending.slice(-1).map((one) => ({ ...one, expiresAt: earlier(one.expiresAt, until) }));
      return { ...present(before), tokens: [...old, token] };
    });
    await told(world, "rotate", stored, by.id, { expires: token.expiresAt });
    return { identity: shown(stored), token: plain };
  });

  app.post<ById>("/v1/identities/:id/disable", { preHandler: guards() }, async (request) => {
    const by = identityOf(request).id;
    if (request.params.id === by) {
      throw new Problem(409, "own_identity", "Nobody ends the identity that asks: another admin does.");
    }
    const stored = await shelf.change(request.params.id, (before) => {
      const one = before ?? (isFirst(request.params.id) ? firstIdentity(request.params.id, nowOf(world)) : undefined);
      return { ...present(one), tokens: [], disabled: one?.disabled ?? { at: nowOf(world), by } };
    });
    await told(world, "disable", stored, by, {});
    return { identity: shown(stored) };
  });
}

function twoNeeded(): Problem {
  return new Problem(
    409,
    "two_people_needed",
    "One admin alone makes auditors and systems. Others make a key (yumen identity key), and two people seat them.",
  );
}

/** Instants of one spelling sort as text. */
function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

/** Admins for anybody; everybody else for themselves. */
function own({ id: by, roles }: Identity, of: string): void {
  if (by === of || roles.includes("admin")) return;
  throw new Problem(403, "role_insufficient", "Only an admin changes the token of another.");
}

/** Those of the first start are in a file; they can be disabled here, and nothing else. */
function isFirst(name: string): boolean {
  return FIRST_ROLES.some((role) => role === name);
}

function firstIdentity(name: string, at: string): StoredIdentity {
  const roles = FIRST_ROLES.filter((role) => role === name);
  return { id: name, name, roles, tokens: [], createdBy: "install", createdAt: at, disabled: null, seat: null };
}

function issued(world: AdminWorld, of: string, by: string, expiresDays: number) {
  const { plain, sha256 } = freshToken(of);
  const expiresAt = new Date(world.clock.nowMs() + expiresDays * DAY_MS).toISOString();
  return { plain, token: { sha256, issuedBy: by, expiresAt } };
}

function present(stored: StoredIdentity | undefined): StoredIdentity {
  if (stored === undefined) throw invalid({ pointer: "", detail: "there is no identity of this id in the register" });
  return stored;
}

function isSame(a: Pick<StoredIdentity, "name" | "roles">, b: typeof a): boolean {
  return a.name === b.name && [...a.roles].sort().join() === [...b.roles].sort().join();
}

/** Without the hashes. */
function shown({ tokens, ...identity }: StoredIdentity): object {
  return { ...identity, tokens: tokens.map(({ issuedBy, expiresAt }) => ({ issuedBy, expiresAt })) };
}

async function told(
  world: AdminWorld,
  action: string,
  { id: of }: StoredIdentity,
  by: string,
  more: Readonly<Record<string, string | boolean | readonly string[]>>,
): Promise<void> {
  await world.note("identity", { id: of, action, by, ...more });
}

function nowOf({ clock }: AdminWorld): string {
  return new Date(clock.nowMs()).toISOString();
}
