// The other clients of the README's table, each forwarded, pseudonymized and restored in a stream, and blocked as the
// client's own error after one try: Azure OpenAI, the Vercel AI SDK on its three APIs, LangChain.js.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type House, metrics, openHouse, ROOT } from "./gate.ts";
import { type ResponsesApi, startResponsesApi } from "./responses-api.ts";

const fromSdk = createRequire(join(ROOT, "test/sdk/package.json"));
const load = async (name: string) => import(pathToFileURL(fromSdk.resolve(name)).href);

const ID = "11010519491231002X";
const PROMPT = `给身份证 ${ID} 的客户写封信，说“您好”。\n谢谢！`;
const STRANGER = "电话 13912345678";
const SUBJECT = { "X-Yumen-Subject": "id:zhang" };
const SHORT = { maxOutputTokens: 100 };
const PSEUDONYM = /<身份证_[0-9A-Z]{8}>/;

const destination = (id: string, url: string) =>
  `  - { id: ${id}, recipient: openai, url: "${url}", exporter: example-retail, purpose: customer-service }\n`;

let house: House;
let responses: ResponsesApi;
beforeAll(async () => {
  responses = await startResponsesApi();
  // as the README says: destinations that the operator names
  const added = (url: string) => destination("azure", url) + destination("responses", responses.url);
  house = await openHouse({
    edit: (policy) =>
      policy
        .replace(/^purposes:/m, `${added(/url: (\S+)/.exec(policy)![1]!)}\npurposes:`)
        .replaceAll("destinations: [openai, anthropic]", "destinations: [openai, azure, responses, anthropic]"),
  });
});
afterAll(async () => {
  await house.close();
  await responses.close();
});

interface Blocked {
  readonly message: string;
  readonly headers: Headers | Record<string, string>;
}

function headerOf({ headers }: Blocked, name: string): string | null | undefined {
  return headers instanceof Headers ? headers.get(name) : headers[name];
}

/** @returns what was thrown; exactly one crossing was decided meanwhile, and nothing reached the recipient. */
async function blockedOnce(ask: () => Promise<unknown>, field = "/messages/0/content"): Promise<Blocked> {
  const decided = async () => {
    const series = await metrics(house.gate, "yumen_requests_total");
    return [...series.values()].reduce((sum, n) => sum + n, 0);
  };
  const [before, seen] = [await decided(), house.overseas.seen.length];
  const error = await ask().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  expect(await decided()).toBe(before + 1);
  expect(house.overseas.seen.length).toBe(seen);
  const blocked = error as Blocked;
  expect(blocked.message).toContain(field);
  expect(blocked.message).toContain("39");
  expect(blocked.message).not.toContain("13912345678");
  return blocked;
}

/** What reached the recipient last: the pseudonym at this path, with no header of ours. */
function expectHidden(target: RegExp): void {
  const { target: path, rawHeaders, body } = house.overseas.seen.at(-1)!;
  expect(path).toMatch(target);
  expect(body.toString()).toMatch(PSEUDONYM);
  expect(body.toString()).not.toContain(ID);
  expect(rawHeaders.join(" ").toLowerCase()).not.toContain("x-yumen");
}

async function textOf<T>(stream: AsyncIterable<T>, piece: (part: T) => string): Promise<string> {
  let text = "";
  for await (const part of stream) text += piece(part);
  return text;
}

describe("Azure OpenAI", () => {
  const path = /^\/openai\/deployments\/[a-z0-9-]+\/chat\/completions\?api-version=2024-10-21$/;
  const client = async (more: object = {}) => {
    const { AzureOpenAI } = await load("openai");
    const endpoint = `${house.gate.gate}/azure`;
    return new AzureOpenAI({ endpoint, apiKey: "key-of-azure", apiVersion: "2024-10-21", ...more });
  };
  const ask = (model: string, content: string, more: object = {}) => ({
    model,
    messages: [{ role: "user", content }],
    ...more,
  });

  test("forwarded: deployment, version and key arrive", async () => {
    const answer = await (await client()).chat.completions.create(ask("echo", "hello"));
    expect(answer.choices[0].message.content).toBe("hello");
    expect(house.overseas.seen.at(-1)!.target).toMatch(path);
    expect(house.overseas.seen.at(-1)!.rawHeaders.join(" ")).toContain("key-of-azure");
  });

  test("pseudonymized and restored in a stream", async () => {
    interface Piece {
      readonly choices: { delta?: { content?: string } }[];
    }
    const asked = ask("echo-cut-3", PROMPT, { stream: true });
    const stream = await (await client({ defaultHeaders: SUBJECT })).chat.completions.create(asked);
    expect(await textOf(stream, (part: Piece) => part.choices[0]?.delta?.content ?? "")).toBe(PROMPT);
    expectHidden(path);
  });

  test("blocked: its own PermissionDeniedError, not retried", async () => {
    const { PermissionDeniedError } = await load("openai");
    const asking = await client({ maxRetries: 5 });
    const error = await blockedOnce(() => asking.chat.completions.create(ask("echo", STRANGER)));
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error).toMatchObject({ status: 403, code: "consent_missing", param: "/messages/0/content" });
    expect(error.message).toContain(headerOf(error, "x-yumen-decision"));
  });
});

