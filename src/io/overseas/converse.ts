// One chat request → one answer, gone wrong where its model name asks for that.
// Law of this file: an answer that is to fail fails on the wire, never in this process.

import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Ask } from "./ask.ts";
import type { Dialect, Says } from "./dialect.ts";
import { numbersFrom, piecesOf } from "./pieces.ts";
import { type Plan, planOf } from "./plan.ts";
import { gzipWriter, plainWriter, shreddingWriter, type Writer } from "./writer.ts";

/** Reserved (RFC 2606): whoever follows the redirect gets nowhere. */
const ELSEWHERE = "https://elsewhere.invalid";

const MESSAGES: Readonly<Record<number, string>> = {
  404: "The model does not exist or you do not have access to it.",
  429: "Rate limit reached for requests.",
  500: "The server had an error while processing your request.",
};

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly dialect: Dialect;
  readonly serial: string;
  readonly nowMs: number;
}

/** Rejects with Gone when the caller goes away. */
export async function converse(exchange: Exchange, ask: Ask): Promise<void> {
  const plan = planOf(ask.model);
  if (plan.fault === "stall-head") return;
  if (plan.status === 302) return redirect(exchange);
  if (plan.status !== 200) return refuse(exchange, plan.status, MESSAGES[plan.status] ?? "The request failed.");
  const says = saysOf(plan, ask, exchange);
  if (ask.stream) return stream(exchange, plan, ask, says);
  return whole(exchange, plan, exchange.dialect.whole(ask, says));
}

/** An error in the API's own shape. */
export function refuse(exchange: Exchange, status: number, message: string): void {
  const body = exchange.dialect.error(status, message, exchange.serial);
  head(exchange, status, { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) });
  exchange.response.end(body);
}

function saysOf(plan: Plan, ask: Ask, { serial, nowMs }: Exchange): Says {
  const prompt = plan.says === "last" ? ask.last : plan.says === "all" ? ask.texts.join("\n") : plan.says.text;
  const text = plan.tool ? JSON.stringify({ note: prompt }) : prompt;
  const streamed = plan.fault === "truncate" ? text.slice(0, text.length >> 1) : text;
  const cut = plan.tool && plan.cut === "words" ? { seed: 1 } : plan.cut;
  const pieces = (choice: number) => piecesOf(streamed, cut, choice);
  return { serial, createdMs: nowMs, text, tool: plan.tool, pieces };
}

async function stream(exchange: Exchange, plan: Plan, ask: Ask, says: Says): Promise<void> {
  head(exchange, 200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    ...(plan.gzip ? { "content-encoding": "gzip" } : {}),
  });
  exchange.response.flushHeaders();
  const writer = writerFor(exchange, plan);
  for (const frame of exchange.dialect.frames(ask, says)) {
    if (frame.step === "close" && plan.fault !== "none") return fail(exchange, plan);
    await writer.write(frame.text);
    if (frame.step !== "delta") continue;
    if (plan.fault === "stall" || plan.fault === "reset") return fail(exchange, plan);
    if (plan.pauseMs > 0) await pause(plan.pauseMs);
  }
  await writer.end();
}

/** With a fault: the first half of the body, under a content-length that promises all of it. */
async function whole(exchange: Exchange, plan: Plan, text: string): Promise<void> {
  const body = Buffer.from(text);
  const sent = plan.fault === "none" ? body : body.subarray(0, body.length >> 1);
  const promised = plan.fault === "unfinished" ? sent : body;
  head(exchange, 200, {
    "content-type": "application/json",
    ...(plan.gzip ? { "content-encoding": "gzip" } : { "content-length": String(promised.length) }),
  });
  if (plan.pauseMs > 0) await pause(plan.pauseMs);
  const writer = writerFor(exchange, plan);
  await writer.write(sent);
  if (plan.fault !== "none") return fail(exchange, plan);
  await writer.end();
}

/** Ends the answer in the way the plan asks for; what was written before has left this process. */
async function fail({ request, response }: Exchange, plan: Plan): Promise<void> {
  const { socket } = request;
  if (plan.fault === "unfinished") response.end();
  if (plan.fault === "truncate") socket.destroySoon();
  if (plan.fault !== "reset") return;
  await pause(5); // so that the peer reads the first delta before the RST overtakes it
  if ("encrypted" in socket) socket.destroy();
  else socket.resetAndDestroy();
}

function writerFor({ request, response }: Exchange, plan: Plan): Writer {
  const plain = plainWriter(request, response);
  if (plan.gzip) return gzipWriter(plain);
  return typeof plan.cut === "object" ? shreddingWriter(plain, numbersFrom(plan.cut.seed)) : plain;
}

function redirect(exchange: Exchange): void {
  head(exchange, 302, { location: ELSEWHERE + (exchange.request.url ?? "/"), "content-length": "0" });
  exchange.response.end();
}

function head(exchange: Exchange, status: number, headers: Readonly<Record<string, string>>): void {
  const [name, value] = exchange.dialect.requestId(exchange.serial);
  exchange.response.writeHead(status, { ...headers, [name]: value });
}
