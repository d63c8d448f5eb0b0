// /metrics after traffic that is known: every counter says exactly that, the histogram counts it too, and no caller can
// make a series of its own.

import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEntries } from "../../src/io/ledger/read.ts";
import { admin, chat, type House, metrics, openHouse } from "./gate.ts";

const NO_PLATES = `  - id: no-plates
    why: { zh: 车牌号不出境, en: No plates }
    action: block
    match: { piAny: [plate] }
`;
const HELD = { subject: "id:zhang" };
/** What is sent, and how often. */
const [CLEAN, CONSENTED, STRANGER, PLATE, HIDDEN, DOUBLED, ELSEWHERE] = [7, 5, 4, 3, 6, 2, 8] as const;

let house: House;
beforeAll(async () => {
  house = await openHouse({ edit: (policy) => `${policy.trimEnd()}\n${NO_PLATES}` });
});
afterAll(() => house.close());

const times = async (n: number, ask: () => Promise<Response>) => {
  for (let i = 0; i < n; i++) await (await ask()).arrayBuffer();
};

async function traffic(): Promise<void> {
  const { gate } = house;
  await times(CLEAN, () => chat(gate, "hello"));
  await times(CONSENTED, () => chat(gate, "客户电话 13800138000", HELD));
  await times(STRANGER, () => chat(gate, "电话 13912345678", { path: "/anthropic/v1/chat/completions" }));
  await times(PLATE, () => chat(gate, "车牌 沪A12345", HELD));
  await times(HIDDEN, () => chat(gate, "给身份证 11010519491231002X 和 13800138000 写信", HELD));
  const doubled = { method: "POST", body: '{"a":1,"a":2}', headers: { "content-type": "application/json" } };
  await times(DOUBLED, () => fetch(`${gate.gate}/openai/v1/chat/completions`, doubled));
  await times(ELSEWHERE, () => chat(gate, "hello", { path: "/nowhere/v1/chat/completions" }));
  // the recipient fails: after its head, and before
  await chat(gate, "hello", { model: "truncate" }).then((answer) => answer.text().catch(() => ""));
  await chat(gate, "hello", { model: "truncate" }).then((answer) => answer.text().catch(() => ""));
  await times(1, () => chat(gate, "hello", { model: "error-500" }));
  await leaves("stall-head");
}

/** A caller that goes away while it waits. */
async function leaves(model: string): Promise<void> {
  const before = house.overseas.seen.length;
  const stop = new AbortController();
  const body = JSON.stringify({ model, messages: [{ role: "user", content: "hello" }] });
  const [url, headers] = [`${house.gate.gate}/openai/v1/chat/completions`, { "content-type": "application/json" }];
  const asked = fetch(url, { method: "POST", body, headers, signal: stop.signal }).catch(() => null);
  await expect.poll(() => house.overseas.seen.length).toBe(before + 1);
  stop.abort();
  await asked;
}

/** Sends bytes, waits for the other side to close. */
function raw(bytes: string): Promise<void> {
  return new Promise((closed) => {
    const socket = connect(Number(new URL(house.gate.gate).port), "127.0.0.1", () => socket.write(bytes));
    socket.on("data", () => {});
    socket.on("error", () => {});
    socket.on("close", () => closed());
  });
}

const series = async (name: string) => Object.fromEntries(await metrics(house.gate, `${name}{`));

