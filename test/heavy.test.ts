// Large bodies in threads: which they are, what crosses, who waits, and that the outcome is the main thread's.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createMint } from "../src/act/mint.ts";
import { hold } from "../src/decode/original.ts";
import { GateError } from "../src/io/errors.ts";
import { carry, unpack } from "../src/io/heavy/carried.ts";
import { createHeavy, type Heavy } from "../src/io/heavy/heavy.ts";
import { isHeavy, LIGHT_BYTES } from "../src/io/heavy/heft.ts";
import { type ReadingThread, Threads, type ThreadsOptions } from "../src/io/heavy/threads.ts";
import { type KeyRing, openKeys } from "../src/io/keys.ts";
import { cross, type World } from "../src/io/perform.ts";
import type { Dispatch, Ledger } from "../src/io/ports.ts";
import type { Arrival, Destination, Facts, FactsAsk, Policy } from "../src/words.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, idOf, worldOf } from "./sim/demo-world.ts";
import { fakeThread } from "./sim/reading-thread.ts";

let dir: string;
let ring: KeyRing;
let policy: Policy;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-heavy-"));
  [ring, policy] = [await openKeys(dir), await demoPolicy()];
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("what is read in a thread", () => {
  const zeros = (bytes: number) => Buffer.alloc(bytes, "0");
  test.each<[string, Uint8Array, string, boolean]>([
    ["nothing", zeros(0), "", false],
    ["nothing, said to be compressed", zeros(0), "gzip", false],
    ["as much as the main thread reads", zeros(LIGHT_BYTES), "", false],
    ["a byte more", zeros(LIGHT_BYTES + 1), "", true],
    ["little that was little", gzipSync(zeros(LIGHT_BYTES)), "gzip", false],
    ["little that was much", gzipSync(zeros(LIGHT_BYTES + 1)), "gzip", true],
    ["… in another coding", brotliCompressSync(zeros(8 << 20)), "br", true],
    ["… twice", gzipSync(gzipSync(zeros(8 << 20))), "gzip, gzip", true],
    ["what is not what its coding says: refused here", zeros(100), "gzip", false],
    ["a coding that nobody knows: refused here", zeros(100), "lzma", false],
    ["much in a coding that nobody knows", zeros(LIGHT_BYTES + 1), "lzma", true],
    ["what is not coded at all", zeros(100), "identity", false],
  ])("%s", (_, body, contentEncoding, heavy) => {
    expect(isHeavy({ body, contentEncoding })).toBe(heavy);
  });
});

describe("a policy on its way into a thread", () => {
  test("is the same snapshot, and leaves the injected secrets behind", () => {
    const injecting: Destination = {
      ...policy.destinations.get("openai")!,
      credentials: { mode: "inject", headers: ["authorization"], inject: new Map([["authorization", hold("s3cret")]]) },
    };
    const carried = carry({ ...policy, destinations: new Map([["openai", injecting]]) })!;
    expect(carried.destinations.get("openai")!.credentials.inject.size).toBe(0);
    const there = unpack(structuredClone(carried));
    expect(there.hash).toBe(policy.hash);
    expect(there.names).toBe(policy.names);
    expect({ ...there, names: null, destinations: null }).toEqual({ ...policy, names: null, destinations: null });
  });

  test("a reader of names that no thread could make is read with here", () => {
    const names = { everywhere: true, read: () => [] };
    expect(carry({ ...policy, names })).toBeNull();
    const heavy = createHeavy({ ring });
    expect(heavy.takes({ body: new Uint8Array(1 << 20), contentEncoding: "" }, { ...policy, names })).toBe(false);
    expect(heavy.takes({ body: new Uint8Array(1 << 20), contentEncoding: "" }, policy)).toBe(true);
  });
});

interface Outcome {
  readonly entries: readonly string[];
  readonly sent: readonly Dispatch[];
  readonly status: number;
  readonly headers: readonly string[];
  readonly text: string;
  readonly counts: object;
}

