// io/serve and io/dial joined by a gate that lets everything pass: what holds from end to end.

import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { credentialHeaders, forwardedHeaders } from "../src/flow/headers.ts";
import { createDialer } from "../src/io/dial/dialer.ts";
import type { GateError } from "../src/io/errors.ts";
import { destination, type Gate, policyOf, raw, sleep, until, World } from "./serve-world.ts";

let world = new World();
afterEach(async () => {
  await world.end();
  world = new World();
});

/** onArrival → dial → reply, as short as it can be. */
async function relayTo(url: string): Promise<Gate> {
  const open = destination("d", url);
  const policy = policyOf([open]);
  const dialer = createDialer(() => policy);
  world.later(() => Promise.race([dialer.close(), sleep(500)]));
  return world.gate(policy, (arrival, reply) => {
    const headers = [...forwardedHeaders(arrival.headers, open), ...credentialHeaders(arrival.headers, open)];
    const { method, target, body } = arrival;
    const handle = dialer.dial(
      { destination: "d", method, path: target, headers, body },
      {
        head: (status, pairs) => reply.head(status, pairs),
        data: (chunk) => reply.data(chunk),
        end: () => reply.end(),
        fail(error) {
          if (reply.headersSent) reply.destroy();
          else reply.send((error as GateError).status, [], Buffer.from((error as GateError).code));
        },
      },
    );
    reply.onDrain(() => handle.resume());
    reply.onClose(() => handle.abort());
  });
}

const post = (headers = "", body = "hello") =>
  `POST /d/v1/x?y=1 HTTP/1.1\r\nHost: g\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;

test("only what may leave reaches the recipient, framed anew", async () => {
  let seen: readonly string[] = [];
  let url = "";
  const target = await world.http((req, res) => {
    seen = req.rawHeaders.map((text) => text.toLowerCase());
    url = String(req.url);
    req.pipe(res);
  });
  const gate = await relayTo(target.url);
  const answer = await raw(
    gate.port,
    "POST /d/v1/x?y=1 HTTP/1.1\r\nHost: g\r\nTrailer: X-T\r\nX-Yumen-Subject: id:7\r\nAuthorization: Bearer k\r\nX-Inner: 1\r\n" +
      "Cookie: a=1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nhi\r\n0\r\nX-T: 1\r\n\r\n",
  );
  expect([answer.status, url]).toEqual([200, "/v1/x?y=1"]);
  expect(seen.filter((_, i) => i % 2 === 0)).toEqual(["host", "connection", "authorization", "content-length"]);
  expect(seen).toContain(new URL(target.url).host);
});

test("the caller goes away: the recipient's side is cancelled", async () => {
  let closed = false;
  const { url } = await world.http((req, res) => {
    res.write("data: 1\n\n");
    req.socket.on("close", () => {
      closed = true;
    });
  });
  const gate = await relayTo(url);
  let text = "";
  const socket = connect(gate.port, "127.0.0.1", () => socket.write(post()));
  socket.on("data", (chunk: Buffer) => {
    text += chunk;
  });
  await until(() => text.includes("data: 1"));
  socket.destroy();
  await until(() => closed);
});

test("the recipient is cut: the caller sees it", async () => {
  const { url } = await world.tcp((socket) => {
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      setTimeout(() => socket.end(), 30);
    });
  });
  const answer = await raw((await relayTo(url)).port, post());
  expect([answer.status, answer.ended]).toEqual([200, "reset"]);
  expect(answer.text).toContain("abc");
  expect(answer.text).not.toContain("\r\n0\r\n");
});

test("a slow reader holds the recipient back: what is buffered stays bounded", async () => {
  const total = 60_000_000;
  let written = 0;
  const chunk = Buffer.alloc(100_000, "x");
  const { url } = await world.http((_req, res) => {
    const go = () => {
      while (written < total) {
        written += chunk.length;
        if (!res.write(chunk)) return;
      }
      res.end();
    };
    res.on("drain", go);
    go();
  });
  const gate = await relayTo(url);
  let read = 0;
  const socket: Socket = connect(gate.port, "127.0.0.1", () => socket.write(post("Connection: close\r\n")));
  socket.pause();
  socket.on("data", (data: Buffer) => {
    read += data.length;
  });
  socket.pause();
  await until(() => written > 0);
  await sleep(400);
  const held = written;
  expect(held).toBeLessThan(total / 2); // the kernel's four socket buffers, no more
  await sleep(100);
  expect(written).toBe(held);
  socket.resume();
  await until(() => read > total, 10_000);
});
