// Children (PIPL Art. 28, 31): everything about somebody under fourteen is sensitive, and a guardian must have consented.
// From the body to the decision and to the entry.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect, judge } from "../src/gate.ts";
import { createFactsLoader } from "../src/io/facts.ts";
import type { ConsentEvent } from "../src/io/ports.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import { crossingTexts } from "../src/record/crossing.ts";
import type { Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder, NOW_MS } from "./sim/demo-world.ts";

const EXPORTER = "example-retail";
/** Born on 2018-06-01; fourteen on the day of the test; fourteen tomorrow. */
const CHILD = "110105201806010026";
const FOURTEEN = "310104201211220017";
const NEARLY = "310104201211230012";
const MOBILE = "13700137000";

let dir: string;
let keys: Keys;
let policy: Policy;
let stores: Stores;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-minors-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  stores = await demoStores(keys);
  for (const [i, value] of [CHILD, FOURTEEN, NEARLY].entries()) await consent(`plain-${i}`, "cn-id", value, {});
  await consent("mobile", "cn-mobile", MOBILE, {});
});
afterAll(() => rmSync(dir, { recursive: true }));

async function consent(event: string, type: string, value: string, more: Partial<ConsentEvent>): Promise<void> {
  await stores.consent.record({
    ...{ event, source: "test", sequence: 1, exporter: EXPORTER, person: keys.person(EXPORTER, type, value) },
    ...{ recipient: "openai", purpose: "customer-service", action: "grant", separate: true, guardian: false },
    ...{ sensitiveNotice: true, types: ["cn-mobile", "cn-id", "age", "dob"], sensitiveTypes: ["cn-id"] },
    ...{ notice: { id: "notice-openai", version: "2026-05" }, channel: "test", validUntil: null },
    ...{ givenAt: "2026-06-15T00:00:00.000Z", recordedAt: "2026-06-15T00:00:00.000Z" },
    ...more,
  });
}

function send(body: object) {
  const arrival = arrivalOf(1, "", { body: Buffer.from(JSON.stringify(body)) });
  const seen = inspect(arrival, policy, keys);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  const facts = createFactsLoader(stores.consent, stores.people, keys).load(seen.ask);
  const judged = judge(seen, facts, keys);
  const record = { arrival, ...judged, counts: facts.counts, added: [], digest: "", bytesOut: 0, asOf: "1", salt: "s" };
  const [text] = crossingTexts({ ...record, trace: null });
  const { reasons, legal, action } = judged.decision;
  return { action, codes: reasons.map(({ code }) => code), legal, entry: JSON.parse(text!), case: judged.case };
}
const chat = (content: string) => ({ model: "echo", messages: [{ role: "user", content }] });

test.each([
  ["a child of eight", CHILD, true],
  ["fourteen tomorrow", NEARLY, true],
  ["fourteen today", FOURTEEN, false],
])("%s: without a guardian's consent a child's data does not leave", (_, id, isMinor) => {
  const { action, codes, entry } = send(chat(`身份证 ${id}`));
  expect([action, codes.includes("GUARDIAN_CONSENT_MISSING")]).toEqual(
    isMinor ? ["block", true] : ["pseudonymize", false],
  );
  expect(entry.minors).toEqual(isMinor ? [0] : undefined);
});

test("what is ordinary of others is sensitive of a child: counted so, and asked for so", () => {
  const adult = send({ customer: { phone: MOBILE, age: 40 } });
  const child = send({ customer: { phone: MOBILE, age: 9 } });
  expect(adult.case.individuals.map(({ minor }) => minor)).toEqual([undefined]);
  expect(child.case.individuals.map(({ minor }) => minor)).toEqual([true]);
  expect(adult.legal.admissions).toMatchObject([{ nonSensitive: true, sensitive: false }]);
  expect(child.legal.admissions).toMatchObject([{ nonSensitive: false, sensitive: true }]);
  expect(adult.codes).not.toContain("GUARDIAN_CONSENT_MISSING");
  expect(child.codes).toContain("GUARDIAN_CONSENT_MISSING");
  expect(child.legal.outcome).not.toBe("EXEMPT");
});

test("a guardian's consent lets it leave as the law lets sensitive data leave", async () => {
  const mobile = "13700137001";
  const body = { customer: { phone: mobile, dob: "2018-06-01" } };
  await consent("guarded", "cn-mobile", mobile, { guardian: true, sensitiveTypes: ["cn-mobile", "dob"] });
  const { codes, entry } = send(body);
  expect(codes).not.toContain("GUARDIAN_CONSENT_MISSING");
  expect(entry.minors).toEqual([0]);
});

test("one child among several: only he or she is one", () => {
  const { case: it, entry } = send({
    people: [{ phone: "13700137002" }, { phone: "13700137003", age: 7 }, { phone: "13700137004" }],
  });
  expect(it.individuals.map(({ minor }) => minor === true)).toEqual([false, true, false]);
  expect(entry.minors).toEqual([1]);
});

test("the day is Beijing's: a birthday begins there, eight hours before it does in UTC", () => {
  expect(new Date(NOW_MS).toISOString()).toBe("2026-11-22T02:00:00.000Z");
  const arrival = arrivalOf(1, `身份证 ${NEARLY}`, { atMs: Date.UTC(2026, 10, 22, 16) });
  const seen = inspect(arrival, policy, keys);
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  const facts = createFactsLoader(stores.consent, stores.people, keys).load(seen.ask);
  expect(judge(seen, facts, keys).case.individuals.map(({ minor }) => minor)).toEqual([undefined]);
});
