// Labels: what names a number, what comes between, and who else may have it; and that asking stays linear.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DETECTORS } from "../src/find/all.ts";
import { findInText } from "../src/find/find.ts";
import { anyOf, isOthers, keyNames, labelOf, plainName } from "../src/find/shared/label.ts";
import { nameBefore, type Words } from "../src/find/shared/near.ts";

const WORDS: Words = { text: anyOf("病历号|护照", String.raw`\bMRN\b`), key: keyNames(["blh"], ["recordno"]) };
const NUMBER = "12345678";
const label = (text: string, key = "") => {
  const start = text.indexOf(NUMBER);
  return labelOf(text, start, start + NUMBER.length, { key }, WORDS);
};

describe("a number has the label that stands before it, or right after", () => {
  test.each([
    [`病历号${NUMBER}`, "format+context"],
    [`病历号：${NUMBER}`, "format+context"],
    [`病历号是 ${NUMBER}`, "format+context"],
    [`病历号（必填）：${NUMBER}`, "format+context"],
    [`护照丢了，号码是${NUMBER}`, "format+context"],
    [`| 病历号 | ${NUMBER} |`, "format+context"],
    [`病历号\n${NUMBER}`, "format+context"],
    [`{"病历号": "${NUMBER}"}`, "format+context"],
    [`${NUMBER}是我的病历号`, "format+context"],
    [`“${NUMBER}”（病历号）`, "format+context"],
    [`{"blh":"${NUMBER}"}`, "key"],
    [`{\\"old_record_no\\": \\"${NUMBER}\\"}`, "key"],
    [`a=1&blh=${NUMBER}&b=2`, "key"],
    [`<blh>${NUMBER}</blh>`, "key"],
    [`- blh: ${NUMBER}`, "key"],
  ])("%s", (text, certainty) => {
    expect(label(text)?.certainty).toBe(certainty);
  });
  test.each([
    `病历号已登记，订单号${NUMBER}`,
    `病历号：无；流水 ${NUMBER}`,
    `病历号 1，2，${NUMBER}`,
    `{"病历号":"无","no":"${NUMBER}"}`,
    `| 病历号 | - | ${NUMBER} |`,
    `病历号、发票、${NUMBER}`,
    `价格 ${NUMBER}（不含病历号）`,
    `订单${NUMBER}，病历号另行提供`,
    `blh=&order_id=${NUMBER}`,
    `${NUMBER}`,
  ])("not %s", (text) => {
    expect(label(text)).toBeNull();
  });
  test("the nearer label is nearer", () => {
    expect(label(`病历号${NUMBER}`)!.near).toBeLessThan(label(`病历号登记的是${NUMBER}`)!.near);
    expect(label(`病历号登记的是${NUMBER}`)!.near).toBeLessThan(label(`${NUMBER}是我的病历号`)!.near);
  });
  test("a member's name speaks for its value, not for a long text", () => {
    expect(label(NUMBER, "oldRecordNo")?.certainty).toBe("key");
    expect(label(`${"一二三四五六七八九十".repeat(10)}${NUMBER}`, "oldRecordNo")).toBeNull();
  });
});

test("of two labels the nearer names the kind", () => {
  const types = (text: string) => findInText(text, "strict").map(({ type }) => type);
  expect(types("社保号：E12345678")).toEqual(["social-security"]);
  expect(types("护照号：E12345678")).toEqual(["cn-passport"]);
  expect(types("公积金账号：330100123456，社保号：6123456789")).toEqual(["housing-fund", "social-security"]);
});

test.each([
  ["订单号：", "", true],
  ['"traceId": "', "", true],
  ["", "orderNo", true],
  ["旅客 ", "", false],
  ["", "remark", false],
])("%j under %j is another's: %s", (before, key, others) => {
  expect(isOthers(`${before}E12345678`, before.length, { key })).toBe(others);
});

test("names of members are compared plain, whole or by their end", () => {
  expect(plainName("Old_Record-No.")).toBe("oldrecordno");
  for (const name of ["blh", "blh2", "recordNo", "OLD_RECORD_NO"]) expect(WORDS.key.test(plainName(name))).toBe(true);
  for (const name of ["xblh", "recordNotes", "blhx"]) expect(WORDS.key.test(plainName(name))).toBe(false);
});

test("a suspect is a finding like any other", () => {
  const [found] = findInText("身份证号110105194912310021", "strict");
  expect(found).toMatchObject({ type: "cn-id", certainty: "suspect", identifies: "strong", sensitive: true });
});

test("spans are in order, inside the text, and canonical where they are no suspects", () => {
  const piece = fc.constantFrom(
    "护照",
    "病历号：",
    "电话",
    "E12345678",
    "12345678",
    "+1 415-555-2671",
    " ",
    "，",
    "(",
    "-",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      const text = pieces.join("");
      for (const { find } of DETECTORS)
        for (const { start, end } of find(text, { key: "" })) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
    }),
    { numRuns: 100 },
  );
});

describe("a name in the text itself", () => {
  /** The long way: an expression. */
  const NAMED = /([\w\u4e00-\u9fff-]{1,24})\\{0,3}["']?\s?[:=：]\s?\\{0,3}["']?$/;

  test("is read as an expression reads it", () => {
    const piece = fc.constantFrom(
      "sjh",
      "手机号",
      "_",
      "-",
      "\\",
      '"',
      "'",
      " ",
      "\t",
      "\u3000",
      "\ufeff",
      ":",
      "=",
      "：",
      "7",
      ".",
      "电",
    );
    let named = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.nat(3), (pieces, after) => {
        const before = pieces.join("");
        const expected = NAMED.exec(before)?.[1] ?? "";
        expect(nameBefore(before + "9".repeat(after), before.length), before).toBe(expected);
        if (expected !== "") named++;
      }),
      { numRuns: 2000 },
    );
    expect(named).toBeGreaterThan(100);
  });

  test("has 24 units at most", () => {
    expect(nameBefore(`${"a".repeat(30)}: `, 32)).toBe("a".repeat(24));
  });
});
