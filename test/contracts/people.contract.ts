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
    /** An exporter of its own for each test. */
    const fresh = () => `exporter-${++exporters}`;

    test("nobody yet", () => {
      const exporter = fresh();
      expect(people.counts(exporter, 2026)).toEqual({ nonSensitive: 0, sensitive: 0, gross: 0 });
      expect(people.counted(exporter, 2026, countKey(1))).toEqual({
        nonSensitive: false,
        sensitive: false,
        gross: false,
      });
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
      expect(people.counted(exporter, 2026, countKey(2))).toEqual({
        nonSensitive: false,
        sensitive: true,
        gross: true,
      });
      expect(people.counted(exporter, 2026, countKey(4))).toEqual({
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
