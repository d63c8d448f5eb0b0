// CSV as a file of consents writes it. Law: rows are those of a reader of one character at a time, however the quotes
// stand: a row that swallowed the next would swallow a withdrawal.

import fc from "fast-check";
import { expect, test } from "vitest";
import { createCsv, type Row } from "../src/cli/consent/import/csv.ts";

function rowsOf(text: string): readonly Row[] {
  const csv = createCsv(",");
  const rows = [...csv.push(text)];
  expect(csv.flush()).toBeNull();
  return rows;
}

test("a quote amid a field, on the line that ends a field of two lines, ends nothing else", () => {
  const rows = rowsOf('who,what\n"one\ntwo",5" x\nw1,withdraw\nw2,withdraw\nz,6" y\n');
  expect(rows.map(({ line, fields }) => [line, fields[0]])).toEqual([
    [1, "who"],
    [2, "one\ntwo"],
    [4, "w1"],
    [5, "w2"],
    [6, "z"],
  ]);
});

/** @returns null: it ends within quotes. */
function readSlowly(text: string): readonly Row[] | null {
  const rows: Row[] = [];
  let [fields, field, isBlank, isQuoted, isStart] = [[] as string[], "", true, false, true];
  let [line, begun] = [1, 1];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "\n") line += 1;
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[at++];
      else isQuoted = false;
    } else if (character === "\n") {
      if (!isBlank) rows.push({ line: begun, fields: [...fields, field] });
      [fields, field, isBlank, isStart, begun] = [[], "", true, true, line];
    } else {
      isBlank = false;
      if (character === ",") [fields, field, isStart] = [[...fields, field], "", true];
      else if (character === '"' && isStart) [isQuoted, isStart] = [true, false];
      else [field, isStart] = [field + character, false];
    }
  }
  return isQuoted ? null : rows;
}

test("rows are those of a reader of one character at a time", () => {
  const pieces = fc.constantFrom("a", ",", '"', '""', "\n", '","', '"\n', '5" x');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 24 }), (all) => {
      const text = `${all.join("")}\n`;
      const slowly = readSlowly(text);
      fc.pre(slowly !== null);
      expect(rowsOf(text)).toEqual(slowly);
    }),
    { numRuns: 2_000 },
  );
});
