// Row 6: a Content-Type that lies, is missing, is there twice.

import { any, type Carrier, CHAT, chat, chatBytes, compose, type Row, sentence, typed } from "../cases.ts";
import { SOME } from "../disguises.ts";
import { TWO } from "../planted.ts";

const TYPES = [
  ...["application/octet-stream", "image/png", "text/plain", "text/html", "text/event-stream", "application/pdf"],
  ...["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "text/csv"],
  ...["application/msgpack", "application/cbor", "application/x-protobuf", "application/grpc", "application/x-ndjson"],
  ...["audio/mpeg", "video/mp4", "font/woff2", "message/rfc822", "application/zip", "application/vnd.x+json"],
  ...[
    "APPLICATION/JSON",
    "application/json;",
    "application/json; charset=utf-8",
    "application/jsonp",
    "text/javascript",
  ],
  ...["nonsense", "*/*", "application/json, text/plain", "application/json;charset=utf-8;charset=utf-8", "/"],
];
const BY_TYPE: Readonly<Record<string, Carrier>> = Object.fromEntries(
  TYPES.map((type): [string, Carrier] => [`JSON called ${type}`, (w, p) => chat(chatBytes(w, p), typed(type))]),
);

const OTHERWISE: Readonly<Record<string, Carrier>> = {
  "JSON called nothing": (w, p) => chat(chatBytes(w, p), []),
  "JSON called two things": (w, p) =>
    chat(chatBytes(w, p), [...typed("application/json"), ...typed("application/octet-stream")]),
  "JSON called an empty name": (w, p) => chat(chatBytes(w, p), typed("")),
  "a form called JSON": (w, p) => chat(`phone=${encodeURIComponent(sentence(w, p))}`),
  "text called JSON": (w, p) => chat(sentence(w, p)),
  "text called a picture": (w, p) => any(sentence(w, p), "image/jpeg"),
  "text called nothing": (w, p) => any(sentence(w, p), null),
  "XML called JSON": (w, p) => any(`<a>${sentence(w, p)}</a>`, "application/json"),
  "CSV called XML": (w, p) => any(`a,b\n1,${sentence(w, p)}\n`, "application/xml"),
  "text called a form": (w, p) => any(sentence(w, p), "application/x-www-form-urlencoded"),
  "text called protobuf": (w, p) => any(sentence(w, p), "application/x-protobuf"),
  "text called msgpack": (w, p) => any(sentence(w, p), "application/msgpack"),
  "a value in the label itself": (w) => ({
    path: CHAT,
    headers: typed(`application/json; note=${w}`),
    body: Buffer.from('{"model":"m","messages":[]}'),
  }),
};

const ascii = SOME.filter(({ name }) => /as it is|dashes/.test(name));

export const row: Row = {
  row: 6,
  title: "labels that lie, are missing, are there twice",
  cases: [...compose({ ...BY_TYPE, ...OTHERWISE }, ascii, TWO)],
};
