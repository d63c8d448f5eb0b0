// The next head on a connection: what LastHead says is what checkHead says, whatever came before; and a head that held
// nothing once is read again as soon as anything in it, or around it, is another.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "../src/gate.ts";
import { LastHead } from "../src/io/serve/again.ts";
import { checkHead } from "../src/io/serve/head.ts";
import type { Arrival, Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, keysUnder } from "./sim/demo-world.ts";

const LINES: readonly (readonly [name: string, value: string])[] = [
  ["Host", "gate:8787"],
  ["Content-Length", "17"],
  ["Content-Length", "018"],
  ["content-length", "99"],
  ["Transfer-Encoding", "chunked"],
  ["Content-Type", "application/json"],
  ["Content-Type", "text/plain"],
  ["Accept", "*/*"],
  ["Accept", "\u00e4"],
  ["X-Yumen-Subject", "cn-mobile:13800138000"],
  ["X-Yumen-Subject", "cn-mobile:13800138001"],
  ["X-Yumen-Subject", "\u0001"],
  ["X-Yumen-Key", "k"],
  ["X-Yumen-Nothing", "k"],
  ["X-Yumen-Dry-Run", "1"],
  ["X-Yumen-Dry-Run", "0"],
  ["X-Yumen-Dry-Run", "maybe"],
  ["Connection", "keep-alive"],
  ["Connection", "x-one"],
  ["X-One", "1"],
  ["X-Forwarded-For", "10.0.0.1"],
];
interface Head {
  readonly method: string;
  readonly url: string;
  readonly version: string;
  readonly raw: readonly string[];
}
const head: fc.Arbitrary<Head> = fc.record({
  method: fc.constantFrom("POST", "GET", "TRACE"),
  url: fc.constantFrom("/openai/v1/chat", "/openai/v1/models", "/a/%zz"),
  version: fc.constantFrom("1.1", "1.0"),
  raw: fc
    .subarray([...LINES], { maxLength: 6 })
    .map((lines) => [LINES[0]!, ...lines].slice(lines[0] === LINES[0] ? 1 : 0).flat()),
});
/** The head before once more, but for its length and one thing that may be another; or a head of its own. */
const next = fc.record({
  of: fc.option(head),
  length: fc.constantFrom("17", "0", "-1", "12"),
  other: fc.constantFrom("nothing", "method", "url", "version", "text", "line"),
  at: fc.nat(40),
});
const OTHER = { method: "TRACE", url: "/openai/v1/other", version: "2.0" };

function changed(before: Head, other: string, at: number) {
  const raw = other === "text" && at < before.raw.length ? before.raw.with(at, `${before.raw[at]}x`) : before.raw;
  if (other === "line") return { ...before, raw: [...raw, "X-One", "2"] };
  return other in OTHER ? { ...before, raw, [other]: OTHER[other as keyof typeof OTHER] } : { ...before, raw };
}

