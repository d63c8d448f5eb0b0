// What detectors leave out before they look: every shortcut is held against the long way, on every detector's cases and
// on texts made of what the detectors' own expressions match.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { literalsOf } from "../src/find/anchors/literals.ts";
import {
  ask,
  isBorderAfter,
  isBorderBefore,
  openAt,
  openCount,
  placeAt,
  walkOpen,
} from "../src/find/anchors/starts.ts";
import { type Node, treeOf } from "../src/find/anchors/syntax.ts";
import type { Context } from "../src/find/detector.ts";
import type { Words } from "../src/find/shared/near.ts";
import type { Match } from "../src/find/shared/pattern.ts";

const seen = vi.hoisted(() => ({ bodies: [] as { body: string; flags: string }[], words: new Set<RegExp>() }));
const checked = vi.hoisted(() => ({ matches: 0, labels: 0 }));

/** The long way: every unit is tried. */
function everywhere(body: string, flags: string, text: string): Match[] {
  const shape = new RegExp(body, `y${flags}`);
  const matches: Match[] = [];
  for (let start = 0; start < text.length; start++) {
    if (!isBorderBefore(text, start)) continue;
    shape.lastIndex = start;
    const found = shape.exec(text)?.[0];
    if (found === undefined || !isBorderAfter(text, start + found.length)) continue;
    matches.push({ start, end: start + found.length, text: found });
    start += found.length - 1;
  }
  return matches;
}

vi.mock("../src/find/shared/pattern.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("../src/find/shared/pattern.ts")>();
  return {
    ...original,
    bordered(body: string, flags = "") {
      const short = original.bordered(body, flags);
      seen.bodies.push({ body, flags });
      return (text: string) => {
        const all = everywhere(body, flags, text);
        expect(short(text), `${body} in ${text}`).toEqual(all);
        checked.matches += all.length;
        return all;
      };
    },
  };
});

vi.mock("../src/find/shared/label.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("../src/find/shared/label.ts")>();
  return {
    ...original,
    labelOf(text: string, start: number, end: number, context: Context, words: Words) {
      const label = original.labelOf(text, start, end, context, words);
      seen.words.add(words.text);
      if (label !== null) checked.labels++;
      return label;
    },
  };
});

const { DETECTORS } = await import("../src/find/all.ts");
const { bordered } = await vi.importActual<typeof import("../src/find/shared/pattern.ts")>(
  "../src/find/shared/pattern.ts",
);
const { labelOf } = await import("../src/find/shared/label.ts");
const { forgetText } = await import("../src/find/shared/forget.ts");
const { Places } = await import("../src/find/scan/places.ts");
type Places = InstanceType<typeof Places>;
const { WIDTH } = await import("../src/find/anchors/clauses.ts");
const EVERY_WAY = new Int32Array(WIDTH).fill(-1);

function lookEverywhere(text: string, key = ""): void {
  for (const detector of DETECTORS) detector.find(text, { key, keyed: [] });
}

