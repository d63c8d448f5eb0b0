// Streams of every dialect, as recorded from the APIs but with words of our own, cut at every byte: what a client joins is
// what was said, with the originals in it; what is no text arrives as it was sent.

import { describe, expect, test } from "vitest";
import { pseudonymOf } from "../src/act/shape.ts";
import { hold } from "../src/decode/original.ts";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import { createRestorer } from "../src/restore/restore.ts";
import type { LaneShape, Minted } from "../src/words.ts";

const ZHANG = pseudonymOf("person", "7K2QW9X", true);
const MOBILE = pseudonymOf("cn-mobile", "ABCDEFG", false);
const ADDRESS = pseudonymOf("address", "0123456", false);
/** Needs escaping in JSON, twice in JSON in JSON. */
const NASTY = `"上海\\路"\n😀`;

const MINTED: Minted = new Map([
  [ZHANG, hold("张三")],
  [MOBILE, hold("138 0013 8000")],
  [ADDRESS, hold(NASTY)],
]);
/** Its end looks like the beginning of another: held back until an event says that no more will come. */
const SAID = `好，${ZHANG}！a < b，${MOBILE}在 ${ADDRESS}。 <姓`;
const HEARD = `好，张三！a < b，138 0013 8000在 ${NASTY}。 <姓`;
const ARGUMENTS = JSON.stringify({ to: MOBILE, note: `给 ${ZHANG}`, at: ADDRESS });
const ARGUMENTS_HEARD = { to: "138 0013 8000", note: "给 张三", at: NASTY };

type Kind = "json" | "sse" | "ndjson" | "text";
type Value = Record<string, unknown>;

const lanesOf = (id: string): LaneShape => PROVIDERS.get(id)!.lanes;

function restored(kind: Kind, lanes: LaneShape, chunks: readonly Uint8Array[]): string {
  const restorer = createRestorer(kind, MINTED, lanes);
  const out = chunks.map((chunk) => Buffer.from(restorer.feed(chunk)));
  return Buffer.concat([...out, restorer.end()]).toString("utf8");
}

/** At every byte at once; and in two, at every byte of a short stream, at every few of a long one. */
function* everyCut(text: string): Generator<Uint8Array[]> {
  const whole = Buffer.from(text);
  yield [...whole].map((byte) => Uint8Array.of(byte));
  const step = Math.max(1, Math.ceil(whole.length / 200));
  for (let at = 0; at <= whole.length; at += step) yield [whole.subarray(0, at), whole.subarray(at)];
}

/** Cut as models cut: a few units at a time. */
const pieces = (text: string, units: number): string[] => text.match(new RegExp(`[^]{1,${units}}`, "gu")) ?? [];
const sse = (data: Value, name?: string): string =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
const typed = (data: Value & { type: string }): string => sse(data, data.type);
const line = (data: Value): string => `${JSON.stringify(data)}\n`;

/** What a client reads: the JSON of each event, in order. */
function events(kind: Kind, text: string): Value[] {
  if (kind === "json") return JSON.parse(text) as Value[];
  const data =
    kind === "ndjson"
      ? text.split("\n")
      : text.split("\n").flatMap((one) => (one.startsWith("data:") ? [one.slice(5).trim()] : []));
  return data.filter((one) => one !== "" && one !== "[DONE]").map((one) => JSON.parse(one) as Value);
}

/** Adds text to lanes by the client's own rule; after `end` a lane may say nothing more. */
class Client {
  readonly lanes: Record<string, string> = {};
  readonly #over = new Set<string>();

