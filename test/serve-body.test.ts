// Bodies on real sockets: whole or not at all, within the limit, in time.

import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Reply } from "../src/io/ports.ts";
import type { ServeLimits } from "../src/io/serve/server.ts";
import type { Arrival } from "../src/words.ts";
import { destination, policyOf, raw, sleep, until, World } from "./serve-world.ts";

let world = new World();
afterEach(async () => {
  await world.end();
  world = new World();
});

const LIMIT = 1_000;
const policy = policyOf([
  destination("d", "http://127.0.0.1:9", {
    limits: { bodyBytesMax: LIMIT, headersTimeoutMs: 1_000, bodyTimeoutMs: 1_000, connectTimeoutMs: 1_000 },
  }),
]);
const echo = (arrival: Arrival, reply: Reply) => reply.send(200, [], arrival.body);
const gateWith = (limits: Partial<ServeLimits> = {}) => world.gate(policy, echo, limits);
const head = (headers: string) => `POST /d/x HTTP/1.1\r\nHost: gate\r\n${headers}\r\n\r\n`;
const bodyOf = (text: string) => text.slice(text.indexOf("\r\n\r\n") + 4);

describe("whole", () => {
  test("a chunked body in 1-byte chunks, each in a packet of its own, with extensions", async () => {
    const gate = await gateWith();
    const socket = connect(gate.port, "127.0.0.1");
    socket.setNoDelay(true);
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.write(head("Transfer-Encoding: chunked"));
    for (const letter of "zhang san") {
      for (const byte of `1;ext=1\r\n${letter}\r\n`) {
        socket.write(byte);
        await sleep(0);
      }
    }
    socket.write("0\r\n\r\n");
    await until(() => text.includes("zhang san"));
    socket.destroy();
    expect(Buffer.from(gate.arrivals[0]!.body).toString()).toBe("zhang san");
  });

  test.each([0, 1, LIMIT])("a declared body of %i bytes", async (bytes) => {
    const gate = await gateWith();
    const answer = await raw(gate.port, head(`Content-Length: ${bytes}\r\nConnection: close`) + "x".repeat(bytes));
    expect(answer.status).toBe(200);
    expect(bodyOf(answer.text)).toBe("x".repeat(bytes));
  });

  test("proxy-trailer-crash: Trailer and trailers are dropped, and the process goes on", async () => {
    const gate = await gateWith();
    const answer = await raw(
      gate.port,
      head("Trailer: X-Secret\r\nTransfer-Encoding: chunked\r\nConnection: close") +
        "3\r\nabc\r\n0\r\nX-Secret: 13812345678\r\n\r\n",
    );
    expect([answer.status, bodyOf(answer.text)]).toEqual([200, "abc"]);
    expect(JSON.stringify(gate.arrivals[0]!.headers)).not.toMatch(/trailer|secret/i);
  });

  test("two requests on one connection, the second already sent", async () => {
    const gate = await gateWith();
    const one = head("Content-Length: 3") + "one";
    const two = head("Content-Length: 3\r\nConnection: close") + "two";
    const answer = await raw(gate.port, one + two);
    expect(answer.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(answer.text.indexOf("one")).toBeLessThan(answer.text.indexOf("two"));
  });

  test("100-continue is answered only after the head passed", async () => {
    const gate = await gateWith();
    const expecting = "Expect: 100-continue\r\nConnection: close\r\nContent-Length: ";
    const good = await raw(gate.port, head(expecting + "3") + "abc");
    expect(good.text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
    const bad = await raw(gate.port, head(expecting + "3\r\nX-Yumen-Key: wrong"));
    expect(bad.text).toMatch(/^HTTP\/1\.1 401/);
    const large = await raw(gate.port, head(expecting + (LIMIT + 1)));
    expect(large.text).toMatch(/^HTTP\/1\.1 413/);
  });
});

describe("refused, and on record once", () => {
  test("a declared length over the limit, before a byte of it is read", async () => {
    const gate = await gateWith();
    const answer = await raw(gate.port, head("Content-Length: 1000000000"));
    expect([answer.status, answer.ended]).toEqual([413, "fin"]);
    expect(gate.failures.map((f) => f.error.code)).toEqual(["body_too_large"]);
    expect(gate.failures[0]!.head).toMatchObject({ caller: "local", destination: "d", method: "POST" });
  });

  test("a caller that reads only when it has sent all is still able to read the 413", async () => {
    const gate = await gateWith();
    const socket = connect(gate.port, "127.0.0.1");
    const errors: Error[] = [];
    let text = "";
    socket.on("error", (error) => errors.push(error));
    socket.pause();
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.pause();
    socket.write(head("Content-Length: 3000000"));
    for (let i = 0; i < 30; i++) {
      socket.write(Buffer.alloc(100_000, "x"));
      await sleep(5);
    }
    socket.resume();
    await until(() => text.includes("body_too_large"));
    expect(errors).toEqual([]);
    socket.destroy();
  });

  test("a chunked body at the byte that is too many", async () => {
    const gate = await gateWith();
    const exact = `${LIMIT.toString(16)}\r\n${"x".repeat(LIMIT)}\r\n`;
    const fits = await raw(gate.port, head("Transfer-Encoding: chunked\r\nConnection: close") + exact + "0\r\n\r\n");
    expect(fits.status).toBe(200);
    const over = await raw(gate.port, head("Transfer-Encoding: chunked") + exact + "1\r\nx\r\n");
    expect([over.status, over.ended]).toEqual([413, "fin"]);
    expect(gate.failures).toHaveLength(1);
  });

  test("a body that does not come in time: 408", async () => {
    const gate = await gateWith({ headTimeoutMs: 100, bodyTimeoutMs: 100 });
    const answer = await raw(gate.port, head("Content-Length: 10") + "12345", 3_000);
    expect([answer.status, answer.ended]).toEqual([408, "fin"]);
    expect(gate.failures.map((f) => f.error.code)).toEqual(["request_timeout"]);
    expect(gate.refused).toEqual([]);
  });

  test("a head that does not come in time: 408, before authentication", async () => {
    const gate = await gateWith({ headTimeoutMs: 100, bodyTimeoutMs: 100 });
    const answer = await raw(gate.port, "POST /d/x HTTP/1.1\r\nHost: g", 3_000);
    expect([answer.status, answer.ended]).toEqual([408, "fin"]);
    expect([gate.refused, gate.failures]).toEqual([["request_timeout"], []]);
  });

  test("a connection that says nothing is closed without being counted", async () => {
    const gate = await gateWith({ headTimeoutMs: 100, bodyTimeoutMs: 100 });
    const answer = await raw(gate.port, "", 3_000);
    expect([answer.text, answer.ended]).toEqual(["", "fin"]);
    expect(gate.refused).toEqual([]);
  });

  test.each([
    ["a chunk size that is no number", "0x3\r\nabc\r\n0\r\n\r\n"],
    ["a chunk longer than it says", "3\r\nabcd\r\n0\r\n\r\n"],
    ["bare LF between chunks", "3\nabc\n0\n\n"],
    ["a chunk size that overflows", "fffffffffffffffff\r\nabc"],
  ])("%s", async (_name, body) => {
    const gate = await gateWith();
    const answer = await raw(gate.port, head("Transfer-Encoding: chunked") + body);
    expect([answer.status, answer.ended]).toEqual([400, "fin"]);
    expect(gate.failures.map((f) => f.error.code)).toEqual(["request_malformed"]);
    expect(gate.arrivals).toEqual([]);
  });

  test("the caller leaves in the middle of the body", async () => {
    const gate = await gateWith();
    const socket = connect(gate.port, "127.0.0.1");
    socket.write(head("Content-Length: 10") + "12345");
    await sleep(50);
    socket.resetAndDestroy();
    await until(() => gate.failures.length === 1);
    expect(gate.failures[0]!.error.code).toBe("request_malformed");
    expect(gate.arrivals).toEqual([]);
  });

  test("an unknown destination", async () => {
    const gate = await gateWith();
    const answer = await raw(gate.port, "GET /nowhere/x HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n");
    expect(answer.status).toBe(404);
    expect(gate.failures[0]).toMatchObject({ head: { destination: null }, error: { code: "destination_unknown" } });
  });
});
