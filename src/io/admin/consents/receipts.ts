// Receipts of a person's consents: ISO/IEC TS 27560 records in the terms of the W3C Data Privacy Vocabulary, JSON-LD,
// one for each recipient and purpose. Law: nobody's identifier or key stands in one; whoever asks knows who it is.

import type { FastifyInstance } from "fastify";
import type { ConsentState, Policy } from "../../../words.ts";
import type { ConsentEvent } from "../../ports.ts";
import { ANY } from "../../stores/embedded/fold.ts";
import type { Guards } from "../guard.ts";
import { parseBody } from "../problem.ts";
import { receiptsBody } from "../schema.ts";
import type { AdminWorld, Routes } from "../world.ts";
import { handlerOf, keyOf } from "./incoming.ts";

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
      const told = scopesOf(history).flatMap(({ recipient, purpose }) => {
        const state = world.consent.state(handler, person, recipient, purpose);
        // an expiry or a correction of nothing leaves nothing to tell of
        if (state === null) return [];
        return receiptOf(state, history.filter(isAbout(recipient, purpose)), handler, world.policy(), nowMs);
      });
      const body = Buffer.from(JSON.stringify({ "@context": CONTEXT, "@graph": told }));
      return reply.type("application/ld+json").send(body);
    });
  },
};

const CONTEXT = {
  dpv: "https://w3id.org/dpv#",
  dct: "http://purl.org/dc/terms/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  yumen: "urn:yumen:terms#",
};

const STANDARD = "https://www.iso.org/standard/80392.html";

/** Scopes that were consented to, or withdrawn from by name. */
function scopesOf(history: readonly ConsentEvent[]): readonly Pick<ConsentEvent, "recipient" | "purpose">[] {
  const scopes = new Map(history.map((event) => [JSON.stringify([event.recipient, event.purpose]), event]));
  return [...scopes.values()].filter(({ recipient }) => recipient !== ANY);
}

function isAbout(recipient: string, purpose: string): (event: ConsentEvent) => boolean {
  return (event) => event.recipient === ANY || (event.recipient === recipient && event.purpose === purpose);
}

function receiptOf(
  state: ConsentState,
  history: readonly ConsentEvent[],
  handler: string,
  { exporters, recipients, purposes }: Policy,
  nowMs: number,
): object {
  const { recipient, purpose } = state;
  return {
    "@type": "dpv:ConsentRecord",
    "dct:identifier": state.receipt,
    "dct:conformsTo": STANDARD,
    "dct:issued": instant(new Date(nowMs).toISOString()),
    "dpv:hasDataController": party(handler, exporters.get(handler)?.name),
    "dpv:hasRecipient": party(recipient, recipients.get(recipient)?.name, recipients.get(recipient)?.country),
    "dpv:hasPurpose": { "dct:identifier": purpose, "dct:title": purposes.get(purpose)?.label ?? purpose },
    "dpv:hasPersonalData": state.types,
    "dpv:hasSensitivePersonalData": state.sensitiveTypes,
    "dpv:hasConsentStatus": statusOf(state, nowMs),
    "dpv:isIndicatedAtTime": instant(state.givenAt),
    ...(state.validUntil === null ? {} : { "dct:valid": instant(state.validUntil) }),
    ...(state.withdrawnAt === null ? {} : { "yumen:withdrawnAt": instant(state.withdrawnAt) }),
    "dpv:hasNotice": noticeOf(state.notice),
    ...{ "yumen:separate": state.separate, "yumen:guardian": state.guardian },
    "yumen:history": history.map(told),
  };
}

function party(id: string, name: string | undefined, country?: string): object {
  return {
    "dct:identifier": id,
    "dct:title": name ?? id,
    ...(country === undefined ? {} : { "yumen:country": country }),
  };
}

function statusOf({ granted, withdrawnAt, validUntil }: ConsentState, nowMs: number): string {
  if (!granted) return withdrawnAt === null ? "dpv:ConsentUnknown" : "dpv:ConsentWithdrawn";
  return validUntil !== null && Date.parse(validUntil) <= nowMs ? "dpv:ConsentExpired" : "dpv:ConsentGiven";
}

function noticeOf(notice: ConsentState["notice"]): object | null {
  if (notice === null) return null;
  const { id, version, sha256 } = notice;
  const digest = sha256 === undefined ? {} : { "yumen:sha256": sha256 };
  return { "@type": "dpv:ConsentNotice", "dct:identifier": id, "dct:hasVersion": version, ...digest };
}

/** An event as the person may read it. The caller's own id of it is left out: it might say who it is about. */
function told({ action, givenAt, recordedAt, channel, source, shownAt, act, evidence, notice }: ConsentEvent): object {
  return {
    ...{ "yumen:action": action, "dpv:isIndicatedAtTime": instant(givenAt), "dct:dateSubmitted": instant(recordedAt) },
    ...{ "yumen:channel": channel, "dct:source": source, "dpv:hasNotice": noticeOf(notice) },
    ...(act === undefined ? {} : { "dpv:hasIndicationMethod": act }),
    ...(shownAt === undefined ? {} : { "yumen:shownAt": instant(shownAt) }),
    ...(evidence === undefined ? {} : { "yumen:evidence": evidence }),
  };
}

function instant(iso: string): object {
  return { "@type": "xsd:dateTime", "@value": iso };
}