  say(lane: string, text: unknown): void {
    if (typeof text !== "string") return;
    if (text !== "") expect([...this.#over].filter((over) => lane === over || lane.startsWith(`${over}/`))).toEqual([]);
    this.lanes[lane] = (this.lanes[lane] ?? "") + text;
  }

  end(lane: string): void {
    this.#over.add(lane);
  }
}

interface Dialect {
  readonly name: string;
  readonly id: string;
  readonly kind: Kind;
  readonly stream: string;
  /** As the API's SDK joins it. */
  read(client: Client, event: Value): void;
  readonly heard: Readonly<Record<string, string | object>>;
}

const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((here, name) => (here as Value | undefined)?.[name], value);
const list = (value: unknown): Value[] => (Array.isArray(value) ? (value as Value[]) : []);

// ── OpenAI ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const choice = (index: number, delta: Value, finish_reason: string | null = null): string =>
  sse({ id: "chatcmpl-1", object: "chat.completion.chunk", choices: [{ index, delta, finish_reason }] });
const call = (index: number, args: string, first: Value = {}): Value => ({
  tool_calls: [{ index, ...first, function: { ...(first["id"] ? { name: "send" } : {}), arguments: args } }],
});

function readChoices(client: Client, event: Value): void {
  for (const one of list(event["choices"])) {
    const lane = String(one["index"]);
    const delta = (one["delta"] ?? one) as Value;
    for (const name of ["content", "refusal", "reasoning_content", "reasoning", "text"])
      client.say(`${lane}/${name}`, delta[name]);
    for (const part of list(delta["content"])) {
      client.say(`${lane}/text`, part["text"]);
      for (const thought of list(part["thinking"])) client.say(`${lane}/thinking`, thought["text"]);
    }
    client.say(`${lane}/transcript`, at(delta, "/audio/transcript"));
    for (const detail of list(delta["reasoning_details"]))
      client.say(`${lane}/detail/${detail["index"]}`, detail["text"]);
    for (const tool of list(delta["tool_calls"])) {
      client.say(`${lane}/id/${tool["index"]}`, tool["id"]);
      client.say(`${lane}/name/${tool["index"]}`, at(tool, "/function/name"));
      client.say(`${lane}/tool/${tool["index"]}`, at(tool, "/function/arguments"));
    }
    if (typeof one["finish_reason"] === "string") client.end(lane);
  }
}

const interleaved = (): string => {
  const [a, b] = [pieces(SAID, 5), pieces(`乙：${SAID}`, 3)];
  const turns = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i);
  return turns
    .map((i) => (a[i] ? choice(0, { content: a[i] }) : "") + (b[i] ? choice(1, { content: b[i] }) : ""))
    .join("");
};

const openaiChat: Dialect = {
  name: "higress-tool-calls, litellm-31950: OpenAI chat",
  id: "openai-chat",
  kind: "sse",
  stream: [
    choice(0, { role: "assistant", content: "", refusal: null }),
    ...pieces(`想 ${ZHANG}`, 2).map((reasoning_content) => choice(0, { reasoning_content })),
    interleaved(),
    ...pieces(`不 ${ZHANG}`, 3).map((refusal) => choice(1, { refusal })),
    ...pieces(SAID, 9).map((transcript) => choice(0, { audio: { id: "audio_1", transcript } })),
    choice(0, call(0, "", { id: "call_0" })),
    ...pieces(ARGUMENTS, 11).map((args) => choice(0, call(0, args))),
    choice(0, call(1, "", { id: "call_1" })),
    ...pieces(ARGUMENTS, 23).map((args) => choice(0, call(1, args))),
    choice(0, {}, "tool_calls"),
    choice(1, {}, "stop"),
    sse({ id: "chatcmpl-1", choices: [], usage: { total_tokens: 9 } }),
    "data: [DONE]\n\n",
  ].join(""),
  read: readChoices,
  heard: {
    "0/content": HEARD,
    "0/reasoning_content": "想 张三",
    "0/transcript": HEARD,
    "0/id/0": "call_0",
    "0/name/0": "send",
    "0/tool/0": ARGUMENTS_HEARD,
    "0/id/1": "call_1",
    "0/name/1": "send",
    "0/tool/1": ARGUMENTS_HEARD,
    "1/content": `乙：${HEARD}`,
    "1/refusal": "不 张三",
  },
};

const openaiCompletions: Dialect = {
  name: "OpenAI completions",
  id: "openai-chat",
  kind: "sse",
  stream:
    pieces(SAID, 4)
      .map((text) => sse({ object: "text_completion", choices: [{ index: 0, text, finish_reason: null }] }))
      .join("") + sse({ choices: [{ index: 0, text: "", finish_reason: "length" }] }),
  read: readChoices,
  heard: { "0/text": HEARD },
};

const respond = (type: string, more: Value): string => typed({ type, ...more });
const item = { id: "fc_1", type: "function_call", call_id: "call_1", name: "send", arguments: ARGUMENTS };
const message = { id: "msg_1", type: "message", content: [{ type: "output_text", text: SAID }] };

const openaiResponses: Dialect = {
  name: "portkey-responses-api: OpenAI Responses, with the snapshots that repeat the text",
  id: "openai-chat",
  kind: "sse",
  stream: [
    respond("response.created", { response: { id: "resp_1", output: [] } }),
    ...pieces(`想 ${ZHANG}`, 3).map((delta) =>
      respond("response.reasoning_summary_text.delta", { item_id: "rs", output_index: 0, summary_index: 0, delta }),
    ),
    respond("response.reasoning_summary_text.done", { output_index: 0, summary_index: 0, text: `想 ${ZHANG}` }),
    ...pieces(SAID, 7).flatMap((delta) => [
      respond("response.output_text.delta", { item_id: "m", output_index: 1, content_index: 0, delta }),
      respond("response.output_text.delta", { item_id: "m", output_index: 1, content_index: 1, delta }),
    ]),
    respond("response.output_text.done", { output_index: 1, content_index: 1, text: SAID }),
    respond("response.output_text.done", { output_index: 1, content_index: 0, text: SAID }),
    respond("response.content_part.done", { output_index: 1, content_index: 0, part: message.content[0] }),
    respond("response.output_item.done", { output_index: 1, item: message }),
    ...pieces(ARGUMENTS, 13).map((delta) =>
      respond("response.function_call_arguments.delta", { item_id: "fc", output_index: 2, delta }),
    ),
    respond("response.function_call_arguments.done", { output_index: 2, arguments: ARGUMENTS }),
    ...pieces(ARGUMENTS, 17).map((delta) =>
      respond("response.mcp_call_arguments.delta", { item_id: "mcp", output_index: 3, delta }),
    ),
    respond("response.mcp_call_arguments.done", { output_index: 3, arguments: ARGUMENTS }),
    ...pieces(SAID, 8).map((delta) =>
      respond("response.custom_tool_call_input.delta", { item_id: "ct", output_index: 4, delta }),
    ),
    respond("response.custom_tool_call_input.done", { output_index: 4, input: SAID }),
    respond("response.completed", { response: { id: "resp_1", output: [message, item] } }),
  ].join(""),
  read(client, event) {
    const [, kind, end] = /^response\.(.+)\.(delta|done)$/.exec(String(event["type"])) ?? [];
    const lane = `${kind}/${event["output_index"]}/${event["content_index"] ?? 0}`;
    if (end === "delta") client.say(lane, event["delta"]);
    if (end === "done") {
      client.end(lane);
      client.say(`done ${lane}`, event["text"] ?? event["arguments"] ?? event["input"] ?? at(event, "/part/text"));
      client.say(`item ${lane}`, at(event, "/item/content/0/text"));
    }
    client.say("completed text", at(event, "/response/output/0/content/0/text"));
    client.say("completed arguments", at(event, "/response/output/1/arguments"));
  },
  heard: {
    "reasoning_summary_text/0/0": "想 张三",
    "done reasoning_summary_text/0/0": "想 张三",
    "output_text/1/0": HEARD,
    "output_text/1/1": HEARD,
    "done output_text/1/0": HEARD,
    "done output_text/1/1": HEARD,
    "done content_part/1/0": HEARD,
    "item output_item/1/0": HEARD,
    "function_call_arguments/2/0": ARGUMENTS_HEARD,
    "done function_call_arguments/2/0": ARGUMENTS_HEARD,
    "mcp_call_arguments/3/0": ARGUMENTS_HEARD,
    "done mcp_call_arguments/3/0": ARGUMENTS_HEARD,
    "custom_tool_call_input/4/0": HEARD,
    "done custom_tool_call_input/4/0": HEARD,
    "completed text": HEARD,
    "completed arguments": ARGUMENTS_HEARD,
  },
};

const runStep = (tool: Value): string =>
  sse(
    {
      id: "step_1",
      object: "thread.run.step.delta",
      delta: { step_details: { type: "tool_calls", tool_calls: [tool] } },
    },
    "thread.run.step.delta",
  );

const openaiRun: Dialect = {
  name: "OpenAI assistants: a run's messages and steps",
  id: "openai-chat",
  kind: "sse",
  stream: [
    sse({ id: "run_1", object: "thread.run", status: "in_progress" }, "thread.run.in_progress"),
    ...pieces(ARGUMENTS, 15).map((args) => runStep({ index: 0, type: "function", function: { arguments: args } })),
    ...pieces(SAID, 6).map((input) => runStep({ index: 1, type: "code_interpreter", code_interpreter: { input } })),
    sse({ id: "step_1", object: "thread.run.step", status: "completed" }, "thread.run.step.completed"),
    ...pieces(SAID, 5).map((value) =>
      sse(
        {
          id: "msg_1",
          object: "thread.message.delta",
          delta: { content: [{ index: 0, type: "text", text: { value } }] },
        },
        "thread.message.delta",
      ),
    ),
    sse(
      {
        id: "msg_1",
        object: "thread.message",
        status: "completed",
        content: [{ type: "text", text: { value: SAID } }],
      },
      "thread.message.completed",
    ),
    sse({ id: "run_1", object: "thread.run", status: "completed" }, "thread.run.completed"),
    "event: done\ndata: [DONE]\n\n",
  ].join(""),
  read(client, event) {
    if (event["object"] === "thread.message.delta") client.say("msg_1", at(event, "/delta/content/0/text/value"));
    const tool = at(event, "/delta/step_details/tool_calls/0") as Value | undefined;
    client.say("step_1/0", at(tool, "/function/arguments"));
    client.say("step_1/1", at(tool, "/code_interpreter/input"));
    if (event["status"] === "completed") client.end(String(event["id"]));
    client.say("snapshot", at(event, "/content/0/text/value"));
  },
  heard: { "step_1/0": ARGUMENTS_HEARD, "step_1/1": HEARD, msg_1: HEARD, snapshot: HEARD },
};

const openaiTranscript: Dialect = {
  name: "OpenAI transcriptions",
  id: "openai-chat",
  kind: "sse",
  stream:
    pieces(SAID, 4)
      .map((delta) => sse({ type: "transcript.text.delta", delta }))
      .join("") + sse({ type: "transcript.text.done", text: SAID }),
  read(client, event) {
    if (event["type"] === "transcript.text.done") client.end("said");
    client.say("said", event["delta"]);
    client.say("done", event["text"]);
  },
  heard: { said: HEARD, done: HEARD },
};

const openrouter: Dialect = {
  name: "OpenRouter: reasoning details",
  id: "openrouter",
  kind: "sse",
  stream: [
    ": OPENROUTER PROCESSING\n\n",
    ...pieces(SAID, 5).map((text) =>
      choice(0, { content: "", reasoning: text, reasoning_details: [{ type: "reasoning.text", text, index: 0 }] }),
    ),
    ...pieces(SAID, 6).map((content) => choice(0, { content })),
    choice(0, {}, "stop"),
  ].join(""),
  read: readChoices,
  heard: { "0/content": HEARD, "0/reasoning": HEARD, "0/detail/0": HEARD },
};

const mistralChat: Dialect = {
  name: "Mistral chat: thinking in lists",
  id: "mistral",
  kind: "sse",
  stream: [
    ...pieces(SAID, 5).map((text) =>
      choice(0, { content: [{ type: "thinking", thinking: [{ type: "text", text }] }] }),
    ),
    ...pieces(SAID, 5).map((text) => choice(0, { content: [{ type: "text", text }] })),
    ...pieces(SAID, 6).map((content) => choice(0, { content })),
    choice(0, {}, "stop"),
  ].join(""),
  read: readChoices,
  heard: { "0/thinking": HEARD, "0/text": HEARD, "0/content": HEARD },
};

const mistralConversation: Dialect = {
  name: "Mistral conversations",
  id: "mistral",
  kind: "sse",
  stream: [
    typed({ type: "conversation.response.started", conversation_id: "conv_1" }),
    ...pieces(SAID, 6).map((content) =>
      typed({ type: "message.output.delta", output_index: 0, id: "msg", content_index: 0, content }),
    ),
    ...pieces(ARGUMENTS, 14).map((args) =>
      typed({
        type: "function.call.delta",
        output_index: 1,
        id: "fc",
        tool_call_id: "c1",
        name: "send",
        arguments: args,
      }),
    ),
    typed({ type: "conversation.response.done", usage: {} }),
  ].join(""),
  read(client, event) {
    if (event["type"] === "conversation.response.done") client.end("said");
    client.say("said", event["content"]);
    client.say("said/call", event["arguments"]);
  },
  heard: { said: HEARD, "said/call": ARGUMENTS_HEARD },
};

// ── Anthropic ───────────────────────────────────────────────────────────────────────────────────────────────────────

const block = (index: number, delta: Value): string => typed({ type: "content_block_delta", index, delta });
const anthropicStream = [
  typed({ type: "message_start", message: { id: "msg_1", content: [] } }),
  typed({ type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } }),
  ...pieces(`想 ${ZHANG}`, 3).map((thinking) => block(0, { type: "thinking_delta", thinking })),
  block(0, { type: "signature_delta", signature: "EqQBCg==" }),
  typed({ type: "content_block_stop", index: 0 }),
  ...pieces(SAID, 7).map((text) => block(1, { type: "text_delta", text })),
  typed({ type: "content_block_stop", index: 1 }),
  ...pieces(ARGUMENTS, 15).map((partial_json) => block(2, { type: "input_json_delta", partial_json })),
  typed({ type: "content_block_stop", index: 2 }),
  typed({ type: "message_delta", delta: { stop_reason: "tool_use" } }),
  typed({ type: "message_stop" }),
].join("");

