// Disguises: what stands written in another way is found, and its place is exactly what carries it; what only looks
// like a number in pieces is not.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../src/decode/decode.ts";
import { find, findInText } from "../src/find/find.ts";
import { unescaped } from "../src/find/views/escapes.ts";
import { fold } from "../src/find/views/fold.ts";
import type { Doc, Finding } from "../src/words.ts";

const MOBILE = "13812345678";
const ID = "11010519491231002X";
const CARD = "6222020200112230079";
const KINDS = { [MOBILE]: "cn-mobile", [ID]: "cn-id", [CARD]: "bank-card" } as const;
const VALUES = Object.keys(KINDS) as (keyof typeof KINDS)[];

const each = (read: (digit: string, nth: number) => string) => (value: string) => [...value].map(read).join("");
const point = (zero: number) => each((c) => (c === "X" ? c : String.fromCodePoint(zero + Number(c))));
const numerals = (ten: string) => each((c) => (c === "X" ? c : ([...ten][Number(c)] as string)));
const code = (c: string) => c.charCodeAt(0);
const hex4 = (c: string) => code(c).toString(16).padStart(4, "0");
const chunks = (size: number, separator: string) => (value: string) =>
  value.match(new RegExp(`.{1,${size}}`, "g"))!.join(separator);

const DISGUISES: Readonly<Record<string, (value: string) => string>> = {
  "full width": each((c) => String.fromCharCode(code(c) + 0xfee0)),
  "zero width between": each((c, nth) => (nth === 0 ? c : `\u200b${c}`)),
  "many kinds of nothing between": each((c, nth) =>
    nth === 0 ? c : ["\ufeff", "\u200d", "\u00ad", "\u2060"][nth % 4] + c,
  ),
  circled: each((c) => (c === "X" ? c : c === "0" ? "⓪" : String.fromCharCode(0x245f + Number(c)))),
  keycaps: each((c) => (c === "X" ? c : `${c}\ufe0f\u20e3`)),
  "mathematical bold": point(0x1d7ce),
  "Arabic digits": point(0x660),
  "Persian digits": point(0x6f0),
  subscript: point(0x2080),
  "Chinese numerals": numerals("零一二三四五六七八九"),
  "Chinese numerals, 〇 and 幺": numerals("〇幺二三四五六七八九"),
  "financial numerals": numerals("零壹贰叁肆伍陆柒捌玖"),
  "every other one Chinese": each((c, nth) => (nth % 2 === 1 && c !== "X" ? "零一二三四五六七八九"[Number(c)]! : c)),
  "spaces between": chunks(1, " "),
  "commas between": chunks(1, ","),
  "fours with dashes": chunks(4, "-"),
  "fours with points": chunks(4, "."),
  "line by line": chunks(6, "\n"),
  "decimal references": each((c) => `&#${code(c)};`),
  "hexadecimal references": each((c) => `&#x${code(c).toString(16)};`),
  percent: each((c) => `%${code(c).toString(16)}`),
  "\\u in the text": each((c) => `\\u${hex4(c)}`),
  base64: (value) => Buffer.from(value).toString("base64"),
  "base64 with a word": (value) => Buffer.from(`手机:${value}`).toString("base64url"),
  "base64 of base64": (value) => Buffer.from(Buffer.from(`id=${value}`).toString("base64")).toString("base64"),
  hexadecimal: (value) => Buffer.from(value).toString("hex"),
  "letters for digits": (value) => value.replaceAll("0", "O").replaceAll("1", "l"),
  "combining marks": each((c) => `${c}\u0332`),
};

/** What may stay behind a number: marks on its last digit, padding of base64. */
const LEFT_OVER = /^(?:=|\u0332|\ufe0f\u20e3)*$/;

describe.each(Object.entries(DISGUISES))("%s", (name, disguise) => {
  test.each(VALUES)("%s is found, and covered whole", (value) => {
    const written = disguise(value);
    const text = `请联系：${written}，谢谢`;
    const [found, ...more] = findInText(text, "strict");
    expect(more).toEqual([]);
    expect(found, name).toMatchObject({ type: KINDS[value] });
    const covered = text.slice(found!.start, found!.end);
    expect(written.startsWith(covered), covered).toBe(true);
    expect(written.slice(covered.length)).toMatch(LEFT_OVER);
    expect(found!.original.reveal()).toBe(value);
  });

  test("in a JSON string too, to the byte", () => {
    const content = `😀"前"\n${disguise(ID)}\t后`;
    const doc = docOf({ messages: [{ content }] });
    const [found] = find(doc, "strict");
    const bytes = Buffer.from(doc.bytes.subarray(found!.byteStart, found!.byteEnd)).toString("utf8");
    expect(JSON.parse(`"${bytes}"`)).toBe(content.slice(found!.start, found!.end));
    expect(found!.path).toBe("/messages/0/content");
  });
});

