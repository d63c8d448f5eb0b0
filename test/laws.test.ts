// The laws of design that concern a whole crossing, each under its own sentence. Those of one stage stand with the stage.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cross } from "../src/io/perform.ts";
import type { Dispatch } from "../src/io/ports.ts";
import type { Stores } from "../src/io/stores/stores.ts";
import type { Arrival, Keys, Policy } from "../src/words.ts";
import { keptLedger } from "./kept-ledger.ts";
import { arrivalOf, Caller, demoPolicy, demoStores, keysUnder, worldOf } from "./sim/demo-world.ts";

let dir: string;
let policy: Policy;
let keys: Keys;
let stores: Stores;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-laws-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  stores = await demoStores(keys);
});
afterAll(() => rmSync(dir, { recursive: true }));

interface Crossed {
  readonly caller: Caller;
  readonly sent: Dispatch | null;
  readonly entries: readonly Record<string, unknown>[];
}

/** @param answer what the recipient says to what it was sent. */
async function crossed(arrival: Arrival, answer: (sent: Dispatch) => string = () => "{}"): Promise<Crossed> {
  const entries: Record<string, unknown>[] = [];
  let sent: Dispatch | null = null;
  const ledger = keptLedger(entries);
  const dialer = {
    dial(dispatch: Dispatch, sink: Parameters<ReturnType<typeof worldOf>["dialer"]["dial"]>[1]) {
      sent = dispatch;
      sink.head(200, ["content-type", "application/json"]);
      sink.data(Buffer.from(answer(dispatch)));
      sink.end();
      return { resume() {}, abort() {} };
    },
    close: async () => {},
  };
  const caller = new Caller();
  await cross(worldOf({ policy, keys, stores, ledger, dialer }), arrival, caller);
  return { caller, sent, entries };
}

const asserted = (subject: string | null, conversation: string | null = null) => ({
  subject,
  purpose: null,
  conversation,
  exporter: null,
});

test("What the gate cannot read, it does not let through (unknown encoding, charset, binary, ambiguous JSON, over a limit)", async () => {
  const body = Buffer.from('{"messages":[{"role":"user","content":"hello"}]}');
  const unreadable: [string, Partial<Arrival>, number][] = [
    ["no zstd", { contentEncoding: "zstd" }, 400],
    ["lzma", { contentEncoding: "lzma" }, 415],
    ["a coding that lies", { contentEncoding: "gzip" }, 400],
    ["a truncated gzip", { contentEncoding: "gzip", body: gzipSync(body).subarray(0, 20) }, 400],
    [
      "gzip and more behind it",
      { contentEncoding: "gzip", body: Buffer.concat([gzipSync(body), Buffer.from("x")]) },
      400,
    ],
    ["four codings", { contentEncoding: "gzip, gzip, gzip, gzip" }, 415],
    ["utf-7", { contentType: "application/json; charset=utf-7" }, 415],
    ["gbk that is none", { contentType: "text/plain; charset=gbk", body: Buffer.from([0x81, 0x20, 0xff]) }, 415],
    ["bytes that are no UTF-8", { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }, 415],
    ["a form", { contentType: "application/x-www-form-urlencoded", body: Buffer.from("a=%D6") }, 415],
    ["multipart", { contentType: "multipart/form-data; boundary=x" }, 400],
    ["an image", { contentType: "image/png", body: Buffer.from([0x89, 0x50, 0x4e, 0x47]) }, 415],
    ["a member twice", { body: Buffer.from('{"a":1,"a":2}') }, 400],
    ["a member twice, once escaped", { body: Buffer.from('{"a":1,"\\u0061":2}') }, 400],
    ["two documents", { body: Buffer.from("{}{}") }, 400],
    ["NaN", { body: Buffer.from('{"a":NaN}') }, 400],
    ["a byte order mark", { body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) }, 400],
    ["depth", { body: Buffer.from("[".repeat(900) + "]".repeat(900)) }, 400],
    ["a bomb", { contentEncoding: "gzip", body: gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)) }, 413],
    ["a path that changes at each decoding", { target: "/v1/chat/completions?x=%252525252541" }, 400],
  ];
  for (const [what, more, status] of unreadable) {
    const { caller, sent, entries } = await crossed(arrivalOf(1, "hello", { body, ...more }));
    expect(sent, what).toBeNull();
    expect([what, caller.status]).toEqual([what, status]);
    expect(entries.length, what).toBe(1);
    expect(entries[0]!["action"], what).toBe("block");
  }
});

