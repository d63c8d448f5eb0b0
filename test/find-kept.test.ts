// Strings are looked at together, and a label is heard in its own clause. Law of this file: what is kept for later is
// told as if each string had come alone; and the short ways to a byte are held against the long ones.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rawAfter } from "../src/decode/escapes.ts";
import { clauseStart, isOfOneClause, linkFrom } from "../src/find/anchors/clause-ends.ts";
import { find, findInText } from "../src/find/find.ts";
import { jsonAfter } from "../src/find/scan/locate.ts";
import { isLuhn } from "../src/find/shared/luhn.ts";
import type { Doc } from "../src/words.ts";
import { docFrom } from "./decode-doc.ts";

const JSON_ESCAPES = 0x10;
const TEXTS = [
  "手机号：13812345678，邮箱 wang.wei@example.cn",
  "护照号码：E13355574，住院号86253987。QQ：10293847",
  'say "hi" to 13912345678\n电话\t0755-45486466',
  "nothing in here",
  "６２２８４８００１１２２３３４４５ 身份证 11010519491231002X",
  "😀 passport E13355574, card 6228480402564890018",
];

const lines = (doc: Doc) =>
  find(doc, "strict").map(({ type, token, start, end, byteStart, byteEnd, certainty }) =>
    [type, token, start, end, byteStart, byteEnd, certainty].join(" "),
  );

describe("strings that are kept and looked at together", () => {
  it("are told as if each had come alone, however many there are", () => {
    const many = Array.from({ length: 700 }, (_, i) => TEXTS[i % TEXTS.length]!);
    const doc = docFrom("application/json", JSON.stringify(many));
    const alone = many.flatMap((text, i) => {
      const one = docFrom("application/json", JSON.stringify([text]));
      const from = doc.tokens.start[i + 1]! - one.tokens.start[1]!;
      return find(one, "strict").map(({ type, start, end, byteStart, byteEnd, certainty }) =>
        [type, i + 1, start, end, byteStart + from, byteEnd + from, certainty].join(" "),
      );
    });
    expect(alone.length).toBeGreaterThan(700);
    expect(lines(doc)).toEqual(alone);
  });

  it("are told one like the other in either order", () => {
    const types = (texts: readonly string[]) =>
      find(docFrom("application/json", JSON.stringify(texts)), "strict").map(
        ({ type, original }) => `${type} ${original.reveal()}`,
      );
    expect(types(TEXTS.toReversed()).sort()).toEqual(types(TEXTS).sort());
  });
});

describe("a string with two windows", () => {
  it("tells each at its place, whatever stands between", () => {
    const between = "说明文字，没有别的。 words in between; ".repeat(20);
    const text = `手机号：13812345678。${between}邮箱 wang.wei@example.cn ${between}６２２８４８０４０２５６４８９００１８`;
    for (const raw of [text, `${text}\n`]) {
      const doc = docFrom("application/json", JSON.stringify([raw]));
      const found = find(doc, "strict");
      expect(found.map(({ start, end }) => raw.slice(start, end))).toEqual([
        "13812345678",
        "wang.wei@example.cn",
        "６２２８４８０４０２５６４８９００１８",
      ]);
      expect(
        found.map(({ byteStart, byteEnd }) => Buffer.from(doc.bytes).toString("utf8", byteStart, byteEnd)),
      ).toEqual(found.map(({ start, end }) => raw.slice(start, end)));
    }
  });
});

/** Digits with the check digit of Luhn. */
function luhn(digits: string): string {
  for (let check = 0; ; check++) if (isLuhn(digits + check)) return digits + check;
}

describe("a number written backwards, beside its label", () => {
  it.each([
    ["622848040256489", "银行卡号"],
    ["411111111111111", "银行卡号"],
    ["955880123456789012", "银行卡号"],
    ["810000123456789", "银行卡号"],
    ["37828224631007", "银行卡号"],
    ["510510510510510", "银行卡号"],
    ["352800000000123", "银行卡号"],
    ["18001234567897", "银行卡号"],
  ])("%s and its check digit", (digits, label) => {
    const turned = [...luhn(digits)].reverse().join("");
    const found = findInText(`${label} ${turned}`, "strict");
    expect(found.map(({ type, original }) => `${type} ${original.reveal()}`)).toEqual([`bank-card ${luhn(digits)}`]);
  });

  it.each([
    ["13912345677", "77654321931"],
    ["11010519491231002X", "X20013219491501011"],
    ["110105194912310038", "830013219491501011"],
  ])("%s as %s", (number, turned) => {
    const label = number.length === 11 ? "手机" : "身份证";
    const found = findInText(`${label} ${turned}`, "strict");
    expect(found.map(({ original }) => original.reveal())).toContain(number);
  });
});

describe("UTF-16 in base64", () => {
  const text = "call 13912345677 now";
  const little = Buffer.from(text, "utf16le");
  const big = Buffer.from(little).swap16();

  it.each([
    ["base64", little],
    ["base64", big],
  ] as const)("%s, one way round and the other", (encoding, bytes) => {
    const found = findInText(`见附件 ${bytes.toString(encoding)} 谢谢`, "strict");
    expect(found.map(({ original }) => original.reveal())).toEqual(["13912345677"]);
  });
});

describe("a byte of raw JSON", () => {
  it("is where the units say", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(), (text, cut) => {
        const characters = [...text].filter((one) => !/^[\ud800-\udfff]$/.test(one));
        const before = characters.slice(0, cut % (characters.length + 1)).join("");
        const ascii = JSON.stringify(characters.join("")).replace(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
        for (const raw of [JSON.stringify(characters.join("")), ascii]) {
          const bytes = Buffer.from(raw);
          expect(jsonAfter(bytes, 1, Buffer.byteLength(before))).toBe(rawAfter(bytes, 1, before.length, JSON_ESCAPES));
        }
      }),
    );
  });
});

describe("the clause of a label", () => {
  it.each([
    ["电话。号码", "号码"],
    ["电话！号码：", "号码："],
    ["电话1：", "电话1："],
    ["房号12 电话", "2 电话"],
    ["a;b", "b"],
    ["电话，号码", "电话，号码"],
    ["{电话", "电话"],
  ])("of %s is %s", (text, clause) => {
    const bytes = Buffer.from(text);
    expect(bytes.subarray(clauseStart(bytes, 0, bytes.length)).toString()).toBe(clause);
  });

  it.each([
    ["是我的病历号", 0],
    ["，是我的病历号", 3],
    [" ext 12 (my number)", 8],
    ["号，请", -1],
    ["。是", -1],
    ["请写出院小结是", -1],
  ])("a link in %s stands at %i", (text, at) => {
    const bytes = Buffer.from(text);
    expect(linkFrom(bytes, 0, bytes.length)).toBe(at < 0 ? bytes.length : at);
  });

  it.each([
    [/护照(?:号码)?|passport/i, true],
    [/\bICCID\d?\b/i, true],
    [/IMEI (?:of my \w{3,10})?/i, false],
    [/a[^b]c/, false],
    [/电话[；;]/, false],
    [/\d\d号/, false],
  ])("%s is in one clause: %s", (words, is) => {
    expect(isOfOneClause(words)).toBe(is);
  });
});
