// The overseas endpoint where the wire goes wrong: answers that break off, senders that break off, hostile bytes.

import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Overseas, type Seen, startOverseas } from "../src/io/overseas/overseas.ts";

let overseas: Overseas;
beforeAll(async () => {
  overseas = await startOverseas();
});
afterAll(() => overseas.close());
beforeEach(() => overseas.clear());
afterEach(async () => {
  const response = await fetch(`${overseas.url}/v1/models`); // whatever was done to it, it lives
  expect(response.status).toBe(200);
});

interface Heard {
  readonly text: string;
  readonly reads: number;
  readonly ended: "fin" | "error" | "open";
}

/** Sends bytes on a fresh socket and listens until it ends, or until it has been silent for `silentMs`. */
function say(bytes: string | Buffer, silentMs = 150, port = overseas.port): Promise<Heard> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket: Socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const done = (ended: Heard["ended"]) => {
      socket.destroy();
      resolve({ text: Buffer.concat(heard).toString(), reads: heard.length, ended });
    };
    socket.setTimeout(silentMs, () => done("open"));
    socket.on("data", (chunk) => heard.push(chunk));
    socket.on("end", () => done("fin"));
    socket.on("error", () => done("error"));
  });
}

function post(model: string, more: object = {}, path = "/v1/chat/completions"): string {
  const messages = [{ role: "user", content: "one two three four 五六七八" }];
  const body = JSON.stringify({ model, messages, ...more });
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const STREAM = { stream: true };
const deltas = (heard: Heard) => heard.text.match(/"content":"[^"]+"|text_delta/g)?.length ?? 0;

describe("answers that break off", () => {
  test.each(["/v1/chat/completions", "/v1/messages"])("streams of %s", async (path) => {
    const [stall, reset, truncate, unfinished] = await Promise.all(
      ["stall", "reset", "truncate", "unfinished"].map((model) => say(post(model, STREAM, path))),
    );
    expect([deltas(stall!), stall!.ended]).toEqual([1, "open"]);
    expect([deltas(reset!), reset!.ended]).toEqual([1, "error"]);
    expect(deltas(truncate!)).toBeGreaterThan(1);
    expect(truncate!.text).not.toContain("\r\n0\r\n\r\n");
    expect(truncate!.ended).toBe("fin");
    expect(deltas(unfinished!)).toBeGreaterThan(deltas(truncate!));
    expect(unfinished!.text.endsWith("\r\n0\r\n\r\n")).toBe(true);
    for (const heard of [stall, reset, truncate, unfinished]) {
      expect(heard!.text).toMatch(/^HTTP\/1.1 200 /);
      expect(heard!.text).not.toMatch(/\[DONE\]|message_stop|"finish_reason":"stop"|"end_turn"/);
    }
  });

  test.each([
    ["stall", "open"],
    ["reset", "error"],
    ["truncate", "fin"],
  ])("whole answers: %s sends less than content-length promises", async (model, ended) => {
    const heard = await say(post(model));
    const body = heard.text.split("\r\n\r\n")[1]!;
    const promised = Number(/content-length: (\d+)/i.exec(heard.text)![1]);
    expect(Buffer.byteLength(body)).toBeGreaterThan(10);
    expect(Buffer.byteLength(body)).toBeLessThan(promised);
    expect(heard.ended).toBe(ended);
  });

  test("stall-head: not one byte, and the request was kept", async () => {
    expect(await say(post("stall-head"))).toEqual({ text: "", reads: 0, ended: "open" });
    expect(overseas.seen).toHaveLength(1);
  });

  test("echo-cut: the writes are cut elsewhere than the events", async () => {
    const heard = await say(post("echo-cut-11", STREAM));
    const chunks = heard.text.match(/\r\n[0-9a-f]+\r\n/g)!;
    expect(chunks.length).toBeGreaterThan(30);
    expect(chunks.every((size) => Number.parseInt(size.trim(), 16) <= 64)).toBe(true);
    const whole = await say(post("echo-cut-11"));
    expect(whole.reads).toBeGreaterThan(2);
  });
});

describe("what was received is kept", () => {
  test("raw: header order and case, target, body with its encoding still on", async () => {
    const body = gzipSync(JSON.stringify({ model: "echo", messages: [{ role: "user", content: "压缩" }] }));
    const head = `POST /v1/chat/completions?a=%2F HTTP/1.1\r\nHOST: x\r\nX-b: 1\r\nx-B: 2\r\nContent-Encoding: gzip\r\n`;
    const request = Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
    const heard = await say(request);
    expect(heard.text).toContain('"content":"压缩"');
    const [seen] = overseas.seen;
    expect(seen).toMatchObject({ method: "POST", target: "/v1/chat/completions?a=%2F", whole: true });
    expect(seen!.rawHeaders.slice(0, 6)).toEqual(["HOST", "x", "X-b", "1", "x-B", "2"]);
    expect(seen!.body).toEqual(body);
  });

  test("a sender that goes away: what came is kept, and marked", async () => {
    await say(post("echo").slice(0, -10), 50);
    await expect.poll(() => overseas.seen).toHaveLength(1);
    expect(overseas.seen[0]!.whole).toBe(false);
    expect(overseas.seen[0]!.body.toString()).toContain("one two");
  });

  test("only the last N, or none; onSeen sees each before it is answered; one that throws is a 500", async () => {
    const few = await startOverseas({ record: 2 });
    const told: Seen[] = [];
    few.onSeen = (one) => told.push(one);
    for (const at of [1, 2, 3]) await fetch(`${few.url}/${at}`);
    expect(few.seen.map((one) => one.target)).toEqual(["/2", "/3"]);
    expect(told).toHaveLength(3);
    few.onSeen = () => {
      throw new Error("observer");
    };
    expect((await fetch(`${few.url}/4`)).status).toBe(500);
    few.clear();
    expect(few.seen).toEqual([]);
    await few.close();
    const none = await startOverseas({ record: 0 });
    await fetch(`${none.url}/1`);
    expect(none.seen).toEqual([]);
    await none.close();
  });
});

describe("hostile senders", () => {
  const nested = "[".repeat(200_000);
  test.each([
    ["not JSON", "{"],
    ["no model", '{"messages":[{}]}'],
    ["no messages", '{"model":"echo"}'],
    ["null", "null"],
    ["n of a million", '{"model":"echo","messages":[{}],"n":1000000}'],
    ["deep nesting", nested],
  ])("%s: 400 in the API's shape", async (_, body) => {
    for (const path of ["/v1/chat/completions", "/v1/messages"]) {
      const response = await fetch(overseas.url + path, { method: "POST", body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    }
  });

  test("deep content, odd shapes, lone surrogates and a broken encoding are survived", async () => {
    const deep = `{"model":"tool","messages":[{"role":"user","content":${"[".repeat(5e4)}${"]".repeat(5e4)}}]}`;
    const odd =
      '{"model":"echo-chars","stream":true,"messages":[1,null,{"role":"user","content":[{"text":"\\ud83d"}]}],"tools":{}}';
    for (const body of [deep, odd]) {
      const response = await fetch(`${overseas.url}/v1/chat/completions`, { method: "POST", body });
      expect(response.status).toBe(200);
      await response.text();
    }
    const headers = { "content-encoding": "gzip" };
    const broken = await fetch(`${overseas.url}/v1/messages`, { method: "POST", body: "plain", headers });
    expect(broken.status).toBe(400);
    const readable = Buffer.from('{"model":"echo","messages":[{"role":"user","content":"x"}]}');
    const bomb = gzipSync(Buffer.concat([readable, Buffer.alloc(70 * 1024 * 1024, " ")]), { level: 1 });
    const refused = await fetch(`${overseas.url}/v1/messages`, { method: "POST", body: bomb, headers });
    expect(refused.status).toBe(400);
  });

  test("random bytes on the socket, and random JSON in the body", async () => {
    await Promise.all(Array.from({ length: 20 }, () => say(randomBytes(300), 50)));
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        const body = `{"model":"echo-all","messages":[${json}],"system":${json},"tools":${json}}`;
        const response = await fetch(`${overseas.url}/v1/messages`, { method: "POST", body });
        expect([200, 400]).toContain(response.status);
        await response.text();
      }),
      { numRuns: 50 },
    );
  });

  test("a huge body streams back whole to a slow reader; over the limit is 413", async () => {
    const content = "长文 text ".repeat(100_000);
    const body = JSON.stringify({ model: "echo", stream: true, messages: [{ role: "user", content }] });
    const response = await fetch(`${overseas.url}/v1/chat/completions`, { method: "POST", body });
    const pieces = [...(await response.text()).matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]);
    expect(pieces.join("")).toBe(content);
    const huge = Buffer.alloc(65 * 1024 * 1024, 0x20);
    const status = await fetch(`${overseas.url}/v1/chat/completions`, { method: "POST", body: huge }).then(
      (answer) => answer.status,
      () => 413, // cut while it was still being sent
    );
    expect(status).toBe(413);
  });

  test("readers that go away in the middle of a stream", async () => {
    const aborts = Array.from({ length: 10 }, async () => {
      const controller = new AbortController();
      const content = "字".repeat(50_000);
      const body = JSON.stringify({ model: "echo-cut-1", stream: true, messages: [{ role: "user", content }] });
      const init = { method: "POST", body, signal: controller.signal };
      const response = await fetch(`${overseas.url}/v1/chat/completions`, init);
      await response.body!.getReader().read();
      controller.abort();
    });
    await Promise.all(aborts);
  });

  test("pipelined requests are answered in order on one connection", async () => {
    const models = ["echo", "error-500", "tool", ...Array.from({ length: 20 }, () => "echo")];
    const heard = await say(models.map((model) => post(model)).join(""));
    const statuses = [...heard.text.matchAll(/HTTP\/1.1 (\d+)/g)].map((match) => match[1]);
    expect(statuses).toEqual(models.map((model) => (model.startsWith("error") ? "500" : "200")));
    expect(heard.ended).toBe("open");
  });

  test("close cuts what is stalled and frees the port", async () => {
    const first = await startOverseas();
    const waiting = say(post("stall", STREAM), 5_000, first.port);
    await expect.poll(() => first.seen).toHaveLength(1);
    await first.close();
    expect((await waiting).ended).not.toBe("open");
    const second = await startOverseas({ port: first.port });
    await expect(startOverseas({ port: first.port })).rejects.toThrow("EADDRINUSE");
    await second.close();
  });
});

test("bench: a constant answer without a look at the rest, kept or not", async () => {
  const quiet = await startOverseas({ record: 0 });
  const body = `{"model":"bench","messages":[not even JSON ${"x".repeat(200_000)}`;
  for (const one of [quiet, overseas]) {
    const response = await fetch(`${one.url}/v1/chat/completions`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ object: "chat.completion", choices: [{ finish_reason: "stop" }] });
  }
  expect(overseas.seen[0]!.body.toString()).toBe(body);
  await quiet.close();
});