function docOf(value: unknown): Doc {
  const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
  const doc = decode({ ...leaving, body: Buffer.from(JSON.stringify(value)) }, [], { bodyBytesMax: 1 << 26 });
  if ("code" in doc) throw new Error(doc.code);
  return doc;
}

const piecesIn = (value: unknown): readonly Finding[] => find(docOf(value), "strict");

describe("a number in several strings", () => {
  const users = (...contents: string[]) => ({ messages: contents.map((content) => ({ role: "user", content })) });
  test.each([
    ["fields of one name", { phone1: "138", phone2: "1234", phone3: "5678" }, MOBILE, 3],
    ["messages", users("我的手机号是138", "1234", "5678，记住"), MOBILE, 3],
    ["an array of digits", { digits: [...MOBILE].map(Number) }, MOBILE, 11],
    ["an array of pieces", { id: ["110105", "19491231", "002X"] }, ID, 3],
    ["messages of digits alone", users("1381234", "5678"), "13812345678", 2],
    ["numbered fields", { form: { part1: "1381", part2: "23456", part3: "78" } }, "13812345678", 3],
  ])("%s", (_, body, value, count) => {
    const findings = piecesIn(body);
    expect(findings.map(({ piece }) => piece)).toEqual(Array.from({ length: count }, (_, i) => i));
    expect(new Set(findings.map(({ original }) => original.reveal()))).toEqual(new Set([value]));
  });

  test.each([
    ["numbers of a request", { max_tokens: 1500, n: 1, seed: 424242 }],
    ["sizes", { width: "1380", height: "0138", depth: "000" }],
    ["token numbers", { input: [138, 1234, 5678] }],
    ["a list of years and prices", { values: ["1390", "2019", "123"] }],
    ["numbered fields of unlike length", { n1: "1381", n2: "2", n3: "345678" }],
    ["two numbered fields", { x1: "13812", x2: "345678" }],
    ["codes glued to letters", users("型号A138", "1234", "5678B")],
  ])("is none: %s", (_, body) => {
    expect(piecesIn(body)).toEqual([]);
  });
});

test.each([
  "wechat: zhang_sanfeng",
  "WeChat: zhang_sanfeng",
  "WECHAT zhang_sanfeng",
  "加vx zhang_sanfeng",
  "微信zhang_sanfeng",
])("an account without a digit is seen where its word is: %s", (text) => {
  expect(findInText(text, "strict").map(({ type, original }) => [type, original.reveal()])).toEqual([
    ["wechat-id", "zhang_sanfeng"],
  ]);
});

describe("an address with its signs in words or apart", () => {
  test.each([
    ["x.y(at)corp-mail(dot)cn", "x.y@corp-mail.cn"],
    ["x.y [at] corp [dot] cn", "x.y@corp.cn"],
    ["x.y [AT] corp [DOT] cn", "x.y@corp.cn"],
    ["x.y(AT)corp(DOT)cn", "x.y@corp.cn"],
    ["x.y@corp[.]cn", "x.y@corp.cn"],
    ["x.y@corp点cn", "x.y@corp.cn"],
    ["x.y@corp dot cn", "x.y@corp.cn"],
    ["x.y@qq。com", "x.y@qq.com"],
  ])("%s", (written, canonical) => {
    expect(covered(`请写信到 ${written} ，谢谢`)).toEqual([["email", written, canonical]]);
  });

  test.each([
    ["邮箱：", "x.y at corp.cn", "x.y@corp.cn"],
    ["邮箱 ", "x.y # corp.cn".replaceAll(" ", ""), "x.y@corp.cn"],
    ["邮箱", "x.y @ corp . cn", "x.y@corp.cn"],
    ["Email: ", "john dot smith at gmail dot com", "john.smith@gmail.com"],
    ["E-mail is ", "john.smith at gmail.com", "john.smith@gmail.com"],
  ])("behind its label: %s%s", (label, written, canonical) => {
    expect(covered(`${label}${written} ，谢谢`)).toEqual([["email", written, canonical]]);
  });

  test.each([
    "Email us at example.com for more",
    "follow us @ example.com today",
    "meet me at corp.cn, dinner at dot com",
    "list[at].com, call f(at, x).com",
    "@Override public void at(dot d)",
    "color #fff.com of 邮箱图标",
    "if (at > bytes.length) throw 1; if (at) bytes.length",
  ])("is none: %s", (text) => {
    expect(covered(text)).toEqual([]);
  });
});

