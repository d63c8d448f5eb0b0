// The codecs of text: what they read, what they refuse, and that what leaves is what came but for what was hidden.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CODECS } from "../src/decode/codecs/all.ts";
import { pointerOf } from "../src/decode/json/pointer.ts";
import { readAt } from "../src/decode/json/read.ts";
import { docFrom, hidden, inspectedText, outcome, read, shapeOf } from "./decode-doc.ts";

const TEL = "13812345678";
const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=XX";

interface Piece {
  readonly head: string;
  readonly body: string | Buffer;
}

const part = (head: string, body: string | Buffer = ""): Piece => ({ head, body });
const field = (name: string, body: string | Buffer, more = ""): Piece =>
  part(`Content-Disposition: form-data; name="${name}"${more}`, body);
const multipart = (...parts: readonly Piece[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ head, body }) => [
      Buffer.from(`--XX\r\n${head}\r\n\r\n`),
      Buffer.from(body),
      Buffer.from("\r\n"),
    ]),
    Buffer.from("--XX--\r\n"),
  ]);

describe("what is read", () => {
  test.each<[string, string, string | Buffer, string, unknown]>([
    ["ndjson", "application/x-ndjson", '{"a":1}\n\n["b"]\r\n', "ndjson", [{ a: 1 }, ["b"]]],
    ["json-seq", "application/json-seq", '\x1e{"a":1}\n\x1e2\n', "ndjson", [{ a: 1 }, 2]],
    ["jsonl, one line", "application/jsonl", '{"a":1}', "ndjson", [{ a: 1 }]],
    ["plain text", "text/plain", `电话 ${TEL}\n`, "text", `电话 ${TEL}\n`],
    ["plain text with a mark", "text/plain", "\ufeffabc", "text", "abc"],
    ["colours of a terminal", "text/plain", "\u001b[31mred\u001b[0m", "text", "\u001b[31mred\u001b[0m"],
    ["markdown", "text/markdown; charset=utf-8", "[1] a", "text", "[1] a"],
    ["GraphQL", "application/graphql", `{ user(tel: "${TEL}") { id } }`, "text", `{ user(tel: "${TEL}") { id } }`],
    ["YAML", "application/yaml", "a: 1\n", "text", "a: 1\n"],
    ["no label", "", "hello", "text", "hello"],
    ["a label that lies", "image/png", "hello", "text", "hello"],
    ["a form", FORM, "a=1&b=%E4%B8%AD+%2B&c&=d&&a=2", "form", { a: ["1", "2"], b: "中 +", c: "", "": "d" }],
    ["a form, encoded twice", FORM, "a=%2531%2533", "form", { a: "13" }],
    ["a form, a percent sign", FORM, "a=100%25ab+100%", "form", { a: "100%ab 100%" }],
    ["a form that is JSON", FORM, '{"a":"%31"}', "json", { a: "%31" }],
    [
      "a table",
      "text/csv",
      'name,tel\r\n"a ""b""",1\r\n中,"2\n3"\r\n',
      "csv",
      [{}, { name: 'a "b"', tel: "1" }, { name: "中", tel: "2\n3" }],
    ],
    [
      "a table of numbers only",
      "text/csv",
      "13812345678,2\n3,4\n",
      "csv",
      [
        ["13812345678", "2"],
        ["3", "4"],
      ],
    ],
    ["a ragged table", "text/csv", "a,b\n1\n2,3,4", "csv", [{}, ["1"], ["2", "3", "4"]]],
    ["tabs", "text/tab-separated-values", "a\tb\n1,5\t2", "csv", [{}, { a: "1,5", b: "2" }]],
    ["semicolons", "text/csv", "a;b\n1,5;2", "csv", [{}, { a: "1,5", b: "2" }]],
    [
      "a header that is said",
      "text/csv; header=absent",
      "a,b\nc,d",
      "csv",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "XML",
      "application/xml",
      '<?xml version="1.0"?><a x="1&lt;"><b>t&#49;</b><c/><b></b></a>',
      "xml",
      {
        "": 'xml version="1.0"',
        a: { x: "1<", b: ["t1", ""], c: "" },
      },
    ],
    [
      "XML, mixed",
      "text/xml",
      "<a>x<b>y</b><![CDATA[<z>]]><!-- k --></a>",
      "xml",
      { a: { "": ["x", "<z>", " k "], b: "y" } },
    ],
    [
      "SOAP without a label",
      "",
      '<s:Envelope xmlns:s="u"><s:Body>1</s:Body></s:Envelope>',
      "xml",
      {
        "s:Envelope": { "xmlns:s": "u", "s:Body": "1" },
      },
    ],
    ["SVG", "image/svg+xml", "<svg><text>1</text></svg>", "xml", { svg: { text: "1" } }],
    [
      "events",
      "text/event-stream",
      ': hi\nid: 7\ndata: {"a":1}\n\ndata:x y\r\n\r\ndata\n\n',
      "sse",
      ["hi", "7", { a: 1 }, "x y", ""],
    ],
    [
      "parts",
      MULTIPART,
      multipart(field("a", "1"), field("j", '{"k":[2]}'), field("e", "")),
      "multipart",
      {
        a: "1",
        j: { k: [2] },
        e: "",
      },
    ],
    [
      "a file",
      MULTIPART,
      multipart(field("f", "a,b\n1,2", '; filename="x.csv"')),
      "multipart",
      { f: [{}, { a: "1", b: "2" }] },
    ],
    [
      "a file whose name lies",
      MULTIPART,
      multipart(field("f", "hello", '; filename="x.json"')),
      "multipart",
      { f: "hello" },
    ],
    ["no parts", MULTIPART, multipart(), "multipart", {}],
    [
      "mixed",
      "multipart/mixed; boundary=XX",
      multipart(part("Content-Type: application/json", "[1]")),
      "multipart",
      [[1]],
    ],
  ])("%s", (_, contentType, body, codec, shape) => {
    const doc = docFrom(contentType, body);
    expect(doc.codec).toBe(codec);
    expect(shapeOf(doc)).toEqual(shape);
    expect(Buffer.from(doc.bytes)).toEqual(Buffer.from(body));
    expect(doc).not.toHaveProperty("contentType");
    expect(hidden(doc, "no such thing").body).toEqual(Buffer.from(body));
  });
});

