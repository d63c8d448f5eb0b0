// The admin plane. Law: loopback unless told otherwise.
// Import it after the data plane listens: fastify takes 250 ms to load.

import Fastify from "fastify";
import { createGuards } from "./guard.ts";
import { allBooks, identityBook } from "./identities/book.ts";
import { type OpenWorld, openRoutes } from "./open-routes.ts";
import { answerWithProblems } from "./problem.ts";
import { ROUTES } from "./routes.ts";
import { cutSlowBodies } from "./slow.ts";
import { openTokens } from "./tokens.ts";
import type { AdminWorld } from "./world.ts";

export interface AdminOptions extends AdminWorld, OpenWorld {
  /** 0: the system chooses a free one. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** `tokensFileOf(dataDir)`, made by `createTokens`. */
  readonly tokensFile: string;
}

export interface Admin {
  readonly port: number;
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 65_536;

/** Bodies are checked by zod (problem.ts). Fastify's own compilers would be loaded for nothing: 25 ms of a start. */
const noSchemas = (): never => {
  throw new Error("a route of the admin plane has a JSON schema");
};

/** @throws GateError store_unavailable for the tokens file; the system's error when the port is taken. */
export async function startAdmin(options: AdminOptions): Promise<Admin> {
  const { register, clock } = options;
  const sessions = options.logins === undefined ? [] : [options.logins.book];
  const tokens = allBooks([openTokens(options.tokensFile), identityBook(register, clock), ...sessions], register);
  const app = Fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: BODY_BYTES_MAX,
    // the head; the body: slow.ts
    http: { headersTimeout: 10_000 },
    requestTimeout: 0,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 128 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  app.removeContentTypeParser("text/plain");
  answerWithProblems(app, () => options.policy().language ?? "en");
  cutSlowBodies(app);
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
  });
  const guards = createGuards(tokens);
  openRoutes(app, options, guards);
  for (const routes of ROUTES) routes.add(app, options, guards);
  await app.listen({ port: options.port, host: options.host ?? "127.0.0.1" });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return { port, close: () => app.close() };
}
