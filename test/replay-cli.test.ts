// `yumen replay` on real ledgers and stores: the same policy changes nothing, a stricter one is told by rule and
// recipient, and what an entry cannot give back is counted with its reason.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { again, draftOf } from "../src/cli/replay/again.ts";
import type { Recorded } from "../src/cli/replay/entry.ts";
import { register } from "../src/cli/replay.ts";
import { openKeys } from "../src/io/keys.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { cross } from "../src/io/perform.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { loadDemoPeople, seedOf } from "../src/io/policy/people.ts";
import { openReceipts } from "../src/io/stores/lmdb/receipts.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import type { Arrival, Policy } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { open as openFixture } from "./golden/fixture.ts";
import { arrivalOf, Caller, demoPolicy, NOW_MS, POLICIES, worldOf } from "./sim/demo-world.ts";

const ZHANG = { subject: "id:zhang", purpose: null, conversation: null, exporter: null };
const DIALER = { dial: () => ({ resume() {}, abort() {} }), close: async () => {} };

/** The last exempt place, less the people of the demo's outsideFlows. */
const LAST = 99_999 - 300;
let data: string;
let entries: Recorded[];
let receipt: string;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "yumen-replay-"));
  const policy = await demoPolicy();
  const { keys } = await openKeys(join(data, "keys"));
  const stores = await openLmdbStores(join(data, "store"));
  const people = await loadDemoPeople(join(POLICIES, "demo/demo.people.yaml"));
  const seed = seedOf(people, keys, new Date(NOW_MS).toISOString());
  for (const { exporter, key, alias } of seed.links) await stores.consent.link(exporter, key, alias);
  for (const event of seed.events) await stores.consent.record(event);
  const ledger = await openFixture(join(data, "ledger"));
  const world = worldOf({ policy, keys, stores, ledger, dialer: DIALER });
  const sent: [string, Partial<Arrival>?][] = [
    ["你好"],
    ["客户电话 13800138000", { asserted: ZHANG }],
    ["客户电话 13800138000", { asserted: ZHANG, destination: "anthropic" }],
    ["身份证 11010519491231002X", { asserted: ZHANG }],
    ["陌生人 13600136000"],
    ["AKIAIOSFODNN7EXAMPLE"],
    [Array.from({ length: 60 }, (_, i) => `139${10_000_000 + i}`).join(" ")],
    ["没有这个目的地", { destination: "nowhere" }],
    // consent was given after that day
    ["客户电话 13800138000", { asserted: ZHANG, atMs: Date.UTC(2026, 5, 20) }],
  ];
  for (const [i, [content, more]] of sent.entries())
    await cross(world, arrivalOf(100 + i, content, more), new Caller());
  // a withdrawal that comes later does not reach back
  const given = seed.events[0]!;
  const withdrawal = {
    ...given,
    event: "later",
    sequence: 99,
    action: "withdraw",
    givenAt: "2026-11-22T02:00:01.000Z",
  } as const;
  await stores.consent.record(withdrawal);
  await ledger.seal('{"kind":"seal","t":"2026-11-22T02:00:02.000Z","v":1}');
  await stores.close();
  const { readEntries } = await import("../src/io/ledger/read.ts");
  entries = [];
  for await (const { entry } of readEntries(join(data, "ledger")))
    if (entry.includes('"kind":"crossing"')) entries.push(JSON.parse(entry) as Recorded);
  receipt = entries[1]!.consent[0]!.receipt;
}, 60_000);
afterAll(() => rmSync(data, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const run = (...args: readonly string[]) => ranCommand(register, ["replay", "--data", data, "--lang", "en", ...args]);

let drafts = 0;
async function draft(change: (text: string) => string): Promise<string> {
  const dir = join(data, `draft-${++drafts}`);
  await cp(join(POLICIES, "demo"), dir, { recursive: true });
  const file = join(dir, "yumen.yaml");
  const text = readFileSync(file, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  return dir;
}

describe("the policy of that day", () => {
  test("nothing would change; what cannot be replayed is told", async () => {
    const { out, err, code } = await run("--policy", join(POLICIES, "demo"));
    expect([err, code]).toEqual(["", 0]);
    expect(out).toContain("9 crossings: 7 the same, 0 treated the same on other grounds\nnothing would change\n");
    expect(out).toContain("not replayable: 2\n");
    expect(out).toContain("1  it was stopped before a judgement: there is no body");
    expect(out).toContain("1  more than 50 findings: they are not listed one by one");
  });

  test("--since passes over what was before; a Beijing date begins at its midnight", async () => {
    const since = async (day: string) =>
      JSON.parse((await run("--policy", join(POLICIES, "demo"), "--json", "--since", day)).out);
    expect((await since("2026-11-22")).crossings).toBe(8);
    expect((await since("2026-06-20")).crossings).toBe(9);
    expect((await since("2026-11-23")).crossings).toBe(0);
    expect((await run("--policy", join(POLICIES, "demo"), "--since", "soon")).code).toBe(2);
  });
});

describe("a draft", () => {
  test("a new rule: told by rule and recipient, with an example", async () => {
    const rule = "  - { id: no-openai, why: x, action: block, match: { recipient: openai, piAny: cn-mobile } }\n";
    const { out, code } = await run("--policy", await draft((text) => text + rule), "--json");
    expect(code).toBe(1);
    const { changes, crossings } = JSON.parse(out);
    expect(crossings).toBe(9);
    expect(changes).toEqual([
      {
        from: "forward",
        to: "block",
        rule: "no-openai",
        recipient: "openai",
        reasons: ["POLICY_FORBIDS"],
        n: 2,
        example: entries[1]!.id,
      },
    ]);
  });

  test("a destination that is no longer there, a caller that may no longer", async () => {
    const gone = await draft((text) =>
      text.replace("\n    destinations: [openai, anthropic]", "\n    destinations: [openai]"),
    );
    const { changes } = JSON.parse((await run("--policy", gone, "--json")).out);
    expect(changes).toMatchObject([
      { from: "forward", to: "block", rule: "destination_not_allowed", recipient: "anthropic", n: 1 },
    ]);
  });

  test("another recipient behind the same door: its consent is not on record", async () => {
    const moved = await draft((text) => text.replace("    recipient: openai\n", "    recipient: anthropic\n"));
    const { notReplayable } = JSON.parse((await run("--policy", moved, "--json")).out);
    expect(notReplayable).toContainEqual(expect.objectContaining({ why: "consent_elsewhere" }));
  });

  test("a rule about who was declared, or the API shape: replayed from the entry", async () => {
    const rules = [
      "  - { id: declare, why: x, action: block, match: { declared: false, pi: true } }\n",
      "  - { id: shape, why: x, action: block, match: { provider: anthropic-messages } }\n",
      "  - { id: told, why: x, action: block, match: { provider: openai-chat }, when: request.declared }\n",
    ];
    const tried = async (rule: string) =>
      JSON.parse((await run("--policy", await draft((text) => text + rule), "--json")).out);
    const [declared, shape, told] = [await tried(rules[0]!), await tried(rules[1]!), await tried(rules[2]!)];
    for (const { notReplayable } of [declared, shape, told])
      expect(notReplayable.map(({ why }: { why: string }) => why).sort()).toEqual(["findings", "stopped"]);
    // who left with somebody's data had declared the subject; all went to the chat of one shape
    expect([declared.changes, shape.changes]).toEqual([[], []]);
    expect(told.changes).toMatchObject([
      { from: "forward", to: "block", rule: "told", recipient: "openai" },
      { from: "forward", to: "block", rule: "told", recipient: "anthropic" },
      { from: "pseudonymize", to: "block", recipient: "openai" },
    ]);
  });

  test("another profile of what is sensitive: to be read anew", async () => {
    const other = await draft((text) => text.replace("profile: strict", "profile: gbt45574"));
    const { notReplayable, changes } = JSON.parse((await run("--policy", other, "--json")).out);
    expect([changes, notReplayable.map(({ why }: { why: string }) => why)]).toEqual([
      [],
      expect.arrayContaining(["profile"]),
    ]);
  });

  test("a draft of the law's numbers", async () => {
    const law = join(data, "law");
    await cp(join(POLICIES, "law"), law, { recursive: true });
    for (const name of ["2024-03-22", "2025-01-01", "2026-01-01"]) {
      const file = join(law, `${name}.yaml`);
      writeFileSync(file, readFileSync(file, "utf8").replace("exemptBelow: 100000", "exemptBelow: 1"));
    }
    const { changes, regrounded } = JSON.parse(
      (await run("--policy", join(POLICIES, "demo"), "--law", law, "--json")).out,
    );
    expect(changes).toEqual([]);
    // openai and anthropic have contracts: the same is done, on other grounds
    expect(regrounded).toBeGreaterThan(0);
  });

  test("a draft that is not fit: exit 2, its problems with places", async () => {
    const bad = await draft((text) => text.replace("action: pseudonymize", "action: pseudonymise"));
    const { code, err } = await run("--policy", bad);
    expect([code, err.includes("did you mean pseudonymize?")]).toEqual([2, true]);
  });

  test("no ledger there: exit 2", async () => {
    expect((await run("--policy", join(POLICIES, "demo"), "--data", join(data, "nowhere"))).code).toBe(2);
  });
});

describe("consent as it was", () => {
  let policy: Policy;
  beforeAll(async () => {
    const loaded = await loadPolicy(join(POLICIES, "demo"), { law: loadLawData(join(POLICIES, "law")) });
    policy = loaded.ok ? loaded.policy : expect.fail();
  });

  test("a receipt stands for what it stood for then, not for what became of it", async () => {
    const receipts = (await openReceipts(join(data, "store")))!;
    try {
      const { asOf, recipient, purpose } = entries[1]!;
      expect(receipts.stateOf(receipt, asOf, recipient, purpose)).toMatchObject({ granted: true, recipient, purpose });
      expect(receipts.stateOf(receipt, "999", recipient, purpose)).toMatchObject({ granted: false });
      expect(receipts.stateOf("rcp_000000000999", asOf, recipient, purpose)).toBeNull();
    } finally {
      await receipts.close();
    }
    expect(await openReceipts(join(data, "nothing"))).toBeNull();
  });

  test("without the store, a crossing that rested on consent is not replayed", () => {
    expect(again(entries[1]!, draftOf(policy), () => null)).toBe("consent_store");
    expect(again(entries[0]!, draftOf(policy), () => null)).toMatchObject({ action: "forward" });
  });

  test("beside a line, who left had been counted: it is replayed", () => {
    const granted = {
      recipient: "openai",
      purpose: "customer-service",
      granted: true,
      separate: true,
      guardian: false,
    };
    const kinds = { sensitiveNotice: true, types: ["cn-mobile"], sensitiveTypes: [], notice: null };
    const state = {
      ...granted,
      ...kinds,
      receipt,
      givenAt: "2026-06-15T00:00:00Z",
      withdrawnAt: null,
      validUntil: null,
    };
    const last = { ...entries[1]!, counts: { nonSensitive: LAST, sensitive: 0, gross: LAST } };
    expect(again(last, draftOf(policy), () => state)).toMatchObject({ action: "forward", mechanism: null });
    // an exempt crossing counts nobody: whether they had been counted is not known
    expect(again({ ...last, lawRule: "E2" }, draftOf(policy), () => state)).toBe("counted");
  });

  test("who was declared, and the shape: as the entry says; of an older gate's entry tried every way", async () => {
    const rule = (match: object): Policy => {
      const said = { id: "asks", why: { zh: "x", en: "x" }, action: "block" as const, match };
      return { ...policy, rules: [...policy.rules, said] };
    };
    const judged = (entry: Recorded, match: object) => again(entry, draftOf(rule(match)), () => null);
    const blocks = { action: "block", reasons: expect.arrayContaining(["POLICY_FORBIDS"]) };
    const [plain, stranger] = [entries[0]!, entries[4]!];
    expect([plain.declared, stranger.declared, entries[1]!.declared]).toEqual([null, null, [0]]);
    expect(judged(plain, { declared: false })).toMatchObject(blocks);
    expect(judged(plain, { declared: true })).toMatchObject({ action: "forward" });
    expect(judged({ ...plain, declared: [] }, { declared: true })).toMatchObject(blocks);
    expect(judged(plain, { provider: ["openai-chat"] })).toMatchObject(blocks);
    expect(judged(plain, { provider: ["gemini"] })).toMatchObject({ action: "forward" });
    expect(judged({ ...plain, provider: "gemini" }, { provider: ["gemini"] })).toMatchObject(blocks);
    // a shape that the draft's way no longer has
    const gone = { ...plain, provider: "carrier-pigeon" };
    expect(judged(gone, { provider: ["gemini"] })).toBe("provider");
    expect(judged(gone, { declared: true })).toMatchObject({ action: "forward" });
    // N-1: nothing is said
    const { declared: _, ...older } = plain;
    expect(judged(older, { declared: false })).toBe("declared");
    expect(judged(older, { provider: ["openai-chat"] })).toBe("provider");
    expect(judged(older, { purpose: ["translation"] })).toMatchObject({ action: "forward" });
  });

  test("what nobody read is judged again by its class, and by who signs for it", () => {
    const reasons = [{ code: "OPAQUE_MODEL_WEIGHTS", article: "PIPL Art.51", path: "/a", about: "gguf" }];
    const blocked = { ...entries[0]!, action: "block", rule: "opaque", reasons };
    expect(again(blocked, draftOf(policy), () => null)).toMatchObject({
      action: "block",
      reasons: ["OPAQUE_MODEL_WEIGHTS"],
    });
    const left = { ...entries[0]!, unread: [{ class: "image" as const, path: "/a" }] };
    expect(again(left, draftOf(policy), () => null)).toMatchObject({ action: "block", reasons: ["OPAQUE_IMAGE"] });
  });

  test("beside a line, a stranger who was blocked is not replayed", () => {
    const blocked = entries[4]!;
    expect(again(blocked, draftOf(policy), () => null)).toMatchObject({
      action: "block",
      reasons: ["CONSENT_MISSING"],
    });
    const counts = { nonSensitive: LAST, sensitive: 0, gross: LAST };
    const translation = { ...blocked, purpose: "translation", counts };
    expect(again(translation, draftOf(policy), () => null)).toBe("counted");
  });
});
