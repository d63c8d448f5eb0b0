// The built-in overseas endpoint: what the demo, the tests and the benches send to instead of a real recipient.
// Law of this file: it listens on loopback only, survives anything that is sent, and keeps it before it answers.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { anthropic } from "./anthropic.ts";
import { readAsk } from "./ask.ts";
import { converse, type Exchange, refuse } from "./converse.ts";
import { echo, modelsBody, sendJson } from "./elsewhere.ts";
import { openai } from "./openai.ts";
import { decoded, type Received, receive } from "./receive.ts";
import { type RecordMost, type Seen, seenLog } from "./seen.ts";
import { Gone } from "./writer.ts";

export type { Seen } from "./seen.ts";

export interface OverseasOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly host?: "127.0.0.1";
  /** PEM. Given: HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: the last 1000 requests. */
  readonly record?: RecordMost;
  /** ms since the epoch; for `created` and Seen.atMs. Default: the system's clock. */
  readonly nowMs?: () => number;
}

export interface Overseas {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Live: grows as requests come. */
  readonly seen: readonly Seen[];
  clear(): void;
  /** Called for every request after it was kept, before it is answered. */
  onSeen: ((one: Seen) => void) | null;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

const BENCH_BODY = Buffer.from(
  '{"id":"chatcmpl-bench","object":"chat.completion","created":0,"model":"bench","choices":[{"index":0,"message":' +
    '{"role":"assistant","content":"好的，已经处理完毕。"},"finish_reason":"stop"}],' +
    '"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}',
);
const BENCH_HEAD = ["content-type", "application/json", "content-length", String(BENCH_BODY.length)];

/** Rejects when the port is taken. */
export async function startOverseas(options: OverseasOptions = {}): Promise<Overseas> {
  const { port = 0, host = "127.0.0.1", tls, record = 1000, nowMs = Date.now } = options;
  const log = seenLog(record);
  let requests = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    response.on("error", () => {}); // the caller went away; its socket's end is seen elsewhere
    receive(request, record !== 0, (received) => {
      if (received.bench && record === 0) return sendBench(response);
      const atMs = nowMs();
      const seen = seenOf(request, received, atMs);
      if (record !== 0) log.add(seen);
      const serial = `z${(requests++).toString(36)}`.padStart(16, "overseas");
      answer(request, response, received, serial, atMs, () => overseas.onSeen?.(seen));
    });
  };
  const server = tls ? createTlsServer(tls, onRequest) : createServer(onRequest);
  await listen(server, port, host);
  const bound = (server.address() as AddressInfo).port;
  const overseas: Overseas = {
    port: bound,
    url: `${tls ? "https" : "http"}://${host}:${bound}`,
    seen: log.list,
    clear: log.clear,
    onSeen: null,
    close: () => close(server),
  };
  return overseas;
}

function seenOf(request: IncomingMessage, { body, ended }: Received, atMs: number): Seen {
  const { method = "", url = "", rawHeaders } = request;
  return { method, target: url, rawHeaders, body, atMs, whole: ended === "whole" };
}

/** Never rejects and never throws: whatever goes wrong becomes a 500, or the end of the connection. */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  received: Received,
  serial: string,
  nowMs: number,
  before: () => void,
): void {
  const path = (request.url ?? "/").split("?", 1)[0]!;
  const dialect = path.endsWith("/messages") ? anthropic : openai;
  const exchange: Exchange = { request, response, dialect, serial, nowMs };
  const failed = (error: unknown) => {
    if (error instanceof Gone || response.headersSent) request.socket.destroy();
    else refuse(exchange, 500, "The endpoint failed.");
  };
  try {
    before();
    if (received.ended === "cut") return;
    if (received.bench) return sendBench(response);
    route(exchange, received, path).catch(failed);
  } catch (error) {
    failed(error);
  }
}

async function route(exchange: Exchange, { body, ended }: Received, path: string): Promise<void> {
  const { request, response } = exchange;
  if (ended === "too-large") {
    response.setHeader("connection", "close");
    return refuse(exchange, 413, "The request is too large.");
  }
  const chat = /\/(chat\/completions|v1\/messages)$/.test(path);
  if (chat && request.method === "POST") return chatWith(exchange, body);
  if (request.method === "GET" && /\/models(\/[^/]+)?$/.test(path)) {
    const models = modelsBody(request, path, exchange.nowMs);
    return models === null ? refuse(exchange, 404, "The model does not exist.") : sendJson(response, models);
  }
  echo(request, response, body);
}

async function chatWith(exchange: Exchange, body: Buffer): Promise<void> {
  const plain = decoded(body, (exchange.request.headers["content-encoding"] ?? "").toLowerCase());
  if (plain === null) return refuse(exchange, 400, "The content-encoding of the body cannot be read.");
  const ask = readAsk(plain);
  return typeof ask === "string" ? refuse(exchange, 400, ask) : converse(exchange, ask);
}

function sendBench(response: ServerResponse): void {
  response.sendDate = false;
  response.writeHead(200, BENCH_HEAD);
  response.end(BENCH_BODY);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  server.keepAliveTimeout = 0; // a connection that dies under a client between two requests looks like a fault of ours
  server.requestTimeout = 0;
  server.on("connection", (socket) => socket.setMaxListeners(0)); // pipelined answers wait side by side
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      server.on("error", () => {}); // e.g. out of file descriptors: one connection lost, not the endpoint
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
