// Bodies that do not come. Law: a request that is not there whole after ten seconds is cut off, but where lines are
// streamed: there the route itself listens for silence.

import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route reads its body as a stream, for as long as it comes. */
    readonly streams?: boolean;
  }
}

const BODY_MS_MAX = 10_000;

export function cutSlowBodies(app: FastifyInstance, bodyMsMax = BODY_MS_MAX): void {
  app.addHook("preParsing", (request, _reply, payload, done) => {
    const { headers } = request.raw;
    const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
    if (hasBody && request.routeOptions.config.streams !== true) {
      const timer = setTimeout(() => request.raw.destroy(), bodyMsMax);
      request.raw.once("close", () => clearTimeout(timer)).once("end", () => clearTimeout(timer));
    }
    done(null, payload);
  });
}
