// SCOPE_VOLUME: a contract's scale is about the people sent to its own recipients, where that is known; else about all.

import { expect, test } from "vitest";
import { loadLawData } from "../src/io/law-data.ts";
import { evaluate } from "../src/law/evaluate.ts";
import { withDefaults } from "../src/law/facts.ts";

const LAW = loadLawData("policies/law");
const CONTRACT = {
  ...{
    id: "sc",
    type: "STANDARD_CONTRACT",
    validFrom: "2026-01-05",
    validUntil: "2028-12-31",
    filedDate: "2026-01-06",
  },
  scope: { recipients: ["R1", "R2"], maxNonSensitive: 150_000 },
};
const judged = (facts: object) =>
  evaluate(withDefaults({ at: "2026-06-01T00:00:00Z", mechanisms: [CONTRACT], ...facts }), LAW);
const counts = (nonSensitive: number) => ({ counts: { nonSensitive, sensitive: 0 } });
const reached = (recipients: string[], nonSensitive: number) => ({ recipients, nonSensitive, sensitive: 0 });
const past = (from: number, to: number, recipient?: string) => ({
  ...{ at: "2026-02-01T00:00:00Z", subjects: [from, to], classes: ["NS"], route: "C1" },
  ...(recipient === undefined ? {} : { recipient }),
});

test.each<[string, object, boolean]>([
  ["nothing is known of its recipients: all people, within", counts(150_000), true],
  ["… and above", counts(150_001), false],
  ["theirs are given", { ...counts(400_000), reached: [reached(["R1", "R2"], 150_000)] }, true],
  [
    "… in another order, among others",
    { ...counts(400_000), reached: [reached(["R3"], 9), reached(["R2", "R1"], 8)] },
    true,
  ],
  ["… and above", { ...counts(400_000), reached: [reached(["R1", "R2"], 150_001)] }, false],
  ["given for one of them only", { ...counts(400_000), reached: [reached(["R1"], 5)] }, false],
  ["given for more than them", { ...counts(400_000), reached: [reached(["R1", "R2", "R3"], 5)] }, false],
  ["history: sent to others", { history: [past(1, 149_999, "R2"), past(200_000, 300_000, "R3")] }, true],
  ["history: one too many of its own", { history: [past(1, 100_000, "R2"), past(100_001, 150_000, "R1")] }, false],
  ["history: the same people twice are the same", { history: [past(1, 149_999, "R2"), past(1, 149_999, "R1")] }, true],
  ["history: whom it went to is not said", { history: [past(1, 149_999, "R2"), past(200_000, 200_001)] }, false],
  [
    "history: exempt transfers fill nothing",
    { history: [{ ...past(1, 300_000, "R1"), route: "E2" }, past(1, 120_000)] },
    true,
  ],
])("%s", (_, facts, fits) => {
  const { reasons, rule } = judged(facts);
  expect(rule).toBe("C1");
  expect(reasons).toEqual(fits ? [] : ["SCOPE_VOLUME"]);
});

test("a contract that names no recipients is about all people", () => {
  const { recipients: _, ...scope } = CONTRACT.scope;
  const facts = { ...counts(150_001), mechanisms: [{ ...CONTRACT, scope }], reached: [reached(["R1"], 5)] };
  expect(judged(facts).reasons).toEqual(["SCOPE_VOLUME"]);
});

test("the decision holds up to the line of the year, and to the scale of those recipients", () => {
  const { limit } = judged({ ...counts(400_000), reached: [reached(["R2", "R1"], 9)] });
  expect(limit).toEqual({
    ...{ nonSensitive: 999_999, sensitive: 9_999 },
    scoped: [{ recipients: ["R2", "R1"], nonSensitive: 150_000, sensitive: null }],
  });
  expect(judged(counts(140_000)).limit).toEqual({ nonSensitive: 150_000, sensitive: 9_999 });
});

test.each([
  [{ reached: "R1" }],
  [{ reached: [{ recipients: "R1", nonSensitive: 1, sensitive: 1 }] }],
  [{ reached: [{ recipients: ["R1"], nonSensitive: -1, sensitive: 1 }] }],
  [{ history: [{ ...past(1, 2), recipient: "" }] }],
])("malformed: %j", (facts) => {
  expect(() => judged(facts)).toThrow(TypeError);
});
