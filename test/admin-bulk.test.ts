// Lines in, results out: streamed, recorded piece by piece, and nothing of a person in any answer.

import { mkdtempSync, rmSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request as openRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startAdmin } from "../src/io/admin/admin.ts";
import { createLines } from "../src/io/admin/consents/lines.ts";
import { createTokens, tokensFileOf } from "../src/io/admin/tokens.ts";
import { GateError } from "../src/io/errors.ts";
import { openKeys } from "../src/io/keys.ts";
import { openMemoryStores } from "../src/io/stores/memory/stores.ts";
import type { CountKey, Policy } from "../src/words.ts";
import { admission, NO_LIMIT } from "./contracts/people.contract.ts";

const folder = mkdtempSync(join(tmpdir(), "yumen-bulk-"));
const tokens = createTokens(folder)!;
const stores = openMemoryStores();
const ring = await openKeys(folder);
const { keys } = ring;
const NOW = Date.parse("2026-06-01T00:00:00.000Z");
let nowMs = NOW;
const entries: Readonly<Record<string, unknown>>[] = [];
/** Who reached whom: as the counter of people tells it. */
const reachedBy = new Map<CountKey, readonly string[]>();
const reached = (_exporter: string, _year: number, key: CountKey) => reachedBy.get(key) ?? [];
let noting: () => Promise<void> = async () => {};

let port = 0;
let close = async () => {};
beforeAll(async () => {
  const admin = await startAdmin({
    port: 0,
    ...stores,
    people: { ...stores.people, reached },
    keys,
    clock: { nowMs: () => nowMs },
    tokensFile: tokensFileOf(folder),
    policy: () =>
      ({
        exporters: new Map([["acme", { handler: "acme" }]]),
        recipients: new Map([["openai", {}]]),
        purposes: new Map([["support", {}]]),
      }) as unknown as Policy,
    canonicalise: (type, text) => (type === "cn-mobile" ? (/^1\d{10}$/.exec(text)?.[0] ?? null) : text),
    status: () => ({ ready: true, checks: {} }),
    metrics: async () => "",
    note: async (kind, members) => {
      await noting();
      return entries.push({ kind, ...members });
    },
  });
  ({ port } = admin);
  close = admin.close;
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  noting = async () => {};
  nowMs = NOW;
  entries.length = 0;
});

let people = 0;
const freshMobile = () => `138${(++people).toString().padStart(8, "0")}`;
const personOf = (mobile: string) => keys.person("acme", "cn-mobile", mobile);
const stateOf = (mobile: string) => {
  const person = stores.consent.resolve("acme", personOf(mobile));
  return stores.consent.state("acme", person, "openai", "support");
};
const grantOf = (mobile: string, more: object = {}) => ({
  ...{ exporter: "acme", subject: { type: "cn-mobile", value: mobile }, recipient: "openai", purpose: "support" },
  ...{ separate: true, types: ["cn-mobile"], givenAt: "2026-03-01T00:00:00Z", ...more },
});
const withdrawalOf = (mobile: string, more: object = {}) => ({
  ...{ action: "withdraw", exporter: "acme", subject: { type: "cn-mobile", value: mobile } },
  ...{ givenAt: "2026-04-01T00:00:00Z", ...more },
});
const ndjson = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

