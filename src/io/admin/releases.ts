// What passes for a while, and its end. Law: two people begin it (proposals), one ends it, at once.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { releaseShelf, releaseUses, type StoredRelease } from "../orders/shelves.ts";
import type { Guards } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { Problem, parseBody } from "./problem.ts";
import type { AdminWorld, Routes } from "./world.ts";

const releasesQuery = pageQuery.extend({ standing: z.enum(["true", "false"]).optional() });

export const releases: Routes = {
  operations: [
    { path: "/v1/releases", method: "get", summary: "What passes for a while, and what did, in pages", body: null },
    { path: "/v1/releases/{id}", method: "get", summary: "One release, with its uses", body: null },
    { path: "/v1/releases/{id}/revoke", method: "post", summary: "End it now", body: null },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    type ById = { Params: { id: string } };
    const shelf = releaseShelf(world.register);
    const readers = { preHandler: guards("operator", "reviewer", "approver", "auditor") };

    app.get("/v1/releases", readers, async (request) => {
      const { standing, ...page } = parseBody(releasesQuery, request.query);
      const now = nowOf(world);
      const wanted = shelf.all().filter((one) => standing === undefined || stands(one, now) === (standing === "true"));
      const { items, next } = pageOf(wanted, page);
      return { items: items.map((one) => shown(one, world)), next };
    });
    app.get<ById>("/v1/releases/:id", readers, async ({ params }) => shown(present(shelf.get(params.id)), world));
    app.post<ById>(
      "/v1/releases/:id/revoke",
      { preHandler: guards("operator", "reviewer", "approver") },
      async (request) => {
        const by = identityOf(request).id;
        const after = await shelf.change(request.params.id, (before) => ({
          ...present(before),
          revoked: before!.revoked ?? { at: nowOf(world), by },
        }));
        await world.note("override", { id: after.id, action: "revoke", by });
        return shown(after, world);
      },
    );
  },
};

function present(release: StoredRelease | undefined): StoredRelease {
  if (release === undefined) throw new Problem(404, "release_unknown", "There is no such release.");
  return release;
}

function stands({ revoked, from, until }: StoredRelease, now: string): boolean {
  return revoked === null && from <= now && now < until;
}

/** Keys of people and values are counted: nobody can read them. */
function shown(release: StoredRelease, world: AdminWorld): object {
  const { people, lifts, ...rest } = release;
  const used = releaseUses(world.register).get(release.id);
  return {
    ...rest,
    stands: stands(release, nowOf(world)),
    people: people?.length ?? null,
    lifts: lifts.map((one) => (one.of === "false-finding" ? { ...one, values: one.values?.length ?? null } : one)),
    uses: used?.uses ?? 0,
    lastUsedAt: used?.lastAt ?? null,
  };
}

function nowOf({ clock }: AdminWorld): string {
  return new Date(clock.nowMs()).toISOString();
}
