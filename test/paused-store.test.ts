// A store that stands still: nothing passes, whoever it is about, and it is in the record; when it answers again all is
// as before, a withdrawal made meanwhile included.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { GateError } from "../src/io/errors.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import { cross, type World } from "../src/io/perform.ts";
import type { Dialer, FactsLoader, Ledger } from "../src/io/ports.ts";
import { createPeopleCounter, NOTHING_SAVED } from "../src/io/stores/embedded/people.ts";
import type { Arrival } from "../src/words.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, NOW_MS, worldOf } from "./sim/demo-world.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-paused-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const keys = await keysUnder(folder);
const policy = await demoPolicy();

/** @param disk where the counted are written. Absent: in memory only. */
async function house(disk?: () => Promise<void>) {
  const demo = await demoStores(keys);
  const stores = disk === undefined ? demo : { ...demo, people: createPeopleCounter(NOTHING_SAVED, disk) };
  const entries: Record<string, unknown>[] = [];
  let dialed = 0;
  const append = async (entry: string) => entries.push(JSON.parse(entry)) - 1;
  const head = () => ({ size: entries.length, root: "" });
  const ledger: Ledger = { append, appendSoon: append, head, seal: async () => {} };
  const dialer: Dialer = {
    dial(_dispatch, sink) {
      dialed += 1;
      sink.head(200, ["content-type", "application/json"]);
      sink.data(Buffer.from("{}"));
      sink.end();
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const embedded = createFactsLoader(stores.consent, stores.people, keys);
  const store = { isPaused: false };
  const facts: FactsLoader = {
    load: (ask) => (store.isPaused ? new Promise(() => {}) : Promise.resolve().then(() => embedded.load(ask))),
  };
  const world: World = { ...worldOf({ policy, keys, stores, ledger, dialer }), facts, stalenessMsMax: 20 };
  let serial = 0;
  const ask = async (content = "客户电话 13800138000") => {
    const caller = new Caller();
    const asserted: Arrival["asserted"] = { subject: "id:zhang", purpose: null, conversation: null, exporter: null };
    await cross(world, arrivalOf(++serial, content, { asserted }), caller);
    return caller;
  };
  return { stores, entries, ask, store, dialed: () => dialed };
}

test("paused: 503 store_unavailable, recorded once, nothing dialed; then all is as before", async () => {
  const { entries, ask, store, dialed } = await house();
  expect([(await ask()).status, dialed()]).toEqual([200, 1]);
  store.isPaused = true;
  const before = entries.length;
  const refused = await ask();
  expect(refused.status).toBe(503);
  expect(refused.text).toContain("store_unavailable");
  expect(refused.text).not.toContain("13800138000");
  expect(dialed()).toBe(1);
  expect(entries.slice(before)).toMatchObject([{ kind: "crossing", action: "block" }]);
  expect(JSON.stringify(entries.slice(before))).toContain("store_unavailable");
  store.isPaused = false;
  expect([(await ask()).status, dialed()]).toEqual([200, 2]);
});

test("a withdrawal while it stood still holds at the first crossing after", async () => {
  const { stores, ask, store, dialed } = await house();
  expect((await ask()).status).toBe(200);
  store.isPaused = true;
  await stores.consent.record({
    ...{ event: "w-1", source: "crm", sequence: 1, exporter: "example-retail", recipient: "*", purpose: "*" },
    ...{ person: keys.person("example-retail", "id", "zhang"), action: "withdraw", separate: false, guardian: false },
    ...{ sensitiveNotice: false, types: [], sensitiveTypes: [], notice: null, validUntil: null, channel: "web" },
    ...{ givenAt: new Date(NOW_MS - 1_000).toISOString(), recordedAt: new Date(NOW_MS).toISOString() },
  });
  expect((await ask()).status).toBe(503);
  store.isPaused = false;
  expect((await ask()).status).toBe(403);
  expect(dialed()).toBe(1);
});

test("a full disk: nobody leaves for being counted in memory, at the second try neither", async () => {
  let isFull = true;
  const { entries, ask, dialed } = await house(async () => {
    if (isFull) throw new GateError("store_unavailable", "disk full");
  });
  for (const _ of ["first", "again"]) expect([(await ask()).status, dialed()]).toEqual([503, 0]);
  expect(entries.map(({ action, rule }) => [action, rule])).toEqual([
    ["block", "store_unavailable"],
    ["block", "store_unavailable"],
  ]);
  isFull = false;
  expect([(await ask()).status, dialed()]).toEqual([200, 1]);
});

test("a slow disk: another crossing of the same person does not overtake the row", async () => {
  const writes: (() => void)[] = [];
  const { ask, dialed } = await house(() => new Promise((done) => void writes.push(done)));
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
  const first = ask();
  await turn();
  const second = ask();
  await turn();
  expect([writes.length, dialed()]).toEqual([1, 0]);
  writes[0]!();
  expect([(await first).status, (await second).status, dialed()]).toEqual([200, 200, 2]);
});