/** The texts and names of every cases.jsonl. */
const CASES = readdirSync("src/find", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(`src/find/${entry.name}`).includes("cases.jsonl"))
  .flatMap(({ name }) => readFileSync(`src/find/${name}/cases.jsonl`, "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line) as { text?: string; key?: string })
  .filter((one): one is { text: string; key?: string } => typeof one.text === "string");

/** A string that the tree matches, units drawn from it. */
function drawn(node: Node, draw: (max: number) => number): string {
  switch (node.kind) {
    case "nothing":
      return "";
    case "units": {
      const [low, high] = node.units[draw(node.units.length - 1)]!;
      return String.fromCharCode(low + draw(Math.min(high - low, 200)));
    }
    case "row":
      return node.parts.map((part) => drawn(part, draw)).join("");
    case "either":
      return drawn(node.parts[draw(node.parts.length - 1)]!, draw);
    case "times":
      return Array.from({ length: node.min + draw(Math.min(node.max - node.min, 4)) }, () =>
        drawn(node.part, draw),
      ).join("");
  }
}

const BETWEEN = [" ", "，", "：", ": ", "\\n", ".", "-", "", '": "', "=", "号", "、", "\n", "(", "x", "_", "7", " is "];

/** Values and words of detectors, one after another. */
const texts = fc.array(fc.nat(), { minLength: 64, maxLength: 64 }).map((numbers) => {
  let at = 0;
  const draw = (max: number) => (max <= 0 ? 0 : numbers[at++ % numbers.length]! % (Math.floor(max) + 1));
  const trees = [...seen.bodies.map(({ body, flags }) => new RegExp(body, flags)), ...seen.words]
    .map(treeOf)
    .filter((tree): tree is Node => tree !== null);
  let text = "";
  for (let piece = 0; piece < 6; piece++) {
    at += piece * 7;
    text += drawn(trees[draw(trees.length - 1)]!, draw) + BETWEEN[draw(BETWEEN.length - 1)]!;
  }
  return text;
});

describe("what is left out", () => {
  it("holds nothing that the long way finds, in every detector's cases", () => {
    for (const { text, key } of CASES) lookEverywhere(text, key);
    expect(CASES.length).toBeGreaterThan(300);
    expect(checked.matches).toBeGreaterThan(1000);
    expect(checked.labels).toBeGreaterThan(100);
  });

  it("holds nothing that the long way finds, in texts made of what the expressions match", () => {
    fc.assert(
      fc.property(texts, (text) => lookEverywhere(text)),
      { numRuns: 300 },
    );
  });

  it.each(["1.sj13800138000 ", "0.SJ000000Ax2088000000000100 2088700500000000", "20000000 13800138000 AV000871(A)"])(
    "holds nothing that the long way finds behind a label that stands behind a point or a letter: %s",
    (text) => {
      const before = checked.matches;
      lookEverywhere(text);
      expect(checked.matches).toBeGreaterThan(before);
    },
  );

  it("is known of most expressions", () => {
    expect(seen.bodies.length).toBeGreaterThan(30);
    const unread = seen.bodies.filter(({ body, flags }) => treeOf(new RegExp(body, flags)) === null);
    expect(unread).toEqual([]);
  });
});

describe("a tree of an expression", () => {
  it.each([
    [/\p{L}/u, "names of properties"],
    [/(?<year>\d)\k<year>/, "named groups"],
    [/[\d-z]/, "a range that begins with a set"],
    [/\cA/, "control letters"],
  ])("is not made of %s: %s", (expression) => {
    expect(treeOf(expression)).toBe(null);
  });

  it.each([/a{2,3}?b/, /[^\d\s]\.$/, /(?:x|yb)+\.$/i, /[\u4e00-\u9fff\]-]\u4e00/, /\S\x41?\t*[a\-z]/, /a{2}|b{0,2}c/])(
    "of %s draws what it matches",
    (expression) => {
      const tree = treeOf(expression)!;
      const whole = new RegExp(`^(?:${expression.source})$`, expression.flags);
      fc.assert(
        fc.property(fc.array(fc.nat(), { minLength: 32, maxLength: 32 }), (numbers) => {
          let at = 0;
          expect(drawn(tree, (max) => (max <= 0 ? 0 : numbers[at++ % 32]! % (Math.floor(max) + 1)))).toMatch(whole);
        }),
      );
    },
  );

  it.each([/[^é]/i, /[^\d\s]/i, /\W/, /[k-m]/i, /ß/i, /./, /[\s\S]/, /ſ/i, /[À-ÿ]/i, /[^k]/i, /я/i, /\s/, /[\]^-]/])(
    "of %s holds every unit that it matches",
    (expression) => {
      const tree = treeOf(expression);
      if (tree?.kind !== "units") throw new Error("one unit");
      for (let unit = 0; unit <= 0xffff; unit++)
        if (expression.test(String.fromCharCode(unit)))
          expect(tree.units.some(([low, high]) => low <= unit && unit <= high)).toBe(true);
    },
  );
});

describe("words that every match holds one of", () => {
  it.each([
    [/card(?:no)?/i, ["card"]],
    [/(?:身份|身分)证号?/, ["身份证", "身分证"]],
    [/\bID[ _]no\b/i, ["\u0001id no\u0001", "\u0001id_no\u0001"]],
    [/(?<![A-Za-z_])vx号?(?![a-z])/i, ["\u0001vx号", "\u0001vx\u0001"]],
    [/\b电话|\bno\.?\b/i, ["电话", "\u0001no.", "\u0001no\u0001"]],
    [/(?:abcd|\d)+ef/, ["ef"]],
    [/abc|\d/, null],
    [/a|bcd/, null],
    [/(?:abc)?\d*/, null],
    [/[a-z]{3}号/, ["号"]],
  ])("%s: %j", (expression, pieces) => {
    expect(literalsOf(treeOf(expression)!)).toEqual(pieces);
  });
});

