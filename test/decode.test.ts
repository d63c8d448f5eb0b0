// Decoding: what the gate reads, and above all what it refuses to read. Text never stands in a refusal.

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decode, type Leaving } from "../src/decode/decode.ts";
import type { HeadText } from "../src/words.ts";
import { cpuMs } from "./cpu.ts";

const JSON_TEXT = '{"a":"13812345678"}';
const LIMITS = { bodyBytesMax: 1 << 20 };

function decoded(over: Partial<Leaving> & { text?: string }, headers: readonly string[] = [], limits = LIMITS) {
  const { text = JSON_TEXT, ...rest } = over;
  const leaving = { method: "POST", target: "/v1/x", contentType: "application/json", contentEncoding: "" };
  return decode({ ...leaving, body: Buffer.from(text), ...rest }, headers, limits);
}

const outcome = (...args: Parameters<typeof decoded>) => {
  const doc = decoded(...args);
  return "code" in doc ? doc.code : doc.codec;
};

const gz = gzipSync(JSON_TEXT);
const chain = (...codings: ((bytes: Uint8Array) => Buffer)[]): Buffer =>
  codings.reduce<Buffer>((bytes, code) => code(bytes), Buffer.from(JSON_TEXT));

describe("content-encoding", () => {
  test.each<[string, string, Buffer, string]>([
    ["none", "", Buffer.from(JSON_TEXT), "json"],
    ["identity", "identity", Buffer.from(JSON_TEXT), "json"],
    ["gzip", "gzip", gz, "json"],
    ["x-gzip, capitals", "X-GZIP", gz, "json"],
    ["deflate", "deflate", deflateSync(JSON_TEXT), "json"],
    ["br", "br", brotliCompressSync(JSON_TEXT), "json"],
    ["two layers, in order", "gzip, br", chain(gzipSync, brotliCompressSync), "json"],
    ["three layers", "gzip,deflate,br", chain(gzipSync, deflateSync, brotliCompressSync), "json"],
    ["two members of gzip are one stream", "gzip", Buffer.concat([gzipSync('{"a":'), gzipSync("1}")]), "json"],
    ["four layers", "gzip,gzip,gzip,gzip", chain(gzipSync, gzipSync, gzipSync, gzipSync), "encoding_unsupported"],
    ["zstd that is none", "zstd", gz, "encoding_broken"],
    ["unknown", "rot13", gz, "encoding_unsupported"],
    ["the label lies", "gzip", Buffer.from(JSON_TEXT), "encoding_broken"],
    ["the label is missing", "", gz, "content_opaque"],
    ["wrong order", "br, gzip", chain(gzipSync, brotliCompressSync), "encoding_broken"],
    ["raw deflate", "deflate", deflateRawSync(JSON_TEXT), "json"],
    [
      "bytes after raw deflate",
      "deflate",
      Buffer.concat([deflateRawSync(JSON_TEXT), Buffer.from("x")]),
      "encoding_broken",
    ],
    ["raw deflate, cut off", "deflate", deflateRawSync(JSON_TEXT).subarray(0, -2), "encoding_broken"],
    ["cut off", "gzip", gz.subarray(0, -5), "encoding_broken"],
    ["cut off, br", "br", brotliCompressSync(JSON_TEXT).subarray(0, -2), "encoding_broken"],
    ["bytes after gzip", "gzip", Buffer.concat([gz, Buffer.from("tail")]), "encoding_broken"],
    ["zeros after gzip", "gzip", Buffer.concat([gz, Buffer.alloc(8)]), "encoding_broken"],
    ["bytes after deflate", "deflate", Buffer.concat([deflateSync(JSON_TEXT), Buffer.from("x")]), "encoding_broken"],
    ["bytes after br", "br", Buffer.concat([brotliCompressSync(JSON_TEXT), Buffer.from("x")]), "encoding_broken"],
    ["checksum wrong", "gzip", Buffer.from(gz).fill(0, gz.length - 8, gz.length - 4), "encoding_broken"],
  ])("%s", (_, contentEncoding, body, expected) => {
    expect(outcome({ contentEncoding, body })).toBe(expected);
  });

  const bomb = Buffer.alloc(64 << 20, 0x20);
  test.each([
    ["gzip", gzipSync(bomb)],
    ["br", brotliCompressSync(bomb.subarray(0, 16 << 20))],
    ["gzip, gzip", gzipSync(gzipSync(bomb))],
  ])("a bomb of %s stops early, whatever the limit", (contentEncoding, body) => {
    const start = cpuMs();
    expect(outcome({ contentEncoding, body }, [], { bodyBytesMax: 1 << 30 })).toBe("body_too_large");
    expect(cpuMs() - start).toBeLessThan(2000);
  });

  test("the limit holds for bytes received and for bytes decoded", () => {
    expect(outcome({}, [], { bodyBytesMax: JSON_TEXT.length })).toBe("json");
    expect(outcome({}, [], { bodyBytesMax: JSON_TEXT.length - 1 })).toBe("body_too_large");
    const body = gzipSync(JSON.stringify("x".repeat(5000)));
    expect(outcome({ contentEncoding: "gzip", body }, [], { bodyBytesMax: 5002 })).toBe("json");
    expect(outcome({ contentEncoding: "gzip", body }, [], { bodyBytesMax: 5001 })).toBe("body_too_large");
  });
});

