// Instants and days of Beijing: what is read, what is written, and that what was read before changes nothing.

import { describe, expect, test } from "vitest";
import {
  assertDate,
  beijingDate,
  beijingYear,
  epochMs,
  isoInstant,
  lastDayOfTerm,
  plusDays,
  weekday,
  yearOf,
} from "../src/law/year.ts";

describe("instants", () => {
  test.each([
    ["1970-01-01T00:00:00Z", 0],
    ["1970-01-01T00:00:00.000Z", 0],
    ["2026-05-12T10:00:00+08:00", Date.UTC(2026, 4, 12, 2)],
    ["2026-05-12T10:00:01+08:00", Date.UTC(2026, 4, 12, 2, 0, 1)],
    ["2026-05-12T10:01Z", Date.UTC(2026, 4, 12, 10, 1)],
    ["2026-05-12T23:59:59.9999Z", Date.UTC(2026, 4, 12, 23, 59, 59, 999)],
    ["2026-05-12T00:00:00.001Z", Date.UTC(2026, 4, 12, 0, 0, 0, 1)],
    ["2026-05-12T00:00:00-14:59", Date.UTC(2026, 4, 12, 14, 59)],
    ["2024-02-29T12:34:56+05:30", Date.UTC(2024, 1, 29, 7, 4, 56)],
  ])("%s is read, and read again", (instant, ms) => {
    for (let i = 0; i < 2; i += 1) expect(epochMs(instant)).toBe(ms);
  });
  test.each([
    ...["2026-05-12", "2026-05-12T10:00:00", "2026-05-12 10:00:00Z", "2026-05-12T10Z", "x2026-05-12T10:00:00Z"],
    ...["2026-02-30T10:00:00Z", "2026-00-10T10:00:00Z", "2026-04-31T10:00:00Z", "1969-12-31T23:59:59Z"],
    ...["2026-05-12T24:00:00Z", "2026-05-12T10:60:00Z", "2026-05-12T10:00:60Z", "2026-05-12T10:00:00+15:00"],
    ...["2026-05-12T10:00:00+08:60", "2026-05-12T10:00:00.Z", "2026-05-12T10:00:00Zx", ""],
  ])("%s is none", (instant) => {
    for (let i = 0; i < 2; i += 1) expect(() => epochMs(instant)).toThrow(TypeError);
  });
  test("what is written is read as the same", () => {
    for (const ms of [0, 1, 999, 1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001, 253_402_300_799_999]) {
      expect(isoInstant(ms)).toBe(new Date(ms).toISOString());
      expect(epochMs(isoInstant(ms))).toBe(ms);
    }
  });
  test("what is out of reach is written, and not taken for read", () => {
    for (const ms of [-1, 253_402_300_800_000, 1.5]) {
      const instant = isoInstant(ms);
      expect(instant).toBe(new Date(ms).toISOString());
      if (ms !== 1.5) expect(() => epochMs(instant)).toThrow(TypeError);
      else expect(epochMs(instant)).toBe(1);
    }
    expect(() => isoInstant(Number.NaN)).toThrow(RangeError);
  });
  test("a thousand others in between change nothing", () => {
    const first = "2025-01-01T00:00:00.000Z";
    const firstMs = epochMs(first);
    for (let i = 0; i < 1100; i += 1) expect(epochMs(new Date(firstMs + i).toISOString())).toBe(firstMs + i);
    expect(epochMs(first)).toBe(firstMs);
  });
});

describe("days", () => {
  test("a day of Beijing begins at 16:00Z, and with it a year", () => {
    const newYear = Date.UTC(2025, 11, 31, 16);
    for (const [ms, date] of [
      [newYear - 1, "2025-12-31"],
      [newYear, "2026-01-01"],
      [newYear - 1, "2025-12-31"],
      [newYear + 86_399_999, "2026-01-01"],
      [newYear + 86_400_000, "2026-01-02"],
    ] as const) {
      expect(beijingYear(ms)).toBe(yearOf(date));
      expect(beijingDate(ms)).toBe(date);
      expect(beijingYear(ms)).toBe(yearOf(date));
    }
  });
  test("the day before any was asked for", () => {
    expect(beijingDate(0)).toBe("1970-01-01");
    expect(beijingYear(0)).toBe(1970);
  });
  test.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-01-01", -1, "2025-12-31"],
    ["2026-05-12", 0, "2026-05-12"],
  ])("%s and %i days: %s", (from, days, to) => expect(plusDays(from, days)).toBe(to));
  test.each([
    ["2026-02-01", 3, "2029-01-31"],
    ["2025-01-01", 1, "2025-12-31"],
    ["2024-02-29", 3, "2027-02-28"],
    ["2026-03-01", 2, "2028-02-29"],
  ])("a term from %s of %i years ends on %s", (from, years, to) => expect(lastDayOfTerm(from, years)).toBe(to));
  test("weekdays, Sunday first", () => {
    expect(weekday("1970-01-01")).toBe(4);
    expect(["2026-11-22", "2026-11-23", "2026-11-28"].map(weekday)).toEqual([0, 1, 6]);
  });
  test.each(["2026-02-29", "2026-5-12", "2026-13-01", "2026-00-01", "2026-01-00", "1969-12-31", "2026-05-12T", ""])(
    "%s is no day",
    (ymd) => expect(() => assertDate(ymd)).toThrow(TypeError),
  );
  test("nor is a number", () => expect(() => assertDate(20260512 as unknown as string)).toThrow(TypeError));
  test("a day that is one passes", () => expect(() => assertDate("2024-02-29")).not.toThrow());
});
