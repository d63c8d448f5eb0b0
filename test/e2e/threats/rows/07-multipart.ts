// Row 7: every corner of a multipart body.

import { gzipSync } from "node:zlib";
import { any, type Carrier, compose, type Row, sentence } from "../cases.ts";
import { gb } from "../charsets.ts";
import { PLAIN, SOME } from "../disguises.ts";
import { type Planted, TWO } from "../planted.ts";
import type { Wire } from "../wire.ts";

const TYPE = "multipart/form-data; boundary=b0undary";
type Text = (written: string, planted: Planted) => string;

const parts = (body: string | Buffer, type = TYPE): Wire => any(body, type);
/** Lines end as MIME says. */
const lines = (...all: readonly string[]) => all.join("\r\n");
const one = (head: readonly string[], content: string) => lines("--b0undary", ...head, "", content, "--b0undary--", "");
const field = 'Content-Disposition: form-data; name="note"';
const raw =
  (body: Text, type?: string): Carrier =>
  (w, p) =>
    parts(body(w, p), type);

const CONTENTS: Readonly<Record<string, Carrier>> = {
  "a field": raw((w, p) => one([field], sentence(w, p))),
  "the last of many": raw((w, p) =>
    lines("--b0undary", field, "", "你好", one(['Content-Disposition: form-data; name="b"'], sentence(w, p))),
  ),
  "a file of text": raw((w, p) => one([`${field}; filename="a.txt"`, "Content-Type: text/plain"], sentence(w, p))),
  "a file called bytes": raw((w, p) =>
    one([`${field}; filename="a.bin"`, "Content-Type: application/octet-stream"], sentence(w, p)),
  ),
  "a file called a picture": raw((w, p) =>
    one([`${field}; filename="a.png"`, "Content-Type: image/png"], sentence(w, p)),
  ),
  "a CSV": raw((w, p) => one([`${field}; filename="a.csv"`], `a,b\r\n1,"${sentence(w, p)}"`)),
  "a JSON": raw((w, p) => one([`${field}; filename="a.json"`], JSON.stringify({ a: [sentence(w, p)] }))),
  "lines of JSON": raw((w, p) =>
    one([`${field}; filename="a.jsonl"`], `{"a":1}\n${JSON.stringify({ a: [sentence(w, p)] })}`),
  ),
  "JSON called text": raw((w, p) => one([field, "Content-Type: text/plain"], JSON.stringify({ a: [sentence(w, p)] }))),
};

const ODD: Readonly<Record<string, Carrier>> = {
  "a field's name": raw((w) => one([`Content-Disposition: form-data; name="${w}"`], "x")),
  "a file's name": raw((w) => one([`${field}; filename="${w}.txt"`], "x")),
  "a file's name, without quotes": raw((w) => one([`${field}; filename=${w}`], "x")),
  "a file's name, extended": raw((w) =>
    one([`${field}; filename*=UTF-8''${w.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`], "x"),
  ),
  "a file's name in pieces": raw((w) =>
    one([`${field}; filename*0="${w.slice(0, 4)}"; filename*1="${w.slice(4)}"`], "x"),
  ),
  "a file's name as an encoded word": raw((w) =>
    one([`${field}; filename="=?utf-8?B?${Buffer.from(w).toString("base64")}?="`], "x"),
  ),
  "a part's header": raw((w) => one([field, `X-Note: ${w}`], "x")),
  "a part's header's name": raw((w) => one([field, `X-${w}: 1`], "x")),
  "a part's type": raw((w) => one([field, `Content-Type: text/plain; note=${w}`], "x")),
  "a part's header, folded": raw((w) => one([field, "X-Note: x", ` ${w}`], "x")),
  "before the first boundary": raw((w) => `${w}\r\n${one([field], "x")}`),
  "after the last boundary": raw((w) => `${one([field], "x")}${w}`),
  "a part in base64": raw((w) => one([field, "Content-Transfer-Encoding: base64"], Buffer.from(w).toString("base64"))),
  "a part in quoted-printable": raw((w) =>
    one(
      [field, "Content-Transfer-Encoding: quoted-printable"],
      w.replace(/./g, (c) => `=${c.charCodeAt(0).toString(16)}`),
    ),
  ),
  "a part in gzip": (w) =>
    parts(
      Buffer.concat([
        Buffer.from(lines("--b0undary", field, "Content-Encoding: gzip", "", "")),
        gzipSync(w),
        Buffer.from("\r\n--b0undary--\r\n"),
      ]),
    ),
  "a file of gzip": (w) =>
    parts(
      Buffer.concat([
        Buffer.from(lines("--b0undary", `${field}; filename="a.gz"`, "", "")),
        gzipSync(w),
        Buffer.from("\r\n--b0undary--\r\n"),
      ]),
    ),
  "a CSV in GBK": (w, p) =>
    parts(
      Buffer.concat([
        Buffer.from(lines("--b0undary", `${field}; filename="a.csv"`, "", "")),
        gb(`姓名,电话\r\n张三李四王五,${sentence(w, p)}`),
        Buffer.from("\r\n--b0undary--\r\n"),
      ]),
    ),
  "a part in UTF-16": (w, p) =>
    parts(
      Buffer.concat([
        Buffer.from(lines("--b0undary", field, "Content-Type: text/plain; charset=utf-16le", "", "")),
        Buffer.from(sentence(w, p), "utf16le"),
        Buffer.from("\r\n--b0undary--\r\n"),
      ]),
    ),
  "line ends without a return": raw((w, p) => one([field], sentence(w, p)).replaceAll("\r\n", "\n")),
  "no last boundary": raw((w, p) => lines("--b0undary", field, "", sentence(w, p), "")),
  "two boundaries": raw(
    (w, p) => one([field], sentence(w, p)),
    "multipart/form-data; boundary=b0undary; boundary=other",
  ),
  "another boundary than named": raw((w, p) => one([field], sentence(w, p)), "multipart/form-data; boundary=other"),
  "no boundary named": raw((w, p) => one([field], sentence(w, p)), "multipart/form-data"),
  "a value in the boundary": (w) =>
    parts(`--${w}\r\n${field}\r\n\r\nx\r\n--${w}--\r\n`, `multipart/form-data; boundary=${w}`),
  "multipart in multipart": raw((w, p) =>
    one(
      [field, "Content-Type: multipart/mixed; boundary=inner"],
      lines("--inner", "", sentence(w, p), "--inner--", ""),
    ),
  ),
  "over two fields": raw((w) =>
    lines(
      "--b0undary",
      'Content-Disposition: form-data; name="phone1"',
      "",
      w.slice(0, 5),
      one(['Content-Disposition: form-data; name="phone2"'], w.slice(5)),
    ),
  ),
  "5,000 parts": raw(
    (w, p) => `${lines("--b0undary", field, "", "x", "").repeat(5_000)}${one([field], sentence(w, p))}`,
  ),
  "a mixed body": raw(
    (w, p) => one(["Content-Type: text/plain"], sentence(w, p)),
    "multipart/mixed; boundary=b0undary",
  ),
  "a part without a name": raw((w, p) => one(["Content-Type: text/plain"], sentence(w, p))),
  "a header twice": raw((w, p) => one([field, 'Content-Disposition: form-data; name="x"'], sentence(w, p))),
  "a backslash in a name": raw((w) => one(['Content-Disposition: form-data; name="a\\"; filename="' + w + '"'], "x")),
};

export const row: Row = {
  row: 7,
  title: "every corner of a multipart body",
  cases: [...compose(CONTENTS, SOME.slice(0, 3), TWO), ...compose(ODD, [PLAIN], TWO)],
};
