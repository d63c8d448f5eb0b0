// The way back on real sockets: what ends abnormally must look so, a slow reader must not fill memory, drain must end.

import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Reply } from "../src/io/ports.ts";
import { destination, policyOf, raw, sleep, until, World } from "./serve-world.ts";

let world = new World();
afterEach(async () => {
  await world.end();
  world = new World();
});

const policy = policyOf([destination("d", "http://127.0.0.1:9")]);
const GET = "GET /d/x HTTP/1.1\r\nHost: g\r\n\r\n";
const CLOSE = "GET /d/x HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n";
const gateWith = (act: (reply: Reply) => void, limits = {}) => world.gate(policy, (_a, reply) => act(reply), limits);

test("duplicate headers go out apart", async () => {
  const gate = await gateWith((reply) => {
    reply.head(200, ["set-cookie", "a=1", "set-cookie", "b=2"]);
    reply.end(Buffer.from("x"));
  });
  const { text } = await raw(gate.port, CLOSE);
  expect(text.match(/set-cookie: /g)).toHaveLength(2);
});

describe("answers without a body", () => {
  const ask = (port: number, method: string) =>
    raw(port, `${method} /d/x HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n`);
  const both = [
    ["sent whole", (reply: Reply) => reply.send(403, [], Buffer.from("blocked"))],
    [
      "streamed",
      (reply: Reply) => {
        reply.head(403, ["content-length", "7"]);
        reply.data(Buffer.from("blocked"));
        reply.end(Buffer.from("!"));
      },
    ],
  ] as const;
  test.each(both)("HEAD keeps the length and drops the body, %s", async (_name, act) => {
    const answer = await ask((await gateWith(act)).port, "HEAD");
    expect([answer.status, answer.ended]).toEqual([403, "fin"]);
    expect(answer.text.toLowerCase()).toMatch(/content-length: 7\r\n[\s\S]*\r\n\r\n$/);
  });

  test.each([204, 304])("%i", async (status) => {
    const answer = await ask((await gateWith((reply) => reply.send(status, [], Buffer.from("x")))).port, "GET");
    expect([answer.status, answer.ended]).toEqual([status, "fin"]);
    expect(answer.text).toMatch(/\r\n\r\n$/);
  });

  test("a refused HEAD", async () => {
    const gate = await gateWith(() => {});
    const answer = await raw(gate.port, "HEAD /d/../x HTTP/1.1\r\nHost: g\r\n\r\n");
    expect([answer.status, answer.ended]).toEqual([400, "fin"]);
    expect(answer.text).toMatch(/\r\n\r\n$/);
  });
});

describe("an answer's pieces arrive in order, whole", () => {
  test.each([
    ["one, with its end", ["abc"], undefined],
    ["one, and an empty last", ["abc"], ""],
    ["one, and a last", ["ab"], "c"],
    ["several in a turn", ["a", "b", "c"], undefined],
    ["only a last", [], "abc"],
  ])("%s", async (_name, pieces, last) => {
    const gate = await gateWith((reply) => {
      reply.head(200, ["content-length", "3"]);
      for (const piece of pieces) reply.data(Buffer.from(piece));
      reply.end(last === undefined ? undefined : Buffer.from(last));
    });
    const { text, ended } = await raw(gate.port, CLOSE);
    expect([text.slice(text.indexOf("\r\n\r\n")), ended]).toEqual(["\r\n\r\nabc", "fin"]);
  });

  test("the first is not kept back until there is a second", async () => {
    const gate = await gateWith((reply) => {
      reply.head(200, ["content-type", "text/event-stream"]);
      reply.data(Buffer.from("data: 1\n\n"));
    });
    const socket = connect(gate.port, "127.0.0.1");
    world.later(() => socket.destroy());
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.write(GET);
    await until(() => text.includes("data: 1"));
  });
});

