// Bytes nobody thought of, on both sides. An exception that escapes ends the test run: that is the assertion.

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDialer } from "../src/io/dial/dialer.ts";
import type { Dialer } from "../src/io/ports.ts";
import { destination, type Gate, policyOf, raw, until, World } from "./serve-world.ts";

const world = new World();
let gate: Gate;
let dialer: Dialer;
let answer: Buffer = Buffer.alloc(0);

beforeAll(async () => {
  const recipient = await world.tcp((socket) => socket.once("data", () => socket.end(answer)));
  const policy = policyOf([destination("d", recipient.url)]);
  dialer = createDialer(() => policy);
  world.later(() => dialer.close());
  gate = await world.gate(policy, (arrival, reply) => reply.send(200, [], arrival.body));
});
afterAll(() => world.end());

const REQUEST = "POST /d/x HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
const ANSWER = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

/** The text with some bytes replaced, doubled or cut out. */
function mangled(text: string): fc.Arbitrary<Buffer> {
  const token = fc.constantFrom("\r\n", "\n", "\0", " ", ":", "chunked", "Content-Length: 5\r\n", "%2e", "\xff", "");
  const edit = fc.tuple(fc.nat(text.length), fc.nat(4), token);
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    let out = text;
    for (const [at, length, put] of edits) out = out.slice(0, at) + put + out.slice(at + length);
    return Buffer.from(out, "latin1");
  });
}

test("one request never ends the process: answered, refused or waited for, never a fault", async () => {
  await fc.assert(
    fc.asyncProperty(mangled(REQUEST), async (bytes) => {
      const result = await raw(gate.port, bytes, 25);
      expect([0, 200, 400, 401, 404, 405, 431]).toContain(result.status);
    }),
    { numRuns: 150 },
  );
  expect(gate.faults).toEqual([]);
  expect((await raw(gate.port, REQUEST, 100)).status).toBe(200);
});

test("whatever a recipient answers, the sink hears one end", async () => {
  await fc.assert(
    fc.asyncProperty(mangled(ANSWER), async (bytes) => {
      answer = bytes;
      const heard: string[] = [];
      const request = { destination: "d", method: "POST", path: "/", headers: [], body: Buffer.from("x") };
      dialer.dial(request, {
        head: () => void heard.push("head"),
        data: () => true,
        end: () => void heard.push("over"),
        fail: () => void heard.push("over"),
      });
      await until(() => heard.includes("over"));
      expect(["over", "head,over"]).toContain(heard.join());
    }),
    { numRuns: 150 },
  );
});
