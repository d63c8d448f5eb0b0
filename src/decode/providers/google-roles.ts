// What the strings of Gemini's requests are, on AI Studio and on Vertex. REST reads both spellings of a name.
// Sources: ai.google.dev/api; cloud.google.com/vertex-ai/generative-ai/docs/reference/rest.

import { under } from "./roles.ts";

/** Of parts below a prefix. */
const PARTS = `
  fixed /parts/*/{thoughtSignature,thought_signature} /parts/*/{functionCall,function_call}/{id,name}
  fixed /parts/*/{functionResponse,function_response}/{id,name}
  fixed /parts/*/{inlineData,inline_data}/{mimeType,mime_type} /parts/*/{executableCode,executable_code}/language
  fixed /parts/*/{fileData,file_data}/{fileUri,file_uri,mimeType,mime_type}
  fixed /parts/*/{codeExecutionResult,code_execution_result}/outcome
  tool-arguments /parts/*/{functionCall,function_call}/args/** /parts/*/{executableCode,executable_code}/code
  tool-result /parts/*/{functionResponse,function_response}/response/**
  tool-result /parts/*/{codeExecutionResult,code_execution_result}/output
  media /parts/*/{inlineData,inline_data}/data
  media /parts/*/{functionResponse,function_response}/parts/*/{inlineData,inline_data}/data`;

const SYSTEM = "/{systemInstruction,system_instruction}";

const BODY = `
  fixed /model /name /cachedContent /cached_content /contents/*/role ${SYSTEM}/role /content/role
  fixed /safetySettings/** /safety_settings/** /toolConfig/** /tool_config/** /taskType /task_type
  fixed /generationConfig/{responseMimeType,mediaResolution,speechConfig/**,responseModalities/*,thinkingConfig/**}
  fixed /generation_config/{response_mime_type,media_resolution}
  fixed /tools/*/{functionDeclarations,function_declarations}/*/name /mimeType /mime_type
  metadata /labels/** ${under("/contents/*", PARTS)} ${under(SYSTEM, PARTS)} ${under("/content", PARTS)}`;

const REQUESTS = "/batch/{inputConfig,input_config}/requests/requests/*";

/** Batches, tuning, files, prediction. */
const MORE = `
  fixed /baseModel /base_model /file/{name,uri,mimeType} ${REQUESTS}/metadata/key
  fixed /batch/{inputConfig,input_config}/{fileName,file_name} /key /inputConfig/** /outputConfig/**
  fixed /{supervisedTuningSpec,supervised_tuning_spec}/{trainingDatasetUri,validationDatasetUri}
  fixed /instances/*/{image,video,audio,referenceImages/*/referenceImage}/{gcsUri,mimeType}
  media /instances/*/{image,video,audio,mask/image,referenceImages/*/referenceImage}/bytesBase64Encoded
  metadata /file/displayName ${under("/generateContentRequest", BODY)} ${under("/requests/*", BODY)}
  ${under(`${REQUESTS}/request`, BODY)} ${under("/request", BODY)}
  fixed /*/key ${under("/*/request", BODY)} ${under("/*", BODY)}`;

export const GOOGLE_ROLES: string = `${BODY} ${MORE}`.trim();
