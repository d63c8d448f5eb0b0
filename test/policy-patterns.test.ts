// Conditions of rules that end soon whatever is asked: patterns are bounded by how they are built (the argument stands
// in src/decide/rules/policy/pattern.ts), are written out, and are asked of short fields.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unboundedPattern } from "../src/decide/rules/policy/pattern.ts";
import { whenOf } from "../src/decide/rules/policy/when.ts";

const BOUNDED = [
  "",
  "gpt-4",
  "^gpt-4.*$",
  "^(gpt-4o|gpt-4o-mini|claude-[0-9])$",
  "^(?:ab){3}$",
  "^[a-z*+?(){}|]+$",
  "a\\*b\\+c\\?\\(x\\|y\\)\\{2\\}",
  "^\\d{4}-\\d{2}-\\d{2}$",
  "[^\\]]*x",
  "a{2,9}b{1,4}",
  "a?b?c?d?e?f?",
  "(a|b)c(d|e)",
  "\\bx\\B\\x41\\u4e00\\/\\.",
  "x*?",
  "(abc)*",
  "()",
  "|",
  // "perhaps" is a choice between it and nothing
  "^claude-(opus|sonnet)?$",
  "(a|b)?",
  "(a|b)??",
  "(?:gpt-4(o|-turbo)?)?",
  "(x(y{2}))?",
  "(a*)?b",
  "((a|b)?c){1}",
  "(a|b){0,1}",
  "(a|b){0}",
  "(a{1}b)*",
  "x".repeat(128),
  "a{128}",
  "a{65,128}",
];

const REFUSED: readonly (readonly [string, string])[] = [
  ["(a|a)*b", "repeats must hold no"],
  ["((a+))+b", "repeats must hold no"],
  ["(a+)+", "repeats must hold no"],
  ["(?:(?:(a|b)))*", "repeats must hold no"],
  ["((a?)){5}", "repeats must hold no"],
  ["(?:a|aa)+b", "repeats must hold no"],
  ["^(?:[a-z]|[a-z0-9])*$", "repeats must hold no"],
  // a "perhaps" that can come twice, at any depth, is what runs away
  ["(a|a){0,}b", "repeats must hold no"],
  ["(a|a){1,}b", "repeats must hold no"],
  ["(a|a){0,2}b", "repeats must hold no"],
  ["((a|b)?)*c", "repeats must hold no"],
  ["((a)?)+c", "repeats must hold no"],
  ["((a?)?)*c", "repeats must hold no"],
  ["(?:(?:a|aa)?){2}c", "repeats must hold no"],
  ["((a|a)?){0,2}c", "repeats must hold no"],
  ["((a*)?)*c", "repeats must hold no"],
  ["((a*)?b)+c", "repeats must hold no"],
  ["((a*){1})*c", "repeats must hold no"],
  ["((a){0,1}){2,}c", "repeats must hold no"],
  ["((a*)?)?(b*)?c", "at most one"],
  ["(a*)?(a*){1}c", "at most one"],
  ["(a+)?a+", "at most one"],
  ["(a|b|c)?(a|b|c)?(a|b|c)?(a|b|c)?", "more than 64 ways"],
  ["((((((a|b)?c|d)?e|f)?g|h)?(a|b)?(a|b)?)?(a|b)?)", "more than 64 ways"],
  ["(.*.*.*.*)1", "at most one"],
  ["a*b+", "at most one"],
  ["a{2,}b*", "at most one"],
  ["a*|b*", "at most one"],
  ["a?a?a?a?a?a?a?b", "more than 64 ways"],
  ["(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)", "more than 64 ways"],
  ["a{0,100}b", "more than 64 ways"],
  ["a{0,9}a{0,9}b", "more than 64 ways"],
  ["a{129}", "at most 128 times"],
  ["a{1,999}", "at most 128 times"],
  ["(a)\\1", "no lookaround"],
  ["(?=a)b", "no lookaround"],
  ["(?<!a)b", "no lookaround"],
  ["(?<n>a)", "no lookaround"],
  ["\\p{L}", "unknown escape"],
  ["\\", "unknown escape"],
  ["a{", "is no regular"],
  ["a{,3}", "is no regular"],
  ["a{3,2}", "is no regular"],
  ["a**", "is no regular"],
  ["*", "is no regular"],
  ["(", "is no regular"],
  [")", "is no regular"],
  ["[a", "is no regular"],
  ["[b-a]", "is no regular"],
  ["x".repeat(129), "at most 128 characters"],
];

