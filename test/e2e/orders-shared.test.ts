// One file stops a fleet: real gates, each a process with its own data, told by nothing but a folder that both read.

import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chat, type Gate, startGate } from "./gate.ts";

let root: string;
let shared: string;
let gates: Gate[] = [];
const dataOf = (i: number) => join(root, `gate-${i}`);
const start = async (count = 2) => {
  const all = Array.from({ length: count }, (_, i) => startGate(dataOf(i), ["--demo", "--orders", shared]));
  gates = await Promise.all(all);
};
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "yumen-fleet-"));
  shared = join(root, "orders");
  mkdirSync(shared);
  writeFileSync(join(shared, ".orders"), "");
});
afterEach(async () => {
  await Promise.all(gates.map((gate) => gate.kill()));
  rmSync(root, { recursive: true, force: true });
});

const codeOf = async (gate: Gate) => {
  const answer = (await (await chat(gate, "你好")).json()) as { error?: { code: string } };
  return answer.error?.code ?? "passed";
};
const codes = () => Promise.all(gates.map(codeOf));
const SHUT = ["prohibited_x4", "prohibited_x4"];
const OPEN = ["passed", "passed"];

/** How long each gate took until its answers said so. */
async function until(code: string): Promise<number[]> {
  const began = performance.now();
  const each = gates.map(async (gate) => {
    while ((await codeOf(gate)) !== code) {
      if (performance.now() - began > 5_000) throw new Error(`not ${code} after five seconds`);
      await pause(10);
    }
    return performance.now() - began;
  });
  return Promise.all(each);
}

test("one file: both gates refuse within a second, and after kill -9 from their first answer on", async () => {
  await start();
  expect(await codes()).toEqual(OPEN);
  writeFileSync(join(shared, "recipient-openai"), "");
  for (const ms of await until("prohibited_x4")) expect(ms).toBeLessThan(1_000);
  await Promise.all(gates.map((gate) => gate.kill()));
  await start();
  expect(await codes()).toEqual(SHUT);
});

test("a file that came while both were down; gone again, what each wrote down stands by itself", async () => {
  await start();
  await Promise.all(gates.map((gate) => gate.stop()));
  writeFileSync(
    join(shared, "order.json"),
    '{"of":"exporter","target":"example-retail","reason":"drill","order":"A-1"}',
  );
  await start();
  expect(await codes()).toEqual(SHUT);
  rmSync(join(shared, "order.json"));
  await pause(700);
  expect(await codes()).toEqual(SHUT);
  await Promise.all(gates.map((gate) => gate.kill()));
  await start();
  expect(await codes()).toEqual(SHUT);
});

test("the share is gone: everything is shut within a second, as long as that lasts, and nothing stays behind", async () => {
  await start();
  renameSync(shared, `${shared}-away`);
  for (const ms of await until("prohibited_x4")) expect(ms).toBeLessThan(1_000);
  // an empty mount point is not the share
  mkdirSync(shared);
  await pause(1_100);
  expect(await codes()).toEqual(SHUT);
  for (const gate of gates) expect(gate.output().match(/orders_unreadable/g)).toHaveLength(1);
  rmSync(shared, { recursive: true });
  renameSync(`${shared}-away`, shared);
  await until("passed");
  await Promise.all(gates.map((gate) => gate.stop()));
  await start();
  expect(await codes()).toEqual(OPEN);
});

test("each gate's own folder goes on beside it, and is its own", async () => {
  await start();
  writeFileSync(join(dataOf(0), "suspend", "all"), "");
  const [first, second] = gates as [Gate, Gate];
  while ((await codeOf(first)) === "passed") await pause(10);
  await pause(700);
  expect([await codeOf(first), await codeOf(second)]).toEqual(["prohibited_x4", "passed"]);
  writeFileSync(join(shared, "all"), "");
  await until("prohibited_x4");
  expect(readFileSync(join(shared, "all"), "utf8")).toBe("");
});
