// zlib and gzip in the middle of a text: nobody opens it there, so it does not leave. Law of this file: node:zlib is the
// judge of what is packed; what only begins so costs little, is let be, and throws nothing.

import { hash } from "node:crypto";
import { constants, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInText } from "../src/find/find.ts";
import { isPacked } from "../src/find/views/inflate.ts";
import { cpuMs } from "./cpu.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
  fc
    .array(fc.constantFrom("手机号", "13712345679", "，", "a", "{}", "0123456789"), { minLength: 1, maxLength: 60 })
    .map((all) => all.join("")),
);
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(
    ...[constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED],
  ),
});

test("knows what node:zlib writes, whatever it holds and however much", () => {
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(1, 1, 40, 2_000),
      options,
      fc.constantFrom(deflateSync, gzipSync),
      (one, times, how, pack) => {
        expect(isPacked(pack(one.repeat(times), how))).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test("random bytes behind the right head are none, but for one in hundreds", () => {
  const random = Array.from({ length: 5_000 }, (_, i) => hash("sha512", `${i}`, "buffer").subarray(0, 18 + (i % 46)));
  const taken = random.filter((bytes) => isPacked(Buffer.concat([Buffer.from("789c", "hex"), bytes])));
  expect(taken.length).toBeLessThanOrEqual(25);
  expect(isPacked(Buffer.from("plain"))).toBe(false);
});

test("a stream that was cut off is one all the same", () => {
  const whole = deflateSync("手机号 13712345679，请尽快处理");
  for (let length = 24; length <= whole.length; length++) expect(isPacked(whole.subarray(0, length))).toBe(true);
});

/** The right head, and nothing behind it. */
const FALSE_START = Buffer.concat([Buffer.from("789c", "hex"), hash("sha256", "no", "buffer")]).toString("base64url");

describe("in a sentence", () => {
  const said = "手机号 13712345679";
  const records = JSON.stringify(Array.from({ length: 100 }, (_, i) => ({ phone: `137${10_000_000 + i}`, id: i })));
  test.each([
    ["zlib in base64", deflateSync(said).toString("base64")],
    ["zlib in base64url", deflateSync(said, { level: 9 }).toString("base64url")],
    ["zlib in hexadecimal", deflateSync(said).toString("hex")],
    ["zlib of a small window", deflateSync(said, { windowBits: 9 }).toString("base64")],
    ["gzip in base64", gzipSync(said).toString("base64")],
    ["gzip in hexadecimal", gzipSync(said).toString("hex").toUpperCase()],
    ["zlib of the number alone", deflateSync("13712345679").toString("base64")],
    ["more findings than it has characters", deflateSync("13712345679 ".repeat(150)).toString("base64")],
    ["a table of people", deflateSync(records).toString("base64")],
    ["a number behind much else", deflateSync(`${" ".repeat(20_000)}13712345679`).toString("base64")],
    ["UTF-16", deflateSync(Buffer.from(said, "utf16le")).toString("base64")],
    ["packed twice", deflateSync(deflateSync(said).toString("base64")).toString("base64")],
  ])("%s never leaves, and is covered whole", (_, token) => {
    const found = findInText(`请处理 ${token} ，谢谢`, "strict");
    expect(found).toMatchObject([{ type: "secret", identifies: "secret", start: 4 }]);
    expect(token.replace(/=+$/, "").length).toBeLessThanOrEqual(found[0]!.end - 4);
  });

  test("what only begins like it is let be", () => {
    for (const word of [
      FALSE_START,
      "78015e9c000000000000000000",
      "OldMacDonaldHadAFarmEIEIO",
      "SGVsbG8sIHdvcmxkLCBoZWxsbw",
    ])
      expect(findInText(`see ${word} there`, "strict")).toEqual([]);
  });

  test.each([
    ["what only begins so", `${FALSE_START} `],
    ["what is", `${deflateSync("a".repeat(100_000)).toString("base64")} `],
    [
      "what is, packed again and again",
      `${deflateSync(`${deflateSync("a".repeat(9_000)).toString("base64")} `.repeat(400)).toString("base64")} `,
    ],
    [
      "empty blocks",
      `${Buffer.concat([Buffer.from("789c", "hex"), Buffer.alloc(4_000, Buffer.from("000000ffff", "hex"))]).toString("base64")} `,
    ],
  ])("a megabyte of %s costs little", (_, token) => {
    const start = cpuMs();
    findInText(token.repeat(Math.ceil(1e6 / token.length)), "strict");
    expect(cpuMs() - start).toBeLessThan(2000);
  });
});
