// The consent routes. Law: a raw identifier becomes a key before anything else happens, and goes nowhere;
// an answer of success comes after the change is durable and recorded.

import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { ConsentState, PersonKey } from "../../words.ts";
import type { ConsentEvent, ConsentStore } from "../ports.ts";
import { ANY } from "../stores/embedded/fold.ts";
import type { Guards } from "./guard.ts";
import { invalid, parseBody } from "./problem.ts";
import {
  aliasBody,
  eventId,
  type GrantBody,
  grantBody,
  lookupBody,
  type SubjectBody,
  type WithdrawBody,
  withdrawBody,
} from "./schema.ts";
import type { AdminWorld, Routes } from "./world.ts";

/** A change of consent, for the ledger: no key of a person, which would outlive the year's secret there. */
interface ConsentChange {
  readonly of: "consent" | "alias";
  readonly action: ConsentEvent["action"] | "link";
  readonly exporter: string;
  readonly recipient: string | null;
  readonly purpose: string | null;
  readonly receipt: string | null;
  /** false: the event was known already; it is told again because its first telling may have failed. */
  readonly added: boolean;
  /** Keyed digest of the whole event. */
  readonly digest: string;
  readonly cursor: string;
}

/** Clocks differ; a grant further ahead than this is an error. What is ahead is taken as given now. */
const AHEAD_MS_MAX = 300_000;

export const consents: Routes = {
  operations: [
    { path: "/v1/consents/{event}", method: "put", summary: "Record a consent, idempotent by event", body: grantBody },
    { path: "/v1/consents/withdraw", method: "post", summary: "Withdraw a consent, or all", body: withdrawBody },
    { path: "/v1/consents/lookup", method: "post", summary: "What a person has consented to", body: lookupBody },
    { path: "/v1/aliases", method: "post", summary: "Say that identifiers are one person's", body: aliasBody },
  ],
  add: consentRoutes,
};

function consentRoutes(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
  const may = { write: { preHandler: guards("consent") }, read: { preHandler: guards("consent", "auditor") } };

  app.put<{ Params: { event: string } }>("/v1/consents/:event", may.write, async (request, reply) => {
    if (!eventId.safeParse(request.params.event).success) {
      throw invalid({ pointer: "", detail: "the event's id in the path must be a UUID, a ULID or a short id" });
    }
    const event = eventOfGrant(world, request.params.event, parseBody(grantBody, request.body));
    const { added, state } = await record(world, event);
    return reply.code(added ? 201 : 200).send({ event: event.event, added, state });
  });

  app.post("/v1/consents/withdraw", may.write, async (request) => {
    const event = eventOfWithdrawal(world, parseBody(withdrawBody, request.body));
    const { added, state } = await record(world, event);
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
    const [first, ...others] = subjects.map((subject, i) => keyOf(world, handler, subject, `/subjects/${i}`));
    for (const other of others) await world.consent.link(handler, first!, other);
    await noted(world, {
      ...{ of: "alias", action: "link", exporter: handler, recipient: null, purpose: null, receipt: null },
      ...{ added: true, cursor: world.consent.cursor() },
      digest: world.keys.digest(JSON.stringify([first, ...others])),
    });
    return { linked: subjects.length };
  });
}

/** People are keyed and counted under the handler that answers for the exporter (CNT-7). */
function handlerOf({ policy }: AdminWorld, exporter: string): string {
  const found = policy().exporters.get(exporter);
  if (found === undefined) throw invalid({ pointer: "/exporter", detail: "is no exporter of the policy in force" });
  return found.handler;
}

function keyOf({ canonicalise, keys }: AdminWorld, handler: string, subject: SubjectBody, pointer: string): PersonKey {
  const canonical = canonicalise(subject.type, subject.value);
  if (canonical === null) {
    throw invalid({
      pointer: `${pointer}/value`,
      detail: "is no identifier of the type given, or the type is not known",
    });
  }
  return keys.person(handler, subject.type, canonical);
}

function eventOfGrant(world: AdminWorld, event: string, body: GrantBody): ConsentEvent {
  const { exporter, subject, givenAt, sequence, ...rest } = body;
  const policy = world.policy();
  if (!policy.recipients.has(rest.recipient)) {
    throw invalid({ pointer: "/recipient", detail: "is no recipient of the policy in force" });
  }
  if (!policy.purposes.has(rest.purpose)) {
    throw invalid({ pointer: "/purpose", detail: "is no purpose of the policy in force" });
  }
  const handler = handlerOf(world, exporter);
  const nowMs = world.clock.nowMs();
  return {
    ...rest,
    ...{ event, exporter: handler, person: keyOf(world, handler, subject, "/subject") },
    ...{ givenAt: instant(givenAt, nowMs), recordedAt: iso(nowMs), sequence: sequence ?? nowMs },
  };
}

/** Not held to the policy's recipients and purposes: a withdrawal is never refused because the policy has moved on. */
function eventOfWithdrawal(world: AdminWorld, body: WithdrawBody): ConsentEvent {
  const { exporter, subject, source, channel } = body;
  const handler = handlerOf(world, exporter);
  const nowMs = world.clock.nowMs();
  return {
    ...{ event: body.event ?? randomUUID(), source, channel, action: "withdraw", exporter: handler },
    // Without a number of its own it comes after all that its source said at that instant: when in doubt, withdrawn.
    sequence: body.sequence ?? Number.MAX_SAFE_INTEGER,
    person: keyOf(world, handler, subject, "/subject"),
    ...{ recipient: body.recipient ?? ANY, purpose: body.purpose ?? ANY },
    ...{ separate: false, guardian: false, sensitiveNotice: false, types: [], sensitiveTypes: [], notice: null },
    ...{ givenAt: instant(body.givenAt, nowMs), recordedAt: iso(nowMs), validUntil: null },
  };
}

/** Never ahead of now: a grant from the future would stand above every withdrawal until then. */
function instant(given: string | undefined, nowMs: number): string {
  const givenMs = given === undefined ? nowMs : Date.parse(given);
  if (givenMs > nowMs + AHEAD_MS_MAX) throw invalid({ pointer: "/givenAt", detail: "lies in the future" });
  return iso(Math.min(givenMs, nowMs));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

async function record(world: AdminWorld, event: ConsentEvent): Promise<{ added: boolean; state: ConsentState }> {
  const recorded = await world.consent.record(event);
  const { action, exporter, recipient, purpose } = event;
  await noted(world, {
    ...{ of: "consent", action, exporter, recipient, purpose },
    ...{ receipt: recorded.state.receipt, added: recorded.added, cursor: world.consent.cursor() },
    digest: world.keys.digest(JSON.stringify(event)),
  });
  return recorded;
}

async function noted(world: AdminWorld, change: ConsentChange): Promise<void> {
  await world.note("consent_change", { ...change });
}

function lookup(store: ConsentStore, handler: string, person: PersonKey, recipient?: string, purpose?: string) {
  const history = store.history(handler, person).filter((event) => inScope(event, recipient, purpose));
  const scopes = new Map(history.map((event) => [`${event.recipient}/${event.purpose}`, event]));
  const states = [...scopes.values()].map((scope) => store.state(handler, person, scope.recipient, scope.purpose));
  return { states, history: history.map(({ person: _, ...event }) => event) };
}

function inScope(event: ConsentEvent, recipient?: string, purpose?: string): boolean {
  if (event.recipient === ANY) return true;
  return (recipient ?? event.recipient) === event.recipient && (purpose ?? event.purpose) === event.purpose;
}
