// A way is shut while traffic runs over it: the real gate, real sockets, a recipient that answers as it likes.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEntries } from "../../src/io/ledger/read.ts";
import { type Inside, openInside, type Recipient, request, startRecipient } from "./recipient.ts";

let recipient: Recipient;
let root: string;
let gate: Inside;
beforeEach(async () => {
  recipient = await startRecipient();
  root = mkdtempSync(join(tmpdir(), "yumen-suspend-"));
  gate = await openInside(recipient.url, undefined, {}, root);
});
afterEach(async () => {
  await gate.running.close();
  recipient.close();
  rmSync(root, { recursive: true, force: true });
});

const suspend = async (body: object = {}, of = gate) => {
  const answer = await of.admin("POST", "/v1/suspend", { of: "recipient", target: "openai", reason: "drill", ...body });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; ended: number };
};
const codeOf = async (answer: Response) => ((await answer.json()) as { error?: { code: string } }).error?.code;
const until = async (holds: () => Promise<boolean>, ms = 3_000) => {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come true");
    await pause(10);
  }
};
const isShut = async () => (await codeOf(await gate.chat("你好"))) === "prohibited_x4";

async function entries(): Promise<Record<string, unknown>[]> {
  await gate.running.close();
  const all: Record<string, unknown>[] = [];
  for await (const { entry } of readEntries(join(gate.data, "ledger"))) all.push(JSON.parse(entry));
  return all;
}

