// What every PeopleCounter promises (io/ports.ts), whatever stands behind it. stores.test.ts runs it for each engine.

import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PeopleCounter } from "../../src/io/ports.ts";
import type { Stores } from "../../src/io/stores/stores.ts";
import type { Admission, CountKey } from "../../src/words.ts";

export const NO_LIMIT = { nonSensitive: null, sensitive: null };

export function countKey(n: number): CountKey {
  return createHash("sha256").update(String(n)).digest().subarray(0, 16).toString("base64url") as CountKey;
}

export function admission(n: number, classes: "n" | "s" | "ns" | "" = "n"): Admission {
  return { key: countKey(n), nonSensitive: classes.includes("n"), sensitive: classes.includes("s") };
}

/** By one way; the same person by another is a second admission. */
export function by(admitted: Admission, recipient: string | null, rule: string): Admission {
  return { ...admitted, recipient, by: rule };
}

export function peopleContract(name: string, openStores: () => Promise<Stores>): void {
  describe(`PeopleCounter: ${name}`, () => {
    let stores: Stores;
    let people: PeopleCounter;
    let exporters = 0;
    beforeAll(async () => {
      stores = await openStores();
      people = stores.people;
    });
    afterAll(() => stores.close());
    /** Without a limit. @returns for whom something was new. */
    const admitted = async (exporter: string, who: readonly Admission[]) => {
      const done = await people.admit(exporter, 2026, who, NO_LIMIT);
      return done.ok ? done.added : null;
    };
    /** An exporter of its own for each test. */
    const fresh = () => `exporter-${++exporters}`;

    test("nobody yet", () => {
      const exporter = fresh();
      expect(people.counts(exporter, 2026)).toEqual({ nonSensitive: 0, sensitive: 0, gross: 0 });
      expect(people.counted(exporter, 2026, countKey(1))).toEqual({
        ...{ nonSensitive: false, sensitive: false, gross: false },
        ways: [],
      });
      expect(people.reached(exporter, 2026, countKey(1))).toEqual([]);
      expect([people.heads(exporter, 2026), people.series(exporter, 2026)]).toEqual([[], []]);
    });

    test("classes are counted apart, a person with both in both, one with neither as gross only", async () => {
      const exporter = fresh();
      const admitted = await people.admit(
        exporter,
        2026,
        [admission(1, "n"), admission(2, "s"), admission(3, "ns"), admission(4, "")],
        NO_LIMIT,
      );
      expect(admitted).toEqual({
        ok: true,
        counts: { nonSensitive: 2, sensitive: 2, gross: 4 },
        added: [1, 2, 3, 4].map(countKey),
      });
      expect(people.counts(exporter, 2026)).toEqual(admitted.counts);
      expect(people.counted(exporter, 2026, countKey(2))).toMatchObject({
        nonSensitive: false,
        sensitive: true,
        gross: true,
      });
      expect(people.counted(exporter, 2026, countKey(4))).toMatchObject({
        nonSensitive: false,
        sensitive: false,
        gross: true,
      });
    });

    test("admitting again adds nobody; a new class of a known person is told as added, and gross stays", async () => {
      const exporter = fresh();
      await people.admit(exporter, 2026, [admission(1, "n")], NO_LIMIT);
      const same = await people.admit(exporter, 2026, [admission(1, "n"), admission(1, "")], NO_LIMIT);
      expect(same).toEqual({ ok: true, counts: { nonSensitive: 1, sensitive: 0, gross: 1 }, added: [] });
      const upgraded = await people.admit(exporter, 2026, [admission(1, "s")], NO_LIMIT);
      expect(upgraded).toEqual({ ok: true, counts: { nonSensitive: 1, sensitive: 1, gross: 1 }, added: [countKey(1)] });
    });

    test("one admission that names a person twice counts one person with both classes", async () => {
      const admitted = await people.admit(fresh(), 2026, [admission(7, "n"), admission(7, "s")], NO_LIMIT);
      expect(admitted).toEqual({ ok: true, counts: { nonSensitive: 1, sensitive: 1, gross: 1 }, added: [countKey(7)] });
    });

    test("years and exporters are apart", async () => {
      const [one, other] = [fresh(), fresh()];
      await people.admit(one, 2026, [admission(1)], NO_LIMIT);
      expect(people.counts(one, 2027).gross).toBe(0);
      expect(people.counts(other, 2026).gross).toBe(0);
      expect(people.counted(one, 2027, countKey(1)).gross).toBe(false);
    });

    test.each([
      { limit: { nonSensitive: 2, sensitive: null }, add: [3], ok: true },
      { limit: { nonSensitive: 2, sensitive: null }, add: [3, 4], ok: false },
      { limit: { nonSensitive: null, sensitive: 0 }, add: [3, 4], ok: true },
      { limit: { nonSensitive: 0, sensitive: 5 }, add: [3], ok: false },
      { limit: { nonSensitive: 0, sensitive: null }, add: [1], ok: false },
      { limit: { nonSensitive: 1, sensitive: null }, add: [1], ok: true },
    ])("one is counted; limit $limit, adding $add → $ok, all or nobody", async ({ limit, add, ok }) => {
      const exporter = fresh();
      await people.admit(exporter, 2026, [admission(1)], NO_LIMIT);
      const before = people.counts(exporter, 2026);
      const admitted = await people.admit(
        exporter,
        2026,
        add.map((n) => admission(n)),
        limit,
      );
      expect(admitted.ok).toBe(ok);
      if (ok) return;
      expect(admitted).toEqual({ ok: false, counts: before });
      expect(people.counts(exporter, 2026)).toEqual(before);
      for (const n of add) expect(people.counted(exporter, 2026, countKey(n)).gross).toBe(n === 1);
    });

    test("a race for the last places: exactly the limit gets in", async () => {
      const exporter = fresh();
      const limit = { nonSensitive: 10, sensitive: null };
      const all = await Promise.all(
        Array.from({ length: 40 }, (_, n) => people.admit(exporter, 2026, [admission(n)], limit)),
      );
      expect(all.filter(({ ok }) => ok)).toHaveLength(10);
      expect(people.counts(exporter, 2026).nonSensitive).toBe(10);
    });

    test("the same person admitted many times at once is one", async () => {
      const exporter = fresh();
      const all = await Promise.all(
        Array.from({ length: 20 }, () => people.admit(exporter, 2026, [admission(1)], NO_LIMIT)),
      );
      expect(all.flatMap((admitted) => (admitted.ok ? admitted.added : []))).toEqual([countKey(1)]);
      expect(people.counts(exporter, 2026).gross).toBe(1);
    });

    test("agrees with a reference of plain sets, over any admissions and limits", async () => {
      const admissions = fc.array(fc.tuple(fc.nat(30), fc.constantFrom("n", "s", "ns", "")), { maxLength: 5 });
      const limits = fc.record({
        nonSensitive: fc.option(fc.nat(12), { nil: null }),
        sensitive: fc.option(fc.nat(12), { nil: null }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(admissions, limits), { maxLength: 12 }), async (calls) => {
          const exporter = fresh();
          let reference = { n: new Set<number>(), s: new Set<number>(), gross: new Set<number>() };
          for (const [who, limit] of calls) {
            const after = {
              n: new Set([...reference.n, ...who.filter(([, c]) => c.includes("n")).map(([n]) => n)]),
              s: new Set([...reference.s, ...who.filter(([, c]) => c.includes("s")).map(([n]) => n)]),
              gross: new Set([...reference.gross, ...who.map(([n]) => n)]),
            };
            const fits = after.n.size <= (limit.nonSensitive ?? 99) && after.s.size <= (limit.sensitive ?? 99);
            const admitted = await people.admit(
              exporter,
              2026,
              who.map(([n, c]) => admission(n, c)),
              limit,
            );
            expect(admitted.ok).toBe(fits);
            if (fits) reference = after;
            const { n, s, gross } = reference;
            expect(admitted.counts).toEqual({ nonSensitive: n.size, sensitive: s.size, gross: gross.size });
          }
        }),
        { numRuns: 30 },
      );
    });

    test("the ways of a person: each recipient and mechanism once, with every class that went that way", async () => {
      const exporter = fresh();
      const admit = (...people: Admission[]) => admitted(exporter, people);
      await admit(by(admission(1, "n"), "openai", "E7"));
      expect(await admit(by(admission(1, "n"), "openai", "E7"))).toEqual([]);
      // reached by another way, and counted already
      expect(await admit(by(admission(1, "n"), "anthropic", "sc-1"))).toEqual([]);
      expect(await admit(by(admission(1, "s"), "anthropic", "sc-1"), by(admission(2, ""), "openai", "E3"))).toEqual([
        countKey(1),
        countKey(2),
      ]);
      const { unnamed, ...counted } = people.counted(exporter, 2026, countKey(1));
      expect(unnamed).toBe(true);
      expect(counted).toEqual({
        ...{ nonSensitive: true, sensitive: true, gross: true },
        ways: [
          { recipient: "anthropic", by: "sc-1", nonSensitive: true, sensitive: true },
          { recipient: "openai", by: "E7", nonSensitive: true, sensitive: false },
        ],
      });
      expect(people.reached(exporter, 2026, countKey(1))).toEqual(["anthropic", "openai"]);
      expect(people.reached(exporter, 2026, countKey(2))).toEqual(["openai"]);
      expect(people.counts(exporter, 2026)).toEqual({ nonSensitive: 1, sensitive: 1, gross: 2 });
      expect(people.heads(exporter, 2026).map((heads) => heads.people)).toEqual([1, 1]);
    });

    test("a way is told once it is durable: until then whoever asks is sent to admit, and waits", async () => {
      const exporter = fresh();
      const waysOf = (n: number) => people.counted(exporter, 2026, countKey(n)).ways;
      await admitted(exporter, [by(admission(1), "a", "E7")]);
      const writing = admitted(exporter, [by(admission(2), "a", "E7")]);
      expect([waysOf(1), waysOf(2)]).toMatchObject([[{ recipient: "a" }], []]);
      await writing;
      expect(waysOf(2)).toEqual(waysOf(1));
    });

    test("people of some recipients: each once; whose recipient nobody knows is anybody's", async () => {
      const exporter = fresh();
      const scoped = (...scopes: string[][]) =>
        people
          .counts(exporter, 2026, scopes)
          .scoped!.map(({ nonSensitive, sensitive }) => [nonSensitive, sensitive] as const);
      await admitted(exporter, [by(admission(1, "n"), "a", "E7"), by(admission(2, "n"), "b", "E7")]);
      expect(scoped(["a"], ["a", "b"], ["c"])).toEqual([
        [1, 0],
        [2, 0],
        [0, 0],
      ]);
      // asked before and after: kept as people come
      await admitted(exporter, [
        by(admission(1, "s"), "b", "sc-1"),
        by(admission(3, "n"), "b", "E7"),
        admission(4, "ns"),
      ]);
      await admitted(exporter, [by(admission(5, ""), "a", "E2")]);
      expect(scoped(["a"], ["a", "b"], ["c"], ["b"])).toEqual([
        [2, 1],
        [4, 2],
        [1, 1],
        [3, 2],
      ]);
    });

    test("a limit on the people of some recipients holds for them, and for nobody else's", async () => {
      const exporter = fresh();
      const limit = { ...NO_LIMIT, scoped: [{ recipients: ["a"], nonSensitive: 2, sensitive: null }] };
      const admit = async (...who: Admission[]) => (await people.admit(exporter, 2026, who, limit)).ok;
      expect(await admit(by(admission(1), "a", "sc-1"), by(admission(2), "a", "sc-1"))).toBe(true);
      expect(await admit(by(admission(3), "b", "E7"), by(admission(4), "b", "E7"))).toBe(true);
      expect(await admit(by(admission(3), "a", "sc-1"))).toBe(false);
      expect(people.reached(exporter, 2026, countKey(3))).toEqual(["b"]);
      expect(await admit(by(admission(1, "s"), "a", "sc-1"))).toBe(true);
    });

    test("the days of the year: the counts at the end of each on which somebody came, never going back", async () => {
      const exporter = fresh();
      const on = (day: string, ...who: Admission[]) => people.admit(exporter, 2026, who, NO_LIMIT, { day });
      await on("2026-03-01", by(admission(1), "a", "E7"), by(admission(2), "b", "E7"));
      await on("2026-03-03", by(admission(3, "s"), "a", "sc-1"));
      await on("2026-03-02", by(admission(4), "b", "E7"));
      await on("2026-03-04", by(admission(1), "a", "E7"));
      expect(people.series(exporter, 2026)).toEqual([
        { day: "2026-03-01", nonSensitive: 2, sensitive: 0, gross: 2 },
        { day: "2026-03-03", nonSensitive: 3, sensitive: 1, gross: 4 },
      ]);
      expect(people.series(exporter, 2026, ["a"])).toEqual([
        { day: "2026-03-01", nonSensitive: 1, sensitive: 0, gross: 1 },
        { day: "2026-03-03", nonSensitive: 1, sensitive: 1, gross: 2 },
      ]);
    });

    test("a number that is stated counts everywhere, once an id, and of two the higher stands", async () => {
      const exporter = fresh();
      const statement = { id: "s1", of: "opening", recipient: null, sensitive: 0, day: "2026-03-02" } as const;
      await admitted(exporter, [by(admission(1), "a", "E7")]);
      const hundred = { ...statement, nonSensitive: 100, gross: 100 };
      for (const _ of [1, 2])
        expect(await people.state(exporter, 2026, hundred)).toEqual({
          ...{ nonSensitive: 101, sensitive: 0, gross: 101 },
          opened: true,
        });
      await people.state(exporter, 2026, { ...statement, nonSensitive: 40, gross: 40 });
      expect(people.counts(exporter, 2026, [["b"]])).toMatchObject({
        nonSensitive: 101,
        scoped: [{ recipients: ["b"], nonSensitive: 100, sensitive: 0 }],
      });
      expect(people.series(exporter, 2026).at(-1)).toMatchObject({ day: "2026-03-02", nonSensitive: 101 });
      const limit = { nonSensitive: 101, sensitive: null };
      expect((await people.admit(exporter, 2026, [admission(2)], limit)).ok).toBe(false);
      expect(people.counts(exporter, 2027).opened).toBeUndefined();
    });

    test("an opening of zero is one; a correction alone is none, and takes back", async () => {
      const exporter = fresh();
      const numbers = { recipient: null, nonSensitive: 0, sensitive: 0, gross: 0, day: "2026-01-05" };
      await people.state(exporter, 2026, { id: "c", of: "correction", ...numbers, nonSensitive: -1, gross: -1 });
      expect(people.counts(exporter, 2026)).toEqual({ nonSensitive: -1, sensitive: 0, gross: -1 });
      expect((await people.state(exporter, 2026, { id: "o", of: "opening", ...numbers })).opened).toBe(true);
    });

    test("a key that has not 128 bits is refused, and nobody of its admission counted", async () => {
      const exporter = fresh();
      const bad: Admission = { ...admission(1), key: "short" as CountKey };
      await expect(people.admit(exporter, 2026, [admission(2), bad], NO_LIMIT)).rejects.toThrow(TypeError);
      expect(people.counts(exporter, 2026).gross).toBe(0);
    });

    test("two people counted and then found to be one are never fewer than one, nor does the count fall", async () => {
      const exporter = fresh();
      await people.admit(exporter, 2026, [admission(1), admission(2)], NO_LIMIT);
      const [a, b] = ["AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA"] as never[];
      await stores.consent.link(exporter, a!, b!);
      expect(people.counts(exporter, 2026).nonSensitive).toBe(2);
      await people.admit(exporter, 2026, [admission(1)], NO_LIMIT);
      expect(people.counts(exporter, 2026).nonSensitive).toBe(2);
    });
  });
}
