// The counts: what they are, and what other channels add to them. Law: a number is never taken back here; an answer of
// success comes after it is durable and recorded.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { handlerOf } from "./consents/incoming.ts";
import { open, openingBody } from "./counts/opening.ts";
import { groupsOf, reportOf, thisYear } from "./counts/report.ts";
import type { Guards } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { parseBody } from "./problem.ts";
import { id } from "./schema.ts";
import type { AdminWorld, Routes } from "./world.ts";

const countsQuery = z.strictObject({
  exporter: id.optional(),
  year: z.coerce.number().int().min(2021).max(9999).optional(),
});

export const counts: Routes = {
  operations: [
    {
      path: "/v1/counts",
      method: "get",
      summary: "The year's people, by what, and when a line is crossed",
      body: null,
    },
    { path: "/v1/counts/opening", method: "post", summary: "State whom other channels have sent", body: openingBody },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    const readers = guards("operator", "reviewer", "approver", "auditor");
    app.get("/v1/counts", { preHandler: readers }, async (request) => {
      const { exporter, year = thisYear(world) } = parseBody(countsQuery, request.query);
      const handlers = new Set([...world.policy().exporters.values()].map(({ handler }) => handler));
      const asked = exporter === undefined ? [...handlers] : [handlerOf(world, exporter)];
      return { exporters: asked.map((one) => reportOf(world, one, year)), groups: groupsOf(world, year) };
    });
    app.post("/v1/counts/opening", { preHandler: guards("operator") }, async (request, reply) => {
      const { opening, added, grew } = await open(world, parseBody(openingBody, request.body), identityOf(request).id);
      const { nonSensitive, sensitive, gross } = world.people.counts(opening.exporter, opening.year);
      return reply.code(grew ? 201 : 200).send({ opening, added, grew, counts: { nonSensitive, sensitive, gross } });
    });
  },
};
