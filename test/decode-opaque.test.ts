// Bytes inside a document are content that nobody has read: refused. What the recipient sealed: see
// decode-sealed.test.ts.

import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";

const LIMITS = { bodyBytesMax: 1 << 20 };
const blob = (bytes: number) => randomBytes(bytes).toString("base64");

function codeOf(body: unknown): string {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const doc = decode({ ...request, body: Buffer.from(text) }, [], LIMITS);
  return "code" in doc ? doc.code : doc.codec;
}

test.each([
  ["an image as OpenAI takes it", { image_url: { url: `data:image/png;base64,${blob(30)}` } }],
  ["with parameters and capitals", { url: `data:image/png;name=a;BASE64,${blob(30)}` }],
  ["with the slash escaped", `{"url":"data:image\\/png;base64,${blob(30)}"}`],
  [
    "text too: nobody has undone it",
    { url: `data:text/plain;base64,${Buffer.from("13912345678").toString("base64")}` },
  ],
  ["an image as Anthropic takes it", { source: { type: "base64", media_type: "image/png", data: blob(900) } }],
  ["in the middle of a text", { content: `look: ![](data:image/png;base64,${blob(30)}) nice` }],
  ["audio", { input_audio: { data: blob(5000), format: "wav" } }],
  ["url-safe", { data: randomBytes(900).toString("base64url") }],
  ["hexadecimal", { data: randomBytes(900).toString("hex") }],
  ["in lines", { data: blob(1200).replace(/.{76}/g, "$&\r\n") }],
  ["in an array, as a key's neighbour, at the root", [["x", blob(900)]]],
  ["at the root", JSON.stringify(blob(900))],
])("refused: %s", (_, body) => {
  expect(codeOf(body)).toBe("content_opaque");
});

test.each([
  ["a short one", { id: blob(300) }],
  ["long text", { content: "请把下面这段话翻译成英文。".repeat(500) }],
  ["long text in English", { content: "Please translate the following text. ".repeat(500) }],
  ["filler", { content: "a".repeat(5000) }],
  ["a plain data URL, read like any text", { url: "data:text/plain,hello" }],
  ["a word that begins so", { content: "data: the figures of May;base64, they said, is not data" }],
])("read: %s", (_, body) => {
  expect(codeOf(body)).toBe("json");
});
