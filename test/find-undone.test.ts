// Names and addresses that are written in escapes, in base64 or in quotation marks, under a member whose name says that
// one stands there: found, and covered whole. And escapes of numbers that other tests do not hold.

import { describe, expect, test } from "vitest";
import { find, findInText } from "../src/find/find.ts";
import { readNames } from "../src/io/names.ts";
import { cpuMs } from "./cpu.ts";
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

describe("an address whose sign alone is written otherwise, as URLs and logs have it", () => {
  const coveredIn = (text: string) => findInText(text, "strict").map(({ start, end }) => text.slice(start, end));
  test.each([
    ["percent", "GET /a?email=zhang.san%40qq.com&x=1", "zhang.san%40qq.com"],
    ["percent twice", "https://x.cn/?r=%252Fa&m=zhang.san%2540qq.com", "zhang.san%2540qq.com"],
    ["a reference", "<a>zhang.san&#64;qq.com</a>", "zhang.san&#64;qq.com"],
    ["in hexadecimal", "zhang.san&#x40;qq.com", "zhang.san&#x40;qq.com"],
    ["with noughts", "zhang.san&#0064;qq.com", "zhang.san&#0064;qq.com"],
    ["JSON in a text", String.raw`{"m":"zhang.san\u0040qq.com"}`, String.raw`zhang.san\u0040qq.com`],
    ["JavaScript", String.raw`'zhang.san\x40qq.com'`, String.raw`zhang.san\x40qq.com`],
  ])("%s", (_, text, covered) => {
    expect(coveredIn(text)).toEqual([covered]);
    const doc = docOf(JSON.stringify({ log: [text] }));
    expect(find(doc, "strict").map(({ original }) => original.reveal())).toEqual(["zhang.san@qq.com"]);
  });

  test.each(["https://registry.example/%40babel%2Fcore", "100%40 off", "a=%40b", "x&#64;", String.raw`\u0040media`])(
    "is none: %s",
    (text) => expect(coveredIn(text)).toEqual([]),
  );
});

describe("a number that a program took for a floating one", () => {
  const of = (text: string) => findInText(text, "strict");
  test.each([
    ["Java", "手机,1.3712345679E10,x", "1.3712345679E10"],
    ["C", "tel 1.3712345679e+10", "1.3712345679e+10"],
    ["with noughts at its end", "1.3712345E10", "1.3712345E10"],
    ["behind another", "2 1.3712345679E10", "1.3712345679E10"],
    ["pandas", "name,phone\nx,13712345679.0\n", "13712345679.0"],
    ["at the end of a sentence", "拨打13712345679.0.", "13712345679.0"],
  ])("%s", (_, text, covered) => {
    expect(of(text).map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([["cn-mobile", covered]]);
  });

  test.each([
    "v13712345679.0",
    "13712345679.0.1",
    "13712345679.05",
    "1.3712345679e-10",
    "1.3712345679E10x",
    "1.37123456791E10",
    "3.13712345679E1",
  ])("is none: %s", (text) => expect(of(text)).toEqual([]));

  test("in a table, with what stands for it in its place", () => {
    const doc = docFrom("text/csv", "name,phone\nx,1.3712345679E10\ny,13712345678.0\n");
    expect(find(doc, "strict").map(({ original }) => original.reveal())).toEqual(["13712345679", "13712345678"]);
  });
});

describe("a number in several fields that are escaped otherwise than JSON's", () => {
  const FORM = "application/x-www-form-urlencoded";
  test.each([
    ["one name again and again", FORM, "phone=137&phone=1234&phone=5679"],
    ["behind a sentence", FORM, "phone=%E6%89%8B%E6%9C%BA%E5%8F%B7%E6%98%AF+137&phone=1234&phone=5679"],
    ["numbered", FORM, "phone1=137&phone2=1234&phone3=5679"],
    ["as PHP's", FORM, "phone[]=137&phone[]=1234&phone[]=5679"],
    ["as qs's", FORM, "phone[0]=137&phone[1]=1234&phone[2]=5679"],
    ["with points", FORM, "phone.0=137&phone.1=1234&phone.2=5679"],
    ["XML", "application/xml", "<r><phone>137</phone><phone>1234</phone><phone>5679</phone></r>"],
    ["a table of quoted cells", "text/csv", '"phone1","phone2"\n"1371234","5679"\n'],
  ])("%s", (_, contentType, body) => {
    const found = find(docFrom(contentType, body), "strict");
    expect(new Set(found.map(({ original }) => original.reveal()))).toEqual(new Set(["13712345679"]));
  });

  test.each([
    ["an escape is no piece", FORM, "phone=137&phone=%311234&phone=5679"],
    ["an escape before it", FORM, "phone=%3137&phone=1234&phone=5679"],
    ["years", FORM, "a[]=2024&a[]=2025&a[]=2026"],
  ])("is none: %s", (_, contentType, body) => expect(find(docFrom(contentType, body), "strict")).toEqual([]));
});

describe("eleven digits in base64 or hexadecimal of what is no text", () => {
  const inside = (bytes: Buffer) => Buffer.concat([Buffer.from([0xff, 0, 1]), bytes, Buffer.from([0xb5, 0xe7])]);
  const TEL = "13712345679";
  test.each([
    ["GBK", Buffer.concat([Buffer.from([0xb5, 0xe7, 0xbb, 0xb0]), Buffer.from(TEL)]).toString("base64"), TEL],
    ["a message of protocol buffers", Buffer.from(`\n\u000ftel ${TEL}`).toString("base64"), TEL],
    ["a mark of UTF-16 in front of ASCII", Buffer.from([0xff, 0xfe, ...Buffer.from(TEL)]).toString("base64"), TEL],
    ["anything", inside(Buffer.from("11010519491231002X")).toString("base64"), "11010519491231002X"],
    ["base64url", inside(Buffer.from("6222020200112230079")).toString("base64url"), "6222020200112230079"],
    ["hexadecimal", inside(Buffer.from(` ${TEL} `)).toString("hex"), TEL],
    ["something in front of it", `v${base64(TEL)}`, TEL],
    ["two of them", `ab${base64(`to ${TEL}`)}`, TEL],
    ["three of them", `abc${base64(`tel ${TEL}`)}`, TEL],
  ])("%s", (_, written, value) => {
    const text = `data=${written}`;
    const [found, ...more] = findInText(text, "strict");
    expect([found?.original.reveal(), more]).toEqual([value, []]);
    expect(text.slice(found!.start, found!.end).replace(/=+$/, "")).toBe(written.replace(/=+$/, ""));
  });

  test.each([
    "MNOMNOMNOMNOMNOMNOMNO",
    base64("\u0001123456789\u0002"),
    "NDMMMMMMMMMMMMM",
    "Number",
    "MAXIMUM_NUMBER_OF_ITEMS",
  ])("is none: %s", (text) => expect(findInText(text, "strict")).toEqual([]));

  test("linear: a text of such letters", () => {
    const before = cpuMs();
    expect(findInText("NDUMNOMNO ".repeat(20_000), "strict")).toEqual([]);
    expect(findInText("MNO4".repeat(50_000), "strict")).toEqual([]);
    expect(cpuMs() - before).toBeLessThan(600);
  });
});