const anthropic = (name: string, id: string): Dialect => ({
  name,
  id,
  kind: "sse",
  stream: anthropicStream,
  read(client, event) {
    const lane = String(event["index"]);
    for (const [kind, text] of Object.entries((event["delta"] ?? {}) as Value))
      if (event["type"] === "content_block_delta" && kind !== "type") client.say(`${lane}/${kind}`, text);
    if (event["type"] === "content_block_stop") client.end(lane);
  },
  heard: {
    "0/thinking": "想 张三",
    "0/signature": "EqQBCg==",
    "1/text": HEARD,
    "2/partial_json": ARGUMENTS_HEARD,
  },
});

const anthropicOld: Dialect = {
  name: "Anthropic's old completions",
  id: "anthropic-messages",
  kind: "sse",
  stream:
    pieces(SAID, 4)
      .map((completion) => typed({ type: "completion", completion, stop_reason: null }))
      .join("") + typed({ type: "completion", completion: "", stop_reason: "stop_sequence" }),
  read(client, event) {
    client.say("said", event["completion"]);
    if (event["stop_reason"] !== null) client.end("said");
  },
  heard: { said: HEARD },
};

// ── Gemini ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const candidate = (index: number, parts: Value[], finishReason?: string): Value => ({
  candidates: [{ content: { parts, role: "model" }, index, ...(finishReason === undefined ? {} : { finishReason }) }],
  responseId: "r1",
});
const geminiEvents: Value[] = [
  ...pieces(`想 ${ZHANG} <姓`, 3).map((text) => candidate(0, [{ text, thought: true }])),
  ...pieces(SAID, 6).flatMap((text) => [candidate(0, [{ text }]), candidate(1, [{ text }])]),
  candidate(0, [{ text: "打给 <姓" }]),
  candidate(0, [{ functionCall: { name: "send", args: { to: MOBILE, at: ADDRESS } } }]),
  candidate(0, [{ text: "再 <姓" }, { functionCall: { name: "again", args: {} } }]),
  ...pieces(SAID, 6).map((text) => candidate(0, [{ text }, { text: "" }])),
  candidate(0, [{ text: `末 ${MOBILE}` }], "STOP"),
  candidate(1, [{ text: "" }], "STOP"),
  { usageMetadata: { totalTokenCount: 9 }, responseId: "r1" },
];

