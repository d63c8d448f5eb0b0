// What the scanner leaves out. Law of this file: a kind that is not asked would have found nothing; the same text with
// every way open everywhere is the judge.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";

const every = vi.hoisted(() => ({ isOpen: false, wordless: [] as Int32Array[], shut: 0 }));

vi.mock("../src/find/anchors/clauses.ts", async (original) => {
  const real = await original<typeof import("../src/find/anchors/clauses.ts")>();
  const wordless = Int32Array.from(real.WORDLESS);
  every.wordless = [wordless, Int32Array.from(real.WORDLESS)];
  return { ...real, WORDLESS: wordless };
});

vi.mock("../src/find/anchors/rows.ts", async (original) => {
  const real = await original<typeof import("../src/find/anchors/rows.ts")>();
  class Rows extends real.Rows {
    override narrow(floor: number, start: number, end: number, ways: Int32Array): void {
      if (every.isOpen) return;
      const before = ways.join();
      super.narrow(floor, start, end, ways);
      if (ways.join() !== before) every.shut++;
    }
  }
  return { ...real, Rows };
});

const { findInText } = await import("../src/find/find.ts");

function openly<T>(work: () => T): T {
  every.isOpen = true;
  every.wordless[0]!.fill(-1);
  const result = work();
  every.wordless[0]!.set(every.wordless[1]!);
  every.isOpen = false;
  return result;
}

/** Type, place and value of each. */
function told(text: string, key: string): string[] {
  return findInText(text, "strict", key).map(
    ({ type, start, end, original }) => `${type} ${start} ${end} ${original.reveal()}`,
  );
}

const CASES = readdirSync("src/find", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/find/${entry.name}`).includes("cases.jsonl"))
  .flatMap(({ name }) =>
    readFileSync(`src/find/${name}/cases.jsonl`, "utf8")
      .trim()
      .split("\n")
      .map((line) => ({ ...(JSON.parse(line) as { text?: string; key?: string }), type: name })),
  )
  .filter((one): one is { text: string; key?: string; type: string } => typeof one.text === "string");
/** What is told in a sentence ends where its window does, and windows join where more ways are open. */
const TOLD_IN_WORDS = ["credit", "criminal", "disability", "health", "income", "religion", "sex-life"];
const NUMBERED = CASES.filter(({ type }) => !TOLD_IN_WORDS.includes(type));
const BETWEEN = [" ", "，", "。", "\n", "\\n", "; ", " | ", '", "', "——", "请问这个是什么情况呢，麻烦您看一下。"];

describe("a number glued to its label", () => {
  it.each([
    ["电话tel13712345679", "cn-mobile"],
    ["加v13712345679", "cn-mobile"],
    ["ID11010519491231002X。", "cn-id"],
    ["card6222021234567890128", "bank-card"],
    [String.raw`{"note":"\nTEL13712345679"}`, "cn-mobile"],
  ])("%s", (text, type) => {
    expect(findInText(text, "strict").map((found) => found.type)).toEqual([type]);
  });

  it.each(["rev13712345679", "a_tel13712345679", "xtel13712345679", "tel137123456790"])("%s is none", (text) => {
    expect(findInText(text, "strict")).toEqual([]);
  });
});

describe("with every way open", () => {
  it("the cases of all kinds say the same", () => {
    for (const { text, key = "" } of CASES) expect(told(text, key), text).toEqual(openly(() => told(text, key)));
    expect(CASES.length).toBeGreaterThan(500);
    expect(every.shut).toBeGreaterThan(300);
  });

  it("and so do texts made of three of them", () => {
    const one = fc.nat(NUMBERED.length - 1).map((i) => NUMBERED[i]!.text);
    const texts = fc.tuple(one, fc.constantFrom(...BETWEEN), one, fc.constantFrom(...BETWEEN), one);
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        expect(told(text, "")).toEqual(openly(() => told(text, "")));
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});
