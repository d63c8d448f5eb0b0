// What a condition may cost, on its parsed parts: loops go two deep by whatever name, patterns are asked of short fields
// and of kinds only, and a call is a call in either form.

import { describe, expect, test } from "vitest";
import { type Part, unboundedPart } from "../src/decide/rules/policy/bounds.ts";
import { unboundedPattern } from "../src/decide/rules/policy/pattern.ts";

let places = 0;
function next(): number {
  places += 1;
  return places;
}
const part = (op: string, args: unknown): Part => ({ op, args, range: { start: next() } });
const id = (name: string) => part("id", name);
const text = (value: unknown) => part("value", value);
const field = (object: string, name: string) => part(".", [id(object), name]);
const method = (name: string, of: unknown, ...args: unknown[]) => part("rcall", [name, of, args]);
const call = (name: string, ...args: unknown[]) => part("call", [name, args]);
const KINDS = field("pi", "kinds");
const said = (node: Part) => unboundedPart(node)?.why.en ?? "";

const LOOPS = ["all", "exists", "exists_one", "map", "filter"];
const DEEP = "goes over lists at most 2 deep";

describe("loops", () => {
  test.each(LOOPS)("%s is one: three deep is too deep, inside any other", (name) => {
    for (const other of LOOPS) {
      const two = method(name, KINDS, id("a"), method(other, KINDS, id("b"), id("b")));
      expect(said(two)).toBe("");
      expect(said(method(other, KINDS, id("c"), two))).toBe(DEEP);
      expect(said(method(name, KINDS, id("c"), part("&&", [id("x"), method(other, two, id("b"), id("b"))])))).toBe(
        DEEP,
      );
    }
  });

  test("beside each other they may be many, and what is no loop may be deep", () => {
    const one = method("all", KINDS, id("a"), id("a"));
    expect(said(part("&&", [one, one, one, one]))).toBe("");
    const size = (of: unknown) => method("size", of);
    expect(said(method("all", KINDS, id("a"), size(size(size(method("map", KINDS, id("b"), id("b")))))))).toBe("");
    expect(said(call("size", call("size", call("size", one))))).toBe("");
  });
});

describe("matches", () => {
  const OF = "matches is asked of a field of request, or of a kind";
  const WRITTEN = "the pattern of matches is written out, as a text";
  const ok = text("^a$");

  test.each<[string, Part, string]>([
    ["a field of request", method("matches", field("request", "model"), ok), ""],
    ["a field of something else", method("matches", field("pi", "model"), ok), OF],
    ["a name", method("matches", id("model"), ok), OF],
    ["a field by something that is no list", method("matches", part(".", { 0: id("request"), 1: "model" }), ok), OF],
    ["something that only looks like a field", method("matches", part("[]", [id("request"), "model"]), ok), OF],
    ["nothing", method("matches", null, ok), OF],
    ["in the form of a function: nothing says of what", call("matches", field("request", "model"), ok), OF],
    ["a text that is not there", method("matches", field("request", "model")), WRITTEN],
    ["arguments that are no list", part("rcall", ["matches", field("request", "model"), ok]), WRITTEN],
    ["arguments that are nothing", part("rcall", ["matches", field("request", "model"), null]), WRITTEN],
    ["a pattern that is worked out", method("matches", field("request", "model"), id("request.model")), WRITTEN],
    ["a number", method("matches", field("request", "model"), text(7)), WRITTEN],
    ["a text that is an id", method("matches", field("request", "model"), part("id", "^a$")), WRITTEN],
  ])("%s", (_, node, why) => expect(said(node)).toBe(why));

  test("of a kind: the variable of a loop over pi.kinds, and no other", () => {
    const over = (list: unknown, variable: unknown, asked: unknown) =>
      method("exists", list, variable, method("matches", asked, ok));
    expect(said(over(KINDS, id("k"), id("k")))).toBe("");
    expect(said(over(KINDS, id("k"), id("l")))).toBe(OF);
    expect(said(over(field("pi", "counts"), id("k"), id("k")))).toBe(OF);
    expect(said(over(field("request", "kinds"), id("k"), id("k")))).toBe(OF);
    expect(said(over(part("[]", [id("pi"), "kinds"]), id("k"), id("k")))).toBe(OF);
    expect(said(over(KINDS, "k", id("k")))).toBe(OF);
  });

  test("a loop inside: the kinds of the outer one stay, unless their name is taken", () => {
    const inner = (variable: string, list: unknown, asked: string) =>
      method("exists", KINDS, id("k"), method("exists", list, id(variable), method("matches", id(asked), ok)));
    expect(said(inner("l", KINDS, "k"))).toBe("");
    expect(said(inner("l", KINDS, "l"))).toBe("");
    expect(said(inner("l", field("request", "list"), "k"))).toBe("");
    expect(said(inner("k", field("request", "list"), "k"))).toBe(OF);
    expect(said(inner("k", KINDS, "k"))).toBe("");
  });

  test("the place told is the pattern's, else the call's", () => {
    const pattern = text("(a+)+");
    expect(unboundedPart(method("matches", field("request", "model"), pattern))!.at).toBe(pattern.range.start);
    const node = method("matches", id("x"), pattern);
    expect(unboundedPart(part("&&", [id("y"), node]))!.at).toBe(node.range.start);
  });
});

