// A megabyte made to be slow, for every codec. Law: each is answered in one pass: a quadratic reader would need hours
// and runs into the time limit of a test.

import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { outcome, read } from "./decode-doc.ts";

const N = 1 << 20;
const fill = (piece: string, bytes = N) => piece.repeat(Math.ceil(bytes / piece.length));
const MULTIPART = "multipart/form-data; boundary=X";
const parts = (head: string, body = "") =>
  `--X\r\nContent-Disposition: form-data; name="a"${head}\r\n\r\n${body}\r\n--X--\r\n`;

test.each<[string, string, string | Buffer]>([
  ["ndjson, short lines", "application/x-ndjson", fill("1\n")],
  ["ndjson, empty lines", "application/x-ndjson", fill(" \n")],
  ["text of brackets", "text/plain", fill("[")],
  ["text of braces and lines", "text/plain", fill('{"a":1}\n') + "x"],
  ["text of quotes", "", fill('"')],
  ["form, many pairs", "application/x-www-form-urlencoded", fill("a=b&")],
  ["form, pairs and one sign", "application/x-www-form-urlencoded", `${fill("a=b&")}c=%31`],
  ["form, signs", "application/x-www-form-urlencoded", fill("%")],
  ["form, encoded signs", "application/x-www-form-urlencoded", fill("%25")],
  ["form, encoded twice", "application/x-www-form-urlencoded", fill("%2525")],
  ["csv, commas", "text/csv", fill(",")],
  ["csv, quotes", "text/csv", fill('""')],
  ["csv, short rows", "text/csv", fill("a\n")],
  ["csv, no separator", "text/csv", fill("a")],
  ["xml, elements", "application/xml", `<a>${fill("<b/>")}</a>`],
  ["xml, texts", "application/xml", `<a>${fill("<b>1</b>")}</a>`],
  ["xml, mixed", "application/xml", `<a>${fill("x<b/>")}</a>`],
  ["xml, attributes", "application/xml", `<a ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(" ")}/>`],
  ["xml, references", "application/xml", `<a>${fill("&#49;")}</a>`],
  ["xml, ampersands", "application/xml", `<a>${fill("&")}</a>`],
  ["xml, sections", "application/xml", `<a>${fill("<![CDATA[x]]>")}</a>`],
  ["xml, open sections", "application/xml", `<a>${fill("<![CDATA[")}`],
  ["xml, comments", "application/xml", `<a>${fill("<!--x-->")}</a>`],
  ["xml, depth", "application/xml", fill("<a>")],
  ["xml, a declaration", "application/xml", `<?xml ${fill(" encoding=")}`],
  ["xml, spaces", "application/xml", `<a${fill(" ")}`],
  ["events, short", "text/event-stream", fill("data:1\n\n")],
  ["events, one of many lines", "text/event-stream", fill("data:1\n")],
  ["parts, a long header", MULTIPART, parts(`\r\nX: ${fill("a*")}`)],
  ["parts, odd parameters", MULTIPART, parts(fill(";", 16_000))],
  ["parts, stars", MULTIPART, parts(`\r\nX: ${fill("a*0=b;", 16_000)}`)],
  ["parts, words", MULTIPART, parts(`\r\nX: ${fill("=?a", 16_000)}`)],
  ["parts, dashes", MULTIPART, parts("", fill("--"))],
  ["parts, no end", MULTIPART, parts("", fill("\r\n-")).slice(0, -4)],
  ["parts, a thousand", MULTIPART, `${fill(parts("").slice(0, -7), 60_000)}--X--`],
  ["msgpack, lists", "application/msgpack", Buffer.concat([Buffer.from("dd00100000", "hex"), Buffer.alloc(N, 0x90)])],
  ["msgpack, names", "application/msgpack", Buffer.concat([Buffer.from("df00080000", "hex"), Buffer.alloc(N, 1)])],
  [
    "cbor, lists",
    "application/cbor",
    Buffer.concat([Buffer.from("9f", "hex"), Buffer.alloc(N, 0x80), Buffer.from("ff", "hex")]),
  ],
  [
    "cbor, chunks",
    "application/cbor",
    Buffer.concat([Buffer.from("7f", "hex"), Buffer.alloc(N, 0x60), Buffer.from("ff", "hex")]),
  ],
  ["protobuf, fields", "application/x-protobuf", Buffer.from("0801".repeat(N / 2), "hex")],
  ["protobuf, nested", "application/x-protobuf", nested(2000)],
  ["gRPC, empty frames", "application/grpc", Buffer.alloc(N - (N % 5))],
  ["gRPC, small bombs", "application/grpc", Buffer.concat(Array.from({ length: 1000 }, smallBomb))],
  ["envelope, lines", "application/x-sentry-envelope", `{}\n${fill("\n")}`],
  ["an envelope, perhaps", "text/plain", `{${fill('"type":"')}}\n{}`],
  ["GBK, or not", "text/plain", Buffer.alloc(N, 0xd5)],
  ["Latin, or not", "text/plain", Buffer.from(fill("\u00e9a"), "latin1")],
  ["anything", "", Buffer.alloc(N, 0xfe)],
  ["a file of base64", "text/plain", fill(`${"QUJD".repeat(18)}wxyz\n`)],
])("%s", (_, contentType, body) => {
  const doc = read(contentType, body);
  expect("code" in doc || doc.bytes.length <= 8 * N).toBe(true);
});

function nested(depth: number): Buffer {
  let inner = Buffer.from([0x08, 0x01]);
  for (let i = 0; i < depth; i++) {
    const head = inner.length < 128 ? [0x0a, inner.length] : [0x0a, (inner.length & 0x7f) | 0x80, inner.length >> 7];
    inner = Buffer.concat([Buffer.from(head), inner]);
  }
  return inner;
}

function smallBomb(): Buffer {
  const bomb = gzipSync(Buffer.alloc(1 << 20));
  return Buffer.concat([Buffer.from([1, 0, 0, bomb.length >> 8, bomb.length & 0xff]), bomb]);
}

test("a file of base64 in lines is content, a list of words is not", () => {
  const line = Buffer.from("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR").toString("base64");
  expect(outcome("text/plain", fill(`${line}\n`, 4000))).toBe("content_opaque");
  expect(outcome("text/plain", fill("apple\nplum\ncherry\nbanana9XYZ\n", 4000))).toBe("text");
  const form = (value: string) => outcome("application/x-www-form-urlencoded", `a=${value}`);
  expect(form(fill(encodeURIComponent(`${line}+/=`), 4000))).toBe("content_opaque");
  expect(form(encodeURIComponent(`data:image/png;base64,${fill(line, 4000)}`))).toBe("content_opaque");
  expect(form(encodeURIComponent(fill("请翻译 please translate this ", 4000)))).toBe("form");
  expect(form(fill("please+translate+the+text%2C+THE+WHOLE+0123+", 4000))).toBe("form");
  expect(outcome("message/rfc822", "Content-Transfer-Encoding: base64\r\n\r\nMTM4")).toBe("content_opaque");
});
