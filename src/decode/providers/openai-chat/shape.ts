// The OpenAI API and all that speaks its dialect (DeepSeek, vLLM, Azure, …): every resource, not chat alone; the id is
// older than that. Sources: platform.openai.com/docs/api-reference; SDK behaviour on errors and streams was measured.

import type { Provider } from "../../../words.ts";
import { azurePath, belowAzure, deploymentIn } from "../openai-azure.ts";
import { openaiLanes } from "../openai-lanes.ts";
import { openaiRoleOf } from "../openai-roles.ts";
import { OPENAI_ROUTES } from "../openai-routes.ts";
import { belowV1, withOneV1 } from "../paths.ts";
import { openaiError, sseEvent } from "../refusals.ts";

export const openaiChat: Provider = {
  id: "openai-chat",
  modelAt: "/model",
  modelIn: deploymentIn,

  operation(method, path) {
    const canonical = openaiChat.canonicalPath(path);
    const below = belowV1(canonical) ?? belowAzure(canonical);
    return below === null ? null : OPENAI_ROUTES.operation(method, below);
  },

  canonicalPath: (path) => (path.startsWith("/openai/") ? azurePath(path) : withOneV1(path, OPENAI_ROUTES.resources)),
  roleOf: openaiRoleOf,
  refusal: (refusal) => JSON.stringify(openaiError(refusal)),
  streamRefusal: (refusal) => sseEvent(openaiError(refusal)),
  lanes: openaiLanes,
};
