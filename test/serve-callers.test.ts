import { expect, test } from "vitest";
import { authenticate, isLoopback } from "../src/io/serve/callers.ts";
import { Failures } from "../src/io/serve/failures.ts";
import { caller, destination, KEY, policyOf, raw, World } from "./serve-world.ts";

const policy = policyOf([], [caller("a", ["key-1", "key-2"]), caller("b", ["key-3"]), caller("here", [])]);

test.each([
  ["key-1", "10.0.0.1", false, "a"],
  ["key-2", "10.0.0.1", true, "a"],
  ["key-3", "127.0.0.1", false, "b"],
  ["key-4", "10.0.0.1", false, null],
  ["key-4", "127.0.0.1", false, null],
  ["", "127.0.0.1", false, null],
  [null, "127.0.0.1", false, "here"],
  [null, "127.8.8.8", false, "here"],
  [null, "::1", false, "here"],
  [null, "::ffff:127.0.0.1", false, "here"],
  [null, "127.0.0.1", true, null],
  [null, "10.0.0.1", false, null],
  [null, "::ffff:10.0.0.1", false, null],
  [null, undefined, false, null],
] as const)("key %j from %s, relayed %s: %s", (key, address, relayed, expected) => {
  expect(authenticate(policy, key, address, relayed)).toBe(expected);
});

test("without a keyless caller in policy loopback is nobody", () => {
  expect(authenticate(policyOf([], [caller("a", ["k"])]), null, "127.0.0.1", false)).toBeNull();
});

test("an address that only looks like loopback is not", () => {
  expect(["127.evil", "1270.0.0.1", "::12", "10.127.0.1"].map(isLoopback)).toEqual([true, false, false, false]);
});

test("failures: a burst, then one every few seconds, and no more addresses than allowed", () => {
  const failures = new Failures(3, 1, 10);
  expect([1, 2, 3, 4].map(() => failures.spend("a", 0))).toEqual([true, true, true, false]);
  expect(failures.spend("b", 0)).toBe(true);
  expect(failures.spend("a", 500)).toBe(false);
  expect(failures.spend("a", 1_500)).toBe(true);
  expect(failures.spend("a", -9e15)).toBe(false);
  for (let i = 0; i < 1_000; i++) failures.spend("x" + i, 0);
  expect(failures.size).toBe(10);
});

test("wrong keys: 401, then 429, while the right key is never locked out", async () => {
  const world = new World();
  const gate = await world.gate(policyOf([destination("d", "http://127.0.0.1:9")]), (_a, reply) =>
    reply.send(200, [], Buffer.from("ok")),
  );
  const ask = (key: string) =>
    raw(gate.port, `GET /d/x HTTP/1.1\r\nHost: g\r\nX-Yumen-Key: ${key}\r\nConnection: close\r\n\r\n`);
  const statuses: number[] = [];
  for (let i = 0; i < 25; i++) statuses.push((await ask("wrong-" + i)).status);
  expect(statuses.slice(0, 20).every((s) => s === 401)).toBe(true);
  expect(statuses.slice(20).every((s) => s === 429)).toBe(true);
  expect((await ask(KEY)).status).toBe(200);
  expect(gate.arrivals[0]).toMatchObject({ caller: "app", destination: "d", target: "/x" });
  const relayed = await raw(gate.port, "GET /d/x HTTP/1.1\r\nHost: g\r\nX-Forwarded-For: 8.8.8.8\r\n\r\n");
  expect(relayed.text).toContain("rate_limited");
  expect(gate.refused).toHaveLength(26);
  await world.end();
});
