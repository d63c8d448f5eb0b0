// What a megabyte costs, counted. Law of this file: what detectors are handed, and what expressions read in it, is at
// most so many times the text, whatever it is made of. How long that takes, the benches tell.

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DETECTORS } from "../src/find/all.ts";
import type { Detector } from "../src/find/detector.ts";
import { findInText } from "../src/find/find.ts";
import { cpuMs } from "./cpu.ts";

const MEGABYTE = 1 << 20;
/** Measured: 25 for telephone numbers of all countries, below 13 for all other kinds; 16 for all kinds and views. */
const DETECTOR_MAX = 40;
const WHOLE_MAX = 32;
/** A text, and its readings: each kind sees each but once. */
const HANDED_MAX = 8;
/** Of the threats' list. */
const LISTED_MS = 200;

// before anything is counted: what counts makes expressions slow
test.each([
  ["1", 1e6],
  ["a@", 5e5],
  ["620", 3e5],
  ["浙江省杭州市西湖区", 1e5],
])("%j, %i times, as the list of threats has it", (piece, times) => {
  const text = piece.repeat(times);
  findInText(text.slice(0, 1 << 16), "strict");
  const start = cpuMs();
  findInText(text, "strict");
  expect(cpuMs() - start).toBeLessThan(LISTED_MS);
});

const exec = RegExp.prototype.exec;
let operations = 0;

/** Every run of an expression goes through here: a sticky one reads its match, any other as far as it looks. */
function counting(this: RegExp, text: string): RegExpExecArray | null {
  const from = this.global || this.sticky ? this.lastIndex : 0;
  const found = exec.call(this, text);
  if (found !== null) operations += 1 + Math.max(1, found.index + found[0].length - from);
  else operations += 1 + (this.sticky ? 1 : Math.max(1, String(text).length - from));
  return found;
}

function operationsOf(work: () => void): number {
  operations = 0;
  RegExp.prototype.exec = counting;
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return operations;
}

const filled = (piece: string) => piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE);

function casesOf({ type }: Detector): string[] {
  const lines = readFileSync(`src/find/${type}/cases.jsonl`, "utf8").trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

describe.each(DETECTORS.map((detector) => [detector.type, detector] as const))("%s", (_, detector) => {
  const own = casesOf(detector);
  test.each([
    ["its first case again and again", own[0]!],
    ["the same, cut short", own[0]!.slice(0, -1)],
    ["four cases in turn", own.slice(0, 4).join(" ")],
    ["digits", "1"],
  ])("a megabyte of %s", (_, piece) => {
    expect(operationsOf(() => detector.find(filled(piece), { key: "" })) / MEGABYTE).toBeLessThan(DETECTOR_MAX);
  });
});

const HOSTILE = [
  ...[
    "1",
    "a@",
    "620",
    "浙江省杭州市西湖区",
    "1 ",
    "1-",
    "1.2.",
    "a b c d e @ ",
    "&#49;",
    "%31",
    "\\u0031",
    "１",
    "一",
    "O0l1",
  ],
  ...["三C:", "3C：", "京A1 ", "a\u200b", "138<b>", "**1", "`1", "x(at)y ", "邮箱a at b ", "@ .", "微信a_", "P<CHN<<"],
  ...["MTM3MTIzNDU2Nzk= ", "31333731 ", "eJyrVkrOz0tVslJQykksSQQA ", "6222 0212 ", "手机号", "e4:3c:"],
];

describe("all kinds and all readings", () => {
  const handed = new Map<string, number>();
  const finds = DETECTORS.map(({ find }) => find);
  const set = (detector: Detector, find: Detector["find"]) => Object.assign(detector, { find });

  beforeAll(() => {
    for (const [i, detector] of DETECTORS.entries())
      set(detector, (text, context) => {
        handed.set(detector.type, (handed.get(detector.type) ?? 0) + text.length);
        return finds[i]!.call(detector, text, context);
      });
  });
  beforeEach(() => handed.clear());
  afterEach(() => {
    RegExp.prototype.exec = exec;
  });
  afterAll(() => {
    for (const [i, detector] of DETECTORS.entries()) set(detector, finds[i]!);
  });

  test.each(HOSTILE)("a megabyte of %j", (piece) => {
    const text = filled(piece);
    expect(operationsOf(() => findInText(text, "strict")) / MEGABYTE).toBeLessThan(WHOLE_MAX);
    expect(Math.max(0, ...handed.values()) / MEGABYTE).toBeLessThan(HANDED_MAX);
  });
});
