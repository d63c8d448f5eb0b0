// Charsets: by label, by mark, by what fits. What leaves is UTF-8 with a label that says so, and every other reading of
// the same bytes is inspected too.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { docFrom, inspectedText, outcome, read, shapeOf } from "./decode-doc.ts";

/** 张三的电话号码是 in several charsets, by hand: Node encodes none of them. */
const GBK = Buffer.from("d5c5c8fdb5c4b5e7bbb0bac5c2ebcac7", "hex");
const BIG5 = Buffer.from("b169a454aabab971b8dcb8b9bd58ac4f", "hex");
const TEXT = "张三的电话号码是";
const TRADITIONAL = "張三的電話號碼是";
const TEL = "13812345678";

const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();
const utf32 = (text: string, little: boolean) =>
  Buffer.concat(
    [...text].map((character) => {
      const four = Buffer.alloc(4);
      if (little) four.writeUInt32LE(character.codePointAt(0)!);
      else four.writeUInt32BE(character.codePointAt(0)!);
      return four;
    }),
  );
const followed = (bytes: Buffer, ascii: string) => Buffer.concat([bytes, Buffer.from(ascii, "latin1")]);

test("nothing but a byte order mark is nothing", () => {
  expect(outcome("", Buffer.from([0xfe, 0xff]))).toBe("empty");
});

