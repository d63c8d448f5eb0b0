// The Gemini API of AI Studio. Source: ai.google.dev/api. Law: the version is dialled as the caller wrote it, once; the
// model is in the path.

import type { Provider } from "../../../words.ts";
import { googleLanes } from "../google-lanes.ts";
import { googleError } from "../google-refusal.ts";
import { GOOGLE_ROLES } from "../google-roles.ts";
import { eitherLanes } from "../lanes.ts";
import { openaiLanes } from "../openai-lanes.ts";
import { OPENAI_ROLES } from "../openai-roles.ts";
import { OPENAI_ROUTES } from "../openai-routes.ts";
import { decoded } from "../paths.ts";
import { sseEvent } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

const ROUTES = routes(`
  POST            models/*:generateContent            inference
  POST            models/*:streamGenerateContent      inference
  POST            models/*:generateAnswer             inference
  POST            models/*:generateMessage            inference
  POST            models/*:generateText               inference
  POST            models/*:countTokens                inference
  POST            models/*:countTextTokens            inference
  POST            models/*:countMessageTokens         inference
  POST            models/*:predict                    inference
  POST            models/*:predictLongRunning         inference
  POST            models/*:embedContent               embedding
  POST            models/*:batchEmbedContents         embedding
  POST            models/*:embedText                  embedding
  POST            models/*:batchEmbedText             embedding
  POST            models/*:batchGenerateContent       batch
  POST            models/*:asyncBatchEmbedContent     batch
  GET             models/**                           admin
  POST            tunedModels/*:generateContent       inference
  POST            tunedModels/*:streamGenerateContent inference
  POST            tunedModels/*:generateText          inference
  POST            tunedModels/*:batchGenerateContent  batch
  *               tunedModels/**                      training
  POST            dynamic/*:generateContent           inference
  POST            dynamic/*:streamGenerateContent     inference
  POST            interactions                        inference
  *               interactions/**                     storage
  *               files/**                            storage
  *               files:register                      storage
  *               cachedContents/**                   storage
  *               corpora/**                          storage
  *               fileSearchStores/**                 storage
  *               batches/**                          batch
  GET             operations/**                       admin
  *               auth_tokens/**                      unknown
`);

const VERSION = /^(?:\/(?:upload|download))?\/v1(?:alpha|beta\d?)?\//;
/** A verb behind a model is no other API's: `/models/gemini-2.5-flash:generateContent`. */
const BARE = /^\/(?:models|tunedModels)\/[^/:?]+:[A-Za-z]+(?=$|\?)/;
const COMPATIBLE = "openai/";

export const gemini: Provider = {
  id: "gemini",
  modelAt: "/model",

  operation(method, path) {
    const canonical = gemini.canonicalPath(path);
    const version = VERSION.exec(canonical)?.[0];
    if (version === undefined) return null;
    const below = canonical.slice(version.length);
    if (below.startsWith(COMPATIBLE)) return OPENAI_ROUTES.operation(method, below.slice(COMPATIBLE.length));
    return ROUTES.operation(method, below);
  },

  canonicalPath(path) {
    return BARE.test(path) ? `/v1beta${path}` : path.replace(/^(\/v1(?:alpha|beta\d?)?)\1+(?=\/)/, "$1");
  },

  modelIn(path) {
    const named = /\/(models|tunedModels)\/([^/:?]+)/.exec(path);
    if (named === null) return null;
    return named[1] === "models" ? decoded(named[2]!) : `${named[1]}/${decoded(named[2]!)}`;
  },

  roleOf: roles(GOOGLE_ROLES, OPENAI_ROLES),
  refusal: (refusal) => JSON.stringify(googleError(refusal)),
  streamRefusal: (refusal) => sseEvent(googleError(refusal)),
  lanes: { ...eitherLanes(googleLanes, openaiLanes), inArrays: true },
};
