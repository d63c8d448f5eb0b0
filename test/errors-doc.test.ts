// docs/errors.md and the code say the same, both ways.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUE } from "../src/act/messages/all.ts";
import { CURES } from "../src/act/messages/cures.ts";

/** | `code` | status | fault | meaning | cure | article | */
function documented(): Record<string, string[]> {
  const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z0-9_]+)` \|(.*)\|$/gm)];
  expect(new Set(rows.map((row) => row[1])).size).toBe(rows.length);
  return Object.fromEntries(rows.map((row) => [row[1]!, row[2]!.split("|").map((cell) => cell.trim())]));
}

test("docs/errors.md lists every code with its status, fault, meaning, cures and article, and no other", () => {
  const expected = Object.entries(CATALOGUE).map(([code, { status, fault, says, cures, article }]) => [
    code.toLowerCase(),
    [
      String(status),
      fault,
      `${says.en}<br>${says.zh}`,
      cures.map((cure) => CURES[cure]!.en).join("; ") || "none",
      article || "none",
    ],
  ]);
  expect(documented()).toEqual(Object.fromEntries(expected));
});

test("codes stay distinct in lower case", () => {
  const codes = Object.keys(CATALOGUE).map((code) => code.toLowerCase());
  expect(new Set(codes).size).toBe(codes.length);
});
