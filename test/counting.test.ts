// Counting as a crossing does it, on the real gate with LMDB: the race for the last places under a line, a contract's own
// people, and the night on which the Beijing year ends.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHeavy, type Heavy } from "../src/io/heavy/heavy.ts";
import { type KeyRing, openKeys } from "../src/io/keys.ts";
import { cross } from "../src/io/perform.ts";
import type { Dispatch, PeopleCounter } from "../src/io/ports.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Arrival, Keys, Policy } from "../src/words.ts";
import { eventOf } from "./contracts/consent.contract.ts";
import { admission, by, NO_LIMIT } from "./contracts/people.contract.ts";
import { keptLedger } from "./kept-ledger.ts";
import { arrivalOf, Caller, demoPolicy, worldOf } from "./sim/demo-world.ts";
import { fakeThread } from "./sim/reading-thread.ts";

const EXPORTER = "example-retail";

let dir: string;
let ring: KeyRing;
let keys: Keys;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-counting-"));
  // without what the demo declares of flows past the gate: the numbers here are of the gate's own
  const { outsideFlows: _declared, ...rest } = await demoPolicy();
  [ring, policy] = [await openKeys(join(dir, "keys")), rest];
  keys = ring.keys;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const CROWD = Array.from({ length: 100_000 }, (_, n) => admission(n));
/** So many people of a recipient, counted. */
const crowdOf = (people: number, recipient: string, rule: string) =>
  CROWD.slice(0, people).map((one) => by(one, recipient, rule));
const mobileOf = (n: number) => `138${String(10_000_000 + n * 7)}`;

/** Who may be sent to whom for what: one consent a person, recipient and purpose. */
async function consented(stores: Stores, people: number, recipients: readonly string[], purposes: readonly string[]) {
  let sequence = 0;
  for (let n = 0; n < people; n++)
    for (const recipient of recipients)
      for (const purpose of purposes)
        await stores.consent.record(
          eventOf({
            ...{ exporter: EXPORTER, person: keys.person(EXPORTER, "cn-mobile", mobileOf(n)), recipient, purpose },
            ...{ types: ["cn-mobile"], event: `e${++sequence}`, sequence },
          }),
        );
}

interface Counting {
  readonly stores: Stores;
  readonly entries: Record<string, unknown>[];
  /** With the counts of the year in which it left, as they stood then. */
  readonly sent: { readonly dispatch: Dispatch; readonly counted: number }[];
  cross(arrival: Arrival): Promise<Caller>;
}