describe("abnormal ends", () => {
  test("destroy resets without a terminating chunk, after what was written", async () => {
    const gate = await gateWith((reply) => {
      reply.head(200, ["content-type", "text/event-stream"]);
      reply.data(Buffer.from("data: 1\n\n"));
      reply.destroy();
    });
    const answer = await raw(gate.port, GET);
    expect(answer.ended).toBe("reset");
    expect(answer.text).toContain("data: 1");
    expect(answer.text).not.toContain("\r\n0\r\n");
  });

  test("destroy does not wait for a slow reader", async () => {
    const total = 30_000_000;
    const gate = await gateWith((reply) => {
      reply.head(200, []);
      reply.data(Buffer.alloc(total, "x"));
      reply.destroy();
    });
    let bytes = 0;
    let closed = false;
    const socket: Socket = connect(gate.port, "127.0.0.1", () => socket.write(GET));
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      closed = true;
    });
    socket.pause();
    await until(() => gate.arrivals.length === 1);
    await sleep(150);
    socket.resume();
    await until(() => closed);
    expect(bytes).toBeLessThan(total);
  });

  test("an answer without a length, to an HTTP/1.0 caller, ends in a reset too", async () => {
    const gate = await gateWith((reply) => {
      reply.head(200, []);
      reply.data(Buffer.from("part"));
      setTimeout(() => reply.destroy(), 20);
    });
    const answer = await raw(gate.port, "GET /d/x HTTP/1.0\r\nHost: g\r\n\r\n");
    expect([answer.ended, answer.text.endsWith("part")]).toEqual(["reset", true]);
  });

  test.each([
    [
      "more bytes than content-length",
      (reply: Reply) => {
        reply.head(200, ["content-length", "2"]);
        reply.data(Buffer.from("HTTP/1.1 200 smuggled"));
        reply.end();
      },
    ],
    [
      "fewer bytes than content-length",
      (reply: Reply) => {
        reply.head(200, ["content-length", "20"]);
        reply.data(Buffer.from("short"));
        reply.end();
      },
    ],
    [
      "a header that cannot be sent",
      (reply: Reply) => {
        reply.head(200, ["x", "a\r\nb"]);
        reply.end();
      },
    ],
  ] as const)("%s: an error at the caller, never a clean answer", async (_name, act) => {
    const gate = await gateWith(act);
    const answer = await raw(gate.port, GET);
    expect(answer.ended).toBe("reset");
    expect(answer.text).not.toContain("smuggled");
  });

  test("a callback that throws is a 500 with the decision's id, and the process goes on", async () => {
    const gate = await gateWith(() => {
      throw new Error("13812345678");
    });
    const answer = await raw(gate.port, CLOSE);
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("x-yumen-decision: dec_0");
    expect(answer.text).not.toContain("138");
    expect(gate.faults).toHaveLength(1);
  });

  test("calls after the end, or after the caller left, do nothing", async () => {
    const replies: Reply[] = [];
    const gate = await gateWith((reply) => replies.push(reply));
    const socket = connect(gate.port, "127.0.0.1", () => socket.write(GET));
    await until(() => replies.length === 1);
    socket.destroy();
    await sleep(50);
    for (const reply of replies) {
      reply.head(200, []);
      reply.data(Buffer.from("x"));
      reply.end();
      reply.end();
      reply.destroy();
      reply.send(200, [], Buffer.from("x"));
    }
    expect(gate.faults).toEqual([]);
  });
});

describe("an idle connection", () => {
  /** Sends a request at each of `atMs`. @returns the bytes that came and when the other side ended it. */
  const keep = (port: number, atMs: readonly number[]) =>
    new Promise<{ text: string; endedMs: number }>((resolve) => {
      const started = performance.now();
      const socket = connect(port, "127.0.0.1");
      world.later(() => socket.destroy());
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve({ text, endedMs: performance.now() - started }));
      for (const ms of atMs) setTimeout(() => socket.write(GET), ms);
    });

  test("is told how long it is kept, is kept so long from its last request, and then ended", async () => {
    const gate = await gateWith((reply) => reply.send(200, [], Buffer.from("ok")), { idleTimeoutMs: 400 });
    const once = keep(gate.port, [0]);
    const twice = keep(gate.port, [0, 300, 600]);
    const [first, second] = await Promise.all([once, twice]);
    expect(first.text).toContain("Keep-Alive: timeout=0\r\n");
    expect(first.endedMs).toBeGreaterThanOrEqual(390);
    expect(second.text.match(/200 OK/g)).toHaveLength(3);
    expect(second.endedMs).toBeGreaterThanOrEqual(990);
  });

  test("is none while an answer is under way, however long", async () => {
    const replies: Reply[] = [];
    const gate = await gateWith((reply) => void replies.push(reply), { idleTimeoutMs: 80, stallTimeoutMs: 120 });
    const { endedMs, text } = await Promise.all([
      keep(gate.port, [0]),
      sleep(500).then(() => replies[0]!.send(200, [], Buffer.from("late"))),
    ]).then(([kept]) => kept);
    expect(text).toContain("late");
    expect(endedMs).toBeGreaterThanOrEqual(550);
  });

  test("may be quiet again after an answer that a slow reader took in the end", async () => {
    const limits = { idleTimeoutMs: 5_000, stallTimeoutMs: 300 };
    const big = Buffer.alloc(8 * 1024 * 1024, "x");
    const gate = await gateWith((reply) => reply.send(200, [], big), limits);
    const socket = connect(gate.port, "127.0.0.1");
    world.later(() => socket.destroy());
    let bytes = 0;
    let closed = false;
    socket.on("close", () => {
      closed = true;
    });
    socket.pause();
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    socket.pause();
    socket.write(GET);
    await sleep(100);
    socket.resume();
    await until(() => bytes > big.length);
    await sleep(700);
    expect(closed).toBe(false);
  });
});

