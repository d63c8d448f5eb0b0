// OpenRouter: the OpenAI dialect below `/api/v1`, with Anthropic's beside it. Source: openrouter.ai/docs/api-reference.
// Law: `/api` is dialled if the caller wrote it: the destination's URL may hold it instead.

import type { Provider, Refusal } from "../../../words.ts";
import { anthropicLanes } from "../anthropic-lanes.ts";
import { ANTHROPIC_ROLES } from "../anthropic-roles.ts";
import { eitherLanes } from "../lanes.ts";
import { openaiLanes } from "../openai-lanes.ts";
import { OPENAI_ROLES } from "../openai-roles.ts";
import { belowV1, withOneV1 } from "../paths.ts";
import { openaiTypeOf, sseEvent, yumenOf } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  POST            chat/completions          inference
  POST            completions               inference
  POST            responses                 inference
  POST            messages                  inference
  POST            embeddings                embedding
  GET             embeddings/models         admin
  POST            rerank                    inference
  GET             models/**                 admin
  GET             generation                admin
  GET             providers                 admin
  GET             endpoints/**              admin
  GET             parameters/**             admin
  *               credits/**                admin
  GET             key                       admin
  *               keys/**                   admin
  *               auth/keys/**              admin
  GET             activity                  admin
`);

const ROOT = "/api";

export const openrouter: Provider = {
  id: "openrouter",
  modelAt: "/model",

  operation(method, path) {
    const canonical = openrouter.canonicalPath(path);
    const below = belowV1(canonical.startsWith(`${ROOT}/`) ? canonical.slice(ROOT.length) : canonical);
    return below === null ? null : ROUTES.operation(method, below);
  },

  canonicalPath(path) {
    if (!path.startsWith(`${ROOT}/v1/`)) return withOneV1(path, ROUTES.resources);
    return ROOT + withOneV1(path.slice(ROOT.length), ROUTES.resources);
  },

  roleOf: roles(OPENAI_ROLES, ANTHROPIC_ROLES),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  streamRefusal: (refusal) => sseEvent(errorOf(refusal)),
  lanes: eitherLanes(openaiLanes, anthropicLanes),
};

/** `code` is the status here; the rest is metadata. */
function errorOf({ status, code, message, param, ...refusal }: Refusal): object {
  const type = openaiTypeOf(status);
  return { error: { code: status, message, type, param, metadata: { code, ...yumenOf(refusal) } } };
}