describe("labels", () => {
  test.each([
    ["", "json"],
    ["application/json", "json"],
    ["Application/JSON; charset=UTF-8", "json"],
    ['application/json; charset="utf-8"', "json"],
    ["application/vnd.api+json", "json"],
    ["text/plain", "json"],
    ["application/json; charset=us-ascii", "json"],
    ["application/json; profile=x", "json"],
    ["application/json; charset=gbk", "json"],
    ["application/json; charset=utf-8; charset=gbk", "charset_unsupported"],
    ["application/json; charset=utf-16", "charset_unsupported"],
    ["application/json; charset=utf-7", "charset_unsupported"],
    ["application/json; charset=ibm037", "charset_unsupported"],
    ["application/json; charset=iso-2022-jp", "charset_unsupported"],
    ["application/json; charset", "charset_unsupported"],
    ["application/json; charset = gbk", "charset_unsupported"],
    ["application/json; charset*=gbk''x", "charset_unsupported"],
    ["application/json, text/html", "media_type_unsupported"],
    ["multipart/form-data; boundary=x", "body_invalid"],
    ["application/x-www-form-urlencoded", "json"],
    ["application/octet-stream", "json"],
    ["image/png", "json"],
    ["application/x-protobuf", "json"],
    ["application/xml", "json"],
    ["json", "media_type_unsupported"],
    ["; charset=utf-8", "media_type_unsupported"],
  ])("%s: %s", (contentType, expected) => {
    expect(outcome({ contentType })).toBe(expected);
  });
  test("a label that says JSON is held to it, one that says text is not", () => {
    expect(outcome({ contentType: "text/plain", text: "hello" })).toBe("text");
    expect(outcome({ contentType: "application/json", text: "hello" })).toBe("json_invalid");
    expect(outcome({ contentType: "application/json", text: '{"a":1}\n{"b":2}' })).toBe("json_invalid");
    expect(outcome({ contentType: "text/plain", text: '{"a":1}\n{"b":2}' })).toBe("ndjson");
    expect(outcome({ contentType: "text/plain", text: '{"a":1,"a":2}' })).toBe("json_ambiguous");
    expect(outcome({ contentType: "text/plain", text: '{"a":1' })).toBe("text");
  });
});

describe("what the bytes are", () => {
  test.each<[string, Buffer, string]>([
    ["nothing", Buffer.alloc(0), "empty"],
    ["byte order mark", Buffer.from("\ufeff{}"), "json_ambiguous"],
    ["UTF-16 LE", Buffer.from('{"a":1}', "utf16le"), "json"],
    ["UTF-16 LE with mark", Buffer.from('\ufeff{"a":1}', "utf16le"), "json"],
    ["GBK", Buffer.from([0x22, 0xd6, 0xd0, 0x22]), "json"],
    ["one Latin letter", Buffer.from([0x22, 0xff, 0x22]), "charset_unsupported"],
    ["two bytes that are nothing", Buffer.from([0, 1]), "json_invalid"],
    ["overlong", Buffer.from([0x22, 0xc0, 0xa2, 0x22]), "charset_unsupported"],
    ["CESU-8", Buffer.from([0x22, 0xed, 0xa0, 0x81, 0xed, 0xb0, 0x80, 0x22]), "charset_unsupported"],
    ["cut in a character", Buffer.from([0x22, 0xe4, 0xb8, 0x22]), "charset_unsupported"],
  ])("%s", (_, body, expected) => {
    expect(outcome({ body })).toBe(expected);
  });
  test("empty is empty under any label, and compressed", () => {
    expect(outcome({ body: Buffer.alloc(0), contentType: "image/png", contentEncoding: "gzip" })).toBe("empty");
    expect(outcome({ body: gzipSync(""), contentEncoding: "gzip" })).toBe("empty");
  });
  test("law 7: plain bytes are the Doc's bytes, not a copy", () => {
    const body = Buffer.from(JSON_TEXT);
    const doc = decoded({ body });
    expect("bytes" in doc && doc.bytes).toBe(body);
  });
});

