// Strings that policy and law hand to every crossing: one byte a character where they can be.

import { serialize } from "node:v8";
import { expect, test } from "vitest";
import { narrow } from "../src/io/policy/narrow.ts";
import { readSource } from "../src/io/policy/source.ts";

/** The engine's own word on it: a string of two bytes a character is tagged `c`. */
const isWide = (text: string) => String.fromCharCode(serialize(text)[2]!) === "c";

test("an id beside Chinese text is narrow, and the text is as it was", () => {
  const file =
    "rules:\n  - id: covered-by-contract\n    why: { zh: 有路可走, en: A lawful route }\n    list: [a-b-c-d, 中文]\n";
  const [rule] = (readSource("x.yaml", file).value as { rules: [{ id: string; why: object; list: string[] }] }).rules;
  expect(rule).toEqual({
    id: "covered-by-contract",
    why: { zh: "有路可走", en: "A lawful route" },
    list: ["a-b-c-d", "中文"],
  });
  expect([rule.id, ...rule.list].map(isWide)).toEqual([false, false, true]);
});

test("what leads back to itself ends", () => {
  const loop: { id: string; self?: object } = { id: "玉 门 abcdef".slice(4) };
  loop.self = loop;
  expect(isWide(loop.id)).toBe(true);
  expect(narrow(loop)).toBe(loop);
  expect([loop.id, isWide(loop.id)]).toEqual(["abcdef", false]);
});