test("Bytes that need no change leave unchanged (splice, never re-serialise)", async () => {
  const codings = { "": (b: Buffer) => b, gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;
  await fc.assert(
    fc.asyncProperty(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom(...(Object.keys(codings) as (keyof typeof codings)[])),
      fc.constantFrom("", " ", "\n\t"),
      async (value, coding, space) => {
        const text = JSON.stringify({ model: "echo", value }, null, space);
        const body = Buffer.from(codings[coding](Buffer.from(text)));
        const { sent } = await crossed(arrivalOf(1, "", { body, contentEncoding: coding }));
        // random text may hold a number that looks like one of ours: then nothing is sent, which is not this law's matter
        // a coding is undone: the bytes that were read are the bytes that leave
        if (sent !== null) expect(Buffer.compare(sent.body, Buffer.from(text))).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
  const text = `{ "model":"echo", "n":1e2, "messages":[{"role":"user","content":"给身份证 11010519491231002X 写信，\\u4f60好"} ] }`;
  const { sent } = await crossed(arrivalOf(1, "", { body: Buffer.from(text), asserted: asserted("id:zhang") }));
  const [before, after] = text.split("11010519491231002X");
  expect(Buffer.from(sent!.body).toString()).toMatch(/<身份证_[0-9A-Z]{8}>/);
  expect(Buffer.from(sent!.body).toString().startsWith(before!)).toBe(true);
  expect(Buffer.from(sent!.body).toString().endsWith(after!)).toBe(true);
});

test("A pseudonym is restored only in the answer to the exchange (or the declared conversation) that minted it, for the same caller", async () => {
  const echo = (sent: Dispatch) => JSON.stringify({ text: Buffer.from(sent.body).toString() });
  const ask = (n: number, text: string, subject: string | null, conversation: string | null) =>
    crossed(arrivalOf(n, text, { asserted: asserted(subject, conversation) }), echo);
  const first = await ask(1, "给身份证 11010519491231002X 写信", "id:zhang", "c-1");
  const pseudonym = /<身份证_[0-9A-Z]{8}>/.exec(Buffer.from(first.sent!.body).toString())![0];
  expect(first.caller.text).toContain("11010519491231002X");
  // somebody types it, in another conversation and in the same: it stays what it is
  for (const conversation of [null, "c-1", "c-2"]) {
    const forged = await ask(2, `what is ${pseudonym}?`, null, conversation);
    expect(forged.caller.text).toContain(pseudonym);
    expect(forged.caller.text).not.toContain("11010519491231002X");
  }
  // the same person's number elsewhere has another pseudonym; typed beside it, the old one still comes back as typed
  const other = await ask(3, `${pseudonym} 与 11010519491231002X`, "id:zhang", "c-2");
  const wire = Buffer.from(other.sent!.body).toString();
  expect(wire).not.toContain(pseudonym);
  expect(JSON.parse(JSON.parse(other.caller.text).text).messages[0].content).toBe(`${pseudonym} 与 11010519491231002X`);
  // history resent in the same conversation gives the same bytes
  const again = await ask(4, "给身份证 11010519491231002X 写信", "id:zhang", "c-1");
  expect(Buffer.compare(again.sent!.body, first.sent!.body)).toBe(0);
});

test("a block says which field, which article, which cure, and never the value", async () => {
  for (const language of ["zh", "en"] as const) {
    const { caller, sent, entries } = await crossed(arrivalOf(1, "客户电话 13912345678", { language }));
    expect(sent).toBeNull();
    expect(caller.status).toBe(403);
    const { error } = JSON.parse(caller.text);
    expect(error.code).toBe("consent_missing");
    expect(error.message).toContain("/messages/0/content");
    expect(error.message).toContain(arrivalOf(1, "").id);
    expect(error.message).toMatch(/39/);
    expect(caller.text + JSON.stringify(entries) + caller.headers.join()).not.toMatch(/13912345678|139\D?1234\D?5678/);
    expect(caller.header("x-should-retry")).toBe("false");
    expect(caller.header("x-yumen-findings")).toBe("cn-mobile=1");
  }
});

test("what is read once more after rewriting is read as it was at first: the caller's own key is no leftover", async () => {
  const text = "给身份证 11010519491231002X 写信";
  const headers = [
    "content-type",
    "application/json",
    "authorization",
    "Bearer sk-proj-Zx81mNq7Lr5Tk3Wb9Yc2Vd6Hf4Jg0Pa1Se8Ru",
  ];
  const { sent } = await crossed(arrivalOf(1, text, { headers, asserted: asserted("id:zhang") }));
  expect(Buffer.from(sent!.body).toString()).toMatch(/<身份证_[0-9A-Z]{8}>/);
});
