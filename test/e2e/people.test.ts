// Two thousand people in one body, as a company sends a batch: who agreed comes in by the thousand, who is new is
// counted once, one withdrawal stops the whole body, and a crash forgets nobody.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshData, type Gate, startGate } from "./gate.ts";
import { pointPolicies } from "./policies.ts";
import { type Recipient, startRecipient } from "./recipient.ts";

const PEOPLE = 2_000;
const mobiles = Array.from({ length: PEOPLE }, (_, i) => `138${String(20_000_000 + i * 7)}`);
const SCOPE = { exporter: "example-retail", recipient: "openai", purpose: "customer-service" };

const data = freshData();
let recipient: Recipient;
let gate: Gate;
const start = () => startGate(data, ["--policies", join(data, "policies")]);
beforeAll(async () => {
  recipient = await startRecipient();
  pointPolicies(data, recipient.url, (text) =>
    text.replace(
      "    purpose: customer-service\n",
      "    purpose: customer-service\n    operations: [inference, batch, storage]\n",
    ),
  );
  gate = await start();
});
afterAll(async () => {
  await gate?.stop();
  recipient.close();
  rmSync(data, { recursive: true, force: true });
});

function plane(path: string, body?: string, type = "application/json") {
  const authorization = `Bearer ${readFileSync(join(data, "admin.token"), "utf8").trim()}`;
  const asked = body === undefined ? {} : { method: "POST", body };
  return fetch(gate.admin + path, { ...asked, headers: { authorization, "content-type": type } });
}

/** The upload that begins a batch: a line a request, each about another customer. */
async function upload(of: readonly string[]) {
  const lines = of.map((mobile, i) => {
    const body = { model: "m", messages: [{ role: "user", content: `给客户 ${mobile} 写一条回访短信` }] };
    return JSON.stringify({ custom_id: `r-${i}`, method: "POST", url: "/v1/chat/completions", body });
  });
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new Blob([`${lines.join("\n")}\n`], { type: "application/jsonl" }), "batch.jsonl");
  const answer = await fetch(`${gate.gate}/openai/v1/files`, { method: "POST", body: form });
  return { status: answer.status, text: await answer.text() };
}

interface Exporter {
  readonly counts: { readonly nonSensitive: number; readonly sensitive: number; readonly gross: number };
  readonly byRecipient: Readonly<Record<string, { readonly gross: number }>>;
}

async function counted(): Promise<Exporter> {
  const { exporters } = (await (await plane("/v1/counts")).json()) as { exporters: readonly Exporter[] };
  return exporters[0]!;
}

test("nobody has agreed: refused, and nobody is counted", async () => {
  const { status, text } = await upload(mobiles);
  expect(status).toBe(403);
  expect(text).toContain("consent_missing");
  for (const mobile of mobiles) expect(text).not.toContain(mobile);
  expect((await counted()).counts.gross).toBe(0);
  expect(recipient.seen).toEqual([]);
});

test("their consents come in as lines, each answered; then the batch passes and counts each once", async () => {
  const lines = mobiles.map((value, i) =>
    JSON.stringify({
      ...{ ...SCOPE, event: `crm-${i}`, subject: { type: "cn-mobile", value }, separate: true },
      ...{ types: ["cn-mobile"], givenAt: "2026-06-01T09:00:00+08:00" },
    }),
  );
  const told = await (await plane("/v1/consents:bulk", `${lines.join("\n")}\n`, "application/x-ndjson")).text();
  const results = told
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { line: number; ok?: boolean });
  expect(results.filter((one) => one.ok).map(({ line }) => line)).toEqual(mobiles.map((_, i) => i + 1));
  for (const mobile of mobiles) expect(told).not.toContain(mobile);

  expect(await upload(mobiles)).toMatchObject({ status: 200 });
  expect(await counted()).toMatchObject({
    counts: { nonSensitive: PEOPLE, gross: PEOPLE },
    byRecipient: { openai: {} },
  });
});

test("sent again, it adds nobody, before and after a kill -9", async () => {
  expect(await upload(mobiles.toReversed())).toMatchObject({ status: 200 });
  expect((await counted()).counts.gross).toBe(PEOPLE);
  await gate.kill();
  gate = await start();
  expect((await counted()).counts.gross).toBe(PEOPLE);
  expect(await upload(mobiles)).toMatchObject({ status: 200 });
  expect((await counted()).counts.gross).toBe(PEOPLE);
});

test("one of them withdraws: the whole body is refused at the next request, by that one reason", async () => {
  const subject = { type: "cn-mobile", value: mobiles[1_234]! };
  const withdrawn = await plane("/v1/consents/withdraw", JSON.stringify({ exporter: SCOPE.exporter, subject }));
  expect(withdrawn.status).toBe(200);
  const { status, text } = await upload(mobiles);
  expect([status, /consent_withdrawn/.test(text), text.includes(mobiles[1_234]!)]).toEqual([403, true, false]);
  expect(await upload(mobiles.filter((_, i) => i !== 1_234))).toMatchObject({ status: 200 });
});
