// What the strings of OpenAI's requests are. Source: platform.openai.com/docs/api-reference.
// Law: fixed is what the API looks up, compares or refuses when it changes. `name` of a message is: it may hold neither
// `<` nor `>`, and so no pseudonym.

import { type RoleOf, roles, under } from "./roles.ts";

/** Of the messages below a prefix: chat, threads, training lines. */
const MESSAGES = `
  fixed /messages/*/{role,name,tool_call_id} /messages/*/content/*/type /messages/*/audio/id
  fixed /messages/*/tool_calls/*/{id,type} /messages/*/tool_calls/*/{function,custom}/name
  fixed /messages/*/function_call/name /messages/*/attachments/*/file_id /messages/*/attachments/*/tools/*/type
  fixed /messages/*/content/*/{file,image_file}/file_id /messages/*/content/*/{image_url,image_file}/detail
  fixed /messages/*/content/*/input_audio/format /messages/*/content/*/cache_control/**
  fixed /messages/*/reasoning_details/*/{type,id,format,data,signature}
  fixed /messages/*/extra_content/google/thought_signature
  fixed /messages/*/tool_calls/*/extra_content/google/thought_signature
  tool-arguments /messages/*/tool_calls/*/function/arguments /messages/*/tool_calls/*/custom/input
  tool-arguments /messages/*/function_call/arguments
  media /messages/*/content/*/{image_url,video_url}/url /messages/*/content/*/input_audio/data
  media /messages/*/content/*/file/file_data
  metadata /messages/*/metadata/** /messages/*/content/*/file/filename`;

const TOOLS = `
  fixed /tools/*/{type,name,container,server_label,server_url,connector_id} /tools/*/{function,custom}/name
  fixed /tools/*/{container/type,container/file_ids/*,vector_store_ids/*,allowed_tools/*} /tool_choice/**`;

/** Items of the Responses and Conversations APIs. */
const ITEMS = `
  fixed /input/*/{id,call_id,type,role,status,name,server_label,approval_request_id,container_id,encrypted_content}
  fixed /input/*/content/*/{type,file_id,detail} /input/*/summary/*/type /input/*/acknowledged_safety_checks/*/{id,code}
  fixed /input/*/output/*/{type,file_id,detail} /input/*/output/{type,file_id}
  tool-arguments /input/*/{arguments,input,code} /input/*/action/**
  tool-result /input/*/output/**
  media /input/*/content/*/{image_url,file_data,file_url} /input/*/content/*/input_audio/data /input/*/result
  media /input/*/output/*/{image_url,file_data,file_url} /input/*/output/image_url
  metadata /input/*/content/*/filename`;

const BODY = `
  fixed /model /models/* /previous_response_id /conversation /conversation/id /prompt_cache_key /prompt_cache_retention
  fixed /prompt/{id,version} /service_tier /reasoning_effort /verbosity /reasoning/** /include/* /truncation
  fixed /response_format /response_format/type /response_format/json_schema/name /text/format/{type,name}
  fixed /text/verbosity
  fixed /modalities/* /audio/{voice,format} /voice /size /quality /style /encoding_format /timestamp_granularities/*
  metadata /metadata/** /user /safety_identifier
  media /image /image/* /images/*/image_url /mask /file ${MESSAGES} ${TOOLS} ${ITEMS}`;

/** Files, vector stores, assistants, threads, tuning, batches. */
const RESOURCES = `
  fixed /purpose /file_id /file_ids/* /upload_id /assistant_id /thread_id
  fixed /tool_resources/code_interpreter/file_ids/* /tool_resources/file_search/vector_store_ids/*
  fixed /training_file /validation_file /suffix /method/type /input_file_id /endpoint /completion_window
  fixed /tool_outputs/*/tool_call_id
  tool-result /tool_outputs/*/output
  metadata /attributes/** ${under("/thread", MESSAGES)} ${MESSAGES.replaceAll("/messages/", "/additional_messages/")}
  ${ITEMS.replaceAll("/input/", "/items/")}`;

/** A line of a batch or of a training set; `custom_id` comes back in an answer that this exchange never sees. */
const LINES = `
  fixed /*/{custom_id,method,url} /{custom_id,method,url} ${under("/*", BODY)} ${under("/*/body", BODY)}
  ${under("/body", BODY)}`;

export const OPENAI_ROLES: string = [BODY, RESOURCES, LINES].join("\n").trim();

export const openaiRoleOf: RoleOf = roles(OPENAI_ROLES);
