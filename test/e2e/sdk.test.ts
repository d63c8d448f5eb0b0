// The real SDKs and plain Python through the gate: forwarded, pseudonymized and restored, blocked, aborted, timed out.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type House, openHouse, ROOT } from "./gate.ts";

const fromSdk = createRequire(join(ROOT, "test/sdk/package.json"));
const load = async (name: string) => import(pathToFileURL(fromSdk.resolve(name)).href);

const ID = "11010519491231002X";
const PROMPT = `给身份证 ${ID} 的客户写封信，说“您好”。\n谢谢！`;

interface Piece {
  readonly choices: {
    delta?: { content?: string; tool_calls?: { function?: { arguments?: string } }[] };
    finish_reason?: string | null;
  }[];
  readonly usage?: unknown;
}

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function openai(more: Record<string, unknown> = {}) {
  const { default: OpenAI } = await load("openai");
  return new OpenAI({
    apiKey: "sk-of-the-recipient",
    baseURL: `${house.gate.gate}/openai/v1`,
    defaultHeaders: { "X-Yumen-Subject": "id:zhang" },
    ...more,
  });
}

async function anthropic(more: Record<string, unknown> = {}) {
  const { default: Anthropic } = await load("@anthropic-ai/sdk");
  return new Anthropic({
    apiKey: "key-of-the-recipient",
    baseURL: `${house.gate.gate}/anthropic`,
    defaultHeaders: { "X-Yumen-Subject": "id:zhang" },
    ...more,
  });
}

const ask = (model: string, content: string) => ({ model, messages: [{ role: "user", content }] });
const askClaude = (model: string, content: string) => ({ ...ask(model, content), max_tokens: 100 });

describe("openai", () => {
  test("forwarded: nothing found, the bytes and the key arrive", async () => {
    const answer = await (await openai()).chat.completions.create(ask("echo", "hello"));
    expect(answer.choices[0].message.content).toBe("hello");
    expect(house.overseas.seen.at(-1)!.rawHeaders.join(" ")).toContain("Bearer sk-of-the-recipient");
    expect(house.overseas.seen.at(-1)!.rawHeaders.join(" ").toLowerCase()).not.toMatch(/x-yumen|x-stainless/);
  });

  test("pseudonymized and restored, plain", async () => {
    const answer = await (await openai()).chat.completions.create(ask("echo", PROMPT));
    expect(answer.choices[0].message.content).toBe(PROMPT);
    expect(house.lastBody()).not.toContain(ID);
    expect(house.lastBody()).toMatch(/<身份证_[0-9A-Z]{8}>/);
  });

  const cuts = ["echo", "echo-chars", ...Array.from({ length: 12 }, (_, i) => `echo-cut-${i}`)];
  test.each(cuts)("pseudonymized and restored, streaming, cut by %s", async (model) => {
    const stream = await (await openai()).chat.completions.create({
      ...ask(model, PROMPT),
      stream: true,
      stream_options: { include_usage: true },
    });
    const pieces: Piece[] = [];
    for await (const piece of stream) pieces.push(piece as Piece);
    expect(pieces.map((piece) => piece.choices[0]?.delta?.content ?? "").join("")).toBe(PROMPT);
    expect(pieces.filter((piece) => piece.choices[0]?.finish_reason === "stop")).toHaveLength(1);
    expect(pieces.at(-1)!.usage).toBeTruthy();
    expect(house.lastBody()).not.toContain(ID);
    if (model === "echo-chars") expect(pieces.length).toBeGreaterThan(PROMPT.length / 2);
  });

  test("tool arguments restored, escaped where they must be", async () => {
    const stream = await (await openai()).chat.completions.create({ ...ask("tool", PROMPT), stream: true });
    let text = "";
    for await (const piece of stream)
      text += (piece as Piece).choices[0]?.delta?.tool_calls?.[0]?.function?.arguments ?? "";
    expect(JSON.parse(text).note).toBe(PROMPT);
    const whole = await (await openai()).chat.completions.create(ask("tool", PROMPT));
    expect(JSON.parse(whole.choices[0].message.tool_calls[0].function.arguments).note).toBe(PROMPT);
  });

  test("blocked: its own PermissionDeniedError, not retried, naming field, reason and cure", async () => {
    const { PermissionDeniedError } = await load("openai");
    const before = house.overseas.seen.length;
    const client = await openai({ defaultHeaders: { "Accept-Language": "en" }, maxRetries: 5 });
    const error = await client.chat.completions.create(ask("echo", "call 13912345678")).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error.code).toBe("consent_missing");
    expect(error.param).toBe("/messages/0/content");
    expect(error.message).toContain("/messages/0/content");
    expect(error.message).toContain("PIPL Art.");
    expect(error.message).toContain(error.headers.get("x-yumen-decision"));
    expect(error.message).not.toContain("13912345678");
    expect(house.overseas.seen.length).toBe(before);
    const decisions = () =>
      house.gate
        .output()
        .split("\n")
        .filter((line) => line.includes(error.headers.get("x-yumen-decision")) && line.includes('"decision"'));
    await expect.poll(() => decisions().length).toBe(1);
  });

  test("models are listed; every spelling of /v1 works", async () => {
    const models = await (await openai()).models.list();
    expect(models.data.length).toBeGreaterThan(0);
    for (const path of ["/openai", "/openai/v1", "/openai/v1/v1"]) {
      const answer = await (await openai({ baseURL: house.gate.gate + path })).chat.completions.create(
        ask("echo", "hi"),
      );
      expect(answer.choices[0].message.content).toBe("hi");
      expect(house.overseas.seen.at(-1)!.target).toBe("/v1/chat/completions");
    }
  });

  test("aborted: the upstream is cancelled and the outcome says so", async () => {
    const stop = new AbortController();
    const stream = await (await openai()).chat.completions.create(
      { ...ask("stall", PROMPT), stream: true },
      { signal: stop.signal },
    );
    const reading = (async () => {
      for await (const _ of stream) stop.abort();
    })();
    await reading.catch(() => {});
    await expect.poll(() => house.gate.output(), { timeout: 5000 }).toContain("caller_gone");
  });

  test("timed out: the SDK's own error, nothing is retried by the gate", async () => {
    const { APIConnectionTimeoutError } = await load("openai");
    const before = house.overseas.seen.length;
    const error = await (await openai({ timeout: 300, maxRetries: 0 })).chat.completions
      .create(ask("stall-head", "hi"))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(APIConnectionTimeoutError);
    expect(house.overseas.seen.length).toBe(before + 1);
  });

  test.each(["truncate", "reset"])("an upstream that ends by %s never ends cleanly", async (model) => {
    const stream = await (await openai({ maxRetries: 0 })).chat.completions.create({
      ...ask(model, PROMPT),
      stream: true,
    });
    const read = (async () => {
      let finish: string | null | undefined = null;
      for await (const piece of stream) finish = (piece as Piece).choices[0]?.finish_reason ?? finish;
      return finish;
    })();
    await expect(read).rejects.toThrow();
  });
});

