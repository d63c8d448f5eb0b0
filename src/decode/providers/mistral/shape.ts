// The Mistral API: OpenAI's dialect for chat, its own for agents, conversations and documents.
// Source: docs.mistral.ai/api.

import type { LaneShape, Provider, Refusal } from "../../../words.ts";
import { eitherLanes, indexAt } from "../lanes.ts";
import { openaiLanes } from "../openai-lanes.ts";
import { OPENAI_ROLES } from "../openai-roles.ts";
import { belowV1, withOneV1 } from "../paths.ts";
import { openaiTypeOf, sseEvent, yumenOf } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  POST            chat/completions              inference
  POST            fim/completions               inference
  POST            agents/completions            inference
  POST            moderations                   inference
  POST            chat/moderations              inference
  POST            classifications               inference
  POST            chat/classifications          inference
  POST            ocr                           inference
  POST            audio/transcriptions          inference
  POST            audio/speech                  inference
  POST            embeddings                    embedding
  POST            conversations                 inference
  POST            conversations/*               inference
  POST            conversations/*/restart       inference
  GET|DELETE      conversations/**              storage
  *               agents/**                     storage
  *               libraries/**                  storage
  *               files/**                      storage
  *               batch/jobs/**                 batch
  *               fine_tuning/**                training
  GET|DELETE      models/**                     admin
`);

const ROLES = `
  fixed /agent_id /inputs/*/{id,type,role,object,tool_call_id,agent_id,name} /inputs/*/content/*/{type,file_id}
  fixed /document/{type,file_id} /safe_prompt /timeout_hours /input_files/* /document_ids/*
  tool-arguments /inputs/*/arguments /inputs/*/arguments/**
  tool-result /inputs/*/result
  media /messages/*/content/*/{image_url,document_url,input_audio} /document/{document_url,image_url,image_url/url}
  media /inputs/*/content/*/{image_url,image_url/url,document_url}`;

/** Conversations: entries of a turn, told apart by their index. */
const conversationLanes: LaneShape = {
  lane(event, pointer) {
    const type = event.read("/type");
    const entry = indexAt(event, "/output_index");
    if (type === "message.output.delta" && /^\/content(?:\/(?:text|thinking))?$/.test(pointer))
      return `message/${entry}/${indexAt(event, "/content_index")}`;
    if (type === "function.call.delta" && pointer === "/arguments")
      return `call/${entry}/${String(event.read("/tool_call_id"))}`;
    return null;
  },

  ends(event) {
    const type = event.read("/type");
    return type === "conversation.response.done" || type === "conversation.response.error" ? "all" : "none";
  },
};

export const mistral: Provider = {
  id: "mistral",
  modelAt: "/model",

  operation(method, path) {
    const below = belowV1(mistral.canonicalPath(path));
    return below === null ? null : ROUTES.operation(method, below);
  },

  canonicalPath: (path) => withOneV1(path, ROUTES.resources),
  roleOf: roles(OPENAI_ROLES, ROLES.trim()),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal)),
  lanes: eitherLanes(conversationLanes, openaiLanes),
};

/** The message at the top, as its SDKs print it; under `error` too, for the many who call it with OpenAI's. */
function errorOf({ status, code, message, param, ...refusal }: Refusal): object {
  const error = { message, type: openaiTypeOf(status), param, code };
  return { object: "error", ...error, error, yumen: yumenOf(refusal) };
}
