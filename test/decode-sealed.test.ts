// What a recipient sealed comes back to it from the places that its API has for it, and only while it reads as nothing.
// A member of the same name anywhere else is content.

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { PROVIDERS } from "../src/decode/providers/all.ts";
import { inspect, judge } from "../src/gate.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder } from "./sim/demo-world.ts";

/** Its first byte begins no UTF-8. */
const sealedBytes = (bytes: number) => Buffer.concat([Buffer.from([0x80]), randomBytes(bytes - 1)]);
const SEALED = sealedBytes(2000).toString("base64");
const LEAFLET = Buffer.from("客户欧阳建国，电话 13712345679。".repeat(40)).toString("base64");
const TOLD = Buffer.concat([sealedBytes(900), Buffer.from("call 13712345679"), sealedBytes(900)]).toString("base64");
const MAILED = Buffer.concat([sealedBytes(900), Buffer.from("to li.lei@qq.com"), sealedBytes(900)]).toString("base64");
const PICTURE = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), randomBytes(2000)]).toString("base64");

function codeOf(provider: string | null, body: unknown): string {
  const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const roleOf = provider === null ? undefined : PROVIDERS.get(provider)!.roleOf;
  const doc = decode(
    { ...request, body: Buffer.from(JSON.stringify(body)) },
    [],
    { bodyBytesMax: 1 << 20 },
    undefined,
    roleOf,
  );
  return "code" in doc ? doc.code : doc.codec;
}

const assistant = (...content: object[]) => ({ messages: [{ role: "assistant", content }] });

/** By provider: where its sealed bytes stand. */
const PLACES: readonly (readonly [what: string, provider: string, body: (sealed: string) => object])[] = [
  [
    "a signature of thinking",
    "anthropic-messages",
    (s) => assistant({ type: "thinking", thinking: "嗯", signature: s }),
  ],
  ["redacted thinking", "anthropic-messages", (s) => assistant({ type: "redacted_thinking", data: s })],
  [
    "a found page",
    "anthropic-messages",
    (s) =>
      assistant({ type: "web_search_tool_result", content: [{ type: "web_search_result", encrypted_content: s }] }),
  ],
  [
    "in a batch",
    "anthropic-messages",
    (s) => ({ requests: [{ custom_id: "a", params: assistant({ type: "thinking", signature: s }) }] }),
  ],
  ["a thought", "gemini", (s) => ({ contents: [{ parts: [{ text: "嗯", thoughtSignature: s }] }] })],
  [
    "a thought before a call",
    "gemini",
    (s) => ({ contents: [{ parts: [{ functionCall: { name: "f" }, thought_signature: s }] }] }),
  ],
  ["a thought, on Vertex", "vertex", (s) => ({ contents: [{ parts: [{ thoughtSignature: s }] }] })],
  ["encrypted reasoning", "openai-chat", (s) => ({ input: [{ type: "reasoning", encrypted_content: s }] })],
  [
    "encrypted reasoning, on OpenRouter",
    "openrouter",
    (s) => ({ messages: [{ role: "assistant", reasoning_details: [{ type: "reasoning.encrypted", data: s }] }] }),
  ],
  [
    "Gemini's, spoken as OpenAI",
    "gemini",
    (s) => ({ messages: [{ tool_calls: [{ id: "c", extra_content: { google: { thought_signature: s } } }] }] }),
  ],
  [
    "a signature of Bedrock's",
    "bedrock",
    (s) => assistant({ reasoningContent: { reasoningText: { text: "嗯", signature: s } } }),
  ],
  ["redacted content of Bedrock's", "bedrock", (s) => assistant({ reasoningContent: { redactedContent: s } })],
];

describe.each(PLACES)("%s (%s)", (_, provider, body) => {
  test("goes back", () => expect(codeOf(provider, body(SEALED))).toBe("json"));
  test("is not believed of text", () => expect(codeOf(provider, body(LEAFLET))).toBe("content_opaque"));
  test("is not believed where a number or an address shows in it", () => {
    for (const told of [TOLD, MAILED]) expect(codeOf(provider, body(told))).toBe("content_opaque");
  });
  test("is not believed of a picture", () => expect(codeOf(provider, body(PICTURE))).toBe("content_opaque"));
  test("is not known where no shape is", () => {
    expect(codeOf("any-json", body(SEALED))).toBe("content_opaque");
    expect(codeOf(null, body(SEALED))).toBe("content_opaque");
  });
});

const call = (args: object) => ({ messages: [{ tool_calls: [{ function: { name: "f", arguments: args } }] }] });

