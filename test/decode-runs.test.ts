// The end of a string's run, where it is looked for natively: far from the string's start, in every phase of the
// eight-byte step. And the index: what one document was given stays as it is when the next one is read.

import fc from "fast-check";
import { expect, test } from "vitest";
import { Runs } from "../src/decode/json/runs/plain.ts";
import { CHUNK_BYTES, SimdRuns } from "../src/decode/json/runs/simd.ts";
import { tokenize } from "../src/decode/json/tokenize.ts";

const QUOTE = 0x22;
const PIECES = ["x", "文", "😀", "y".repeat(7), "z".repeat(120), "é".repeat(90)];
const ENDS = ['"', "\\", "\u0000", "\u001f", "\n", ""];

function naive(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at]! >= 0x20 && bytes[at] !== 0x22 && bytes[at] !== 0x5c) at++;
  return at;
}

test("a run ends where a byte by byte reading says", () => {
  const text = fc
    .array(fc.constantFrom(...PIECES, ...ENDS), { maxLength: 12 })
    .map((parts) => Buffer.from(parts.join("")));
  fc.assert(
    fc.property(text, (bytes) => {
      for (const runs of [new Runs(), SimdRuns.made()!]) {
        runs.over(bytes);
        for (let from = 0; from <= bytes.length; from = naive(bytes, from) + 1)
          expect(runs.end(from)).toBe(naive(bytes, from));
      }
    }),
  );
});

test.each(ENDS)("%j ends a run of every length up to 300", (end) => {
  for (let length = 0; length <= 300; length++)
    for (const runs of [new Runs(), SimdRuns.made()!]) {
      runs.over(Buffer.from(`${"a".repeat(length)}${end}${"b".repeat(20)}"`));
      expect(runs.end(0)).toBe(end === "" ? length + 20 : length);
    }
});

test("WebAssembly reads any bytes as its plain twin does, in whatever steps, and no byte of the document before", () => {
  const runs = SimdRuns.made()!;
  runs.over(Buffer.alloc(CHUNK_BYTES, QUOTE));
  runs.end(0);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(40)), (bytes, steps) => {
      const plain = new Runs();
      plain.over(bytes);
      runs.over(bytes);
      let at = 0;
      for (const step of [0, ...steps]) {
        at += step;
        expect(runs.end(at)).toBe(at > bytes.length ? bytes.length : plain.end(at));
      }
    }),
    { numRuns: 3000, seed: 11 },
  );
});

test("a run that goes on over the border of a chunk, and one that ends at it", () => {
  const runs = SimdRuns.made()!;
  for (let at = CHUNK_BYTES - 40; at < CHUNK_BYTES + 40; at++)
    for (const length of [at + 1, CHUNK_BYTES + 50, 3 * CHUNK_BYTES + 7]) {
      const bytes = Buffer.alloc(length, 0x61);
      bytes[at] = QUOTE;
      runs.over(bytes);
      expect([runs.end(0), runs.end(at), runs.end(at + 1)]).toEqual([at, at, length]);
    }
});

test("an index stays as it was when a thousand others are made", () => {
  const first = tokenize(Buffer.from('{"a":[1,"b",{"c":null}]}'));
  if ("code" in first) throw new Error(first.code);
  const before = structuredClone(first);
  for (let i = 0; i < 1000; i++)
    tokenize(Buffer.from(JSON.stringify({ i, list: Array.from({ length: i % 40 }, () => i) })));
  expect(first).toEqual(before);
});

test("a large index, and one that did not get to its end, leave nothing to the next", () => {
  const many = tokenize(Buffer.from(`[${"0,".repeat(20_000)}0]`));
  expect(many).toMatchObject({ count: 20_002 });
  expect(tokenize(Buffer.from('{"a":[[["'))).toMatchObject({ code: "json_invalid" });
  expect(tokenize(Buffer.from("[7]"))).toMatchObject({
    count: 2,
    kind: Uint8Array.of(1, 4),
    start: Int32Array.of(0, 1),
    end: Int32Array.of(3, 2),
    parent: Int32Array.of(-1, 0),
    slot: Int32Array.of(-1, 0),
  });
});
