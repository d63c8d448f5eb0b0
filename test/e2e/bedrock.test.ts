// Amazon Bedrock as it is spoken: signed bodies, binary streams. Law: a signed body passes as it is or not at all, and
// nobody is given pseudonyms in place of an answer.

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Inside, OK, openInside, type Recipient, request, startRecipient } from "./recipient.ts";

const ID = "11010519491231002X";
const MOBILE = "13800138000";
const CONVERSE = "/model/anthropic.claude-sonnet-4-20250514-v1%3A0/converse";
const SIGNED =
  "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/bedrock/aws4_request, " +
  "SignedHeaders=host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
const bedrock = (id: string, more = "") => `
  - id: ${id}
    recipient: openai
    url: RECIPIENT
    exporter: example-retail
    purpose: customer-service
    providers: [bedrock]
    headers: [x-amz-date, x-amz-security-token, x-amz-content-sha256]${more}`;
const INJECTING = `
    credentials:
      mode: inject
      inject: { authorization: { secret: "env:BEDROCK_KEY", prefix: "Bearer " } }`;

let recipient: Recipient;
let gate: Inside;
beforeAll(async () => {
  process.env["BEDROCK_KEY"] = "bedrock-api-key-0";
  recipient = await startRecipient();
  const both = (bedrock("bedrock") + bedrock("ours", INJECTING)).replaceAll("RECIPIENT", recipient.url);
  gate = await openInside(recipient.url, (policy) =>
    policy
      .replace("destinations:", `destinations:${both}`)
      .replaceAll("destinations: [openai, anthropic]", "destinations: [openai, anthropic, bedrock, ours]"),
  );
});
beforeEach(() => {
  recipient.seen.length = 0;
  recipient.answer = (socket) => socket.write(OK);
});
afterAll(async () => {
  await gate.close();
  recipient.close();
  delete process.env["BEDROCK_KEY"];
});

const body = (text: string) => JSON.stringify({ messages: [{ role: "user", content: [{ text }] }] });
const send = (text: string, headers: Record<string, string>, path = `/bedrock${CONVERSE}`) =>
  gate.raw(
    request(
      "POST",
      path,
      { "content-type": "application/json", "x-yumen-subject": "id:zhang", ...headers },
      body(text),
    ),
  );
const answerWith = (type: string, bytes: Buffer) => {
  recipient.answer = (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes);
  };
};
const FRAMES = Buffer.from("000000520000004b4f5a2c1e0b3a6576656e742d7479706507000c6d65737361676553746f70", "hex");

test("a signed body without personal information leaves to the byte, signature and all", async () => {
  const answer = await send("你好", { authorization: SIGNED, "x-amz-date": "20261122T020000Z" });
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(recipient.seen[0]).toContain(SIGNED);
  expect(recipient.seen[0]).toContain("x-amz-date: 20261122T020000Z");
  expect(Buffer.from(recipient.seen[0]!.split("\r\n\r\n")[1]!, "latin1").toString()).toBe(body("你好"));
});

test("what may leave as it is, leaves signed; what had to be rewritten does not leave", async () => {
  expect(await send(`电话 ${MOBILE}`, { authorization: SIGNED })).toMatch(
    /^HTTP\/1.1 200 [\s\S]*x-yumen-action: forward/i,
  );
  const refused = await send(`证件 ${ID}`, { authorization: SIGNED });
  expect(refused).toMatch(/^HTTP\/1.1 403 [\s\S]*AccessDeniedException/);
  expect(refused).toContain("/messages/0/content/0/text");
  expect(recipient.seen).toHaveLength(1);
});

test.each([
  ["a digest of the body", { "x-amz-content-sha256": "9f".repeat(32), authorization: "Bearer k" }, 403],
  ["a body that is said to be unsigned", { "x-amz-content-sha256": "UNSIGNED-PAYLOAD", authorization: SIGNED }, 200],
  ["a bearer key", { authorization: "Bearer bedrock-api-key-1" }, 200],
])("%s", async (_, headers, status) => {
  expect(await send(`证件 ${ID}`, headers)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(recipient.seen.join()).not.toContain(ID);
});

test("where the gate puts in its own key, the caller's signature does not leave and binds nothing", async () => {
  expect(await send(`证件 ${ID}`, { authorization: SIGNED }, `/ours${CONVERSE}`)).toMatch(/^HTTP\/1.1 200 /);
  expect(recipient.seen[0]).toContain("Bearer bedrock-api-key-0");
  expect(recipient.seen[0]).not.toContain("Signature=");
  expect(recipient.seen[0]).not.toContain(ID);
});

test("a JSON answer is restored", async () => {
  recipient.answer = (socket, asked) => {
    const said = JSON.parse(Buffer.from(asked.split("\r\n\r\n")[1]!, "latin1").toString()).messages[0].content[0].text;
    const echo = JSON.stringify({ output: { message: { content: [{ text: said }] } } });
    socket.write(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(echo)}\r\n\r\n${echo}`,
    );
  };
  expect(await send(`证件 ${ID}`, { authorization: "Bearer k" })).toContain(ID);
});

test("a stream of frames: pseudonyms are not sent into it; without any it arrives to the byte", async () => {
  const stream = `/bedrock${CONVERSE}-stream`;
  expect(await send(`证件 ${ID}`, { authorization: "Bearer k" }, stream)).toMatch(/^HTTP\/1.1 403 /);
  expect(recipient.seen).toEqual([]);
  answerWith("application/vnd.amazon.eventstream", FRAMES);
  const answer = await send(`电话 ${MOBILE}`, { authorization: "Bearer k" }, stream);
  expect(answer.slice(answer.indexOf("\r\n\r\n") + 4)).toBe(FRAMES.toString("latin1"));
});

test("frames that nobody asked for: with pseudonyms in play they are refused, not handed on", async () => {
  answerWith("application/vnd.amazon.eventstream", FRAMES);
  const answer = await send(`证件 ${ID}`, { authorization: "Bearer k" });
  expect(answer).toMatch(/^HTTP\/1.1 502 /);
  expect(answer).toContain("answer_unreadable");
});
