// What `npm run mutants:law` breaks: each comparison, condition, row, word and number, and nothing that is only said.

import { expect, test } from "vitest";

interface Break {
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
  readonly line: number;
}
interface Breaks {
  breaksOf(source: string): Break[];
  broken(source: string, one: Break): string;
  figureBreaksOf(source: string): Break[];
}

const path = new URL("../scripts/mutants/breaks.mjs", import.meta.url).href;
const { breaksOf, broken, figureBreaksOf } = (await import(path)) as Breaks;

const shown = (source: string) => breaksOf(source).map(({ from, to }) => `${from} → ${to}`);

test.each([
  ["a < 1", ["< → <=", "1 → 2", "1 → 0"]],
  ["a >= b", [">= → >"]],
  ["a === b || !c", ["=== → !==", "|| → &&", "!c → c"]],
  ["a ?? b", ["a ?? b → (b)"]],
  ["a ? b : 0", ["a ? b : 0 → (b)", "a ? b : 0 → (0)", "0 → 1"]],
  ["a + b - c", ["+ → -", "- → +"]],
  ['a + "x-y"', []],
  ['a === "x"', ["=== → !==", '"x" → ""']],
  ['"a text for people"', []],
  ["[a, b]", ["a,  → ", ", b → "]],
  ["[a]", ["a → "]],
  ["a.some(b)", ["some → every"]],
  ["a as 7 as unknown", []],
  ["(a: 1 | 2) => a > 1", ["a > 1 → true", "a > 1 → false", "> → >=", "1 → 2", "1 → 0"]],
])("%s", (expression, breaks) => expect(shown(`x = ${expression};`).toSorted()).toEqual(breaks.toSorted()));

test("statements, conditions and whole functions", () => {
  const source = "function f(a: boolean): readonly string[] {\n  if (a) g();\n  return h;\n}";
  expect(breaksOf(source).map(({ line, to }) => [line, to])).toEqual([
    [1, "{ return []; }"],
    [2, "true"],
    [2, "false"],
  ]);
  expect(shown("function f(): boolean { return g(); }").length).toBe(2);
  expect(shown("function f(): void { g(); }").toSorted()).toEqual(["g(); → ;", "{ g(); } → {}"]);
});

test("a break is where it says, in text of any script", () => {
  const source = '// 玉门关 𠮷\nconst 关 = "a";\nconst x = 1 < 2;';
  for (const one of breaksOf(source)) {
    expect(source.slice(one.start, one.end)).toBe(one.from);
    expect(broken(source, one)).not.toBe(source);
  }
  expect(breaksOf(source).map(({ line }) => line)).toEqual([2, 3, 3, 3, 3, 3]);
});

test("figures of a law file: numbers and days, not the text of a source", () => {
  const source = "id: RS-2024\nfrom: 2024-03-01 # day\nsource: Order 16\nnumbers:\n  lines: 100 # 7\n  none: 0\n";
  expect(figureBreaksOf(source).map(({ line, from, to }) => [line, from, to])).toEqual([
    [2, "2024-03-01", "2024-03-02"],
    [2, "2024-03-01", "2024-02-29"],
    [5, "100", "101"],
    [5, "100", "99"],
    [6, "0", "1"],
  ]);
});
