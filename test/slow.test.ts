// Bodies that do not come are cut off, and nobody else is: each sentence of io/admin/slow.ts.

import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cutSlowBodies } from "../src/io/admin/slow.ts";

const BODY_MS_MAX = 80;
let app: FastifyInstance;
let port = 0;
beforeAll(async () => {
  app = Fastify({ forceCloseConnections: true });
  cutSlowBodies(app, BODY_MS_MAX);
  app.post("/json", async ({ body }) => ({ body }));
  // a scope with a parser of its own, as webhooks have
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.post("/hook", async ({ body }) => ({ bytes: (body as Buffer).length }));
  });
  app.post("/late", async () => {
    await pause(2 * BODY_MS_MAX);
    return { late: true };
  });
  app.post("/lines", { config: { streams: true } }, async ({ raw }) => {
    let bytes = 0;
    for await (const chunk of raw) bytes += (chunk as Buffer).length;
    return { bytes };
  });
  app.addContentTypeParser("application/x-ndjson", (_request, _payload, done) => done(null));
  await app.listen({ port: 0, host: "127.0.0.1" });
  port = (app.server.address() as { port: number }).port;
});
afterAll(() => app.close());

async function opened(path: string, head: string) {
  const socket: Socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.on("error", () => {});
  const startedMs = performance.now();
  const closed = new Promise<number>((resolve) => socket.on("close", () => resolve(performance.now() - startedMs)));
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n`);
  return { socket, closed, said: () => text };
}
const until = async (holds: () => boolean) => {
  const end = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error("it did not come true");
    await pause(5);
  }
};
const JSON_10 = "content-type: application/json\r\ncontent-length: 10";

test.concurrent.each([
  ["that was announced and never comes", "/json", JSON_10, ""],
  ["that stays away after its beginning", "/json", JSON_10, '{"a"'],
  ["in chunks without an end", "/json", "content-type: application/json\r\ntransfer-encoding: chunked", '3\r\n{"a\r\n'],
  ["of a webhook", "/hook", "content-type: text/plain\r\ncontent-length: 10", "abc"],
])("a body %s is cut off in time", async (_what, path, head, sent) => {
  const { socket, closed, said } = await opened(path, head);
  socket.write(sent);
  const afterMs = await closed;
  expect([afterMs > BODY_MS_MAX * 0.8, afterMs < 4_000]).toEqual([true, true]);
  expect(said()).not.toContain("200 OK");
});

test.concurrent("one that trickles is cut off by its age, however steadily it comes", async () => {
  const { socket, closed } = await opened("/hook", "content-type: text/plain\r\ncontent-length: 10000");
  const timer = setInterval(() => socket.write("x"), 20);
  const afterMs = await closed;
  clearInterval(timer);
  expect(afterMs).toBeLessThan(4_000);
});

test.concurrent("one that came whole is not: neither while its answer takes long, nor on a connection that is kept", async () => {
  const { socket, said } = await opened("/late", `${JSON_10}\r\n\r\n{"a":12345`.replace('{"a":12345', '{"a":1234}'));
  await until(() => said().includes('{"late":true}'));
  socket.write(`POST /json HTTP/1.1\r\nhost: x\r\n${JSON_10}\r\n\r\n{"a":1234}`);
  await until(() => said().includes('{"body":{"a":1234}}'));
  socket.destroy();
});

test.concurrent("a request without a body waits for none, and lines that are streamed are the route's own to time", async () => {
  const none = await fetch(`http://127.0.0.1:${port}/late`, { method: "POST" });
  expect(await none.json()).toEqual({ late: true });
  const { socket, said } = await opened("/lines", "content-type: application/x-ndjson\r\ncontent-length: 4");
  socket.write("ab");
  await pause(3 * BODY_MS_MAX);
  socket.write("cd");
  await until(() => said().includes('{"bytes":4}'));
  socket.destroy();
});
