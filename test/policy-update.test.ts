// `yumen test --update-from`: values of every kind hold their checks; a recorded decision becomes a case that runs as it
// was recorded; what stands in a test file stays.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bodyOf } from "../src/cli/test/update/body.ts";
import { canMake, chanceOf, madeUp } from "../src/cli/test/update/values.ts";
import { appended } from "../src/cli/test/update/write.ts";
import { register } from "../src/cli/test.ts";
import { decode } from "../src/decode/decode.ts";
import { find } from "../src/find/find.ts";
import { openKeys } from "../src/io/keys.ts";
import { loadLawData } from "../src/io/law-data.ts";
import { cross } from "../src/io/perform.ts";
import { KNOWN } from "../src/io/policy/known.ts";
import { loadPolicy } from "../src/io/policy/load.ts";
import { loadDemoPeople, seedOf } from "../src/io/policy/people.ts";
import { openLmdbStores } from "../src/io/stores/lmdb/stores.ts";
import type { Arrival, Policy } from "../src/words.ts";
import { ranCommand } from "./command.ts";
import { open as openLedger } from "./golden/fixture.ts";
import { arrivalOf, Caller, idOf, NOW_MS, POLICIES, worldOf } from "./sim/demo-world.ts";

const root = mkdtempSync(join(tmpdir(), "yumen-update-test-"));
afterAll(() => rmSync(root, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

describe("made-up values", () => {
  const below = chanceOf("seed");
  // those that a name, a neighbour or a row of them tells: they are tried below
  const alone = KNOWN.detected.filter((type) => !CONTEXT.has(type));
  test.each(alone)("%s: the gate finds it as what it is", (type) => {
    const value = madeUp(type, below, 2026, false);
    const limits = { bodyBytesMax: 1e6 };
    const found = [0, 1, 2].flatMap((wording) => {
      const { json } = bodyOf([{ path: `/${KEYS[type] ?? "content"}`, type, value }], wording) as { json: unknown };
      const body = Buffer.from(JSON.stringify(json));
      const doc = decode(
        { method: "POST", target: "/", contentType: "application/json", contentEncoding: "", body },
        [],
        limits,
      );
      if ("code" in doc) throw new Error(doc.code);
      return find(doc, "strict", null).map((finding) => finding.type);
    });
    expect(found).toContain(type);
  });

  test("a child is under fourteen, anybody else is not; equal seeds give equal values", () => {
    expect(madeUp("cn-id", below, 2026, true).slice(6, 10)).toBe("2017");
    expect(madeUp("age", below, 2026, true)).toBe("9岁");
    expect(madeUp("dob", below, 2026, false)).toBe("1990-03-07");
    const twice = [1, 2].map(() => madeUp("cn-mobile", chanceOf("a"), 2026, false));
    expect(twice[0]).toBe(twice[1]);
    expect(madeUp("cn-mobile", chanceOf("b"), 2026, false)).not.toBe(twice[0]);
    expect(canMake("embedding")).toBe(false);
  });
});

const CONTEXT = new Set(["person", "address", "track", "behaviour", "embedding"]);

/** Kinds that only a member's name tells. */
const KEYS: Readonly<Record<string, string>> = {
  health: "diagnosis",
  biometric: "face_token",
  religion: "religion",
  criminal: "criminal_record",
  "sex-life": "sexual_orientation",
  credit: "credit_score",
  disability: "disability",
  income: "salary",
  "android-id": "android_id",
  age: "age",
  openid: "openid",
  postcode: "postcode",
};

test("a document has its texts at the places asked for", () => {
  const at = (path: string, value = "x") => ({ path, type: "cn-mobile", value });
  expect(bodyOf([at("/messages/1/content"), at("/a/b/0"), at("/*")], 0)).toEqual({
    json: { messages: [{ role: "user" }, { role: "user", content: "x" }], a: { b: ["x"] }, 手机号: "x" },
  });
  expect(bodyOf([at("", "1"), at("", "2")], 0)).toEqual({ text: "1 2" });
  expect(bodyOf([at("/a~1b", "1"), at("/a~1b", "2")], 1)).toEqual({ json: { "a/b": "手机号：1，手机号：2" } });
});

interface Installed {
  readonly policies: string;
  readonly data: string;
}

/** A ledger and stores with some crossings under a policy. */
async function installed(name: string, people: string, sent: readonly Arrival[]): Promise<Installed> {
  const [policies, data] = [join(root, name), join(root, `${name}-data`)];
  await cp(join(POLICIES, name), policies, { recursive: true });
  const loaded = await loadPolicy(policies, { law: loadLawData(join(POLICIES, "law")) });
  const policy: Policy = loaded.ok ? loaded.policy : expect.fail();
  const { keys } = await openKeys(join(data, "keys"));
  const stores = await openLmdbStores(join(data, "store"));
  const seed = seedOf(await loadDemoPeople(join(policies, people)), keys, new Date(NOW_MS).toISOString());
  for (const { exporter, key, alias } of seed.links) await stores.consent.link(exporter, key, alias);
  for (const event of seed.events) await stores.consent.record(event);
  const given = seed.events.find(
    ({ recipient, purpose }) => recipient === "anthropic" && purpose === "customer-service",
  );
  const withdrawn = { event: "w", sequence: 99, action: "withdraw", givenAt: "2026-11-01T00:00:00.000Z" } as const;
  if (given !== undefined) await stores.consent.record({ ...given, ...withdrawn });
  const ledger = await openLedger(join(data, "ledger"));
  const dialer = { dial: () => ({ resume() {}, abort() {} }), close: async () => {} };
  for (const arrival of sent) await cross(worldOf({ policy, keys, stores, ledger, dialer }), arrival, new Caller());
  await ledger.seal('{"kind":"seal","t":"2026-11-22T02:00:02.000Z","v":1}');
  await stores.close();
  return { policies, data };
}

const run = (...args: readonly string[]) => ranCommand(register, ["test", "--lang", "en", ...args]);

const ZHANG = { subject: "id:zhang", purpose: null, conversation: null, exporter: null };
const SENT: readonly [string, string, Partial<Arrival>?][] = [
  ["nothing found", "你好"],
  ["the subject's own number", "客户电话 13800138000", { asserted: ZHANG }],
  ["rewritten", "身份证 11010519491231002X 和手机 13800138000", { asserted: ZHANG }],
  ["a stranger", "陌生人 13600136000"],
  ["two people, one of whom agreed", "客户 13800138000，联系人 13600136000", { asserted: ZHANG }],
  ["a credential", "AKIAIOSFODNN7EXAMPLE"],
  ["a child", "客户电话 13800138000，年龄：9岁", { asserted: ZHANG }],
  ["in the query", "你好", { target: "/v1/chat/completions?phone=13800138000", asserted: ZHANG }],
  ["another purpose", "客户电话 13800138000", { asserted: { ...ZHANG, purpose: "translation" } }],
  [
    "consent was withdrawn",
    "客户电话 13800138000",
    { asserted: ZHANG, destination: "anthropic", target: "/v1/messages" },
  ],
  ["before consent was given", "客户电话 13800138000", { asserted: ZHANG, atMs: Date.UTC(2026, 5, 1) }],
];

describe("a recorded decision of the demo", () => {
  let demo: Installed;
  beforeAll(async () => {
    const sent = SENT.map(([, content, more], i) => arrivalOf(500 + i, content, more));
    demo = await installed("demo", "demo.people.yaml", sent);
  }, 60_000);

  test.each(SENT.map(([name], i) => [name, idOf(500 + i)] as const))(
    "%s: becomes a case that passes",
    async (name, id) => {
      const into = join(demo.policies, `${id}.test.yaml`);
      const { err, out, code } = await run(demo.policies, "--update-from", id, "--data", demo.data, "--into", into);
      expect(err).toBe(`${id} is now a case of ${into}\n`);
      expect([code, out.includes("✗")]).toEqual([0, false]);
      const text = readFileSync(into, "utf8");
      if (name === "consent was withdrawn") expect(text).toContain("consent_withdrawn");
      if (name === "the subject's own number")
        expect(text).toContain("volume: { nonSensitive: 0, sensitive: 0, gross: 0 }");
      // nothing of anybody's is in it
      for (const real of ["13800138000", "13600136000", "11010519491231002X", "zhang"])
        expect(text).not.toContain(real);
    },
  );

  test("what cannot be made: said, exit 2, nothing written", async () => {
    const before = readFileSync(join(demo.policies, "demo.test.yaml"), "utf8");
    const { code, err } = await run(demo.policies, "--update-from", idOf(9), "--data", demo.data);
    expect([code, err]).toEqual([2, expect.stringContaining("no such decision")]);
    expect(readFileSync(join(demo.policies, "demo.test.yaml"), "utf8")).toBe(before);
  });

  test("a policy that has changed since: the case expects what was done then, and what is done now is told", async () => {
    const changed = join(root, "changed");
    await cp(join(POLICIES, "demo"), changed, { recursive: true });
    const rule = "  - { id: stop, why: x, action: block, match: { piAny: cn-mobile } }\n";
    writeFileSync(join(changed, "yumen.yaml"), readFileSync(join(changed, "yumen.yaml"), "utf8") + rule);
    const { code, err, out } = await run(changed, "--update-from", idOf(501), "--data", demo.data);
    expect(err).toContain("the policy has changed since");
    expect(err).toContain("action: expected forward, got block");
    expect([code, out.includes("✗")]).toEqual([1, true]);
    const again = await run(changed, "--update-from", idOf(500), "--data", demo.data, "--lang", "zh");
    expect(again.err).toContain("此后策略改过");
    expect(again.out).toContain("action：应为 forward，实为 block");
  });

  test("a destination that is gone: said in both languages, nothing written", async () => {
    const gone = join(root, "gone");
    await cp(join(POLICIES, "demo"), gone, { recursive: true });
    const file = join(gone, "yumen.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(/\bopenai\b(?!\.)/g, "openai-two"));
    const args = [gone, "--update-from", idOf(501), "--data", demo.data];
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining("has no openai any more") });
    const zh = await run(...args, "--lang", "zh");
    expect(zh).toMatchObject({ code: 2, err: expect.stringContaining("策略里已没有 openai") });
  });
});

describe("a recorded decision of the group", () => {
  const asserted = { subject: null, purpose: null, conversation: null, exporter: null };
  const json = (value: unknown) => ({ body: Buffer.from(JSON.stringify(value)), asserted });
  const LIN = { ...asserted, subject: "id:t-1" };
  const sent = [
    arrivalOf(700, "你好", { destination: "models", caller: "crm", asserted }),
    arrivalOf(701, "卡号 6222024000012345670，手机 13800138001", {
      destination: "models",
      caller: "crm",
      asserted: LIN,
    }),
    arrivalOf(702, "", {
      ...json({ purpose: "service", customer: { id: "t-1", phone: "13800138001", idCard: "440306198502143013" } }),
      ...{ destination: "support", caller: "desk", target: "/tickets" },
    }),
    arrivalOf(703, "", {
      ...json({ type: "identify", userId: "t-1", traits: { idCard: "440306198502143013" } }),
      ...{ destination: "analytics", caller: "web", target: "/v1/identify" },
    }),
    arrivalOf(704, "", {
      ...json({ text: "客户 13612345678 要退货" }),
      ...{ destination: "labelling", caller: "etl", target: "/tasks" },
    }),
    arrivalOf(705, "", {
      ...json({ mobile: "13612345678", idCard: "110101197003072014" }),
      ...{ destination: "hr", caller: "hr-app", target: "/people" },
      asserted: { ...asserted, purpose: "staff", exporter: "kunlun-trade" },
    }),
  ];
  let group: Installed;
  beforeAll(async () => {
    group = await installed("group", "group.people.yaml", sent);
    for (const file of ["models.test.yaml", "ways.test.yaml"]) rmSync(join(group.policies, file));
  }, 60_000);

  test("redacted, a ticket, observed, proven, an exporter of its own: one file takes them all, and they pass", async () => {
    for (const { id } of sent) {
      const { err, out } = await run(group.policies, "--update-from", id, "--data", group.data);
      expect(err).toBe(`${id} is now a case of ${group.policies}/recorded.test.yaml\n`);
      expect(out).not.toContain("✗");
    }
    const text = readFileSync(join(group.policies, "recorded.test.yaml"), "utf8");
    for (const said of ["would: block", "proof: proof-labelling", "action: redact", "purpose: service"])
      expect(text).toContain(said);
  });
});

describe("a test file", () => {
  const made = {
    fixtures: { p1: { exporter: "e", aliases: ["id:p1"], consents: [] } },
    written: { name: "new", expect: {} },
  };
  const FILE = `# 开头的注释\nsuite: s # 名字\nat: 2026-11-22T10:00:00+08:00\nfixtures:\n  li: { exporter: e, aliases: [id:u] } # 李\ncases:\n  # ── 一 ──\n  - name: a\n    expect: { action: block } # 为什么\n`;

  test("keeps its comments and cases; the new one stands last", () => {
    const text = appended(FILE, made, "t");
    for (const line of FILE.trimEnd().split("\n")) expect(text).toContain(line.trim());
    expect(text.indexOf("name: new")).toBeGreaterThan(text.indexOf("为什么"));
    expect(appended(text.replace("p1:", "p0:"), made, "t").match(/name: new/g)).toHaveLength(2);
  });

  test("is made where there is none", () => {
    expect(appended(null, made, "2026-01-01T00:00:00Z")).toMatch(
      /^# Recorded decisions[\s\S]*suite: recorded decisions\n[\s\S]*- name: new\n/,
    );
  });

  test("is left alone where a fixture of that name stands, or where it is broken", () => {
    expect(() => appended(appended(FILE, made, "t"), made, "t")).toThrow("already");
    expect(() => appended("cases: [", made, "t")).toThrow("not well formed");
  });
});