describe("what is refused", () => {
  const first = (body: string) => body.replace("--XX", "X--XX");
  const plain = multipart(field("a", "1")).toString();
  test.each<[string, string, string | Buffer, string]>([
    ["a line that is no JSON", "application/x-ndjson", '{"a":1}\nx', "json_invalid"],
    ["a member twice in a line", "application/x-ndjson", '{"a":1}\n{"b":1,"b":2}', "json_ambiguous"],
    ["a mark before lines", "application/x-ndjson", '\ufeff{"a":1}', "json_ambiguous"],
    ["a form that is no UTF-8", FORM, "a=%D6%D0", "charset_unsupported"],
    ["a form without end", FORM, "a=%25252531", "body_invalid"],
    ["a quote without end", "text/csv", 'a,"b', "body_invalid"],
    ["text after a quote", "text/csv", 'a,"b"c', "body_invalid"],
    ["a document type", "application/xml", "<!DOCTYPE a><a/>", "body_invalid"],
    ["entities of the sender's own", "application/xml", '<!DOCTYPE a [<!ENTITY e "1">]><a>&e;</a>', "content_opaque"],
    ["the same, unlabelled", "", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "1">]><a>&e;</a>', "content_opaque"],
    ["an entity of nobody", "application/xml", "<a>&e;</a>", "body_invalid"],
    ["a reference to no character", "application/xml", "<a>&#0;</a>", "body_invalid"],
    ["half a reference", "application/xml", "<a>&#49</a>", "body_invalid"],
    ["an ampersand", "application/xml", "<a>a & b</a>", "body_invalid"],
    ["tags that cross", "application/xml", "<a><b></a></b>", "body_invalid"],
    ["a tag left open", "application/xml", "<a><b></b>", "body_invalid"],
    ["two roots", "application/xml", "<a/><b/>", "body_invalid"],
    ["no root", "application/xml", "<!-- a -->", "body_invalid"],
    ["text beside the root", "application/xml", "<a/>b", "body_invalid"],
    ["an attribute twice", "application/xml", '<a x="1" x="2"/>', "body_invalid"],
    ["an attribute without quotes", "application/xml", "<a x=1/>", "body_invalid"],
    ["a tag in an attribute", "application/xml", '<a x="<"/>', "body_invalid"],
    ["attributes that touch", "application/xml", '<a x="1"y="2"/>', "body_invalid"],
    ["text that is no XML", "application/xml", "hello", "body_invalid"],
    ["two dashes in a comment", "application/xml", "<a><!-- -- --></a>", "body_invalid"],
    ["deep XML", "application/xml", "<a>".repeat(200) + "</a>".repeat(200), "json_too_deep"],
    ["events of ambiguous JSON", "text/event-stream", 'data: {"a":1,"a":2}\n\n', "json_ambiguous"],
    ["a preamble", MULTIPART, `hi\r\n${plain}`, "body_invalid"],
    ["a byte before", MULTIPART, first(plain), "body_invalid"],
    ["an epilogue", MULTIPART, `${plain}hi`, "body_invalid"],
    ["line feeds alone", MULTIPART, plain.replaceAll("\r\n", "\n"), "body_invalid"],
    [
      "a part inside a part",
      MULTIPART,
      multipart(field("a", 'xyz--XX\r\nContent-Disposition: form-data; name="b"\r\n\r\n2')),
      "body_invalid",
    ],
    ["a first boundary that is another", MULTIPART, plain.replace("--XX", "--YY"), "body_invalid"],
    ["no last boundary", MULTIPART, plain.replace("--XX--\r\n", ""), "body_invalid"],
    ["a boundary in a line", MULTIPART, multipart(field("a", "x--XX")), "body_invalid"],
    ["a boundary that goes on", MULTIPART, multipart(field("a", "x\r\n--XXY\r\ny")), "body_invalid"],
    ["no boundary named", "multipart/form-data", plain, "body_invalid"],
    ["two boundaries named", "multipart/form-data; boundary=XX; boundary=YY", plain, "body_invalid"],
    ["a part without a name", MULTIPART, multipart(part("Content-Disposition: form-data", "1")), "body_invalid"],
    ["a part without a disposition", MULTIPART, multipart(part("Content-Type: text/plain", "1")), "body_invalid"],
    ["a name twice", MULTIPART, multipart(field("a", "1", '; name="b"')), "body_invalid"],
    ["a backslash in a name", MULTIPART, multipart(field('a\\"b', "1")), "body_invalid"],
    [
      "a header twice",
      MULTIPART,
      multipart(field("a", "1", "\r\nContent-Type: text/csv\r\nContent-Type: text/plain")),
      "body_invalid",
    ],
    ["a folded header", MULTIPART, multipart(field("a", "1", "\r\n x")), "body_invalid"],
    [
      "base64",
      MULTIPART,
      multipart(field("a", "MTM4", "\r\nContent-Transfer-Encoding: base64")),
      "encoding_unsupported",
    ],
    [
      "quoted-printable",
      MULTIPART,
      multipart(field("a", "=31", "\r\nContent-Transfer-Encoding: quoted-printable")),
      "encoding_unsupported",
    ],
    ["a wrong length", MULTIPART, multipart(field("a", "1", "\r\nContent-Length: 2")), "body_invalid"],
    ["1,001 parts", MULTIPART, multipart(...Array.from({ length: 1001 }, () => field("a", "1"))), "body_too_large"],
    [
      "a picture",
      MULTIPART,
      multipart(field("a", Buffer.from("89504e470d0a1a0a00", "hex"), '; filename="a.png"\r\nContent-Type: image/png')),
      "content_opaque",
    ],
    [
      "a msgpack part",
      MULTIPART,
      multipart(field("a", Buffer.from([0x81, 0xa1, 0x61, 1]), "\r\nContent-Type: application/msgpack")),
      "content_opaque",
    ],
    ["control characters", "text/plain", "a\u0000b", "content_opaque"],
    ["shifts of ISO 2022", "text/plain", "a\u001b$B", "content_opaque"],
    ["a PDF that calls itself text", "text/plain", "%PDF-1.7\n", "content_opaque"],
  ])("%s", (_, contentType, body, code) => {
    const refusal = read(contentType, body);
    expect(refusal).toHaveProperty("code", code);
  });

  test("parts in parts, twice and no deeper", () => {
    const nest = (inner: Buffer, boundary: string) =>
      Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Type: multipart/mixed; boundary=${boundary}x\r\n\r\n`),
        inner,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
    const leaf = (boundary: string) => Buffer.from(`--${boundary}\r\n\r\n${TEL}\r\n--${boundary}--`);
    // a boundary that begins like the outer one is odd: told apart by a prefix of its own
    const two = nest(leaf("QQ"), "XX");
    expect(outcome("multipart/mixed; boundary=XX", Buffer.from(two.toString().replaceAll("XXx", "QQ")))).toBe(
      "multipart",
    );
    const three = nest(nest(leaf("QQ"), "PP"), "XX")
      .toString()
      .replaceAll("XXx", "PP")
      .replaceAll("PPx", "QQ");
    expect(outcome("multipart/mixed; boundary=XX", three)).toBe("body_invalid");
    expect(outcome("multipart/mixed; boundary=XX", two)).toBe("body_invalid");
  });

  test("says where, never what", () => {
    for (const [contentType, body] of [
      ["application/x-ndjson", `{"a":${TEL}x}`],
      [FORM, `a=${TEL}%D6`],
      ["text/csv", `"${TEL}`],
      ["application/xml", `<a${TEL}>&${TEL};</a>`],
      [MULTIPART, multipart(field(TEL, "1", `; ${TEL}`))],
      ["text/plain", `${TEL}\u0000`],
      [`text/${TEL}; charset=${TEL}`, "a"],
      ["application/msgpack", Buffer.from(`\xa1${TEL}`, "latin1")],
      ["application/x-protobuf", `\n\u000c${TEL}`],
    ] as const) {
      const refusal = read(contentType, body);
      expect(refusal).toHaveProperty("code");
      expect(JSON.stringify(refusal)).not.toContain(TEL);
    }
  });
});