describe("a pattern open at some of its places", () => {
  const nowhere = () => 0;
  const everywhereOpen = (byte: number) => byte;
  const bytesOf = (text: string) => Buffer.from(" ".repeat(7) + text);

  /** Whoever is asked is asked at the row at `start` alone. */
  function foundAt(start: number, pattern: (text: string) => readonly Match[], text: string): readonly Match[] {
    const highAt = (byte: number) => (byte === 7 + start ? 1 : 0);
    walkOpen("1234", Buffer.from("1234"), 0, { lowAt: () => -1, highAt: () => -1, nextFrom: everywhereOpen });
    ask(32, walkOpen(text, bytesOf(text), 7, { lowAt: nowhere, highAt, nextFrom: everywhereOpen }));
    const found = pattern(text);
    forgetText();
    return found;
  }

  const groups = bordered(String.raw`\d{4}(?: \d{4})?`);
  const signed = bordered(String.raw`[(（+]{0,2}86 ?\d{4}`);

  it.each([
    [groups, "1234 5678", 0, ["1234 5678"]],
    [groups, "1234 5678", 5, ["5678"]],
    [groups, "1234, 5678", 6, ["5678"]],
    [groups, "1234, 5678", 0, ["1234"]],
    [groups, "x1234 5678", 1, []],
    [groups, "1234. 5678", 3, []],
    [groups, String.raw`\n1234, 5678`, 2, ["1234"]],
    [signed, "86 1234 （+86 5678", 10, ["（+86 5678"]],
  ] as const)("%o in %s at %i", (pattern, text, start, expected) => {
    const byte = Buffer.byteLength(text.slice(0, start));
    expect(foundAt(byte, pattern, text).map(({ text }) => text)).toEqual(expected);
  });

  it("is not asked where another is", () => {
    const open = { lowAt: () => 2, highAt: nowhere, nextFrom: everywhereOpen };
    const listed = walkOpen("1234, 5678", Buffer.from("1234, 5678"), 0, open);
    ask(33, listed);
    expect(groups("1234, 5678")).toEqual([]);
    ask(1, listed);
    expect(groups("1234, 5678").length).toBe(2);
    forgetText();
  });
});

describe("what is not open is passed over", () => {
  const piece = fc.constantFrom(
    "1234",
    "a",
    "tel5678",
    "\\n",
    "\\",
    "，",
    "(",
    "+",
    " ",
    "😀",
    "é",
    "电话",
    "x_1",
    "\n",
    "（",
  );
  const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

  /** The places of the text that are open, asked in order. */
  function placesOf(text: string, open: Places, isLong: boolean): number[] {
    const bytes = Buffer.from(`号 ${text}`);
    const to = { lowAt: (byte: number) => open.lowAt(byte), highAt: (byte: number) => open.highAt(byte) };
    const listed = walkOpen(text, bytes, 4, isLong ? { ...to, nextFrom: (byte) => byte } : open);
    const all: number[] = [];
    for (const nth of [0, 33]) {
      ask(nth, listed);
      for (let i = 0; i < openCount(); i++) all.push(placeAt(openAt(i)));
      all.push(-1);
    }
    forgetText();
    return all;
  }

  it("and the same places are listed as on the long way", () => {
    let listed = 0;
    const openings = fc.array(fc.tuple(fc.boolean(), fc.nat(160), fc.nat(20)), { maxLength: 8 });
    fc.assert(
      fc.property(texts, openings, (text, opened) => {
        const places = new Places();
        places.over(4);
        const end = 4 + Buffer.byteLength(text);
        for (const [isRow, at, length] of opened) {
          const byte = 4 + at;
          if (byte >= end) continue;
          if (isRow) places.openRow(byte, EVERY_WAY);
          else places.open(byte, Math.min(end, byte + 1 + length), EVERY_WAY);
        }
        const long = placesOf(text, places, true);
        expect(placesOf(text, places, false), text).toEqual(long);
        listed += long.length - 2;
      }),
      { numRuns: 2000 },
    );
    expect(listed).toBeGreaterThan(1000);
  });
});

describe("a name before a value", () => {
  const words = { text: /nothing of the kind/, key: /^sjh$/ };

  it.each([
    ['"sjh" : "', '"'],
    [String.raw`{\"sjh\" : \"`, ""],
    [String.raw`{\\\"sjh\\\": \\\"`, ""],
    ["sjh = '", ""],
    ["<sjh>", "</sjh>"],
    ["\nsjh: ", ""],
  ])("%s", (before, after) => {
    const text = `${before}13800138000${after}`;
    expect(labelOf(text, before.length, before.length + 11, { key: "" }, words)?.certainty).toBe("key");
  });

  it("is not another text's", () => {
    expect(labelOf("sjh=13800138000", 4, 15, { key: "" }, words)?.certainty).toBe("key");
    expect(labelOf("xyz=13800138000", 4, 15, { key: "" }, words)).toBe(null);
  });
});

describe("a text", () => {
  it("is read anew after another, and after it was forgotten", () => {
    const mobile = DETECTORS.find(({ type }) => type === "cn-mobile")!;
    const look = (text: string) => mobile.find(text, { key: "" }).map(({ canonical }) => canonical);
    for (let i = 0; i < 2; i++) {
      expect(look("手机13800138000")).toEqual(["13800138000"]);
      expect(look("电话 13900139000")).toEqual(["13900139000"]);
      forgetText();
    }
  });
});