const gemini = (name: string, id: string, kind: Kind, stream: string): Dialect => ({
  name,
  id,
  kind,
  stream,
  read(client, event) {
    for (const one of list(event["candidates"])) {
      for (const part of list(at(one, "/content/parts"))) {
        client.say(`${one["index"]}/${part["thought"] === true ? "thought" : "text"}`, part["text"]);
        const called = part["functionCall"] as Value | undefined;
        if (part["thought"] !== true)
          client.say(`${one["index"]}/order`, called === undefined ? part["text"] : `[${called["name"]}]`);
        if (called !== undefined) client.say(`${one["index"]}/${called["name"]}`, JSON.stringify(called["args"]));
      }
      if (one["finishReason"] !== undefined) client.end(String(one["index"]));
    }
  },
  heard: {
    "0/thought": "想 张三 <姓",
    "0/text": `${HEARD}打给 <姓再 <姓${HEARD}末 138 0013 8000`,
    "1/text": HEARD,
    // Once, and in their places: what is said again for a held text must not call the tool again.
    "0/send": { to: "138 0013 8000", at: NASTY },
    "0/again": {},
    "0/order": expect.stringContaining("打给 <姓[send]再 <姓[again]好，张三"),
    "1/order": HEARD,
  },
});

const geminiSse = geminiEvents.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join("");
const geminiArray = `[${geminiEvents.map((event) => JSON.stringify(event, null, 2)).join("\n,\r\n")}\n]\n`;

