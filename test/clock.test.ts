// The guarded clock and crossing ids.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createClock } from "../src/io/clock.ts";
import { createRandom } from "../src/io/random.ts";

describe("clock", () => {
  test("never goes back, whatever the machine says, and follows it where it goes forward", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1 }), (readings) => {
        let i = 0;
        const clock = createClock(() => readings[i++]!);
        let highest = 0;
        for (const reading of readings) {
          highest = Math.max(highest, reading);
          expect(clock.nowMs()).toBe(highest);
        }
      }),
    );
  });

  test.each([
    { readings: [10_000, 5_000, 5_000], alarms: [] },
    { readings: [10_000, 4_999, 4_998, 4_000], alarms: [5_001] },
    { readings: [10_000, 1_000, 10_001, 2_000], alarms: [9_000, 8_001] },
  ])("alarms once per step back of more than 5 s: $readings", ({ readings, alarms }) => {
    let i = 0;
    const heard: number[] = [];
    const clock = createClock(
      () => readings[i++]!,
      (backMs) => heard.push(backMs),
    );
    for (const _ of readings) clock.nowMs();
    expect(heard).toEqual(alarms);
  });

  test("holds across a restart when told the newest recorded time", () => {
    const heard: number[] = [];
    const clock = createClock(
      () => 1_000,
      (backMs) => heard.push(backMs),
      60_000,
    );
    expect(clock.nowMs()).toBe(60_000);
    expect(heard).toEqual([59_000]);
  });
});

describe("crossing ids", () => {
  const { crossingId, bytes } = createRandom();
  /** An independent reading of ULID: 130 bits, the first two unused. */
  const numberOf = (id: string) =>
    [...id.slice(4)].reduce((n, c) => n * 32n + BigInt("0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(c)), 0n);

  test("dec_ and a ULID whose time is the ms given", () => {
    for (const ms of [0, 1, 1_469_918_176_385, 281_474_976_710_655]) {
      const id = crossingId(ms);
      expect(id).toMatch(/^dec_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      expect(Number(numberOf(id) >> 80n)).toBe(ms);
    }
    expect(crossingId(1_469_918_176_385).slice(4, 14)).toBe("01ARYZ6S41");
  });

  test("5,000 in one ms are all different, and every one of the 80 bits is used both ways", () => {
    const values = Array.from({ length: 5_000 }, () => numberOf(crossingId(7)) & ((1n << 80n) - 1n));
    expect(new Set(values).size).toBe(5_000);
    const bits = Array.from({ length: 80 }, (_, bit) => values.filter((v) => (v >> BigInt(bit)) & 1n).length);
    for (const n of bits) expect(Math.abs(n - 2_500)).toBeLessThan(360);
  });

  test("later ids sort later; bytes are as many as asked, and not the same twice", () => {
    expect(crossingId(1_000) < crossingId(1_001)).toBe(true);
    expect(bytes(16)).toHaveLength(16);
    expect(bytes(16)).not.toEqual(bytes(16));
  });
});
