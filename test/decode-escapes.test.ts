// Every kind of escape: undone exactly, walked exactly, written so that it reads back.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DOUBLED,
  ENTITY,
  escapeText,
  PERCENT,
  PERCENT_DEEP,
  rawAfter,
  rawOffsets,
  textIn,
  unescapeInto,
} from "../src/decode/escapes.ts";

const JSON_ESCAPES = 0x10;

const undone = (raw: string, flags: number) => {
  const bytes = Buffer.from(raw);
  return textIn(bytes, 0, bytes.length, flags);
};

test.each<[string, number, string, string]>([
  ["nothing is escaped", 0, "a%41&lt;\\n", "a%41&lt;\\n"],
  ["JSON", JSON_ESCAPES, "\\u0031\\n\\ud83d\\ude00中", "1\n😀中"],
  ["a form", PERCENT, "%31+%2B%E4%B8%AD%zz%4", "1 +中%zz%4"],
  ["a form, once", PERCENT, "%2531", "%31"],
  ["a form, twice", PERCENT_DEEP, "%2531%2B+", "1+ "],
  ["a form, three times", PERCENT_DEEP, "%252531", "1"],
  ["a form, escapes of escapes", PERCENT_DEEP, "%25%33%31%%33%31", "11"],
  ["a form, a sign by itself", PERCENT_DEEP, "100% %25 %2", "100% % %2"],
  ["XML", ENTITY, "&#49;&#x31;&lt;&amp;#49;&quot;&apos;&gt;中&#x1F600;", "11<&#49;\"'>中😀"],
  ["CSV", DOUBLED, 'a""b""""c', 'a"b""c'],
])("undone: %s", (_, flags, raw, expected) => {
  expect(undone(raw, flags)).toBe(expected);
});

/** Raw text and what it stands for, character by character. */
function spelt(flags: number): fc.Arbitrary<readonly [raw: string, character: string][]> {
  const character = fc.constantFrom("1", "a", "中", "é", "😀", " ", "%", "&", "<", '"', "\\", "+", "x");
  return fc.array(
    fc.tuple(character, fc.nat(3)).map(([one, how]): [string, string] => [spelling(one, how, flags), one]),
    { maxLength: 12 },
  );
}

const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

function spelling(one: string, how: number, flags: number): string {
  if (flags === DOUBLED) return one === '"' ? '""' : one;
  if (flags === ENTITY) {
    if (how === 0 && one !== "&" && one !== "<") return one;
    return how === 1 ? `&#x${one.codePointAt(0)!.toString(16)};` : `&#${one.codePointAt(0)};`;
  }
  if (flags === JSON_ESCAPES) {
    const units = one.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    return how === 0 && one !== '"' && one !== "\\" ? one : units.join("");
  }
  if (how === 0 && one !== "%" && one !== "+" && one !== " ") return one;
  if (flags === PERCENT_DEEP && how >= 2 && one !== "%") return percent(percent(one));
  return percent(one);
}

describe.each([
  ["JSON", JSON_ESCAPES],
  ["a form", PERCENT],
  ["a form to the fix-point", PERCENT_DEEP],
  ["XML", ENTITY],
  ["CSV", DOUBLED],
])("%s", (_, flags) => {
  test("is undone to what was spelt, and walked to the byte", () => {
    fc.assert(
      fc.property(spelt(flags), (pairs) => {
        const raw = pairs.map(([text]) => text).join("");
        const text = pairs.map(([, character]) => character).join("");
        // a sign before two hex digits would be an escape of its own
        fc.pre(flags !== PERCENT_DEEP || !/%(?:25)*[1ax]{2}/.test(text));
        const bytes = Buffer.from(`..${raw}`);
        expect(textIn(bytes, 2, bytes.length, flags)).toBe(text);
        const units: number[] = [];
        const wanted: number[] = [];
        let [unit, byte] = [0, 2];
        for (const [one, character] of pairs) {
          units.push(unit);
          wanted.push(byte);
          expect(rawAfter(bytes, 2, unit, flags)).toBe(byte);
          unit += character.length;
          byte += Buffer.byteLength(one);
        }
        expect(rawOffsets(bytes, 2, units, flags)).toEqual(wanted);
      }),
      { numRuns: 500 },
    );
  });

  test("what is written reads back, and undoing never grows", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), (text) => {
        const spelled = escapeText(text, flags);
        // deeper rounds undo what was only text once
        if (flags !== PERCENT_DEEP || !text.includes("%")) expect(undone(spelled, flags)).toBe(text);
        const bytes = Buffer.from(spelled);
        expect(unescapeInto(bytes, 0, bytes.length, Buffer.alloc(bytes.length + 8), flags)).toBeLessThanOrEqual(
          bytes.length,
        );
      }),
    );
  });

  test("any bytes are walked to their end, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(rawAfter(bytes, 0, 1000, flags === JSON_ESCAPES ? 0 : flags)).toBeGreaterThanOrEqual(bytes.length);
      }),
    );
  });
});

test("a unit inside a pair counts as the pair's start", () => {
  const bytes = Buffer.from("%F0%9F%98%80x");
  expect(rawOffsets(bytes, 0, [0, 1, 2, 3], PERCENT)).toEqual([0, 0, 12, 13]);
  expect(rawAfter(bytes, 0, 1, PERCENT)).toBe(0);
});

test("where nothing is escaped, nothing that needs escapes is put", () => {
  expect(escapeText("<CN_MOBILE_0123ABCD>", 0)).toBe("<CN_MOBILE_0123ABCD>");
  expect(escapeText("<手机_0123ABCD>", 0)).toBe("<手机_0123ABCD>");
  for (const text of ['"', "\\", "a,b", "a\nb", "a\tb", "a;b", "&", "%41"])
    expect(() => escapeText(text, 0)).toThrow(RangeError);
});
