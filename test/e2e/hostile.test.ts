// The whole gate over real sockets, against a hostile caller and a hostile recipient. Each title says what must hold.

import { execFileSync } from "node:child_process";
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startGate, yumen } from "./gate.ts";
import { type Inside, OK, openInside, type Recipient, request, startRecipient } from "./recipient.ts";

const STRANGER = "13912345678";
const CHAT = "/openai/v1/chat/completions";
const JSON_TYPE = { "content-type": "application/json" };
const HELLO = '{"model":"m","messages":[]}';

let recipient: Recipient;
let gate: Inside;
beforeAll(async () => {
  recipient = await startRecipient();
  gate = await openInside(recipient.url);
});
beforeEach(() => {
  recipient.seen.length = 0;
  recipient.answer = (socket) => socket.write(OK);
});
afterAll(async () => {
  await gate.close();
  recipient.close();
});

test("a Content-Encoding that nobody had to undo does not leave: it can hold anything", async () => {
  await gate.raw(request("GET", "/openai/v1/models", { "content-encoding": STRANGER }));
  await gate.raw(request("POST", CHAT, { ...JSON_TYPE, "content-encoding": STRANGER }));
  expect(recipient.seen.join()).not.toContain(STRANGER);
});

test("what a compressed body holds besides its text does not leave: the bytes sent are the bytes read", async () => {
  const plain = gzipSync(HELLO);
  const named = Buffer.concat([plain.subarray(0, 10), Buffer.from(`${STRANGER}\0`), plain.subarray(10)]);
  named[3] = 8; // FNAME, RFC 1952 §2.3.1
  const answer = await gate.raw(request("POST", CHAT, { ...JSON_TYPE, "content-encoding": "gzip" }, named));
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(recipient.seen).toHaveLength(1);
  expect(recipient.seen[0]).not.toContain(STRANGER);
  expect(recipient.seen[0]!.endsWith(`\r\n\r\n${HELLO}`)).toBe(true);
});

test("a caller without a key is believed on this machine, not in a page that a browser here shows", async () => {
  const from = (origin: string) => gate.raw(request("POST", CHAT, { ...JSON_TYPE, origin }, HELLO));
  for (const origin of ["http://evil.example", "null", "http://127.0.0.1.evil.example:8787", "http://localhost.evil"])
    expect([origin, await from(origin)]).toEqual([origin, expect.stringMatching(/^HTTP\/1.1 401 /)]);
  expect(recipient.seen).toEqual([]);
  for (const origin of ["http://localhost:3000", "http://127.0.0.1:8787", "http://[::1]:5173"])
    expect([origin, await from(origin)]).toEqual([origin, expect.stringMatching(/^HTTP\/1.1 200 /)]);
});

test("a second gate on the same data folder ends at once and takes nothing from the first", async () => {
  await expect(startGate(gate.data)).rejects.toThrow("the gate ended with 2");
  const answer = await gate.chat("13800138000", { "x-yumen-subject": "id:zhang" });
  expect([answer.status, answer.headers.get("x-yumen-action")]).toEqual([200, "forward"]);
});

test.runIf(canMount())(
  "a full disk: nothing leaves, /readyz says no; room again: both come back by themselves",
  async () => {
    const root = mkdtempSync(join(tmpdir(), "yumen-full-"));
    const disk = join(root, "disk");
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]);
    const full = await openInside(recipient.url, (text) => text, { data: join(disk, "data") }, root);
    try {
      const ready = async () => (await full.admin("GET", "/readyz")).status;
      expect([(await full.chat("hi")).status, await ready()]).toEqual([200, 200]);
      fill(join(disk, "fill"));
      recipient.seen.length = 0;
      await expect.poll(async () => (await full.chat("x".repeat(3_000))).status).toBe(503);
      const left = recipient.seen.length;
      for (const text of ["hi", "13800138000"])
        expect((await full.chat(text, { "x-yumen-subject": "id:zhang" })).status).toBe(503);
      expect([recipient.seen.length, await ready()]).toEqual([left, 503]);
      rmSync(join(disk, "fill"));
      await expect.poll(ready, { timeout: 4_000 }).toBe(200);
      expect((await full.chat("13800138000", { "x-yumen-subject": "id:zhang" })).status).toBe(200);
      await full.running.close();
      expect(yumen(["verify", join(full.data, "ledger")]).code).toBe(0);
    } finally {
      await full.running.close();
      execFileSync("umount", [disk]);
      rmSync(root, { recursive: true, force: true });
    }
  },
);