test.each<[string, string, object]>([
  ["an argument of a tool", "openai-chat", call({ signature: SEALED })],
  [
    "an argument of a tool",
    "anthropic-messages",
    assistant({ type: "tool_use", id: "t", input: { signature: SEALED } }),
  ],
  [
    "a deeper argument",
    "anthropic-messages",
    assistant({ type: "tool_use", input: { a: [{ encrypted_content: SEALED }] } }),
  ],
  ["data of another block", "anthropic-messages", assistant({ type: "container_upload", data: SEALED })],
  ["data of a picture", "anthropic-messages", assistant({ type: "image", source: { type: "base64", data: SEALED } })],
  ["the type is elsewhere", "anthropic-messages", assistant({ type: "x", redacted_thinking: { data: SEALED } })],
  [
    "an argument of a function",
    "gemini",
    { contents: [{ parts: [{ functionCall: { args: { thoughtSignature: SEALED } } }] }] },
  ],
  [
    "an answer of a function",
    "gemini",
    { contents: [{ parts: [{ functionResponse: { response: { signature: SEALED } } }] }] },
  ],
  ["metadata", "openai-chat", { metadata: { signature: SEALED } }],
  ["a message's own member", "openai-chat", { messages: [{ role: "user", signature: SEALED }] }],
  ["at the root", "openai-chat", { signature: SEALED }],
  [
    "an item's argument",
    "openai-chat",
    { input: [{ type: "function_call", arguments: { encrypted_content: SEALED } }] },
  ],
  ["a member's name", "anthropic-messages", assistant({ type: "thinking", [SEALED]: "signature" })],
])("%s is content (%s)", (_, provider, body) => {
  expect(codeOf(provider, body)).toBe("content_opaque");
});

describe("short files give themselves away by their first bytes", () => {
  const note = Buffer.from("电话 13712345679");
  const FILES: Readonly<Record<string, Buffer>> = {
    gzip: gzipSync(note),
    zlib: deflateSync(note),
    zip: Buffer.concat([Buffer.from("PK\u0003\u0004\u0014\0\0\0\0\0"), note]),
    png: Buffer.concat([Buffer.from("89504e470d0a1a0a0000000d", "hex"), note]),
    jpeg: Buffer.concat([Buffer.from("ffd8fffe0010", "hex"), note]),
    pdf: Buffer.concat([Buffer.from("%PDF-1.4\n"), note]),
    sqlite: Buffer.concat([Buffer.from("SQLite format 3\0"), note]),
    "UTF-16 with its mark": Buffer.from(`\ufeff电话 13712345679`, "utf16le"),
    "UTF-16 of digits": Buffer.from("13712345679", "utf16le"),
    "UTF-16 of digits, big end first": Buffer.from("13712345679", "utf16le").swap16(),
  };
  test.each(Object.entries(FILES))("%s", (_, file) => {
    for (const coding of ["base64", "base64url", "hex"] as const) {
      expect([coding, codeOf(null, { note: file.toString(coding) })]).toEqual([coding, "content_opaque"]);
      expect([coding, codeOf(null, { [file.toString(coding)]: 1 })]).toEqual([coding, "content_opaque"]);
    }
    expect(codeOf(null, { note: file.toString("hex").toUpperCase() })).toBe("content_opaque");
  });

  test("packed in the middle of a sentence", () => {
    expect(codeOf(null, { a: `看：${gzipSync(note).toString("base64")} 好` })).toBe("content_opaque");
    expect(codeOf(null, { a: `x ${FILES["zip"]!.toString("base64")}` })).toBe("content_opaque");
  });

  test.each([
    ["words", { a: "eJournal", b: "H4sIA", c: "UEsDB is how a zip begins", d: "to UEsDBORO-AND-OTHER-PLACES" }],
    ["base64 of text, which is read", { a: Buffer.from("ORCHIDS and GIFTS for PAR1S").toString("base64") }],
    [
      "hashes",
      Array.from({ length: 300 }, (_, i) => ({
        sha256: randomBytes(32)
          .toString("hex")
          .replace(/^./, String(i % 8)),
      })),
    ],
    ["identifiers", Array.from({ length: 300 }, () => ({ id: `call_${randomBytes(18).toString("base64url")}` }))],
    ["a short key of zeros", { a: "AAAAAAAAAAAAAAAAAAAAAAAA" }],
  ])("are none: %s", (_, body) => {
    expect(codeOf(null, body)).toBe("json");
  });
});

test("through the gate: a signature goes back beside what is rewritten, as an argument of a tool it does not", async () => {
  const dir = mkdtempSync(join(tmpdir(), "yumen-sealed-"));
  const [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  const stores = await demoStores(keys);
  const asserted = { subject: "id:zhang", purpose: null, conversation: "c-1", exporter: null };
  const sent = (block: object) => {
    const text = { type: "text", text: "身份证 11010519491231002X" };
    const body = Buffer.from(JSON.stringify({ model: "m", max_tokens: 9, ...assistant(block, text) }));
    const arrival = arrivalOf(1, "", { body, target: "/v1/messages", destination: "anthropic", asserted });
    const seen = inspect(arrival, policy, keys);
    if ("stopped" in seen) return seen.stopped.code;
    const loaded = createFactsLoader(stores.consent, stores.people, keys).load(seen.ask);
    const { decision, departure } = judge(seen, loaded, keys);
    expect(Buffer.from(departure!.body).toString()).toContain(SEALED);
    return decision.action;
  };
  expect(sent({ type: "thinking", thinking: "嗯", signature: SEALED })).toBe("pseudonymize");
  expect(sent({ type: "tool_use", id: "t", name: "f", input: { signature: SEALED } })).toBe("content_opaque");
  rmSync(dir, { recursive: true });
});
