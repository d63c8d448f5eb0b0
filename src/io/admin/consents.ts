// The consent routes. Law: an answer of success comes after the change is durable and recorded.

import type { FastifyInstance } from "fastify";
import type { PersonKey } from "../../words.ts";
import type { ConsentEvent, ConsentStore } from "../ports.ts";
import { ANY } from "../stores/embedded/fold.ts";
import { bulkRoute } from "./consents/bulk.ts";
import { freshEventId, grantOf, handlerOf, keyOf, withdrawalOf } from "./consents/incoming.ts";
import { consentLines, writeOfAliases } from "./consents/line.ts";
import { recordAliases, recordEvent } from "./consents/recorded.ts";
import type { Guards } from "./guard.ts";
import { identityOf } from "./identity.ts";
import { invalid, parseBody } from "./problem.ts";
import { aliasBody, bulkLine, eventId, grantBody, lookupBody, withdrawBody } from "./schema.ts";
import type { AdminWorld, Routes } from "./world.ts";

export const consents: Routes = {
  operations: [
    { path: "/v1/consents/{event}", method: "put", summary: "Record a consent, idempotent by event", body: grantBody },
    { path: "/v1/consents/withdraw", method: "post", summary: "Withdraw a consent, or all", body: withdrawBody },
    { path: "/v1/consents/lookup", method: "post", summary: "What a person has consented to", body: lookupBody },
    {
      ...{ path: "/v1/consents:bulk", method: "post", body: bulkLine, lines: true },
      summary: "Consents and withdrawals, one a line, streamed; a result a line, streamed",
    },
    { path: "/v1/aliases", method: "post", summary: "Say that identifiers are one person's", body: aliasBody },
    {
      ...{ path: "/v1/aliases:bulk", method: "post", body: aliasBody, lines: true },
      summary: "The same, one person a line",
    },
  ],
  add: consentRoutes,
};

function consentRoutes(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
  const may = { write: { preHandler: guards("consent") }, read: { preHandler: guards("consent", "auditor") } };

  app.put<{ Params: { event: string } }>("/v1/consents/:event", may.write, async (request, reply) => {
    if (!eventId.safeParse(request.params.event).success) {
      throw invalid({ pointer: "", detail: "the event's id in the path must be a UUID, a ULID or a short id" });
    }
    const event = grantOf(world, request.params.event, parseBody(grantBody, request.body));
    const { added, state } = await recordEvent(world, identityOf(request).id, event);
    return reply.code(added ? 201 : 200).send({ event: event.event, added, state });
  });

  app.post("/v1/consents/withdraw", may.write, async (request) => {
    const body = parseBody(withdrawBody, request.body);
    const event = withdrawalOf(world, body.event ?? freshEventId(), body);
    const { added, state } = await recordEvent(world, identityOf(request).id, event);
    return { event: event.event, added, state };
  });

  app.post("/v1/consents/lookup", may.read, async (request) => {
    const { exporter, subject, recipient, purpose } = parseBody(lookupBody, request.body);
    const handler = handlerOf(world, exporter);
    const person = world.consent.resolve(handler, keyOf(world, handler, subject, "/subject"));
    return lookup(world.consent, handler, person, recipient, purpose);
  });

  app.post("/v1/aliases", may.write, async (request) => {
    const { exporter, subjects } = parseBody(aliasBody, request.body);
    const handler = handlerOf(world, exporter);
    const keys = subjects.map((subject, i) => keyOf(world, handler, subject, `/subjects/${i}`));
    const merged = await recordAliases(world, identityOf(request).id, handler, keys);
    return merged ? { linked: subjects.length, merged } : { linked: subjects.length };
  });

  // "::" is a colon in a path of fastify
  bulkRoute(app, world, guards("consent"), { path: "/v1/consents::bulk", reader: consentLines });
  bulkRoute(app, world, guards("consent"), { path: "/v1/aliases::bulk", reader: () => writeOfAliases });
}

function lookup(store: ConsentStore, handler: string, person: PersonKey, recipient?: string, purpose?: string) {
  const history = store.history(handler, person).filter((event) => inScope(event, recipient, purpose));
  const scopes = new Map(history.map((event) => [`${event.recipient}/${event.purpose}`, event]));
  const states = [...scopes.values()].map((scope) => store.state(handler, person, scope.recipient, scope.purpose));
  return { states: states.filter((state) => state !== null), history: history.map(({ person: _, ...event }) => event) };
}

function inScope(event: ConsentEvent, recipient?: string, purpose?: string): boolean {
  if (event.recipient === ANY) return true;
  return (recipient ?? event.recipient) === event.recipient && (purpose ?? event.purpose) === event.purpose;
}
