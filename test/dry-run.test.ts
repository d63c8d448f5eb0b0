// A dry run: the whole way of a crossing, and nothing dialed, counted, kept or recorded but that it was asked for.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DryRunAnswer } from "../src/io/dry-run/tell.ts";
import { GateError } from "../src/io/errors.ts";
import { createOpener } from "../src/io/extract/opener.ts";
import { createHeavy, type Heavy } from "../src/io/heavy/heavy.ts";
import { type KeyRing, openKeys } from "../src/io/keys.ts";
import { cross, type World } from "../src/io/perform.ts";
import type { Dispatch } from "../src/io/ports.ts";
import { failedBeforeGate } from "../src/io/refuse.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Arrival, Counts, Policy } from "../src/words.ts";
import { zipOf } from "./files/zip.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, SILENT, worldOf } from "./sim/demo-world.ts";
import { fakeThread } from "./sim/reading-thread.ts";
import { type Attempt, type Laws, universe } from "./sim/universe.ts";

const HANDLER = "example-retail";
const ID = "11010519491231002X";
const asserted = (subject: string | null, conversation: string | null = "c-1") => ({
  ...{ subject, conversation, purpose: null, exporter: null },
});

let dir: string;
let ring: KeyRing;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-dry-"));
  [policy, ring] = [await demoPolicy(), await openKeys(dir)];
});
afterAll(() => rmSync(dir, { recursive: true }));

/** What was done to a world, by name. */
interface Seen {
  readonly done: string[];
  readonly entries: Record<string, unknown>[];
  readonly sent: Dispatch[];
  readonly telemetry: string[];
}

let stores: Stores;
let seen: Seen;
beforeEach(async () => {
  stores = await demoStores(ring.keys);
  seen = { done: [], entries: [], sent: [], telemetry: [] };
});

/** Every call that writes or sends is noted. */
function watched(more: Partial<World> = {}): World {
  const note =
    <A extends unknown[], R>(name: string, call: (...args: A) => R) =>
    (...args: A): R => {
      seen.done.push(name);
      return call(...args);
    };
  const { consent, people } = stores;
  const mine: Stores = {
    ...stores,
    consent: { ...consent, record: note("consent", consent.record), link: note("link", consent.link) },
    people: { ...people, admit: note("admit", people.admit) },
  };
  const append = note("append", async (entry: string) => seen.entries.push(JSON.parse(entry)) - 1);
  const world = worldOf({
    ...{ policy, keys: ring.keys, stores: mine },
    ledger: { append, appendSoon: append, head: () => ({ size: 0, root: "" }), seal: async () => {} },
    dialer: {
      dial: note("dial", (dispatch: Dispatch, sink) => {
        seen.sent.push(dispatch);
        sink.head(200, ["content-type", "application/json"]);
        sink.end();
        return { resume() {}, abort() {} };
      }),
      close: async () => {},
    },
    telemetry: {
      ...SILENT,
      decided: () => seen.telemetry.push("decided"),
      stopped: () => seen.telemetry.push("stopped"),
      tried: (_crossing, would, rule) => seen.telemetry.push(`tried ${would} ${rule}`),
    },
  });
  return { ...world, ...more };
}

async function crossed(arrival: Arrival, world = watched()): Promise<Caller> {
  const caller = new Caller();
  await cross(world, arrival, caller);
  await turn();
  return caller;
}

const dry = (serial: number, content: string, more: Partial<Arrival> = {}) =>
  arrivalOf(serial, content, { dryRun: true, asserted: asserted("id:zhang"), ...more });
const answerIn = (caller: Caller) => JSON.parse(caller.text) as DryRunAnswer;
const inThreads = (): Partial<World> => ({ heavy: always() });
function always(): Heavy {
  return { ...createHeavy({ ring, start: () => fakeThread(ring.threadSecrets) }), takes: () => true };
}

/** Texts that are forwarded, rewritten, blocked, and whatever else JSON holds. */
const content = fc.oneof(
  fc.constantFrom(
    "hello",
    "客户电话 13800138000",
    `给身份证 ${ID} 写信`,
    "客户电话 13912345678",
    `电话 13800138000 和 13912345678，邮箱 a.b@example.com`,
    "key sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru",
  ),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);
