// The tokenizer against its plain twin, row by row, and both against JSON.parse: what is kept in test/corpus first, then
// random, mutated and hostile documents.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenize } from "../src/decode/json/tokenize.ts";
import { kept, replayAndTry } from "./corpus/kept.ts";
import { type Row, rowsOf } from "./json-twin.ts";

function tokenized(bytes: Buffer): readonly Row[] | string {
  const tokens = tokenize(bytes);
  if ("code" in tokens) return tokens.code;
  const { count, kind, start, end, parent, slot } = tokens;
  return Array.from({ length: count }, (_, i) => [kind[i]!, start[i]!, end[i]!, parent[i]!, slot[i]!] as const);
}

/** A lone surrogate has no bytes: what is left is what a socket could bring. */
const sent = (text: string) => Buffer.from(text);

/** A short document is read byte by byte, one with so much white space behind it sixteen bytes at a time. */
const AFTER = " ".repeat(128);

function agrees(text: string): void {
  const mine = agreed(text);
  expect(agreed(text + AFTER)).toBe(mine);
}

/** @returns why it is refused, "" for not at all. */
function agreed(text: string): string {
  const bytes = sent(text);
  const mine = tokenized(bytes);
  expect(mine).toEqual(rowsOf(bytes));
  const refused = typeof mine === "string" ? mine : "";
  if (refused === "json_ambiguous" || refused === "json_too_deep") return refused; // stricter by rule
  let isJson = true;
  try {
    JSON.parse(bytes.toString());
  } catch {
    isJson = false;
  }
  expect(refused !== "json_invalid").toBe(isJson);
  return refused;
}

const PIECES = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    '"a"',
    '"a":',
    '"\\u0061":',
    '"b":1',
    "0",
    "-",
    "1e",
    "1E+5",
    ".5",
    "01",
  ],
  ...["true", "fals", "null", " ", "\t", "\n", "\u0000", "\u001f", "\u007f", "\u2028", "\ufeff", "中", "😀", "é"],
  ...[
    "\\u",
    "\\ud83d",
    "\\uDE00",
    "\\ud83d\\ude00",
    "\\n",
    "\\/",
    "\\x",
    "\\u00e9",
    "{}",
    "[]",
    '""',
    "[[",
    "]]",
    "//",
    "'",
  ],
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((all) => all.join(""));
const documents = fc.oneof(fc.json({ maxDepth: 6 }), pieces, fc.constantFrom(...kept("json")));
/** Where, how much goes, and what comes instead. */
const edit = fc.tuple(fc.nat(), fc.nat(3), fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })));
const mutated = fc.tuple(documents, fc.array(edit, { maxLength: 4 })).map(([text, edits]) => {
  let result = text;
  for (const [where, gone, put] of edits) {
    const at = where % (result.length + 1);
    result = result.slice(0, at) + put + result.slice(at + gone);
  }
  return result;
});

test("what is kept, what chance makes, and what chance makes of what is kept", () => {
  replayAndTry("json", fc.oneof(documents, mutated), agrees, { numRuns: 10_000, seed: 20_261_122 });
});

describe("hostile documents", () => {
  test.each([
    ["depth", "[".repeat(128) + "]".repeat(128)],
    ["one level more", "[".repeat(129) + "]".repeat(129)],
    ["depth of objects", `${'{"a":'.repeat(128)}0${"}".repeat(128)}`],
    ["a depth that never closes", "[".repeat(100_000)],
    ["many members", `{${Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join(",")}}`],
    ["many members, the last twice", `{${Array.from({ length: 5000 }, (_, i) => `"k${i % 4999}":${i}`).join(",")}}`],
    [
      "names written in two ways",
      `{${Array.from({ length: 300 }, (_, i) => `"a${"\\u0061".repeat(i)}":0`).join(",")}}`,
    ],
    ["escapes alone", `"${"\\u0041\\n\\\\".repeat(20_000)}"`],
    ["a string without an end", `["${"a".repeat(100_000)}`],
    ["a long number", `[${"1234567890".repeat(10_000)}, -0.${"0".repeat(10_000)}e-${"9".repeat(1000)}]`],
    ["commas", `[${",".repeat(1000)}]`],
    ["spaces", `${" \n".repeat(50_000)}1${"\t".repeat(50_000)}`],
    ["eight-byte steps", Array.from({ length: 40 }, (_, i) => `"${"é".repeat(i)}${"x".repeat(i % 9)}"`).join(",")],
  ])("%s", (_, text) => {
    agrees(text);
    agrees(`[${text}]`);
  });
});
