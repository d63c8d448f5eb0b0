// Dates, drift and alarms in the real gate: a duty that is overdue shuts its way and opens it when it is done; the first
// sight of a new kind is told to a webhook; small bodies and large ones, which threads read, alike.

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readEntries } from "../../src/io/ledger/read.ts";
import { type Inside, openInside, type Recipient, startRecipient } from "./recipient.ts";

let recipient: Recipient;
let root: string;
let hook: Server;
const heard: { signature: string; body: string }[] = [];
beforeEach(async () => {
  recipient = await startRecipient();
  root = mkdtempSync(join(tmpdir(), "yumen-duties-"));
  heard.length = 0;
  hook = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    heard.push({ signature: String(request.headers["x-yumen-signature"]), body });
    response.end();
  });
  hook.listen(0, "127.0.0.1");
  await once(hook, "listening");
  process.env["DUTIES_E2E_KEY"] = "k3y";
});
afterEach(() => {
  recipient.close();
  hook.close();
  delete process.env["DUTIES_E2E_KEY"];
  rmSync(root, { recursive: true, force: true });
});

/** The demo, with an inventory of one kind and what else is said. */
function opened(more = ""): Promise<Inside> {
  const place = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  const alarms = `alarms: [{ id: ops, kind: webhook, url: "${place}", secret: env:DUTIES_E2E_KEY, language: en }]\n`;
  const narrow = (text: string) => text.replace(/kinds: \[person, .*\] \}/, "kinds: [person] }");
  return openInside(recipient.url, (text) => `${narrow(text)}\n${alarms}${more}`, {}, root);
}
const until = async (holds: () => Promise<boolean> | boolean, ms = 5_000) => {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error("it did not come true");
    await pause(10);
  }
};
const codeOf = async (answer: Response) => ((await answer.json()) as { error?: { code: string } }).error?.code;
const ZHANG = { "x-yumen-subject": "id:zhang" };

async function entriesOf(gate: Inside, kind: string): Promise<Record<string, unknown>[]> {
  await gate.running.close();
  const all: Record<string, unknown>[] = [];
  for await (const { entry } of readEntries(join(gate.data, "ledger"))) all.push(JSON.parse(entry));
  return all.filter((one) => one["kind"] === kind);
}

test("a duty that nobody did shuts the way; done, it is open, and the ledger says who", async () => {
  const gate = await opened(
    'duties: [{ id: drill, kind: drill, what: Drill, every: once, first: "2026-01-31", owner: security, onOverdue: block, recipients: openai }]\n',
  );
  expect(await codeOf(await gate.chat("你好"))).toBe("duty_overdue");
  const status = (await (await gate.admin("GET", "/v1/status")).json()) as { fine: boolean; shut: object };
  expect(status).toMatchObject({ fine: false, shut: { duties: ["drill.drill.2026-01-31"] } });
  await until(() => heard.some(({ body }) => body.includes('"code":"duty_overdue"')));
  const metrics = await (await gate.admin("GET", "/metrics")).text();
  expect(metrics).toMatch(/^yumen_duties\{state="overdue"\} 1$/m);
  expect(metrics).toMatch(/^yumen_alarms_open\{severity="critical"\} 1$/m);
  const done = await gate.admin("POST", "/v1/duties/drill.drill.2026-01-31/done", {});
  expect(done.status).toBe(200);
  expect((await gate.chat("你好")).status).not.toBe(403);
  await until(() => heard.some(({ body }) => body.includes('"what":"cleared"')));
  const { signature, body } = heard[0]!;
  const [, t, v1] = /^t=(\d+),v1=(\w+)$/.exec(signature)!;
  expect(createHmac("sha256", "k3y").update(`${t}.${body}`).digest("hex")).toBe(v1);
  expect(await entriesOf(gate, "duty")).toMatchObject([{ of: "done", id: "drill.drill.2026-01-31", by: "admin" }]);
});

test.each([
  ["read here", ""],
  ["read by a thread", "好".repeat(40_000)],
])("the first sight of a kind is an item, an entry and a message, once: %s", async (_, filling) => {
  const gate = await opened();
  for (let i = 0; i < 3; i += 1) await gate.chat(`${filling}电话 13800138000`, ZHANG);
  const listed = async () =>
    ((await (await gate.admin("GET", "/v1/drift")).json()) as { items: Record<string, unknown>[] }).items;
  await until(async () => (await listed()).length > 0);
  expect(await listed()).toMatchObject([
    {
      kind: "cn-mobile",
      field: "/messages/*/content",
      recipient: "openai",
      model: "m",
      state: "open",
      declared: false,
    },
  ]);
  await until(() => heard.some(({ body }) => body.includes('"code":"drift"')));
  expect(heard.filter(({ body }) => body.includes('"code":"drift"'))).toHaveLength(1);
  expect(JSON.stringify(heard)).not.toMatch(/13800138000|messages/);
  const metrics = await (await gate.admin("GET", "/metrics")).text();
  expect(metrics).toContain('yumen_alarms_total{code="drift",what="raised"} 1');
  expect(await entriesOf(gate, "drift")).toHaveLength(1);
});

test.each([
  ["read here", ""],
  ["read by a thread", "好".repeat(40_000)],
])("where policy says so it does not leave at all: %s", async (_, filling) => {
  const gate = await opened("onDrift: block\n");
  const before = recipient.seen.length;
  expect(await codeOf(await gate.chat(`${filling}电话 13800138000`, ZHANG))).toBe("drift_undeclared");
  expect(recipient.seen.length).toBe(before);
  await until(async () => (await (await gate.admin("GET", "/v1/drift")).text()).includes('"blocked":true'));
  await gate.running.close();
});
