// Files through a running gate: read where they lie, in threads; what takes too long or dies there is refused.

import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOpener } from "../../src/io/extract/opener.ts";
import { FileThread } from "../../src/io/extract/thread.ts";
import { cpuMs } from "../cpu.ts";
import { inJson, made } from "../files/read.ts";
import { zipOf } from "../files/zip.ts";
import { ROOT } from "./gate.ts";
import { type Inside, OK, openInside, type Recipient, request, startRecipient } from "./recipient.ts";

const OTHER = "13912345678";
const PNG = Buffer.concat([Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"), Buffer.from("a face ".repeat(200))]);
/** Uploads are storage, which the demo does not allow; pictures may go to anthropic. */
const edit = (policy: string) =>
  policy
    .replace("    recipient: openai\n", "    recipient: openai\n    operations: [inference, storage]\n")
    .replace(
      "    recipient: anthropic\n",
      "    recipient: anthropic\n    opaque: { image: pass, approvedBy: dpo@example, reason: 商品图片 }\n",
    );

let recipient: Recipient;
let gate: Inside;
beforeAll(async () => {
  recipient = await startRecipient();
  gate = await openInside(recipient.url, edit);
});
afterAll(async () => {
  await gate.close();
  recipient.close();
});

async function send(path: string, body: string | Buffer, contentType = "application/json") {
  const before = recipient.seen.length;
  const bytes = await gate.raw(request("POST", path, { "content-type": contentType }, body), 20_000);
  const [head, text] = bytes.split("\r\n\r\n", 2) as [string, string];
  const error = head.includes("x-yumen-action: block")
    ? JSON.parse(Buffer.from(text, "latin1").toString()).error
    : null;
  return { status: Number(head.slice(9, 12)), error, sent: recipient.seen.slice(before) };
}

const chat = (file: Buffer) =>
  JSON.stringify({
    ...{ model: "m", max_tokens: 9 },
    messages: [
      { role: "user", content: [{ type: "file", file: { filename: "a", file_data: file.toString("base64") } }] },
    ],
  });
const CHAT = "/openai/v1/chat/completions";
const AT = "/messages/0/content/0/file/file_data";

describe("a file in a message", () => {
  test("leaves as it came where everything in it may", async () => {
    const body = chat(made("runs.docx"));
    const { status, sent } = await send(CHAT, body);
    expect([status, sent.length]).toEqual([200, 1]);
    expect(sent[0]).toContain(body);
  });

  test("does not leave with somebody in it who has not agreed", async () => {
    const { status, error, sent } = await send(CHAT, chat(zipOf([{ name: "客户.csv", data: `手机号\n${OTHER}\n` }])));
    expect([status, sent.length]).toEqual([403, 0]);
    expect(error).toMatchObject({ code: "consent_missing", param: `${AT}!entry-1.csv/1/手机号` });
    expect(JSON.stringify(error)).not.toContain(OTHER);
  });

  test("a PDF", async () => {
    expect((await send(CHAT, chat(made("chinese.pdf")))).status).toBe(200);
    const { status, error } = await send(CHAT, chat(made("text.pdf")));
    expect([status, error]).toMatchObject([403, { code: "consent_missing", param: `${AT}!page-1` }]);
    const { status: scan } = await send(CHAT, chat(made("scan.pdf")));
    expect(scan).toBe(415);
  });

  test("a picture: refused here, passed there over a name that stands in the ledger", async () => {
    expect(await send(CHAT, chat(PNG))).toMatchObject({
      status: 415,
      error: { code: "opaque_image", param: AT },
      sent: [],
    });
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG.toString("base64") } };
    const body = { model: "m", max_tokens: 9, messages: [{ role: "user", content: [image] }] };
    const { status, sent } = await send("/anthropic/v1/messages", JSON.stringify(body));
    expect([status, sent.length]).toEqual([200, 1]);
  });
});

describe("a body that is read in a thread", () => {
  // in words: a long run of random letters is now and then shaped like a credential
  const words = randomBytes(300_000)
    .toString("base64")
    .replace(/[^A-Za-z]/g, " ");
  const prose = Buffer.from(words.replace(/.{7}/g, "$& "));
  const large = (text: string) =>
    zipOf([
      { name: "a.txt", data: prose },
      { name: "b.txt", data: text },
    ]);

  test("has its files opened, too", async () => {
    const { status, error } = await send(CHAT, chat(large(`电话 ${OTHER}`)));
    expect([status, error]).toMatchObject([403, { code: "consent_missing", param: `${AT}!entry-2.txt` }]);
    const body = chat(large("没有"));
    expect(body.length).toBeGreaterThan(256 * 1024);
    const { status: passed, sent } = await send(CHAT, body);
    expect([passed, sent.length]).toEqual([200, 1]);
    expect(sent[0]!.endsWith(body)).toBe(true);
  });

  test("a picture in it: as in any other", async () => {
    const picture = Buffer.concat([PNG, randomBytes(300_000)]);
    expect(await send(CHAT, chat(picture))).toMatchObject({ status: 415, error: { code: "opaque_image" }, sent: [] });
    const image = { type: "image", source: { type: "base64", data: picture.toString("base64") } };
    const body = { model: "m", max_tokens: 9, messages: [{ role: "user", content: [image] }] };
    expect((await send("/anthropic/v1/messages", JSON.stringify(body))).status).toBe(200);
  });
});

