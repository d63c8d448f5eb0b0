// Names and addresses that are written in escapes, in base64 or in quotation marks, under a member whose name says that
// one stands there: found, and covered whole. And escapes of numbers that other tests do not hold.

import { describe, expect, test } from "vitest";
import { find, findInText } from "../src/find/find.ts";
import { readNames } from "../src/io/names.ts";
import { docFrom } from "./decode-doc.ts";

const docOf = (body: string) => docFrom("application/json", body);

const NAMES = readNames("keys");
const NAME = "欧阳建国";
const ADDRESS = "浙江省杭州市西湖区文三路398号";

const each = (write: (c: string, nth: number) => string) => (text: string) => [...text].map(write).join("");
const hex4 = (c: string) => c.charCodeAt(0).toString(16).padStart(4, "0");
const base64 = (text: string) => Buffer.from(text).toString("base64");
const percent = (text: string) => Buffer.from(text).toString("hex").replace(/../g, "%$&");

const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
  "\\u": each((c) => `\\u${hex4(c)}`),
  "\\u with braces": each((c) => `\\u{${hex4(c)}}`),
  "half in \\u": each((c, nth) => (nth % 2 === 0 ? `\\u${hex4(c)}` : c)),
  references: each((c) => `&#${c.codePointAt(0)};`),
  percent,
  "percent twice": (text) => percent(text).replaceAll("%", "%25"),
  base64,
  "base64 of base64": (text) => base64(base64(text)),
  "base64 of percent": (text) => base64(percent(text)),
  "base64 of UTF-16": (text) => Buffer.from(text, "utf16le").toString("base64"),
  "hexadecimal of UTF-16": (text) => Buffer.from(text, "utf16le").toString("hex"),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  "quotation marks": (text) => `「${text}」`,
};

describe.each(Object.entries(WRITTEN))("%s", (name, write) => {
  test.each([
    ["name", "person", NAME],
    ["收货地址", "address", ADDRESS],
  ])("under %s", (key, type, value) => {
    const written = write(value);
    const doc = docOf(JSON.stringify({ a: [{ [key]: written }] }));
    const [found, ...more] = find(doc, "strict", NAMES);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ type, path: `/a/0/${key}` });
    const covered = JSON.parse(`"${Buffer.from(doc.bytes.subarray(found!.byteStart, found!.byteEnd)).toString()}"`);
    // padding, and quotation marks, say nothing
    expect(written.replace(covered, "")).toMatch(name === "quotation marks" ? /^(?:「」)?$/ : /^=*$/);
  });

  test("elsewhere it is no name", () => {
    expect(find(docOf(JSON.stringify({ title: write(NAME) })), "strict", NAMES)).toEqual([]);
  });
});

test("a text that was packed under such a member stands there, too", () => {
  const inside = (path: string) => {
    const files = [{ path, doc: docFrom("text/plain", NAME), firstToken: 0 }];
    return find({ ...docOf("{}"), files }, "strict", NAMES).map(({ type, where }) => `${type} ${where}`);
  };
  expect(inside("/customers/0/name")).toEqual(["person file"]);
  expect(inside("/customers/0/name!x.txt")).toEqual(["person file"]);
  expect(inside("/customers/0/title")).toEqual([]);
});

test("every person in one token of base64 counts", () => {
  const doc = docOf(JSON.stringify({ 收件人: base64("张三丰、李四光") }));
  const found = find(doc, "strict", NAMES).map(({ original }) => original.reveal());
  expect(found.length === 0 || new Set(found).size === found.length).toBe(true);
});

test.each([
  ["half of the digits in \\u", each((c, nth) => (nth % 2 === 0 ? `\\u${hex4(c)}` : c))("13712345679")],
  ["pieces behind 0086", "0086-137-1234-5679"],
])("a number: %s", (_, written) => {
  expect(findInText(`客户的手机号是 ${written} ，请回电`, "strict").map(({ original }) => original.reveal())).toEqual([
    "13712345679",
  ]);
});

test.each([
  ["an X alone ends an identity number in an array", [..."11010519491231002"].map(Number), "X"],
  ["and in small", [..."11010519491231002"].map(Number), "x"],
])("%s", (_, digits, last) => {
  const doc = docOf(JSON.stringify({ sfz: [...digits, last] }));
  const found = find(doc, "strict");
  expect(new Set(found.map(({ original }) => original.reveal()))).toEqual(new Set(["11010519491231002X"]));
  expect(found).toHaveLength(18);
});

test("an assignment in hexadecimal is no quoted-printable", () => {
  expect(findInText("a=31&b=32&c=33 x==42 =3D", "strict")).toEqual([]);
});
