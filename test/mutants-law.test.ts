// What `npm run mutants:law` breaks: each comparison, condition, row, word and number, and nothing that is only said.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { parseAst } from "rolldown/parseAst";
import { describe, expect, test } from "vitest";

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

interface Listed {
  mutantsIn(root: string): {
    mutants: readonly { readonly file: string; readonly why: string | null }[];
    stale: readonly object[];
  };
  equivalents(root: string): readonly { readonly file: string; readonly why: string }[];
  keyOf(one: object): string;
}
interface Schemata {
  schemata(source: string, breaks: readonly Break[], first: number): string;
}

const script = (name: string) => import(new URL(`../scripts/mutants/${name}.mjs`, import.meta.url).href);
const { breaksOf, broken, figureBreaksOf } = (await script("breaks")) as Breaks;
const { mutantsIn, equivalents, keyOf } = (await script("listed")) as Listed;
const { schemata } = (await script("schemata")) as Schemata;
const ROOT = fileURLToPath(new URL("..", import.meta.url));

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

describe("all breaks in one text", () => {
  const ASKED = `
    ;JSON.stringify([-1, 0, 1, 2, 7].map((x) => { try { return [run(x)]; } catch (error) { return error.name; } }))`;

  /** What a source gives for each of some numbers, or how it fails. A broken loop may not end. */
  function runs(source: string, on: (n: number) => boolean): string {
    try {
      return String(runInNewContext(source + ASKED, { __on: on }, { timeout: 5000 }));
    } catch (error) {
      return (error as Error).name;
    }
  }

  const SOURCES: Readonly<Record<string, string>> = {
    operators: "const run = (x) => x + 1 < 2 && !(x === 0) || x * 2 - 3 >= -x;",
    choices: 'const run = (x) => (x > 0 ? [x, "more"] : x === 0 ? [] : ["less", ...[1, x]]);',
    statements: "function run(x) { let n = 0; if (x > 0) { n += x; n++; } else if (x === 0) n -= 1; return n ?? 4; }",
    loops: "function run(x) { let n = 0; for (const i of [0, 1, 2]) { if (i === x) continue; n += i; } return n; }",
    chains:
      "const run = (x) => { const a = x > 0 ? { b: [x, 3] } : null; return a?.b.some((y) => y > 2) ?? a?.b?.find((y) => y < 2); };",
    "rows of rows":
      'const T = [["a", 1], ["b", [2, 3]], ...[["c", 4]]]; const run = (x) => [T[x]?.[1], Math.max(x, 1), T.length];',
    "a method on a line of its own": "const run = (x) => [x, 1, 2]\n  .some((y) =>\n    y > 1)",
    words: `const run = (x) => {
      switch (x) {
        case 0: return "zero";
        case 1: return { one: "one", "two": \`\${"2"}-\${x}\` };
        default: return x - "1";
      }
    };`,
    "nothing but conditions": "const run = (x) => x > 1; const other = (x) => run(x) || run(-x);",
  };

  test.each(Object.entries(SOURCES))("%s: each switch is its break, and none is none", (_, source) => {
    const breaks = breaksOf(source);
    const all = schemata(source, breaks, 40);
    expect(breaks.length).toBeGreaterThan(3);
    expect(runs(all, () => false)).toEqual(runs(source, () => false));
    for (const [i, one] of breaks.entries()) {
      const alone = runs(broken(source, one), () => false);
      expect(
        runs(all, (n) => n === 40 + i),
        `${one.from} → ${one.to}`,
      ).toEqual(alone);
    }
  });

  test("an emptied function", () => {
    const source =
      "function f(a: string): boolean { return a; }\nfunction g(): void { f(x); }\nfunction h(): string | null { return f(x); }";
    const text = schemata(source, breaksOf(source), 0);
    expect(text).toContain("if (__on(0)) { return true; }");
    expect(text).toContain("if (__on(2)) return;");
    expect(text).toMatch(/if \(__on\(\d\)\) \{ return null; \}/);
  });

  test("every source of the law and of decide still parses with its breaks in it", () => {
    for (const dir of ["src/law", "src/decide"])
      for (const name of readdirSync(join(ROOT, dir), { recursive: true }).map(String)) {
        if (!name.endsWith(".ts")) continue;
        const source = readFileSync(join(ROOT, dir, name), "utf8");
        const breaks = breaksOf(source);
        const text = schemata(source, breaks, 0);
        expect(() => parseAst(text, { lang: "ts" }), name).not.toThrow();
        const switches = [...text.matchAll(/__on\((\d+)\)/g)].map(([, n]) => Number(n));
        expect(new Set(switches).size, name).toBe(breaks.length);
      }
  });
});

describe("the list of breaks that change nothing", () => {
  test("is of breaks that exist, each once, each with a reason", () => {
    const { mutants, stale } = mutantsIn(ROOT);
    expect(stale).toEqual([]);
    const rows = equivalents(ROOT);
    expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
    for (const { why } of rows) expect(why.length).toBeGreaterThan(12);
    // a list that grows is a suite that shrinks
    expect(mutants.filter(({ why }) => why !== null).length).toBeLessThan(mutants.length * 0.05);
  });
});
