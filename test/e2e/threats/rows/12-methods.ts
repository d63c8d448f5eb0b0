// Row 12: tricks with methods.

import { type Carrier, CHAT, chatBytes, compose, JSON_TYPE, type Row } from "../cases.ts";
import { PLAIN } from "../disguises.ts";
import { TWO } from "../planted.ts";
import type { Headers } from "../wire.ts";

const METHODS = [
  "GET",
  "DELETE",
  "HEAD",
  "PUT",
  "PATCH",
  "OPTIONS",
  "QUERY",
  "FOO",
  "TRACE",
  "CONNECT",
  "post",
  "PROPFIND",
];
const by =
  (method: string, more: Headers = [], path = CHAT): Carrier =>
  (w, p) => ({
    ...{ method, path, headers: [...JSON_TYPE, ...more], body: chatBytes(w, p) },
  });

const CARRIERS: Readonly<Record<string, Carrier>> = {
  ...Object.fromEntries(METHODS.map((method) => [`a body by ${method}`, by(method)])),
  ...Object.fromEntries(METHODS.map((method) => [`a body by ${method}, anywhere`, by(method, [], "/any/collect")])),
  "GET over POST by a header": by("GET", [["x-http-method-override", "POST"]]),
  "POST over GET by a header": by("POST", [["x-http-method-override", "GET"]]),
  "a range": by("POST", [["range", "bytes=0-3"]]),
  "Connection strips the type": by("POST", [["connection", "content-type"]]),
  "Connection strips the length": by("POST", [["connection", "content-length"]]),
  "an upgrade": by("POST", [
    ["connection", "upgrade"],
    ["upgrade", "websocket"],
  ]),
  "an upgrade to HTTP/2": by("POST", [
    ["connection", "upgrade, http2-settings"],
    ["upgrade", "h2c"],
    ["http2-settings", "AAMAAABk"],
  ]),
};

export const row: Row = { row: 12, title: "tricks with methods", cases: compose(CARRIERS, [PLAIN], TWO) };
