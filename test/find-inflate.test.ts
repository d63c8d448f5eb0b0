// zlib and gzip in the middle of a text. Law of this file: node:zlib is the judge; what it cannot read costs little and
// throws nothing.

import { constants, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findInText } from "../src/find/find.ts";
import { inflated } from "../src/find/views/inflate.ts";
import { cpuMs } from "./cpu.ts";

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc
    .array(fc.constantFrom("手机号", "13712345679", "，", "a", "{}", "0123456789"), { maxLength: 60 })
    .map((all) => all.join("")),
);
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(
    ...[constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED],
  ),
});

test("reads what node:zlib writes", () => {
  fc.assert(
    fc.property(text, options, fc.constantFrom(deflateSync, gzipSync), (written, how, pack) => {
      expect(Buffer.from(inflated(pack(written, how))!).toString()).toBe(Buffer.from(written).toString());
    }),
    { numRuns: 500, seed: 11 },
  );
});

/** One copy may go past the end. */
const most = (bytes: number) => 1024 + 32 * bytes + 258;

test("of a stream that is cut off, as much as there is", () => {
  const packed = deflateSync("手机号 13712345679，请尽快处理");
  for (let length = 2; length <= packed.length; length++) {
    const read = Buffer.from(inflated(packed.subarray(0, length))!);
    expect(Buffer.from("手机号 13712345679，请尽快处理").subarray(0, read.length)).toEqual(read);
  }
});

test("whatever stands there, nothing is thrown; what grows without end is read so far", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom("789c", "7801", "1f8b08"), (bytes, head) => {
      const read = inflated(Buffer.concat([Buffer.from(head, "hex"), bytes]));
      if (read !== null) expect(read.length).toBeLessThanOrEqual(most(bytes.length + 3));
    }),
    { numRuns: 2000, seed: 12 },
  );
  const packed = deflateSync(`13712345679 ${"a".repeat(1 << 20)}`);
  expect(inflated(packed)!.length).toBeLessThanOrEqual(most(packed.length));
  expect(Buffer.from(inflated(packed)!).toString()).toMatch(/^13712345679 a{1000,}$/);
  expect(inflated(Buffer.from("plain"))).toBeNull();
});

describe("in a sentence", () => {
  const said = "手机号 13712345679";
  test.each([
    ["zlib in base64", deflateSync(said).toString("base64")],
    ["zlib in base64url", deflateSync(said, { level: 9 }).toString("base64url")],
    ["zlib in hexadecimal", deflateSync(said).toString("hex")],
    ["gzip in base64", gzipSync(said).toString("base64")],
    ["gzip in hexadecimal", gzipSync(said).toString("hex").toUpperCase()],
    ["zlib of the number alone", deflateSync("13712345679").toString("base64")],
  ])("%s", (_, token) => {
    const [found, ...more] = findInText(`请处理 ${token} ，谢谢`, "strict");
    expect(more).toEqual([]);
    expect(found).toMatchObject({ type: "cn-mobile", start: 4 });
    expect(token.replace(/=+$/, "").length).toBeLessThanOrEqual(found!.end - 4);
  });

  test("a megabyte of what only begins so costs little", () => {
    const start = cpuMs();
    findInText("eJyrVkrOz0tVslJQykksSQQA ".repeat(40_000), "strict");
    expect(cpuMs() - start).toBeLessThan(2000);
  });
});