/** @param nowMs the world's clock. */
function countingIn(
  stores: Stores,
  { nowMs, people = stores.people, heavy, year = 2026, under = policy }: Partial<Options> = {},
): Counting {
  const entries: Record<string, unknown>[] = [];
  const sent: Counting["sent"] = [];
  const ledger = keptLedger(entries);
  const dialer = {
    dial(dispatch: Dispatch, sink: Parameters<ReturnType<typeof worldOf>["dialer"]["dial"]>[1]) {
      sent.push({ dispatch, counted: stores.people.counts(EXPORTER, year).gross });
      sink.head(200, ["content-type", "application/json"]);
      sink.data(Buffer.from("{}"));
      sink.end();
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const world = { ...worldOf({ policy: under, keys, stores, ledger, dialer }), people };
  const timed = nowMs === undefined ? world : { ...world, clock: { nowMs } };
  return {
    ...{ stores, entries, sent },
    async cross(arrival) {
      const caller = new Caller();
      await cross(heavy === undefined ? timed : { ...timed, heavy }, arrival, caller);
      return caller;
    },
  };
}

interface Options {
  readonly nowMs: () => number;
  readonly people: Pick<PeopleCounter, "counts" | "counted" | "admit" | "toName" | "named">;
  readonly heavy: Heavy;
  readonly year: number;
  readonly under: Policy;
}

const about = (n: number, more: Partial<Arrival> = {}) =>
  arrivalOf(n, `客户手机 ${mobileOf(n)}`, {
    asserted: { subject: null, purpose: null, conversation: null, exporter: null },
    ...more,
  });
const purposeOf = (purpose: string) => ({
  asserted: { subject: null, purpose, conversation: null, exporter: null },
});

describe("64 crossings at once at 99,950 people", () => {
  async function race(purpose: string) {
    const stores = await openLmdbStores(join(dir, purpose));
    await consented(stores, 64, ["openai"], [purpose]);
    const before = crowdOf(99_950, "openai", "E7");
    await stores.people.admit(EXPORTER, 2026, before, NO_LIMIT);
    const counting = countingIn(stores);
    const callers = await Promise.all(
      Array.from({ length: 64 }, (_, n) => counting.cross(about(n, purposeOf(purpose)))),
    );
    const tally = new Map<string, number>();
    for (const { kind, lawRule, action, mechanism } of counting.entries) {
      if (kind !== "crossing") continue;
      const way = `${lawRule} ${action} ${mechanism}`;
      tally.set(way, (tally.get(way) ?? 0) + 1);
    }
    return { ...counting, callers, tally: Object.fromEntries(tally) };
  }

  test("49 go exempt, up to 99,999; the others are judged again, and go under the contract", async () => {
    const { stores, callers, tally, entries } = await race("customer-service");
    expect(callers.map(({ status }) => status)).toEqual(new Array(64).fill(200));
    expect(tally).toEqual({ "E7 forward null": 49, "C1 forward sc-openai": 15 });
    expect(stores.people.counts(EXPORTER, 2026)).toEqual({ nonSensitive: 100_014, sensitive: 0, gross: 100_014 });
    const exempt = entries.filter(({ lawRule }) => lawRule === "E7");
    const highest = Math.max(...exempt.map(({ counts }) => (counts as { nonSensitive: number }).nonSensitive));
    expect(highest).toBe(99_999);
    const heads = stores.people.heads(EXPORTER, 2026).map(({ ways, people }) => [ways.map((way) => way.by), people]);
    expect(heads.toSorted()).toEqual([
      [["E7"], 99_999],
      [["sc-openai"], 15],
    ]);
    await stores.close();
  });

  test("… and where nothing else carries them, they stay; nobody is counted who did not go", async () => {
    const { stores, callers, tally, sent } = await race("translation");
    expect(tally).toEqual({ "E7 forward null": 49, "C1 block null": 15 });
    expect(callers.filter(({ status }) => status === 403)).toHaveLength(15);
    expect(sent).toHaveLength(49);
    expect(stores.people.counts(EXPORTER, 2026).nonSensitive).toBe(99_999);
    await stores.close();
  });
});

describe("a contract's scale is about its own recipient's people", () => {
  /** Nobody goes exempt: the year is over the first line, by people of another recipient. */
  async function many(max: number) {
    const stores = openMemoryStores();
    await consented(stores, 4, ["openai"], ["customer-service"]);
    const others = crowdOf(100_000, "anthropic", "sc-anthropic");
    await stores.people.admit(EXPORTER, 2026, others, NO_LIMIT);
    const mechanisms = policy.mechanisms.map((one) =>
      one.id === "sc-openai" ? { ...one, scope: { ...one.scope, maxNonSensitive: max } } : one,
    );
    return countingIn(stores, { under: { ...policy, mechanisms } });
  }

  test("people sent to others leave room in it; its own fill it, and the entry tells both counts", async () => {
    const { cross, entries, stores } = await many(2);
    const statuses: number[] = [];
    for (const n of [0, 1, 1, 2]) statuses.push((await cross(about(n, purposeOf("customer-service")))).status);
    expect(statuses).toEqual([200, 200, 200, 403]);
    const crossings = entries.filter(({ kind }) => kind === "crossing");
    expect(crossings.at(-1)).toMatchObject({ reasons: [{ code: "SCOPE_VOLUME", about: "sc-openai" }] });
    expect(crossings.map(({ counts }) => counts)).toEqual(
      [1, 2, 2, 2].map((n) => ({
        ...{ gross: 100_000 + n, nonSensitive: 100_000 + n, sensitive: 0 },
        scoped: [{ recipients: ["openai"], nonSensitive: n, sensitive: 0 }],
      })),
    );
    expect(stores.people.counts(EXPORTER, 2026, [["openai"]]).scoped).toMatchObject([{ nonSensitive: 2 }]);
  });

  test("at once: exactly as many as there is room for", async () => {
    const { cross } = await many(3);
    const all = await Promise.all([0, 1, 2, 3].map((n) => cross(about(n, purposeOf("customer-service")))));
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 403]);
  });

  test("who went exempt before is one of its people too, and takes no place again", async () => {
    const { cross, stores } = await many(1);
    const person = keys.person(EXPORTER, "cn-mobile", mobileOf(0));
    const key = keys.count(EXPORTER, 2026, person);
    await stores.people.admit(
      EXPORTER,
      2026,
      [{ key, nonSensitive: true, sensitive: false, recipient: "openai", by: "E7" }],
      NO_LIMIT,
    );
    expect((await cross(about(0, purposeOf("customer-service")))).status).toBe(200);
    expect((await cross(about(1, purposeOf("customer-service")))).status).toBe(403);
    expect(stores.people.counted(EXPORTER, 2026, key).ways).toHaveLength(2);
  });
});

