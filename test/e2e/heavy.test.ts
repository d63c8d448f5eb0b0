// Bodies of 8 MB over real sockets and through real threads: the main thread reads none of them, small requests go on
// beside them, and whatever ends a thread ends one crossing.

import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inspect as inspectText } from "node:util";
import type { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { GateError } from "../../src/io/errors.ts";
import { LIGHT_BYTES } from "../../src/io/heavy/heft.ts";
import { Thread } from "../../src/io/heavy/thread.ts";
import { openKeys } from "../../src/io/keys.ts";
import { readEntries } from "../../src/io/ledger/read.ts";
import { freshData, startGate, yumen } from "./gate.ts";
import { pointPolicies } from "./policies.ts";
import { type Inside, OK, openInside, type Recipient, request, startRecipient } from "./recipient.ts";

const seenHere = vi.hoisted(() => ({
  bodies: [] as number[],
  workers: [] as Worker[],
  asked: [] as string[],
  limits: {} as object,
}));
vi.mock("../../src/gate.ts", async (original) => {
  const gate = await original<typeof import("../../src/gate.ts")>();
  const inspect: typeof gate.inspect = (arrival, policy, keys, leg = arrival) => {
    seenHere.bodies.push(leg.body.byteLength);
    return leg === arrival ? gate.inspect(arrival, policy, keys) : gate.inspect(arrival, policy, keys, leg);
  };
  return { ...gate, inspect };
});
vi.mock("node:worker_threads", async (original) => {
  const threads = await original<typeof import("node:worker_threads")>();
  class Seen extends threads.Worker {
    constructor(...[file, options]: ConstructorParameters<typeof threads.Worker>) {
      super(file, { ...options, ...seenHere.limits });
      seenHere.workers.push(this);
    }
    override postMessage(...[message, handed]: Parameters<Worker["postMessage"]>): void {
      seenHere.asked.push((message as { work?: string }).work ?? "");
      super.postMessage(message, handed as []);
    }
  }
  return { ...threads, Worker: Seen };
});

const BYTES = 8_000_000;
const STRANGER = "13912345678";
const CHAT = "/openai/v1/chat/completions";
const JSON_TYPE = { "content-type": "application/json" };
const chat = (content: string) => JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
const filled = (piece: string, bytes = BYTES) => chat(piece.repeat(Math.ceil(bytes / Buffer.byteLength(piece)) - 20));
/** Not so monotonous that it is taken for a bomb. */
const counted = (piece: string) =>
  chat(Array.from({ length: BYTES / (piece.length + 6) }, (_, i) => piece + i.toString(36)).join(" "));
const crowd = (bytes: number) => {
  let text = "";
  for (let i = 0; text.length < bytes / 2; i++) text += `客户 138${String(10_000_000 + i * 7)}，`;
  return chat(text);
};

let recipient: Recipient;
let gate: Inside;
beforeAll(async () => {
  recipient = await startRecipient();
  gate = await openInside(recipient.url);
});
beforeEach(() => {
  recipient.seen.length = 0;
  recipient.answer = (socket) => socket.write(OK);
  seenHere.bodies.length = 0;
  seenHere.limits = {};
});
afterAll(async () => {
  await gate.close();
  recipient.close();
});

/** Status, headers and body of one request. */
async function send(body: string | Buffer, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${gate.running.port}${CHAT}`, {
    method: "POST",
    headers: { ...JSON_TYPE, ...headers },
    body,
  });
  return { status: answer.status, rule: answer.headers.get("x-yumen-rule"), text: await answer.text(), answer };
}

/** A thread has been asked, and has not answered yet: what it was asked takes far longer than this looks. */
async function isReading(): Promise<void> {
  seenHere.asked.length = 0;
  while (seenHere.asked.at(-1) !== "inspect") await pause(1);
}

/** Rules of the decisions so far, in order. */
async function rules(): Promise<string[]> {
  const found: string[] = [];
  for await (const { entry } of readEntries(join(gate.data, "ledger"))) {
    const { kind, rule } = JSON.parse(entry) as { kind: string; rule?: string };
    if (kind === "crossing" && rule !== undefined) found.push(rule);
  }
  return found;
}

test("small requests go on beside 8 MB of prose, of people, of digits, and compressed; the main thread reads none of it", async () => {
  const large: [string | Buffer, Record<string, string>, number, string][] = [
    [filled("请把下面这段会议纪要译成英文，下周二上午十点开会。"), {}, 200, "no-pi"],
    [crowd(2_000_000), {}, 403, "E7"],
    [filled("1-3 8", 3_000_000), {}, 200, "no-pi"],
    [gzipSync(counted("the quick brown fox jumps over lazy dog ")), { "content-encoding": "gzip" }, 200, "no-pi"],
  ];
  let running = true;
  let small = 0;
  const beside = (async () => {
    for (; running; small++) expect((await send(chat("hello"))).status).toBe(200);
  })();
  const answers = await Promise.all(large.map(([body, headers]) => send(body, headers)));
  running = false;
  await beside;
  expect(answers.map(({ status }) => status)).toEqual(large.map(([, , status]) => status));
  expect(answers.filter(({ status }) => status === 200).map(({ rule }) => rule)).toEqual(["no-pi", "no-pi", "no-pi"]);
  expect(small).toBeGreaterThan(20);
  expect(Math.max(...seenHere.bodies)).toBeLessThanOrEqual(LIGHT_BYTES);
  expect(seenHere.workers.length).toBeGreaterThan(0);
});

test("bytes that need no change leave unchanged, large ones too; what is hidden comes back", async () => {
  const plain = filled("请把下面这段会议纪要译成英文。", 400_000);
  await send(plain);
  expect(Buffer.from(recipient.seen[0]!.split("\r\n\r\n")[1]!, "latin1").equals(Buffer.from(plain))).toBe(true);

  recipient.answer = (socket, asked) => {
    const body = asked.split("\r\n\r\n")[1]!.slice(-200);
    const said = JSON.stringify({ said: Buffer.from(body, "latin1").toString() });
    const length = Buffer.byteLength(said);
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${said}`);
  };
  const id = "11010519491231002X";
  const { text, status } = await send(chat(`${"会议纪要。".repeat(30_000)}身份证 ${id}`), {
    "x-yumen-subject": "id:zhang",
  });
  expect(status).toBe(200);
  expect(recipient.seen[1]).not.toContain(id);
  expect(text).toContain(id);
});

