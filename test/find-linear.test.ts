// Each detector on hostile text: what a pattern might take apart in many ways, a quarter of a megabyte of it; then all of
// them at once.

import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { DETECTORS } from "../src/find/all.ts";
import { find, findInText } from "../src/find/find.ts";
import type { Doc } from "../src/words.ts";
import { cpuMs } from "./cpu.ts";

const UNITS = 1 << 18;
/** Ten times what the slowest needs on a busy machine; what is square takes minutes. */
const BOUND_MS = 2000;
const PIECES = [
  "a",
  "1",
  "A1",
  "中",
  " ",
  "_-",
  "1.",
  "a:",
  '"\\',
  "0123456789abcdef",
  "12.345678,",
  "1990年1月",
  "2088",
  "诊断：",
  "微信",
  "月薪1",
  "password: abcdefgh",
  "token=a1",
  "Bearer aaaaaaaaaaaaaaaa1",
  "http://a:",
  "sk-aB3dE5gH7jK9mN1pQ3sT5vW7yZ9b password: abcdef12 ",
  "-----BEGIN PRIVATE KEY-----",
  "lat 1.23456,",
];

describe.each(DETECTORS.map((detector) => [detector.type, detector] as const))("%s", (_, detector) => {
  test("is linear", () => {
    for (const piece of PIECES) {
      const text = piece.repeat(Math.ceil(UNITS / piece.length));
      const start = cpuMs();
      detector.find(text, { key: "" });
      detector.canonical(text);
      expect(cpuMs() - start, piece).toBeLessThan(BOUND_MS);
    }
  });
});

function docOf(json: string): Doc {
  const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const doc = decode({ ...leaving, body: Buffer.from(json) }, [], { bodyBytesMax: 1 << 26 });
  if ("code" in doc) throw new Error(doc.code);
  return doc;
}

describe("all of them on a megabyte (threats.md 37)", () => {
  test.each([
    ["ones", "1".repeat(1_000_000)],
    ["ats", "a@".repeat(500_000)],
    ["620", "620".repeat(333_333)],
    ["ones and spaces", "1 ".repeat(500_000)],
    ["dotted", `${"a.".repeat(500_000)}@`],
    ["mobiles", `13812345678,`.repeat(80_000)],
    ["prefixes", "sk-A.".repeat(200_000)],
    ["jwt dots", "eyJA.".repeat(200_000)],
    ["private keys", "-----BEGIN RSA PRIVATE KEY-----".repeat(30_000)],
    ["plates", "京A1".repeat(150_000)],
    ["capitals", "AKIA".repeat(250_000)],
    ["numbers, then patients of nobody", `${"13812345678 ".repeat(25_000)}。${"糖尿病患者，".repeat(50_000)}`],
    ["backslashes", "\\".repeat(1_000_000)],
    ["runs of digits in one row", `${"113800138000c".repeat(38_000)}${"ancer 10.0.0.1".repeat(38_000)}`],
    ["a row without an end", "113800138000cancer".repeat(55_000)],
  ])("%s", (_, text) => {
    const json = JSON.stringify({ a: text });
    for (const run of [() => findInText(text, "strict"), () => find(docOf(json), "strict")]) {
      const start = cpuMs();
      run();
      expect(cpuMs() - start).toBeLessThan(BOUND_MS);
    }
  });
});
