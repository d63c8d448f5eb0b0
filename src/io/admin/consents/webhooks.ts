// Webhooks of systems that keep consents. Law: what of a body is signed, and nothing else of it, is taken, as a bulk's
// lines are; an answer of success says that all of it is durable, in force and in the ledger. Wrong signatures are
// limited by address, and a right one always passes.

import type { FastifyInstance } from "fastify";
import { GateError } from "../../errors.ts";
import type { ConsentWrite } from "../../ports.ts";
import { createFailures } from "../failures.ts";
import type { Guards } from "../guard.ts";
import { identityOf } from "../identity.ts";
import { type FieldProblem, Problem } from "../problem.ts";
import type { AdminWorld, Routes } from "../world.ts";
import { writeOf } from "./line.ts";
import { recordBatch, refusalOf } from "./recorded.ts";
import { type Signed, signedOf } from "./sources/signature.ts";
import type { Source, Sources } from "./sources/sources.ts";

/** A source whose secret has changed tries again and again: it should be seen in its status, not in a flood. */
const FAILURES_MAX = 60;

export const webhooks: Routes = {
  operations: [
    {
      ...{ path: "/v1/webhooks/{source}", method: "post", body: null },
      summary: "Consents from a source of consent-sources.yaml, signed; no token",
    },
    { path: "/v1/sources", method: "get", summary: "Sources of consents: heard when, lag, silence", body: null },
    { path: "/v1/sources/reload", method: "post", summary: "Read consent-sources.yaml again", body: null },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
    app.get("/v1/sources", { preHandler: guards("consent", "auditor", "operator") }, async () => ({
      items: world.sources?.status() ?? [],
      next: null,
    }));
    app.post("/v1/sources/reload", { preHandler: guards("operator") }, async (request) => {
      if (world.sources === undefined)
        throw new Problem(404, "not_found", "There is no data folder beside this plane.");
      return { ids: await reloadSources(world.sources, world, identityOf(request).id) };
    });
    const failures = createFailures(FAILURES_MAX);
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      scope.post<{ Params: { source: string } }>("/v1/webhooks/:source", async (request, reply) => {
        const source = world.sources?.get(request.params.source);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const nowMs = world.clock.nowMs();
        const signed = source && signedOf(source.signing, source.secret(), request.headers, body, nowMs);
        if (source !== undefined && signed) return take(world, source, parsed(body), signed, nowMs);
        source?.missigned();
        if (!failures.failed(request.ip))
          throw new Problem(401, "signature_wrong", "There is no such source, or the signature is not its own.");
        reply.header("retry-after", "60");
        throw new Problem(429, "rate_limited", "Too many wrong signatures from this address; wait a minute.");
      });
    });
  },
};

/** An entry says who. @param by an identity, or the machine. @throws Problem: the file does not hold; GateError */
export async function reloadSources(
  sources: Sources,
  { note }: Pick<AdminWorld, "note">,
  by: string,
): Promise<readonly string[]> {
  const hadNone = sources.status().length === 0;
  const ids = await sources.reload().catch((error: unknown) => {
    if (!(error instanceof GateError)) throw error;
    throw new Problem(422, "sources_invalid", "consent-sources.yaml does not hold; those before stand. See the log.");
  });
  if (hadNone && ids.length === 0) return ids;
  await note("identity", { id: "consent-sources", action: "reload", by, sources: [...ids] });
  return ids;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Problem(400, "request_malformed", "The request cannot be read as JSON.");
  }
}

/** What is right is recorded, whatever else is wrong. @throws Problem when anything was: the sender should know. */
async function take(world: AdminWorld, source: Source, sent: unknown, signed: Signed, nowMs: number) {
  const writes: ConsentWrite[] = [];
  const places: number[] = [];
  const { body, unsigned: errors } = signedPart(sent, signed);
  for (const [i, mapped] of source.read(body, nowMs).entries()) {
    try {
      if ("faults" in mapped) errors.push(...under(i, mapped.faults));
      else {
        writes.push(writeOf(world, mapped.line));
        places.push(i);
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      errors.push(...under(i, error.errors));
    }
  }
  const written = writes.length === 0 ? [] : await recordBatch(world, source.id, writes);
  for (const [at, { refused }] of written.entries()) {
    if (refused !== undefined) errors.push({ pointer: `/${places[at]!}`, detail: refusalOf(refused).message });
  }
  const given = writes.flatMap(({ event }) => (event === undefined ? [] : Date.parse(event.givenAt)));
  source.heard(
    written.filter(({ refused }) => refused === undefined).length,
    errors.length,
    given.length === 0 ? null : Math.max(...given),
  );
  if (errors.length > 0) throw new Problem(422, "some_refused", "Some of it could not be taken; see `errors`.", errors);
  return { taken: written.length, added: written.filter(({ added }) => added).length };
}

/** Where the first event alone is signed, anybody could have written the others. */
function signedPart(sent: unknown, signed: Signed): { readonly body: unknown; readonly unsigned: FieldProblem[] } {
  if (signed !== "first") return { body: sent, unsigned: [] };
  const [first, ...others] = sent as readonly unknown[];
  const detail = "is not signed: of a batch its sender signs the first event alone; have it send them one by one";
  return { body: [first], unsigned: others.map((_, i) => ({ pointer: `/${i + 1}`, detail })) };
}

/** Pointers into what was made of the body: the i-th event, its members as a bulk has them. */
function under(i: number, fields: readonly FieldProblem[]): readonly FieldProblem[] {
  return fields.map(({ pointer, detail }) => ({ pointer: `/${i}${pointer}`, detail }));
}