// ── Cohere ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const cohereText = (text: string): Value => ({ message: { content: { text } } });
const cohereCall = (args: string, first: Value = {}): Value => ({
  message: { tool_calls: { ...first, function: { ...(first["id"] ? { name: "send" } : {}), arguments: args } } },
});

const cohereV2: Dialect = {
  name: "Cohere, version 2",
  id: "cohere",
  kind: "sse",
  stream: [
    typed({ type: "message-start", id: "m1", delta: { message: { role: "assistant" } } }),
    ...pieces(SAID, 7).map((tool_plan) => typed({ type: "tool-plan-delta", delta: { message: { tool_plan } } })),
    typed({ type: "tool-call-start", index: 0, delta: cohereCall("", { id: "send_1" }) }),
    ...pieces(ARGUMENTS, 12).map((args) => typed({ type: "tool-call-delta", index: 0, delta: cohereCall(args) })),
    typed({ type: "tool-call-end", index: 0 }),
    typed({ type: "content-start", index: 0, delta: { message: { content: { type: "text", text: "" } } } }),
    ...pieces(SAID, 5).map((text) => typed({ type: "content-delta", index: 0, delta: cohereText(text) })),
    typed({ type: "content-end", index: 0 }),
    ...pieces(SAID, 5).map((thinking) =>
      typed({ type: "content-delta", index: 1, delta: { message: { content: { thinking } } } }),
    ),
    typed({ type: "content-end", index: 1 }),
    typed({ type: "message-end", delta: { finish_reason: "COMPLETE" } }),
  ].join(""),
  read(client, event) {
    const index = String(event["index"]);
    const said = at(event, "/delta/message") as Value | undefined;
    client.say("plan", at(said, "/tool_plan"));
    client.say(`content/${index}`, at(said, "/content/text"));
    client.say(`content/${index}`, at(said, "/content/thinking"));
    client.say("id", at(said, "/tool_calls/id"));
    client.say(`tool/${index}`, at(said, "/tool_calls/function/arguments"));
    const over: Record<string, string> = {
      "content-end": `content/${index}`,
      "tool-call-end": `tool/${index}`,
      "tool-call-start": "plan",
    };
    const ended = over[String(event["type"])];
    if (ended !== undefined) client.end(ended);
  },
  heard: { plan: HEARD, id: "send_1", "tool/0": ARGUMENTS_HEARD, "content/0": HEARD, "content/1": HEARD },
};

