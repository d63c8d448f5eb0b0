// Orders where a crossing is not read and sent in one go: a body read in a thread, an answer that leaves, a dry run, and
// a hold that comes between the judgement and the wire.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFactsLoader } from "../src/io/facts.ts";
import { createHeavy } from "../src/io/heavy/heavy.ts";
import { type KeyRing, openKeys } from "../src/io/keys.ts";
import { holdShelf, releaseShelf, releaseUses } from "../src/io/orders/shelves.ts";
import { createStandingOrders } from "../src/io/orders/standing.ts";
import { cross, type World } from "../src/io/perform.ts";
import type { AnswerSink, Dialer, Ledger } from "../src/io/ports.ts";
import type { Destination, Policy } from "../src/words.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, NOW_MS, worldOf } from "./sim/demo-world.ts";
import { fakeThread } from "./sim/reading-thread.ts";

let dir: string;
let ring: KeyRing;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-orders-"));
  [ring, policy] = [await openKeys(dir), await demoPolicy()];
});
afterAll(() => rmSync(dir, { recursive: true }));

const HOLD = {
  ...({ id: "hold_1", of: "recipient", target: "openai", reason: "r", order: null, by: "op" } as const),
  ...{ at: new Date(NOW_MS).toISOString(), hard: false, file: null, lifted: null },
};

