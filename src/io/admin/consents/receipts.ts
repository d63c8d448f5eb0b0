// A person's consent receipt: a record (receipts/record.ts) for each recipient and purpose, as JSON-LD. Law: nobody's
// identifier or key stands in it; whoever asks knows who it is.

import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ConsentEvent } from "../../ports.ts";
import { ANY } from "../../stores/embedded/fold.ts";
import type { Guards } from "../guard.ts";
import { parseBody } from "../problem.ts";
import { receiptsBody } from "../schema.ts";
import type { AdminWorld, Routes } from "../world.ts";
import { handlerOf, keyOf } from "./incoming.ts";
import { CONTEXT, receiptOf, recordOf } from "./receipts/record.ts";

export const receipts: Routes = {
  operations: [
    {
      ...{ path: "/v1/receipts", method: "post", body: receiptsBody },
      summary: "A person's consent receipts with their history (ISO/IEC TS 27560, JSON-LD)",
    },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
    app.post("/v1/receipts", { preHandler: guards("consent", "auditor") }, async (request, reply) => {
      const { exporter, subject } = parseBody(receiptsBody, request.body);
      const handler = handlerOf(world, exporter);
      const person = world.consent.resolve(handler, keyOf(world, handler, subject, "/subject"));
      const history = world.consent.history(handler, person);
      const nowMs = world.clock.nowMs();
      const records = scopesOf(history).flatMap(({ recipient, purpose }) => {
        const state = world.consent.state(handler, person, recipient, purpose);
        // an expiry or a correction of nothing leaves nothing to tell of
        if (state === null) return [];
        return recordOf(
          { state, handler, history: history.filter(isAbout(recipient, purpose)) },
          world.policy(),
          nowMs,
        );
      });
      const receipt = receiptOf(records, `urn:uuid:${randomUUID()}`, nowMs);
      return reply.type("application/ld+json").send(Buffer.from(JSON.stringify({ "@context": CONTEXT, ...receipt })));
    });
  },
};

/** Scopes that were consented to, or withdrawn from by name. */
function scopesOf(history: readonly ConsentEvent[]): readonly Pick<ConsentEvent, "recipient" | "purpose">[] {
  const scopes = new Map(history.map((event) => [JSON.stringify([event.recipient, event.purpose]), event]));
  return [...scopes.values()].filter(({ recipient }) => recipient !== ANY);
}

function isAbout(recipient: string, purpose: string): (event: ConsentEvent) => boolean {
  return (event) => event.recipient === ANY || (event.recipient === recipient && event.purpose === purpose);
}
