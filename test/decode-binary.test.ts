// Binary framings: read as JSON beside the bytes that leave; never rewritten; files by their kinds.

import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Doc } from "../src/words.ts";
import { docFrom, inspectedText, outcome, read, shapeOf } from "./decode-doc.ts";

const TEL = "13812345678";
const MSGPACK = "application/msgpack";
const CBOR = "application/cbor";
const PROTO = "application/x-protobuf";
const GRPC = "application/grpc";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const ascii = (text: string) => Buffer.from(text).toString("hex");

function leavesAsItCame(doc: Doc, body: Uint8Array): void {
  expect(Buffer.from(doc.wire!)).toEqual(Buffer.from(body));
  expect(doc.fixed).toBe(true);
}

describe("read", () => {
  test.each<[string, string, string, unknown]>([
    [
      "msgpack, a map",
      MSGPACK,
      `83 a3${ascii("tel")} ab${ascii(TEL)} a1 6e cf00000003371c1a4e 01 c0`,
      { tel: TEL, n: 13809490510, 1: "null" },
    ],
    [
      "msgpack, lists and numbers",
      MSGPACK,
      "98 ff cc80 d0 80 cb 4209b73d4e270000 c3 91 07 dc0001 01 c402 3132",
      [-1, 128, -128, 13806053828.875, "true", [7], [1], "12"],
    ],
    ["msgpack, bytes that are no text", MSGPACK, "c4 02 00ff", "\u0000\u00ff"],
    ["msgpack, a time", MSGPACK, "d6ff 00000001", 1],
    ["cbor, a map", CBOR, `a2 63${ascii("tel")} 6b${ascii(TEL)} 01 1b00000003371c1a4e`, { tel: TEL, 1: 13809490510 }],
    [
      "cbor, without lengths",
      CBOR,
      `9f 01 7f 62 3133 61 38 ff 5f 41 31 41 32 ff bf 61 61 f5 ff ff`,
      [1, "138", "12", { a: "true" }],
    ],
    ["cbor, tags, bignums, halves", CBOR, "84 c0 61 31 c2 43 010000 f9 3c00 20", ["1", 65536, 1, -1]],
    // the length in front of a text of eleven characters is a `k`
    ["cbor in bytes, tagged", CBOR, `d818 4c 6b${ascii(TEL)}`, [`k${TEL}`, TEL]],
    ["cbor in bytes in bytes", CBOR, `4d 4c 6b${ascii(TEL)}`, [`Lk${TEL}`, [`k${TEL}`, TEL]]],
    ["cbor, bytes that are several items", CBOR, "48 0102030405060708", "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b"],
    ["protobuf", PROTO, `0a0b${ascii(TEL)} 10 8a93ae8b33`, [{ 1: [TEL], 2: [13714033034, 6857016517] }, `\n${TEL}\n3`]],
  ])("%s", (_, contentType, body, shape) => {
    const doc = docFrom(contentType, hex(body));
    expect(shapeOf(doc)).toEqual(shape);
    leavesAsItCame(doc, hex(body));
  });

  test("messages in messages, packed numbers, numbers of eight bytes", () => {
    const inner = hex("0a03 e5bca0 1a02 0801");
    const eight = Buffer.alloc(8);
    eight.writeBigInt64LE(13714033035n);
    const body = Buffer.concat([hex(`2209${inner.toString("hex")} 2a05 8a93ae8b33 31`), eight]);
    expect(shapeOf(docFrom(PROTO, body))).toMatchObject([
      { 4: [{ 1: ["张"], 3: [{ 1: [1] }] }], 5: [[13714033034, 6857016517]], 6: [13714033035, expect.any(Number)] },
      expect.any(String),
    ]);
  });

  const message = hex(`0a0b${ascii(TEL)}`);
  const frame = (flag: number, content: Uint8Array) => {
    const head = Buffer.alloc(5);
    head[0] = flag;
    head.writeUInt32BE(content.length, 1);
    return Buffer.concat([head, content]);
  };
  test.each<[string, string, Buffer]>([
    ["gRPC", GRPC, frame(0, message)],
    ["gRPC, two messages", "application/grpc+proto", Buffer.concat([frame(0, hex("0801")), frame(0, message)])],
    ["gRPC, gzip", GRPC, frame(1, gzipSync(message))],
    ["gRPC, deflate", GRPC, frame(1, deflateSync(message))],
    [
      "gRPC-web with trailers",
      "application/grpc-web+proto",
      Buffer.concat([frame(0, message), frame(0x80, Buffer.from("grpc-status:0\r\n"))]),
    ],
    ["trailers", "application/grpc-web", frame(0x80, Buffer.from(`x: ${TEL}\r\n`))],
    [
      "gRPC-web as text",
      "application/grpc-web-text",
      Buffer.from(frame(0, hex("0801")).toString("base64") + frame(0, message).toString("base64")),
    ],
  ])("%s", (_, contentType, body) => {
    const doc = docFrom(contentType, body);
    expect(inspectedText(doc)).toContain(TEL);
    leavesAsItCame(doc, body);
  });

  test("a Sentry envelope, by its label and by its looks", () => {
    const event = JSON.stringify({ message: `call ${TEL}` });
    const body = `{"event_id":"9"}\n{"type":"event","length":${event.length}}\n${event}\n{"type":"attachment"}\nplain\n`;
    for (const contentType of ["application/x-sentry-envelope", "text/plain;charset=UTF-8", ""]) {
      const doc = docFrom(contentType, body);
      expect([doc.codec, doc.fixed, Buffer.from(doc.bytes).toString()]).toEqual(["envelope", true, body]);
      expect(shapeOf(doc)).toEqual([
        { event_id: "9" },
        { type: "event", length: event.length },
        { message: `call ${TEL}` },
        { type: "attachment" },
        "plain",
      ]);
    }
    const unread = '{}\n{"type":"a","length":2}\n{}1{"type":"b"}\nx';
    expect(outcome("application/x-sentry-envelope", unread)).toBe("body_invalid");
    // an item's header at the very end, with nothing behind it
    for (const cut of ["1\n1", '{}\n{"type":"event"}', '{}\n{"type":"event","length":0}'])
      expect(outcome("application/x-sentry-envelope", cut)).toBe("body_invalid");
    expect(outcome("application/x-sentry-envelope", body.replace(`${event.length}`, "3"))).toBe("body_invalid");
    expect(
      outcome(
        "application/x-sentry-envelope",
        Buffer.concat([Buffer.from('{}\n{"type":"a","length":2}\n'), hex("1f8b")]),
      ),
    ).toBe("content_opaque");
  });

  test("JSON under the label of a framing is JSON", () => {
    for (const label of [MSGPACK, CBOR, PROTO, GRPC]) expect(outcome(label, `{"a":"${TEL}"}`)).toBe("json");
  });
});

