// The Anthropic Messages API. Sources: docs.anthropic.com/en/api (messages, streaming, errors).

import type { LaneShape, Operation, Provider, Refusal, StreamEvent } from "../../../words.ts";
import { withOneV1, withoutQuery } from "../paths.ts";

const RESOURCES: ReadonlySet<string> = new Set(["messages", "models", "complete", "files", "organizations"]);

const BY_RESOURCE: Readonly<Record<string, Operation>> = { models: "admin", organizations: "admin", files: "storage" };

export const anthropicMessages: Provider = {
  id: "anthropic-messages",
  modelAt: "/model",

  operation(method, path) {
    const plain = withoutQuery(anthropicMessages.canonicalPath(path)).replace(/\/$/, "");
    const [, v1, resource, verb] = plain.split("/");
    if (v1 !== "v1" || resource === undefined || !RESOURCES.has(resource)) return null;
    if (Object.hasOwn(BY_RESOURCE, resource)) return BY_RESOURCE[resource]!;
    if (verb === "batches") return "batch";
    const infers = verb === undefined || verb === "count_tokens";
    return method === "POST" && infers ? "inference" : "unknown";
  },

  canonicalPath: (path) => withOneV1(path, RESOURCES),

  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => `event: error\ndata: ${JSON.stringify(errorOf(refusal))}\n\n`,

  lanes: { lane, ends, nested } satisfies LaneShape,
};

function errorOf({ decision, status, code, message, param, reasons }: Refusal): object {
  const error = { type: typeOf(status), message, code, param, details: { decision, reasons } };
  return { type: "error", error, request_id: decision };
}

function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 404) return "not_found_error";
  if (status === 413) return "request_too_large";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "api_error" : "invalid_request_error";
}

const DELTA = /^\/delta\/(text|thinking|partial_json)$/;

/** A content block has one run of each kind. Signatures and citations come whole. */
function lane(event: StreamEvent, pointer: string): string | null {
  const kind = DELTA.exec(pointer)?.[1];
  if (kind === undefined || event.read("/type") !== "content_block_delta") return null;
  return `${event.read("/index") ?? 0}/${kind}`;
}

function ends(event: StreamEvent): "none" | "all" | readonly string[] {
  const type = event.read("/type");
  if (type === "message_stop" || type === "error") return "all";
  return type === "content_block_stop" ? [String(event.read("/index") ?? 0)] : "none";
}

/** A tool's input streams as JSON text; outside streams it is an object. */
function nested(_event: StreamEvent, pointer: string): boolean {
  return pointer === "/delta/partial_json";
}