describe("a pattern", () => {
  test.each(BOUNDED)("%s is bounded", (pattern) => {
    expect(unboundedPattern(pattern)).toBeNull();
    expect(() => new RegExp(pattern)).not.toThrow();
  });
  test.each(REFUSED)("%s is refused", (pattern, why) => {
    const said = unboundedPattern(pattern);
    expect(said?.en).toContain(why);
    expect(said?.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  /** Pieces that backtrack, on few letters: what passes of them meets texts of the same letters. */
  const atom = fc.constantFrom(
    "a",
    "b",
    ".",
    "[ab]",
    "\\w",
    "(a)",
    "(?:ab)",
    "(a|b)",
    "(a|ab)",
    "(a?)",
    "(b*)",
    "^",
    "$",
  );
  const often = fc.constantFrom("", "", "", "?", "*", "+", "*?", "{2}", "{0,3}", "{1,}", "{0,60}");
  /** Groups at most once around what branches. */
  const perhaps = fc.constantFrom("?", "??", "{0,1}", "{1}", "{0,1}?", "");
  const row = fc.array(fc.tuple(atom, often), { maxLength: 6 }).map((parts) => parts.flat().join(""));
  const nested = fc.tuple(row, row, often).map(([a, b, o]) => `(${a})${o}${b}`);
  const pattern = fc.oneof(
    row,
    nested,
    fc.tuple(nested, row).map(([a, b]) => `(?:${a}|${b})`),
    fc.tuple(row, perhaps, row, perhaps, often).map(([a, p, b, q, o]) => `((${a})${p}${b})${q}${o}c`),
    fc.tuple(nested, perhaps, nested, perhaps).map(([a, p, b, q]) => `(${a})${p}(${b})${q}!`),
  );
  const texts = ["a".repeat(128), `${"a".repeat(127)}!`, "ab".repeat(64), `${"ab".repeat(63)}a!`, "b".repeat(128)];

  test("that passes is one for the engine, and ends soon on texts made to keep it", () => {
    let passed = 0;
    const before = process.cpuUsage();
    fc.assert(
      fc.property(pattern, (one) => {
        if (unboundedPattern(one) !== null) return;
        passed += 1;
        const engine = new RegExp(one);
        for (const text of texts) engine.test(text);
      }),
      { numRuns: 3_000, seed: 20_261_122 },
    );
    const { user, system } = process.cpuUsage(before);
    expect(passed).toBeGreaterThan(300);
    expect(user + system).toBeLessThan(5_000_000);
  });

  test("in other words it stays as it is: (X)? is (X|), and (X){1} is X", () => {
    const ways = (one: string) => unboundedPattern(one) === null;
    fc.assert(
      fc.property(fc.oneof(row, nested), row, (inner, rest) => {
        const ok = ways(`(${inner}|)${rest}`);
        for (const sign of ["?", "??", "{0,1}", "{0,1}?"]) expect(ways(`(${inner})${sign}${rest}`)).toBe(ok);
        expect(ways(`(${inner}){1}${rest}`)).toBe(ways(`(${inner})${rest}`));
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });

  test("the slowest that may pass: every bound used up", () => {
    const slowest = [
      `(?:${Array.from({ length: 20 }, () => "a").join("|")}|b)${"a{0,2}"}a*!`,
      "a{0,63}a*!",
      "a?a?a?a?a?a?a*!",
      "(a|a)?(a|a)?(a|aa)?(a*)?!",
      "((a|a|a)?(a|a|a)?)?(a*)?!",
    ];
    for (const one of slowest) {
      expect(unboundedPattern(one)).toBeNull();
      const engine = new RegExp(one);
      const before = process.cpuUsage();
      for (const text of texts) engine.test(text.replaceAll("!", "?"));
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(500_000);
    }
  });

  test("random text is read or refused, and what is read the engine reads too", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab()[]{}|?*+\\^$.:=!,1290dxu-"), maxLength: 24 }), (one) => {
        if (unboundedPattern(one) === null) expect(() => new RegExp(one)).not.toThrow();
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("a condition", () => {
  test.each([
    'request.model.matches("^gpt-4.*$")',
    'request.model.matches(r"^\\d+$") || request.app.matches("x")',
    'pi.kinds.exists(kind, kind.matches("^bank-"))',
    "pi.kinds.all(a, pi.kinds.exists(b, a == b))",
    "pi.kinds.exists(request_, request_ == request.app)",
  ])("%s is taken", (when) => expect(whenOf(when)).toBeTypeOf("function"));

  test.each([
    ["a pattern that is not there to be read", "request.model.matches(request.app)", "written out"],
    ["one that is put together", 'request.model.matches("(a" + "+)+b")', "written out"],
    ["one out of a list", '["(a+)+b"].exists(p, request.model.matches(p))', "written out"],
    ["one that a choice makes", 'request.model.matches(pi.any ? "a*" : "b")', "written out"],
    ["one that runs away", 'request.model.matches("(a|a)*b")', "repeats must hold"],
    ["the second of two", 'request.model.matches("a") && request.app.matches("a*a*")', "at most one"],
    ["one deep inside", 'pi.any ? !(pi.kinds.exists(k, k.matches("((a+))+")) ) : true', "repeats must hold"],
    ["a long text", '(request.model + request.model).matches("a*b")', "a field of request"],
    ["a text of a list", '[request.model + request.model].exists(m, m.matches("a*b"))', "a field of request"],
    [
      "a variable that hides a kind",
      'pi.kinds.exists(k, [request.model + request.model].exists(k, k.matches("a*b")))',
      "a field of request",
    ],
    ["another thing named request", "[pi.kinds].exists(request, request.size() > 0)", "by field"],
    ["loops in loops", "pi.kinds.all(a, pi.kinds.all(b, pi.kinds.all(c, true)))", "at most 2 deep"],
  ])("%s is refused at load", (_, when, why) => {
    const refused = whenOf(when);
    expect(refused).toMatchObject({ why: expect.stringContaining(why), zh: expect.stringMatching(/[一-鿿]/) });
    expect((refused as { at: number }).at).toBeTypeOf("number");
  });
});
