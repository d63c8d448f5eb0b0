// What ways on trial let through is told once a Beijing day, and nothing of it is lost.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countObserved, type Observed } from "../src/io/observed.ts";
import type { Decision } from "../src/words.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const would = (code: string): Pick<Decision, "would" | "reasons"> => ({
  would: "block",
  reasons: [{ code, article: "" }],
});
const at = { destination: "openai" };

function report() {
  const told: (readonly [string, Observed])[] = [];
  let day = "2026-11-22";
  const observed = countObserved(
    (of, by) => void told.push([of, by]),
    () => day,
  );
  const turn = (to: string) => {
    day = to;
  };
  return { told, observed, turn };
}

test("nothing before the day is over; then what it saw, by destination and reason", () => {
  const { told, observed, turn } = report();
  observed.count(at, would("CONSENT_MISSING"));
  observed.count(at, would("CONSENT_MISSING"));
  observed.count({ destination: "crm" }, would("NO_MECHANISM"));
  vi.advanceTimersByTime(3_600_000);
  expect(told).toEqual([]);
  turn("2026-11-23");
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([["2026-11-22", { openai: { CONSENT_MISSING: 2 }, crm: { NO_MECHANISM: 1 } }]]);
  turn("2026-11-24");
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(1);
  observed.close();
  expect(told).toHaveLength(1);
});
test("what is enforced is not told", () => {
  const { told, observed } = report();
  observed.count(at, { would: null, reasons: [{ code: "X", article: "" }] });
  observed.close();
  expect(told).toEqual([]);
});
test("the stop tells what is left", () => {
  const { told, observed } = report();
  observed.count(at, would("A"));
  observed.close();
  expect(told).toEqual([["2026-11-22", { openai: { A: 1 } }]]);
});
