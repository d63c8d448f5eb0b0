// The built-in overseas endpoint over real sockets: wire formats, and every mode that a model name chooses.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Overseas, startOverseas } from "../src/io/overseas/overseas.ts";
import { MODELS } from "../src/io/overseas/plan.ts";

const AT_MS = Date.UTC(2026, 10, 21);
const PROMPT = "请把 张伟 的手机 13571904826\n发给我 🙂, please.";
const OPENAI = "/v1/chat/completions";
const ANTHROPIC = "/v1/messages";

let overseas: Overseas;
beforeAll(async () => {
  overseas = await startOverseas({ nowMs: () => AT_MS });
});
afterAll(() => overseas.close());
beforeEach(() => overseas.clear());

interface Chunk {
  readonly created: number;
  readonly usage?: { readonly total_tokens: number } | null;
  readonly choices: readonly {
    readonly index: number;
    readonly finish_reason: string | null;
    readonly delta: {
      readonly content?: string;
      readonly tool_calls?: readonly { readonly id?: string; readonly function: { readonly arguments: string } }[];
    };
  }[];
}

interface Event {
  readonly type: string;
  readonly delta?: { readonly text?: string; readonly partial_json?: string; readonly stop_reason?: string };
}

interface Completion {
  readonly choices: readonly {
    readonly message: {
      readonly content: string;
      readonly tool_calls: readonly { readonly function: { readonly arguments: string } }[];
    };
  }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number };
}

interface Message {
  readonly content: readonly { readonly text: string }[];
  readonly stop_reason: string;
  readonly usage: { readonly output_tokens: number };
}

const completion = async (model: string, more: object = {}) =>
  (await (await ask(OPENAI, model, more)).json()) as Completion;
const message = async (model: string, more: object = {}) =>
  (await (await ask(ANTHROPIC, model, { max_tokens: 9, ...more })).json()) as Message;

function ask(path: string, model: string, more: object = {}): Promise<Response> {
  const messages = [
    { role: "system", content: "系统" },
    { role: "user", content: "earlier" },
    { role: "assistant", content: "回答" },
    { role: "user", content: PROMPT },
  ];
  return fetch(overseas.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model, messages, ...more }),
  });
}

function dataOf(sse: string): string[] {
  expect(sse.endsWith("\n\n")).toBe(true);
  return sse
    .trimEnd()
    .split("\n\n")
    .map((event) => /(?:^|\n)data: (.*)$/.exec(event)![1]!);
}

async function openaiStream(model: string, more: object = {}): Promise<Chunk[]> {
  const data = dataOf(await (await ask(OPENAI, model, { stream: true, ...more })).text());
  expect(data.pop()).toBe("[DONE]");
  return data.map((one) => JSON.parse(one) as Chunk);
}

async function anthropicStream(model: string): Promise<Event[]> {
  const data = dataOf(await (await ask(ANTHROPIC, model, { stream: true, max_tokens: 9 })).text());
  return data.map((one) => JSON.parse(one) as Event);
}

const said = (chunks: readonly Chunk[], choice = 0) =>
  chunks.flatMap(({ choices }) => choices.filter((one) => one.index === choice)).map((one) => one.delta.content ?? "");

