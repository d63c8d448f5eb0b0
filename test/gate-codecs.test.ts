// A body of every codec through both pure halves: what leaves is readable, holds no hidden value, and says what it is.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect, judge } from "../src/gate.ts";
import { createFactsLoader, type EmbeddedFactsLoader } from "../src/io/facts.ts";
import type { Keys, Policy } from "../src/words.ts";
import { arrivalOf, demoPolicy, demoStores, keysUnder } from "./sim/demo-world.ts";

const ID = "11010519491231002X";
const ZHANG = { subject: "id:zhang", purpose: null, conversation: "c-1", exporter: null };
const MULTIPART = "multipart/form-data; boundary=X";
const part = (head: string, body: string) =>
  `--X\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n--X--\r\n`;

let dir: string;
let keys: Keys;
let policy: Policy;
let facts: EmbeddedFactsLoader;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "yumen-gate-codecs-"));
  [policy, keys] = [await demoPolicy(), await keysUnder(dir)];
  const stores = await demoStores(keys);
  facts = createFactsLoader(stores.consent, stores.people, keys);
});
afterAll(() => rmSync(dir, { recursive: true }));

function cross(contentType: string, body: string | Buffer) {
  const headers = ["content-type", contentType];
  const seen = inspect(
    arrivalOf(1, "", { body: Buffer.from(body), contentType, headers, asserted: ZHANG }),
    policy,
    keys,
  );
  if ("stopped" in seen) throw new Error(seen.stopped.code);
  const { decision, departure } = judge(seen, facts.load(seen.ask), keys);
  return { decision, headers: seen.headers, left: departure === null ? null : Buffer.from(departure.body).toString() };
}

test.each<[string, string, string | Buffer, RegExp]>([
  ["text", "text/plain", `证件 ${ID}`, /^证件 <身份证_\w{8}>$/],
  ["ndjson", "application/x-ndjson", `{"a":"${ID}"}\n{"b":1}`, /^\{"a":"<CN_ID_\w{8}>"\}\n\{"b":1\}$/],
  ["a table", "text/csv", `name,id\na,"${ID}"`, /^name,id\na,"<CN_ID_\w{8}>"$/],
  ["XML", "application/xml", `<a><id>${ID}</id></a>`, /^<a><id>&lt;CN_ID_\w{8}&gt;<\/id><\/a>$/],
  ["parts", MULTIPART, part('name="a"', ID), /\r\n\r\n<CN_ID_\w{8}>\r\n--X--\r\n$/],
  ["GBK", "text/plain; charset=gbk", Buffer.from(`\xd6\xa4\xbc\xfe ${ID}`, "latin1"), /^证件 <身份证_\w{8}>$/],
])("%s is rewritten in place", (_, contentType, body, expected) => {
  const { decision, left, headers } = cross(contentType, body);
  expect(decision.action).toBe("pseudonymize");
  expect(left).toMatch(expected);
  expect(headers).toEqual(["content-type", contentType.replace("gbk", "utf-8")]);
});

test.each<[string, string, string | Buffer]>([
  ["a number in CBOR", "application/cbor", Buffer.from(`\x72${ID}`, "latin1")],
  ["a file's name", MULTIPART, part(`name="a"; filename="${ID}.txt"`, "x")],
  ["an element's name", "application/xml", `<证件${ID}/>`],
  ["text in several sections", "application/xml", `<a>${ID.slice(0, 9)}<![CDATA[${ID.slice(9)}]]></a>`],
  ["text around an element", "application/xml", `<a>${ID.slice(0, 9)}<b/>${ID.slice(9)}</a>`],
  [
    "text around elements in one another",
    "application/xml",
    `<a>${ID.slice(0, 4)}<b><i>${ID.slice(4, 6)}</i>${ID.slice(6, 9)}</b>${ID.slice(9)}</a>`,
  ],
  [
    "text in elements that touch",
    "application/xml",
    `<a><b>${ID.slice(0, 9)}</b>${ID.slice(9, 14)}<i>${ID.slice(14)}</i></a>`,
  ],
])("%s can only block", (_, contentType, body) => {
  const { decision, left } = cross(contentType, body);
  expect([decision.action, left]).toEqual(["block", null]);
});

test("a binary framing without personal information leaves as it came", () => {
  const body = Buffer.from("81a16101", "hex");
  expect(cross("application/msgpack", body)).toMatchObject({ decision: { action: "forward" }, left: body.toString() });
});