describe("markup inside a number", () => {
  test.each([
    "138<b>1234</b>5678",
    '138<span class="x1">1234</span>5678',
    "138<font size=2>1234</font><i>5678</i>",
    "138<!-- 9 -->12345678",
    "13812<br/>345678",
    "138**1234**5678",
    "**138**12345678",
    "138`1234`5678",
    "138~~1234~~5678",
    "13812<b></b>345678",
  ])("%s", (written) => {
    const [found, ...more] = covered(`手机${written}，谢谢`);
    expect(more).toEqual([]);
    expect([found![0], found![2]]).toEqual(["cn-mobile", "13812345678"]);
    expect(written.replace(/^\*\*/, "").startsWith(found![1]!)).toBe(true);
  });

  test.each([String.raw`138<b>1234<\/b>5678`, String.raw`138<\/b>12345<\/i>678`])(
    "as PHP writes it in JSON: %s",
    (written) => {
      const leaving = { method: "POST", target: "/", contentType: "application/json", contentEncoding: "" };
      const body = Buffer.from(`{"note":"${written}"}`);
      const doc = decode({ ...leaving, body }, [], { bodyBytesMax: 1 << 20 });
      if ("code" in doc) throw new Error(doc.code);
      const [found, ...more] = find(doc, "strict");
      expect(more).toEqual([]);
      expect(found!.type).toBe("cn-mobile");
      expect(body.toString("utf8", found!.byteStart, found!.byteEnd)).toBe(written);
    },
  );

  test.each([
    "<td>138</td><td>1234</td><td>5678</td>",
    "1900**1200 + 2**750",
    "x = 13812**345678 + 1",
    "<p>13812</p><p>345678</p>",
    "3 < 4 and 5678 > 1234567",
  ])("is none: %s", (text) => {
    expect(covered(text)).toEqual([]);
  });
});

test.each([
  ["车牌 ", "京 A B 1 2 C 3", "plate"],
  ["车牌 ", "京A一二三四五", "plate"],
  ["微信号：", "x i a o m e i w a n g", "wechat-id"],
  ["MAC ", "3 C - 2 2 - F B - 1 A - 9 D - 0 E", "mac"],
])("of few digits, one by one: %s%s", (label, written, type) => {
  expect(covered(`${label}${written}`).map(([kind, there]) => [kind, there])).toEqual([[type, written]]);
});

/** Kind, what is covered, and what it says. */
function covered(text: string): string[][] {
  return findInText(text, "strict").map(({ type, start, end, original }) => [
    type,
    text.slice(start, end),
    original.reveal(),
  ]);
}

describe("no disguise", () => {
  test.each([
    ["a date and a time", "2026-08-06 05:06:35.262, 2026-08-07 06:07:36"],
    ["a table", "13 81 23\n45 67 8\n90 12 34"],
    ["columns", "13812 345\n23812 345\n33812 345"],
    ["an address of a machine", "192.168.100.25 and 158.166.113.25:80"],
    ["amounts", "1,381,234,567.80 元，13,812,345,678 元"],
    ["years in Chinese", "一九九八年到二〇二六年，三三两两，一五一十，七上八下"],
    ["a serial number with dashes", "SN-1381-2345-678A"],
    ["versions", "10.0.13562.1566 1.2.3.4.5.6.7.8.9.0.1"],
    ["hexadecimal of a picture", "89504e470d0a1a0a0000000d49484452"],
    ["a product number backwards", "87654321831 件"],
    ["emoji", "👨‍👩‍👧‍👦 1️⃣2️⃣3️⃣ ❤️"],
    ["prose with full-width punctuation", "价格：５０％；电话（无）。Ａ股"],
  ])("%s", (_, text) => {
    expect(findInText(text, "strict").filter(({ type }) => ["cn-mobile", "cn-id", "bank-card"].includes(type))).toEqual(
      [],
    );
  });
});

describe("views", () => {
  test("every unit of a view has its place, in order, inside the text", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    const odd = fc.string({ unit: fc.constantFrom(..."０９⓪①零一三\u200b\u0332a1%3&#;\\ux9 -"), maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(text, odd), (source) => {
        for (const view of [fold(source), unescaped(source)]) {
          if (view === null) continue;
          expect(view.at.length).toBe(view.text.length + 1);
          expect(view.at.at(-1)).toBe(source.length);
          for (let i = 1; i < view.at.length; i++) expect(view.at[i]).toBeGreaterThanOrEqual(view.at[i - 1]!);
        }
      }),
    );
  });

  test("whatever stands there, findings are in order, disjoint, within the text", () => {
    const piece = fc.oneof(
      fc.constantFrom(...VALUES, "手机", "\n", " ", "，", "卡号", "-"),
      fc.constantFrom(...VALUES.flatMap((value) => Object.values(DISGUISES).map((disguise) => disguise(value)))),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let end = 0;
        for (const found of findInText(text, "strict")) {
          expect(found.start).toBeGreaterThanOrEqual(end);
          expect(found.end).toBeGreaterThan(found.start);
          end = found.end;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 300 },
    );
  });
});