/** A person of her own, seated on the machine, whose token only she has seen. @returns the token. */
async function person(id: string, role: string): Promise<string> {
  const token = `yumen_${id}_of_her_own`;
  const key = createHash("sha256").update(token).digest("hex");
  const file = join(gate.data, "seats", `${id}.json`);
  writeFileSync(file, JSON.stringify({ id, roles: [role], key }), { mode: 0o600 });
  await until(async () => !existsSync(file));
  return token;
}
const as = (token: string, path: string, body: object) =>
  fetch(`http://127.0.0.1:${gate.running.adminPort}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

/** A stream that has begun and does not end. */
function stream(
  path = "/openai/v1/chat/completions",
): Promise<{ socket: Socket; text: () => string; closed: Promise<unknown> }> {
  recipient.answer = (socket, asked) => {
    if (!asked.includes('"stream"')) return void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n");
    socket.write('data: {"choices":[{"index":0,"delta":{"content":"hello"}}]}\n\n');
  };
  const body = JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "你好" }] });
  const socket = connect(gate.running.port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.on("error", () => {});
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.write(request("POST", path, { "content-type": "application/json" }, body));
  return until(async () => text.includes("hello")).then(() => ({ socket, text: () => text, closed }));
}

test("under load: what begins after the order is answered is refused, all of it, and nothing more arrives", async () => {
  const seen = { before: 0, refused: 0, late: [] as (string | undefined)[] };
  let orderedMs = Number.POSITIVE_INFINITY;
  let going = true;
  const caller = async () => {
    while (going) {
      const beganMs = performance.now();
      const answer = await gate.chat("你好");
      const code = await codeOf(answer);
      if (beganMs > orderedMs) {
        if (code === "prohibited_x4" && answer.status === 403) seen.refused += 1;
        else seen.late.push(code);
      } else seen.before += 1;
    }
  };
  const callers = Array.from({ length: 16 }, caller);
  await until(async () => recipient.seen.length > 200, 10_000);
  const { id } = await suspend();
  orderedMs = performance.now();
  const arrived = recipient.seen.length;
  await until(async () => seen.refused > 200, 10_000);
  going = false;
  await Promise.all(callers);
  expect(seen.late).toEqual([]);
  // at most those that were on the wire when the order came
  expect(recipient.seen.length - arrived).toBeLessThanOrEqual(16);
  const refused = await gate.chat("你好");
  const { error } = (await refused.json()) as { error: { message: string } };
  expect(error.message).toContain(id);
  const all = await entries();
  const order = all.findIndex(({ kind }) => kind === "suspend");
  const left = all.slice(order).filter(({ kind, action }) => kind === "crossing" && action !== "block");
  expect(left.length).toBeLessThanOrEqual(16);
  const blocked = all.find(({ reasons }) => JSON.stringify(reasons ?? "").includes(id))!;
  expect(blocked).toMatchObject({ action: "block", outcome: "PROHIBITED", lawRule: "X4", rule: "X4" });
});

test("a stream that runs goes on, unless it is a hard stop: then it ends as an error, and its outcome says so", async () => {
  const running = await stream();
  await suspend();
  expect(await isShut()).toBe(true);
  await pause(100);
  expect(running.socket.destroyed).toBe(false);
  const { ended } = await suspend({ hard: true });
  expect(ended).toBe(1);
  await running.closed;
  expect(running.text()).toMatch(/event: error|"error"/);
  expect(running.text()).toContain("way_suspended");
  expect(running.text()).not.toMatch(/0\r\n\r\n$/);
  expect((await entries()).filter(({ kind, result }) => kind === "outcome" && result === "way_suspended")).toHaveLength(
    1,
  );
});

test("a hard stop of another way ends nothing here", async () => {
  const running = await stream();
  expect((await suspend({ target: "anthropic", hard: true })).ended).toBe(0);
  expect(running.socket.destroyed).toBe(false);
  expect(await isShut()).toBe(false);
  running.socket.destroy();
});

test("outlives the process: the first request after a start is refused", async () => {
  await suspend({ of: "destination", target: "openai" });
  await gate.running.close();
  gate = await openInside(recipient.url, undefined, {}, root);
  expect(await isShut()).toBe(true);
  expect(recipient.seen).toHaveLength(0);
});

test("a dry run says so too", async () => {
  await suspend({ of: "all", target: null });
  const dry = await gate.chat("你好", { "x-yumen-dry-run": "1" });
  expect(await dry.json()).toMatchObject({ action: "block", outcome: "PROHIBITED" });
});

test.each([
  ["an empty file named after the recipient", "recipient-openai", ""],
  ["anything in a file named all", "all", "stop!\n"],
  ["a document", "order.json", '{"of":"exporter","target":"example-retail","reason":"drill","order":"A-1"}'],
  ["a document that is none: everything", "order.json", '{"of":"exporter"'],
  ["a name that is none: everything", "recipient-opnai", ""],
  ["what nobody could mean: everything", "please-stop", ""],
])("a file in the folder: %s", async (_what, name, content) => {
  expect(await isShut()).toBe(false);
  const file = join(gate.data, "suspend", name);
  writeFileSync(file, content);
  const droppedMs = performance.now();
  await until(isShut);
  expect(performance.now() - droppedMs).toBeLessThan(1_000);
  // written down, it stands by itself
  await until(async () => (await holds()).length === 1);
  rmSync(file);
  await pause(700);
  expect(await isShut()).toBe(true);
  await gate.running.close();
  gate = await openInside(recipient.url, undefined, {}, root);
  expect(await isShut()).toBe(true);
  const suspends = (await entries()).filter(({ kind }) => kind === "suspend");
  expect(suspends).toHaveLength(1);
  expect(suspends[0]).toMatchObject({ by: "file" });
});

test("a file that lay there before the start: nothing passes", async () => {
  await gate.running.close();
  mkdirSync(join(gate.data, "suspend"), { recursive: true });
  writeFileSync(join(gate.data, "suspend", "all"), "");
  gate = await openInside(recipient.url, undefined, {}, root);
  expect(await isShut()).toBe(true);
  expect(recipient.seen).toHaveLength(0);
});

test("a document that was still being written is what it says in the end, and nobody lifts it before it is gone", async () => {
  const file = join(gate.data, "suspend", "order.json");
  writeFileSync(file, "");
  await until(isShut);
  writeFileSync(file, '{"of":"recipient","target":"anthropic","reason":"drill"}');
  await until(async () => !(await isShut()));
  await until(async () => (await holds()).length === 1);
  const [hold] = await holds();
  expect(hold).toMatchObject({ of: "recipient", target: "anthropic" });
  const [rita, anna] = [await person("rita", "reviewer"), await person("anna", "approver")];
  const sent = { action: "resume", body: { hold: hold!.id, reason: "the drill is over" } };
  const proposal = (await (await as(rita, "/v1/proposals", sent)).json()) as { id: string; digest: string };
  const approve = () => as(anna, `/v1/proposals/${proposal.id}/approve`, { digest: proposal.digest });
  expect((await approve()).status).toBe(409);
  rmSync(file);
  await until(async () => (await approve()).status === 200);
  expect((await holds())[0]!.lifted).not.toBeNull();
  expect(existsSync(file)).toBe(false);
});

async function holds() {
  const answer = await gate.admin("GET", "/v1/holds");
  return ((await answer.json()) as { items: { id: string; of: string; target: string; lifted: object | null }[] })
    .items;
}