const cohereV1: Dialect = {
  name: "Cohere, version 1: a line an event",
  id: "cohere",
  kind: "ndjson",
  stream: [
    line({ is_finished: false, event_type: "stream-start", generation_id: "g1" }),
    ...pieces(SAID, 7).map((text) => line({ is_finished: false, event_type: "tool-calls-chunk", text })),
    ...pieces(ARGUMENTS, 12).map((parameters) =>
      line({ is_finished: false, event_type: "tool-calls-chunk", tool_call_delta: { index: 0, parameters } }),
    ),
    line({ is_finished: false, event_type: "tool-calls-generation", tool_calls: [{ parameters: { to: MOBILE } }] }),
    ...pieces(SAID, 5).map((text) => line({ is_finished: false, event_type: "text-generation", text })),
    line({ is_finished: true, event_type: "stream-end", response: { text: SAID } }),
  ].join(""),
  read(client, event) {
    const type = event["event_type"];
    client.say(type === "tool-calls-chunk" ? "plan" : "text", event["text"]);
    client.say("call", at(event, "/tool_call_delta/parameters"));
    client.say("calls", at(event, "/tool_calls/0/parameters/to"));
    client.say("end", at(event, "/response/text"));
    if (type === "tool-calls-generation") client.end("plan");
    if (type === "stream-end") client.end("text");
  },
  heard: { plan: HEARD, call: ARGUMENTS_HEARD, calls: "138 0013 8000", text: HEARD, end: HEARD },
};

// ── Ollama ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const said = (message: Value, done = false): string =>
  line({ model: "qwen3", created_at: "2026-11-22T00:00:00Z", message: { role: "assistant", ...message }, done });

const ollamaChat: Dialect = {
  name: "Ollama chat",
  id: "ollama",
  kind: "ndjson",
  stream: [
    ...pieces(SAID, 4).map((thinking) => said({ content: "", thinking })),
    ...pieces(SAID, 5).map((content) => said({ content })),
    said({ content: "看 <姓" }),
    said({ content: "吧 <姓", tool_calls: [{ function: { name: "send", arguments: { to: MOBILE, at: ADDRESS } } }] }),
    ...pieces(SAID, 5).map((content) => said({ content })),
    said({ content: "" }, true),
  ].join(""),
  read(client, event) {
    client.say("all/content", at(event, "/message/content"));
    client.say("all/thinking", at(event, "/message/thinking"));
    client.say("order", at(event, "/message/content"));
    for (const one of list(at(event, "/message/tool_calls"))) {
      client.say("order", "[call]");
      client.say("calls", JSON.stringify(one["function"]));
    }
    if (event["done"] === true) client.end("all");
  },
  heard: {
    "all/thinking": HEARD,
    "all/content": `${HEARD}看 <姓吧 <姓${HEARD}`,
    order: `${HEARD}看 <姓吧 <姓[call]${HEARD}`,
    calls: { name: "send", arguments: { to: "138 0013 8000", at: NASTY } },
  },
};

const ollamaGenerate: Dialect = {
  name: "Ollama generate, its lines ended by CRLF, the last by nothing",
  id: "ollama",
  kind: "ndjson",
  stream: [
    ...pieces(SAID, 4).map((response) => line({ model: "m", response, done: false }).replace("\n", "\r\n")),
    JSON.stringify({ model: "m", response: "", done: true, context: [1, 2] }),
  ].join(""),
  read(client, event) {
    client.say("said", event["response"]);
    if (event["done"] === true) client.end("said");
  },
  heard: { said: HEARD },
};

const DIALECTS: readonly Dialect[] = [
  openaiChat,
  { ...openaiChat, name: "Azure OpenAI", id: "azure-openai" },
  { ...openaiChat, name: "Mistral, in OpenAI's dialect", id: "mistral" },
  { ...openaiChat, name: "Gemini, in OpenAI's dialect", id: "gemini" },
  openaiCompletions,
  openaiResponses,
  openaiRun,
  openaiTranscript,
  openrouter,
  mistralChat,
  mistralConversation,
  anthropic("litellm-42476: Anthropic's own stream", "anthropic-messages"),
  anthropic("Anthropic on Vertex", "vertex"),
  anthropic("Anthropic on OpenRouter", "openrouter"),
  anthropicOld,
  gemini("Gemini, alt=sse", "gemini", "sse", geminiSse),
  gemini("Gemini, one array", "gemini", "json", geminiArray),
  gemini("Vertex", "vertex", "sse", geminiSse),
  cohereV2,
  cohereV1,
  ollamaChat,
  ollamaGenerate,
];

describe.each(DIALECTS)("$name", ({ id, kind, stream, read, heard }) => {
  const joined = (text: string): Record<string, string> => {
    const client = new Client();
    for (const event of events(kind, text)) read(client, event);
    return client.lanes;
  };

  test("cut at every byte", () => {
    const outs = new Set([...everyCut(stream)].map((chunks) => restored(kind, lanesOf(id), chunks)));
    for (const out of outs) {
      const lanes = joined(out);
      const wanted = Object.keys(heard);
      expect(Object.keys(lanes).sort()).toEqual(wanted.sort());
      for (const lane of wanted) {
        const want = heard[lane]!;
        expect(typeof want === "string" || "asymmetricMatch" in want ? lanes[lane] : JSON.parse(lanes[lane]!)).toEqual(
          want,
        );
      }
    }
  });

  test("each event leaves as soon as it is complete", () => {
    const restorer = createRestorer(kind, MINTED, lanesOf(id));
    let out = "";
    for (const byte of Buffer.from(stream)) out += Buffer.from(restorer.feed(Uint8Array.of(byte))).toString("latin1");
    // What is held is text, never events: all but what may stand behind the last event is here before the end.
    const open = kind === "json" ? `${out}]` : out;
    const last = kind === "ndjson" && !stream.endsWith("\n") ? 1 : 0;
    expect(events(kind, open).length).toBeGreaterThanOrEqual(events(kind, stream).length - last);
  });
});