describe("LastHead", () => {
  test("says what checkHead says, whatever came before", () => {
    fc.assert(
      fc.property(head, fc.array(next, { maxLength: 12 }), (first, series) => {
        const last = new LastHead();
        let before = first;
        for (const { of, length, other, at } of series) {
          before = of ?? changed(before, other, at);
          const raw = before.raw.map((text, i) => (/^content-length$/i.test(before.raw[i - 1] ?? "") ? length : text));
          const { method, url, version } = before;
          const said = last.check(method, url, version, raw, 100);
          const whole = checkHead(method, url, version, raw, 100);
          expect({ ...said, repeated: false }).toEqual({ ...whole, repeated: false });
        }
      }),
      { numRuns: 400 },
    );
  });

  test("the list of a head that says the same is the same list; about whom and how long may differ", () => {
    const last = new LastHead();
    const one = ["Host", "g", "Accept", "a", "Content-Length", "2", "X-Yumen-Subject", "cn-mobile:13800138000"];
    const two = one.with(5, "3").with(7, "cn-mobile:13800138001");
    const [first, second, third] = [one, two, two.with(3, "b")].map((raw) => last.check("POST", "/o/", "1.1", raw, 9));
    if (!first?.ok || !second?.ok || !third?.ok) throw new Error("refused");
    expect([first.repeated, second.repeated, third.repeated]).toEqual([false, true, false]);
    expect(second.headers).toBe(first.headers);
    expect([second.contentLength, second.asserted.subject]).toEqual([3, "cn-mobile:13800138001"]);
    expect(third.headers).toEqual(["accept", "b"]);
  });

  test("a long head is not kept", () => {
    const last = new LastHead();
    const raw = ["Host", "g", "Accept", "a".repeat(4_200)];
    for (let time = 0; time < 2; time++)
      expect(last.check("POST", "/o/", "1.1", raw, 9)).toMatchObject({ repeated: false });
  });

  test("says nothing of the subject and the key that came before", () => {
    const last = new LastHead();
    last.check("POST", "/o/", "1.1", ["Host", "g", "X-Yumen-Subject", "cn-mobile:13800138000", "X-Yumen-Key", "k1"], 9);
    const second = last.check("POST", "/o/", "1.1", ["Host", "g"], 9);
    expect(second).toMatchObject({ repeated: false, key: null, asserted: { subject: null } });
  });
});

describe("a head that is said again", () => {
  let dir: string;
  let keys: Keys;
  let policy: Policy;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "yumen-again-"));
    [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const QUIET = [
    "content-type",
    "application/json",
    "user-agent",
    "agent/1",
    "authorization",
    "Bearer sk-abcdefghijklmnopqrstuvwx",
  ];
  const found = (headers: readonly string[], more: Partial<Arrival> = {}, under = policy) => {
    const seen = inspect(arrivalOf(1, "你好", { headers, repeated: true, ...more }), under, keys);
    if ("stopped" in seen) throw new Error(seen.stopped.code);
    return { texts: seen.doc.head.length, types: seen.findings.map(({ type, where }) => `${where}:${type}`) };
  };

  test("is not read when it held nothing but the credential that belongs there", () => {
    const headers = [...QUIET];
    expect(found(headers).texts).toBeGreaterThan(3);
    expect(found(headers)).toEqual({ texts: 0, types: [] });
  });

  test("is read each time when it holds somebody's number", () => {
    const headers = QUIET.with(3, "agent 13800138000");
    for (let time = 0; time < 3; time++) expect(found(headers).types).toEqual(["header:cn-mobile"]);
  });

  test("is read again for another target and another policy, and when its list is another", () => {
    const headers = [...QUIET];
    found(headers);
    expect(found(headers).texts).toBe(0);
    expect(found(headers, { target: "/v1/chat/completions?to=13800138000" }).types).toEqual(["query:cn-mobile"]);
    found(headers);
    expect(found(headers).texts).toBe(0);
    expect(found(headers, {}, { ...policy }).texts).toBeGreaterThan(0);
    expect(found([...headers], { repeated: false }).texts).toBeGreaterThan(0);
  });

  test("is read again for another destination, which lets other headers out", () => {
    const openai = policy.destinations.get("openai")!;
    const caller = policy.callers.get(arrivalOf(1, "").caller)!;
    const more = {
      ...policy,
      destinations: new Map([...policy.destinations, ["other", { ...openai, id: "other", headers: ["x-more"] }]]),
      callers: new Map([[caller.id, { ...caller, destinations: [...caller.destinations, "other"] }]]),
    };
    const headers = [...QUIET, "x-more", "13800138000"];
    for (let time = 0; time < 2; time++) expect(found(headers, {}, more).types).toEqual([]);
    expect(found(headers, { destination: "other" }, more).types).toEqual(["header:cn-mobile"]);
  });

  test("what stands in its body is found all the same", () => {
    const headers = [...QUIET];
    const body = Buffer.from('{"model":"echo","messages":[{"role":"user","content":"13800138000"}]}');
    for (let time = 0; time < 3; time++) expect(found(headers, { body }).types).toEqual(["body:cn-mobile"]);
    expect(found(headers, { body }).texts).toBe(0);
  });
});
