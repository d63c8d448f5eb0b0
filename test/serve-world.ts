// A small policy, raw sockets and servers for the tests of io/serve and io/dial.
// Law of this file: a test ends every server and socket it asked for (`world.end()`).

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createNetServer, type Socket } from "node:net";
import type { GateError } from "../src/io/errors.ts";
import type { Reply } from "../src/io/ports.ts";
import { createServer, type DataServer, type FailedHead, type ServeLimits } from "../src/io/serve/server.ts";
import type { Arrival, Caller, CrossingId, Destination, Policy } from "../src/words.ts";
import { NO_PAPERS } from "./no-papers.ts";

export const KEY = "yk_test_0123456789";

export function destination(id: string, url: string, change: Partial<Destination> = {}): Destination {
  return {
    id,
    recipient: "acme",
    url,
    providers: ["any-json"],
    operations: ["inference"],
    leaves: "request",
    flowKind: "push",
    exporter: null,
    purpose: null,
    subjectAt: [],
    purposeAt: null,
    headers: [],
    credentials: { mode: "passthrough", headers: ["authorization"], inject: new Map() },
    tls: { ca: null, min: "TLSv1.2" },
    via: { proxy: null, localAddress: null },
    limits: { bodyBytesMax: 100_000, headersTimeoutMs: 5_000, bodyTimeoutMs: 5_000, connectTimeoutMs: 2_000 },
    observe: null,
    classification: null,
    ...change,
  };
}

export function caller(id: string, keys: readonly string[]): Caller {
  const keySha256 = keys.map((key) => createHash("sha256").update(key).digest("hex"));
  return { id, keySha256, exporters: [], destinations: [], purposes: [], mayAssert: [] };
}

export function policyOf(destinations: readonly Destination[], callers?: readonly Caller[]): Policy {
  const known = callers ?? [caller("app", [KEY]), caller("local", [])];
  return {
    hash: "sha256:0",
    profile: "strict",
    names: null,
    switches: {},
    language: "en",
    ...NO_PAPERS,
    exporters: new Map(),
    recipients: new Map(),
    destinations: new Map(destinations.map((d) => [d.id, d])),
    purposes: new Map(),
    mechanisms: [],
    notices: [],
    pipias: [],
    callers: new Map(known.map((c) => [c.id, c])),
    rules: [],
    law: { revisions: [], calendar: { off: new Set(), on: new Set(), knownUntil: "2026-12-31" } },
  };
}

export interface Gate {
  readonly server: DataServer;
  readonly port: number;
  readonly arrivals: Arrival[];
  readonly failures: { head: FailedHead; error: GateError }[];
  readonly refused: string[];
  readonly faults: unknown[];
}

export interface RawAnswer {
  readonly text: string;
  readonly status: number;
  /** How the connection ended within the wait: by the other side's FIN, by a reset, or not at all. */
  readonly ended: "fin" | "reset" | "open";
}

/** Everything a test opened, ended together. */
export class World {
  readonly #ends: (() => Promise<unknown> | unknown)[] = [];

  async gate(
    policy: Policy,
    onArrival: (arrival: Arrival, reply: Reply) => void,
    limits: Partial<ServeLimits> = {},
  ): Promise<Gate> {
    const arrivals: Arrival[] = [];
    const failures: Gate["failures"] = [];
    const refused: string[] = [];
    const faults: unknown[] = [];
    let next = 0;
    const server = createServer({
      policy: () => policy,
      clock: { nowMs: () => 1_764_000_000_000 },
      random: { salt: () => "salt", bytes: (n) => new Uint8Array(n), crossingId: () => `dec_${next++}` as CrossingId },
      limits,
      onArrival(arrival, reply) {
        arrivals.push(arrival);
        onArrival(arrival, reply);
      },
      onFailed(head, error, reply) {
        failures.push({ head, error });
        reply.send(error.status, ["content-type", "text/plain"], Buffer.from(error.code));
      },
      onRefused: (code) => refused.push(code),
      onFault: (error) => faults.push(error),
    });
    const port = await server.listen(0, "127.0.0.1");
    this.#ends.push(() => server.drain(0));
    return { server, port, arrivals, failures, refused, faults };
  }

  async http(listener: RequestListener): Promise<{ server: Server; url: string; port: number }> {
    const server = createHttpServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    this.#ends.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { server, port, url: `http://127.0.0.1:${port}` };
  }

  async tcp(onSocket: (socket: Socket) => void): Promise<{ url: string; port: number }> {
    const sockets = new Set<Socket>();
    const server = createNetServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      onSocket(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    this.#ends.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { port, url: `http://127.0.0.1:${port}` };
  }

  later(end: () => Promise<unknown> | unknown): void {
    this.#ends.push(end);
  }

  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }
}

/** Sends bytes on a raw socket and collects until the other side ends, or `waitMs` pass. */
export function raw(port: number, bytes: string | Buffer, waitMs = 1_500): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let text = "";
    let ended: RawAnswer["ended"] = "open";
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, ended, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0) });
    };
    const timer = setTimeout(done, waitMs);
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" && ended === "open") ended = "reset";
    });
    socket.on("end", () => {
      ended = "fin";
    });
    socket.on("close", done);
    socket.write(typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes);
  });
}

export async function until(condition: () => boolean, waitMs = 3_000): Promise<void> {
  const endMs = performance.now() + waitMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error("the condition did not come true");
    await sleep(5);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
