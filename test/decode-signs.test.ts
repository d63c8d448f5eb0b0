// The rare signs of a body: WebAssembly against a native search.

import fc from "fast-check";
import { expect, test } from "vitest";
import { DATA_URL, GZIP, HZ, SIMD_BYTES_MAX, signsIn, simdSigns, UTF7, ZIP } from "../src/decode/signs/signs.ts";

const SIGNS = [
  ["~{", HZ],
  ["+A", UTF7],
  ["64,", DATA_URL],
  ["H4s", GZIP],
  ["UEs", ZIP],
] as const;

function searched(bytes: Buffer): number {
  return SIGNS.reduce((seen, [text, sign]) => (bytes.includes(text) ? seen | sign : seen), 0);
}

function agrees(bytes: Buffer): void {
  expect(simdSigns!(bytes)).toBe(searched(bytes));
}

test("what chance makes of them, whole and in halves", () => {
  const halves = SIGNS.flatMap(([text]) => [text, text.slice(0, -1), text.slice(1), text[0]!]);
  const pieces = fc.array(fc.constantFrom(...halves, "x", "字", " ".repeat(15), "y".repeat(90)), { maxLength: 12 });
  fc.assert(
    fc.property(pieces, (all) => agrees(Buffer.from(all.join("")))),
    { numRuns: 5000, seed: 5 },
  );
});

test("each sign at each place of every length to 200; half of one at the end of a body is none", () => {
  for (const [text] of SIGNS)
    for (let length = text.length; length <= 200; length++) {
      const bytes = Buffer.alloc(length, 0x2e);
      bytes.write(text, length - text.length);
      agrees(bytes);
      bytes.fill(0x2e).write(text, (length * 7) % (length - text.length + 1));
      agrees(bytes);
      agrees(bytes.subarray(0, -1));
      // what an earlier body left behind it is not read
      agrees(Buffer.from(text.slice(0, -1)));
    }
});

test("the longest body that is read so, and one byte more", () => {
  for (const [text, sign] of SIGNS) {
    const bytes = Buffer.alloc(SIMD_BYTES_MAX, 0x2e);
    expect(signsIn(bytes)).toBe(0);
    bytes.write(text, SIMD_BYTES_MAX - text.length);
    agrees(bytes);
    expect(signsIn(bytes)).toBe(sign);
    // of a longer one nothing is known
    expect(signsIn(Buffer.concat([bytes, Buffer.from(".")]))).toBe(HZ | UTF7 | DATA_URL | GZIP | ZIP);
  }
});
