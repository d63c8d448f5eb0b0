// Law 5 from the ledger's side: what was recorded is enough to come to the same decision again, with the policy that
// the entry names (its hash covers the law's numbers too) and the consent history. What an entry lacks is said in
// src/cli/replay/entry.ts, and tried here: nothing else may be lacking.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { caseOf as caseFrom } from "../src/cli/replay/case.ts";
import { lackOf, type Recorded } from "../src/cli/replay/entry.ts";
import { decide } from "../src/decide/decide.ts";
import { cross } from "../src/io/perform.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Arrival, Case, ConsentState, Keys, Policy } from "../src/words.ts";
import { keptLedger } from "./kept-ledger.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, worldOf } from "./sim/demo-world.ts";

let dir: string;
let policy: Policy;
/** Loaded another time, as an auditor would. */
let again: Policy;
let keys: Keys;
let stores: Stores;
let consents: ReadonlyMap<string, ConsentState>;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-replay-"));
  [policy, again, keys] = [await demoPolicy(), await demoPolicy(), await keysUnder(dir)];
  stores = await demoStores(keys);
  const zhang = stores.consent.resolve("example-retail", keys.person("example-retail", "id", "zhang"));
  const ways = ["openai", "anthropic"].flatMap((to) => ["customer-service", "translation"].map((why) => [to, why]));
  const states = ways.map(([to, why]) => stores.consent.state("example-retail", zhang, to!, why!)!);
  consents = new Map(states.map((state) => [state.receipt, state]));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** @returns the decision entry, read as JSON. */
async function recorded(arrival: Arrival): Promise<Recorded> {
  const entries: Record<string, unknown>[] = [];
  const ledger = keptLedger(entries);
  const dialer = { dial: () => ({ resume() {}, abort() {} }), close: async () => {} };
  await cross(worldOf({ policy, keys, stores, ledger, dialer }), arrival, new Caller());
  expect(entries).toHaveLength(1);
  return entries[0] as unknown as Recorded;
}

function caseOf(entry: Recorded, policy: Policy, known: ReadonlyMap<string, ConsentState>, isCounted: boolean): Case {
  return caseFrom(entry, policy, (receipt) => known.get(receipt)!, { isCounted });
}

/** What an entry says of its decision. */
function saidOf(entry: Recorded): object {
  const { action, rule, outcome, basis, mechanism, revision, warnings, reasons, findings } = entry;
  const hide = findings.flatMap(({ action }, i) => (action === "pseudonymize" ? [i] : []));
  return { action, rule, outcome, basis, mechanism, revision, warnings, reasons, hide };
}

function decidedOn(c: Case): object {
  const { action, rule, reasons, hide, legal } = decide(c);
  const { outcome, basis, mechanism, revision, warnings } = legal;
  const listed = reasons.slice(0, 20).map((reason) => ({ ...reason }));
  return { action, rule, outcome, basis, mechanism, revision, warnings, reasons: listed, hide };
}

const PIECES = [
  "Summarise the meeting.",
  "客户电话 13800138000",
  "身份证 11010519491231002X",
  "客户电话 13800138000，年龄：9岁",
  "车牌 沪A12345",
  "邮箱 zhang.san@example.cn",
  "电话 13912345678",
  "卡号 6222020200112230077",
  "key sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru",
  "公司 91310115MA1K3ABC1G",
  "个体户 92232721A5T2R9MW5W",
];
const anyArrival = fc
  .record({
    pieces: fc.oneof(
      { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.subarray(PIECES.slice(0, 4), { minLength: 1 }) },
    ),
    subject: fc.constantFrom(null, "id:zhang", "id:zhang", "id:zhang", "cn-mobile:13912345678"),
    purpose: fc.constantFrom(null, null, null, "translation"),
    destination: fc.constantFrom("openai", "openai", "anthropic"),
    agent: fc.constantFrom("", "", "", "", "caller 13912345678"),
    atDay: fc.nat(400),
  })
  .map(({ pieces, subject, purpose, destination, agent, atDay }) => {
    const asserted = { subject, purpose, conversation: null, exporter: null };
    const headers = ["content-type", "application/json", ...(agent === "" ? [] : ["user-agent", agent])];
    // from before the contract was filed until after: what applies depends on the day
    const atMs = Date.UTC(2026, 3, 1) + atDay * 86_400_000;
    return arrivalOf(1, pieces.join("\n"), { asserted, headers, destination, atMs });
  });

test("replaying what the ledger recorded gives the same decision and reasons", async () => {
  const seen = new Map<string, number>();
  const count = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(anyArrival, async (arrival) => {
      const entry = await recorded(arrival);
      const lack = lackOf(entry);
      if (lack !== null) return count(lack);
      expect(again.hash).toBe(entry.policy);
      for (const isCounted of [true, false])
        expect(decidedOn(caseOf(entry, again, consents, isCounted))).toEqual(saidOf(entry));
      count(`replayed: ${entry.action}`);
    }),
    { numRuns: 300 },
  );
  // most of what is recorded is enough, of every action
  for (const action of ["forward", "pseudonymize", "block"]) expect(seen.get(`replayed: ${action}`)).toBeGreaterThan(5);
});

test.each<[string, Partial<Recorded>]>([
  ["another purpose", { purpose: "translation" }],
  ["another recipient", { recipient: "anthropic", destination: "anthropic" }],
  ["no consent", { consent: [] }],
  ["a day before the contract", { t: "2026-05-01T00:00:00.000Z" }],
  ["counts over the line of the contract", { counts: { nonSensitive: 500_001, sensitive: 0, gross: 500_001 } }],
])("every recorded input has weight: with %s the replay comes to something else", async (_, other) => {
  const entry = await recorded(arrivalOf(1, "客户电话 13800138000", { asserted: ABOUT_ZHANG }));
  expect(entry.action).toBe("forward");
  expect(decidedOn(caseOf(entry, again, consents, true))).toEqual(saidOf(entry));
  expect(decidedOn(caseOf({ ...entry, ...other }, again, consents, true))).not.toEqual(saidOf(entry));
});

const ABOUT_ZHANG = { subject: "id:zhang", purpose: null, conversation: null, exporter: null };

test.each<[string, string, string]>([
  ["many findings", Array.from({ length: 60 }, (_, i) => `139${10_000_000 + i}`).join(" "), "findings"],
])("what an entry lacks: %s", async (_, text, lack) => {
  expect(lackOf(await recorded(arrivalOf(1, text, { asserted: ABOUT_ZHANG })))).toBe(lack);
});

test("what an entry lacks: beside a line, whether a stranger who was blocked had been counted before", async () => {
  const asserted = { ...ABOUT_ZHANG, purpose: "translation" };
  const entry = await recorded(arrivalOf(1, "电话 13912345678", { asserted }));
  const declared = 300; // of the demo's outsideFlows
  const [at, away] = [99_999 - declared, 50].map((n) => ({
    ...entry,
    counts: { nonSensitive: n, sensitive: 0, gross: n },
  }));
  const both = (one: Recorded) => [true, false].map((is) => decidedOn(caseOf(one, again, consents, is)));
  expect(both(away!)[0]).toEqual(both(away!)[1]);
  expect(both(at!)[0]).not.toEqual(both(at!)[1]);
});
