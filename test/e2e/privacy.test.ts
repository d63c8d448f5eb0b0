// Law 6 over a whole run: planted values, their digits and their unkeyed hashes are looked for in everything that the
// gate wrote: logs, ledger, stores, metrics, spans (a real SDK exports them), errors, answers to others.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { admin, chat, freshData, type House, openHouse, ROOT } from "./gate.ts";

/** Made-up people; each value stands in one disguise that the gate reads. */
const PLANTED = {
  mobile: "13712345679",
  id: "11010519491231002X",
  card: "6222020200112230077",
  email: "planted.person@corp-example.cn",
  passport: "E87654321",
  key: "sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru",
} as const;

const kept: string[] = [];
const spansFolder = freshData();
const spansFile = join(spansFolder, "spans.jsonl");
let house: House;
beforeAll(async () => {
  house = await openHouse({ env: { SPANS_FILE: spansFile }, node: ["--import", join(ROOT, "test/sdk/spans.mjs")] });
});
afterAll(async () => {
  await house.close();
  rmSync(spansFolder, { recursive: true, force: true });
});

/** What would betray a value: itself, its digits alone, and the hashes that anybody can compute. */
function betrayals(value: string): string[] {
  const digits = value.replace(/\D/g, "");
  const forms = [value, value.toLowerCase(), ...(digits.length >= 8 ? [digits] : [])];
  const hashed = ["md5", "sha1", "sha256", "sha512", "sm3"].flatMap((name) =>
    (["hex", "base64", "base64url"] as const).map((coding) =>
      createHash(name).update(value).digest(coding).replace(/=+$/, ""),
    ),
  );
  const coded = [Buffer.from(value).toString("base64").replace(/=+$/, ""), Buffer.from(value).toString("hex")];
  return [...new Set([...forms, ...hashed, ...coded])];
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.includes("/policies/"));
}

function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", () => resolve(text));
    setTimeout(() => socket.destroy(), 1_000);
  });
}

async function traffic(): Promise<void> {
  const { gate } = house;
  const port = Number(new URL(gate.gate).port);
  const keep = async (response: Response) => {
    kept.push(JSON.stringify([...response.headers]), response.status === 200 ? "" : await response.text());
    if (response.status === 200) await response.arrayBuffer();
  };
  for (const value of Object.values(PLANTED)) {
    await keep(await chat(gate, `值 ${value} 值`));
    await keep(await chat(gate, `${value}`, { subject: "id:zhang", stream: true }));
    await keep(await fetch(`${gate.gate}/openai/v1/files/${encodeURIComponent(value)}?q=${encodeURIComponent(value)}`));
    await keep(await fetch(`${gate.gate}/openai/v1/models`, { headers: { "user-agent": value } }));
    await keep(await chat(gate, "hello", { headers: { "x-yumen-subject": `cn-mobile:${value}` } }));
    await keep(await chat(gate, "hello", { headers: { "x-yumen-purpose": value } }));
    await keep(await chat(gate, "hello", { headers: { "x-yumen-conversation": value } }));
    await keep(await chat(gate, "hello", { path: `/${value}/v1/chat/completions` }));
    await keep(
      await fetch(`${gate.gate}/openai/v1/chat/completions`, {
        method: "POST",
        body: `{"broken": "${value}"`,
        headers: { "content-type": "application/json" },
      }),
    );
    await keep(
      await fetch(`${gate.gate}/openai/v1/chat/completions`, {
        method: "POST",
        body: `{"${value}": ["${value}"]}`,
        headers: { "content-type": "application/json" },
      }),
    );
    const traced = `00-${value.replace(/\D/g, "").padStart(32, "0").slice(-32)}-00f067aa0ba902b7-01`;
    for (const traceparent of [traced, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"])
      await keep(
        await chat(gate, "hello", { headers: { traceparent, tracestate: `v=${value}`, baggage: `v=${value}` } }),
      );
    kept.push(await raw(port, `GET /${value} HTTP/1.1\r\nHost: x\r\nHost: ${value}\r\n\r\n`));
    kept.push(await raw(port, `${value}\r\n\r\n`));
    await admin(gate, "POST", "/v1/consents/lookup", {
      exporter: "example-retail",
      subject: { type: "cn-mobile", value },
    }).catch((e) => kept.push(String(e)));
    await admin(gate, "PUT", `/v1/consents/${encodeURIComponent(value)}`, { subject: value }).catch((e) =>
      kept.push(String(e)),
    );
  }
  for (const model of ["truncate", "reset", "error-500", "leak-cn-mobile"])
    await chat(gate, `电话 13800138000 ${PLANTED.id}`, { subject: "id:zhang", model })
      .then((r) => r.text())
      .catch(() => {});
  kept.push(String(await admin(gate, "GET", "/metrics")));
  kept.push(await (await fetch(`${gate.admin}/readyz`)).text());
}

test("No error, log line, metric, span, ledger entry or console page holds a raw value of personal information", async () => {
  await traffic();
  await new Promise((resolve) => setTimeout(resolve, 1_200)); // the checkpoint folds the entries into tiles
  const places: [string, Buffer][] = [
    ["the process's output", Buffer.from(house.gate.output())],
    ["the spans", readFileSync(spansFile)],
    ...kept.map((text, i): [string, Buffer] => [`answer ${i}`, Buffer.from(text)]),
    ...filesBelow(house.gate.data).map((path): [string, Buffer] => [path, readFileSync(path)]),
  ];
  const found: string[] = [];
  for (const [name, value] of Object.entries(PLANTED))
    for (const form of betrayals(value))
      for (const [where, bytes] of places)
        if (bytes.includes(form))
          found.push(`${name} as ${form.length > 24 ? "a hash or coding" : "itself"} in ${where}`);
  expect([...new Set(found)]).toEqual([]);
  // the search itself works: what is known to be there is found
  expect(places.some(([, bytes]) => bytes.includes("example-retail"))).toBe(true);
  expect(house.gate.output()).toContain('"decision"');
  const spans = readFileSync(spansFile, "utf8").trimEnd().split("\n");
  expect(spans.length).toBe(house.gate.output().split('"msg":"decision"').length - 1);
  const { size } = statSync(join(house.gate.data, "ledger/checkpoint"));
  expect(size).toBeGreaterThan(0);
});
