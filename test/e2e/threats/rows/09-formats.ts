// Row 9: every format that a body may have.

import { gzipSync } from "node:zlib";
import { any, type Carrier, compose, type Row, sentence } from "../cases.ts";
import { PLAIN, SOME } from "../disguises.ts";
import { ANYWHERE, ONE, TWO } from "../planted.ts";

const text =
  (type: string | null, body: (sentence: string, written: string) => string): Carrier =>
  (w, p) =>
    any(body(sentence(w, p), w), type);

const XML = "application/xml";
const TEXTS: Readonly<Record<string, Carrier>> = {
  "XML, an element": text(XML, (s) => `<?xml version="1.0"?><a><b>${s}</b></a>`),
  "XML, an attribute": text(XML, (s) => `<a b="${s.replaceAll("&", "&amp;")}"/>`),
  "XML, a section": text(XML, (s) => `<a><![CDATA[${s}]]></a>`),
  "XML, a comment": text(XML, (s) => `<a><!-- ${s.replaceAll("--", "-")} --></a>`),
  SOAP: text("application/soap+xml", (s) => `<s:Envelope xmlns:s="x"><s:Body><note>${s}</note></s:Body></s:Envelope>`),
  YAML: text("application/yaml", (s) => `a:\n  - note: "${s}"\n`),
  CSV: text("text/csv", (s) => `id,note\n1,"${s}"\n`),
  TSV: text("text/tab-separated-values", (s) => `id\tnote\n1\t${s}\n`),
  text: text("text/plain", (s) => s),
  HTML: text("text/html", (s) => `<p>${s}</p>`),
  Markdown: text("text/markdown", (s) => `# 标题\n\n* ${s}\n`),
  "lines of JSON": text("application/x-ndjson", (s) => `{"a":1}\n${JSON.stringify({ note: s })}\n`),
  "GraphQL in JSON": text("application/json", (s) =>
    JSON.stringify({ query: `mutation { note(text: ${JSON.stringify(s)}) }`, variables: {} }),
  ),
  GraphQL: text("application/graphql", (s) => `mutation { note(text: ${JSON.stringify(s)}) }`),
  "an event stream": text("text/event-stream", (s) => `event: note\ndata: ${JSON.stringify({ note: s })}\n\n`),
  "a form": text("application/x-www-form-urlencoded", (s) => `a=1&note=${encodeURIComponent(s)}`),
  "a form, as it is": text("application/x-www-form-urlencoded", (s) => `a=1&note=${s.replace(/[&%+]/g, "")}`),
  "a form, encoded twice": text(
    "application/x-www-form-urlencoded",
    (s) => `a=1&note=${encodeURIComponent(encodeURIComponent(s))}`,
  ),
  "an envelope of Sentry": text("application/x-sentry-envelope", (s) => {
    const event = JSON.stringify({ message: s });
    return `{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}\n{"type":"event","length":${Buffer.byteLength(event)}}\n${event}\n`;
  }),
  "logs of OpenTelemetry": text("application/json", (s) =>
    JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: s } }] }] }] }),
  ),
};

const ODD: Readonly<Record<string, Carrier>> = {
  "XML, an entity": text(XML, (_, w) => `<!DOCTYPE a [<!ENTITY p "${w}">]><a>&p;</a>`),
  "XML, an entity in halves": text(
    XML,
    (_, w) => `<!DOCTYPE a [<!ENTITY p "${w.slice(0, 5)}">]><a>&p;${w.slice(5)}</a>`,
  ),
  "XML, an entity from elsewhere": text(XML, (_, w) => `<!DOCTYPE a [<!ENTITY p SYSTEM "http://x/${w}">]><a>&p;</a>`),
  "XML, an element's name": text(XML, (_, w) => `<电话${w}/>`),
  "XML, an attribute's name": text(XML, (_, w) => `<a 电话${w}="1"/>`),
  "XML, an instruction": text(XML, (_, w) => `<?note ${w}?><a/>`),
  "XML, a namespace": text(XML, (_, w) => `<a xmlns:x="urn:${w}"/>`),
  "XML, in two sections": text(XML, (_, w) => `<a>${w.slice(0, 5)}<![CDATA[${w.slice(5)}]]></a>`),
  "XML, a comment in it": text(XML, (_, w) => `<a>${w.slice(0, 5)}<!-- x -->${w.slice(5)}</a>`),
  "XML, an element in it": text(XML, (_, w) => `<a>${w.slice(0, 5)}<b/>${w.slice(5)}</a>`),
  "XML in references": text(XML, (_, w) => `<a>${w.replace(/./g, (c) => `&#x${c.charCodeAt(0).toString(16)};`)}</a>`),
  "HTML, a tag in it": text("text/html", (_, w) => `<p>手机 ${w.slice(0, 5)}<b></b>${w.slice(5)}</p>`),
  "HTML, called XML, in a script": text(XML, (_, w) => `<html><script>var a="${w}"</script></html>`),
  "a form, a name": text("application/x-www-form-urlencoded", (_, w) => `${w}=1`),
  "a form, with semicolons": text("application/x-www-form-urlencoded", (_, w) => `a=1;note=${w}`),
  "a form, encoded four times": text(
    "application/x-www-form-urlencoded",
    (_, w) => `note=${w.replace(/./g, (c) => `%25252525${c.charCodeAt(0).toString(16)}`)}`,
  ),
  "a form, UTF-16 in percent": text(
    "application/x-www-form-urlencoded",
    (_, w) => `note=${w.replace(/./g, (c) => `%00%${c.charCodeAt(0).toString(16)}`)}`,
  ),
  "CSV, a name of a column": text("text/csv", (_, w) => `id,${w}\n1,2\n`),
  "CSV over columns": text("text/csv", (_, w) => `phone1,phone2\n${w.slice(0, 5)},${w.slice(5)}\n`),
  "CSV, a formula": text("text/csv", (_, w) => `a\n"=""${w}"""\n`),
  "an event stream, its id": text("text/event-stream", (_, w) => `id: ${w}\ndata: {}\n\n`),
  "an event stream, a comment": text("text/event-stream", (_, w) => `: ${w}\ndata: {}\n\n`),
  "an event stream, over lines": (w, p) =>
    any(`data: ${p.before}${w.slice(0, 5)}\ndata: ${w.slice(5)}\n\n`, "text/event-stream"),
  "YAML over lines": (w, p) => any(`note: >-\n  ${p.before}${w.slice(0, 5)}\n  ${w.slice(5)}\n`, "application/yaml"),
  "YAML, escaped": text(
    "application/yaml",
    (_, w) => `phone: "${w.replace(/./g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)}"\n`,
  ),
  "YAML, binary": text("application/yaml", (_, w) => `phone: !!binary ${Buffer.from(w).toString("base64")}\n`),
};

// ── framings of bytes ──

const bytes = (text: string) => Buffer.from(text);
const varint = (value: number): Buffer => {
  const out: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    out.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest < 128) return Buffer.from(out);
  }
};
/** A field of length-delimited bytes. */
const field = (number: number, content: Buffer) =>
  Buffer.concat([varint((number << 3) | 2), varint(content.length), content]);
