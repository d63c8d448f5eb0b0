// The short way of values. Law of this file: what it says is what the long way says; the same document with every value
// sent the long way is the judge.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { DETECTORS } from "../src/find/all.ts";

const way = vi.hoisted(() => ({ isLong: false, short: 0, found: 0 }));

vi.mock("../src/find/short/values.ts", async (original) => {
  const real = await original<typeof import("../src/find/short/values.ts")>();
  class ShortValues extends real.ShortValues {
    override take(...value: Parameters<InstanceType<typeof real.ShortValues>["take"]>): boolean {
      const before = this.tokens.length;
      const isTaken = !way.isLong && super.take(...value);
      if (isTaken) way.short++;
      if (this.tokens.length > before) way.found++;
      return isTaken;
    }
  }
  return { ...real, ShortValues };
});

const { decode } = await import("../src/decode/decode.ts");
const { find } = await import("../src/find/find.ts");

const LEAVING = { method: "POST", target: "/v1/x", contentType: "application/json", contentEncoding: "" };

function told(body: unknown): readonly unknown[] {
  const doc = decode({ ...LEAVING, body: Buffer.from(JSON.stringify(body)) }, [], { bodyBytesMax: 1 << 20 });
  if ("code" in doc) throw new Error(doc.code);
  return find(doc, "strict").map((found) => ({ ...found, original: found.original.reveal() }));
}

/** What both ways say, which must be one. */
function same(body: unknown): readonly unknown[] {
  way.isLong = true;
  const long = told(body);
  way.isLong = false;
  expect(told(body), JSON.stringify(body)).toEqual(long);
  return long;
}

const CASES = readdirSync("src/find", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/find/${entry.name}`).includes("cases.jsonl"))
  .flatMap(({ name }) => readFileSync(`src/find/${name}/cases.jsonl`, "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line) as { text?: string; key?: string })
  .filter((one): one is { text: string; key?: string } => typeof one.text === "string");
/** Names of members that kinds know, and some that name nothing. */
const NAMES = [
  ...new Set(CASES.flatMap(({ key }) => (key === undefined ? [] : [key]))),
  ..."mobile phone tel sjh idCard sfzh certNo bankCard yhkh email ip client_ip plate cph imei mac oaid deviceId".split(
    " ",
  ),
  ..."openid alipay buyerId orderId requestId ts createdAt amount age remark x 手机 身份证号 订单号 流水号".split(" "),
];
/** Values: whole texts of cases, and the words and numbers in them. */
const VALUES = [...new Set(CASES.flatMap(({ text }) => [text, ...(text.match(/[\w+][\w+ .:@/-]{4,40}/g) ?? [])]))];
const SIGNS = [..."0123456789abcdefxXKEGMVW-._:/@+ ,()#京·"];

const name = fc.constantFrom(...NAMES);
const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 24 });
const random = fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 30 });
const changed = fc
  .tuple(fc.constantFrom(...VALUES), fc.nat(40), fc.constantFrom("", ...SIGNS), fc.nat(1))
  .map(([value, at, sign, gone]) => value.slice(0, at) + sign + value.slice(at + gone));
const value = fc.oneof(fc.constantFrom(...VALUES), changed, digits, random);

test("the cases of all kinds, each as a value", () => {
  for (const { text, key = "value" } of CASES) same({ [key]: text, value: [text] });
  expect(way.found).toBeGreaterThan(100);
});

test.each([
  ["access_token", "粤442008198211174504"],
  ["wifi", "5463 738 2263.4054.3101."],
  ["mac", "110824847208"],
  ["plate", "宁M 1143E"],
  ["remark", "_7age1p0ab7b74kb6_2a-"],
  // backwards, in hexadecimal, in pieces, in base64, with letters for digits, as a float: the views' own
  ["phone", "97654321731"],
  ["phone", "3133373132333435363739"],
  ["phone", "137/1234/5679"],
  ["x", "dGVsIDEzNzEyMzQ1Njc5"],
  ["phone", "l37l2345679"],
  ["bankCard", "6222021234567890128.0"],
])("%s: %s", (key, text) => {
  same({ [key]: text });
});

test("records of any values under any names", () => {
  way.short = way.found = 0;
  const record = fc.uniqueArray(fc.tuple(name, value), { maxLength: 5, selector: ([key]) => key });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 3 }), (records) => {
      same(records.map((members) => Object.fromEntries(members)));
    }),
    { numRuns: 300 },
  );
  expect(way.short).toBeGreaterThan(300);
  expect(way.found).toBeGreaterThan(50);
});

test("numbers by themselves", () => {
  const number = fc.constantFrom(...VALUES.filter((text) => /^[1-9]\d{4,14}$/.test(text))).map(Number);
  fc.assert(fc.property(name, fc.array(number, { maxLength: 4 }), (key, list) => void same({ [key]: list })));
});

test("what a kind says of a value without its expression is what it says with it", () => {
  const quick = DETECTORS.filter(({ ofValue }) => ofValue !== undefined);
  expect(quick.length).toBeGreaterThan(5);
  fc.assert(
    fc.property(fc.constantFrom(...quick), fc.oneof(value, digits), (detector, text) => {
      const isDigits = /^\d+$/.test(text);
      // values of ASCII, behind one Chinese character at most
      fc.pre(/^[\u4e00-\u9fff]?[\w .:@/+-]+$/.test(text) && !/[ .:@/+-]{2}/.test(text));
      const quickly = detector.ofValue!(text, isDigits, { key: "" });
      if (quickly !== undefined)
        expect(detector.find(text, { key: "" }), text).toEqual(quickly === null ? [] : [quickly]);
    }),
    { numRuns: 2000 },
  );
});

test("a name that is somebody's number is not shown in the places of what stands under it", () => {
  const [key, found] = same({ "13712345679": { phone: "13812345678" } }) as { path: string }[];
  expect([key!.path, found!.path]).toEqual(["/*", "/*/phone"]);
});

test("what stands together in a list is in order, whichever way each went", () => {
  const found = same({ a: ["13712345679", "电话 13812345678，谢谢", "13912345670"], b: 13612345671 }) as {
    path: string;
  }[];
  expect(found.map(({ path }) => path)).toEqual(["/a/0", "/a/1", "/a/2", "/b"]);
});