interface Result {
  readonly line: number;
  readonly ok: boolean;
  readonly known?: boolean;
  readonly merged?: boolean;
  readonly code?: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

/** A request that is written and read by hand. */
function open(path = "/v1/consents:bulk", headers: Record<string, string> = {}): ClientRequest {
  const authorization = `Bearer ${tokens.consent}`;
  const asked = { authorization, "content-type": "application/x-ndjson", ...headers };
  return openRequest({ host: "127.0.0.1", port, method: "POST", path, headers: asked });
}
const answered = (request: ClientRequest) =>
  new Promise<IncomingMessage>((done, failed) => request.once("response", done).once("error", failed));

async function send(body: string | Buffer, path?: string, headers?: Record<string, string>) {
  const request = open(path, headers);
  const response = answered(request);
  request.end(body);
  const answer = await response;
  const texts: string[] = [];
  for await (const line of createInterface(answer)) texts.push(line);
  const results = texts.filter((line) => line.startsWith('{"line"')).map((line) => JSON.parse(line) as Result);
  return { status: answer.statusCode, text: texts.join("\n"), results };
}

describe("a result a line", () => {
  test("grants, a withdrawal, what is known already; in order, in force, one entry", async () => {
    const [a, b] = [freshMobile(), freshMobile()];
    const body = ndjson([grantOf(a), grantOf(b), withdrawalOf(a), grantOf(b)]);
    const { status, results } = await send(body);
    expect(status).toBe(200);
    expect(results).toEqual([
      { line: 1, ok: true },
      { line: 2, ok: true },
      { line: 3, ok: true },
      { line: 4, ok: true, known: true },
    ]);
    expect([stateOf(a)?.granted, stateOf(b)?.granted]).toEqual([false, true]);
    expect(entries).toHaveLength(1);
    const cursor = Number(stores.consent.cursor());
    expect(entries[0]).toMatchObject({
      ...{ kind: "consent_change", of: "batch", by: "consent", exporters: ["acme"], count: 4, added: 3, withdrawn: 1 },
      ...{ first: String(cursor - 2), last: String(cursor - 1), aliases: 0, merged: 0 },
    });
    expect(entries[0]!["digest"]).toMatch(/^[0-9a-f]{64}$/);
    expect((await send(body)).results.every(({ known }) => known)).toBe(true);
    expect(stores.consent.history("acme", personOf(a))).toHaveLength(2);
  });

  test("regression: a withdrawal whose id is another event's is not told as done, nor counted as one", async () => {
    const [a, b] = [freshMobile(), freshMobile()];
    const event = "evt-taken";
    reachedBy.set(keys.count("acme", 2026, personOf(b)), ["openai"]);
    const lines = [grantOf(a, { event }), grantOf(b), withdrawalOf(a, { event }), withdrawalOf(b, { event })];
    const { results } = await send(ndjson(lines));
    expect(results.map(({ ok, code }) => code ?? ok)).toEqual([true, true, "event_known", "event_known"]);
    expect([stateOf(a)?.granted, stateOf(b)?.granted]).toEqual([true, true]);
    expect(entries).toMatchObject([{ of: "batch", count: 4, added: 2, refused: 2, withdrawn: 0 }]);
  });

  test("regression: a grant from a clock ahead that comes again after a withdrawal revives nothing", async () => {
    const mobile = freshMobile();
    const line = ndjson([grantOf(mobile, { givenAt: new Date(NOW + 120_000).toISOString() })]);
    await send(line);
    nowMs += 5_000;
    await send(ndjson([withdrawalOf(mobile, { givenAt: new Date(nowMs).toISOString() })]));
    nowMs += 5_000;
    expect((await send(line)).results).toEqual([{ line: 1, ok: true, known: true }]);
    expect(stateOf(mobile)?.granted).toBe(false);
  });

  test("regression: a withdrawal from a clock far ahead is taken once, and ends no later grant when it comes again", async () => {
    const mobile = freshMobile();
    const line = ndjson([withdrawalOf(mobile, { givenAt: new Date(NOW + 86_400_000).toISOString() })]);
    expect((await send(ndjson([grantOf(mobile)]) + line)).results.every(({ ok }) => ok)).toBe(true);
    expect(stateOf(mobile)).toMatchObject({ granted: false, withdrawnAt: new Date(NOW).toISOString() });
    nowMs += 5_000;
    await send(ndjson([grantOf(mobile, { givenAt: new Date(nowMs).toISOString() })]));
    nowMs += 5_000;
    expect((await send(line)).results).toEqual([{ line: 1, ok: true, known: true }]);
    expect(stateOf(mobile)?.granted).toBe(true);
  });

  test("what a line says is what is kept", async () => {
    const mobile = freshMobile();
    const sha256 = "0f".repeat(32);
    const more = {
      ...{ notice: { id: "n1", version: "2", sha256 }, shownAt: "2026-03-01T07:59:00+08:00", act: "tick" },
      ...{ evidence: { uri: "s3://proofs/2026/4f0c", sha256 }, sensitiveTypes: ["health"], sensitiveNotice: true },
      ...{ guardian: true, source: "crm", channel: "web", validUntil: "2027-01-01T00:00:00Z", event: "e-1" },
    };
    expect((await send(ndjson([grantOf(mobile, more)]))).results).toEqual([{ line: 1, ok: true }]);
    expect(stores.consent.history("acme", personOf(mobile))[0]).toMatchObject({ ...more, types: ["cn-mobile"] });
    expect(stateOf(mobile)?.notice).toEqual({ id: "n1", version: "2", sha256 });
  });

  test("a withdrawal in one instant with grants wins, wherever in the body it stands; twice is once", async () => {
    const mobile = freshMobile();
    const at = { givenAt: "2026-03-01T00:00:00Z" };
    await send(ndjson([withdrawalOf(mobile, at), grantOf(mobile, at), withdrawalOf(mobile, at)]));
    expect(stateOf(mobile)?.granted).toBe(false);
    expect(stores.consent.history("acme", personOf(mobile))).toHaveLength(2);
  });

  test("with numbers of the source, the same line under another number is another event", async () => {
    const mobile = freshMobile();
    const at = { givenAt: "2026-03-01T00:00:00Z" };
    const lines = [
      withdrawalOf(mobile, { ...at, sequence: 1 }),
      grantOf(mobile, { ...at, sequence: 2 }),
      withdrawalOf(mobile, { ...at, sequence: 3 }),
    ];
    await send(ndjson(lines));
    expect(stateOf(mobile)?.granted).toBe(false);
    expect(stores.consent.history("acme", personOf(mobile))).toHaveLength(3);
  });

  const WRONG_ALIAS = { aliases: [{ type: "cn-mobile", value: "1" }] };
  const invalid = "request_invalid";
  const refusals: readonly (readonly [why: string, line: () => unknown, code: string, pointer: string])[] = [
    ["broken JSON", () => '{"exporter": 13800138000', "request_malformed", ""],
    ["no object", () => "13800138000", invalid, ""],
    ["null", () => "null", invalid, ""],
    ["a value that is none of its type", () => grantOf("23800138000"), invalid, "/subject/value"],
    ["an alias that is none", () => grantOf(freshMobile(), WRONG_ALIAS), invalid, "/aliases/0/value"],
    ["an unknown recipient", () => grantOf(freshMobile(), { recipient: "other" }), invalid, "/recipient"],
    ["nothing to know it by", () => grantOf(freshMobile(), { givenAt: undefined }), invalid, "/givenAt"],
    ["half a scope", () => withdrawalOf(freshMobile(), { recipient: "openai" }), invalid, "/purpose"],
    ["an act that is none", () => grantOf(freshMobile(), { act: "13800138000" }), invalid, "/act"],
    ["a digest that is none", () => grantOf(freshMobile(), { evidence: { sha256: "1" } }), invalid, "/evidence/sha256"],
    ["the gate's own names", () => grantOf(freshMobile(), { event: "~13800138000" }), invalid, "/event"],
    ["a line that is too long", () => `{"exporter":"${"13800138000".repeat(6_000)}"}`, "line_unreadable", ""],
  ];
  test.each(refusals)("%s: told with its pointer, and the lines around it stand", async (_why, bad, code, pointer) => {
    const [before, after] = [freshMobile(), freshMobile()];
    const wrong = bad();
    const text = typeof wrong === "string" ? wrong : JSON.stringify(wrong);
    const body = `${JSON.stringify(grantOf(before))}\n${text}\n\n${JSON.stringify(grantOf(after))}`;
    const { results, text: answer } = await send(body);
    expect(results.map(({ line, ok }) => `${line} ${ok}`)).toEqual(["1 true", "2 false", "4 true"]);
    expect(results[1]!.code).toBe(code);
    if (pointer !== "") expect(results[1]!.errors!.map((error) => error.pointer)).toContain(pointer);
    expect(answer).not.toMatch(/\d{11}/);
    expect([stateOf(before)?.granted, stateOf(after)?.granted]).toEqual([true, true]);
  });

  test.each([
    "https://proofs.example/13800138000",
    "https://proofs.example/?who=138%30%30138000",
    "https://proofs.example/a?id=11010519491231002X",
    "mailto:zhang.san@example.com",
    `https://proofs.example/${Buffer.from("11010519491231002X").toString("base64url")}`,
  ])("a proof's address that tells of a person is refused: %s", async (uri) => {
    const line = grantOf(freshMobile(), { evidence: { uri, sha256: "0f".repeat(32) } });
    const { results, text } = await send(ndjson([line]));
    expect(results[0]!.errors!.map(({ pointer }) => pointer)).toEqual(["/evidence/uri"]);
    expect(text).not.toContain("proofs.example");
  });

  test.each(["https://proofs.example/4f0c9a", "s3://bucket/consents/2026/4f0c9a.json", "https://10.0.0.1:9000/p/4f0c"])(
    "one that does not is taken: %s",
    async (uri) => {
      const line = grantOf(freshMobile(), { evidence: { uri, sha256: "0f".repeat(32) } });
      expect((await send(ndjson([line]))).results).toEqual([{ line: 1, ok: true }]);
    },
  );
});

describe("streamed", () => {
  test("a line is answered, in force and recorded while the next has not been sent", async () => {
    const request = open();
    const response = answered(request);
    const mobile = freshMobile();
    request.write(ndjson([grantOf(mobile)]));
    const lines = createInterface(await response)[Symbol.asyncIterator]();
    expect(JSON.parse((await lines.next()).value)).toEqual({ line: 1, ok: true });
    expect([stateOf(mobile)?.granted, entries.length]).toEqual([true, 1]);
    const withdrawal = ndjson([withdrawalOf(mobile)]);
    request.write(withdrawal.slice(0, 40));
    request.write(withdrawal.slice(40));
    expect(JSON.parse((await lines.next()).value)).toEqual({ line: 2, ok: true });
    expect(stateOf(mobile)?.granted).toBe(false);
    request.end();
    expect((await lines.next()).done).toBe(true);
  });

  test("20,000 lines: a withdrawal sent amid them is answered before they are, and holds", async () => {
    const mobile = freshMobile();
    await send(ndjson([grantOf(mobile)]));
    let isBulkOver = false;
    const body = ndjson(Array.from({ length: 20_000 }, () => grantOf(freshMobile())));
    const bulk = send(body).then((answer) => {
      isBulkOver = true;
      return answer;
    });
    while (entries.length < 3) await new Promise((done) => setImmediate(done));
    const url = `http://127.0.0.1:${port}/v1/consents/withdraw`;
    const headers = { authorization: `Bearer ${tokens.consent}`, "content-type": "application/json" };
    const { action: _, ...withdrawal } = withdrawalOf(mobile);
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(withdrawal) });
    expect([response.status, isBulkOver, stateOf(mobile)?.granted]).toEqual([200, false, false]);
    const { results } = await bulk;
    expect(results.map(({ line }) => line)).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1));
    expect(results.every(({ ok }) => ok)).toBe(true);
    const batches = entries.filter(({ of }) => of === "batch");
    expect(batches.reduce((sum, { count }) => sum + Number(count), 0)).toBe(20_001);
    expect(Math.max(...batches.map(({ count }) => Number(count)))).toBeLessThanOrEqual(256);
  });

  test("while the ledger waits nothing more is read: what is on its way stays a few pieces", async () => {
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    noting = () => held;
    const before = Number(stores.consent.cursor());
    const request = open();
    const response = answered(request);
    request.end(ndjson(Array.from({ length: 30_000 }, () => grantOf(freshMobile()))));
    await new Promise((done) => setTimeout(done, 300));
    expect(Number(stores.consent.cursor()) - before).toBeLessThanOrEqual(3 * 256);
    release();
    let count = 0;
    for await (const _ of createInterface(await response)) count += 1;
    expect(count).toBe(30_000);
  });

  test("a sender that breaks off: what was answered stands, the rest comes again and is whole", async () => {
    const mobiles = Array.from({ length: 2_000 }, freshMobile);
    const body = ndjson(mobiles.map((mobile) => grantOf(mobile)));
    const request = open();
    const response = answered(request);
    request.on("error", () => {});
    request.write(body.slice(0, body.length / 2));
    let told = 0;
    const answer = await response;
    answer.on("error", () => {});
    await new Promise<void>((done) => {
      answer.on("data", (chunk: Buffer) => {
        told += chunk.filter((byte) => byte === 0x0a).length;
        if (told >= 300) done();
      });
    });
    request.destroy();
    for (const mobile of mobiles.slice(0, told)) expect(stateOf(mobile)?.granted).toBe(true);
    const { results } = await send(body);
    expect(results).toHaveLength(2_000);
    expect(results.slice(0, told).every(({ known }) => known)).toBe(true);
    expect(mobiles.every((mobile) => stateOf(mobile)?.granted)).toBe(true);
  });

  test("the ledger takes no entry: the piece's lines say so, little after it is read, and again all is well", async () => {
    noting = async () => {
      if (entries.length >= 2) throw new GateError("ledger_unavailable", "detail 13800138000");
    };
    const lines = Array.from({ length: 600 }, () => grantOf(freshMobile()));
    const { results, text } = await send(ndjson(lines));
    expect(results.length).toBeLessThanOrEqual(600);
    const refused = results.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["ledger_unavailable"]));
    expect(results.findIndex(({ ok }) => !ok)).toBeGreaterThan(0);
    expect(text).not.toContain("13800138000");
    noting = async () => {};
    const again = await send(ndjson(lines));
    expect([again.results.length, again.results.every(({ ok }) => ok)]).toEqual([600, true]);
  });

  test.each([
    ["no token", { authorization: "" }, 401],
    ["another role's", { authorization: `Bearer ${tokens.auditor}` }, 403],
    ["JSON", { "content-type": "application/json" }, 415],
    ["text", { "content-type": "text/plain" }, 415],
  ])("%s is refused before a line is read", async (_why, headers, status) => {
    const mobile = freshMobile();
    expect((await send(ndjson([grantOf(mobile)]), undefined, headers)).status).toBe(status);
    expect(stateOf(mobile)).toBeNull();
  });
});

