// The Cohere API, both versions. Source: docs.cohere.com/reference. Law: `/v2` is dialled as `/v2`; what has no version
// is left to others.

import type { Provider, Refusal, StreamEvent } from "../../../words.ts";
import { indexAt } from "../lanes.ts";
import { sseEvent, yumenOf } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  POST            chat                    inference
  POST            generate                inference
  POST            summarize               inference
  POST            classify                inference
  POST            rerank                  inference
  POST            tokenize                inference
  POST            detokenize              inference
  POST            audio/transcriptions    inference
  POST            embed                   embedding
  *               embed-jobs/**           batch
  *               batches/**              batch
  *               datasets/**             storage
  *               connectors/**           admin
  *               finetuning/**           training
  GET             models/**               admin
  POST            check-api-key           admin
`);

const VERSION = /^\/(?:api\/)?v[12]\//;

const ROLES = `
  fixed /model /messages/*/{role,tool_call_id} /messages/*/content/*/type /messages/*/content/*/document/id
  fixed /messages/*/tool_calls/*/{id,type} /messages/*/tool_calls/*/function/name /messages/*/citations/*/type
  fixed /messages/*/content/*/image_url/detail /messages/*/citations/*/sources/*/{type,id}
  fixed /tools/*/{type,name} /tools/*/function/name /tool_choice /documents/*/id /citation_options/**
  fixed /response_format/type
  fixed /safety_mode /input_type /embedding_types/* /truncate /conversation_id /connectors/*/id /prompt_truncation
  fixed /citation_quality /chat_history/*/role /chat_history/*/tool_calls/*/name /preset /inputs/*/content/*/type
  fixed /tool_results/*/call/name /dataset_id /input_dataset_id
  tool-arguments /messages/*/tool_calls/*/function/arguments /chat_history/*/tool_calls/*/parameters/**
  tool-arguments /tool_results/*/call/parameters/**
  tool-result /tool_results/*/outputs/**
  media /messages/*/content/*/image_url/url /inputs/*/content/*/image_url/url /images/*`;

export const cohere: Provider = {
  id: "cohere",
  modelAt: "/model",

  operation(method, path) {
    const canonical = cohere.canonicalPath(path);
    const version = VERSION.exec(canonical)?.[0];
    return version === undefined ? null : ROUTES.operation(method, canonical.slice(version.length));
  },

  canonicalPath: (path) => path.replace(/^(\/v[12])(?:\/v1)*\1(?=\/)/, "$1"),
  roleOf: roles(ROLES.trim()),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  /** As a message's end: an answer that ended in an error. */
  streamRefusal(refusal) {
    const delta = { finish_reason: "ERROR", error: refusal.message, yumen: errorOf(refusal).yumen };
    return sseEvent({ type: "message-end", delta }, "message-end");
  },
  lanes: {
    lane,
    ends,
    nested: (_event, pointer) => pointer === CALL || pointer === CALL_V1 || ARGUMENTS.test(pointer),
  },
};

function errorOf({ code, message, param, ...refusal }: Refusal) {
  return { message, yumen: { code, param, ...yumenOf(refusal) } };
}

const CALL = "/delta/message/tool_calls/function/arguments";
const PLAN = "/delta/message/tool_plan";
const CONTENT = /^\/delta\/message\/content\/(text|thinking)$/;
const ARGUMENTS = /\/tool_calls\/\d+\/function\/arguments$/;
/** Version 1: a line an event, `event_type` instead of `type`. */
const CALL_V1 = "/tool_call_delta/parameters";

function lane(event: StreamEvent, pointer: string): string | null {
  if (pointer === CALL) return `tool/${indexAt(event, "/index")}`;
  if (pointer === PLAN) return "plan";
  const content = CONTENT.exec(pointer);
  if (content !== null) return `content/${indexAt(event, "/index")}/${content[1]}`;
  const type = event.read("/event_type");
  if (pointer === "/text") return type === "text-generation" ? "text" : type === "tool-calls-chunk" ? "plan" : null;
  return pointer === CALL_V1 ? `tool/${indexAt(event, "/tool_call_delta/index")}` : null;
}

function ends(event: StreamEvent): "none" | "all" | readonly string[] {
  const type = event.read("/type") ?? event.read("/event_type");
  if (type === "message-end" || type === "stream-end" || event.read("/is_finished") === true) return "all";
  if (type === "content-end") return [`content/${indexAt(event, "/index")}`];
  if (type === "tool-call-end") return [`tool/${indexAt(event, "/index")}`];
  if (type === "content-start" || type === "tool-call-start" || type === "tool-calls-generation") return ["plan"];
  return "none";
}
