// What the strings of a request are: identifiers by their place in the API, never by their name alone; whatever no table
// names is text.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import { roles, under } from "../src/decode/providers/roles.ts";
import type { StringRole } from "../src/words.ts";
import { cpuMs } from "./cpu.ts";

const roleOf = (id: string, pointer: string): StringRole => PROVIDERS.get(id)!.roleOf?.(pointer) ?? "text";

/** `provider role pointer pointer …` */
const TABLE = `
  openai-chat text /messages/0/content /messages/3/content/1/text /instructions /input /input/2 /input/0/content
  openai-chat text /input/0/content/1/text /input/4/summary/0/text /prompt /prompt/0 /prompt/variables/name /stop/0
  openai-chat text /tools/0/function/description /tools/0/function/parameters/properties/id/description /query
  openai-chat text /new_member /messages/0/new_member /messages/0/content/0/new/member /messages/0/refusal /name
  openai-chat fixed /model /models/1 /previous_response_id /prompt_cache_key /conversation /prompt/id /input/7/id
  openai-chat fixed /messages/0/role /messages/2/tool_call_id /messages/1/tool_calls/0/id /messages/0/name
  openai-chat fixed /messages/1/tool_calls/12/function/name /tools/0/function/name /tools/3/name /tool_choice
  openai-chat fixed /tool_choice/function/name /input/3/encrypted_content /input/3/call_id /input/0/content/0/file_id
  openai-chat fixed /messages/0/content/2/file/file_id /messages/0/content/0/type /training_file /input_file_id
  openai-chat fixed /0/custom_id /custom_id /body/model /3/body/model /0/messages/0/role /file_ids/0 /assistant_id
  openai-chat tool-arguments /messages/1/tool_calls/0/function/arguments /messages/1/tool_calls/0/custom/input
  openai-chat tool-arguments /messages/1/function_call/arguments /input/3/arguments /input/3/action/text /input/9/input
  openai-chat tool-arguments /body/messages/1/tool_calls/0/function/arguments /2/body/input/3/arguments
  openai-chat tool-result /input/4/output /input/4/output/0/text /tool_outputs/0/output /input/4/output/id
  openai-chat media /messages/0/content/1/image_url/url /messages/0/content/1/input_audio/data /image /file /input/1/result
  openai-chat media /messages/0/content/1/file/file_data /input/0/content/1/image_url /input/0/output/0/image_url
  openai-chat media /body/messages/0/content/1/image_url/url
  openai-chat metadata /user /metadata/customer /messages/0/metadata/x /safety_identifier /input/0/content/0/filename
  azure-openai fixed /model
  openrouter fixed /messages/0/reasoning_details/1/data /messages/0/content/1/signature /models/0
  openrouter tool-arguments /messages/0/content/1/input/phone
  anthropic-messages text /system /system/0/text /messages/0/content /messages/0/content/0/text /tools/0/description
  anthropic-messages text /messages/1/content/0/thinking /stop_sequences/0 /tools/0/input_schema/properties/id/title
  anthropic-messages fixed /model /messages/0/role /messages/0/content/0/type /messages/1/content/0/signature
  anthropic-messages fixed /messages/1/content/0/data /messages/1/content/2/id /messages/2/content/0/tool_use_id
  anthropic-messages fixed /messages/1/content/2/name /tools/0/name /messages/0/content/0/cache_control/type
  anthropic-messages fixed /messages/2/content/0/content/0/encrypted_content /requests/4/custom_id /system/0/type
  anthropic-messages fixed /messages/0/content/1/source/media_type /messages/0/content/1/source/file_id /container
  anthropic-messages tool-arguments /messages/1/content/2/input/id /messages/1/content/2/input/signature
  anthropic-messages tool-arguments /messages/1/content/2/input/model /messages/1/content/2/input/a/0/data
  anthropic-messages tool-result /messages/2/content/0/content /messages/2/content/0/content/0/text
  anthropic-messages media /messages/0/content/1/source/data /messages/2/content/0/content/1/source/data
  anthropic-messages metadata /metadata/user_id
  anthropic-messages fixed /requests/0/params/model /requests/0/params/messages/1/content/0/signature
  anthropic-messages tool-arguments /requests/0/params/messages/1/content/0/input/id
  gemini text /contents/0/parts/0/text /systemInstruction/parts/0/text /system_instruction/parts/0/text /new
  gemini text /generationConfig/responseSchema/properties/id/description /tuning_task/training_data/examples/examples/0/output
  gemini text /requests/0/content/parts/0/text /content/parts/0/text /contents/0/parts/0/new /messages/0/content
  gemini fixed /model /cachedContent /contents/1/role /contents/1/parts/0/thoughtSignature /safetySettings/0/category
  gemini fixed /contents/1/parts/0/thought_signature /contents/1/parts/0/functionCall/name
  gemini fixed /contents/0/parts/1/fileData/fileUri /contents/0/parts/1/inline_data/mime_type /requests/0/model
  gemini fixed /tools/0/functionDeclarations/0/name /generateContentRequest/contents/1/parts/0/thoughtSignature
  gemini fixed /batch/inputConfig/requests/requests/0/metadata/key /0/key /baseModel
  gemini tool-arguments /contents/1/parts/0/functionCall/args/id /contents/1/parts/0/function_call/args/name
  gemini tool-arguments /batch/inputConfig/requests/requests/0/request/contents/1/parts/0/functionCall/args/id
  gemini tool-result /contents/2/parts/0/functionResponse/response/result /contents/2/parts/0/codeExecutionResult/output
  gemini media /contents/0/parts/1/inlineData/data /0/request/contents/0/parts/1/inline_data/data
  gemini metadata /labels/team /file/displayName
  vertex text /instances/0/content /instances/0/prompt
  vertex fixed /anthropic_version /supervisedTuningSpec/trainingDatasetUri /messages/1/content/0/signature
  vertex media /instances/0/image/bytesBase64Encoded /messages/0/content/1/source/data
  bedrock text /messages/0/content/0/text /system/0/text /inputText /prompt /messages/0/content/1/document/source/text
  bedrock fixed /messages/1/content/0/toolUse/toolUseId /messages/1/content/0/reasoningContent/reasoningText/signature
  bedrock fixed /toolConfig/tools/0/toolSpec/name /messages/0/content/1/document/name /anthropic_version
  bedrock fixed /messages/1/content/0/signature /messages/0/content/1/image/source/s3Location/uri
  bedrock tool-arguments /messages/1/content/0/toolUse/input/name /messages/1/content/0/input/name
  bedrock tool-result /messages/2/content/0/toolResult/content/0/text /messages/2/content/0/toolResult/content/0/json/id
  bedrock media /messages/0/content/1/image/source/bytes /messages/2/content/0/toolResult/content/1/image/source/bytes
  bedrock metadata /requestMetadata/team
  cohere text /message /chat_history/0/message /preamble /messages/0/content /documents/0/data/text /texts/0 /query
  cohere text /documents/0 /documents/0/snippet /messages/1/tool_plan
  cohere fixed /model /messages/2/tool_call_id /documents/0/id /chat_history/0/role /conversation_id /input_type
  cohere tool-arguments /messages/1/tool_calls/0/function/arguments /tool_results/0/call/parameters/id
  cohere tool-result /tool_results/0/outputs/0/text
  cohere media /images/0 /messages/0/content/1/image_url/url /inputs/0/content/0/image_url/url
  mistral text /messages/0/content /prompt /suffix_ /inputs /inputs/0/content /input/0
  mistral fixed /agent_id /inputs/1/tool_call_id /document/type
  mistral tool-arguments /inputs/1/arguments /inputs/1/arguments/id /messages/1/tool_calls/0/function/arguments
  mistral tool-result /inputs/2/result
  mistral media /messages/0/content/1/image_url /document/document_url /messages/0/content/1/input_audio
  ollama text /messages/0/content /prompt /system /template /input /input/0 /messages/1/thinking /suffix /new
  ollama fixed /model /messages/0/role /messages/1/tool_calls/0/function/name /messages/2/tool_name
  ollama tool-arguments /messages/1/tool_calls/0/function/arguments/id
  ollama media /images/0 /messages/0/images/0
  segment text /event /traits/phone /properties/id /batch/0/traits/type /batch/0/properties/messageId /new
  segment fixed /messageId /batch/3/messageId /type /writeKey /integrations/All
  segment metadata /userId /anonymousId /context/ip /batch/0/userId /batch/0/context/traits/email
  otlp-http text /resourceLogs/0/scopeLogs/0/logRecords/0/body/stringValue
  otlp-http text /resourceSpans/0/scopeSpans/0/spans/0/attributes/0/value/stringValue /resourceSpans/0/scopeSpans/0/spans/0/name
  otlp-http fixed /resourceSpans/0/scopeSpans/0/spans/0/traceId /resourceLogs/0/scopeLogs/0/logRecords/0/attributes/0/key
  otlp-http metadata /resourceSpans/0/resource/attributes/0/value/stringValue
  sentry text /message /exception/values/0/value /breadcrumbs/values/0/message /request/data /extra/trace_id /0/message
  sentry fixed /event_id /contexts/trace/trace_id /1/event_id /1/contexts/trace/span_id
  sentry metadata /user/email /tags/x /1/user/ip_address /contexts/device/name
  any-json text /model /id /signature /messages/0/role
`;

