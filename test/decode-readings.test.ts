// What a reader of the head or the body would see and the bytes do not show: pieces over neighbours, numbers written
// with an exponent, seven-bit charsets. It is read beside, so that a finding there blocks.

import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHead } from "../src/decode/head.ts";
import { wholeOf } from "../src/decode/json/numbers.ts";
import { credentialTexts } from "../src/flow/headers.ts";
import type { Destination, HeadText } from "../src/words.ts";
import { docFrom, outcome } from "./decode-doc.ts";

const docOf = (body: string, type = "application/json") => docFrom(type, body);

const headOf = (target: string, headers: string[] = []): HeadText[] => {
  const head = decodeHead(target, headers);
  if ("code" in head) throw new Error(head.code);
  return head;
};
const texts = (head: readonly HeadText[]) => head.map(({ text }) => text);

describe("pieces over neighbours of the head", () => {
  test.each<[string, string, string[], string, string]>([
    ["segments", "/phone/13800/138000", [], "phone", "phone 13800 138000"],
    ["segments, with an X", "/id/110105/19491231002/X", [], "id", "id 110105 19491231002 X"],
    ["parameters of one stem", "/a?phone1=138&phone_2=0013&phone3=8000", [], "phone1", "phone 138 0013 8000"],
    ["parameters of one name", "/a?p=13800&p=138000", [], "p", "p 13800 138000"],
    [
      "headers of one name",
      "/a",
      ["x-note", "tel 13800", "user-agent", "x", "x-note", "138000"],
      "x-note",
      "x-note tel 13800 138000",
    ],
  ])("%s", (_, target, headers, name, text) => {
    expect(headOf(target, headers)).toContainEqual(expect.objectContaining({ name, text }));
  });

  test.each<[string, string, string[]]>([
    ["something between them", "/phone/13800/x/138000", []],
    ["other names", "/a?phone=13800&size=138000", []],
    ["letters glued to the first", "/a?p=v13800&p=138000", []],
    ["letters in the second", "/a?p=13800&p=138000b", []],
    ["a header and a parameter", "/a?x-note=13800", ["x-note", "138000"]],
  ])("are none: %s", (_, target, headers) => {
    for (const text of texts(headOf(target, headers))) expect(text).not.toMatch(/13800.*138000/);
  });

  test("a file's ending belongs to no address: read with it and without", () => {
    expect(texts(headOf("/users/a@b.cn.json"))).toEqual(["users", "a@b.cn.json", "a@b.cn"]);
    expect(texts(headOf("/v1/chat"))).toEqual(["v1", "chat"]);
  });
});

describe("numbers written with a fraction or an exponent", () => {
  test.each([
    ["1.3800138e10", "13800138000"],
    ["1.3800138000E+10", "13800138000"],
    ["138001380000e-1", "13800138000"],
    ["13800138000.0", "13800138000"],
    ["-13800138000.000", "13800138000"],
    ["0.13800138e11", "13800138000"],
    ["1.3800138e+0000000010", "13800138000"],
    [`0.${"0".repeat(12_000)}13800138e12011`, "13800138000"],
    ["1e999", null],
    ["1.5e3", null],
    ["13800138000.5", null],
    ["138001380001e-1", null],
    ["1e-999", null],
    ["1e99999999999999999999", null],
  ])("%s", (written, whole) => {
    expect(wholeOf(written)).toBe(whole);
  });

  test("any spelling of a whole number gives its digits", () => {
    fc.assert(
      fc.property(fc.bigInt(100_000n, 10n ** 20n), fc.integer({ min: 0, max: 12 }), (number, shift) => {
        const digits = String(number);
        const point = digits.length - shift;
        fc.pre(point > 0);
        const written = shift === 0 ? `${digits}.0` : `${digits.slice(0, point)}.${digits.slice(point)}e${shift}`;
        expect(wholeOf(written)).toBe(digits);
        expect(wholeOf(`${digits}${"0".repeat(shift)}e-${shift}`)).toBe(digits);
      }),
    );
  });

  test("they are read beside the document; digits as they are, are not", () => {
    expect(docOf('{"a":1.3800138e10,"b":13800138000,"c":0.5,"d":123456.25}').head).toEqual([
      { where: "reading", name: "number", text: "13800138000" },
    ]);
  });
});

describe("seven-bit charsets that nobody named", () => {
  test.each([
    ["HZ", '{"a":"~{#1#3#8~}"}', "hz", "１３８"],
    ["HZ without its end", '{"a":"~{#1#3#8', "hz", "１３８"],
    ["UTF-7", '{"a":"+ADEAMwA4-"}', "utf-7", "138"],
    ["UTF-7 without its end", "tel +ADEAMwA4 x", "utf-7", "138"],
  ])("%s", (name, body, charset, text) => {
    const doc = docOf(body, name.includes("end") ? "text/plain" : "application/json");
    expect(doc.head).toContainEqual({ where: "reading", name: charset, text });
    expect(Buffer.from(doc.bytes).toString()).toBe(body);
  });

  test("what stands beside is plain: it is not said twice", () => {
    const { head } = docOf('{"tel":"13800138000","image":"q83vASNF+ADEAMwA4AA=="}');
    expect(head).toHaveLength(1);
    expect(head[0]!.text).toMatch(/^q83vASNF138/);
    expect(head[0]!.text).not.toContain("13800138000");
  });

  test.each(['{"a":"x ~{ y"}', '{"a":"1 + A"}', '{"tel":"+86 138"}', '{"a":"a~b{c}"}'])("is none: %s", (body) => {
    expect(docOf(body).head).toEqual([]);
  });
});

test("a form with NULs between its characters is no form that anybody reads alike", () => {
  expect(outcome("application/x-www-form-urlencoded", "a=%001%003%008")).toBe("charset_unsupported");
});

describe("linear in hostile text", () => {
  const MEGABYTE = 1 << 20;
  const fill = (text: string) => text.repeat(Math.floor(MEGABYTE / text.length));
  test.each([
    ["HZ that never ends", `{"a":"${fill("~{!!")} "}`],
    ["UTF-7 that never ends", `{"a":"${fill("+AD")}"}`],
    ["heads of gzip in names", `{${Array.from({ length: 30_000 }, (_, i) => `"x${i} H4sIAAAAAAAAAAAA":1`).join(",")}}`],
    ["strings that begin like zlib", `[${fill('"eJwAAAAAAAAAAAAAAAAAAAAA",')}1]`],
    ["strings that inflate", `[${fill(`"${deflateSync(Buffer.alloc(400_000)).toString("base64")}",`)}1]`],
    ["long numbers", `[${fill("1.1e9,")}1${"0".repeat(MEGABYTE)}.0]`],
  ])("%s", (_, body) => {
    const before = process.cpuUsage();
    outcome("application/json", body);
    const { user } = process.cpuUsage(before);
    expect(user / 1_000).toBeLessThan(1_000);
  });

  test("a path, a query and headers of 16 KB", () => {
    const before = process.cpuUsage();
    decodeHead(`/${"1/".repeat(8_000)}a.${"b.".repeat(4_000)}?${"p=1&".repeat(4_000)}`, fillHeaders(500));
    credentialTexts(["authorization", `Bearer ${"eyJ-".repeat(8_000)}`], PASSED);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(500);
  });
});

const fillHeaders = (count: number) => Array.from({ length: count }, () => ["x-note", "1"]).flat();
const PASSED = {
  headers: [],
  credentials: { mode: "passthrough", headers: ["authorization"], inject: new Map() },
} as unknown as Destination;