describe("head", () => {
  const head = (target: string, headers: readonly string[] = []): readonly HeadText[] | string => {
    const doc = decoded({ target }, headers);
    return "code" in doc ? doc.code : doc.head;
  };
  const texts = (target: string, headers?: readonly string[]) => {
    const result = head(target, headers);
    return typeof result === "string" ? result : result.map(({ text }) => text);
  };
  test.each<[string, string[] | string]>([
    ["/", []],
    ["/a/b", ["a", "b"]],
    ["/a;tel=1;x/b", ["a", "tel", "1", "x", "b"]],
    ["/%E5%BC%A0", ["张"]],
    ["/%2531", ["1"]],
    ["/%252531", ["1"]],
    ["/%25252531", "target_ambiguous"],
    ["/%", "target_ambiguous"],
    ["/%1", "target_ambiguous"],
    ["/%zz", "target_ambiguous"],
    ["/%D6%D0", "target_ambiguous"],
    ["/%C0%AF", "target_ambiguous"],
    ["/a#b", "target_ambiguous"],
    ["/x?a=1&b", ["x", "a", "1", "b"]],
    ["/x?a=%2B86+138", ["x", "a", "+86 138"]],
    ["/x?a=100%", ["x", "a", "100%"]],
    ["/x?a=%zz", ["x", "a", "%zz"]],
    ["/x?a=%D6", "target_ambiguous"],
    ["/x?a=%2525252531", "target_ambiguous"],
    ["/x?a=b=c", ["x", "a", "b=c"]],
    ["/x?=v", ["x", "v"]],
    ["/x?", ["x"]],
    ["/\u00e5\u00bc\u00a0", ["张"]],
  ])("%s", (target, expected) => {
    expect(texts(target)).toEqual(expected);
  });
  test("headers: UTF-8 in bytes, percent-encoded, or ISO 8859-1", () => {
    const headers = ["a", "plain", "b", "%E5%BC%A0", "c", "\u00e5\u00bc\u00a0", "d", "caf\u00e9", "e", ""];
    expect(head("/", headers)).toEqual([
      { where: "header", name: "a", text: "plain" },
      { where: "header", name: "b", text: "张" },
      { where: "header", name: "c", text: "张" },
      { where: "header", name: "d", text: "café" },
    ]);
  });
  test.each<[string, string, string[]]>([
    ["cookie", "a=1; tel=%31%33; b=c", ["a=1; tel=13; b=c", "a", "1", "tel", "13", "b", "c"]],
    ["cookie", 'a="x y"', ['a="x y"', "a", "x y"]],
    ["baggage", "uid=%E5%BC%A0;p=1,k=v", ["uid=张;p=1,k=v", "uid", "张", "p", "1", "k", "v"]],
    ["tracestate", "a=13812345678,b=1", ["a=13812345678,b=1", "a", "13812345678", "b", "1"]],
    ["x-auth", `Basic ${Buffer.from("张三:pw").toString("base64")}`, ["Basic 5byg5LiJOnB3", "张三:pw"]],
    ["x-auth", "basic MTM4MTIzNDU2Nzg=", ["basic MTM4MTIzNDU2Nzg=", "13812345678"]],
    ["x-name", "=?utf-8?B?5byg?= =?UTF-8?q?=E4=B8=89_x?=", ["=?utf-8?B?5byg?= =?UTF-8?q?=E4=B8=89_x?=", "张三 x"]],
    ["x-name", "=?gbk?B?1cU=?=", ["=?gbk?B?1cU=?=", "张"]],
    ["x-file", "attachment; filename*=UTF-8''%E5%BC%A0", ["attachment; filename*=UTF-8''张", "张"]],
    ["x-file", "attachment; filename*=GBK'zh'%D5%C5", ["attachment; filename*=GBK'zh'\u00d5\u00c5", "张"]],
    ["x-file", 'a; t*0="138123"; t*1="45678"', ['a; t*0="138123"; t*1="45678"', "13812345678"]],
    ["accept", "text/html, */*", ["text/html, */*"]],
  ])("a header %s: %s", (name, value, expected) => {
    const all = head("/", [name, value]);
    expect(typeof all !== "string" && all.map(({ text }) => text)).toEqual(expected);
    expect(typeof all !== "string" && all.every((one) => one.name === name && one.where === "header")).toBe(true);
  });
  test("names are shown only where they cannot identify", () => {
    const names = head("/x?tel=1&13812345678=2&%E5%BC%A0=3&a%40b.cn=4");
    expect(typeof names !== "string" && names.map(({ name }) => name)).toEqual([
      ..."segment 1,tel,tel,*,*,*,*,*,*".split(","),
    ]);
  });
});

test("no refusal holds text of what it refuses", () => {
  const hidden = "13812345678";
  const refusals = [
    decoded({ text: `{"${hidden}":1,"${hidden}":2}` }),
    decoded({ text: `{"a":${hidden}x}` }),
    decoded({ contentEncoding: hidden }),
    decoded({ contentType: hidden }),
    decoded({ contentType: `application/json; charset=${hidden}` }),
    decoded({ target: `/${hidden}%` }),
  ];
  for (const refusal of refusals) {
    expect(refusal).toHaveProperty("code");
    expect(JSON.stringify(refusal)).not.toContain(hidden);
  }
});