describe("OpenAI chat completions", () => {
  test("answer whole: choices, usage, ids, created from the clock", async () => {
    const response = await ask(OPENAI, "gpt-anything", { n: 2 });
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    expect(response.headers.get("content-length")).not.toBeNull();
    const body = (await response.json()) as Completion;
    expect(body).toMatchObject({ object: "chat.completion", created: AT_MS / 1000, model: "gpt-anything" });
    expect(body).toHaveProperty("choices.1.message.content", PROMPT);
    expect(body).toHaveProperty("choices.0.finish_reason", "stop");
    expect(body).toHaveProperty("choices.length", 2);
    expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens);
  });

  test.each(["echo", "echo-chars", "echo-cut-1", "echo-cut-99", "gzip"])(
    "stream %s: deltas join to the prompt",
    async (model) => {
      const chunks = await openaiStream(model);
      expect(said(chunks).join("")).toBe(PROMPT);
      expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe("stop");
      expect(chunks.slice(0, -1).every((chunk) => chunk.choices[0]!.finish_reason === null)).toBe(true);
      expect(chunks.every((chunk) => chunk.created === AT_MS / 1000 && !("usage" in chunk))).toBe(true);
    },
  );

  test("echo-chars: one character per delta", async () => {
    expect(said(await openaiStream("echo-chars")).filter((text) => text !== "")).toEqual([...PROMPT]);
  });

  test("n choices are interleaved, each whole, and cut in places of its own", async () => {
    const chunks = await openaiStream("echo-cut-5", { n: 3 });
    for (const choice of [0, 1, 2]) expect(said(chunks, choice).join("")).toBe(PROMPT);
    expect(said(chunks, 1)).not.toEqual(said(chunks, 0));
    const order = chunks.slice(3, 9).map((chunk) => chunk.choices[0]!.index);
    expect(order).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test("include_usage: null on every chunk, and a last chunk without choices", async () => {
    const chunks = await openaiStream("echo", { stream_options: { include_usage: true } });
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(chunks.at(-1)!.choices).toEqual([]);
    expect(chunks.at(-1)!.usage!.total_tokens).toBeGreaterThan(0);
  });

  test.each(["tool", "tool-chars", "tool-cut-3"])(
    "%s: the arguments stream in pieces and hold the prompt",
    async (model) => {
      const chunks = await openaiStream(model, { tools: [{ type: "function", function: { name: "send_note" } }] });
      const calls = chunks.flatMap((chunk) => chunk.choices[0]!.delta.tool_calls ?? []);
      expect(calls[0]).toMatchObject({ index: 0, type: "function", function: { name: "send_note", arguments: "" } });
      expect(calls.length).toBeGreaterThan(4);
      expect(JSON.parse(calls.map((call) => call.function.arguments).join(""))).toEqual({ note: PROMPT });
      expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe("tool_calls");
    },
  );

  test("tool, whole", async () => {
    const body = await completion("tool");
    expect(JSON.parse(body.choices[0]!.message.tool_calls[0]!.function.arguments)).toEqual({ note: PROMPT });
    expect(body.choices[0]!.message.content).toBeNull();
  });
});

describe("Anthropic messages", () => {
  test("answer whole", async () => {
    const response = await ask(ANTHROPIC, "claude-anything", { max_tokens: 9 });
    expect(response.headers.get("request-id")).toMatch(/^req_/);
    const body = (await response.json()) as Message;
    expect(body).toMatchObject({ type: "message", role: "assistant", stop_reason: "end_turn" });
    expect(body.content).toEqual([{ type: "text", text: PROMPT }]);
    expect(body.usage.output_tokens).toBeGreaterThan(0);
  });

  test.each(["echo", "echo-chars", "echo-cut-7", "gzip"])("stream %s: the events in their order", async (model) => {
    const events = await anthropicStream(model);
    const deltas = events.filter((event) => event.type === "content_block_delta");
    expect(deltas.map((event) => event.delta!.text).join("")).toBe(PROMPT);
    const opening = ["message_start", "content_block_start", "ping"];
    expect(events.slice(0, 3).map((event) => event.type)).toEqual(opening);
    const closing = ["content_block_stop", "message_delta", "message_stop"];
    expect(events.slice(-3).map((event) => event.type)).toEqual(closing);
    expect(events.at(-2)).toMatchObject({
      delta: { stop_reason: "end_turn" },
      usage: { output_tokens: Math.ceil(Buffer.byteLength(PROMPT) / 4) },
    });
  });

  test("tool: input_json_delta pieces, and the whole answer's input", async () => {
    const events = await anthropicStream("tool");
    const json = events.map((event) => event.delta?.partial_json ?? "").join("");
    expect(JSON.parse(json)).toEqual({ note: PROMPT });
    const body = await message("tool");
    expect(body.content[0]).toMatchObject({ type: "tool_use", name: "note", input: { note: PROMPT } });
    expect(body.stop_reason).toBe("tool_use");
  });
});

describe("what is answered", () => {
  test("echo-all: the text of all messages, the system prompt first", async () => {
    const body = await completion("echo-all");
    expect(body.choices[0]!.message.content).toBe(["系统", "earlier", "回答", PROMPT].join("\n"));
    const claude = await message("echo-all", { system: [{ type: "text", text: "top" }] });
    expect(claude.content[0]!.text.startsWith("top\n系统\n")).toBe(true);
  });

  test("array content, tool results and tool calls count as text", async () => {
    const messages = [
      { role: "assistant", content: null, tool_calls: [{ function: { name: "f", arguments: '{"q":1}' } }] },
      { role: "user", content: [{ type: "text", text: "一" }, { type: "image_url" }, { type: "text", text: "二" }] },
      { role: "assistant", content: [{ type: "tool_use", input: { z: 9 } }] },
    ];
    const last = await completion("echo", { messages });
    expect(last.choices[0]!.message.content).toBe("一\n二");
    const all = await completion("echo-all", { messages });
    expect(all.choices[0]!.message.content).toBe('{"q":1}\n一\n二\n{"z":9}');
    const result = [{ role: "user", content: [{ type: "tool_result", content: [{ type: "text", text: "结果" }] }] }];
    const claude = await message("echo", { messages: result });
    expect(claude.content[0]!.text).toBe("结果");
  });

  test.each(MODELS.filter((model) => model.startsWith("leak-")))("%s says what was never sent", async (model) => {
    const body = await completion(model);
    const text: string = body.choices[0]!.message.content;
    expect(text.length).toBeGreaterThan(10);
    expect(overseas.seen.at(-1)!.body.includes(text)).toBe(false);
  });

  test("error-<status> and an unknown leak: the API's own error shape", async () => {
    const failed = await ask(OPENAI, "error-500");
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({ error: { type: "server_error", param: null, code: null } });
    const busy = await ask(ANTHROPIC, "error-529");
    expect(busy.status).toBe(529);
    expect(await busy.json()).toMatchObject({ type: "error", error: { type: "overloaded_error" } });
    expect((await ask(OPENAI, "leak-nonsense")).status).toBe(404);
  });

  test("redirect: 302 to a host that does not exist", async () => {
    const response = await ask(OPENAI, "redirect");
    expect(response.status).toBe(302);
    expect(new URL(response.headers.get("location")!).host).toBe("elsewhere.invalid");
  });

  test("gzip regardless of accept-encoding; slow takes its time", async () => {
    const response = await ask(OPENAI, "gzip");
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(((await response.json()) as Completion).choices[0]!.message.content).toBe(PROMPT);
    const started = performance.now();
    const deltas = said(await openaiStream("slow")).filter((text) => text !== "");
    expect(performance.now() - started).toBeGreaterThan(deltas.length * 9);
  });
});

describe("other paths", () => {
  test("/v1/models in both shapes, one model, an unknown model", async () => {
    const list = await (await fetch(`${overseas.url}/v1/models`)).json();
    expect(list).toMatchObject({
      object: "list",
      data: expect.arrayContaining([expect.objectContaining({ id: "echo", object: "model" })]),
    });
    const headers = { "anthropic-version": "2023-06-01" };
    const claude = await (await fetch(`${overseas.url}/v1/models`, { headers })).json();
    expect(claude).toMatchObject({
      first_id: "echo",
      has_more: false,
      data: expect.arrayContaining([expect.objectContaining({ type: "model" })]),
    });
    expect(await (await fetch(`${overseas.url}/v1/models/slow`)).json()).toMatchObject({ id: "slow" });
    expect((await fetch(`${overseas.url}/v1/models/none`)).status).toBe(404);
  });

  test("anything else echoes, byte for byte", async () => {
    const body = Buffer.from([0, 255, 1, 13, 10, 128]);
    const response = await fetch(`${overseas.url}/up/load?x=1`, {
      method: "PUT",
      body,
      headers: { "content-type": "image/x" },
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
    expect(response.headers.get("content-type")).toBe("image/x");
    const empty = await (await fetch(`${overseas.url}/a?b=c`)).json();
    expect(empty).toEqual({ method: "GET", target: "/a?b=c" });
  });
});