/** @param before the entry is durable: what happens meanwhile. */
async function worldUnder(
  change: { policy?: Policy; before?: () => unknown; answer?: (sink: AnswerSink) => void } = {},
) {
  const stores = await demoStores(ring.keys);
  const clock = { nowMs: () => NOW_MS };
  const orders = createStandingOrders(stores.register, clock);
  const entries: Record<string, unknown>[] = [];
  const ledger: Ledger = {
    append: async (entry) => {
      const parsed = JSON.parse(entry) as Record<string, unknown>;
      if (parsed["kind"] === "crossing") await change.before?.call(null);
      return entries.push(parsed) - 1;
    },
    appendSoon: async (entry) => entries.push(JSON.parse(entry)) - 1,
    head: () => ({ size: 0, root: "" }),
    seal: async () => {},
  };
  const dialed = { n: 0 };
  const dialer: Dialer = {
    dial(_, sink) {
      dialed.n += 1;
      if (change.answer !== undefined) change.answer(sink);
      else {
        sink.head(200, ["content-type", "application/json"]);
        sink.data(Buffer.from('{"ok":true}'));
        sink.end();
      }
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const base = worldOf({ policy: change.policy ?? policy, keys: ring.keys, stores, ledger, dialer });
  const facts = createFactsLoader(stores.consent, stores.people, ring.keys, orders.current);
  const world: World = { ...base, facts, orders };
  return { world, stores, orders, entries, dialed };
}

const LARGE = "a plain sentence without anybody in it. ".repeat(10_000);

test("a large body that a thread reads is refused, and by the hold's id", async () => {
  const { world, stores, entries, dialed } = await worldUnder();
  await holdShelf(stores.register).change(HOLD.id, () => HOLD);
  const heavy = createHeavy({ ring, start: () => fakeThread(ring.threadSecrets) });
  const caller = new Caller();
  const arrival = arrivalOf(1, LARGE);
  expect(heavy.takes(arrival, policy)).toBe(true);
  await cross({ ...world, heavy }, arrival, caller);
  expect([caller.status, dialed.n]).toEqual([403, 0]);
  expect(entries[0]).toMatchObject({ outcome: "PROHIBITED", reasons: [{ code: "PROHIBITED_X4", about: "hold_1" }] });
  heavy.close();
});

/** Whose answer leaves: somebody overseas reads from it. */
function inward(): Policy {
  const openai: Destination = {
    ...policy.destinations.get("openai")!,
    ...{ leaves: "response", flowKind: "remote_access", operations: ["inference", "unknown"], providers: ["any-json"] },
  };
  return { ...policy, destinations: new Map([["openai", openai]]) };
}
const STOCK = { target: "/stock", body: Buffer.from('{"id":7}') };

test("an answer that leaves to somebody overseas is refused", async () => {
  const { world, stores, entries } = await worldUnder({ policy: inward() });
  const ask = async () => {
    const caller = new Caller();
    await cross(world, arrivalOf(1, "", STOCK), caller);
    return caller;
  };
  expect((await ask()).status).toBe(200);
  await holdShelf(stores.register).change(HOLD.id, () => HOLD);
  const refused = await ask();
  expect([refused.status, refused.text.includes("prohibited_x4")]).toEqual([403, true]);
  expect(entries.at(-1)).toMatchObject({ action: "block", leaves: "response", outcome: "PROHIBITED" });
});

test("a dry run is told, and leaves no use of a release", async () => {
  const { world, stores } = await worldUnder();
  await holdShelf(stores.register).change(HOLD.id, () => HOLD);
  const caller = new Caller();
  await cross(world, { ...arrivalOf(1, "hello"), dryRun: true }, caller);
  expect(JSON.parse(caller.text)).toMatchObject({
    action: "block",
    reasons: [{ code: "PROHIBITED_X4", about: "hold_1" }],
  });
});

describe("a hold that comes while a crossing is written down", () => {
  test.each([
    ["read here", "hello"],
    ["read in a thread", LARGE],
  ])("stops it before a byte leaves: %s", async (_what, content) => {
    const late = { put: async () => {} };
    const { world, stores, entries, dialed } = await worldUnder({ before: () => late.put() });
    late.put = async () => void (await holdShelf(stores.register).change(HOLD.id, () => HOLD));
    const heavy = createHeavy({ ring, start: () => fakeThread(ring.threadSecrets) });
    const caller = new Caller();
    await cross({ ...world, heavy }, arrivalOf(1, content), caller);
    expect([caller.status, dialed.n]).toEqual([403, 0]);
    expect(caller.text).toContain("way_suspended");
    expect(entries.map(({ kind, action, result }) => [kind, action ?? result])).toEqual([
      ["crossing", "forward"],
      ["outcome", "way_suspended"],
    ]);
    heavy.close();
  });

  test.each([
    ["read here", '{"stock":3}'],
    ["read in a thread", JSON.stringify({ text: LARGE })],
  ])("stops an answer that leaves: %s", async (_what, text) => {
    const late = { put: async () => {} };
    const answer = (sink: AnswerSink) => {
      sink.head(200, ["content-type", "application/json"]);
      sink.data(Buffer.from(text));
      sink.end();
    };
    const { world, stores, entries } = await worldUnder({ policy: inward(), before: () => late.put(), answer });
    late.put = async () => void (await holdShelf(stores.register).change(HOLD.id, () => HOLD));
    const heavy = createHeavy({ ring, start: () => fakeThread(ring.threadSecrets) });
    const caller = new Caller();
    await cross({ ...world, heavy }, arrivalOf(1, "", STOCK), caller);
    expect([caller.status, caller.text.includes("way_suspended")]).toEqual([403, true]);
    expect(entries.map(({ kind, action, result }) => [kind, action ?? result])).toEqual([
      ["crossing", "forward"],
      ["outcome", "way_suspended"],
    ]);
    heavy.close();
  });
});

test("a value that two people excuse excuses no other that stands in the same subject's record", async () => {
  const subjectAt = [{ pointer: "/user/phone", type: "cn-mobile" }];
  const shapes = { operations: ["inference", "unknown"], providers: ["any-json"] } as const;
  const destination: Destination = { ...policy.destinations.get("openai")!, ...shapes, subjectAt };
  const { world, stores } = await worldUnder({
    policy: { ...policy, destinations: new Map([["openai", destination]]) },
  });
  const [subject, ref] = ["13800138000", "13912345678"];
  const tried = async (value: string) => {
    const values = [ring.keys.person("example-retail", "cn-mobile", value)];
    const lifts = [{ of: "false-finding" as const, type: "cn-mobile", path: "/user/ref", values }];
    const scope = { id: "rel_1", destination: "openai", exporter: "example-retail", types: ["cn-mobile"], lifts };
    await releaseShelf(stores.register).change("rel_1", () => ({
      ...{ ...scope, from: "2026-01-01T00:00:00.000Z", until: "2027-01-01T00:00:00.000Z", reason: "r", ticket: "T" },
      ...{ proposedBy: "a", approvedBy: "b", proposal: "prp_1", revoked: null },
    }));
    const caller = new Caller();
    const body = Buffer.from(JSON.stringify({ user: { phone: subject, ref } }));
    await cross(world, { ...arrivalOf(1, "", { target: "/x", body }), dryRun: true }, caller);
    return JSON.parse(caller.text).lifted ?? [];
  };
  expect(await tried(subject)).toEqual([]);
  expect(await tried(ref)).toMatchObject([{ release: "rel_1", of: "false-finding", what: "cn-mobile" }]);
});

test("a hard stop ends what is under way once, and keeps nothing of what is over", async () => {
  const sinks: AnswerSink[] = [];
  const { world, orders, entries } = await worldUnder({
    answer: (sink) => {
      sinks.push(sink);
      sink.head(200, ["content-type", "text/event-stream"]);
      sink.data(Buffer.from('data: {"choices":[]}\n\n'));
    },
  });
  const callers = [new Caller(), new Caller()];
  for (const [i, caller] of callers.entries()) await cross(world, arrivalOf(i, "hello"), caller);
  sinks[0]!.end();
  expect(orders.cut(HOLD)).toBe(1);
  expect(orders.cut(HOLD)).toBe(0);
  expect(callers.map(({ ending }) => ending)).toEqual(["answer", "cut"]);
  expect(callers[1]!.text).toContain("way_suspended");
  expect(entries.filter(({ kind }) => kind === "outcome").map(({ result }) => result)).toEqual([
    "answered",
    "way_suspended",
  ]);
});

test("a release lets a crossing pass and is counted; a dry run of it is not", async () => {
  const blocking = { id: "no-chat", why: { zh: "不", en: "no" }, action: "block", match: {} } as const;
  const { world, stores, orders, entries } = await worldUnder({
    policy: { ...policy, rules: [...policy.rules, blocking] },
  });
  const [from, until] = [NOW_MS - 1, NOW_MS + 3_600_000].map((ms) => new Date(ms).toISOString());
  const ask = async (dryRun = false) => {
    const caller = new Caller();
    await cross(world, { ...arrivalOf(1, "hello"), dryRun }, caller);
    return caller;
  };
  expect((await ask()).status).toBe(403);
  await releaseShelf(stores.register).change("rel_1", () => ({
    ...{
      id: "rel_1",
      destination: "openai",
      types: [],
      lifts: [{ of: "rule", rule: "no-chat" }],
      from: from!,
      until: until!,
    },
    ...{ reason: "r", ticket: "T", proposedBy: "a", approvedBy: "b", proposal: "prp_1", revoked: null },
  }));
  expect((await ask()).status).toBe(200);
  expect(JSON.parse((await ask(true)).text).lifted).toEqual([{ release: "rel_1", of: "rule", what: "no-chat" }]);
  expect(entries.find(({ action }) => action === "forward")!["lifted"]).toHaveLength(1);
  await orders.close();
  expect(releaseUses(stores.register).get("rel_1")!.uses).toBe(1);
});
