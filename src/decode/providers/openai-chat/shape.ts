// The OpenAI API and all that speaks its dialect (DeepSeek, vLLM, Azure, …).
// Sources: platform.openai.com/docs/api-reference; SDK behaviour on errors and streams was measured.

import type { LaneShape, Operation, Provider, Refusal, StreamEvent } from "../../../words.ts";
import { withOneV1, withoutQuery } from "../paths.ts";

const RESOURCES: ReadonlySet<string> = new Set(
  (
    "chat completions embeddings responses models files uploads batches fine_tuning evals moderations audio images " +
    "vector_stores assistants threads conversations realtime"
  ).split(" "),
);
/** Azure names the deployment in the path and the version in the query. */
const AZURE_PREFIX = "/openai/";
const AZURE = /^\/openai\/(?:deployments\/[^/]+|v1)(?=\/)/;

/** What a resource is for, whatever the method. */
const BY_RESOURCE: Readonly<Record<string, Operation>> = {
  models: "admin",
  files: "storage",
  uploads: "storage",
  vector_stores: "storage",
  batches: "batch",
  fine_tuning: "training",
  evals: "evaluation",
};
/** What is posted where. */
const BY_POST: Readonly<Record<string, Operation>> = {
  "chat/completions": "inference",
  completions: "inference",
  responses: "inference",
  embeddings: "embedding",
};

export const openaiChat: Provider = {
  id: "openai-chat",
  modelAt: "/model",

  operation(method, path) {
    const plain = withoutQuery(openaiChat.canonicalPath(path));
    // Anthropic's: another shape of the same destination may know it.
    if (/^\/v1\/messages(?:\/|$)/.test(plain)) return null;
    const bare = plain.startsWith(AZURE_PREFIX) ? plain.replace(AZURE, "") : plain;
    const inside = bare.startsWith("/v1/") ? bare.slice("/v1/".length) : bare.slice(1);
    const rest = inside.endsWith("/") ? inside.slice(0, -1) : inside;
    if (method === "POST" && Object.hasOwn(BY_POST, rest)) return BY_POST[rest]!;
    const resource = rest.split("/", 1)[0]!;
    return Object.hasOwn(BY_RESOURCE, resource) ? BY_RESOURCE[resource]! : "unknown";
  },

  canonicalPath(path) {
    return path.startsWith(AZURE_PREFIX) && AZURE.test(path) ? path : withOneV1(path, RESOURCES);
  },

  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => `data: ${JSON.stringify(errorOf(refusal))}\n\n`,

  lanes: { lane, ends, nested } satisfies LaneShape,
};

/** The SDKs read message, type, code and param; `yumen` is ours. */
function errorOf({ decision, status, code, message, param, reasons }: Refusal): object {
  return { error: { message, type: typeOf(status), code, param, yumen: { decision, reasons } } };
}

function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status >= 500 ? "server_error" : "invalid_request_error";
}

const DELTA = /^\/choices\/(\d+)\/(?:delta\/(content|refusal|reasoning_content|reasoning|audio\/transcript)|(text))$/;
const TOOL = /^\/choices\/(\d+)\/delta\/tool_calls\/(\d+)\/(function\/arguments|custom\/input)$/;
const OLD_CALL = /^\/choices\/(\d+)\/delta\/function_call\/arguments$/;
const ARGUMENTS = /\/arguments$/;

function lane(event: StreamEvent, pointer: string): string | null {
  if (pointer === "/delta") return responsesLane(event);
  const delta = DELTA.exec(pointer);
  if (delta !== null) return `${choice(event, delta[1]!)}/${delta[2] ?? delta[3]}`;
  const tool = TOOL.exec(pointer);
  if (tool !== null) {
    const index = event.read(`/choices/${tool[1]}/delta/tool_calls/${tool[2]}/index`) ?? tool[2];
    return `${choice(event, tool[1]!)}/tool/${index}/${tool[3]}`;
  }
  const call = OLD_CALL.exec(pointer);
  return call === null ? null : `${choice(event, call[1]!)}/call`;
}

/** A choice ends with its finish_reason, a Responses part with its `.done`, everything with `response.completed`. */
function ends(event: StreamEvent): "none" | "all" | readonly string[] {
  const type = event.read("/type");
  if (typeof type === "string" && type.startsWith("response.")) return responsesEnds(event, type);
  const ended: string[] = [];
  for (let i = 0; isChoice(event, i); i++) {
    if (typeof event.read(`/choices/${i}/finish_reason`) === "string") ended.push(choice(event, String(i)));
  }
  return ended.length === 0 ? "none" : ended;
}

function nested(event: StreamEvent, pointer: string): boolean {
  if (pointer === "/delta") return event.read("/type") === "response.function_call_arguments.delta";
  return ARGUMENTS.test(pointer);
}

function isChoice(event: StreamEvent, i: number): boolean {
  return event.read(`/choices/${i}/index`) !== undefined || event.read(`/choices/${i}/finish_reason`) !== undefined;
}

/** The choice's own index: its place in the array is 0 in nearly every event. */
function choice(event: StreamEvent, position: string): string {
  return String(event.read(`/choices/${position}/index`) ?? position);
}

function responsesLane(event: StreamEvent): string | null {
  const type = event.read("/type");
  if (typeof type !== "string" || !type.endsWith(".delta")) return null;
  return responsesName(event, type.slice(0, -".delta".length));
}

function responsesEnds(event: StreamEvent, type: string): "none" | "all" | readonly string[] {
  if (/^response\.(?:completed|failed|incomplete)$/.test(type)) return "all";
  return type.endsWith(".done") ? [responsesName(event, type.slice(0, -".done".length))] : "none";
}

function responsesName(event: StreamEvent, kind: string): string {
  const part = event.read("/content_index") ?? event.read("/summary_index") ?? 0;
  return `${kind}/${event.read("/output_index") ?? 0}/${part}`;
}
