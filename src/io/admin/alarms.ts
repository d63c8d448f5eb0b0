// Alarms that stand, and a try of the places they go to. Law: how a place answered is told in codes of our own.

import type { FastifyInstance } from "fastify";
import type { Guards } from "./guard.ts";
import { Problem } from "./problem.ts";
import type { AdminWorld, Routes } from "./world.ts";

export const alarms: Routes = {
  operations: [
    { path: "/v1/alarms", method: "get", summary: "Alarms that stand, the gravest first", body: null },
    { path: "/v1/alarms/test", method: "post", summary: "One message to each place of the policy, now", body: null },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    const readers = guards("operator", "reviewer", "approver", "auditor");
    app.get("/v1/alarms", { preHandler: readers }, async () => ({ items: world.watched?.alarms.open() ?? [] }));
    app.post("/v1/alarms/test", { preHandler: guards("operator") }, async () => {
      if (world.watched === undefined) throw new Problem(404, "not_found", "There is no data plane beside this one.");
      const since = new Date(world.clock.nowMs()).toISOString();
      const alarm = { code: "test", about: "yumen", severity: "info" as const, since, details: {} };
      return { places: await world.watched.deliver.test({ what: "raised", alarm }) };
    });
  },
};