test("every counter says exactly what crossed", async () => {
  await traffic();
  for (let i = 0; i < 3; i++) await raw("GET /openai/v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
  const forwardedAndCut = 2 + 1 + 1; // truncate, truncate, error-500, the one that left
  await expect
    .poll(() => series("yumen_outcomes_total"))
    .toEqual({
      'yumen_outcomes_total{result="answered"}': CLEAN + CONSENTED + HIDDEN + 1,
      'yumen_outcomes_total{result="upstream_truncated"}': 2,
      'yumen_outcomes_total{result="caller_gone"}': 1,
    });
  expect(await series("yumen_requests_total")).toEqual({
    'yumen_requests_total{destination="openai",action="forward"}': CLEAN + CONSENTED + forwardedAndCut,
    'yumen_requests_total{destination="openai",action="pseudonymize"}': HIDDEN,
    'yumen_requests_total{destination="openai",action="block"}': PLATE + DOUBLED,
    'yumen_requests_total{destination="anthropic",action="block"}': STRANGER,
    'yumen_requests_total{destination="unknown",action="block"}': ELSEWHERE,
  });
  expect(await series("yumen_findings_total")).toEqual({
    'yumen_findings_total{kind="cn-mobile",destination="openai"}': CONSENTED + HIDDEN,
    'yumen_findings_total{kind="cn-id",destination="openai"}': HIDDEN,
    'yumen_findings_total{kind="plate",destination="openai"}': PLATE,
    'yumen_findings_total{kind="cn-mobile",destination="anthropic"}': STRANGER,
  });
  expect(await series("yumen_failures_total")).toEqual({
    'yumen_failures_total{code="upstream_truncated"}': 2,
    'yumen_failures_total{code="destination_unknown"}': ELSEWHERE,
  });
  expect(await series("yumen_refused_total")).toEqual({ 'yumen_refused_total{code="request_malformed"}': 3 });
});

test("the gauges say what the stores and the ledger hold", async () => {
  const all = await metrics(house.gate);
  let entries = 0;
  for await (const _ of readEntries(`${house.gate.data}/ledger`)) entries++;
  expect(all.get("yumen_ledger_entries")).toBe(entries);
  expect(all.get("yumen_inflight")).toBe(0);
  const people = await series("yumen_individuals");
  expect(Object.keys(people)).toHaveLength(3);
  // zhang, once: by the mobile as it is, and by the ID card as a pseudonym, which is sensitive
  for (const [name, n] of Object.entries(people)) expect([name, n]).toEqual([name, 1]);
  const info = Object.entries(await series("yumen_policy_info"));
  expect(info).toEqual([[expect.stringMatching(/^yumen_policy_info\{hash="[^"]+"\}$/), 1]]);
});

test("the histogram counts every decision once, in buckets that grow, within the time that has gone", async () => {
  const decided = Object.values(await series("yumen_requests_total")).reduce((sum, n) => sum + n, 0);
  const histogram = await metrics(house.gate, "yumen_decision_seconds");
  const buckets = [...histogram].filter(([name]) => name.includes("_bucket"));
  const bounds = buckets.map(([name]) => Number(/le="([^"]+)"/.exec(name)![1]!.replace("+Inf", "Infinity")));
  const counts = buckets.map(([, n]) => n);
  expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(bounds.at(-1)).toBe(Number.POSITIVE_INFINITY);
  expect([counts.at(-1), histogram.get("yumen_decision_seconds_count")]).toEqual([decided, decided]);
  // what the buckets say bounds the sum from both sides
  const inBucket = counts.map((n, i) => n - (counts[i - 1] ?? 0));
  const sumWith = (bound: (i: number) => number) =>
    inBucket.reduce((sum, n, i) => (n === 0 ? sum : sum + n * bound(i)), 0);
  const sum = histogram.get("yumen_decision_seconds_sum")!;
  expect(sum).toBeGreaterThan(sumWith((i) => bounds[i - 1] ?? 0));
  expect(sum).toBeLessThanOrEqual(sumWith((i) => bounds[i]!));
  expect(sum).toBeLessThan(performance.now() / 1000);
});

test("no caller makes a series: names, methods, models, kinds and codings of its own change no label", async () => {
  const { gate } = house;
  const before = [...(await metrics(gate)).keys()];
  const hostile = Array.from({ length: 200 }, (_, i) => `d${i}-${"x".repeat(i)}`);
  const odd = ["13712345679", 'a"b', "a\\nb", "%0a%22", "__proto__", "constructor", "%E7%8E%89", "unknown", "."];
  for (const name of [...hostile, ...odd]) {
    const path = `/${encodeURIComponent(name)}/v1/chat/completions`;
    await (await chat(gate, "hello", { path, model: name, headers: { "x-yumen-purpose": name } })).arrayBuffer();
  }
  for (let i = 0; i < 50; i++) {
    await raw(`GET /openai/v1/x${i} HTTP/1.${i}\r\nHost: a\r\nX-H${i}: ${i}\r\nConnection: close\r\n\r\n`);
    await raw(`M${i} /openai/v1/models HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    const headers = { "content-type": "application/json", "content-encoding": `coding-${i}` };
    await (await fetch(`${gate.gate}/openai/v1/models`, { method: "POST", body: "{}", headers })).arrayBuffer();
  }
  const after = [...(await metrics(gate)).keys()];
  const grown = after.filter((name) => !before.includes(name));
  // codes of the catalogue that this traffic met for the first time, and nothing that a caller wrote
  for (const name of grown) expect(name).toMatch(/^yumen_(?:refused|failures|outcomes)_total\{\w+="[a-z_]+"\}$/);
  expect(grown.length).toBeLessThan(6);
  const labels = after.flatMap((name) => /destination="([^"]*)"/.exec(name)?.[1] ?? []);
  expect([...new Set(labels)].sort()).toEqual(["anthropic", "openai", "unknown"]);
});

test("what is shown is the exposition format: every line a comment or a sample, every name with its type", async () => {
  const lines = String(await admin(house.gate, "GET", "/metrics"))
    .trimEnd()
    .split("\n");
  const sample = /^(yumen_\w+)(?:\{(?:\w+="(?:[^"\\\n]|\\.)*",?)+\})? (?:[0-9.e+-]+|\+Inf|NaN)$/;
  const typed = new Set(lines.flatMap((line) => /^# TYPE (\S+) (?:counter|gauge|histogram)$/.exec(line)?.[1] ?? []));
  for (const line of lines.filter((each) => each !== "" && !each.startsWith("# "))) {
    const name = sample.exec(line)?.[1];
    expect(name, line).toBeDefined();
    expect(typed, line).toContain(name!.replace(/_(?:bucket|sum|count)$/, ""));
  }
});