describe("aliases", () => {
  test("those of a grant are joined before it; a merge of two who were known is an entry of its own", async () => {
    const [a, b, c] = [freshMobile(), freshMobile(), freshMobile()];
    const alias = (value: string) => ({ type: "cn-mobile", value });
    await send(ndjson([grantOf(a), grantOf(b)]));
    entries.length = 0;
    const lines = [grantOf(c, { aliases: [alias(a)] }), withdrawalOf(a, { aliases: [alias(b)] })];
    const { results } = await send(ndjson(lines));
    expect(results).toEqual([
      { line: 1, ok: true },
      { line: 2, ok: true, merged: true },
    ]);
    expect([stateOf(a), stateOf(b), stateOf(c)].map((state) => state?.granted)).toEqual([false, false, false]);
    expect(entries.map(({ of, merged }) => `${of} ${merged}`)).toEqual(["alias true", "batch 1"]);
    expect(JSON.stringify(entries)).not.toContain(personOf(a));
  });

  test("lines of aliases alone", async () => {
    const [a, b] = [freshMobile(), freshMobile()];
    await send(ndjson([grantOf(a)]));
    const subjects = [a, b].map((value) => ({ type: "cn-mobile", value }));
    const lines = [
      { exporter: "acme", subjects },
      { exporter: "acme", subjects: subjects.slice(1) },
    ];
    const { results } = await send(ndjson(lines), "/v1/aliases:bulk");
    expect(results[0]).toEqual({ line: 1, ok: true });
    expect(results[1]).toMatchObject({ line: 2, ok: false, code: "request_invalid" });
    expect(stateOf(b)?.granted).toBe(true);
    expect(entries.at(-1)).toMatchObject({ of: "batch", count: 1, added: 0, aliases: 1 });
  });
});

