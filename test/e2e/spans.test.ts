// Spans, with a real OpenTelemetry SDK in the gate's process: one a crossing, its trace id in the entry, no payload.

import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEntries } from "../../src/io/ledger/read.ts";
import { type Chat, chat, type House, openHouse, ROOT } from "./gate.ts";

interface Shown {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string | null;
  readonly parent: { readonly traceId: string; readonly spanId: string } | null;
  readonly attributes: Record<string, string>;
  readonly events: unknown[];
  readonly links: unknown[];
  readonly startTime: [number, number];
  readonly endTime: [number, number];
}

const folder = mkdtempSync(join(tmpdir(), "yumen-spans-"));
const file = join(folder, "spans.jsonl");
let house: House;
beforeAll(async () => {
  house = await openHouse({ env: { SPANS_FILE: file }, node: ["--import", join(ROOT, "test/sdk/spans.mjs")] });
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

function spans(): Shown[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The one span of this crossing. */
async function spanOf(response: Response): Promise<Shown> {
  await response.arrayBuffer();
  const id = response.headers.get("x-yumen-decision")!;
  const own = () => spans().filter(({ attributes }) => attributes["yumen.decision"] === id);
  await expect.poll(() => own().length).toBe(1);
  return own()[0]!;
}

async function entryOf(response: Response): Promise<Record<string, unknown>> {
  const id = response.headers.get("x-yumen-decision");
  for await (const { entry } of readEntries(join(house.gate.data, "ledger"))) {
    const read = JSON.parse(entry);
    if (read.id === id && read.kind === "crossing") return read;
  }
  throw new Error(`no entry of ${id}`);
}

const newParent = () => {
  const [traceId, spanId] = [`a0b1c2d3${randomBytes(12).toString("hex")}`, `f0e1${randomBytes(6).toString("hex")}`];
  // ids that read like numbers of a person are refused; a test should not meet them one time in seventy
  const plain = (hex: string) => hex.replace(/\d{5}/g, (five) => `${five.slice(0, 4)}a`);
  return { traceId: plain(traceId), spanId: plain(spanId) };
};
const traceparent = ({ traceId, spanId }: { traceId: string; spanId: string }) => ({
  traceparent: `00-${traceId}-${spanId}-01`,
});

test.each<[string, string, Chat, string, string]>([
  ["forwarded", "客户电话 13800138000", { subject: "id:zhang" }, "forward", "covered"],
  ["pseudonymized", "给身份证 11010519491231002X 写信", { subject: "id:zhang" }, "pseudonymize", "id-numbers"],
  ["blocked", "电话 13912345678", {}, "block", "E7"],
])("%s: the span names decision, action, rule and destination, and nothing of the payload", async (...row) => {
  const [, content, more, action, rule] = row;
  const response = await chat(house.gate, content, more);
  const span = await spanOf(response);
  const decision = response.headers.get("x-yumen-decision");
  expect(span.name).toBe("crossing");
  expect(span.attributes).toEqual({
    "yumen.decision": decision,
    "yumen.action": action,
    "yumen.rule": rule,
    "yumen.destination": "openai",
  });
  expect([span.parent, span.traceState, span.events, span.links]).toEqual([null, null, [], []]);
  const [startMs, endMs] = [span.startTime, span.endTime].map(([s, ns]) => s * 1000 + ns / 1e6) as [number, number];
  expect(endMs).toBeGreaterThanOrEqual(startMs);
  expect((await entryOf(response))["trace"]).toBe(span.traceId);
});

test.each([
  ["unreadable", "/openai/v1/chat/completions", "json_ambiguous", "openai"],
  ["13712345679 as a destination", "/13712345679/v1/chat/completions", "destination_unknown", "unknown"],
  ["too large before it is whole", "/openai/v1/chat/completions", "body_too_large", "openai"],
])("stopped before a judgement, %s: a span all the same", async (what, path, rule, destination) => {
  const body = what.startsWith("too") ? Buffer.alloc(9 * 1024 * 1024, 0x20) : '{"a":1,"a":2}';
  const headers = { "content-type": "application/json" };
  const response = await fetch(house.gate.gate + path, { method: "POST", body, headers });
  const { attributes } = await spanOf(response);
  expect(attributes).toMatchObject({ "yumen.action": "block", "yumen.rule": rule, "yumen.destination": destination });
});

test("the caller's traceparent is the parent, also of many at once; it stays here", async () => {
  const parents = Array.from({ length: 40 }, newParent);
  const answers = await Promise.all(
    parents.map((parent, i) =>
      chat(house.gate, i % 2 === 0 ? "hello" : "电话 13912345678", { headers: traceparent(parent) }),
    ),
  );
  for (const [i, response] of answers.entries()) {
    const span = await spanOf(response);
    expect(span.traceId).toBe(parents[i]!.traceId);
    expect(span.parent).toMatchObject(parents[i]!);
    expect((await entryOf(response))["trace"]).toBe(parents[i]!.traceId);
  }
  expect(house.overseas.seen.map((seen) => seen.rawHeaders.join(" ")).join(" ")).not.toContain("traceparent");
});

const { traceId, spanId } = newParent();
test.each<[string, Record<string, string>]>([
  ["no hexadecimal", { traceparent: `00-${"x".repeat(32)}-${spanId}-01` }],
  ["upper case", { traceparent: `00-${traceId.toUpperCase()}-${spanId}-01` }],
  ["zeros as the trace", { traceparent: `00-${"0".repeat(32)}-${spanId}-01` }],
  ["zeros as the span", { traceparent: `00-${traceId}-${"0".repeat(16)}-01` }],
  ["version ff", { traceparent: `ff-${traceId}-${spanId}-01` }],
  ["more than version 00 has", { traceparent: `00-${traceId}-${spanId}-01-x` }],
  ["a mobile number as its digits", { traceparent: `00-${"0".repeat(21)}13712345679-${spanId}-01` }],
  ["an ID card over the span", { traceparent: `00-${traceId}-1101051949123100-01` }],
])("a traceparent with %s is no parent: the trace is the gate's own", async (_, headers) => {
  const response = await chat(house.gate, "hello", { headers });
  expect(response.status).toBe(200);
  const span = await spanOf(response);
  expect(span.parent).toBeNull();
  expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect((await entryOf(response))["trace"]).toBe(span.traceId);
});

test("tracestate and baggage are the caller's text: no span holds them", async () => {
  const parent = newParent();
  const headers = { ...traceparent(parent), tracestate: "vendor=13712345679", baggage: "phone=13712345679" };
  const span = await spanOf(await chat(house.gate, "hello", { headers }));
  expect(span.parent).toMatchObject(parent);
  expect(JSON.stringify(span)).not.toContain("13712345679");
});

test("a caller that does not sample is believed: no span, its trace id in the entry", async () => {
  const parent = newParent();
  const headers = { traceparent: `00-${parent.traceId}-${parent.spanId}-00` };
  const response = await chat(house.gate, "hello", { headers });
  await spanOf(await chat(house.gate, "after it"));
  expect(spans().filter((span) => span.traceId === parent.traceId)).toEqual([]);
  expect((await entryOf(response))["trace"]).toBe(parent.traceId);
});

test("every crossing of this run has one span, and its own", () => {
  const ids = spans().map(({ attributes }) => attributes["yumen.decision"]);
  expect(ids.every((id) => /^dec_[0-9A-Z]{26}$/.test(id ?? ""))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
