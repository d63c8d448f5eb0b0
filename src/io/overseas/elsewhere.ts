// Every path that is not a chat: the list of models, and the echo of whatever was sent.
// Law of this file: the echo's body is the request's body, byte for byte.

import type { IncomingMessage, ServerResponse } from "node:http";
import { MODELS } from "./plan.ts";

/** OpenAI's and Anthropic's shapes of `/v1/models`; null when there is no such model. */
export function modelsBody(request: IncomingMessage, path: string, nowMs: number): string | null {
  const anthropic = request.headers["anthropic-version"] !== undefined;
  const shape = (id: string) =>
    anthropic
      ? { type: "model", id, display_name: id, created_at: new Date(nowMs).toISOString() }
      : { id, object: "model", created: Math.floor(nowMs / 1000), owned_by: "overseas" };
  const asked = /\/models\/([^/]+)$/.exec(path)?.[1];
  if (asked !== undefined) return MODELS.includes(asked) ? JSON.stringify(shape(asked)) : null;
  const data = MODELS.map(shape);
  if (!anthropic) return JSON.stringify({ object: "list", data });
  return JSON.stringify({ data, has_more: false, first_id: MODELS[0], last_id: MODELS.at(-1) });
}

/** Answers with what was sent: body, content type and encoding; without a body, the method and target as JSON. */
export function echo(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (body.length === 0) return sendJson(response, JSON.stringify({ method: request.method, target: request.url }));
  response.setHeader("content-type", request.headers["content-type"] ?? "application/octet-stream");
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined) response.setHeader("content-encoding", encoding);
  response.writeHead(200, { "content-length": String(body.length) });
  response.end(body);
}

export function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) });
  response.end(body);
}
