// On real sockets: each of these is answered 4xx, the connection is closed, and nothing reaches the gate.

import { afterAll, beforeAll, expect, test } from "vitest";
import { destination, type Gate, policyOf, raw, World } from "./serve-world.ts";

const world = new World();
let gate: Gate;

beforeAll(async () => {
  const policy = policyOf([destination("d", "http://127.0.0.1:9")]);
  gate = await world.gate(policy, (_arrival, reply) => reply.send(200, [], Buffer.from("ok")));
});
afterAll(() => world.end());

const H = "Host: gate\r\n";
const get = (target: string) => `GET ${target} HTTP/1.1\r\n${H}\r\n`;
const post = (headers: string, body = "") => `POST /d/x HTTP/1.1\r\n${H}${headers}\r\n${body}`;

const REJECTED: readonly (readonly [name: string, bytes: string, status?: number])[] = [
  ["no Host", "GET /d/x HTTP/1.1\r\n\r\n"],
  ["empty Host", "GET /d/x HTTP/1.1\r\nHost:\r\n\r\n"],
  ["two Hosts", `GET /d/x HTTP/1.1\r\n${H}${H}\r\n`],
  ["Host with user information", "GET /d/x HTTP/1.1\r\nHost: a@gate\r\n\r\n"],
  ["Host with a path", "GET /d/x HTTP/1.1\r\nHost: gate/x\r\n\r\n"],
  ["Host list", "GET /d/x HTTP/1.1\r\nHost: gate, b\r\n\r\n"],
  ["Host with a space", "GET /d/x HTTP/1.1\r\nHost: a b\r\n\r\n"],
  ["Host with a bad port", "GET /d/x HTTP/1.1\r\nHost: gate:x\r\n\r\n"],
  ["HTTP/1.0 without Host", "GET /d/x HTTP/1.0\r\n\r\n"],
  ["HTTP/0.9", "GET /d/x\r\n\r\n"],
  ["HTTP/2.0 line", `GET /d/x HTTP/2.0\r\n${H}\r\n`],
  ["HTTP/1.2", `GET /d/x HTTP/1.2\r\n${H}\r\n`],
  ["HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ["chunked on HTTP/1.0", `POST /d/x HTTP/1.0\r\n${H}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a WebSocket", `GET /d/x HTTP/1.1\r\n${H}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, 501],
  ["gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")],
  ["identity", post("Transfer-Encoding: identity\r\n", "0\r\n\r\n")],
  ["Chunked in capitals", post("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n")],
  ["xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")],
  ["two Transfer-Encodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")],
  ["TE.CL", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")],
  ["CL.TE", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")],
  ["TE with a vertical tab", post("Transfer-Encoding: \x0bchunked\r\n", "0\r\n\r\n")],
  ["Content-Length: 03", post("Content-Length: 03\r\n", "abc")],
  ["Content-Length: 060", post("Content-Length: 060\r\n", "a".repeat(60))],
  ["Content-Length: +3", post("Content-Length: +3\r\n", "abc")],
  ["Content-Length: -1", post("Content-Length: -1\r\n")],
  ["Content-Length: 0x3", post("Content-Length: 0x3\r\n", "abc")],
  ["Content-Length: 3, 3", post("Content-Length: 3, 3\r\n", "abc")],
  ["two Content-Lengths", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc")],
  ["empty Content-Length", post("Content-Length: \r\n")],
  ["Content-Length over 2^53", post("Content-Length: 99999999999999999999\r\n")],
  ["two Content-Types", post("Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 0\r\n")],
  ["TRACE", `TRACE /d/x HTTP/1.1\r\n${H}\r\n`, 405],
  ["CONNECT", `CONNECT a:443 HTTP/1.1\r\n${H}\r\n`, 405],
  ["OPTIONS *", `OPTIONS * HTTP/1.1\r\n${H}\r\n`, 405],
  ["QUERY", `QUERY /d/x HTTP/1.1\r\n${H}\r\n`, 405],
  ["PROPFIND", `PROPFIND /d/x HTTP/1.1\r\n${H}\r\n`, 405],
  ["unknown method", `FOO /d/x HTTP/1.1\r\n${H}\r\n`],
  ["method in lower case", `get /d/x HTTP/1.1\r\n${H}\r\n`],
  ["absolute-form, another host", get("http://evil/d/x")],
  ["absolute-form, user information", get("http://a@gate/d/x")],
  ["absolute-form, https", get("https://gate/d/x")],
  ["authority-form", get("gate:80")],
  ["dot segment", get("/d/../x")],
  ["dot segment last", get("/d/x/..")],
  ["single dot", get("/d/./x")],
  ["dot segment with parameter", get("/d/..;a/x")],
  ["%2e%2e", get("/d/%2e%2e/x")],
  ["%2E.", get("/d/%2E./x")],
  ["%2f", get("/d/a%2fb")],
  ["%5c", get("/d/a%5Cb")],
  ["backslash", get("/d/a\\b")],
  ["%00", get("/d/a%00b")],
  ["%00 in the query", get("/d/a?b=%00")],
  ["%0d%0a in the path", get("/d/a%0d%0ab")],
  ["%252e", get("/d/%252e%252e/x")],
  ["broken escape", get("/d/a%zz")],
  ["cut escape", get("/d/a%2")],
  ["tab in the target", get("/d/a\tb")],
  ["CR in the target", get("/d/a\rb")],
  ["raw UTF-8 in the target", get("/d/张三")],
  ["fragment", get("/d/a#b")],
  ["two slashes first", get("//d/x")],
  ["obs-fold", get("/d/x").replace("\r\n\r\n", "\r\nX: a\r\n b\r\n\r\n")],
  ["space before the colon", get("/d/x").replace("\r\n\r\n", "\r\nX : a\r\n\r\n")],
  ["bare LF", "GET /d/x HTTP/1.1\nHost: gate\n\n"],
  ["bare LF after a header", `GET /d/x HTTP/1.1\r\n${H}X: a\nY: b\r\n\r\n`],
  ["bare CR in a value", `GET /d/x HTTP/1.1\r\n${H}X: a\rb\r\n\r\n`],
  ["NUL in a value", `GET /d/x HTTP/1.1\r\n${H}X: a\0b\r\n\r\n`],
  ["DEL in a value", `GET /d/x HTTP/1.1\r\n${H}X: a\x7fb\r\n\r\n`],
  ["empty header name", `GET /d/x HTTP/1.1\r\n${H}: a\r\n\r\n`],
  ["header before Host indented", `GET /d/x HTTP/1.1\r\n Host: gate\r\n\r\n`],
  ["Expect: 200-ok", post("Expect: 200-ok\r\nContent-Length: 0\r\n")],
  ["Connection names Content-Type", post("Connection: content-type\r\nContent-Length: 0\r\n")],
  ["two X-Yumen-Subjects", post("X-Yumen-Subject: a\r\nX-Yumen-Subject: b\r\nContent-Length: 0\r\n")],
  ["two X-Yumen-Keys", post("X-Yumen-Key: a\r\nX-Yumen-Key: b\r\nContent-Length: 0\r\n")],
  ["X-Yumen-Subject not UTF-8", "latin1"],
  ["head over 16 KiB", get("/d/x").replace("\r\n\r\n", `\r\nX: ${"a".repeat(17_000)}\r\n\r\n`), 431],
  ["101 headers", get("/d/x").replace("\r\n\r\n", `\r\n${"X: 1\r\n".repeat(100)}\r\n`), 431],
  ["300 headers", get("/d/x").replace("\r\n\r\n", `\r\n${"X: 1\r\n".repeat(300)}\r\n`), 431],
];

test.each(REJECTED.map(([name, bytes, status]) => ({ name, bytes, status: status ?? 400 })))("$name", async (row) => {
  const { name, bytes, status } = row;
  const latin1 = Buffer.from(post("X-Yumen-Subject: \xff\r\nContent-Length: 0\r\n"), "latin1");
  const answer = await raw(gate.port, bytes === "latin1" ? latin1 : bytes);
  expect([name, answer.status, answer.ended]).toEqual([name, status, "fin"]);
  expect(answer.text.toLowerCase()).toContain("connection: close");
  expect(answer.text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(JSON.parse(answer.text.split("\r\n\r\n")[1]!).error.message).not.toContain("张三");
  expect(gate.arrivals).toEqual([]);
  expect(gate.failures).toEqual([]);
  expect(gate.faults).toEqual([]);
});

test.each([
  ["a malformed one", post("Content-Length: 03\r\n", "abc"), 400],
  ["one of an unknown caller", post("X-Yumen-Key: wrong\r\nContent-Length: 3\r\n", "abc"), 401],
  ["one over the limit", post("Content-Length: 200000\r\n"), 413],
])("what follows %s on the same connection is never read as a request", async (_name, first, status) => {
  const before = gate.refused.length;
  const answer = await raw(gate.port, first + get("/d/smuggled") + get("/d/smuggled"));
  expect([answer.status, answer.ended]).toEqual([status, "fin"]);
  expect(answer.text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(gate.arrivals).toEqual([]);
  gate.failures.length = 0;
  gate.refused.length = before;
});

test("each was counted once", () => {
  expect(gate.refused).toHaveLength(REJECTED.length);
});

test("and the server still serves", async () => {
  const answer = await raw(gate.port, `GET /d/x HTTP/1.1\r\n${H}Connection: close\r\n\r\n`);
  expect(answer.status).toBe(200);
  expect(gate.arrivals).toHaveLength(1);
  gate.arrivals.length = 0;
});
