// Words near a place. Law of this file: each piece of text that some way asks for is heard wherever it stands alone.

import { expect, test } from "vitest";
import { literalsByWay, WIDTH } from "../src/find/anchors/clauses.ts";
import { Heard } from "../src/find/anchors/heard.ts";
import { BORDER } from "../src/find/anchors/literals.ts";

const { literals, always } = literalsByWay();
const ANYWHERE = -1;

/** The ways that stay, of those that the text may open, where a number follows it. */
function heardIn(text: string, ways: Int32Array): number[] {
  const bytes = Buffer.from(`—${text}— 12345678 —`);
  const start = bytes.indexOf("12345678");
  const heard = new Heard();
  heard.over(bytes, 0, bytes.length);
  const asked = Int32Array.from(ways, (bits, word) => bits & ~always[word]!);
  heard.narrow(start, start + 8, null, asked, ANYWHERE);
  return [...asked];
}

test("every piece is heard, in either case, and nothing is where none stands", () => {
  let single = 0;
  for (const [piece, ways] of literals) {
    const text = piece.replaceAll(BORDER, "");
    const all = Array.from({ length: WIDTH }, (_, word) => ways[word]! & ~always[word]!);
    expect(heardIn(text, ways), text).toEqual(all);
    expect(heardIn(text.toUpperCase(), ways), text).toEqual(all);
    expect(heardIn("？", ways), text).toEqual(all.map(() => 0));
    if (text.charCodeAt(0) >= 0x80 && !(text.charCodeAt(1) >= 0x80)) single++;
  }
  expect(literals.size).toBeGreaterThan(500);
  expect(single).toBeGreaterThan(0);
});