describe("what is hidden", () => {
  test.each<[string, string, string | Buffer]>([
    ["ndjson", "application/x-ndjson", `{"t":"a\\n${TEL}"}\n{"t":${TEL}}\n`],
    ["text", "text/plain", `电话 ${TEL}, "\\x"`],
    ["form", FORM, `a=%E7%94%B5+${TEL}&${TEL}=1&b=%31%33%38%312345678`],
    ["form, twice", FORM, "a=%2531%2533812345678&b=1"],
    ["table", "text/csv", `name,tel\n"a ""${TEL}""",${TEL}\nb,"x${TEL}"`],
    ["XML", "application/xml", `<a x="${TEL}"><b>t &#49;3812345678</b><c><![CDATA[${TEL}]]></c><!--${TEL}--></a>`],
    ["events", "text/event-stream", `data: {"t":"${TEL}"}\n\ndata: ${TEL}\n\n: ${TEL}\n`],
    [
      "parts",
      MULTIPART,
      multipart(field("a", `x${TEL}`), field("j", `{"t":${TEL}}`), field("f", `a,b\n${TEL},2`, '; filename="x.csv"')),
    ],
  ])("%s: the pseudonym reads back, and nothing is left", (_, contentType, body) => {
    const { body: left, pseudonym } = hidden(docFrom(contentType, body), TEL);
    const again = docFrom(contentType, left);
    expect(inspectedText(again)).not.toContain(TEL);
    expect(left.toString()).not.toContain(TEL);
    const before = JSON.stringify(shapeOf(docFrom(contentType, body)));
    expect(JSON.stringify(shapeOf(again))).toBe(
      before
        .replaceAll(new RegExp(`(?<!["\\d\\\\n ])(?<=:)${TEL}(?=[,}\\]])`, "g"), `"${TEL}"`)
        .replaceAll(TEL, pseudonym),
    );
    expect(pseudonym).toMatch(/^<.+_[0-9A-Z]{8}>$/);
  });

  test("a fixed framing cannot be rewritten", () => {
    const doc = docFrom("application/msgpack", Buffer.from(`\xab${TEL}`, "latin1"));
    expect(() => hidden(doc, TEL)).toThrow(RangeError);
    expect(docFrom(MULTIPART, multipart(field("a", TEL, "\r\nContent-Length: 11"))).fixed).toBe(true);
    const inner = field("a", '{}\n{"type":"t","length":2}\n{}', "\r\nContent-Type: application/x-sentry-envelope");
    expect(docFrom(MULTIPART, multipart(inner)).fixed).toBe(true);
  });
});

