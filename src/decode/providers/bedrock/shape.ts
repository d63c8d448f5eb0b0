// Amazon Bedrock. Source: docs.aws.amazon.com/bedrock/latest/APIReference. Law: the model is in the path. Its streams
// are binary frames with checksums: nothing can be put back into them yet, so what answers in one is `unrestorable`,
// and nothing that it is sent may be pseudonymised. A body that its caller signed (SigV4) cannot be rewritten either
// (flow/signed.ts); a bearer key, the caller's or one that the gate injects, signs nothing.

import type { Provider, Refusal } from "../../../words.ts";
import { ANTHROPIC_ROLES } from "../anthropic-roles.ts";
import { NO_LANES } from "../lanes.ts";
import { OPENAI_ROLES } from "../openai-roles.ts";
import { decoded, withoutQuery } from "../paths.ts";
import { yumenOf } from "../refusals.ts";
import { roles } from "../roles.ts";
import { routes } from "../routes.ts";

/** Runtime first, then the control plane. */
const ROUTES = routes(`
  POST            model/*/converse                            inference
  POST            model/*/converse-stream                     inference
  POST            model/*embed*/invoke                        embedding
  POST            model/*/invoke                              inference
  POST            model/*/invoke-with-response-stream         inference
  POST            model/*/invoke-with-bidirectional-stream    unknown
  POST            model/*/count-tokens                        inference
  POST            guardrail/*/version/*/apply                 inference
  *               async-invoke/**                             batch
  *               model-invocation-job/**                     batch
  *               model-invocation-jobs/**                    batch
  *               model-customization-jobs/**                 training
  *               custom-models/**                            training
  *               model-import-jobs/**                        storage
  *               imported-models/**                          storage
  *               evaluation-jobs/**                          evaluation
  GET             foundation-models/**                        admin
  GET             inference-profiles/**                       admin
  *               guardrails/**                               admin
  POST            knowledgebases/*/retrieve                   inference
  POST            retrieveAndGenerate                         inference
  POST            agents/*/agentAliases/*/sessions/*/text     inference
`);

const STREAM = /\/(?:converse-stream|invoke-with-response-stream|invoke-with-bidirectional-stream|text)\/?$/;

/** Converse; `invoke` takes what the model's own API takes. A document's name may not hold `<`. */
const CONVERSE_ROLES = `
  fixed /messages/*/content/*/{image,document,video,audio}/format /messages/*/content/*/document/name
  fixed /messages/*/content/*/{image,document,video,audio}/source/s3Location/**
  fixed /messages/*/content/*/toolUse/{toolUseId,name} /messages/*/content/*/toolResult/{toolUseId,status}
  fixed /messages/*/content/*/reasoningContent/reasoningText/signature /messages/*/content/*/cachePoint/**
  fixed /messages/*/content/*/reasoningContent/redactedContent /messages/*/content/*/toolUse/type
  fixed /messages/*/content/*/toolResult/content/*/{image,document,video}/{format,name,source/s3Location/**}
  fixed /system/*/cachePoint/** /toolConfig/tools/*/toolSpec/name /toolConfig/tools/*/cachePoint/**
  fixed /toolConfig/toolChoice/** /guardrailConfig/** /performanceConfig/** /serviceTier/** /modelId /clientToken
  fixed /modelInput/schemaVersion /schemaVersion /s3OutputDataConfig/** /s3InputDataConfig/** /recordId
  tool-arguments /messages/*/content/*/toolUse/input/**
  tool-result /messages/*/content/*/toolResult/content/**
  media /messages/*/content/*/{image,document,video,audio}/source/bytes /inputImage /image /images/*
  media /messages/*/content/*/toolResult/content/*/{image,document,video}/source/bytes
  media /messages/*/content/*/guardContent/image/source/bytes /imageVariationParams/images/* /inPaintingParams/image
  metadata /requestMetadata/**`.trim();

export const bedrock: Provider = {
  id: "bedrock",
  modelAt: "/modelId",
  operation: (method, path) => ROUTES.operation(method, path.slice(1)),
  canonicalPath: (path) => path,

  modelIn(path) {
    const named = /^\/model\/([^/?]+)/.exec(path);
    return named === null ? null : decoded(named[1]!);
  },

  /** A model that is asked for in several regions names them: `us.anthropic.claude-…`, or all of an ARN. */
  regionIn(path) {
    const model = bedrock.modelIn!(path) ?? "";
    return (
      (/^arn:[^:]*:bedrock:([^:]+):/.exec(model) ?? /^(us-gov|us|eu|apac|jp|au|ca|global)\./.exec(model))?.[1] ?? null
    );
  },

  unrestorable: (path) => STREAM.test(withoutQuery(path)),
  roleOf: roles(CONVERSE_ROLES, ANTHROPIC_ROLES, OPENAI_ROLES),
  refusal: (refusal) => JSON.stringify(errorOf(refusal)),
  /** Text cannot say it in a stream of binary frames: the stream is cut, which its SDKs read as an error. */
  streamRefusal: () => "",
  lanes: { ...NO_LANES, nested: (_event, pointer) => pointer.endsWith("/function/arguments") },
};

const TYPES: Readonly<Record<number, string>> = {
  400: "ValidationException",
  401: "UnrecognizedClientException",
  403: "AccessDeniedException",
  404: "ResourceNotFoundException",
  413: "ValidationException",
  429: "ThrottlingException",
  503: "ServiceUnavailableException",
};

/** A `code` beside the message would be read as the type. */
function errorOf({ status, code, message, param, ...refusal }: Refusal): object {
  const type = TYPES[status] ?? (status >= 500 ? "InternalServerException" : "ValidationException");
  return { __type: type, message, yumen: { code, param, ...yumenOf(refusal) } };
}