const frame = (flag: number, content: Buffer) => {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
};
const msgpack = (content: Buffer) =>
  Buffer.concat([
    Buffer.from([0x81, 0xa4]),
    bytes("note"),
    Buffer.from([0xda, content.length >> 8, content.length & 255]),
    content,
  ]);
const cbor = (content: Buffer) =>
  Buffer.concat([
    Buffer.from([0xa1, 0x64]),
    bytes("note"),
    Buffer.from([0x79, content.length >> 8, content.length & 255]),
    content,
  ]);

const FRAMED: Readonly<Record<string, Carrier>> = {
  msgpack: (w, p) => any(msgpack(bytes(sentence(w, p))), "application/msgpack"),
  "msgpack called nothing": (w, p) => any(msgpack(bytes(sentence(w, p))), null),
  CBOR: (w, p) => any(cbor(bytes(sentence(w, p))), "application/cbor"),
  "CBOR, a number": (w) => {
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(BigInt(w.replace(/\D/g, "") || "0"));
    return any(Buffer.concat([Buffer.from([0x81, 0x1b]), number]), "application/cbor");
  },
  "CBOR, in chunks": (w) =>
    any(
      Buffer.concat([
        Buffer.from([0x7f, 0x60 + 5]),
        bytes(w.slice(0, 5)),
        Buffer.from([0x60 + w.length - 5]),
        bytes(w.slice(5)),
        Buffer.from([0xff]),
      ]),
      "application/cbor",
    ),
  protobuf: (w, p) => any(field(1, field(2, bytes(sentence(w, p)))), "application/x-protobuf"),
  "protobuf, a number": (w) =>
    any(
      Buffer.concat([Buffer.from([0x08]), wideVarint(BigInt(w.replace(/\D/g, "") || "0"))]),
      "application/x-protobuf",
    ),
  "logs of OpenTelemetry in protobuf": (w, p) =>
    any(field(1, field(2, field(2, field(5, field(1, bytes(sentence(w, p))))))), "application/x-protobuf"),
  gRPC: (w, p) => any(frame(0, field(1, bytes(sentence(w, p)))), "application/grpc"),
  "gRPC, packed": (w, p) =>
    any(frame(1, gzipSync(field(1, bytes(sentence(w, p))))), "application/grpc", {
      headers: [
        ["content-type", "application/grpc"],
        ["grpc-encoding", "gzip"],
      ],
    }),
  "gRPC over the web": (w, p) => any(frame(0, field(1, bytes(sentence(w, p)))), "application/grpc-web+proto"),
  "gRPC over the web, as text": (w, p) =>
    any(frame(0, field(1, bytes(sentence(w, p)))).toString("base64"), "application/grpc-web-text"),
  "gRPC, its trailers": (w) =>
    any(Buffer.concat([frame(0, field(1, bytes("x"))), frame(0x80, bytes(`note: ${w}\r\n`))]), "application/grpc-web"),
  "an event of Amazon": (w, p) =>
    any(eventstream(bytes(JSON.stringify({ note: sentence(w, p) }))), "application/vnd.amazon.eventstream"),
};

function wideVarint(value: bigint): Buffer {
  const out: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    out.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    if (rest < 128n) return Buffer.from(out);
  }
}

/** Its checksums are none: nobody may read it. */
function eventstream(payload: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32BE(16 + payload.length, 0);
  return Buffer.concat([head, payload, Buffer.alloc(4)]);
}

export const row: Row = {
  row: 9,
  title: "every format of a body",
  cases: [
    ...compose(TEXTS, [PLAIN], ANYWHERE),
    ...compose(TEXTS, SOME.slice(1), ONE),
    ...compose(ODD, [PLAIN], TWO),
    ...compose(FRAMED, [PLAIN], TWO),
    ...compose(FRAMED, SOME.slice(1, 3), TWO.slice(0, 1)),
  ].filter(({ name }) => !/a number \| (?!as it is \| mobile)/.test(name)),
};