describe("an upload", () => {
  test("by OpenAI's SDK: a docx in a zip", async () => {
    const fromSdk = createRequire(join(ROOT, "test/sdk/package.json"));
    const { default: OpenAI, toFile } = await import(pathToFileURL(fromSdk.resolve("openai")).href);
    const client = new OpenAI({
      apiKey: "sk-of-the-recipient",
      baseURL: `http://127.0.0.1:${gate.running.port}/openai/v1`,
    });
    recipient.answer = (socket) => socket.write(OK);
    const upload = async (bytes: Buffer) =>
      client.files.create({ file: await toFile(bytes, "a.zip"), purpose: "user_data" });
    await upload(made("nested.zip"));
    expect(recipient.seen.at(-1)).toContain(made("nested.zip").toString("latin1"));
    const other = zipOf([{ name: "a.zip", data: zipOf([{ name: "b.txt", data: `电话 ${OTHER}` }]) }]);
    await expect(upload(other)).rejects.toMatchObject({ status: 403, code: "consent_missing" });
    await expect(upload(PNG)).rejects.toMatchObject({ status: 415, code: "opaque_image" });
    expect(recipient.seen.at(-1)).not.toContain(other.toString("latin1"));
  });
});

describe("a bomb", () => {
  test.each([
    ["zip", () => zipOf([{ name: "a", data: Buffer.alloc(256 << 20) }])],
    ["zip in zip", () => zipOf([{ name: "z.zip", data: zipOf([{ name: "a", data: Buffer.alloc(256 << 20) }]) }])],
    ["gzip", () => gzipSync(Buffer.alloc(256 << 20))],
    [
      "a sheet",
      () =>
        zipOf([
          { name: "[Content_Types].xml", data: "" },
          { name: "xl/worksheets/sheet1.xml", data: `<a>${"<c/>".repeat(16 << 20)}` },
        ]),
    ],
  ])("%s: 413 within two seconds, in little memory", async (_, make) => {
    const body = chat(make());
    const [before, began] = [process.memoryUsage.rss(), cpuMs()];
    const { status, sent } = await send(CHAT, body);
    expect([status, sent.length]).toEqual([413, 0]);
    expect(cpuMs() - began).toBeLessThan(2_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 << 20);
  });
});

describe("a thread that opens files", () => {
  const enclosed = (bytes: Buffer) => [{ path: "", raw: bytes, bytes, contentType: "" }];
  const shown = Buffer.from(`BT /F1 9 Tf ${"(a) Tj ".repeat(8 << 20)} ET`);
  const slow = Buffer.concat([
    Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ",
    ),
    Buffer.from("3 0 obj<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>endobj "),
    Buffer.from(
      `5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj 4 0 obj<</Length ${shown.length}>>stream\n`,
    ),
    shown,
    Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
  ]);

  test("is ended after its time, its file refused, and the next one has another", async () => {
    const opener = createOpener({ limitMs: 3_000, threadsMax: 1 });
    const began = performance.now();
    const [late, next] = await Promise.all([
      opener.open(enclosed(slow), 64 << 20),
      opener.open(enclosed(made("runs.docx")), 1 << 20),
    ]);
    expect(late).toMatchObject({ code: "file_unreadable" });
    expect(next).toEqual([expect.objectContaining({ parts: expect.any(Array) })]);
    expect(performance.now() - began).toBeLessThan(7_000);
    opener.close();
  });

  test("that dies refuses its file", async () => {
    const thread = new FileThread(() => {});
    const opened = thread.open({ bytes: slow, bytesMax: 64 << 20 }, 5_000);
    thread.end("lost");
    expect(await opened).toBe("lost");
    expect(await thread.open({ bytes: slow, bytesMax: 1 }, 5_000)).toBe("lost");
  });

  test("what waits is bounded, and a close forgets nobody", async () => {
    const opener = createOpener({ threadsMax: 1, waitingMax: 1 });
    const file = made("runs.docx");
    const first = opener.open(enclosed(slow), 64 << 20);
    const second = opener.open(enclosed(file), 1 << 20);
    await expect(opener.open(enclosed(file), 1 << 20)).rejects.toMatchObject({ code: "rate_limited" });
    opener.close();
    expect(await first).toMatchObject({ code: "file_unreadable" });
    await expect(second).rejects.toMatchObject({ code: "draining" });
  });
});

test("nothing of a file is in the log", async () => {
  await send("/openai/v1/files", inJson(made("everywhere.docx")));
  expect(gate.logs.join("\n")).not.toMatch(/1380000|王小明|zhang@/);
});