describe.each([
  ["openai", "/openai/v1", /^\/v1\/chat\/completions$/],
  ["anthropic", "/anthropic/v1", /^\/v1\/messages$/],
] as const)("Vercel AI SDK, %s", (name, path, target) => {
  const model = async (id: string, headers: object = {}) => {
    const made = await load(`@ai-sdk/${name}`);
    const create = name === "openai" ? made.createOpenAI : made.createAnthropic;
    const provider = create({ baseURL: house.gate.gate + path, apiKey: "key-of-the-recipient", headers });
    return name === "openai" ? provider.chat(id) : provider(id);
  };

  test("forwarded", async () => {
    const { generateText } = await load("ai");
    const { text } = await generateText({ model: await model("echo"), prompt: "hello", ...SHORT });
    expect(text).toBe("hello");
    expect(house.overseas.seen.at(-1)!.target).toMatch(target);
    expect(house.overseas.seen.at(-1)!.rawHeaders.join(" ")).toContain("key-of-the-recipient");
  });

  test("pseudonymized and restored in a stream", async () => {
    const { streamText } = await load("ai");
    const { textStream } = streamText({ model: await model("echo-cut-3", SUBJECT), prompt: PROMPT, ...SHORT });
    expect(await textOf(textStream, (part: string) => part)).toBe(PROMPT);
    expectHidden(target);
  });

  test("blocked: its own APICallError, not retried", async () => {
    const { APICallError, generateText } = await load("ai");
    const asked = { model: await model("echo"), prompt: STRANGER, maxRetries: 5, ...SHORT };
    const error = await blockedOnce(() => generateText(asked));
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: 403, isRetryable: false });
    const { responseHeaders } = error as unknown as { responseHeaders: Record<string, string> };
    expect(error.message).toContain(responseHeaders["x-yumen-decision"]);
  });
});

describe("Vercel AI SDK, OpenAI's Responses API: what createOpenAI(…)(model) calls", () => {
  const model = async (headers: object = {}) => {
    const { createOpenAI } = await load("@ai-sdk/openai");
    return createOpenAI({ baseURL: `${house.gate.gate}/responses/v1`, apiKey: "key", headers })("gpt-5");
  };

  test("pseudonymized and restored in a stream, in the deltas and in the whole texts that repeat them", async () => {
    const { streamText } = await load("ai");
    const result = streamText({ model: await model(SUBJECT), prompt: PROMPT, includeRawChunks: true });
    const raw: string[] = [];
    const text = await textOf(
      result.fullStream,
      (part: { readonly type: string; readonly text?: string; readonly rawValue?: unknown }) => {
        if (part.type === "raw") raw.push(JSON.stringify(part.rawValue));
        return part.type === "text-delta" ? part.text! : "";
      },
    );
    expect(text).toBe(PROMPT);
    // output_text.done, content_part.done, output_item.done, response.completed
    expect(raw.filter((event) => event.includes(ID)).length).toBeGreaterThanOrEqual(4);
    expect(raw.join("\n")).not.toMatch(PSEUDONYM);
    expect(responses.seen.at(-1)).toMatch(PSEUDONYM);
    expect(responses.seen.at(-1)).not.toContain(ID);
  });

  test("blocked: its own APICallError, not retried", async () => {
    const { APICallError, generateText } = await load("ai");
    const [asked, seen] = [{ model: await model(), prompt: STRANGER, maxRetries: 5 }, responses.seen.length];
    const error = await blockedOnce(() => generateText(asked), "/input/0/content/0/text");
    expect(APICallError.isInstance(error)).toBe(true);
    expect(responses.seen.length).toBe(seen);
  });
});

describe("LangChain.js", () => {
  const model = async (id: string, more: object = {}) => {
    const { ChatOpenAI } = await load("@langchain/openai");
    const configuration = { baseURL: `${house.gate.gate}/openai/v1`, ...more };
    return new ChatOpenAI({ model: id, apiKey: "key-of-the-recipient", configuration });
  };

  test("forwarded", async () => {
    const { content } = await (await model("echo")).invoke("hello");
    expect(content).toBe("hello");
    expect(house.overseas.seen.at(-1)!.rawHeaders.join(" ")).toContain("Bearer key-of-the-recipient");
  });

  test("pseudonymized and restored in a stream", async () => {
    const stream = await (await model("echo-cut-3", { defaultHeaders: SUBJECT })).stream(PROMPT);
    expect(await textOf(stream, (part: { content: string }) => part.content)).toBe(PROMPT);
    expectHidden(/^\/v1\/chat\/completions$/);
  });

  test("blocked: the OpenAI SDK's error behind it, not retried", async () => {
    const asking = await model("echo");
    const error = await blockedOnce(() => asking.invoke(STRANGER));
    expect(error).toMatchObject({ status: 403, code: "consent_missing", param: "/messages/0/content" });
    expect(error.message).toContain(headerOf(error, "x-yumen-decision"));
  });
});
