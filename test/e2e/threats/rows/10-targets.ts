// Row 10: path, matrix parameters, query, fragment.

import { ANY, type Carrier, compose, type Row } from "../cases.ts";
import { gb } from "../charsets.ts";
import { PLAIN, SEEN, SOME } from "../disguises.ts";
import { ANYWHERE, NUMBERS, ONE, TWO } from "../planted.ts";
import type { Wire } from "../wire.ts";

const get = (path: string): Wire => ({ method: "GET", path });
const coded = (text: string) => encodeURIComponent(text);
const all = (text: string | Buffer, sign = "%") =>
  Buffer.from(text as string)
    .toString("hex")
    .replace(/../g, `${sign}$&`);

const PLACES: Readonly<Record<string, Carrier>> = {
  "a segment": (w) => get(`${ANY}/${coded(w)}`),
  "the last segment, with an end": (w) => get(`${ANY}/users/${coded(w)}.json`),
  "a matrix parameter": (w) => get(`${ANY};phone=${coded(w)}/x`),
  "a query": (w) => get(`${ANY}?q=${coded(w)}`),
  "a query, beside others": (w) => get(`${ANY}?a=1&b=2&phone=${coded(w)}&c=3`),
  "a query's name": (w) => get(`${ANY}?${coded(w)}=1`),
  "a query without a name": (w) => get(`${ANY}?${coded(w)}`),
  "a query behind a semicolon": (w) => get(`${ANY}?a=1;phone=${coded(w)}`),
  "a query in brackets": (w) => get(`${ANY}?filter[phone]=${coded(w)}`),
  "JSON in a query": (w) => get(`${ANY}?f=${coded(JSON.stringify({ phone: w }))}`),
};

const WRITTEN: Readonly<Record<string, Carrier>> = {
  "every byte in percent": (w) => get(`${ANY}?q=${all(w)}`),
  "every byte in percent, in the path": (w) => get(`${ANY}/${all(w)}`),
  "in percent twice": (w) => get(`${ANY}?q=${all(w, "%25")}`),
  "in percent twice, in the path": (w) => get(`${ANY}/${all(w, "%25")}`),
  "in percent three times": (w) => get(`${ANY}?q=${all(w, "%2525")}`),
  "in percent five times": (w) => get(`${ANY}?q=${all(w, "%25252525")}`),
  "GBK in percent": (w) => get(`${ANY}?q=${all(gb(`手机${w}`))}`),
  "GBK in percent, in the path": (w) => get(`${ANY}/${all(gb(`手机${w}`))}`),
  "overlong in percent": (w) =>
    get(`${ANY}?q=${w.replace(/./g, (c) => `%c0%${(0x80 | c.charCodeAt(0)).toString(16)}`)}`),
  "as %u escapes": (w) => get(`${ANY}?q=${w.replace(/./g, (c) => `%u00${c.charCodeAt(0).toString(16)}`)}`),
  "with spaces as signs": (w) => get(`${ANY}?q=${w.replace(/(.{3})(?=.)/g, "$1+")}`),
  "base64 in a query": (w) => get(`${ANY}?q=${coded(Buffer.from(w).toString("base64"))}`),
  "base64url in the path": (w) => get(`${ANY}/${Buffer.from(w).toString("base64url")}`),
  "a fragment": (w) => get(`${ANY}#${w}`),
  "dot segments before it": (w) => get(`${ANY}/../${w}`),
  "encoded dot segments before it": (w) => get(`${ANY}/%2e%2e/${w}`),
  "behind a NUL": (w) => get(`${ANY}/x%00${w}`),
  "behind a line end": (w) => get(`${ANY}/x%0d%0aX-Note:%20${w}`),
  "behind a backslash": (w) => get(`${ANY}/x\\${w}`),
  "over two segments": (w, p) => get(`${ANY}/${p.key}/${w.slice(0, 5)}/${w.slice(5)}`),
  "over two parameters": (w, p) => get(`${ANY}?${p.key}1=${w.slice(0, 5)}&${p.key}2=${w.slice(5)}`),
  "the host of an absolute target": (w) => get(`http://${w}.example${ANY}`),
  "the user of an absolute target": (w) => get(`http://${w}@127.0.0.1${ANY}`),
  "the name of the destination": (w) => get(`/${w}/collect`),
};

export const row: Row = {
  row: 10,
  title: "path, matrix parameters, query, fragment",
  cases: [
    ...compose(PLACES, [PLAIN], ANYWHERE),
    ...compose(PLACES, SOME.slice(1), ONE),
    ...compose({ "a query of its name": (w, p) => get(`${ANY}?${p.key}=${coded(w)}`) }, SEEN, NUMBERS),
    ...compose(WRITTEN, [PLAIN], TWO),
  ],
};
