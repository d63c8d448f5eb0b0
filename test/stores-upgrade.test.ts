// A file of the release before: read by this one, taken over by its gate, and the other way refused.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "lmdb";
import { afterAll, expect, test } from "vitest";
import { readLmdbStores } from "../src/io/stores/lmdb/read.ts";
import { openReceipts } from "../src/io/stores/lmdb/receipts.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import { eventOf, freshPerson } from "./contracts/consent.contract.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-upgrade-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const day = (n: number) => `2026-03-${n.toString().padStart(2, "0")}T00:00:00.000Z`;

/** The tables of version 1. */
function openFirst(dir: string) {
  const root = open({ path: join(dir, "stores.mdb"), overlappingSync: false, maxDbs: 8, cache: false });
  root.openDB("people", { keyEncoding: "binary", encoding: "binary" });
  return { root, documents: root.openDB<unknown, [string, string, string]>("documents", {}) };
}

/** As version 1 wrote it: every event of a key in one document, states as objects, `seen` with its place. */
async function writeFirst(dir: string) {
  const { root, documents } = openFirst(dir);
  const [mobile, openid, other] = [freshPerson(), freshPerson(), freshPerson()];
  const grant = eventOf({ person: mobile, givenAt: day(1) });
  const elsewhere = eventOf({ person: other, givenAt: day(1), recipient: "aws" });
  const withdraw = eventOf({ person: openid, givenAt: day(3), action: "withdraw" });
  const late = eventOf({ person: mobile, givenAt: day(2), types: ["person"] });
  const events = [grant, elsewhere, withdraw, late];
  await root.transaction(() => {
    root.put("format", 1);
    for (const person of [mobile, openid, other]) {
      const mine = events.flatMap((event, i) => (event.person === person ? [{ ordinal: i + 1, event }] : []));
      documents.put(["events", "acme", person], mine);
    }
    for (const [i, { source, event, person }] of events.entries())
      documents.put(["seen", source, event], { exporter: "acme", key: person, ordinal: i + 1 });
    documents.put(["meta", "cursor", ""], events.length);
    documents.put(["alias", "acme", openid], mobile);
    documents.put(["person", "acme", mobile], { members: [mobile, openid], states: [] });
    // what a link leaves behind under the name that it gave up
    documents.put(["person", "acme", openid], { members: [openid], states: [] });
    documents.put(["person", "acme", other], { members: [other], states: [] });
  });
  await root.close();
  return { mobile, openid, other, events };
}

type Then = Awaited<ReturnType<typeof writeFirst>>;

async function expectAll({ consent }: Stores, { mobile, openid, other, events }: Then) {
  const [grant, elsewhere, withdraw, late] = events;
  expect(consent.cursor()).toBe("4");
  expect(consent.history("acme", openid)).toEqual([grant, withdraw, late]);
  expect(consent.history("acme", other)).toEqual([elsewhere]);
  expect(consent.state("acme", consent.resolve("acme", openid), "openai", "support")).toMatchObject({
    ...{ granted: false, withdrawnAt: day(3), receipt: "rcp_000000000004", types: ["person"] },
  });
  expect(consent.state("acme", other, "aws", "support")).toMatchObject({ granted: true, receipt: "rcp_000000000002" });
  expect([...consent.members("acme", mobile)].sort()).toEqual([mobile, openid].sort());
}

test("only looking: the whole of it, from a file that is left as it is", async () => {
  const dir = mkdtempSync(join(folder, "look-"));
  const then = await writeFirst(dir);
  for (const _ of [1, 2]) {
    const stores = await readLmdbStores(dir);
    await expectAll(stores, then);
    await stores.close();
  }
  const receipts = (await openReceipts(dir))!;
  expect(receipts.stateOf("rcp_000000000001", "1", "openai", "support")).toMatchObject({ granted: true });
  expect(receipts.stateOf("rcp_000000000001", "3", "openai", "support")).toMatchObject({ granted: false });
  expect(receipts.stateOf("rcp_000000000009", "9", "openai", "support")).toBeNull();
  await receipts.close();
});

test("taken over: everything as before, and what comes then goes on from there", async () => {
  const dir = mkdtempSync(join(folder, "take-"));
  const then = await writeFirst(dir);
  const stores = await openLmdbStores(dir);
  await expectAll(stores, then);
  expect((await stores.consent.record(then.events[2]!)).added).toBe(false);
  const { cursor } = await stores.consent.record(eventOf({ person: then.openid, givenAt: day(9) }));
  expect(cursor).toBe("5");
  await stores.close();

  const root = open({ path: join(dir, "stores.mdb"), maxDbs: 12, readOnly: true });
  expect(root.get("format")).toBe(2);
  expect([...root.openDB("documents", {}).getKeys({ start: ["events"], end: ["events", "\uffff"] })]).toEqual([]);
  await root.close();
  const again = await openLmdbStores(dir);
  expect(again.consent.history("acme", then.mobile)).toHaveLength(4);
  expect(again.consent.state("acme", then.mobile, "openai", "support")?.granted).toBe(true);
  await again.close();
});

test("5,000 people: none is lost over the pages that an upgrade reads", async () => {
  const dir = mkdtempSync(join(folder, "many-"));
  const { root, documents } = openFirst(dir);
  const events = Array.from({ length: 5_000 }, () => eventOf({ person: freshPerson() }));
  await root.transaction(() => {
    root.put("format", 1);
    for (const [i, event] of events.entries()) {
      documents.put(["events", "acme", event.person], [{ ordinal: i + 1, event }]);
      documents.put(["seen", event.source, event.event], { exporter: "acme", key: event.person, ordinal: i + 1 });
      documents.put(["person", "acme", event.person], { members: [event.person], states: [] });
    }
    documents.put(["meta", "cursor", ""], events.length);
  });
  await root.close();
  const { consent, close } = await openLmdbStores(dir);
  const again = await consent.recordAll(events.map((event) => ({ event })));
  expect(again.every(({ added, state }) => !added && state!.granted)).toBe(true);
  await close();
});

test("a format that is newer still is refused", async () => {
  const dir = mkdtempSync(join(folder, "newer-"));
  const { root } = openFirst(dir);
  await root.put("format", 3);
  await root.close();
  await expect(openLmdbStores(dir)).rejects.toThrow(/^store_unavailable.*format 3/);
});
