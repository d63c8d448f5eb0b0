// The embedded engines: the contracts for each, and what only an engine on disk can break.

import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { open } from "lmdb";
import { afterAll, describe, expect, test } from "vitest";
import { createDraft } from "../src/io/stores/embedded/draft.ts";
import { createKeyTable } from "../src/io/stores/embedded/key-table.ts";
import { type CountedRow, createPeopleCounter, NOTHING_SAVED } from "../src/io/stores/embedded/people.ts";
import { recordIn } from "../src/io/stores/embedded/recording.ts";
import { type PersonRow, personOfRow, rowOfPerson } from "../src/io/stores/lmdb/consent-rows.ts";
import { readLmdbStores } from "../src/io/stores/lmdb/read.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import { consentContract, eventOf, freshPerson } from "./contracts/consent.contract.ts";
import { consentBatchContract, foldContract } from "./contracts/consent-batch.contract.ts";
import { admission, by, countKey, NO_LIMIT, peopleContract } from "./contracts/people.contract.ts";
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
  consentBatchContract(name, openStores);
  peopleContract(name, openStores);
  registerContract(name, openStores);
}

foldContract();

describe("what a batch costs does not grow with what it says of one person", () => {
  /** Counts events read. */
  function counting() {
    const documents = createDraft({ get: () => undefined });
    const counted = { reads: 0 };
    const get: typeof documents.get = (kind, first, second) => {
      if (kind === "event") counted.reads += 1;
      return documents.get(kind, first, second);
    };
    return { counted, documents: { get, put: documents.put } };
  }
  const at = (n: number) => new Date(Date.parse("2026-03-01T00:00:00.000Z") + n).toISOString();

  test.each(["event", "~event"])("regression: events named %s-n, newest first", (name) => {
    const { counted, documents } = counting();
    const person = freshPerson();
    for (let batch = 0; batch < 3; batch++) {
      const writes = Array.from({ length: 256 }, (_, i) => {
        const n = batch * 256 + i;
        return { event: eventOf({ person, event: `${name}-${n}`, givenAt: at(-n), recordedAt: at(1) }) };
      });
      counted.reads = 0;
      recordIn(documents, writes);
      expect(counted.reads).toBeLessThanOrEqual(2 * 256 * (batch + 1));
    }
  });

  test("regression: a key that everybody shares", () => {
    const { counted, documents } = counting();
    const shared = freshPerson();
    const people = Array.from({ length: 200 }, freshPerson);
    recordIn(
      documents,
      people.map((person) => ({ event: eventOf({ person }) })),
    );
    counted.reads = 0;
    const links = people.map((person) => ({ same: { exporter: "acme", keys: [person, shared] } }));
    const { written } = recordIn(documents, links);
    expect(written.filter(({ merged }) => merged)).toHaveLength(199);
    expect(counted.reads).toBeLessThanOrEqual(200);
  });

  test("a person written down before events were counted has them counted", () => {
    const { documents } = counting();
    const person = freshPerson();
    recordIn(documents, [{ event: eventOf({ person }) }, { event: eventOf({ person }) }]);
    const row = rowOfPerson(documents.get("person", "acme", person)!).slice(0, 4) as unknown as PersonRow;
    documents.put("person", "acme", person, personOfRow(row, person));
    expect(documents.get("person", "acme", person)!.count).toBeNull();
    recordIn(documents, [{ event: eventOf({ person }) }]);
    expect(documents.get("person", "acme", person)!.count).toBe(3);
  });
});

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
    expect(people.counted("玉门", 2026, countKey(2))).toMatchObject({
      nonSensitive: false,
      sensitive: false,
      gross: true,
    });
    await close();
  });

  test("whatever came, in whatever order and however often it was opened again: what memory knew is on disk", async () => {
    const who = fc.tuple(fc.nat(12), fc.constantFrom("n", "s", "ns", ""), fc.constantFrom("a", "b", "c"), fc.nat(2));
    const step = fc.record({
      day: fc.integer({ min: 1, max: 9 }),
      who: fc.array(who, { maxLength: 4 }),
      again: fc.nat(2),
    });
    const shown = ({ people }: Stores) => ({
      counts: people.counts("acme", 2026, [["a"], ["a", "b"]]),
      heads: people.heads("acme", 2026).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      series: [people.series("acme", 2026), people.series("acme", 2026, ["b", "c"])],
      counted: Array.from({ length: 13 }, (_, n) => people.counted("acme", 2026, countKey(n))),
      stated: people.statements("acme", 2026),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const dir = freshFolder();
        let stores = await openLmdbStores(dir);
        for (const { day, who: people, again } of steps) {
          const admissions = people.map(([n, classes, recipient, rule]) =>
            by(admission(n, classes), recipient, `E${rule}`),
          );
          await stores.people.admit("acme", 2026, admissions, NO_LIMIT, { day: `2026-03-0${day}` });
          if (again > 0) continue;
          const numbers = { nonSensitive: day, sensitive: 0, gross: day, recipient: "a", day: "2026-03-05" };
          await stores.people.state("acme", 2026, { id: `s${day}`, of: "opening", ...numbers });
          const before = shown(stores);
          await stores.close();
          stores = await openLmdbStores(dir);
          expect(shown(stores)).toEqual(before);
        }
        await stores.close();
      }),
      { numRuns: 8 },
    );
  });

  test("sets of ways that were first made while the rows were read are written too: no number stands for another", async () => {
    const dir = freshFolder();
    const started = async (...who: Parameters<typeof by>[]) => {
      const { people, close } = await openLmdbStores(dir);
      await people.admit(
        "acme",
        2026,
        who.map((one) => by(...one)),
        NO_LIMIT,
      );
      const [counts, counted] = [people.counts("acme", 2026), people.counted("acme", 2026, countKey(2))];
      await close();
      return { counts, counted };
    };
    await started([admission(1), "a", "E1"]);
    await started([admission(1), "b", "E0"], [admission(1), "a", "E0"]);
    const before = await started([admission(2, "s"), "a", "E0"]);
    expect(before.counts).toEqual({ nonSensitive: 1, sensitive: 1, gross: 2 });
    expect(await started()).toEqual(before);
  });

  test("thousands at once and one by one: every block is read again", async () => {
    const dir = freshFolder();
    const stores = await openLmdbStores(dir);
    const many = Array.from({ length: 7_000 }, (_, n) => by(admission(n), n % 3 === 0 ? "a" : "b", "E7"));
    await stores.people.admit("acme", 2026, many, NO_LIMIT);
    for (let n = 7_000; n < 7_250; n++)
      await stores.people.admit("acme", 2026, [by(admission(n), "c", "E7")], NO_LIMIT);
    await stores.close();
    const { people, close } = await openLmdbStores(dir);
    expect(people.counts("acme", 2026, [["a"], ["b"], ["c"]])).toMatchObject({
      gross: 7_250,
      scoped: [{ nonSensitive: 2_334 }, { nonSensitive: 4_666 }, { nonSensitive: 250 }],
    });
    for (const n of [0, 203, 204, 3_263, 3_264, 6_999, 7_000, 7_249])
      expect(people.counted("acme", 2026, countKey(n)).gross).toBe(true);
    await close();
  });

  describe("a file of version 1", () => {
    /** As release 0.1 wrote it: a row a person, the class bits. */
    async function firstVersion(dir: string, rows: readonly (readonly [n: number, bits: number])[]) {
      await (await openLmdbStores(dir)).close();
      const root = open({ path: join(dir, "stores.mdb"), maxDbs: 12, cache: false });
      const people = root.openDB<Buffer, Buffer>("people", { keyEncoding: "binary", encoding: "binary" });
      for (const [n, bits] of rows) {
        const key = Buffer.concat([
          Buffer.from("acme\0"),
          Buffer.from([2026 >> 8, 2026 & 255]),
          Buffer.from(countKey(n), "base64url"),
        ]);
        await people.put(key, Buffer.of(bits));
      }
      await root.put("format", 1);
      await root.close();
    }
    const rows = Array.from({ length: 500 }, (_, n) => [n, n % 4] as const);
    const counts = { nonSensitive: 250, sensitive: 250, gross: 500 };

    test("is read, and moved to this one; nothing of its ways is known, so they may be anybody's", async () => {
      const dir = freshFolder();
      await firstVersion(dir, rows);
      const looking = await readLmdbStores(dir);
      expect(looking.people.counts("acme", 2026)).toEqual(counts);
      await looking.close();
      for (const _ of ["moved", "opened again"]) {
        const { people, close } = await openLmdbStores(dir);
        expect(people.counts("acme", 2026, [["openai"]])).toEqual({
          ...counts,
          scoped: [{ recipients: ["openai"], nonSensitive: 250, sensitive: 250 }],
        });
        expect(people.counted("acme", 2026, countKey(3))).toMatchObject({ nonSensitive: true, sensitive: true });
        expect(people.reached("acme", 2026, countKey(3))).toEqual([]);
        expect(people.series("acme", 2026)).toEqual([{ day: null, ...counts }]);
        await close();
      }
    });

    test("a newer version than this is refused", async () => {
      const dir = freshFolder();
      await firstVersion(dir, []);
      const root = open({ path: join(dir, "stores.mdb"), maxDbs: 12, cache: false });
      await root.put("format", 3);
      await root.close();
      await expect(openLmdbStores(dir)).rejects.toThrow(/format 3/);
    });
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
  const people = createPeopleCounter(NOTHING_SAVED, async (batch) => {
    if (broken) throw new Error("disk full");
    rows.push(...batch.rows);
  });

  test("nobody goes before the row is durable; the place stays taken; the next admit writes both", async () => {
    await expect(people.admit("acme", 2026, [admission(1)], NO_LIMIT)).rejects.toThrow("disk full");
    expect(people.counts("acme", 2026).gross).toBe(1);
    await expect(people.admit("acme", 2026, [admission(1)], NO_LIMIT)).rejects.toThrow("disk full");
    expect(people.counted("acme", 2026, countKey(1))).toMatchObject({ nonSensitive: true, ways: [] });
    broken = false;
    await people.admit("acme", 2026, [admission(2)], NO_LIMIT);
    expect(people.counted("acme", 2026, countKey(1)).ways).toHaveLength(1);
    expect(rows.map(({ key }) => key)).toEqual([countKey(1), countKey(2)]);
    expect(await people.admit("acme", 2026, [admission(1)], NO_LIMIT)).toMatchObject({ ok: true, added: [] });
    expect(rows).toHaveLength(2);
  });
});