describe("transcoded to UTF-8, and labelled so", () => {
  test.each<[string, string, Buffer, string, string]>([
    ["GBK", "text/plain; charset=gbk", followed(GBK, TEL), TEXT + TEL, "text/plain; charset=utf-8"],
    ["GB 2312, capitals", 'Text/Plain; Charset="GB2312"', GBK, TEXT, "text/plain; charset=utf-8"],
    [
      "GB 18030, four bytes",
      "text/plain; charset=gb18030",
      Buffer.from("8139ee39", "hex"),
      "㐀",
      "text/plain; charset=utf-8",
    ],
    [
      "Big5",
      "text/plain; charset=big5; format=flowed",
      BIG5,
      TRADITIONAL,
      'text/plain; format="flowed"; charset=utf-8',
    ],
    [
      "ISO 8859-1",
      "text/plain; charset=iso-8859-1",
      Buffer.from("caf\u00e9", "latin1"),
      "café",
      "text/plain; charset=utf-8",
    ],
    [
      "Windows-1252",
      "text/plain; charset=windows-1252",
      Buffer.from("\u0080\u0093", "latin1"),
      "€“",
      "text/plain; charset=utf-8",
    ],
    ["UTF-16 LE", "text/plain; charset=utf-16le", Buffer.from(TEXT, "utf16le"), TEXT, "text/plain; charset=utf-8"],
    ["UTF-16 BE by its mark", "text/plain", utf16be(`\ufeff${TEXT}`), TEXT, "text/plain; charset=utf-8"],
    [
      "UTF-16 with its mark",
      "text/plain; charset=utf-16",
      Buffer.from(`\ufeff${TEXT}`, "utf16le"),
      TEXT,
      "text/plain; charset=utf-8",
    ],
    [
      "UTF-16 without any",
      "text/plain",
      Buffer.from(`tel ${TEL} ${TEXT}`, "utf16le"),
      `tel ${TEL} ${TEXT}`,
      "text/plain; charset=utf-8",
    ],
    ["UTF-16 BE, unlabelled", "", utf16be(`tel ${TEL}`), `tel ${TEL}`, "text/plain; charset=utf-8"],
    ["UTF-32 LE by its mark", "text/plain", utf32(`\ufeff${TEXT}😀`, true), `${TEXT}😀`, "text/plain; charset=utf-8"],
    ["UTF-32 BE, named", "text/plain; charset=utf-32be", utf32(TEXT, false), TEXT, "text/plain; charset=utf-8"],
    ["UTF-32, unlabelled", "text/plain", utf32(`tel ${TEL}`, true), `tel ${TEL}`, "text/plain; charset=utf-8"],
    ["GBK, unlabelled", "text/plain", followed(GBK, TEL), TEXT + TEL, "text/plain; charset=utf-8"],
    ["Big5, unlabelled", "text/plain", followed(BIG5, TEL), TRADITIONAL + TEL, "text/plain; charset=utf-8"],
    [
      "Latin letters, unlabelled",
      "text/plain",
      Buffer.from("voil\u00e0 un caf\u00e9 cr\u00e8me", "latin1"),
      "voilà un café crème",
      "text/plain; charset=utf-8",
    ],
    [
      "a file that says nothing",
      "application/octet-stream",
      followed(GBK, TEL),
      TEXT + TEL,
      "application/octet-stream; charset=utf-8",
    ],
  ])("%s", (_, contentType, body, text, label) => {
    const doc = docFrom(contentType, body);
    expect(shapeOf(doc)).toBe(text);
    expect(Buffer.from(doc.bytes).toString()).toBe(text);
    expect(doc.contentType).toBe(label);
  });

  test("JSON, forms, tables, XML and parts", () => {
    const json = docFrom("application/json", Buffer.from('{"a":"张"}', "utf16le"));
    expect([shapeOf(json), json.contentType]).toEqual([{ a: "张" }, "application/json; charset=utf-8"]);
    expect(shapeOf(docFrom("", Buffer.from('\ufeff{"a":"张"}', "utf16le")))).toEqual({ a: "张" });
    expect(docFrom("", Buffer.from('\ufeff{"a":"张"}', "utf16le")).contentType).toBe("application/json; charset=utf-8");
    expect(shapeOf(docFrom("text/csv; charset=gbk", followed(GBK, ",b\n1,2")))).toEqual([{}, { [TEXT]: "1", b: "2" }]);
    const xml = docFrom(
      "application/xml",
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="GBK"?><a>'), GBK, Buffer.from("</a>")]),
    );
    expect(shapeOf(xml)).toMatchObject({ a: TEXT });
    expect(Buffer.from(xml.bytes).toString()).toBe(`<?xml version="1.0" encoding="UTF-8"?><a>${TEXT}</a>`);
    expect(xml.contentType).toBe("application/xml; charset=utf-8");
  });

  test("a part in GBK leaves in UTF-8 with a label of its own, and the other parts as they came", () => {
    const body = Buffer.concat([
      Buffer.from(
        '--XX\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\nContent-Type: text/csv; charset=gbk\r\n\r\n',
      ),
      followed(GBK, "\r\n1"),
      Buffer.from('\r\n--XX\r\nContent-Disposition: form-data; name="g"\r\n\r\nx\r\n--XX--'),
    ]);
    const doc = docFrom("multipart/form-data; boundary=XX", body);
    expect(shapeOf(doc)).toEqual({ f: [{}, { [TEXT]: "1" }], g: "x" });
    expect(Buffer.from(doc.bytes).toString()).toBe(
      `--XX\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\nContent-Type: text/csv; charset=utf-8\r\n\r\n${TEXT}\r\n1` +
        '\r\n--XX\r\nContent-Disposition: form-data; name="g"\r\n\r\nx\r\n--XX--',
    );
    expect(doc).not.toHaveProperty("contentType");
  });
});