describe("whom a withdrawal must be passed on to", () => {
  const reach = (mobile: string, ...recipients: string[]) =>
    reachedBy.set(keys.count("acme", 2026, personOf(mobile)), recipients);

  test("its entry lists the recipients that this person reached this year, under every alias", async () => {
    const [a, b, c] = [freshMobile(), freshMobile(), freshMobile()];
    reach(a, "openai", "aws");
    reach(b, "gcp");
    await stores.consent.link("acme", personOf(a), personOf(b));
    await send(ndjson([withdrawalOf(b), withdrawalOf(c)]));
    const change = entries.find(({ of }) => of === "consent");
    expect(change).toMatchObject({ action: "withdraw", reached: ["aws", "gcp", "openai"], recipient: "*" });
    expect(entries.map(({ of }) => of)).toEqual(["consent", "batch"]);
  });

  test("one scope only: the recipient of that scope, if reached", async () => {
    const mobile = freshMobile();
    reach(mobile, "openai", "aws");
    await send(ndjson([withdrawalOf(mobile, { recipient: "openai", purpose: "support" })]));
    expect(entries.find(({ of }) => of === "consent")).toMatchObject({ reached: ["openai"] });
  });
});

test("regression: a withdrawal in January listed nobody whom December had reached", async () => {
  const mobile = freshMobile();
  await stores.people.admit("acme", 2024, [{ ...admission(7_001), recipient: "other", by: "E7" }], NO_LIMIT);
  reachedBy.set(keys.count("acme", 2024, personOf(mobile)), ["gcp", "openai"]);
  await send(ndjson([withdrawalOf(mobile)]));
  expect(entries.find(({ of }) => of === "consent")).toMatchObject({ reached: ["gcp", "openai"] });
  entries.length = 0;
  await send(ndjson([withdrawalOf(mobile, { recipient: "openai", purpose: "support" })]));
  expect(entries.find(({ of }) => of === "consent")).toMatchObject({ reached: ["openai"] });
});