describe("refused", () => {
  const packed = gzipSync(`call ${TEL}`);
  const zlib = deflateSync(`call ${TEL}`);
  /** CBOR's bytes around bytes. */
  const within = (levels: number, inner: Buffer): Buffer =>
    levels === 0 ? inner : within(levels - 1, Buffer.concat([Buffer.from([0x58, inner.length]), inner]));
  const grpc = (flag: number, body: string) =>
    hex(`${flag.toString(16).padStart(2, "0")} ${(body.length / 2).toString(16).padStart(8, "0")}${body}`);
  test.each<[string, string, Uint8Array, string]>([
    ["msgpack, cut off", MSGPACK, hex("92 01"), "body_invalid"],
    ["msgpack, more", MSGPACK, hex("01 01"), "body_invalid"],
    ["msgpack, a name twice", MSGPACK, hex("82 a161 01 a161 02"), "json_ambiguous"],
    ["msgpack, no UTF-8", MSGPACK, hex("a2 d5c5"), "body_invalid"],
    ["msgpack, a list for a name", MSGPACK, hex("81 90 01"), "body_invalid"],
    ["msgpack, deep", MSGPACK, Buffer.alloc(200, 0x91), "json_too_deep"],
    ["msgpack, a length that lies", MSGPACK, hex("df ffffffff"), "body_invalid"],
    ["msgpack, a picture", MSGPACK, Buffer.concat([hex("c5 0400"), Buffer.alloc(1024, 0xfe)]), "content_opaque"],
    ["cbor, cut off", CBOR, hex("82 01"), "body_invalid"],
    ["cbor, a length that lies", CBOR, hex("9b ffffffffffffffff"), "body_invalid"],
    ["cbor, deep", CBOR, Buffer.alloc(200, 0x81), "json_too_deep"],
    ["cbor, tags without end", CBOR, Buffer.alloc(200, 0xc0), "body_invalid"],
    ["cbor, more tags than anybody needs", CBOR, hex(`${"c0".repeat(20)}01`), "body_invalid"],
    ["cbor, a chunk of another kind", CBOR, hex("7f 41 31 ff"), "body_invalid"],
    ["cbor, bytes in bytes without end", CBOR, within(20, hex("01")), "json_too_deep"],
    ["cbor, packed", CBOR, Buffer.concat([hex("58 1f"), packed.subarray(0, 31)]), "content_opaque"],
    ["msgpack, packed", MSGPACK, Buffer.concat([Buffer.from([0xc4, packed.length]), packed]), "content_opaque"],
    ["protobuf, packed", PROTO, Buffer.concat([Buffer.from([0x0a, packed.length]), packed]), "content_opaque"],
    ["protobuf, packed with zlib", PROTO, Buffer.concat([Buffer.from([0x0a, zlib.length]), zlib]), "content_opaque"],
    ["protobuf, none", PROTO, hex("07"), "body_invalid"],
    ["protobuf, a group", PROTO, hex("0b 0c"), "body_invalid"],
    ["protobuf, a picture", PROTO, Buffer.concat([hex("0a 8008"), Buffer.alloc(1024, 0xff)]), "content_opaque"],
    ["gRPC, a coding of nobody", GRPC, grpc(1, "0102"), "encoding_unsupported"],
    ["gRPC, gzip that is none", GRPC, grpc(1, "1f8b0800"), "encoding_broken"],
    ["gRPC, a length that lies", GRPC, hex("00 00000009 0801"), "body_invalid"],
    ["gRPC, an unknown flag", GRPC, grpc(2, "0801"), "body_invalid"],
    ["gRPC-web, no base64", "application/grpc-web-text", Buffer.from("AAA*"), "body_invalid"],
  ])("%s", (_, contentType, body, code) => {
    expect(outcome(contentType, body)).toBe(code);
  });

  test("a bomb in a frame", () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    const head = Buffer.alloc(5);
    head[0] = 1;
    head.writeUInt32BE(bomb.length, 1);
    expect(outcome(GRPC, Buffer.concat([head, bomb]))).toBe("body_too_large");
  });

  const safetensors = Buffer.concat([hex("2000000000000000"), Buffer.from('{"a":{"dtype":"F32"}}'), Buffer.alloc(40)]);
  test.each<[string, Buffer]>([
    ["zip", hex("504b0304 1400")],
    ["gzip", gzipSync("x")],
    ["png", hex("89504e470d0a1a0a 0000")],
    ["jpeg", hex("ffd8ffe0 00")],
    ["pdf", Buffer.from("%PDF-1.4\n1 0 obj")],
    ["gguf", Buffer.from("GGUF\u0003\u0000\u0000\u0000")],
    ["safetensors", safetensors],
    ["onnx", Buffer.concat([hex("0808 1207"), Buffer.from("pytorch"), hex("3a00")])],
    ["sqlite", Buffer.from("SQLite format 3\u0000\u0010")],
    ["parquet", Buffer.from("PAR1\u0015\u0004")],
    ["tar", Buffer.concat([Buffer.alloc(257), Buffer.from("ustar\u0000")])],
    ["zstd", hex("28b52ffd 0458")],
    ["pickle", hex("80049500")],
    ["no known kind", hex("00 ff 01 fe 03 f0 11 81")],
  ])("%s, by its kind, under any label", (kind, body) => {
    for (const label of ["", "application/octet-stream", "image/png", "text/plain", "application/x-unheard-of"]) {
      const refusal = read(label, body);
      expect(refusal, label).toHaveProperty(
        "code",
        kind === "no known kind" && /^$|text/.test(label) ? "charset_unsupported" : "content_opaque",
      );
      if ("detail" in refusal && refusal.code === "content_opaque") expect(refusal.detail).toContain(kind);
    }
  });

  test("a word that is also a kind is a word", () => {
    for (const text of ["BM is a code", "PAR1", "GGUF models", "ID3 tags", "MZ"])
      expect(outcome("text/plain", text)).toBe("text");
  });
});

