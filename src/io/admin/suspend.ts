// To shut a way. Law: one person is enough; it is shut when it is durable, before it is told; an order that cannot be
// recorded stands all the same, and its sender hears that it must be sent again.

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isKnown } from "../../decide/holds.ts";
import { freshId } from "../fresh-id.ts";
import { holdShelf, type StoredHold } from "../orders/shelves.ts";
import { freeText } from "./free-text.ts";
import type { Guards } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { pageOf, pageQuery } from "./paging.ts";
import { invalid, Problem, parseBody } from "./problem.ts";
import { orderId } from "./schema.ts";
import type { AdminWorld, Routes } from "./world.ts";

const suspendBody = z
  .strictObject({
    /** The caller's own: sending it again changes nothing. */
    id: orderId.optional(),
    of: z.enum(["recipient", "destination", "exporter", "all"]),
    target: z.string().min(1).max(64).nullable().default(null),
    reason: freeText(),
    /** Reference of the authority's order; null: the company's own decision. */
    order: freeText(120).nullable().default(null),
    /** End the answers that are under way, too. */
    hard: z.boolean().default(false),
  })
  .refine(({ of, target }) => (of === "all") === (target === null), {
    path: ["target"],
    error: "is wanted for a recipient, a destination or an exporter, and for nothing else",
  });

const holdsQuery = pageQuery.extend({ standing: z.enum(["true", "false"]).optional() });

export const suspend: Routes = {
  operations: [
    { path: "/v1/suspend", method: "post", summary: "Shut a way, at once", body: suspendBody },
    { path: "/v1/holds", method: "get", summary: "What is shut, and what was, in pages", body: null },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards) {
    app.post("/v1/suspend", { preHandler: guards("operator") }, async (request, reply) => {
      const { added, hold, ended } = await shut(world, parseBody(suspendBody, request.body), identityOf(request).id);
      return reply.code(added ? 201 : 200).send({ ...hold, ended });
    });
    const readers = guards("operator", "reviewer", "approver", "auditor");
    app.get("/v1/holds", { preHandler: readers }, async (request) => {
      const { standing, ...page } = parseBody(holdsQuery, request.query);
      const all = holdShelf(world.register).all();
      const wanted =
        standing === undefined ? all : all.filter(({ lifted }) => (lifted === null) === (standing === "true"));
      const { items, next } = pageOf(wanted, page);
      // a policy that has renamed what is shut does not know it any more: everything is, and somebody must look
      return { items: items.map((hold) => ({ ...hold, known: isKnown(hold, world.policy()) })), next };
    });
  },
};

function unwritten(id: string): Problem {
  return new Problem(503, "hold_unwritten", {
    zh: `停止命令没能写下来；在这个进程结束前，这条路是停的。用 id ${id} 再发一次。`,
    en: `The way is shut until this process ends; it could not be written down. Send it again with the id ${id}.`,
  });
}

async function shut(
  world: AdminWorld,
  { id: given, hard, ...ordered }: z.infer<typeof suspendBody>,
  by: string,
): Promise<{ added: boolean; hold: StoredHold; ended: number }> {
  if (!isKnown(ordered, world.policy())) {
    throw invalid({ pointer: "/target", detail: `is no ${ordered.of} of the policy in force` });
  }
  const nowMs = world.clock.nowMs();
  const id = given ?? freshId("hold", nowMs);
  const made = { id, ...ordered, hard, by, at: new Date(nowMs).toISOString(), file: null, lifted: null };
  let added = true;
  const { of, target, reason, order, at } = made;
  // it stands before it is written down: a full disk must not keep a way open
  const written = world.orders?.ordered({ id, of, target, reason, order, by, at });
  const keep = (before: StoredHold | undefined): StoredHold => {
    if (before === undefined) return made;
    if (before.of !== made.of || before.target !== made.target) {
      throw new Problem(409, "hold_known", "Another hold has this id.");
    }
    if (before.lifted !== null) {
      throw new Problem(
        409,
        "hold_lifted",
        "Two people have lifted the hold of this id: nothing is shut. Take another id.",
      );
    }
    added = false;
    return before;
  };
  const hold = await holdShelf(world.register)
    .change(id, keep)
    .catch((error: unknown) => {
      if (error instanceof Problem || world.orders === undefined) {
        written?.();
        throw error;
      }
      if (hard) world.orders.cut(made);
      throw unwritten(id);
    });
  written?.();
  const ended = hard ? (world.orders?.cut(hold) ?? 0) : 0;
  const digests = { reason: world.keys.digest(reason), ...(order === null ? {} : { order: world.keys.digest(order) }) };
  await world.note("suspend", { id, of, target, by, hard, ...digests, added, ended });
  return { added, hold, ended };
}
