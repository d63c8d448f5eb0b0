// A draft that looks on: after the answer is on its way, never in it; what would be done otherwise is counted by rule
// and recipient and told once a minute; nothing stands in the ledger.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Inspected, inspect } from "../src/gate.ts";
import { ConfigError, readConfig } from "../src/io/config.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { cross } from "../src/io/perform.ts";
import type { FactsLoader, Ledger } from "../src/io/ports.ts";
import { createShadow, type Shadow, type ShadowParts, type Shown } from "../src/io/shadow.ts";
import { lookAt } from "../src/io/shadow-look.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import { createMeters } from "../src/io/telemetry/meters.ts";
import type { Keys, Policy, PolicyRule } from "../src/words.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, worldOf } from "./sim/demo-world.ts";

const ZHANG = { subject: "id:zhang", purpose: null, conversation: null, exporter: null };
const RULE: PolicyRule = {
  ...{ id: "no-mobiles", why: { zh: "x", en: "x" }, action: "block" },
  match: { piAny: ["cn-mobile"] },
};

let dir: string;
let policy: Policy;
let keys: Keys;
let stores: Stores;
let facts: FactsLoader;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-shadow-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  stores = await demoStores(keys);
  facts = createFactsLoader(stores.consent, stores.people, keys);
});
afterAll(() => rmSync(dir, { recursive: true }));
afterEach(() => vi.useRealTimers());