test("people who race for the last places under a line: as many leave as there are places, and all are counted", async () => {
  const few = await openInside(recipient.url, (text) => text.replaceAll("maxSensitive: 9999", "maxSensitive: 5"));
  try {
    const people = Array.from({ length: 12 }, (_, i) => idOf(`1101051949123${100 + i}`));
    for (const [i, value] of people.entries()) await consentOf(few, `c-${i}`, { type: "cn-id", value });
    const statuses = await Promise.all(people.map(async (id) => (await few.chat(`身份证 ${id}`)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 403)).toHaveLength(7);
    expect(recipient.seen).toHaveLength(5);
    const metrics = await (await few.admin("GET", "/metrics")).text();
    expect(metrics).toMatch(/^yumen_\w*\{[^}]*sensitive[^}]*\} 5$/m);
  } finally {
    await few.close();
  }
});

test("a consent withdrawn is withdrawn for the very next request", async () => {
  const subject = { type: "cn-mobile", value: "13700137000" };
  await consentOf(gate, "w-1", subject);
  expect((await gate.chat("13700137000")).status).toBe(200);
  const scope = { exporter: "example-retail", subject, recipient: "openai", purpose: "customer-service" };
  expect((await gate.admin("POST", "/v1/consents/withdraw", scope)).status).toBe(200);
  expect((await gate.chat("13700137000")).status).toBe(403);
});

test("one connection cannot have more answers under way than a client that waits for them", async () => {
  recipient.answer = () => {};
  const one = "GET /openai/v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
  await gate.raw(one.repeat(2_000), 700);
  expect(recipient.seen.length).toBeLessThanOrEqual(64);
  recipient.answer = (socket) => socket.write(OK);
  expect((await gate.raw(one.repeat(20), 500)).match(/HTTP\/1.1 200/g)).toHaveLength(20);
});

test("a policy folder that is replaced whole is read like one that is edited", async () => {
  const inForce = async () => JSON.parse(await (await gate.admin("GET", "/readyz")).text()).checks.policy as string;
  const before = await inForce();
  const text = readFileSync(join(gate.policies, "yumen.yaml"), "utf8");
  renameSync(gate.policies, `${gate.policies}.old`);
  mkdirSync(gate.policies);
  cpSync(join(`${gate.policies}.old`, "papers"), join(gate.policies, "papers"), { recursive: true });
  writeFileSync(join(gate.policies, "yumen.yaml"), text.replaceAll("2029-05-31", "2029-04-30"));
  await expect.poll(inForce, { timeout: 5_000 }).not.toBe(before);
  // and goes on being watched in its new place
  writeFileSync(join(gate.policies, "yumen.yaml"), text);
  await expect.poll(inForce, { timeout: 5_000 }).toBe(before);
});

test("a stop ends what a recipient never ends: abnormally, in time, sealed and verified", async () => {
  const other = await openInside(recipient.url);
  recipient.answer = (socket) => {
    socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-encoding: zstd\r\n\r\n");
    const drip = setInterval(() => socket.write("data: {}\n\n"), 20);
    socket.on("close", () => clearInterval(drip));
  };
  const running = await other.chat("hi");
  const reading = running.text().then(
    () => "whole",
    () => "cut",
  );
  // this one cannot be restored: refused, while its recipient goes on
  expect((await other.chat("身份证 11010519491231002X", { "x-yumen-subject": "id:zhang" })).status).toBe(502);
  const startedMs = performance.now();
  await other.running.close();
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  expect(await reading).toBe("cut");
  expect(yumen(["verify", join(other.data, "ledger")]).code).toBe(0);
  await other.close();
});

/** 17 digits and their check character, GB 11643. */
function idOf(digits16: string): string {
  const digits = digits16.padEnd(17, "0");
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + "10X98765432"[sum % 11];
}

async function consentOf(inside: Inside, id: string, subject: { type: string; value: string }): Promise<void> {
  const { status } = await inside.admin("PUT", `/v1/consents/${id}`, {
    exporter: "example-retail",
    subject,
    ...{ recipient: "openai", purpose: "customer-service", separate: true, sensitiveNotice: true },
    types: ["cn-mobile", "cn-id"],
    sensitiveTypes: ["cn-id"],
    notice: { id: "notice-openai", version: "2026-05" },
    givenAt: "2026-06-15T00:00:00+08:00",
  });
  expect(status).toBeLessThan(300);
}

function canMount(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0;
}

/** Writes until there is no room. */
function fill(path: string): void {
  const file = openSync(path, "w");
  for (const size of [65_536, 4_096, 1])
    try {
      for (;;) writeSync(file, Buffer.alloc(size));
    } catch {} // ENOSPC
  closeSync(file);
}