describe("refused", () => {
  test.each<[string, string, Buffer]>([
    ["UTF-7", "text/plain; charset=utf-7", Buffer.from("+ADEAMw-")],
    ["EBCDIC, named", "text/plain; charset=ibm037", Buffer.from("f1f3f8", "hex")],
    ["EBCDIC, unlabelled", "text/plain", Buffer.from("f1f3f8f1f2f3f4f5f6f7f8f9f1f3f8f1f2f3f4f5", "hex")],
    ["ISO 2022", "text/plain; charset=iso-2022-cn", Buffer.from("a")],
    ["Shift JIS", "text/plain; charset=shift_jis", Buffer.from("a")],
    ["GBK that is none", "text/plain; charset=gbk", Buffer.from("d5", "hex")],
    ["UTF-8 that is GBK", "text/plain; charset=utf-8", GBK],
    ["UTF-8 that is cut", "text/plain", Buffer.from(TEXT).subarray(0, -1)],
    ["UTF-16 of three bytes", "text/plain; charset=utf-16le", Buffer.from("610062", "hex")],
    ["UTF-16 of half a pair", "text/plain; charset=utf-16le", Buffer.from("3dd8", "hex")],
    ["UTF-16 that nothing says the order of", "text/plain; charset=utf-16", Buffer.from("ÿÿÿÿ", "latin1")],
    ["UTF-32 beyond Unicode", "text/plain; charset=utf-32le", Buffer.from("00001100", "hex")],
    ["a mark of another charset", "text/plain; charset=gbk", Buffer.from("\ufeffa")],
    ["a mark of another order", "text/plain; charset=utf-16be", Buffer.from("\ufeffa", "utf16le")],
    ["two charsets", "text/plain; charset=gbk; charset=big5", GBK],
    [
      "two charsets, one inside",
      "application/xml; charset=big5",
      Buffer.from('<?xml version="1.0" encoding="GBK"?><a/>'),
    ],
    ["undefined in Windows-1252", "text/plain; charset=windows-1252", Buffer.from("81", "hex")],
    ["a lone accent, which could be a slip", "text/plain", Buffer.from("caf\u00e9", "latin1")],
    ["two bytes that are no text", "application/octet-stream; charset=utf-16", Buffer.from("0001", "hex")],
    [
      "letters that are Chinese to others",
      "text/plain",
      Buffer.from("\u00c0\u00c1 \u00c8\u00c9 \u00cc\u00cd", "latin1"),
    ],
  ])("%s", (_, contentType, body) => {
    expect(outcome(contentType, body)).toBe("charset_unsupported");
  });
});

test("who does not believe the label reads something else, and that is inspected too", () => {
  const gbkAsLatin = docFrom("text/plain; charset=iso-8859-1", GBK);
  expect(inspectedText(gbkAsLatin)).toContain(TEXT);
  const utf8AsGbk = docFrom("text/plain; charset=gbk", Buffer.from("张三电话"));
  expect(inspectedText(utf8AsGbk)).toContain("张三电话");
  // bytes that are ASCII to everybody but the label
  expect(inspectedText(docFrom("text/plain; charset=utf-16le", `${TEL} `))).toContain(TEL);
  // a byte order mark in front of anything
  for (const mark of [Buffer.from("fffe", "hex"), Buffer.from("feff", "hex")])
    expect(inspectedText(docFrom("text/plain", followed(mark, `tel ${TEL}.`)))).toContain(TEL);
  expect(docFrom("text/plain", Buffer.from(`\ufeff电话 ${TEL}`, "utf16le")).head).toEqual([]);
  const clear = docFrom("text/plain; charset=gbk", followed(GBK, TEL));
  // what everybody reads alike can be rewritten where it stands: it blocks nothing
  expect(clear.head.map(({ text }) => text).join("")).not.toContain(TEL);
  expect(clear.head.every(({ where }) => where === "reading")).toBe(true);
});

test("whatever the bytes and the label, what is read is what leaves", () => {
  const labels = [
    "",
    "text/plain",
    "text/plain; charset=gbk",
    "text/csv; charset=big5",
    "application/json; charset=utf-16le",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...labels), fc.uint8Array({ minLength: 1, maxLength: 30 }), (label, bytes) => {
      const doc = read(label, bytes);
      if ("code" in doc) return;
      // no byte of the caller's but as UTF-8
      const utf8 = Buffer.from(doc.bytes);
      expect(Buffer.from(utf8.toString("utf8"))).toEqual(utf8);
      // nothing but a byte order mark: nothing leaves
      if (doc.codec === "empty") {
        expect(Buffer.from(bytes).toString("hex")).toMatch(/^(?:0000)?(?:fffe|feff)(?:0000)?$/);
        return;
      }
      if (doc.contentType === undefined) expect(utf8).toEqual(Buffer.from(bytes));
      else expect(doc.contentType).toMatch(/; charset=utf-8$/);
      const again = read(doc.contentType ?? label, doc.bytes);
      expect(again).toMatchObject({ codec: doc.codec });
    }),
    { numRuns: 2000 },
  );
});