const mostly = <T>(value: T, ...others: T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const request = fc.record({
  body: fc.oneof(
    fc.array(content, { maxLength: 4 }).map((texts) =>
      Buffer.from(
        JSON.stringify({
          model: "echo",
          stream: true,
          messages: texts.map((text) => ({ role: "user", content: text })),
        }),
      ),
    ),
    fc.jsonValue({ maxDepth: 3 }).map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  ),
  subject: mostly<string | null>("id:zhang", "cn-mobile:13800138000", "nonsense", null),
  destination: mostly("openai", "anthropic", "nowhere"),
  target: mostly("/v1/chat/completions", "/v1/embeddings", "/elsewhere"),
  language: fc.constantFrom("zh" as const, "en" as const),
});

describe.each([
  { where: "where it arrives", more: () => ({}) },
  { where: "in a thread", more: inThreads },
])("a body read $where", ({ more }) => {
  test("nothing is dialed, counted, reserved or kept, and one entry says that it was asked", async () => {
    const keyFiles = () => readdirSync(dir, { recursive: true }).join();
    await crossed(dry(0, "客户电话 13800138000"));
    const before = { counts: stores.people.counts(HANDLER, 2026), cursor: stores.consent.cursor(), files: keyFiles() };
    await fc.assert(
      fc.asyncProperty(request, async ({ body, subject, ...rest }) => {
        seen = { done: [], entries: [], sent: [], telemetry: [] };
        const caller = await crossed(
          dry(1, "", { body, asserted: asserted(subject), ...rest }),
          watched(more() as Partial<World>),
        );
        expect(seen.done).toEqual(["append"]);
        expect(seen.sent).toEqual([]);
        expect(seen.telemetry).toHaveLength(1);
        expect(seen.telemetry[0]).toMatch(/^tried /);
        const [entry] = seen.entries;
        expect(entry).toMatchObject({
          kind: "crossing",
          action: "block",
          dryRun: true,
          people: [],
          new: [],
          findings: [],
        });
        expect(caller.header("x-yumen-dry-run")).toBe("1");
        expect(caller.told).toBe("s");
        if (caller.status === 200) expect(answerIn(caller).action).toBe(entry!["would"]);
        else expect(entry!["would"]).toBe("block");
        const { people, consent } = stores;
        expect({ counts: people.counts(HANDLER, 2026), cursor: consent.cursor(), files: keyFiles() }).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  test("what it says is what the crossing then does, on the same state", async () => {
    let serial = 1;
    const reached = { sent: 0, blocked: 0, stopped: 0 };
    await fc.assert(
      fc.asyncProperty(request, async (one) => {
        const { body, subject, ...rest } = one;
        const arrival = dry(serial++, "", { body, asserted: asserted(subject), ...rest });
        const world = { ...more() } as Partial<World>;
        const told = await crossed({ ...arrival, body: Buffer.from(body) }, watched(world));
        seen = { done: [], entries: [], sent: [], telemetry: [] };
        const { dryRun: _, ...real } = arrival;
        const caller = await crossed({ ...real, body: Buffer.from(body) }, watched(world));
        const entry = seen.entries.find(({ kind }) => kind === "crossing")!;
        if (told.status !== 200) {
          // refused before a judgement: the same words, but for nothing
          expect([told.status, told.text]).toEqual([caller.status, caller.text]);
          expect(seen.sent).toEqual([]);
          reached.stopped++;
          return;
        }
        const answer = answerIn(told);
        expect(told.headers.filter((text) => /^x-yumen-(?:action|rule)$/.test(text))).toHaveLength(2);
        expect([answer.action, answer.rule, answer.outcome, answer.mechanism]).toEqual([
          ...[entry["action"], entry["rule"], entry["outcome"], entry["mechanism"]],
        ]);
        const counts = entry["counts"] as Counts;
        const people = entry["people"] as unknown[];
        // what the consents join is one for the judgement and told apart here
        expect(answer.people).toBeGreaterThanOrEqual(people.length);
        for (const of of ["nonSensitive", "sensitive", "gross"] as const) {
          expect(counts[of]).toBeGreaterThanOrEqual(answer.counts[of]);
          expect(counts[of]).toBeLessThanOrEqual(answer.counts[of] + (seen.sent.length === 0 ? 0 : answer.people));
        }
        if (seen.sent.length === 0) {
          reached.blocked++;
          const { error } = JSON.parse(caller.text);
          expect(answer.wouldLeave).toBeNull();
          expect(answer.refusal).toMatchObject({ status: caller.status, message: error.message });
          return;
        }
        reached.sent++;
        const [sent] = seen.sent;
        const { wouldLeave, refusal } = answer;
        expect(refusal).toBeNull();
        expect(wouldLeave!.url).toBe(`http://127.0.0.1:9${sent!.path}`);
        expect(wouldLeave!.headers.flat()).toEqual(sent!.headers);
        expect(bytesOf(wouldLeave!).equals(Buffer.from(sent!.body))).toBe(true);
      }),
      { numRuns: 400 },
    );
    for (const times of Object.values(reached)) expect(times).toBeGreaterThan(4);
  });

  test("both places say the same", async () => {
    for (const text of ["hello", `电话 13800138000，身份证 ${ID}`, "客户电话 13912345678"]) {
      const here = answerIn(await crossed(dry(7, text)));
      expect(answerIn(await crossed(dry(7, text), watched(more() as Partial<World>)))).toEqual(here);
    }
  });
});

function bytesOf({ body }: NonNullable<DryRunAnswer["wouldLeave"]>): Buffer {
  return "text" in body ? Buffer.from(body.text) : Buffer.from(body.base64, "base64");
}

describe("what is told", () => {
  test("findings by place and person, what is hidden, and a body with pseudonyms", async () => {
    const text = `电话 13800138000，身份证 ${ID}`;
    const answer = answerIn(await crossed(dry(2, text)));
    expect(answer).toMatchObject({ dryRun: true, action: "pseudonymize", people: 2, refusal: null });
    expect(answer.findings).toEqual([
      expect.objectContaining({ type: "cn-mobile", path: "/messages/0/content", start: 3, end: 14, individual: 0 }),
      expect.objectContaining({ type: "cn-id", sensitive: true, individual: 1, instead: "pseudonym" }),
    ]);
    const { wouldLeave } = answer;
    const [pseudonym] = wouldLeave!.pseudonyms;
    expect(pseudonym).toMatch(/^<身份证_[0-9A-Z]{8}>$/);
    expect(bytesOf(wouldLeave!).toString()).toContain(`电话 13800138000，身份证 ${pseudonym}`);
    expect(JSON.stringify({ ...answer, wouldLeave: null })).not.toMatch(/13800138000|11010519491231002X/);
  });

  test("a block: every reason with its article and a sentence, cures, and what the caller would be told", async () => {
    for (const [language, says] of [
      ["zh", /单独同意/],
      ["en", /separate consent/],
    ] as const) {
      const more = { language, asserted: asserted(null) };
      const caller = await crossed(dry(3, "客户电话 13912345678 或 13912345679", more));
      const answer = answerIn(caller);
      expect([caller.status, caller.header("content-language"), answer.action]).toEqual([200, language, "block"]);
      expect(answer.reasons[0]).toMatchObject({ code: "CONSENT_MISSING", article: "PIPL Art.39" });
      expect(answer.reasons[0]!.message).toMatch(says);
      expect(answer.cures.map(({ message }) => message).join()).toMatch(says);
      expect(answer.nearest).toEqual(["obtain_separate_consent"]);
      expect(answer.refusal!.message).toContain(answer.decision);
      expect(answer.people).toBe(2);
      expect(caller.text).not.toMatch(/139\D?1234\D?567/);
    }
  });

  test("the year's counts as they stand, whoever is in it: that somebody is counted already is not told", async () => {
    await crossed(arrivalOf(4, "客户电话 13800138000", { asserted: asserted("id:zhang") }));
    const told = async (text: string) => {
      const { people, counts } = answerIn(await crossed(dry(5, text, { asserted: asserted(null) })));
      return { people, counts };
    };
    const counts = { nonSensitive: 1, sensitive: 0, gross: 1 };
    expect(await told("客户电话 13800138000")).toEqual({ people: 1, counts });
    expect(await told("客户电话 13912345678")).toEqual({ people: 1, counts });
    expect(await told("hello")).toEqual({ people: 0, counts });
  });

  test.each<[string, string | null, readonly number[]]>([
    ["nobody is declared: each identifier stands for itself", null, [0, 1, 0]],
    ["the caller declares them together", `cn-mobile:13800138000,cn-id:${ID}`, [0, 0, 0]],
    ["the caller declares one of them", `cn-id:${ID}`, [0, 1, 0]],
    ["the caller declares somebody whom the consents join with both", "id:zhang", [0, 1, 0]],
  ])("whose two numbers are is not told by what the consents know: %s", async (_, subject, expected) => {
    const text = `电话 13800138000，身份证 ${ID}，再说一次 13800138000`;
    const { findings } = answerIn(await crossed(dry(8, text, { asserted: asserted(subject) })));
    expect(findings.map(({ individual }) => individual)).toEqual(expected);
  });

  test("no credential of the destination, passed through or injected", async () => {
    const secret = "Bearer sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru";
    const headers = ["content-type", "application/json", "authorization", secret];
    const caller = await crossed(dry(6, "hello", { headers }));
    expect(answerIn(caller).action).toBe("forward");
    expect(caller.text).not.toContain("sk-proj");
    const openai = policy.destinations.get("openai")!;
    const inject = new Map([["x-injected", { reveal: () => "s3cret-s3cret" }]]);
    const credentials = { mode: "inject" as const, headers: ["x-injected"], inject };
    const injecting = { ...policy, destinations: new Map([["openai", { ...openai, credentials }]]) };
    const other = await crossed(dry(6, "hello"), watched({ policy: () => injecting }));
    expect(answerIn(other).action).toBe("forward");
    expect(other.text).not.toMatch(/s3cret|x-injected/);
  });

  test("bytes that are no text come as base64", async () => {
    const body = Buffer.from("a=\u4f60");
    const answer = answerIn(
      await crossed(dry(6, "", { body, contentType: "text/plain", headers: ["content-type", "text/plain"] })),
    );
    expect(answer.wouldLeave?.body ?? null).toEqual(answer.action === "block" ? null : { text: "a=\u4f60" });
  });
});

describe("what cannot be answered", () => {
  test("the gate's error as usual, in the dialect of the API", async () => {
    const broken = await crossed(dry(8, "", { body: Buffer.from('{"a":1,"a":2}') }));
    expect([broken.status, JSON.parse(broken.text).error.code]).toEqual([400, "json_ambiguous"]);
    expect(seen.entries[0]).toMatchObject({ rule: "json_ambiguous", dryRun: true, would: "block" });
    const elsewhere = await crossed(dry(9, "hello", { target: "/v1/nothing", destination: "openai" }));
    expect(elsewhere.status).toBeGreaterThanOrEqual(400);
    expect(elsewhere.header("x-yumen-dry-run")).toBe("1");
    expect(seen.done).not.toContain("dial");
  });

  test("a failure before the body was whole", async () => {
    const caller = new Caller();
    const head = { id: dry(1, "").id, atMs: 0, caller: "demo", destination: "openai", method: "POST" };
    const error = new GateError("body_too_large", "more than 5 bytes");
    await failedBeforeGate(watched(), { ...head, language: "en", dryRun: true }, error, caller);
    expect([caller.status, caller.header("x-yumen-dry-run")]).toEqual([413, "1"]);
    expect(seen.entries).toMatchObject([{ dryRun: true, rule: "body_too_large" }]);
  });

  test("where an answer would leave, it is not fetched", async () => {
    const openai = policy.destinations.get("openai")!;
    const remote = new Map([["openai", { ...openai, leaves: "response" as const }]]);
    for (const more of [{}, inThreads()]) {
      const caller = await crossed(
        dry(8, "hello"),
        watched({ policy: () => ({ ...policy, destinations: remote }), ...more }),
      );
      expect([caller.status, JSON.parse(caller.text).error.code]).toEqual([403, "operation_not_allowed"]);
    }
    expect(seen.done).toEqual(["append", "append"]);
  });

  test("a ledger that takes nothing, a store that cannot be read: 503 as for a crossing", async () => {
    const refuses = async () => {
      throw new GateError("ledger_unavailable", "full");
    };
    const world = watched();
    const full = { ...world, ledger: { ...world.ledger, append: refuses } };
    expect((await crossed(dry(8, "hello"), full)).status).toBe(503);
    const load = () => {
      throw new GateError("store_unavailable", "gone");
    };
    expect((await crossed(dry(8, "hello"), watched({ facts: { load } }))).status).toBe(503);
    expect(seen.entries).toMatchObject([{ rule: "store_unavailable", dryRun: true }]);
  });

  test("who goes away has an entry", async () => {
    const caller = new Caller();
    const going = cross(watched(inThreads()), dry(8, `身份证 ${ID}`), caller);
    caller.leave();
    await going;
    expect(seen.done).toEqual(["append"]);
    expect(seen.entries).toMatchObject([{ dryRun: true, rule: "caller_gone" }]);
  });
});

test("files are opened as for a crossing", async () => {
  const files = createOpener();
  const zip = zipOf([{ name: "notes.txt", data: `身份证 ${ID}` }]);
  const body = Buffer.from(
    JSON.stringify({
      model: "echo",
      messages: [
        { role: "user", content: [{ type: "file", file: { file_data: Buffer.from(zip).toString("base64") } }] },
      ],
    }),
  );
  const answer = answerIn(await crossed(dry(8, "", { body }), watched({ files })));
  files.close();
  expect(answer.findings).toMatchObject([{ type: "cn-id", where: "file" }]);
  expect(answer.reasons.map(({ code }) => code)).toContain("PI_IN_FILE");
});

describe.each([
  { where: "where they arrive", threads: false },
  { where: "in threads, which end now and then", threads: true },
])("among crossings, with faults before and after each step, bodies read $where", ({ threads }) => {
  test("one entry each, nothing received, nobody counted", async () => {
    let told = 0;
    for (let seed = 0; seed < (threads ? 6 : 25); seed++) {
      const laws = {
        policy,
        keys: ring.keys,
        handler: HANDLER,
        texts: TEXTS,
        crossings: 24,
        ...(threads ? { ring } : {}),
      };
      const rates = { faultRate: threads ? 0.05 : 0.2, dryRate: 0.5 };
      const u = await universe(seed, { ...laws, ...rates, stores: await demoStores(ring.keys) });
      const isDry = ({ entry }: Attempt) => entry["dryRun"] === true;
      const dryIds = new Set(u.attempts.filter(isDry).map(({ entry }) => entry["id"]));
      const left = u.entries.filter((e) => e["kind"] === "crossing" && e["action"] !== "block");
      expect(u.received.length, `SEED=${seed}`).toBeLessThanOrEqual(left.length);
      expect(
        left.some((e) => dryIds.has(e["id"])),
        `SEED=${seed}`,
      ).toBe(false);
      for (const id of dryIds) {
        const mine = u.attempts.filter(({ entry }) => entry["id"] === id);
        const caller = u.callers.get(id as string)!;
        const where = `SEED=${seed} ${id} ${caller.told} ${caller.status}`;
        // written until it is durable, and never again; no outcome follows
        expect(mine.every(isDry), where).toBe(true);
        expect(
          mine.slice(0, -1).some(({ ok }) => ok),
          where,
        ).toBe(false);
        expect(mine.length, where).toBeLessThanOrEqual(2);
        expect(["", "s"], where).toContain(caller.told);
        if (caller.status !== 200) continue;
        expect(mine.at(-1)!.ok, where).toBe(true);
        expect(caller.header("x-yumen-dry-run"), where).toBe("1");
        told++;
      }
    }
    expect(told).toBeGreaterThan(threads ? 5 : 80);
  });

  test("where all only ask, the year stays as it was", async () => {
    for (let seed = 0; seed < (threads ? 3 : 10); seed++) {
      const laws = {
        policy,
        keys: ring.keys,
        handler: HANDLER,
        texts: TEXTS,
        crossings: 24,
        ...(threads ? { ring } : {}),
      };
      const mine = await demoStores(ring.keys);
      const u = await universe(seed, { ...laws, faultRate: 0.1, dryRate: 1, stores: mine });
      expect([u.received, mine.people.counts(HANDLER, 2026).gross], `SEED=${seed}`).toEqual([[], 0]);
      expect(
        u.entries.every((entry) => entry["dryRun"] === true),
        `SEED=${seed}`,
      ).toBe(true);
    }
  });
});

const TEXTS: Laws["texts"] = [
  ["Summarise the meeting, please.", null],
  ["客户电话 13800138000", "id:zhang"],
  ["客户电话 13912345678", null],
  [`给身份证 ${ID} 写信`, "id:zhang"],
];

test("a dry run is handed nothing that sends, counts or writes", () => {
  const source = readFileSync(new URL("../src/io/dry-run/look.ts", import.meta.url), "utf8");
  expect(source).toMatch(/Pick<World, "keys" \| "facts" \| "files">/);
});
