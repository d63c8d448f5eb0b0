// What other gateways let through in a request, by the names under which it happened to them: through the whole pure
// gate, each as it was, and nothing of the person is in the bytes that leave.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect, judge } from "../src/gate.ts";
import { createFactsLoader, type EmbeddedFactsLoader } from "../src/io/facts.ts";
import { cross } from "../src/io/perform.ts";
import type { Dispatch, Ledger } from "../src/io/ports.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Keys, NameReader, Policy } from "../src/words.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, worldOf } from "./sim/demo-world.ts";

const ID = "11010519491231002X";
const STRANGER = "13912345678";
const ZHANG = { subject: "id:zhang", purpose: null, conversation: "c-1", exporter: null };

let dir: string;
let keys: Keys;
let policy: Policy;
let stores: Stores;
let facts: EmbeddedFactsLoader;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-regressions-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  stores = await demoStores(keys);
  facts = createFactsLoader(stores.consent, stores.people, keys);
});
afterAll(() => rmSync(dir, { recursive: true }));

function send(body: object, target = "/v1/chat/completions", destination = "openai") {
  const raw = Buffer.from(JSON.stringify(body));
  const seen = inspect(arrivalOf(1, "", { body: raw, target, destination, asserted: ZHANG }), policy, keys);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  const { decision, departure } = judge(seen, facts.load(seen.ask), keys);
  return { action: decision.action, left: departure === null ? "" : Buffer.from(departure.body).toString() };
}

/** An identity number of the declared person leaves as a pseudonym; a stranger's mobile number does not leave. */
function isStopped(bodyWith: (value: string) => object, target?: string, destination?: string): void {
  const hidden = send(bodyWith(`身份证 ${ID}`), target, destination);
  expect(hidden.action).toBe("pseudonymize");
  expect(hidden.left).toMatch(/<(?:身份证|CN_ID)_\w{8}>/);
  expect(hidden.left).not.toContain(ID);
  expect(send(bodyWith(`电话 ${STRANGER}`), target, destination)).toEqual({ action: "block", left: "" });
}

const chat = (...messages: object[]) => ({ model: "echo", messages });

describe("higress-array-content: content that is no string", () => {
  test.each<[string, (value: string) => object]>([
    ["an array of parts", (v) => chat({ role: "user", content: [{ type: "text", text: v }] })],
    [
      "beside a picture by address",
      (v) =>
        chat({
          role: "user",
          content: [
            { type: "image_url", image_url: { url: "https://cdn.example/a.png" } },
            { type: "text", text: v },
          ],
        }),
    ],
    ["an array of strings", (v) => chat({ role: "user", content: ["请看", v] })],
    ["null, and the next message", (v) => chat({ role: "assistant", content: null }, { role: "user", content: v })],
    [
      "null, and its tool call",
      (v) => chat({ role: "assistant", content: null, tool_calls: [{ function: { name: "f", arguments: v } }] }),
    ],
    ["an object", (v) => chat({ role: "user", content: { parts: [v] } })],
    ["a number before it", (v) => chat({ role: "user", content: 7 }, { role: "user", content: v })],
    ["missing, and another member", (v) => chat({ role: "user", text: v })],
    ["an array in an array", (v) => chat({ role: "user", content: [[[{ text: v }]]] })],
  ])("%s", (_, bodyWith) => isStopped(bodyWith));

  test("Anthropic's blocks", () => {
    const body = (v: string) => ({
      model: "m",
      max_tokens: 9,
      messages: [{ role: "user", content: [{ type: "text", text: v }] }],
    });
    isStopped(body, "/v1/messages", "anthropic");
  });
});

describe("portkey-responses-api: the same request in the other API", () => {
  test.each<[string, (value: string) => object]>([
    ["input as a string", (v) => ({ model: "echo", input: v })],
    ["input as messages", (v) => ({ model: "echo", input: [{ role: "user", content: v }] })],
    [
      "input as parts",
      (v) => ({ model: "echo", input: [{ role: "user", content: [{ type: "input_text", text: v }] }] }),
    ],
    ["instructions", (v) => ({ model: "echo", instructions: v, input: "你好" })],
    ["a call's output", (v) => ({ model: "echo", input: [{ type: "function_call_output", call_id: "c", output: v }] })],
    [
      "a call's arguments",
      (v) => ({
        model: "echo",
        input: [{ type: "function_call", call_id: "c", name: "f", arguments: JSON.stringify({ v }) }],
      }),
    ],
  ])("%s", (_, bodyWith) => isStopped(bodyWith, "/v1/responses"));
});

test("litellm-6247: offsets of one string are never applied to another", () => {
  const texts = ["前言", `😀\t"${ID}"\n后`, `a${"\\".repeat(3)}/ ${ID}`, "", `\u0000é ${ID} `, `${ID}`, "结尾"];
  const { action, left } = send(chat(...texts.map((content) => ({ role: "user", content }))));
  expect(action).toBe("pseudonymize");
  const { messages } = JSON.parse(left) as { messages: { content: string }[] };
  const stands = /<(?:身份证|CN_ID)_\w{8}>/;
  for (const [i, { content }] of messages.entries()) expect(content.replace(stands, ID)).toBe(texts[i]);
  expect(messages.filter(({ content }) => stands.test(content))).toHaveLength(4);
});

test("litellm-30728: what looks for people fails: nothing leaves, and the failure is recorded", async () => {
  const broken: NameReader = {
    everywhere: true,
    read() {
      throw new Error("out of memory");
    },
  };
  const dialed: Dispatch[] = [];
  const entries: string[] = [];
  const ledger: Ledger = { append: async (text: string) => void entries.push(text) } as unknown as Ledger;
  const dialer = { dial: (one: Dispatch) => dialed.push(one) } as never;
  const caller = new Caller();
  const world = worldOf({ policy: { ...policy, names: broken }, keys, stores, ledger, dialer });
  await cross(world, arrivalOf(1, `客户张三的电话 ${STRANGER}`), caller);
  expect([caller.status, dialed.length]).toEqual([500, 0]);
  expect(entries).toHaveLength(1);
  expect(entries[0]).toContain('"block"');
});