test("onClose runs once when the caller leaves, also for pipelined requests, and never after the end", async () => {
  const left: string[] = [];
  const replies: Reply[] = [];
  const gate = await gateWith((reply) => {
    const name = String(replies.push(reply));
    reply.onClose(() => left.push(name));
  });
  const socket = connect(gate.port, "127.0.0.1", () => socket.write(GET + GET + GET));
  await until(() => replies.length === 3);
  replies[0]!.send(200, [], Buffer.from("x"));
  await sleep(20);
  socket.resetAndDestroy();
  await until(() => left.length === 2);
  expect(left).toEqual(["2", "3"]);
  let late = false;
  replies[1]!.onClose(() => {
    late = true;
  });
  expect(late).toBe(true);
});

describe("a slow reader", () => {
  const CHUNK = Buffer.alloc(64 * 1024, "x");
  const COUNT = 400;

  /** Writes COUNT chunks, each only when allowed. */
  function pour(reply: Reply, state: { sent: number; left: boolean }): void {
    reply.head(200, []);
    const go = () => {
      while (state.sent < COUNT) {
        state.sent++;
        if (!reply.data(CHUNK)) return;
      }
      reply.end();
    };
    reply.onDrain(go);
    reply.onClose(() => {
      state.left = true;
    });
    go();
  }

  test("stops the writer, and gets everything once it reads", async () => {
    const state = { sent: 0, left: false };
    const gate = await gateWith((reply) => pour(reply, state));
    let bytes = 0;
    const socket: Socket = connect(gate.port, "127.0.0.1", () => socket.write(CLOSE));
    socket.pause();
    await until(() => state.sent > 0);
    await sleep(200);
    const stopped = state.sent;
    expect(stopped).toBeLessThan(COUNT / 2);
    await sleep(100);
    expect(state.sent).toBe(stopped);
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    socket.resume();
    await until(() => bytes > COUNT * CHUNK.length, 10_000);
    expect(state.sent).toBe(COUNT);
  });

  test("that never reads is cut off", async () => {
    const state = { sent: 0, left: false };
    const gate = await gateWith((reply) => pour(reply, state), { stallTimeoutMs: 150 });
    const socket: Socket = connect(gate.port, "127.0.0.1", () => socket.write(GET));
    socket.pause();
    await until(() => state.left);
    expect(state.sent).toBeLessThan(COUNT);
    socket.destroy();
  });
});

describe("drain", () => {
  test("lets what is in flight end, with Connection: close, and takes no new connection", async () => {
    const replies: Reply[] = [];
    const gate = await gateWith((reply) => replies.push(reply));
    const answer = raw(gate.port, GET);
    await until(() => replies.length === 1);
    const drained = gate.server.drain(5_000);
    await expect(raw(gate.port, GET)).resolves.toMatchObject({ status: 0 });
    replies[0]!.send(200, [], Buffer.from("done"));
    expect((await answer).text).toMatch(/connection: close[\s\S]*done$/i);
    await drained;
  });

  test("does not cut an answer that a slow reader has not taken yet", async () => {
    const big = Buffer.alloc(12_000_000, "x");
    const gate = await gateWith((reply) => reply.send(200, [], big));
    let bytes = 0;
    const socket: Socket = connect(gate.port, "127.0.0.1", () => socket.write(GET));
    socket.pause();
    await until(() => gate.arrivals.length === 1);
    const drained = gate.server.drain(10_000);
    await sleep(150);
    socket.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    socket.resume();
    await drained;
    await until(() => bytes > big.length);
  });

  test("closes idle connections at once and ends running streams abnormally after the timeout", async () => {
    const gate = await gateWith((reply) => {
      reply.head(200, []);
      reply.data(Buffer.from("data: 1\n\n"));
    });
    const stream = raw(gate.port, GET, 5_000);
    const idle = raw(gate.port, "", 5_000);
    await until(() => gate.arrivals.length === 1);
    const beganMs = performance.now();
    await gate.server.drain(300);
    expect(performance.now() - beganMs).toBeGreaterThan(250);
    expect(await stream).toMatchObject({ ended: "reset" });
    expect((await stream).text).not.toContain("\r\n0\r\n");
    expect(await idle).toMatchObject({ ended: "fin" });
  });
});
