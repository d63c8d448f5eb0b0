// Azure OpenAI: the OpenAI API below a deployment or `/openai`, and Foundry's `/models`.
// Sources: learn.microsoft.com/azure/ai-services/openai/reference, …/azure/ai-foundry (model inference).
// Law: the deployment in the path is the model that is called, whatever the body says.

import type { Provider } from "../../../words.ts";
import { azurePath, belowAzure, deploymentIn } from "../openai-azure.ts";
import { openaiLanes } from "../openai-lanes.ts";
import { openaiRoleOf } from "../openai-roles.ts";
import { OPENAI_ROUTES } from "../openai-routes.ts";
import { belowV1, withoutQuery } from "../paths.ts";
import { openaiError, sseEvent } from "../refusals.ts";
import { routes } from "../routes.ts";

const AZURE_ROUTES = routes(`
  POST            models/chat/completions         inference
  POST            models/embeddings               embedding
  POST            models/images/embeddings        embedding
  GET             models/info                     admin
  POST            images/generations:submit       inference
  GET|DELETE      operations/images/**            storage
  *               ingestion/jobs/**               storage
  POST            video/generations/jobs          inference
  GET|DELETE      video/generations/**            storage
  GET             deployments/**                  admin
  *               realtimeapi/**                  unknown
`);

export const azureOpenai: Provider = {
  id: "azure-openai",
  modelAt: "/model",
  modelIn: deploymentIn,

  /** A destination's URL may hold Azure's part of the path: what is left is OpenAI's alone. */
  operation(method, path) {
    const canonical = azurePath(path);
    const below = belowAzure(canonical) ?? belowV1(canonical) ?? withoutQuery(canonical).slice(1);
    return AZURE_ROUTES.operation(method, below) ?? OPENAI_ROUTES.operation(method, below);
  },

  canonicalPath: azurePath,
  roleOf: openaiRoleOf,
  refusal: (refusal) => JSON.stringify(openaiError(refusal)),
  streamRefusal: (refusal) => sseEvent(openaiError(refusal)),
  lanes: openaiLanes,
};