/** One crossing in a world of its own. The recipient answers with what it got. */
async function outcomeOf(
  arrival: Arrival,
  under: Policy,
  heavy?: Heavy,
  change: (world: World, caller: Caller) => World | Promise<World> = (world) => world,
): Promise<Outcome> {
  const entries: string[] = [];
  const sent: Dispatch[] = [];
  const ledger: Ledger = {
    append: async (entry) => entries.push(entry) - 1,
    appendSoon: (entry) => ledger.append(entry),
    head: () => ({ size: entries.length, root: "" }),
    seal: async () => {},
  };
  const dialer = {
    dial(dispatch: Dispatch, sink: Parameters<ReturnType<typeof worldOf>["dialer"]["dial"]>[1]) {
      sent.push({ ...dispatch, body: Buffer.from(dispatch.body) });
      sink.head(200, ["content-type", "application/json"]);
      sink.data(dispatch.body.length > 0 ? dispatch.body : Buffer.from("{}"));
      sink.end();
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const stores = await demoStores(ring.keys);
  const caller = new Caller();
  const world = await change(worldOf({ policy: under, keys: ring.keys, stores, ledger, dialer }), caller);
  await cross(heavy === undefined ? world : { ...world, heavy }, arrival, caller);
  // a large answer is restored when the crossing is over
  await vi.waitFor(() => expect(caller.ending === "left" || caller.state !== "waiting").toBe(true));
  const headers = caller.headers.map((text) => text.replace(/^yumen;dur=.*/, "yumen"));
  const counts = stores.people.counts("example-retail", 2026);
  return { entries, sent, status: caller.status, headers, text: caller.text, counts };
}

/** Everything is heavy, read by the thread's own code. */
function always(asked: string[] = []): Heavy {
  const start = () => {
    const thread = fakeThread(ring.threadSecrets);
    const ask: ReadingThread["ask"] = (work, ...rest) => {
      asked.push(work);
      return thread.ask(work, ...rest);
    };
    return { ...thread, ask };
  };
  return { ...createHeavy({ ring, start }), takes: () => true };
}

const ID = "11010519491231002X";
const asserted = (subject: string | null) => ({ subject, purpose: null, conversation: null, exporter: null });
const crowd = (n: number) => Array.from({ length: n }, (_, i) => `客户 138${String(10_000_000 + i * 7)}`).join("，");
const remote = (body: string) => ({ method: "POST", target: "/customers", body: Buffer.from(body) });

describe("the outcome is the main thread's: entries, counts, what was sent, what the caller was told", () => {
  const cases: [string, Partial<Arrival> & { content?: string }][] = [
    ["nothing personal", { content: "hello" }],
    ["no body", { method: "GET", target: "/v1/models", body: new Uint8Array(0) }],
    ["a stranger: blocked", { content: "客户电话 13912345678" }],
    ["the person who consented", { content: "客户电话 13800138000", asserted: asserted("id:zhang") }],
    ["an id card: pseudonymized, and back", { content: `身份证 ${ID} 的客户`, asserted: asserted("id:zhang") }],
    ["a pseudonym's look-alike", { content: "<身份证_ABCDEFG> 和 11010519491231002X", asserted: asserted("id:zhang") }],
    ["a thousand strangers", { content: crowd(1_200) }],
    ["a secret", { content: "password=Hunter2Hunter2! sk-proj-abcdefghijklmnopqrstuvwxyz0123456789" }],
    ["gzip", { body: gzipSync('{"messages":[{"role":"user","content":"13912345678"}]}'), contentEncoding: "gzip" }],
    ["gzip that is none", { body: Buffer.from("{}"), contentEncoding: "gzip" }],
    ["no JSON", { body: Buffer.from("{]") }],
    [
      "GBK",
      {
        body: Buffer.from([0x7b, 0x22, 0xb5, 0xe7, 0x22, 0x3a, 0x31, 0x7d]),
        contentType: "application/json; charset=gbk",
      },
    ],
    ["no such destination", { destination: "nowhere" }],
    ["no such operation", { target: "/v1/nothing/of/the/kind" }],
    ["a subject that is none", { asserted: asserted("nobody") }],
    [
      "a credential in a header",
      { headers: ["authorization", "Bearer 13912345678", "content-type", "application/json"] },
    ],
    ["a large answer to restore", { content: `${"会议纪要。".repeat(9_000)} ${ID}`, asserted: asserted("id:zhang") }],
    ["a view of a larger buffer", { body: Buffer.from('xx{"messages":[]}').subarray(2) }],
  ];
  test.each(cases)("%s", async (_, { content = "hello", ...more }) => {
    const arrival = () => structuredClone(arrivalOf(7, content, more));
    const asked: string[] = [];
    const here = await outcomeOf(arrival(), policy);
    expect(await outcomeOf(arrival(), policy, always(asked))).toEqual(here);
    expect(asked[0]).toBe("inspect");
  });

  test("an answer that leaves (remote access)", async () => {
    const inward: Destination = {
      ...policy.destinations.get("openai")!,
      ...{
        leaves: "response",
        flowKind: "remote_access",
        operations: ["inference", "unknown"],
        providers: ["any-json"],
      },
    };
    const under = { ...policy, destinations: new Map([["openai", inward]]) };
    for (const body of ['{"phone":"13912345678"}', '{"id":7}', "{]"]) {
      const here = await outcomeOf(arrivalOf(7, "", remote(body)), under);
      expect(await outcomeOf(arrivalOf(7, "", remote(body)), under, always())).toEqual(here);
    }
  });

  test("any text", async () => {
    const piece = fc.constantFrom(
      "13800138000",
      "11010519491231002X",
      "a@b.cn",
      "张三",
      "，",
      " ",
      "<手机_",
      '\\"',
      "x",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.boolean(), async (pieces, isZhang) => {
        const arrival = () => arrivalOf(7, pieces.join(""), { asserted: asserted(isZhang ? "id:zhang" : null) });
        expect(await outcomeOf(arrival(), policy, always())).toEqual(await outcomeOf(arrival(), policy));
      }),
      { numRuns: 60 },
    );
  });
});

test("a large answer is restored by a thread", async () => {
  const asked: string[] = [];
  const arrival = arrivalOf(7, `${"会议纪要。".repeat(9_000)} ${ID}`, { asserted: asserted("id:zhang") });
  const { text } = await outcomeOf(arrival, policy, always(asked));
  expect(asked.slice(-2)).toEqual(["mint", "restore"]);
  expect(text).toContain(ID);
});

test("all that was minted goes to the thread, page by page", async () => {
  const mint = createMint("scope", ring.keys);
  const numbers = Array.from({ length: 900 }, (_, i) => String(13_800_000_000 + i));
  const standIns = numbers.map((number) => mint.stand("cn-mobile", number, hold(number), true));
  const body = Buffer.from(JSON.stringify({ said: standIns.join(" ") }));
  const stays = new AbortController().signal;
  const heavy = createHeavy({ ring, start: () => fakeThread(ring.threadSecrets) });
  const restored = await heavy.restore("any-json", mint.minted, body, stays);
  expect(JSON.parse(Buffer.from(restored.body).toString())).toEqual({ said: numbers.join(" ") });
  expect([restored.restored, restored.unrestored]).toEqual([900, 0]);
});

test("no page is long: identifiers, facts and entries cross piece by piece", async () => {
  const asked: string[] = [];
  await outcomeOf(arrivalOf(7, crowd(1_200)), policy, always(asked));
  expect(asked.filter((work) => work === "facts")).toHaveLength(2);
  expect(asked.filter((work) => work === "parts")).toHaveLength(1);
});

test("facts come in pages: as old as the first says, stale when any is", async () => {
  let page = 0;
  const inPages = (world: World): World => ({
    ...world,
    facts: {
      load: (ask) => {
        const facts = world.facts.load(ask) as Facts;
        page++;
        return { ...facts, asOf: `page ${page}`, stale: page === 2 };
      },
    },
  });
  const { entries } = await outcomeOf(arrivalOf(7, crowd(900)), policy, always(), inPages);
  const { asOf, reasons } = JSON.parse(entries.at(-1)!) as { asOf: string; reasons: { code: string }[] };
  expect([page, asOf]).toEqual([3, "page 1"]);
  expect(reasons.map(({ code }) => code)).toContain("CONSENT_FEED_STALE");
});

test("one thread reads one body after the other, and mixes nothing", async () => {
  const heavy = always();
  const arrival = () => arrivalOf(7, "客户电话 13800138000", { asserted: asserted("id:zhang") });
  const here = await outcomeOf(arrival(), policy);
  await outcomeOf(arrivalOf(7, crowd(500)), policy, heavy);
  for (let i = 0; i < 2; i++) expect(await outcomeOf(arrival(), policy, heavy)).toEqual(here);
});

test("others took the last places: facts are loaded again, every page of them, and it is judged again", async () => {
  const numbers = Array.from({ length: 450 }, (_, i) => `138${String(20_000_000 + i * 7)}`);
  const asked: string[] = [];
  let round = 0;
  const outcome = await outcomeOf(
    arrivalOf(7, numbers.join("，"), { asserted: asserted("id:zhang") }),
    policy,
    always(asked),
    (world) => {
      const zhang = world.facts.load(zhangAsk(world)) as Facts;
      const known = [...zhang.people.values()][0]!;
      return {
        ...world,
        // all numbers are zhang's; the last page no longer, once somebody else was faster
        facts: {
          load: (ask) => {
            const isStranger = round > 0 && ask.identifiers.length < 400;
            const facts = world.facts.load(ask) as Facts;
            const people = new Map([...facts.people].map(([key, own]) => [key, isStranger ? own : known]));
            return { ...facts, people };
          },
        },
        people: {
          counts: (...of) => world.people.counts(...of),
          counted: (...of) => world.people.counted(...of),
          named: (...of) => world.people.named(...of),
          toName: (...of) => world.people.toName(...of),
          admit: (exporter, year, people, limit) =>
            round++ === 0
              ? Promise.resolve({ ok: false, counts: world.people.counts(exporter, year) })
              : world.people.admit(exporter, year, people, limit),
        },
      };
    },
  );
  expect(asked).toContain("again");
  expect([round, outcome.status]).toEqual([1, 403]);
  expect(JSON.parse(outcome.entries.at(-1)!)).toMatchObject({
    action: "block",
    reasons: [{ code: "CONSENT_MISSING" }],
  });
});

describe("a year that ends while somebody of it, counted already, is judged", () => {
  const LAST_MS = Date.UTC(2026, 11, 31, 15, 59, 59);
  test.each<[string, () => Heavy | undefined]>([
    ["in a thread", () => always()],
    ["here, by facts that took their time", () => undefined],
  ])("he is counted in the new one before he leaves: %s", async (_what, heavyOf) => {
    const arrival = arrivalOf(7, "客户电话 13800138000", { asserted: asserted("id:zhang"), atMs: LAST_MS });
    let nowMs = LAST_MS;
    let counts: World["people"]["counts"];
    const { sent, entries } = await outcomeOf(arrival, policy, heavyOf(), async (base) => {
      const world = { ...base, clock: { nowMs: () => nowMs } };
      counts = world.people.counts;
      await cross(world, { ...arrival, id: idOf(6) }, new Caller());
      const load = async (ask: FactsAsk): Promise<Facts> => {
        const facts = await world.facts.load(ask);
        nowMs = LAST_MS + 1_000;
        return facts;
      };
      return { ...world, facts: { load } };
    });
    expect([sent.length, counts!("example-retail", 2026).gross, counts!("example-retail", 2027).gross]).toEqual([
      2, 1, 1,
    ]);
    expect(entries.map((entry) => JSON.parse(entry)).filter(({ kind }) => kind === "crossing")).toMatchObject([
      { t: "2026-12-31T15:59:59.000Z", new: [expect.any(String)] },
      { t: "2026-12-31T16:00:00.000Z", new: [expect.any(String)] },
    ]);
  });
});

function zhangAsk({ keys }: World): FactsAsk {
  const exporter = "example-retail";
  const identifiers = [keys.person(exporter, "id", "zhang")];
  return { exporter, recipient: "openai", purpose: "customer-service", year: 2026, identifiers };
}

describe("a caller that goes away", () => {
  const leavingAt = (leaves: (world: World, caller: Caller) => World) =>
    outcomeOf(
      arrivalOf(7, "客户电话 13800138000", { asserted: asserted("id:zhang") }),
      policy,
      always(),
      (world, caller) => leaves(world, caller),
    );
  const rulesOf = ({ entries }: Outcome) => entries.map((entry) => JSON.parse(entry).rule ?? JSON.parse(entry).result);

  test("before anybody is counted: recorded, nobody counted, nothing sent", async () => {
    const outcome = await leavingAt((world, caller) => ({
      ...world,
      facts: {
        load: (ask) => {
          caller.leave();
          return world.facts.load(ask);
        },
      },
    }));
    expect(rulesOf(outcome)).toEqual(["caller_gone"]);
    expect(outcome.sent).toEqual([]);
    expect(outcome.counts).toMatchObject({ gross: 0 });
  });

  test("once people are counted: the decision is recorded as it was made, then what became of it", async () => {
    const outcome = await leavingAt((world, caller) => ({
      ...world,
      people: {
        counts: (...of) => world.people.counts(...of),
        counted: (...of) => world.people.counted(...of),
        named: (...of) => world.people.named(...of),
        toName: (...of) => world.people.toName(...of),
        admit: (...people) => {
          caller.leave();
          return world.people.admit(...people);
        },
      },
    }));
    expect(rulesOf(outcome)).toEqual(["covered", "caller_gone"]);
    expect(outcome.sent).toEqual([]);
    expect(outcome.counts).toMatchObject({ gross: 1 });
  });
});

describe("a thread that fails", () => {
  const dying = (error: GateError, at: string): Heavy => {
    const start = (): ReadingThread => {
      const thread = fakeThread(ring.threadSecrets);
      const ask: ReadingThread["ask"] = (work, ...rest) =>
        work === at ? Promise.reject(error) : thread.ask(work, ...rest);
      return { ...thread, ask };
    };
    return { ...createHeavy({ ring, start }), takes: () => true };
  };
  const ID_CARD = `身份证 ${ID}`;
  test.each([
    ["inspect", "hello"],
    ["facts", crowd(500)],
    ["judge", "hello"],
    ["strangers", "客户电话 13800138000"],
    ["added", "客户电话 13800138000"],
    ["record", "hello"],
    ["minted", ID_CARD],
    ["parts", crowd(600)],
  ])("at %s: refused and recorded, nothing sent", async (at, content) => {
    const error = new GateError("reader_lost", "it ended");
    const arrival = arrivalOf(7, content, { asserted: asserted("id:zhang") });
    const { entries, sent, status, text } = await outcomeOf(arrival, policy, dying(error, at));
    expect([status, sent]).toEqual([503, []]);
    expect(text).toContain("reader_lost");
    expect(entries.map((entry) => JSON.parse(entry)).map(({ action, rule }) => [action, rule])).toEqual([
      ["block", "reader_lost"],
    ]);
  });

  test("too dear to read is the caller's to mend: 413", async () => {
    const error = new GateError("body_too_costly", "it takes longer than one body may");
    expect((await outcomeOf(arrivalOf(7, "hello"), policy, dying(error, "inspect"))).status).toBe(413);
  });

  test("too many at once: 503, and when to come back", async () => {
    const error = new GateError("gate_busy", "too many");
    const { status, headers } = await outcomeOf(arrivalOf(7, "hello"), policy, dying(error, "inspect"));
    expect([status, headers[headers.indexOf("retry-after") + 1]]).toEqual([503, "5"]);
  });
});

/** Threads that do nothing and never end by themselves. */
class Idle implements ReadingThread {
  ended = false;
  onDead: () => void = () => {};
  held: (() => void) | null = null;
  ask(): Promise<never> {
    return new Promise(() => {});
  }
  cancel(): void {}
  release(onFree: () => void): void {
    if (this.held === null) onFree();
    else this.held = onFree;
  }
  end(): void {
    this.ended = true;
    this.onDead();
  }
}

describe("who waits", () => {
  const STAYS = new AbortController().signal;
  function poolOf(more: Partial<ThreadsOptions> = {}) {
    const made: Idle[] = [];
    const start: ThreadsOptions["start"] = (onDead) => {
      const thread = new Idle();
      thread.onDead = () => onDead(thread);
      made.push(thread);
      return thread;
    };
    const threads = new Threads({
      threadsMax: 1,
      waitingBytesMax: 100,
      waitMsMax: 60_000,
      idleMs: 60_000,
      start,
      ...more,
    });
    return { threads, made };
  }

  test("no thread before the first body; at most as many as allowed; the same again", async () => {
    const { threads, made } = poolOf({ threadsMax: 2 });
    expect(made).toHaveLength(0);
    const first = await threads.lease(10, STAYS);
    const second = await threads.lease(10, STAYS);
    expect(made).toEqual([first, second]);
    const third = threads.lease(10, STAYS);
    expect(threads.waiting).toBe(1);
    threads.giveBack(first);
    expect(await third).toBe(first);
    expect(made).toHaveLength(2);
  });

  test("in order of asking, but an answer on its way back goes first and is never refused", async () => {
    const { threads } = poolOf();
    const thread = await threads.lease(1, STAYS);
    const order: string[] = [];
    const waiting = [
      threads.lease(60, STAYS).then(() => order.push("first")),
      threads.lease(40, STAYS).then(() => order.push("second")),
      threads.lease(900, STAYS, true).then(() => order.push("answer")),
    ];
    for (const one of [2, 0, 1]) {
      threads.giveBack(thread);
      await waiting[one];
    }
    expect(order).toEqual(["answer", "first", "second"]);
  });

  test("what waits is bounded in bytes; one body may always wait", async () => {
    const { threads } = poolOf();
    await threads.lease(1, STAYS);
    void threads.lease(5_000, STAYS);
    await expect(threads.lease(1, STAYS)).rejects.toMatchObject({ code: "gate_busy" });
  });

  test("and in time; then there is room again", async () => {
    const { threads } = poolOf({ waitMsMax: 5 });
    const thread = await threads.lease(1, STAYS);
    await expect(threads.lease(100, STAYS)).rejects.toMatchObject({ code: "gate_busy" });
    expect(threads.waiting).toBe(0);
    const next = threads.lease(100, STAYS);
    threads.giveBack(thread);
    expect(await next).toBe(thread);
  });

  test("who goes away while waiting makes room", async () => {
    const { threads } = poolOf();
    await threads.lease(1, STAYS);
    const caller = new AbortController();
    const leaving = threads.lease(100, caller.signal);
    caller.abort();
    await expect(leaving).rejects.toMatchObject({ code: "caller_gone" });
    expect(threads.waiting).toBe(0);
    await expect(threads.lease(1, caller.signal)).rejects.toMatchObject({ code: "caller_gone" });
  });

  test("a thread that died is replaced for who waits, and is never given out again", async () => {
    const { threads, made } = poolOf();
    const first = (await threads.lease(1, STAYS)) as Idle;
    const next = threads.lease(1, STAYS);
    first.end();
    expect(await next).toBe(made[1]);
    threads.giveBack(made[1]!);
    made[1]!.end();
    expect(threads.alive).toBe(0);
    expect(await threads.lease(1, STAYS)).toBe(made[2]);
  });

  test("who was cancelled is waited for before the next is read", async () => {
    const { threads } = poolOf();
    const thread = (await threads.lease(1, STAYS)) as Idle;
    thread.held = () => {};
    threads.giveBack(thread);
    let got = false;
    const next = threads.lease(1, STAYS).then(() => {
      got = true;
    });
    await Promise.resolve();
    expect(got).toBe(false);
    thread.held();
    await next;
  });

  test("none for long without work", async () => {
    const { threads, made } = poolOf({ idleMs: 5 });
    threads.giveBack(await threads.lease(1, STAYS));
    await expect.poll(() => made[0]!.ended).toBe(true);
    expect(threads.alive).toBe(0);
  });

  test("one that has work again is not ended for having had none", async () => {
    const { threads, made } = poolOf({ idleMs: 5 });
    threads.giveBack(await threads.lease(1, STAYS));
    await threads.lease(1, STAYS);
    await pause(30);
    expect(made.map(({ ended }) => ended)).toEqual([false]);
  });

  test("a stop ends all, and refuses who waits and who comes", async () => {
    const { threads, made } = poolOf();
    await threads.lease(1, STAYS);
    const waiting = threads.lease(1, STAYS);
    threads.close();
    await expect(waiting).rejects.toMatchObject({ code: "draining" });
    await expect(threads.lease(1, STAYS)).rejects.toMatchObject({ code: "draining" });
    expect(made.map(({ ended }) => ended)).toEqual([true]);
  });
});
