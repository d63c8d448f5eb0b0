// The ledger tells exactly what is counted: crossings of the real gate over a disk and a ledger that fail, gates that are
// killed, New Year, openings, corrections, and the fold of all entries.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFactsLoader } from "../src/io/facts.ts";
import { watchUnnamed } from "../src/io/naming.ts";
import { cross } from "../src/io/perform.ts";
import type { Ledger } from "../src/io/ports.ts";
import {
  type Batch,
  createPeopleCounter,
  type EmbeddedPeople,
  NOTHING_SAVED,
  type Saved,
} from "../src/io/stores/embedded/people.ts";
import { ONLY } from "../src/io/stores/embedded/year-people.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import { beijingYear } from "../src/law/year.ts";
import { type Recounted, recount } from "../src/record/recount.ts";
import type { Entry, Keys, Policy, Statement } from "../src/words.ts";
import { eventOf } from "./contracts/consent.contract.ts";
import { admission, by, countKey, NO_LIMIT } from "./contracts/people.contract.ts";
import { arrivalOf, Caller, demoPolicy, keysUnder, worldOf } from "./sim/demo-world.ts";
import { prng } from "./sim/universe.ts";

const EXPORTER = "example-retail";
const PEOPLE = 24;
const MIDNIGHT_MS = Date.UTC(2026, 11, 31, 16);
const yearOf = (t: string) => beijingYear(Date.parse(t));

