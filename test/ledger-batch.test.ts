// What is appended together stands in one frame as it was written, at every size and width of characters.

import fc from "fast-check";
import { expect, test } from "vitest";
import { Batch } from "../src/io/ledger/batch.ts";
import { FRAME_HEAD_BYTES } from "../src/record/frame.ts";
import { entryOf, framedEntries } from "../src/record/tiles.ts";

const waiting = { resolve() {}, reject() {} };
const textsOf = (batch: Batch) =>
  framedEntries(batch.frame().subarray(FRAME_HEAD_BYTES))!.map((framed) => entryOf(framed).toString("utf8"));

test("a batch holds its entries, whatever is refused between them, and again after it was emptied", () => {
  const batch = new Batch();
  const text = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
    fc.nat(3).map((n) => "玉门关🚪".repeat(1 + n * 1500)),
    fc.constantFrom("a".repeat(65_535), "关".repeat(21_845)),
  );
  const refused = fc.constantFrom("", "a".repeat(65_536), "关".repeat(21_846));
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: text }, refused), { maxLength: 30 }), (entries) => {
      batch.empty();
      const taken = entries.filter((entry) => batch.add(entry, waiting) > 0);
      const fits = ({ length }: Buffer) => length > 0 && length <= 65_535;
      expect(taken).toEqual(entries.filter((entry) => fits(Buffer.from(entry))));
      expect(batch.count).toBe(taken.length);
      expect(batch.frame().length).toBe(batch.bytes);
      expect(textsOf(batch)).toEqual(taken.map((entry) => Buffer.from(entry).toString("utf8")));
    }),
    { numRuns: 60 },
  );
});