test("a year whose secret was destroyed is told as one of which nobody can say, and the withdrawal is recorded", async () => {
  const mobile = freshMobile();
  await stores.people.admit("acme", 2023, [{ ...admission(7_002), recipient: "other", by: "E7" }], NO_LIMIT);
  keys.count("acme", 2023, personOf(mobile));
  ring.destroyYear(2023);
  await send(ndjson([withdrawalOf(mobile)]));
  expect(entries.find(({ of }) => of === "consent")).toMatchObject({ reached: [], unlinkable: [2023] });
});

describe("createLines", () => {
  const linesOf = (chunks: readonly Uint8Array[], bytesMax = 1_000) => {
    const lines = createLines(bytesMax);
    const found = chunks.flatMap((chunk) => [...lines.push(chunk)]);
    const last = lines.flush();
    return last === null ? found : [...found, last];
  };

  test("cut anywhere, a text has the lines that it has whole", () => {
    const aText = fc.array(fc.constantFrom("a", "玉", "\n", "\r\n", " ", "{}"), { maxLength: 20 });
    fc.assert(
      fc.property(aText, fc.array(fc.nat(40), { maxLength: 5 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(""));
        const at = [0, ...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        const expected = parts
          .join("")
          .split("\n")
          .map((text, i) => ({ number: i + 1, text: text.replace(/\r$/, "") }))
          .filter(({ text }) => text.trim() !== "");
        expect(linesOf(chunks)).toEqual(expected);
      }),
    );
  });

  test("too long, or no UTF-8: told, and the next is read", () => {
    const chunks = ["ab", "cdefgh", "ij\nok\n"].map((text) => Buffer.from(text));
    const unread = { number: 1, text: null };
    expect(linesOf(chunks, 6)).toEqual([unread, { number: 2, text: "ok" }]);
    expect(linesOf([Buffer.from([0xff, 0x0a, 0x61])])).toEqual([unread, { number: 2, text: "a" }]);
  });
});
