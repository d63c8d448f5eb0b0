// Row 13: bodies in chunks, trailers, slow senders; and what the chunks themselves may carry.

import { type Carrier, CHAT, chatBytes, compose, JSON_TYPE, type Row } from "../cases.ts";
import { PLAIN } from "../disguises.ts";
import { TWO } from "../planted.ts";
import type { Headers, Wire } from "../wire.ts";

const CHUNKED: Headers = [...JSON_TYPE, ["transfer-encoding", "chunked"]];
const HELLO = Buffer.from('{"model":"m","messages":[]}');
const framed = (text: string | Buffer, more: Headers = [], pieces = 1): Wire => ({
  ...{ path: CHAT, headers: [...CHUNKED, ...more], framed: Buffer.from(text as string), pieces },
});
const chunk = (bytes: Buffer, extension = "") =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`), bytes, Buffer.from("\r\n")]);
const END = Buffer.from("0\r\n\r\n");
const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
const chunks = (bytes: Buffer, size: number, extension = "") =>
  Buffer.concat([...cut(bytes, size).map((part) => chunk(part, extension)), END]);

const CARRIERS: Readonly<Record<string, Carrier>> = {
  "chunks of one byte": (w, p) => framed(chunks(chatBytes(w, p), 1)),
  "chunks of seven bytes, slowly": (w, p) => framed(chunks(chatBytes(w, p), 7), [], 40),
  "an extension of a chunk": (w) => framed(chunks(HELLO, 100, `;note=${w}`)),
  "an extension in quotes": (w) => framed(chunks(HELLO, 100, `;note="${w}"`)),
  "an extension of the last chunk": (w) => framed(Buffer.concat([chunk(HELLO), Buffer.from(`0;note=${w}\r\n\r\n`)])),
  "a trailer": (w) => framed(Buffer.concat([chunk(HELLO), Buffer.from(`0\r\nX-Note: ${w}\r\n\r\n`)])),
  "a trailer that is announced": (w) =>
    framed(Buffer.concat([chunk(HELLO), Buffer.from(`0\r\nX-Note: ${w}\r\n\r\n`)]), [["trailer", "X-Note"]]),
  "the announcement of a trailer": (w) => framed(chunks(HELLO, 100), [["trailer", `X-${w}`]]),
  "a length and chunks": (w, p) => framed(chunks(chatBytes(w, p), 50), [["content-length", "5"]]),
  "chunks, twice said": (w, p) => framed(chunks(chatBytes(w, p), 50), [["transfer-encoding", "chunked"]]),
  "gzip and chunks": (w, p) => ({
    ...{
      path: CHAT,
      headers: [...JSON_TYPE, ["transfer-encoding", "gzip, chunked"]],
      framed: chunks(chatBytes(w, p), 50),
    },
  }),
  "behind the last chunk": (w) =>
    framed(Buffer.concat([chunks(HELLO, 100), Buffer.from(`POST /${w} HTTP/1.1\r\n\r\n`)])),
  "behind the length": (w) => ({
    path: CHAT,
    headers: [...JSON_TYPE, ["content-length", String(HELLO.length)]],
    framed: Buffer.concat([HELLO, Buffer.from(w)]),
  }),
  "another request behind it": (w) => ({
    path: CHAT,
    headers: [...JSON_TYPE, ["content-length", String(HELLO.length)]],
    framed: Buffer.concat([HELLO, Buffer.from(`GET /any/${w} HTTP/1.1\r\nhost: x\r\n\r\n`)]),
  }),
  "slowly, with a length": (w, p) => ({ path: CHAT, headers: JSON_TYPE, body: chatBytes(w, p), pieces: 40 }),
  "Expect: 100-continue": (w, p) => ({
    path: CHAT,
    headers: [...JSON_TYPE, ["expect", "100-continue"]],
    body: chatBytes(w, p),
  }),
  "Expect, something else": (w) => ({ path: CHAT, headers: [...JSON_TYPE, ["expect", w]], body: HELLO }),
};

export const row: Row = { row: 13, title: "chunks, trailers, slow senders", cases: compose(CARRIERS, [PLAIN], TWO) };