describe("group commit", () => {
  test("a person whose row is still being written is waited for, with the newer class too", async () => {
    const writes: { rows: readonly CountedRow[]; done: () => void }[] = [];
    const people = createPeopleCounter(
      NOTHING_SAVED,
      ({ rows }) => new Promise((done) => void writes.push({ rows, done: () => done() })),
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
    expect(writes[1]!.rows.map(({ reach }) => reach)).toEqual([writes[0]!.rows[0]!.reach + 1]);
    all.push(admit("late", "n"));
    await turn();
    expect(settled).toEqual(["first"]);
    writes[1]!.done();
    await Promise.all(all);
    expect(settled.toSorted()).toEqual(["first", "late", "same", "upgrade"]);
  });
});

describe("KeyTable", () => {
  test("20,000 keys with one word in common: exact, through every growth", () => {
    const table = createKeyTable();
    const keyOf = (n: number) => Uint32Array.of(n & 7, n, 5, n >>> 3);
    for (let n = 0; n < 20_000; n += 2) expect(table.put(keyOf(n), 0, 1 + (n & 3))).toBe(0);
    for (let n = 0; n < 20_000; n++) expect(table.get(keyOf(n))).toBe(n % 2 === 0 ? 1 + (n & 3) : 0);
    expect(table.size).toBe(10_000);
    expect(table.put(keyOf(0), 0, 7)).toBe(1);
    expect(table.get(keyOf(0))).toBe(7);
  });

  test.each([0, 1, 2, 3])("keys that differ in word %d only are different people", (word) => {
    const table = createKeyTable();
    const keyOf = (n: number) => Uint32Array.from([9, 9, 9, 9], (value, i) => (i === word ? n * 64 : value));
    for (let n = 0; n < 50; n++) expect(table.put(keyOf(n), 0, 1)).toBe(0);
    expect(table.size).toBe(50);
    expect(table.get(keyOf(50))).toBe(0);
  });

  test("the last slots of a shard overflow into its first", () => {
    const table = createKeyTable();
    // big-endian, the first bits of a key say where it lies: these all lie last
    const keyOf = (n: number) => Uint32Array.of(0xffff_ffff, n, 0, 0);
    for (let n = 0; n < 100; n++) table.put(keyOf(n), 0, n + 1);
    for (let n = 0; n < 100; n++) expect(table.get(keyOf(n))).toBe(n + 1);
    expect(table.get(keyOf(100))).toBe(0);
  });

  test("a key takes 27 to 40 bytes, whatever their number", () => {
    const table = createKeyTable();
    for (let n = 1; n <= 200_000; n++) {
      table.put(Uint32Array.of(Math.imul(n, 0x9e3779b1), n, 0, 0), 0, 1);
      if (n % 20_000 === 0) expect(table.bytes / n).toSatisfy((bytes: number) => bytes > 26 && bytes < 40.1);
    }
  });
});