describe("the night on which the Beijing year ends, at 16:00Z on 31 December", () => {
  const MIDNIGHT_MS = Date.UTC(2026, 11, 31, 16);
  const LAST_MS = MIDNIGHT_MS - 1;
  const heavyThread = () => ({
    ...createHeavy({ ring, start: () => fakeThread(ring.threadSecrets) }),
    takes: () => true,
  });
  const ways = [
    ["read here", () => ({})],
    ["read in a thread", () => ({ heavy: heavyThread() })],
  ] as const;

  for (const [how, more] of ways) {
    test.each([
      { what: "before it", arrived: LAST_MS, clock: [LAST_MS], years: { 2026: 1, 2027: 0 } },
      { what: "at its stroke", arrived: MIDNIGHT_MS, clock: [MIDNIGHT_MS], years: { 2026: 0, 2027: 1 } },
      { what: "arrived before, judged after", arrived: LAST_MS, clock: [MIDNIGHT_MS], years: { 2026: 0, 2027: 1 } },
      {
        what: "judged before, counted after: in both years, and sent in the new one",
        ...{ arrived: LAST_MS, clock: [LAST_MS, MIDNIGHT_MS], years: { 2026: 1, 2027: 1 } },
      },
    ])(`${how}: $what`, async ({ arrived, clock, years }) => {
      const stores = openMemoryStores();
      await consented(stores, 1, ["openai"], ["customer-service"]);
      let admitted = 0;
      const people = {
        ...stores.people,
        admit: async (...args: Parameters<PeopleCounter["admit"]>) => {
          const done = await stores.people.admit(...args);
          admitted += 1;
          return done;
        },
      };
      const nowMs = () => clock[Math.min(admitted, clock.length - 1)]!;
      const year = years[2027] === 1 ? 2027 : 2026;
      const { cross, entries, sent } = countingIn(stores, { nowMs, people, year, ...more() });
      const caller = await cross(about(0, { atMs: arrived, ...purposeOf("customer-service") }));
      expect([caller.status, sent.length, sent[0]?.counted]).toEqual([200, 1, 1]);
      for (const [one, count] of Object.entries(years))
        expect([one, stores.people.counts(EXPORTER, Number(one)).gross]).toEqual([one, count]);
      const key = keys.count(EXPORTER, year, keys.person(EXPORTER, "cn-mobile", mobileOf(0)));
      expect(entries.filter(({ kind }) => kind === "crossing")).toMatchObject([
        { t: new Date(Math.max(arrived, clock.at(-1)!)).toISOString(), people: [key], new: [key] },
      ]);
      const day = year === 2027 ? "2027-01-01" : "2026-12-31";
      expect(stores.people.series(EXPORTER, year)).toMatchObject([{ day, gross: 1 }]);
    });
  }

  test("a contract that is full in the old year has room in the new one", async () => {
    const stores = openMemoryStores();
    await consented(stores, 1, ["openai"], ["customer-service"]);
    const before = crowdOf(99_999, "openai", "E7");
    await stores.people.admit(EXPORTER, 2026, before, NO_LIMIT);
    const rules: unknown[] = [];
    for (const atMs of [LAST_MS, MIDNIGHT_MS]) {
      const { cross, entries } = countingIn(stores, { nowMs: () => atMs });
      await cross(about(0, { atMs, ...purposeOf("customer-service") }));
      rules.push(entries[0]!["lawRule"]);
    }
    expect(rules).toEqual(["C1", "E7"]);
  });
});