test("what is no call has no name; a call in the form of a function has, and its variable hides a kind", () => {
  expect(said(part("value", null))).toBe("");
  expect(said(call("all", id("a"), id("b")))).toBe("");
  const asked = (variable: string) =>
    method("exists", KINDS, id("k"), call("all", id(variable), method("matches", id("k"), text("^a$"))));
  expect(said(asked("x"))).toBe("");
  expect(said(asked("k"))).toBe("matches is asked of a field of request, or of a kind");
});

test("request is asked by field", () => {
  expect(said(id("request"))).toBe("request is asked by field");
  expect(said(part("==", [id("request"), id("x")]))).toBe("request is asked by field");
  expect(said(part("==", [field("request", "model"), text("request")]))).toBe("");
  expect(said(method("map", part("list", [id("request")]), id("r"), id("r")))).toBe("request is asked by field");
});

describe("ways of a pattern, counted", () => {
  const EN = {
    choices: "ways",
    runs: "at most one of",
    nested: "repeats must hold no",
    syntax: "is no regular expression",
  };
  const why = (pattern: string) => unboundedPattern(pattern)?.en ?? "";
  test.each([
    // 64 at most: a choice of 64, and one "perhaps" more
    ["|".repeat(63), ""],
    ["|".repeat(64), EN.choices],
    [`${"|".repeat(62)}a?`, ""],
    [`${"|".repeat(63)}a?`, EN.choices],
    // {1} and {0,1} are no repetition; {0} is none either
    [`${"|".repeat(63)}a{1}`, ""],
    [`${"|".repeat(62)}a{0,1}`, ""],
    [`${"|".repeat(63)}a{0,1}`, EN.choices],
    ["(a|b){1}", ""],
    ["(a|b){0,1}c", ""],
    ["(a|b){1,2}c", EN.nested],
    ["((a|b)?){2}", EN.nested],
    ["(a?){1}(b){2}", ""],
    // a run, and a repetition, are one way each: they multiply what stands beside them by no less
    [`(${"|".repeat(64)})x*`, EN.choices],
    [`(${"|".repeat(64)})x{2}`, EN.choices],
    ["(a{2}){2}", EN.nested],
    ["\\][a]", ""],
    ["[a", EN.syntax],
    ["[a\\", "an unknown escape"],
    ["[]", ""],
  ])("%j", (pattern, expected) => {
    if (expected === "") expect(why(pattern)).toBe("");
    else expect(why(pattern)).toContain(expected);
  });
});
