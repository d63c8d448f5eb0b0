// The routes without a token. Law: they say nothing about any person; figures stay on this machine.

import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { PACKAGE_DIR } from "../config.ts";
import type { Guards } from "./guard.ts";
import { openApi } from "./openapi.ts";

/** What readiness is made of. `checks` by name: "ok", or what is wrong in a few words; never a value. */
export interface ReadyReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, string>>;
}

export interface OpenWorld {
  status(): ReadyReport;
  /** Prometheus text format. */
  metrics(): Promise<string>;
}

export function openRoutes(app: FastifyInstance, world: OpenWorld, guards: Guards): void {
  const version = versionOf();
  const elsewhere = guards("auditor");

  // Alive, though it may not be ready: restarting would not help (threats.md 29).
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    const report = world.status();
    return reply.code(report.ready ? 200 : 503).send(report);
  });
  app.get("/version", async () => ({ name: "yumen", version, node: process.version }));
  app.get("/openapi.json", async () => openApi(version));
  app.get("/metrics", async (request, reply) => {
    if (!isLoopback(request.ip)) await elsewhere(request, reply);
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(await world.metrics());
  });
}

function versionOf(): string {
  return (JSON.parse(readFileSync(`${PACKAGE_DIR}package.json`, "utf8")) as { version: string }).version;
}

function isLoopback(address: string): boolean {
  const v4 = address.startsWith("::ffff:") ? address.slice(7) : address;
  return isIP(v4) === 4 ? v4.startsWith("127.") : v4 === "::1";
}
