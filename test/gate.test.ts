// The two pure halves together: what leaves is read once more, and a pseudonym's scope is its caller's.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leftOver } from "../src/act/left-over.ts";
import { inspect, type Judged, judge } from "../src/gate.ts";
import type { EmbeddedFactsLoader } from "../src/io/facts.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import type { Arrival, Finding, Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder } from "./sim/demo-world.ts";

const ID = "11010519491231002X";
const ZHANG = { subject: "id:zhang", purpose: null, conversation: "c-1", exporter: null };

let dir: string;
let keys: Keys;
let policy: Policy;
let facts: EmbeddedFactsLoader;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-gate-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  const stores = await demoStores(keys);
  facts = createFactsLoader(stores.consent, stores.people, keys);
});
afterAll(() => rmSync(dir, { recursive: true }));

function judged(arrival: Arrival, with_: Keys = keys, of: Policy = policy): Judged {
  const seen = inspect(arrival, of, with_);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  return judge(seen, facts.load(seen.ask), with_);
}

const wire = ({ departure }: Judged): string => Buffer.from(departure!.body).toString();

test("what leaves after rewriting is read once more: a hidden value that still stands somewhere blocks", () => {
  const letter = (content: string) => judged(arrivalOf(1, content, { asserted: ZHANG }));
  expect(letter(`证件 ${ID}`).decision.action).toBe("pseudonymize");
  // glued to letters or to itself it is no number to the detectors; what is known to be hidden is looked for all the same
  for (const glued of [`证件 ${ID} 文件 scan${ID}.png`, `证件 ${ID}，${ID}${ID}`]) {
    const { decision, departure } = letter(glued);
    expect([decision.action, decision.rule, departure]).toEqual(["block", "residual", null]);
    expect(decision.reasons).toEqual([
      { code: "RESIDUAL_PI", article: "PIPL Art.51", path: "/messages/0/content", type: "cn-id" },
    ]);
  }
});

test("what was left over is a plain block: observed, hidden, unread and proven are words for what leaves", () => {
  const observe = { covers: "law", from: "2026-11-01", until: "2026-11-30", approvedBy: "dpo", reason: "r" } as const;
  const rule = {
    id: "ps",
    action: "pseudonymize",
    match: { piAny: ["cn-mobile"] },
    why: { zh: "因", en: "why" },
  } as const;
  const openai = { ...policy.destinations.get("openai")!, observe };
  const trial: Policy = {
    ...policy,
    destinations: new Map([["openai", openai]]),
    rules: [rule as Policy["rules"][number]],
  };
  const { decision } = judged(arrivalOf(1, "电话 13912345678 ok，x13912345678y"), keys, trial);
  expect(decision.rule).toBe("residual");
  expect(decision).toEqual({
    ...{ action: "block", rule: "residual", reasons: decision.reasons, cures: ["remove_field"] },
    ...{ hide: [], legal: decision.legal, would: null },
  });
  const left = { path: "/a", type: "cn-mobile" } as Finding;
  const signed = { ...decision, observedBy: "dpo", remove: [0], unread: [], legal: { ...decision.legal, proof: "p" } };
  expect(leftOver(signed, left)).not.toHaveProperty("legal.proof");
  expect(Object.keys(leftOver(signed, left)).sort()).toEqual(Object.keys(decision).sort());
});

test("no value that was to be hidden is on the wire, however often and wherever it stands", () => {
  const spot = fc.constantFrom(ID, "13800138000", " 和 ", "，", "\n", '"', "\\", "客户");
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 12 }), fc.array(spot, { maxLength: 6 }), (a, b) => {
      const json = { model: "echo", [b.join("")]: 1, messages: [{ content: a.join(" ") }, { content: [b.join(" ")] }] };
      const done = judged(arrivalOf(1, "", { body: Buffer.from(JSON.stringify(json)), asserted: ZHANG }));
      if (done.departure === null) return;
      expect(wire(done)).not.toContain(ID);
      expect(() => JSON.parse(wire(done))).not.toThrow();
    }),
    { numRuns: 300 },
  );
});

test("the same value has one pseudonym in a caller's conversation, and another in another's", () => {
  const second = { ...policy.callers.get("demo")!, id: "other" };
  const two = { ...policy, callers: new Map([...policy.callers, ["other", second]]) };
  const ask = (caller: string, conversation: string) =>
    wire(judged(arrivalOf(1, `证件 ${ID}`, { caller, asserted: { ...ZHANG, conversation } }), keys, two));
  expect(ask("demo", "c-1")).toBe(ask("demo", "c-1"));
  expect(ask("demo", "c-1")).not.toBe(ask("other", "c-1"));
  expect(ask("demo", "c-1")).not.toBe(ask("demo", "c-2"));
});

test("portkey-last-message-only: PI in any message, tool argument, name or number is found", () => {
  const places = [
    { messages: [{ content: "13912345678" }, { content: "hi" }] },
    { messages: [{ tool_calls: [{ function: { arguments: '{"phone":"13912345678"}' } }] }] },
    { input: [[["13912345678"]]] },
    { metadata: { "13912345678": true } },
    { phone: 13912345678 },
    { a: "\u0031\u0033912345678" },
  ];
  for (const place of places) {
    const done = judged(arrivalOf(1, "", { body: Buffer.from(JSON.stringify({ model: "echo", ...place })) }));
    expect(done.decision.action, JSON.stringify(Object.keys(place))).toBe("block");
    expect(done.decision.reasons[0]!.code).toBe("CONSENT_MISSING");
  }
  const escaped = Buffer.from('{"messages":[{"content":"\\u0031\\u0033912345678"}]}');
  expect(judged(arrivalOf(1, "", { body: escaped })).decision.action).toBe("block");
});

test("PI in the path, the query or a header can only block", () => {
  for (const more of [
    { target: "/v1/chat/completions?q=13800138000" },
    { target: "/v1/chat/completions?13800138000" },
    { headers: ["user-agent", "13800138000"] },
  ]) {
    const done = judged(arrivalOf(1, "hello", { ...more, asserted: ZHANG }));
    expect([done.decision.action, done.decision.reasons[0]!.code]).toEqual(["block", "PI_IN_HEAD"]);
  }
});
