// What leaves that nobody declared: a change to be assessed. Law: to accept or to close takes a reason; neither changes
// what the gate does: that is the policy's inventory to say.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isDeclared } from "../../decide/inventory.ts";
import type { MechanismType, Policy } from "../../words.ts";
import { type DriftItem, driftShelf } from "../drift/shelf.ts";
import { freeText } from "./free-text.ts";
import type { Guards } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { Problem, parseBody } from "./problem.ts";
import type { AdminWorld, Routes } from "./world.ts";

const settleBody = z.strictObject({ reason: freeText() });
const listQuery = pageQuery.extend({ state: z.enum(["open", "accepted", "closed"]).optional() });

export const drift: Routes = {
  operations: [
    { path: "/v1/drift", method: "get", summary: "What leaves that no inventory knows, in pages", body: null },
    {
      path: "/v1/drift/{id}/accept",
      method: "post",
      summary: "Assessed: it goes into the inventory",
      body: settleBody,
    },
    { path: "/v1/drift/{id}/close", method: "post", summary: "It should not have been, and ended", body: settleBody },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    app.get("/v1/drift", { preHandler: guards("operator", "reviewer", "approver", "auditor") }, async (request) => {
      const { state, ...page } = parseBody(listQuery, request.query);
      const all = driftShelf(world.register).all();
      const { items, next } = pageOf(state === undefined ? all : all.filter((one) => one.state === state), page);
      return { items: items.map((one) => shownDrift(one, world.policy())), next };
    });
    const settles = { preHandler: guards("operator", "reviewer") };
    for (const [verb, state] of [
      ["accept", "accepted"],
      ["close", "closed"],
    ] as const)
      app.post<{ Params: { id: string } }>(`/v1/drift/:id/${verb}`, settles, async (request) => {
        const { reason } = parseBody(settleBody, request.body);
        return settle(world, request.params.id, state, reason, identityOf(request).id);
      });
  },
};

/** What the change asks, of mechanisms of that exporter for that recipient. */
const ASKS: Readonly<Record<MechanismType, string>> = {
  SECURITY_ASSESSMENT: "declare_again",
  STANDARD_CONTRACT: "file_again",
  GBA_STANDARD_CONTRACT: "file_again",
  CERTIFICATION: "tell_certifier",
};

export function shownDrift(item: DriftItem, { mechanisms, inventory, exporters }: Policy) {
  const handler = exporters.get(item.exporter)?.handler ?? item.exporter;
  const ours = mechanisms.filter(
    ({ exporters: whose, scope }) =>
      (whose.includes(item.exporter) || whose.includes(handler)) &&
      scope.recipients?.includes(item.recipient) !== false,
  );
  const asks = ["pipia", ...new Set(ours.map(({ type }) => ASKS[type]))];
  return { ...item, asks, declared: inventory !== undefined && isDeclared(inventory, item) };
}

async function settle(world: AdminWorld, id: string, state: "accepted" | "closed", reason: string, by: string) {
  const shelf = driftShelf(world.register);
  const item = shelf.get(id);
  if (item === undefined) throw new Problem(404, "drift_unknown", "There is no such item; see GET /v1/drift.");
  if (item.state !== "open" && item.state !== state) throw settledAlready();
  const at = new Date(world.clock.nowMs()).toISOString();
  await world.note("drift", { of: state, id, by, reason: world.keys.digest(reason) });
  const after = await shelf.change(id, (now) => {
    if (now === undefined || (now.state !== "open" && now.state !== state)) throw settledAlready();
    return now.state === state ? now : { ...now, state, settled: { by, at, reason } };
  });
  if (state === "closed") world.watched?.drift.forget(id);
  world.watched?.drift.look();
  return shownDrift(after, world.policy());
}

function settledAlready(): Problem {
  return new Problem(409, "drift_settled", "It was settled already, in another way.");
}