function shadowed(more: Partial<ShadowParts> = {}) {
  const meters = createMeters();
  const lines: object[] = [];
  const work: (() => void)[] = [];
  const draft = () => ({ ...policy, rules: [...policy.rules, RULE] });
  const log = { warn: (line: object) => void lines.push(line) } as unknown as ShadowParts["log"];
  const shadow = createShadow({
    draft,
    keys,
    facts,
    meters,
    log,
    sample: 1,
    later: (one) => void work.push(one),
    ...more,
  });
  const looks = () =>
    Object.fromEntries(meters.counters.yumen_shadow_looks_total.rows().map(({ labels, n }) => [labels[0], n]));
  const differences = () =>
    meters.counters.yumen_shadow_differences_total.rows().map(({ labels, n }) => [...labels, n]);
  const settle = async () => {
    while (work.length > 0) {
      work.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { shadow, looks, differences, lines, work, settle };
}

/** What the world did, in order. */
async function crossed(shadow: Shadow, contents: readonly string[]) {
  const did: string[] = [];
  const ledger: Ledger = {
    append: async () => did.push("entry"),
    appendSoon: async () => did.push("outcome"),
    head: () => ({ size: did.length, root: "" }),
    seal: async () => {},
  };
  const dialer = { dial: () => ({ at: did.push("dialed"), resume() {}, abort() {} }), close: async () => {} };
  const looking = { saw: (shown: Shown) => void [did.push("seen"), shadow.saw(shown)] };
  const world = { ...worldOf({ policy, keys, stores, ledger, dialer }), shadow: looking };
  const callers: Caller[] = [];
  for (const [i, content] of contents.entries()) {
    const caller = new Caller();
    callers.push(caller);
    await cross(world, arrivalOf(900 + i, content, { asserted: ZHANG }), caller);
  }
  return { did, callers };
}

test("it looks when the answer is on its way, and writes nothing", async () => {
  const { shadow, looks, differences, work, settle } = shadowed();
  const { did, callers } = await crossed(shadow, ["你好", "客户电话 13800138000", "陌生人 13600136000"]);
  // entry, then dialed, then seen; a refusal is sent before it is seen
  expect(did.slice(0, 6)).toEqual(["entry", "dialed", "seen", "entry", "dialed", "seen"]);
  expect(callers[2]!.status).toBe(403);
  expect(looks()).toEqual({});
  expect(work).toHaveLength(1);
  const before = did.length;
  await settle();
  expect(did).toHaveLength(before);
  // the stranger's number is blocked by both
  expect(looks()).toEqual({ same: 2, differs: 1 });
  expect(differences()).toEqual([["no-mobiles", "openai", 1]]);
});

test("what would be done otherwise is told once a minute, and at the end", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { shadow, lines, settle } = shadowed();
  await crossed(shadow, ["客户电话 13800138000", "电话 13800138000"]);
  await settle();
  vi.advanceTimersByTime(59_999);
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(lines).toEqual([{ by: { "forward → block no-mobiles openai": 2 } }]);
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
  await crossed(shadow, ["客户电话 13800138000"]);
  await settle();
  shadow.close();
  expect(lines).toHaveLength(2);
});

test("a share of crossings, spread evenly", async () => {
  const { shadow, looks, settle } = shadowed({ sample: 0.25 });
  await crossed(
    shadow,
    Array.from({ length: 12 }, () => "你好"),
  );
  await settle();
  expect(looks()).toEqual({ same: 3 });
});

test("a burst is passed over rather than kept; so is what a thread has read", async () => {
  const { shadow, looks, work } = shadowed();
  const arrival = arrivalOf(1, "你好");
  const decision = { action: "forward", would: null } as const;
  for (let i = 0; i < 40; i++) shadow.saw({ arrival, decision, recipient: "openai" });
  expect(work).toHaveLength(1);
  expect(looks()).toEqual({ busy: 8 });
  shadow.saw({ arrival, decision, recipient: null });
  shadow.saw({ arrival: { ...arrival, body: Buffer.alloc(256 * 1024 + 1) }, decision, recipient: "openai" });
  expect(looks()).toEqual({ busy: 8, large: 2 });
});

const CONTENTS = ["你好", "客户电话 13800138000", "陌生人 13600136000", "手机 13800138000，卡 6222021234567890128"];

/** Drafts that read the same out of a body, each with what it would do otherwise. */
const ALIKE: readonly (readonly [string, (policy: Policy) => Policy])[] = [
  ["a rule more", (p) => ({ ...p, rules: [...p.rules, RULE] })],
  ["no mechanisms", (p) => ({ ...p, mechanisms: [] })],
  ["no notices", (p) => ({ ...p, notices: [] })],
  [
    "another basis",
    (p) => ({ ...p, purposes: new Map([...p.purposes].map(([id, one]) => [id, { ...one, neededTypes: [] }])) }),
  ],
  [
    "a caller that may not",
    (p) => ({ ...p, callers: new Map([...p.callers].map(([id, one]) => [id, { ...one, destinations: [] }])) }),
  ],
  [
    "a caller of no purpose",
    (p) => ({ ...p, callers: new Map([...p.callers].map(([id, one]) => [id, { ...one, purposes: [] }])) }),
  ],
];
/** And such as read it otherwise. */
const OTHERWISE: readonly (readonly [string, (policy: Policy) => Policy])[] = [
  ["no names read", (p) => ({ ...p, names: null })],
  ["another profile", (p) => ({ ...p, profile: "gbt45574" })],
  [
    "another limit of the destination",
    (p) => ({
      ...p,
      destinations: new Map(
        [...p.destinations].map(([id, one]) => [id, { ...one, limits: { ...one.limits, bodyBytesMax: 8 } }]),
      ),
    }),
  ],
];

function inspected(i: number, content: string): Inspected {
  const found = inspect(arrivalOf(i, content, { asserted: ZHANG }), policy, keys);
  if ("stopped" in found) throw new Error(found.stopped.code);
  return found;
}

test.each([...ALIKE, ...OTHERWISE])("what was read of a crossing serves the draft: %s", async (_, change) => {
  const draft = change(policy);
  for (const [i, content] of CONTENTS.entries()) {
    const read = inspected(700 + i, content);
    const parts = { draft: () => draft, keys, facts };
    const { found } = await lookAt(read.arrival, read, parts);
    expect(found).toEqual((await lookAt(read.arrival, undefined, parts)).found);
    expect(found).not.toBe("failed");
  }
});

test("a body is read again only where the draft reads it otherwise", async () => {
  const looksAt = async (draft: Policy, body: Buffer) => {
    const read = inspected(710, "客户电话 13800138000");
    // bytes of which nothing can be read: whoever reads them again stops
    return (
      await lookAt(
        { ...read.arrival, body },
        { ...read, arrival: { ...read.arrival, body } },
        { draft: () => draft, keys, facts },
      )
    ).found;
  };
  const broken = Buffer.from('{"model":');
  for (const [, change] of ALIKE)
    expect(await looksAt(change(policy), broken)).not.toMatchObject({ rule: "json_malformed" });
  for (const [, change] of OTHERWISE)
    expect(await looksAt(change(policy), broken)).toMatchObject({ action: "block", recipient: "" });
});

test("a draft that is slow takes a fifth of the thread, and callers none of it", async () => {
  let atMs = 0;
  let looks = 0;
  const slow = () => {
    looks += 1;
    // each look holds the thread for twenty milliseconds of its own
    const until = performance.now() + 20;
    while (performance.now() < until);
    return policy;
  };
  const rests: number[] = [];
  const work: (() => void)[] = [];
  const { shadow } = shadowed({
    draft: slow,
    nowMs: () => atMs,
    later: (one, ms) => void [work.push(one), rests.push(ms)],
  });
  const arrival = arrivalOf(1, "你好");
  for (let i = 0; i < 3; i++)
    shadow.saw({ arrival, decision: { action: "forward", would: null }, recipient: "openai" });
  while (work.length > 0) {
    work.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
    atMs += 10 + (rests.at(-1) ?? 0);
  }
  expect(looks).toBe(3);
  // the first after callers' turn; then (20 - 5 saved) / 0.2 and more
  expect(rests[0]).toBe(0);
  expect(rests[1]).toBeGreaterThanOrEqual(75);
  expect(rests[2]).toBeGreaterThanOrEqual(80);
});

test("a draft that is quick does not rest", async () => {
  let atMs = 0;
  const rests: number[] = [];
  const work: (() => void)[] = [];
  // a second between two looks saves all that may be saved
  const nowMs = () => (atMs += 1000);
  const { shadow } = shadowed({ nowMs, later: (one, ms) => void [work.push(one), rests.push(ms)] });
  const shown = { decision: { action: "forward", would: null }, recipient: "openai" } as const;
  for (let i = 0; i < 20; i++) shadow.saw({ ...shown, arrival: arrivalOf(i, "你好") });
  while (work.length > 0) {
    work.shift()!();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(rests).toHaveLength(21);
  expect(rests.slice(1)).toContain(0);
});

test("a draft that cannot carry it, and a world that fails: counted, never thrown", async () => {
  const without = { ...policy, destinations: new Map() };
  const gone = shadowed({ draft: () => without });
  await crossed(gone.shadow, ["你好"]);
  await gone.settle();
  expect(gone.differences()).toEqual([["destination_unknown", "", 1]]);
  const broken = shadowed({ facts: { load: () => Promise.reject(new Error("down")) } });
  await crossed(broken.shadow, ["你好"]);
  await broken.settle();
  expect(broken.looks()).toEqual({ failed: 1 });
});

test.each([
  ["0.1", 0.1],
  ["10%", 0.1],
  ["1", 1],
])("--shadow-sample %s", (text, share) => {
  expect(readConfig({ shadow: "d", shadowSample: text }, {})).toMatchObject({ shadow: "d", shadowSample: share });
});

test.each(["0", "2", "150%", "-1", "x", ""])("--shadow-sample %s is refused", (text) => {
  expect(() => readConfig({ shadowSample: text }, {})).toThrow(ConfigError);
});