const cases = TABLE.trim()
  .split("\n")
  .flatMap((line) => {
    const [id, role, ...pointers] = line.trim().split(/\s+/) as [string, StringRole, ...string[]];
    return pointers.map((pointer) => ({ id, role, pointer }));
  });

test.each(cases)("$id: $pointer is $role", (row) => {
  expect(roleOf(row.id, row.pointer)).toBe(row.role);
});

describe("whatever the shape", () => {
  const known = ["id", "type", "signature", "encrypted_content", "name", "role", "data", "model", "tool_call_id"];

  test.each([
    ["openai-chat", "/tools/0/function/parameters/properties"],
    ["openai-chat", "/extra_body"],
    ["anthropic-messages", "/extra"],
    ["anthropic-messages", "/tools/0/input_schema/properties"],
    ["gemini", "/contents/0/parts/0/extra"],
    ["bedrock", "/additionalModelRequestFields"],
    ["cohere", "/documents/0/data"],
    ["segment", "/properties"],
  ])("%s: a known name in a strange place (%s) is text", (id, place) => {
    for (const name of known) expect(roleOf(id, `${place}/${name}`)).toBe("text");
  });

  test.each([
    ["anthropic-messages", "/messages/0/content/0/input"],
    ["gemini", "/contents/0/parts/0/functionCall/args"],
    ["bedrock", "/messages/0/content/0/toolUse/input"],
    ["ollama", "/messages/0/tool_calls/0/function/arguments"],
    ["cohere", "/tool_results/0/call/parameters"],
  ])("%s: below a tool's arguments (%s) nothing is fixed", (id, place) => {
    const segment = fc.oneof(fc.constantFrom(...known, "content", "0", "source"), fc.string());
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        const rest = segments.map((one) => `/${one.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
        expect(roleOf(id, place + rest)).toBe("tool-arguments");
      }),
    );
  });

  test("any pointer has a role, and a deep one costs no square", () => {
    for (const id of PROVIDERS.keys()) {
      fc.assert(
        fc.property(fc.string(), (pointer) => typeof roleOf(id, pointer) === "string"),
        { numRuns: 50 },
      );
      const started = cpuMs();
      for (const part of ["/0", "/messages/0", "/content/0", "/parts/0", "/requests/0/params"])
        roleOf(id, part.repeat(20_000));
      expect(cpuMs() - started).toBeLessThan(500);
    }
  });
});

describe("a table of roles", () => {
  const role = roles(
    `fixed /a/*/{b,c/d} /x/0
     tool-arguments /a/*/input/**
     media /a/*/input/picture`,
    under("/deep", "metadata /m/** /n"),
  );

  test.each([
    ["/a/0/b", "fixed"],
    ["/a/17/c/d", "fixed"],
    ["/a/0/c", "text"],
    ["/a/0/b/c", "text"],
    ["/a/b/b", "text"],
    ["/a/*/b", "text"],
    ["/x/0", "fixed"],
    ["/x/1", "text"],
    ["/a/0/input", "tool-arguments"],
    ["/a/0/input/b", "tool-arguments"],
    ["/a/0/input/picture", "media"],
    ["/a/0/input/picture/b", "tool-arguments"],
    ["/deep/m", "metadata"],
    ["/deep/m/x/y", "metadata"],
    ["/deep/n", "metadata"],
    ["/deep/n/x", "text"],
    ["/m", "text"],
    ["", "text"],
    ["/", "text"],
    ["/constructor", "text"],
    ["/a/0/__proto__", "text"],
  ])("%s is %s", (pointer, expected) => {
    expect(role(pointer)).toBe(expected);
  });
});