describe("what ends what", () => {
  const item = { output_index: 2, content_index: 1 };

  test.each<[string, Value, "all" | "none" | string[]]>([
    ["openai-chat", { type: "response.completed" }, "all"],
    ["openai-chat", { type: "response.failed" }, "all"],
    ["openai-chat", { type: "response.incomplete" }, "all"],
    ["openai-chat", { type: "error" }, "all"],
    ["openai-chat", { type: "response.in_progress" }, "none"],
    ["openai-chat", { type: "response.output_text.done", ...item }, ["response.output_text/2/1"]],
    ["openai-chat", { choices: [{ index: 3, finish_reason: "stop" }] }, ["3"]],
    [
      "openai-chat",
      {
        choices: [
          { index: 0, finish_reason: null },
          { index: 1, finish_reason: "length" },
        ],
      },
      ["1"],
    ],
    ["openai-chat", { choices: [], usage: {} }, "none"],
    ["openai-chat", { object: "thread.run", id: "r", status: "requires_action" }, "all"],
    ["openai-chat", { object: "thread.run", id: "r", status: "in_progress" }, "none"],
    ["openai-chat", { object: "thread.message", id: "m", status: "incomplete" }, ["m"]],
    ["openai-chat", { object: "thread.created", id: "t" }, "none"],
    ["openrouter", { type: "content_block_stop", index: 4 }, ["4"]],
    ["anthropic-messages", { type: "message_stop" }, "all"],
    ["anthropic-messages", { type: "error", error: {} }, "all"],
    ["anthropic-messages", { type: "message_delta", delta: { stop_reason: "end_turn" } }, "none"],
    ["vertex", { type: "content_block_stop", index: 1 }, ["1"]],
    ["vertex", { choices: [{ index: 0, finish_reason: "stop" }] }, ["0"]],
    ["gemini", { candidates: [{ finishReason: "SAFETY" }] }, ["0"]],
    [
      "gemini",
      { candidates: [{ index: 1, content: { parts: [{ text: "" }, { inlineData: { mimeType: "x" } }] } }] },
      ["1"],
    ],
    ["gemini", { promptFeedback: {} }, "none"],
    ["cohere", { type: "content-end", index: 1 }, ["content/1"]],
    ["cohere", { type: "tool-call-end", index: 1 }, ["tool/1"]],
    ["cohere", { type: "tool-call-start", index: 1 }, ["plan"]],
    ["cohere", { type: "content-start", index: 1 }, ["plan"]],
    ["cohere", { type: "message-end" }, "all"],
    ["cohere", { event_type: "stream-end" }, "all"],
    ["cohere", { event_type: "text-generation", is_finished: true }, "all"],
    ["cohere", { event_type: "tool-calls-generation" }, ["plan"]],
    ["cohere", { event_type: "citation-generation" }, "none"],
    ["mistral", { type: "conversation.response.done" }, "all"],
    ["mistral", { type: "conversation.response.error" }, "all"],
    ["mistral", { type: "message.output.delta" }, "none"],
    ["ollama", { done: true }, "all"],
    ["ollama", { error: "x" }, "all"],
    ["ollama", { done: false }, "none"],
    ["bedrock", { anything: 1 }, "none"],
    ["segment", { done: true }, "none"],
  ])("%s: %j: %j", (id, event, expected) => {
    expect(lanesOf(id).ends({ read: (pointer) => scalar(at(event, pointer)) })).toEqual(expected);
  });

  const scalar = (value: unknown) =>
    value === null || typeof value !== "object" ? (value as string | number | boolean | null | undefined) : undefined;
});

