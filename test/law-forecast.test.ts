// The day on which a line is crossed: by hand where it can be, and honest where little is known.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForecastAsk, forecastOf } from "../src/law/forecast.ts";
import { plusDays } from "../src/law/year.ts";

/** So many new people on each day from `first` on. */
function daysOf(first: string, steps: readonly number[], before = 0) {
  let count = before;
  return steps.map((step, i) => {
    count += step;
    return { day: plusDays(first, i), count };
  });
}
const ask = (more: Partial<ForecastAsk>): ForecastAsk => ({
  ...{ days: [], before: 0, stated: [], today: "2026-03-01", line: 100_000 },
  ...more,
});

describe("forecast", () => {
  test("an even pace: the day by division, and no doubt about it", () => {
    // 28 February ends at 2,000; of 100 a day the 2,100th comes on 1 March
    const days = daysOf("2026-02-09", new Array<number>(20).fill(100));
    expect(forecastOf(ask({ days, line: 2_100 }))).toEqual({
      ...{ count: 2_000, left: 99, isCrossed: false, pace: 100, daysSeen: 20, basis: "pace" },
      ...{ expected: "2026-03-01", earliest: "2026-03-01", latest: "2026-03-01" },
    });
    expect(forecastOf(ask({ days, line: 2_101 })).expected).toBe("2026-03-02");
    expect(forecastOf(ask({ days, line: 4_000 })).expected).toBe("2026-03-20");
  });

  test("an uneven pace: earlier and later, by the arithmetic of its doc", () => {
    const days = daysOf(
      "2026-02-01",
      Array.from({ length: 28 }, (_, i) => (i % 2 === 0 ? 50 : 150)),
    );
    const { expected, earliest, latest, pace } = forecastOf(ask({ days, line: 2_800 + 3_000 }));
    expect(pace).toBe(100);
    expect(expected).toBe("2026-03-30");
    // s² = 28·2500/27; at n = 25 the sum may be 2500 + 1.28·√(25 s² + 625 s²/28)
    const stray = (n: number) => 1.2816 * Math.sqrt(((28 * 2_500) / 27) * (n + (n * n) / 28));
    const first = [...Array(99).keys()].find((n) => n > 0 && 100 * n + stray(n) >= 3_000)!;
    const last = [...Array(99).keys()].find((n) => n > 0 && 100 * n - stray(n) >= 3_000)!;
    expect([earliest, latest]).toEqual([plusDays("2026-03-01", first - 1), plusDays("2026-03-01", last - 1)]);
    expect(earliest! < expected! && expected! < latest!).toBe(true);
  });

  test("under a week: the fastest day is the earliest, and there is no latest", () => {
    const days = daysOf("2026-02-26", [10, 100, 10]);
    expect(forecastOf(ask({ days, line: 520 }))).toMatchObject({
      ...{ basis: "few", daysSeen: 3, expected: "2026-03-10", earliest: "2026-03-04", latest: null },
    });
  });

  test("nothing is over yet, nobody comes, or it is crossed already", () => {
    expect(forecastOf(ask({}))).toMatchObject({ basis: "none", pace: null, expected: null, count: 0, left: 99_999 });
    expect(forecastOf(ask({ days: [{ day: "2026-03-01", count: 5 }] }))).toMatchObject({ basis: "none", count: 5 });
    const still = daysOf("2026-01-01", [7, 0, 0, 0]);
    expect(forecastOf(ask({ days: still, today: "2026-02-20" })).pace).toBeCloseTo(0);
    expect(forecastOf(ask({ days: daysOf("2026-02-01", [500]), line: 500 }))).toMatchObject({
      isCrossed: true,
      left: 0,
    });
  });

  test("a number that was stated is no pace, but it counts", () => {
    const days = daysOf("2026-02-19", [10, 10, 10, 10, 90_010, 10, 10, 10, 10, 10]);
    const of = (stated: string[]) => forecastOf(ask({ days, stated, line: 90_200 }));
    expect(of(["2026-02-23"])).toMatchObject({ count: 90_100, pace: 10, expected: "2026-03-10", daysSeen: 9 });
    expect(of([]).pace).toBeGreaterThan(9_000);
  });

  test("days without anybody are days: the pace is over all of them, and only the last 28 are looked at", () => {
    const days = [
      { day: "2026-01-01", count: 1_000 },
      { day: "2026-02-08", count: 1_280 },
    ];
    expect(forecastOf(ask({ days }))).toMatchObject({ pace: 10, daysSeen: 28 });
  });

  test("the year ends first: not this year", () => {
    const days = daysOf("2026-11-01", new Array<number>(28).fill(10));
    const at = (line: number) => forecastOf(ask({ days, today: "2026-11-29", line })).expected;
    expect([at(280 + 330), at(280 + 331)]).toEqual(["2026-12-31", null]);
  });

  test("more days, a higher line: never an earlier day; earliest ≤ expected ≤ latest", () => {
    const steps = fc.array(fc.nat(300), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 5_000 }),
        (some, line, more) => {
          const days = daysOf("2026-01-01", some);
          const today = plusDays("2026-01-01", some.length);
          const one = forecastOf(ask({ days, today, line }));
          const far = forecastOf(ask({ days, today, line: line + more }));
          const NEVER = "9999";
          for (const of of ["expected", "earliest", "latest"] as const)
            if (!one.isCrossed) expect((one[of] ?? NEVER) <= (far[of] ?? NEVER)).toBe(true);
          if (one.isCrossed) return;
          expect((one.earliest ?? NEVER) <= (one.expected ?? NEVER)).toBe(true);
          expect((one.expected ?? NEVER) <= (one.latest ?? NEVER)).toBe(true);
        },
      ),
    );
  });
});