describe("anthropic", () => {
  test("pseudonymized and restored, plain", async () => {
    const answer = await (await anthropic()).messages.create(askClaude("echo", PROMPT));
    expect(answer.content[0].text).toBe(PROMPT);
    expect(house.lastBody()).not.toContain(ID);
  });

  test.each(["echo", "echo-chars", "echo-cut-1", "echo-cut-2", "echo-cut-3"])(
    "litellm-42476: the native stream, cut by %s",
    async (model) => {
      const stream = (await anthropic()).messages.stream(askClaude(model, PROMPT));
      expect(await stream.finalText()).toBe(PROMPT);
      expect(house.lastBody()).not.toContain(ID);
    },
  );

  test("tool input restored", async () => {
    const message = await (await anthropic()).messages.stream(askClaude("tool", PROMPT)).finalMessage();
    const tool = message.content.find((block: { type: string }) => block.type === "tool_use");
    expect(tool.input.note).toBe(PROMPT);
  });

  test("blocked: its own PermissionDeniedError, not retried", async () => {
    const { PermissionDeniedError } = await load("@anthropic-ai/sdk");
    const client = await anthropic({ defaultHeaders: { "Accept-Language": "zh-CN" }, maxRetries: 5 });
    const before = house.overseas.seen.length;
    const error = await client.messages.create(askClaude("echo", "电话 13912345678")).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error.error.error.type).toBe("permission_error");
    expect(error.message).toContain("第39条");
    expect(error.message).not.toContain("13912345678");
    expect(house.overseas.seen.length).toBe(before);
  });
});

describe("plain Python", () => {
  const script = `
import json, sys, urllib.request, urllib.error
def ask(text, subject=None):
    body = json.dumps({"model": "echo", "messages": [{"role": "user", "content": text}]}).encode()
    headers = {"Content-Type": "application/json"}
    if subject: headers["X-Yumen-Subject"] = subject
    request = urllib.request.Request(sys.argv[1] + "/openai/v1/chat/completions", body, headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return [answer.status, json.load(answer)["choices"][0]["message"]["content"]]
    except urllib.error.HTTPError as error:
        return [error.code, json.load(error)["error"]["code"]]
print(json.dumps([ask("hello"), ask(sys.argv[2], "id:zhang"), ask("电话 13912345678")]))
`;
  test("forwarded, pseudonymized and restored (\\u escapes seen through), blocked", async () => {
    // not spawnSync: the overseas endpoint answers from this very process
    const done = await promisify(execFile)("python3", ["-c", script, house.gate.gate, PROMPT], {
      encoding: "utf8",
      env: { ...process.env, PYTHONUTF8: "1" },
    });
    expect(done.stderr).toBe("");
    expect(JSON.parse(done.stdout)).toEqual([
      [200, "hello"],
      [200, PROMPT],
      [403, "consent_missing"],
    ]);
    // json.dumps escapes every Chinese character
    expect(house.overseas.seen.some((seen) => seen.body.includes("\\u8eab\\u4efd\\u8bc1"))).toBe(true);
  });
});
