// Webhooks of systems that keep consents. Law: a body is read after its signature was found right; what it says is
// recorded as a bulk's lines are; an answer of success says that all of it is durable, in force and in the ledger.

import type { FastifyInstance } from "fastify";
import type { ConsentWrite } from "../../ports.ts";
import type { Guards } from "../guard.ts";
import { type FieldProblem, Problem } from "../problem.ts";
import type { AdminWorld, Routes } from "../world.ts";
import { writeOf } from "./line.ts";
import { recordBatch, refusalOf } from "./recorded.ts";
import { isSigned } from "./sources/signature.ts";
import type { Source } from "./sources/sources.ts";

export const webhooks: Routes = {
  operations: [
    {
      ...{ path: "/v1/webhooks/{source}", method: "post", body: null },
      summary: "Consents from a source of consent-sources.yaml, signed; no token",
    },
    { path: "/v1/sources", method: "get", summary: "Sources of consents: heard when, lag, silence", body: null },
  ],
  add(app: FastifyInstance, world: AdminWorld, guards: Guards): void {
    app.get("/v1/sources", { preHandler: guards("consent", "auditor", "operator") }, async () => ({
      items: world.sources?.status() ?? [],
      next: null,
    }));
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      scope.post<{ Params: { source: string } }>("/v1/webhooks/:source", async (request) => {
        const source = world.sources?.get(request.params.source);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const nowMs = world.clock.nowMs();
        if (source === undefined || !isSigned(source.signing, source.secret(), request.headers, body, nowMs))
          throw new Problem(401, "signature_wrong", "There is no such source, or the signature is not its own.");
        return take(world, source, parsed(body), nowMs);
      });
    });
  },
};

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Problem(400, "request_malformed", "The request cannot be read as JSON.");
  }
}

/** What is right is recorded, whatever else is wrong. @throws Problem when anything was: the sender should know. */
async function take(world: AdminWorld, source: Source, body: unknown, nowMs: number) {
  const writes: ConsentWrite[] = [];
  const places: number[] = [];
  const errors: FieldProblem[] = [];
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

/** Pointers into what was made of the body: the i-th event, its members as a bulk has them. */
function under(i: number, fields: readonly FieldProblem[]): readonly FieldProblem[] {
  return fields.map(({ pointer, detail }) => ({ pointer: `/${i}${pointer}`, detail }));
}