let dir: string;
let keys: Keys;
let policy: Policy;
let stores: Stores;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-recount-"));
  [keys, policy, stores] = [await keysUnder(join(dir, "keys")), await demoPolicy(), openMemoryStores()];
  for (let n = 0; n < PEOPLE; n++) {
    await stores.consent.link(EXPORTER, personOf(n), keys.person(EXPORTER, "bank-card", cardOf(n)));
    await stores.consent.record(
      eventOf({
        ...{
          exporter: EXPORTER,
          person: personOf(n),
          recipient: "openai",
          purpose: "customer-service",
          event: `e${n}`,
        },
        ...{ types: ["cn-mobile", "bank-card"], sensitiveTypes: ["bank-card"], sequence: n + 1, sensitiveNotice: true },
      }),
    );
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const mobileOf = (n: number) => `138${String(10_000_000 + n * 7)}`;
/** The last digit is Luhn's. */
const cardOf = (n: number) => {
  const digits = `622202020011${String(n).padStart(6, "0")}`;
  const sum = [...digits].reverse().reduce((all, one, i) => {
    const twice = i % 2 === 0 ? Number(one) * 2 : Number(one);
    return all + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};
const personOf = (n: number) => keys.person(EXPORTER, "cn-mobile", mobileOf(n));

function folded(entries: readonly Entry[]): readonly Recounted[] {
  const all = recount(yearOf);
  for (const entry of entries) all.take(entry);
  return all.counts().toSorted((a, b) => a.year - b.year);
}

function countedIn(people: EmbeddedPeople): readonly Recounted[] {
  return [2026, 2027].flatMap((year) => {
    const { nonSensitive, sensitive, gross } = people.counts(EXPORTER, year);
    return gross === 0 ? [] : [{ exporter: EXPORTER, year, nonSensitive, sensitive, gross, unsaid: 0 }];
  });
}

/** What a disk holds, and a process that may die reads. */
class Disk {
  readonly reaches: Batch["reaches"][number]["ways"][] = [];
  readonly rows: Batch["rows"][number][] = [];
  readonly stated = new Map<string, Statement>();
  readonly unnamed = new Map<number, NonNullable<Batch["unnamed"]>>();

  put({ rows, reaches, stated, unnamed, named }: Batch): void {
    for (const { id, ways } of reaches) this.reaches[id - 1] = ways;
    this.rows.push(...rows);
    for (const { year, statement } of stated) this.stated.set(`${year} ${statement.id}`, statement);
    if (unnamed !== null) this.unnamed.set(unnamed.id, unnamed);
    for (const id of named) this.unnamed.delete(id);
  }

  saved(): Saved {
    const blocks = this.rows.map(({ exporter, year, day, key, reach, only }) => {
      const words = new Uint32Array(5);
      Buffer.from(words.buffer).write(key, "base64url");
      words[4] = only ? reach + ONLY : reach;
      return { exporter, year, day, words };
    });
    const stated = [...this.stated].map(([name, statement]) => ({
      ...{ exporter: EXPORTER, year: Number(name.slice(0, 4)), statement },
    }));
    return { reaches: [...this.reaches], blocks, stated, unnamed: [...this.unnamed.values()] };
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One gate after another over one disk and one ledger. */
class Gates {
  readonly entries: Entry[] = [];
  readonly disk = new Disk();
  random: () => number;
  people!: EmbeddedPeople;
  nowMs = MIDNIGHT_MS - 60_000;
  faults = 0.25;
  #generation = 0;
  #naming!: ReturnType<typeof watchUnnamed>;
  #running: Promise<unknown>[] = [];
  #serial = 0;
  /** Corrections that have an entry and are not known to be done. */
  readonly #undone = new Set<() => Promise<unknown>>();
  /** On disk, but refused: found by a start. */
  #limbo: Entry | null = null;

  constructor(seed: number) {
    this.random = prng(seed);
    this.start();
  }

  /** What a killed gate had asked for never comes back. */
  async #fault<T>(generation: number, hold: () => T, hang: () => void): Promise<T> {
    const turns = Math.floor(this.random() * 3);
    const [draw, held] = [this.random(), this.random()];
    for (let i = 0; i <= turns; i++) await turn();
    if (generation !== this.#generation) return new Promise<never>(() => {});
    if (draw >= this.faults) return hold();
    if (held < 0.5) hang();
    throw new Error("disk full");
  }

  start(): void {
    this.#generation += 1;
    // what a start finds of a correction, nobody was told of: approved again it is written again
    if (this.#limbo !== null && this.#limbo.kind !== "correction") this.entries.push(this.#limbo);
    this.#limbo = null;
    const mine = this.#generation;
    const put = (batch: Batch) => () => this.disk.put(batch);
    this.people = createPeopleCounter(this.disk.saved(), (batch) => this.#fault(mine, put(batch), put(batch)));
    const { people } = this;
    this.#naming = watchUnnamed({ people, note: (kind, members) => this.append(mine, this.entryOf(kind, members)) });
    this.#running = [];
  }

  entryOf(kind: Entry["kind"], members: object): string {
    return JSON.stringify({ ...members, v: 1, kind, t: new Date(this.nowMs).toISOString() });
  }

  append(generation: number, text: string): Promise<number> {
    const entry = JSON.parse(text) as Entry;
    const hold = () => {
      this.#limbo = null;
      return this.entries.push(entry) - 1;
    };
    return this.#fault(generation, hold, () => {
      this.#limbo = entry;
    });
  }

  cross(): void {
    const mine = this.#generation;
    const append = (text: string) => this.append(mine, text);
    const ledger: Ledger = {
      append,
      appendSoon: append,
      head: () => ({ size: 0, root: "" }),
      seal: async () => {},
    };
    const dialer = {
      dial: (_: unknown, sink: { end(): void; head(status: number, headers: string[]): void }) => {
        sink.head(200, []);
        sink.end();
        return { resume() {}, abort() {} };
      },
      close: async () => {},
    };
    const { people } = this;
    const facts = createFactsLoader(stores.consent, people, keys);
    const world = worldOf({ policy, keys, stores: { ...stores, people }, ledger, dialer });
    const who = Math.floor(this.random() * PEOPLE);
    const card = this.random() < 0.3 ? ` 银行卡 ${cardOf(who)}` : "";
    const text = `客户手机 ${mobileOf(who)}${card}`;
    const asserted = { subject: `cn-mobile:${mobileOf(who)}`, purpose: "customer-service", conversation: null };
    const arrival = arrivalOf(++this.#serial, text, { atMs: this.nowMs, asserted: { ...asserted, exporter: null } });
    const clock = { nowMs: () => this.nowMs };
    this.#running.push(cross({ ...world, facts, people, clock }, arrival, new Caller()));
  }

  /** As the plane does it: counted, then told. */
  open(): void {
    const [mine, { people }] = [this.#generation, this];
    const year = yearOf(new Date(this.nowMs).toISOString());
    const [isSensitive, isList] = [this.random() < 0.3, this.random() < 0.7];
    const way = {
      recipient: this.random() < 0.5 ? "openai" : null,
      nonSensitive: !isSensitive,
      sensitive: isSensitive,
    };
    const who = Math.floor(this.random() * PEOPLE);
    const opened = [
      keys.count(EXPORTER, year, personOf(who)),
      keys.count(EXPORTER, year, personOf((who + 5) % PEOPLE)),
    ];
    const gross = Math.floor(this.random() * 9);
    const ns = { nonSensitive: isSensitive ? 0 : gross, sensitive: isSensitive ? gross : 0, gross };
    const id = `opening_${isSensitive}`;
    const statement = { id, of: "opening" as const, recipient: null, ...ns, day: "2026-12-01" };
    const about = { id, exporter: EXPORTER, year, class: isSensitive ? "s" : "ns" };
    const run = async () => {
      if (isList) {
        await people.admit(
          EXPORTER,
          year,
          opened.map((key) => ({ key, ...way, by: "opening" })),
          NO_LIMIT,
        );
        const said = { ...about, recipient: way.recipient, stated: 0, people: opened };
        await this.append(mine, this.entryOf("opening", { ...said, id: "list" }));
        people.named(EXPORTER, year, { opened, way });
      } else {
        await people.state(EXPORTER, year, statement);
        const stands = people.statements(EXPORTER, year).find((one) => one.id === id)!.gross;
        await this.append(mine, this.entryOf("opening", { ...about, recipient: null, stated: stands, people: [] }));
        people.named(EXPORTER, year, { statement: { id, gross: stands } });
      }
    };
    this.#running.push(run().catch(() => {}));
  }

  /** Two people take back whom openings named: the entry, then the count; what fails is done again until it is done. */
  correct(): void {
    const [year, isSensitive] = [this.random() < 0.5 ? 2026 : 2027, this.random() < 0.3];
    const recipient = this.random() < 0.5 ? "openai" : null;
    const who = Math.floor(this.random() * PEOPLE);
    const keysOf = [who, who + 1, who + 2].map((n) => keys.count(EXPORTER, year, personOf(n % PEOPLE)));
    const about = { exporter: EXPORTER, year, class: isSensitive ? "s" : "ns", recipient, people: keysOf };
    const way = { recipient, nonSensitive: !isSensitive, sensitive: isSensitive };
    const mine = this.#generation;
    const run = async () => {
      await this.append(mine, this.entryOf("correction", about));
      const again = () => this.people.takeBack(EXPORTER, year, keysOf, way).then(() => this.#undone.delete(again));
      this.#undone.add(again);
      await again();
    };
    this.#running.push(run().catch(() => {}));
  }

  get isWhole(): boolean {
    return this.#undone.size === 0;
  }

  /** The naming looks, as every ten seconds. */
  look(): void {
    this.#running.push(this.#naming.look());
  }

  async settle(): Promise<void> {
    await Promise.all(this.#running.splice(0));
  }

  /** Nothing fails any more, and the gate stops. */
  async stop(): Promise<void> {
    this.faults = 0;
    await this.settle();
    for (const again of this.#undone) await again();
    await this.#naming.close();
    await this.people.drain();
  }

  /** All entries, and what the gate knows that no entry tells. */
  whole(): readonly Recounted[] {
    const owed = this.people
      .unnamed()
      .flatMap(({ exporter, year, ways, people, statements }) => [
        { v: 1, kind: "counted", t: "", exporter, year, ways, people } as unknown as Entry,
        ...statements.map(
          (stated) =>
            ({ v: 1, kind: "counted", t: "", exporter, year, ways: [], people: [], stated }) as unknown as Entry,
        ),
      ]);
    return folded([...this.entries, ...owed]).filter(({ gross }) => gross > 0);
  }
}

const SEEDS = Number(process.env["SEEDS"] ?? 12);

describe("the fold of all entries is what is counted", () => {
  test("through failing writes, kills, restarts, midnight: always together with whom it owes, and alone at a stop", async () => {
    const seen = { kills: 0, failed: 0, named: 0, sensitive: 0, years: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const gates = new Gates(seed);
      for (let step = 0; step < 60; step++) {
        const draw = gates.random();
        if (draw < 0.55) gates.cross();
        else if (draw < 0.65) gates.open();
        else if (draw < 0.7) gates.correct();
        else if (draw < 0.75) gates.look();
        else if (draw < 0.8) await gates.settle();
        else if (draw < 0.84) {
          gates.start();
          seen.kills += 1;
        } else if (draw < 0.86) gates.nowMs = MIDNIGHT_MS + step;
        else await turn();
        // after each start, and now and then
        if (gates.isWhole && ((draw >= 0.8 && draw < 0.84) || step % 8 === 0))
          expect(gates.whole(), `seed ${seed} step ${step}`).toEqual(countedIn(gates.people));
      }
      await gates.stop();
      const counts = countedIn(gates.people);
      expect(
        folded(gates.entries).filter(({ gross }) => gross > 0),
        `seed ${seed}`,
      ).toEqual(counts);
      // what the next gate reads is the same, and it owes nobody anything
      gates.start();
      expect(countedIn(gates.people), `seed ${seed}`).toEqual(counts);
      expect(gates.people.unnamed(), `seed ${seed}`).toEqual([]);
      seen.named += gates.entries.filter(({ kind }) => kind === "counted").length;
      seen.sensitive += counts.reduce((sum, { sensitive }) => sum + sensitive, 0);
      seen.years += counts.length;
    }
    // it was about something
    expect(seen.kills).toBeGreaterThan(SEEDS / 2);
    expect(seen.named).toBeGreaterThan(SEEDS / 2);
    expect(seen.sensitive).toBeGreaterThan(SEEDS / 2);
    expect(seen.years).toBeGreaterThan(SEEDS);
  });

  test("regression: the retry of a crossing whose entry could not be written named nobody as new", async () => {
    const gates = new Gates(1);
    gates.faults = 0;
    gates.random = () => 0.9;
    const { append } = gates;
    gates.append = () => Promise.reject(new Error("disk full"));
    gates.cross();
    await gates.settle();
    expect([gates.entries, gates.people.counts(EXPORTER, 2026).gross]).toEqual([[], 1]);
    gates.append = append.bind(gates);
    gates.cross();
    await gates.settle();
    const [entry] = gates.entries.filter(({ kind, action }) => kind === "crossing" && action !== "block");
    expect(entry).toMatchObject({ new: entry!["people"], newAs: "1" });
    gates.cross();
    await gates.settle();
    expect(gates.entries.at(-1)).toMatchObject({ kind: expect.any(String) });
    const crossings = gates.entries.filter(({ kind, action }) => kind === "crossing" && action !== "block");
    expect(crossings.map((one) => (one["new"] as string[]).length)).toEqual([1, 0]);
    expect(crossings[1]).not.toHaveProperty("newAs");
  });
});

test("regression: somebody whose row was not on the disk yet was named; after a kill the entry spoke of nobody", async () => {
  const disk = { isFull: true };
  const people = createPeopleCounter(NOTHING_SAVED, async () => {
    if (disk.isFull) throw new Error("disk full");
  });
  const named: unknown[] = [];
  const naming = watchUnnamed({ people, note: async (kind, members) => named.push({ kind, ...members }) });
  await people.admit("acme", 2026, [by(admission(1, "n"), "a", "E7")], NO_LIMIT).catch(() => {});
  for (let look = 0; look < 3; look++) await naming.look();
  expect(named).toEqual([]);
  disk.isFull = false;
  for (let look = 0; look < 3; look++) await naming.look();
  expect(named).toMatchObject([{ kind: "counted", exporter: "acme", people: [countKey(1)], ways: [{ by: "E7" }] }]);
  expect(people.unnamed()).toEqual([]);
  await naming.close();
});

test("on LMDB: whom no entry names is known after a restart, and no longer once the entry is there", async () => {
  const folder = join(dir, "store");
  const first = await openLmdbStores(folder);
  await first.people.admit(
    "acme",
    2026,
    [by(admission(1, "ns"), "a", "E7"), by(admission(2, ""), "a", "E2")],
    NO_LIMIT,
  );
  await first.people.admit("acme", 2026, [by(admission(3, "n"), null, "opening")], NO_LIMIT);
  expect(first.people.toName("acme", 2026, [1, 2, 3].map(countKey))).toEqual([
    { key: countKey(1), nonSensitive: true, sensitive: true },
    { key: countKey(2), nonSensitive: false, sensitive: false },
  ]);
  first.people.named("acme", 2026, { people: [{ key: countKey(1), nonSensitive: true, sensitive: true }] });
  await first.close();
  const second = await openLmdbStores(folder);
  const owed = second.people.unnamed().flatMap(({ people }) => people);
  // a group goes as a whole: the first of it is named once more
  expect(owed.toSorted()).toEqual([1, 2, 3].map(countKey).toSorted());
  expect(second.people.counted("acme", 2026, countKey(2)).unnamed).toBe(true);
  const people = second.people.toName("acme", 2026, [1, 2].map(countKey));
  second.people.named("acme", 2026, { people });
  const way = { recipient: null, nonSensitive: true, sensitive: false };
  second.people.named("acme", 2026, { opened: [countKey(3)], way });
  expect(second.people.unnamed()).toEqual([]);
  await second.close();
  const third = await openLmdbStores(folder);
  expect(third.people.unnamed()).toEqual([]);
  expect(third.people.counted("acme", 2026, countKey(2))).not.toHaveProperty("unnamed");
  await third.close();
});

test("on LMDB: whom an opening named is taken back for good, and is there again once opened or sent again", async () => {
  const folder = join(dir, "taken-back");
  const reopened = async <T>(act: (people: Stores["people"]) => Promise<T>): Promise<T> => {
    const { people, close } = await openLmdbStores(folder);
    const done = await act(people);
    await close();
    return done;
  };
  const way = { recipient: null, nonSensitive: true, sensitive: false };
  const opened = [1, 2, 3].map((n) => by(admission(n, "n"), null, "opening"));
  const told = (people: Stores["people"]) => [people.counts("acme", 2026), people.series("acme", 2026).at(-1)!.gross];
  await reopened(async (people) => {
    await people.admit("acme", 2026, [...opened, by(admission(2, "ns"), "a", "C2")], NO_LIMIT, { day: "2026-03-01" });
    expect(await people.takeBack("acme", 2026, [1, 2, 4].map(countKey), way, "2026-03-02")).toBe(2);
    expect(told(people)).toEqual([{ nonSensitive: 2, sensitive: 1, gross: 2 }, 2]);
  });
  await reopened(async (people) => {
    expect(told(people)).toEqual([{ nonSensitive: 2, sensitive: 1, gross: 2 }, 2]);
    expect(people.counted("acme", 2026, countKey(1))).toMatchObject({ gross: false, ways: [] });
    expect(people.counted("acme", 2026, countKey(2)).ways).toMatchObject([{ recipient: "a", by: "C2" }]);
    expect(await people.takeBack("acme", 2026, [1, 2].map(countKey), way)).toBe(0);
    const again = await people.admit("acme", 2026, [by(admission(1, "n"), "b", "E7")], NO_LIMIT);
    expect(again).toMatchObject({ ok: true, added: [countKey(1)] });
    await people.admit("acme", 2026, [opened[1]!], NO_LIMIT);
  });
  await reopened(async (people) => {
    expect(told(people)).toEqual([{ nonSensitive: 3, sensitive: 1, gross: 3 }, 3]);
    expect(people.reached("acme", 2026, countKey(1))).toEqual(["b"]);
    expect(people.counted("acme", 2026, countKey(2)).ways).toHaveLength(2);
    expect(people.heads("acme", 2026).reduce((sum, heads) => sum + heads.people, 0)).toBe(3);
  });
});

test("named while a newer class is on its way: the newer class is owed still", async () => {
  const { people } = openMemoryStores();
  await people.admit("acme", 2026, [by(admission(1, "n"), "a", "E7")], NO_LIMIT);
  const first = people.toName("acme", 2026, [countKey(1)]);
  await people.admit("acme", 2026, [by(admission(1, "s"), "a", "C2")], NO_LIMIT);
  people.named("acme", 2026, { people: first });
  expect(people.toName("acme", 2026, [countKey(1)])).toMatchObject([{ nonSensitive: true, sensitive: true }]);
  expect(people.counted("acme", 2026, countKey(1)).unnamed).toBe(true);
});

test("entries of older gates do not say as what somebody is new: gross is exact, and so many are unsaid", () => {
  const entry = (members: object) => ({ v: 1, kind: "crossing", t: "2026-03-01T00:00:00.000Z", ...members }) as Entry;
  const crossing = { id: "dec_1", action: "forward", exporter: "acme" };
  expect(folded([entry({ ...crossing, new: ["a", "b"] }), entry({ ...crossing, new: ["b"], newAs: "2" })])).toEqual([
    { exporter: "acme", year: 2026, nonSensitive: 0, sensitive: 1, gross: 2, unsaid: 2 },
  ]);
});

test("parts count with their decision, whose handler they are; without one, or blocked, they name nobody", () => {
  const at = { v: 1, kind: "crossing", t: "2026-12-31T16:00:00.000Z" } as const;
  const part = (id: string, key: string) => ({ ...at, id, part: "2/2", new: [key], newAs: "1" }) as Entry;
  const decision = (id: string, more: object) => ({ ...at, id, part: "1/2", action: "forward", ...more }) as Entry;
  const entries = [
    ...[part("dec_1", "a"), part("dec_2", "b"), part("dec_3", "c")],
    decision("dec_1", { exporter: "shop", handler: "group", new: ["d"], newAs: "3" }),
    decision("dec_2", { exporter: null, action: "block", new: [] }),
  ];
  expect(folded(entries)).toEqual([
    { exporter: "group", year: 2027, nonSensitive: 2, sensitive: 1, gross: 2, unsaid: 0 },
  ]);
});