describe("what can be read and not rewritten", () => {
  test.each<[string, string, string | Buffer, string]>([
    ["a file's name", MULTIPART, multipart(field("f", "x", `; filename="${TEL}.txt"`)), TEL],
    ["a file's name, percent", MULTIPART, multipart(field("f", "x", '; filename="%31%33812345678"')), TEL],
    ["a file's name, extended", MULTIPART, multipart(field("f", "x", "; filename*=UTF-8''%E5%BC%A0%E4%B8%89")), "张三"],
    ["a file's name, in GBK", MULTIPART, multipart(field("f", "x", "; filename*=GBK''%D5%C5%C8%FD")), "张三"],
    [
      "a file's name, an encoded word",
      MULTIPART,
      multipart(field("f", "x", '; filename="=?utf-8?B?5byg5LiJ?="')),
      "张三",
    ],
    ["a part's header", MULTIPART, multipart(field("f", "x", `\r\nX-Tel: ${TEL}`)), TEL],
    ["a part's header's name", MULTIPART, multipart(field("f", "x", `\r\nX-${TEL}: 1`)), TEL],
    ["a field's name", MULTIPART, multipart(field(TEL, "x")), TEL],
    [
      "what a part's own codec says",
      MULTIPART,
      multipart(field("x", "<a>138<![CDATA[1234]]>5678</a>", "\r\nContent-Type: text/xml")),
      TEL,
    ],
    ["an element's name", "application/xml", `<a_${TEL}/>`, TEL],
    ["text in sections", "application/xml", "<a>138<![CDATA[1234]]>5678</a>", TEL],
    ["text around a comment", "application/xml", "<a>138123<!-- x -->45678</a>", TEL],
    ["data in lines", "text/event-stream", "data: 张\ndata: 三\n\n", "张\n三"],
    ["JSON, to whoever believes the form", FORM, '{"a":"%31%33812345678"}', TEL],
  ])("%s", (_, contentType, body, text) => {
    const { head } = docFrom(contentType, body);
    expect(head.map((one) => one.text).join("|")).toContain(text);
    expect(new Set(head.map(({ where }) => where))).toEqual(new Set(["reading"]));
    expect(head.map(({ name }) => name).join("|")).not.toContain(text);
  });
});