test("any bytes under any label: read or refused, never thrown, and never larger than the caps", () => {
  const labels = [
    "",
    "text/plain",
    "application/json",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "text/csv",
    "application/xml",
    "text/event-stream",
    MSGPACK,
    CBOR,
    PROTO,
    GRPC,
    "application/grpc-web-text",
    "application/x-sentry-envelope",
    "multipart/form-data; boundary=X",
    "image/png",
  ];
  const pieces = [
    "--X\r\n",
    "\r\n--X--",
    'Content-Disposition: form-data; name="a"\r\n\r\n',
    "<a>",
    "</a>",
    "&#49;",
    "%31",
    '"',
    ",",
    "\n",
    "data: ",
    '{"a":',
    "}",
    "1",
    "[",
    "]",
  ];
  const body = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((all) => Buffer.from(all.join(""))),
  );
  fc.assert(
    fc.property(fc.constantFrom(...labels), body, (label, bytes) => {
      const doc = read(label, bytes);
      if ("code" in doc) {
        expect(doc.detail).toMatch(/^[\w :,;.()'/|-]+$/);
        return;
      }
      expect(doc.bytes.length).toBeLessThanOrEqual(Math.max(64, bytes.length * 64));
      const { count, start, end, parent, slot, kind } = doc.tokens;
      for (let i = 0; i < count; i++) {
        expect(start[i]).toBeLessThanOrEqual(end[i]!);
        expect(end[i]).toBeLessThanOrEqual(doc.bytes.length);
        expect(parent[i]).toBeLessThan(i);
        if (parent[i]! >= 0 && kind[parent[i]!] === 0 && (kind[i]! & 15) !== 2) expect(kind[slot[i]!]! & 15).toBe(2);
      }
      // what leaves reads the same
      if (doc.wire === undefined) expect(shapeOf(docFrom(doc.contentType ?? label, doc.bytes))).toEqual(shapeOf(doc));
    }),
    { numRuns: 4000 },
  );
});
