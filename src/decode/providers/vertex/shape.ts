// Vertex AI: Google's models, its partners' (Anthropic, Mistral, open ones) and one's own, below project and region.
// Source: cloud.google.com/vertex-ai/docs/reference/rest. Law: model and region are in the path.

import type { Provider } from "../../../words.ts";
import { anthropicLanes } from "../anthropic-lanes.ts";
import { ANTHROPIC_ROLES } from "../anthropic-roles.ts";
import { googleLanes } from "../google-lanes.ts";
import { googleError } from "../google-refusal.ts";
import { GOOGLE_ROLES } from "../google-roles.ts";
import { eitherLanes } from "../lanes.ts";
import { openaiLanes } from "../openai-lanes.ts";
import { OPENAI_ROLES } from "../openai-roles.ts";
import { decoded } from "../paths.ts";
import { sseEvent } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const VERBS = (
  "generateContent streamGenerateContent countTokens computeTokens predict rawPredict streamRawPredict " +
  "serverStreamingPredict directPredict directRawPredict explain predictLongRunning fetchPredictOperation"
).split(" ");

/** `publishers/google/models/gemini-2.5-pro:generateContent`; an endpoint of one's own answers to the same verbs. */
const ROUTES = routes(`
  POST            publishers/*/models/*embedding*:predict     embedding
  POST            publishers/*/models/textembedding*:predict  embedding
  POST            publishers/*/models/*:embedContent          embedding
  POST            publishers/*/models/*:batchEmbedContents    embedding
  ${VERBS.map((verb) => `POST publishers/*/models/*:${verb} inference`).join("\n")}
  GET             publishers/**                               admin
  POST            endpoints/*/chat/completions                inference
  POST            endpoints/*/completions                     inference
  POST            endpoints/*/embeddings                      embedding
  ${VERBS.map((verb) => `POST endpoints/*:${verb} inference`).join("\n")}
  *               endpoints/**                                admin
  *               tuningJobs/**                               training
  *               customJobs/**                               training
  *               trainingPipelines/**                        training
  *               hyperparameterTuningJobs/**                 training
  *               pipelineJobs/**                             training
  *               batchPredictionJobs/**                      batch
  *               cachedContents/**                           storage
  *               datasets/**                                 storage
  *               ragCorpora/**                               storage
  *               indexes/**                                  storage
  *               indexEndpoints/**                           storage
  *               featureOnlineStores/**                      storage
  POST            reasoningEngines/*:query                    inference
  POST            reasoningEngines/*:streamQuery              inference
  *               reasoningEngines/**                         storage
  POST            models:upload                               storage
  GET|DELETE      models/**                                   admin
  GET             operations/**                               admin
  POST            :evaluateInstances                          evaluation
  POST            :evaluateDataset                            evaluation
  *               evaluationRuns/**                           evaluation
  POST            :retrieveContexts                           inference
  POST            :augmentPrompt                              inference
  POST            :corroborateContent                         inference
`);

/** In express mode a key stands for project and region. */
const ROOT = /^\/v1(?:beta1)?(?:\/projects\/[^/]+\/locations\/([^/:]+)(?:\/|(?=:))|\/(?=publishers\/))/;

export const vertex: Provider = {
  id: "vertex",
  modelAt: "/model",

  operation(method, path) {
    const canonical = vertex.canonicalPath(path);
    const root = ROOT.exec(canonical)?.[0];
    return root === undefined ? null : ROUTES.operation(method, canonical.slice(root.length));
  },

  canonicalPath: (path) => path.replace(/^(\/v1(?:beta1)?)\1+(?=\/(?:projects|publishers)\/)/, "$1"),

  modelIn(path) {
    const model = /\/publishers\/[^/]+\/models\/([^/:?]+)/.exec(path);
    if (model !== null) return decoded(model[1]!);
    const own = /\/locations\/[^/]+\/(endpoints\/[^/:?]+)/.exec(path);
    return own === null ? null : decoded(own[1]!);
  },

  regionIn(path) {
    const region = ROOT.exec(vertex.canonicalPath(path))?.[1];
    return region === undefined ? null : decoded(region);
  },

  roleOf: roles(GOOGLE_ROLES, ANTHROPIC_ROLES, OPENAI_ROLES),
  refusal: (refusal) => JSON.stringify(googleError(refusal)),
  streamRefusal: (refusal) => sseEvent(googleError(refusal)),
  lanes: { ...eitherLanes(googleLanes, openaiLanes, anthropicLanes), inArrays: true },
};
