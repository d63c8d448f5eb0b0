// The embedded engines: the contracts for each, and what only an engine on disk can break.

import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createKeySet } from "../src/io/stores/embedded/key-set.ts";
import { type CountedRow, createPeopleCounter } from "../src/io/stores/embedded/people.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import { consentContract, eventOf, freshPerson } from "./contracts/consent.contract.ts";
import { admission, countKey, NO_LIMIT, peopleContract } from "./contracts/people.contract.ts";
import { registerContract } from "./contracts/register.contract.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-stores-"));
let folders = 0;
const freshFolder = () => join(folder, String(++folders));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const engines = {
  memory: async () => openMemoryStores(),
  lmdb: () => openLmdbStores(freshFolder()),
};
for (const [name, openStores] of Object.entries(engines)) {
  consentContract(name, openStores);
  peopleContract(name, openStores);
  registerContract(name, openStores);
}

describe("lmdb", () => {
  test("everything stands after closing and opening again", async () => {
    const dir = freshFolder();
    const first = await openLmdbStores(dir);
    const [person, alias] = [freshPerson(), freshPerson()];
    await first.consent.record(eventOf({ person, exporter: "玉门" }));
    await first.consent.link("玉门", person, alias);
    await first.people.admit("玉门", 2026, [admission(1, "ns"), admission(2, "")], NO_LIMIT);
    await first.people.admit("玉门", 2027, [admission(1, "s")], NO_LIMIT);
    await first.register.shelf("notes").change("a", () => ({ text: "甲", of: [1] }));
    const before = [first.consent.cursor(), first.consent.history("玉门", person)];
    await first.close();

    const { consent, people, register, close } = await openLmdbStores(dir);
    expect(register.shelf("notes").all()).toEqual([{ text: "甲", of: [1] }]);
    expect([consent.cursor(), consent.history("玉门", person)]).toEqual(before);
    expect(consent.state("玉门", consent.resolve("玉门", alias), "openai", "support")?.granted).toBe(true);
    expect(people.counts("玉门", 2026)).toEqual({ nonSensitive: 1, sensitive: 1, gross: 2 });
    expect(people.counts("玉门", 2027)).toEqual({ nonSensitive: 0, sensitive: 1, gross: 1 });
    expect(people.counted("玉门", 2026, countKey(2))).toEqual({ nonSensitive: false, sensitive: false, gross: true });
    await close();
  });

  test("the files are the owner's only", async () => {
    const dir = freshFolder();
    await (await openLmdbStores(dir)).close();
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, "stores.mdb")).mode & 0o777).toBe(0o600);
  });

  test("what cannot be opened is store_unavailable", async () => {
    const dir = freshFolder();
    await (await openLmdbStores(dir)).close();
    writeFileSync(join(dir, "stores.mdb"), "no database ".repeat(1000));
    await expect(openLmdbStores(dir)).rejects.toThrow(/^store_unavailable/);
  });

  test("a second gate on the same file takes over; the first writes no more, and can still be closed", async () => {
    const dir = freshFolder();
    const first = await openLmdbStores(dir);
    await first.people.admit("acme", 2026, [admission(1)], NO_LIMIT);
    const second = await openLmdbStores(dir);
    expect(second.people.counts("acme", 2026).gross).toBe(1);
    await expect(first.people.admit("acme", 2026, [admission(2)], NO_LIMIT)).rejects.toThrow(/store_unavailable/);
    await expect(first.consent.record(eventOf({ person: freshPerson() }))).rejects.toThrow(/store_unavailable/);
    await second.people.admit("acme", 2026, [admission(3)], NO_LIMIT);
    await first.close().catch(() => {});
    await second.close();
  });
});

describe("when the disk fails", () => {
  const rows: CountedRow[] = [];
  let broken = true;
  const people = createPeopleCounter([], async (batch) => {
    if (broken) throw new Error("disk full");
    rows.push(...batch);
  });

  test("nobody goes before the row is durable; the place stays taken; the next admit writes both", async () => {
    await expect(people.admit("acme", 2026, [admission(1)], NO_LIMIT)).rejects.toThrow("disk full");
    expect(people.counts("acme", 2026).gross).toBe(1);
    await expect(people.admit("acme", 2026, [admission(1)], NO_LIMIT)).rejects.toThrow("disk full");
    broken = false;
    await people.admit("acme", 2026, [admission(2)], NO_LIMIT);
    expect(rows.map(({ key }) => key)).toEqual([countKey(1), countKey(2)]);
    expect(await people.admit("acme", 2026, [admission(1)], NO_LIMIT)).toMatchObject({ ok: true, added: [] });
    expect(rows).toHaveLength(2);
  });
});

describe("group commit", () => {
  test("a person whose row is still being written is waited for, with the newer class too", async () => {
    const writes: { rows: readonly CountedRow[]; done: () => void }[] = [];
    const people = createPeopleCounter(
      [],
      (rows) => new Promise((done) => void writes.push({ rows, done: () => done() })),
    );
    const settled: string[] = [];
    const admit = (label: string, classes: "n" | "s") =>
      people.admit("acme", 2026, [admission(1, classes)], NO_LIMIT).then(() => void settled.push(label));
    const turn = () => new Promise((resolve) => setImmediate(resolve));

    const all = [admit("first", "n")];
    await turn();
    all.push(admit("same", "n"), admit("upgrade", "s"));
    await turn();
    expect([writes.length, settled]).toEqual([1, []]);
    writes[0]!.done();
    await turn();
    expect([writes.length, settled]).toEqual([2, ["first"]]);
    expect(writes[1]!.rows.map(({ bits }) => bits)).toEqual([3]);
    all.push(admit("late", "n"));
    await turn();
    expect(settled).toEqual(["first"]);
    writes[1]!.done();
    await Promise.all(all);
    expect(settled.toSorted()).toEqual(["first", "late", "same", "upgrade"]);
  });
});

describe("KeySet", () => {
  test("20,000 keys with one word in common: exact, through every growth", () => {
    const set = createKeySet();
    const keyOf = (n: number) => Uint32Array.of(n & 7, n, 5, n >>> 3);
    for (let n = 0; n < 20_000; n += 2) expect(set.add(keyOf(n), n & 3)).toBe(-1);
    for (let n = 0; n < 20_000; n++) expect(set.get(keyOf(n))).toBe(n % 2 === 0 ? n & 3 : -1);
    expect(set.size).toBe(10_000);
    expect(set.add(keyOf(0), 3)).toBe(0);
    expect(set.get(keyOf(0))).toBe(3);
  });

  test.each([0, 1, 2, 3])("keys that differ in word %d only are different people", (word) => {
    const set = createKeySet();
    // Steps of 64 keep them in one shard and, but for word 0, in one slot's neighbourhood.
    const keyOf = (n: number) => Uint32Array.from([9, 9, 9, 9], (value, i) => (i === word ? n * 64 : value));
    for (let n = 0; n < 50; n++) expect(set.add(keyOf(n), 1)).toBe(-1);
    expect(set.size).toBe(50);
    expect(set.get(keyOf(50))).toBe(-1);
  });
});