test("the registry names exactly the folders beside it, and no type twice", () => {
  const folders = readdirSync(join(import.meta.dirname, "../src/decode/codecs"), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(CODECS.map(({ id }): string => id).sort()).toEqual(names.sort());
  const media = CODECS.flatMap((codec) => codec.media);
  expect(new Set(media).size).toBe(media.length);
});

test("places in a table and in a form have pointers, and are read by them", () => {
  const table = docFrom("text/csv", "name,tel\na,1\nb,2");
  expect(readAt(table, "/2/tel")).toBe("2");
  expect(readAt(table, "/2/no")).toBeUndefined();
  expect(pointerOf(table, table.tokens.count - 1)).toBe("/2/tel");
  const form = docFrom(FORM, "%61b=1&b=%32");
  expect(readAt(form, "/ab")).toBe("1");
  expect(readAt(form, "/b")).toBe("2");
});

describe("any form, any table, any XML of any text", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab1 中,;\"'<&%+=\n\t".split("")), maxLength: 8 });
  const name = fc.constantFrom("a", "b", "c");

  test("forms", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, text), { minLength: 1, maxLength: 5 }), (pairs) => {
        const body = new URLSearchParams(pairs).toString();
        const values = Object.values(shapeOf(docFrom(FORM, body)) as Record<string, string | string[]>).flat();
        const expected = [...new Map(pairs.map(([key]) => [key, 0])).keys()].flatMap((key) =>
          pairs.filter(([other]) => other === key).map(([, value]) => value),
        );
        fc.pre(!expected.some((value) => /%[0-9a-f]{2}/i.test(value)));
        expect(values).toEqual(expected);
      }),
    );
  });

  test("tables", () => {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        const body = ["a,b", ...rows.map((row) => row.map(quoted).join(","))].join("\r\n");
        const [, ...read] = shapeOf(docFrom("text/csv", body)) as Record<string, string>[];
        expect(read.map(({ a, b }) => [a, b])).toEqual(rows);
      }),
    );
  });

  test("XML", () => {
    const escaped = (cell: string) => cell.replace(/[&<"]/g, (one) => `&#${one.charCodeAt(0)};`);
    fc.assert(
      fc.property(text, text, (a, b) => {
        const doc = docFrom("application/xml", `<r x="${escaped(a)}"><b>${escaped(b)}</b></r>`);
        expect(shapeOf(doc)).toEqual({ r: { x: a, b } });
      }),
    );
  });
});
