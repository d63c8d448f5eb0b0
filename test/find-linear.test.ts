// Each detector on hostile text: what a pattern might take apart in many ways, a quarter of a megabyte of it.

import { describe, expect, test } from "vitest";
import { DETECTORS } from "../src/find/all.ts";
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