test("a thread that ends in the middle ends one crossing: refused, recorded, nothing sent, nothing counted; the next passes", async () => {
  const before = (await rules()).length;
  const reading = send(crowd(4_000_000));
  await isReading();
  await seenHere.workers.at(-1)!.terminate();
  const { status, text } = await reading;
  expect([status, text.includes("reader_lost")]).toEqual([503, true]);
  expect(recipient.seen).toEqual([]);
  expect((await send(filled("会议纪要。", 400_000))).status).toBe(200);
  expect((await rules()).slice(before).toSorted()).toEqual(["no-pi", "reader_lost"]);
});

test("what takes more memory than one body may is refused: 413, the gate stays, no log says what it was", async () => {
  await seenHere.workers.at(-1)!.terminate();
  seenHere.limits = { resourceLimits: { maxOldGenerationSizeMb: 48 } };
  const { status, text } = await send(crowd(3_000_000));
  expect([status, text.includes("body_too_costly")]).toEqual([413, true]);
  expect(text + gate.logs.join("")).not.toMatch(/138\d{8}/);
  seenHere.limits = {};
  expect((await send(chat("hello"))).status).toBe(200);
  expect((await send(filled("会议纪要。", 400_000))).status).toBe(200);
});

test("a caller that goes away is no longer read for: recorded, nothing sent, and the thread is there for the next", async () => {
  const socket = connect(gate.running.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(request("POST", CHAT, JSON_TYPE, crowd(4_000_000)));
  await isReading();
  socket.destroy();
  expect((await send(filled("会议纪要。", 400_000))).status).toBe(200);
  expect(recipient.seen).toHaveLength(1);
  expect(await rules()).toContain("caller_gone");
});

test("what takes longer than one body may is refused: 413, and its thread is gone", async () => {
  const dir = mkdtempSync(join(tmpdir(), "yumen-keys-"));
  const { threadSecrets } = await openKeys(dir);
  let dead = 0;
  const thread = new Thread({ secrets: threadSecrets }, () => dead++);
  const slow = thread.ask("restore", { provider: "any-json", body: new Uint8Array(16 << 20) }, 1, []);
  await expect(slow).rejects.toMatchObject({ code: "body_too_costly", status: 413 });
  await expect(thread.ask("again", null, 1_000, [])).rejects.toMatchObject({ code: "body_too_costly" });
  thread.end();
  expect(dead).toBe(1);
  rmSync(dir, { recursive: true });
});

test("what throws in a thread is told by its class and place, never by its message", async () => {
  const dir = mkdtempSync(join(tmpdir(), "yumen-keys-"));
  const { threadSecrets } = await openKeys(dir);
  const thread = new Thread({ secrets: threadSecrets }, () => {});
  const failed = (await thread
    .ask("mint", [[STRANGER, STRANGER]], 60_000, [])
    .then(() => thread.ask("restore", { provider: "any-json", body: Buffer.from("[]") }, 60_000, []))
    .catch((error: GateError) => error)) as GateError;
  expect([failed.code, (failed.cause as Error).name]).toEqual(["internal", "RangeError"]);
  expect((failed.cause as Error).stack).toMatch(/dist\/restore\//);
  expect(inspectText(failed)).not.toContain("not a pseudonym");
  // and it goes on
  await expect(
    thread.ask("restore", { provider: "any-json", body: Buffer.from("[]") }, 60_000, []),
  ).resolves.toBeDefined();
  thread.end();
  rmSync(dir, { recursive: true });
});

test("a policy that changes meanwhile: what began under the old one is judged by it", async () => {
  const reading = send(crowd(1_000_000));
  await isReading();
  await gate.running.reload();
  expect((await reading).status).toBe(403);
  expect((await send(filled("会议纪要。", 400_000))).status).toBe(200);
});

test("twenty bodies of 8 MB at once: all cross, in bounded memory", async () => {
  const overseas = await startRecipient();
  const data = freshData();
  const other = await startGate(data, ["--policies", pointPolicies(data, overseas.url), "--log-level", "silent"]);
  try {
    const body = filled("请把下面这段会议纪要译成英文，下周二上午十点开会。");
    const post = () => fetch(`${other.gate}${CHAT}`, { method: "POST", headers: JSON_TYPE, body });
    const answers = await Promise.all(Array.from({ length: 20 }, post));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const peakKb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${other.child.pid}/status`, "utf8"))![1]);
    expect(peakKb / 1024).toBeLessThan(768);
  } finally {
    await other.stop();
    overseas.close();
    rmSync(data, { recursive: true, force: true });
  }
});

test("the ledger of all this verifies", async () => {
  expect(yumen(["verify", join(gate.data, "ledger")]).code).toBe(0);
  expect(gate.logs.join("")).not.toContain(STRANGER);
});