describe("whole answers", () => {
  const whole = (id: string, body: unknown): unknown =>
    JSON.parse(restored("json", lanesOf(id), [Buffer.from(JSON.stringify(body))]));

  test.each([
    ["openai-chat", { choices: [{ message: { content: SAID } }] }, "/choices/0/message/content"],
    ["openai-chat", { output: [message] }, "/output/0/content/0/text"],
    ["gemini", candidate(0, [{ text: SAID }], "STOP"), "/candidates/0/content/parts/0/text"],
    ["vertex", [candidate(0, [{ text: SAID }], "STOP")], "/0/candidates/0/content/parts/0/text"],
    ["bedrock", { output: { message: { content: [{ text: SAID }] } } }, "/output/message/content/0/text"],
    ["bedrock", { content: [{ type: "text", text: SAID }] }, "/content/0/text"],
    ["cohere", { message: { content: [{ type: "text", text: SAID }] } }, "/message/content/0/text"],
    ["cohere", { text: SAID }, "/text"],
    ["ollama", { message: { content: SAID }, done: true }, "/message/content"],
    ["mistral", { outputs: [{ content: SAID }] }, "/outputs/0/content"],
    ["segment", { success: true, echo: SAID }, "/echo"],
    ["sentry", { detail: SAID }, "/detail"],
  ])("%s: %j", (id, body, pointer) => {
    expect(at(whole(id, body), pointer)).toBe(HEARD);
  });

  test.each([
    ["openai-chat", { choices: [{ message: { tool_calls: [{ function: { arguments: ARGUMENTS } }] } }] }],
    ["azure-openai", { choices: [{ message: { tool_calls: [{ function: { arguments: ARGUMENTS } }] } }] }],
    ["vertex", { choices: [{ message: { tool_calls: [{ function: { arguments: ARGUMENTS } }] } }] }],
    ["bedrock", { choices: [{ message: { tool_calls: [{ function: { arguments: ARGUMENTS } }] } }] }],
  ])("litellm-31950: %s: arguments as JSON in JSON", (id, body) => {
    const told = at(whole(id, body), "/choices/0/message/tool_calls/0/function/arguments") as string;
    expect(JSON.parse(told)).toEqual(ARGUMENTS_HEARD);
  });

  test("cohere: arguments as JSON in JSON", () => {
    const told = whole("cohere", { message: { tool_calls: [{ function: { arguments: ARGUMENTS } }] } });
    expect(JSON.parse(at(told, "/message/tool_calls/0/function/arguments") as string)).toEqual(ARGUMENTS_HEARD);
  });
});

describe("arrays as streams", () => {
  const array = (text: string): string => {
    const outs = new Set([...everyCut(text)].map((chunks) => restored("json", lanesOf("gemini"), chunks)));
    expect(outs.size).toBe(1);
    return [...outs][0]!;
  };

  test.each([
    ["empty", "[]"],
    ["empty, with spaces", " \r\n[ \n] \n"],
    ["no array", `{"a":[1,2]}`],
    ["numbers, literals, strings, arrays", `[1, true,null , "a" ,[2,{"b":"]"}],{"c":"\\"]"} ]`],
    ["cut off", `[{"a":"b"},{"c":`],
    ["more closed than opened", `[{"a":1}]]],{"b":2}`],
    ["nothing", ""],
    ["spaces", "  \n"],
  ])("%s: the very bytes", (_, text) => {
    expect(array(text)).toBe(text);
  });

  test("strings of the array itself are restored, escapes kept", () => {
    expect(JSON.parse(array(JSON.stringify([1, ADDRESS, [ZHANG], { q: '"]}\\', a: [ADDRESS] }])))).toEqual([
      1,
      NASTY,
      ["张三"],
      { q: '"]}\\', a: [NASTY] },
    ]);
  });

  test("what the end still holds stands before the bracket", () => {
    const text = `[\n${JSON.stringify(candidate(0, [{ text: "看 <姓" }]))}\n]`;
    const told = JSON.parse(array(text)) as Value[];
    expect(told.map((event) => at(event, "/candidates/0/content/parts/0/text")).join("")).toBe("看 <姓");
  });

  test("an element over the limit is refused", () => {
    const restorer = createRestorer("json", MINTED, lanesOf("gemini"), 100);
    expect(() => restorer.feed(Buffer.from(`[{"a":"${"x".repeat(200)}`))).toThrow(RangeError);
  });
});

describe("lines", () => {
  test.each(["\n", "\n\n", `{"a":1}`, `{"a":1}\n\n\r\n{"b":"c"}\r\n`, "not JSON\n", `{"cut":"off`])(
    "%j: the very bytes",
    (text) => {
      for (const chunks of everyCut(text)) expect(restored("ndjson", lanesOf("ollama"), chunks)).toBe(text);
    },
  );

  test("an original with a line end in it stays one line", () => {
    const text = `${JSON.stringify({ response: ADDRESS, done: true })}\n`;
    const out = restored("ndjson", lanesOf("ollama"), [Buffer.from(text)]);
    expect(out.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(out)).toEqual({ response: NASTY, done: true });
  });

  test("nothing of ours: the very chunk passes, with not one byte copied", () => {
    for (const [kind, id] of [
      ["ndjson", "ollama"],
      ["json", "gemini"],
    ] as const) {
      const plain = Buffer.from(kind === "json" ? '[{"a":"b"},{"c":"d"}' : '{"a":"b"}\n{"c":"d"}\n');
      const out = createRestorer(kind, MINTED, lanesOf(id)).feed(plain);
      expect([out.buffer === plain.buffer, out.byteOffset, out.length]).toEqual([true, plain.byteOffset, plain.length]);
    }
  });

  test("a line over the limit is refused, not held for ever", () => {
    const restorer = createRestorer("ndjson", MINTED, lanesOf("ollama"), 100);
    expect(() => restorer.feed(Buffer.from("x".repeat(200)))).toThrow(RangeError);
  });
});
