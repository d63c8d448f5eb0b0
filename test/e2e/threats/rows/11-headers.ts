// Row 11: headers that leave, headers that stay, their names, and what stands in the place of a credential.

import { ANY, type Carrier, CHAT, compose, type Row } from "../cases.ts";
import { PLAIN, SOME } from "../disguises.ts";
import { NUMBERS, ONE, TWO } from "../planted.ts";
import type { Headers, Wire } from "../wire.ts";

const BODY = Buffer.from('{"model":"m","messages":[]}');
const sent = (headers: Headers, path = ANY): Wire => ({
  path,
  headers: [["content-type", "application/json"], ...headers],
  body: BODY,
});
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const bytesOf = (text: string) => Buffer.from(text, "utf8").toString("latin1");
const hex = (text: string) => Buffer.from(text).toString("hex").replace(/../g, "%$&");

/** The first are carried to any recipient, the next where policy says so, the rest never. */
const NAMES = [
  ...["user-agent", "openai-organization", "openai-project", "idempotency-key", "accept", "anthropic-beta"],
  ...["x-note", "baggage", "tracestate", "traceparent", "referer", "set-cookie"],
  ...["cookie", "x-custom", "x-stainless-lang", "x-forwarded-for", "via", "from", "forwarded", "accept-language"],
  ...["x-request-id", "origin", "if-none-match", "proxy-authorization", "x-yumen-note", "accept-encoding", "range"],
];
const PLACES: Readonly<Record<string, Carrier>> = Object.fromEntries(
  NAMES.map((name): [string, Carrier] => [`header ${name}`, (w) => sent([[name, bytesOf(w)]])]),
);

const WRITTEN: Readonly<Record<string, Carrier>> = {
  "a header's name": (w) => sent([[`x-${w}`, "1"]]),
  percent: (w) => sent([["x-note", hex(w)]]),
  "an encoded word": (w) => sent([["x-note", `=?utf-8?B?${Buffer.from(w).toString("base64")}?=`]]),
  "an encoded word, printable": (w) => sent([["x-note", `=?utf-8?Q?${hex(w).replaceAll("%", "=")}?=`]]),
  "two encoded words": (w) =>
    sent([
      [
        "x-note",
        `=?utf-8?B?${Buffer.from(w.slice(0, 5)).toString("base64")}?= =?utf-8?B?${Buffer.from(w.slice(5)).toString("base64")}?=`,
      ],
    ]),
  "an extended parameter": (w) => sent([["x-note", `attachment; filename*=UTF-8''${hex(w)}`]]),
  "an extended parameter in pieces": (w) =>
    sent([["x-note", `a; filename*0*=UTF-8''${hex(w.slice(0, 5))}; filename*1*=${hex(w.slice(5))}`]]),
  "baggage, its value in percent": (w) => sent([["baggage", `userId=${hex(w)},serverNode=DF%2028`]]),
  "baggage, a property": (w) => sent([["baggage", `a=1;phone=${w}`]]),
  "base64 in a header": (w) => sent([["x-note", Buffer.from(w).toString("base64")]]),
  "over two headers of one name": (w, p) =>
    sent([
      ["x-note", `${p.kind === "id" ? "ID card" : "phone"} ${w.slice(0, 5)}`],
      ["x-note", w.slice(5)],
    ]),
  "the user of Basic": (w) => sent([["authorization", basic(`${w}:pass`)]]),
  "the password of Basic": (w) => sent([["authorization", basic(`user:${w}`)]]),
  "the user of Basic, to OpenAI": (w) => sent([["authorization", basic(`${w}:pass`)]], CHAT),
  Bearer: (w) => sent([["authorization", `Bearer ${w}`]], CHAT),
  "a JSON web token": (w) =>
    sent(
      [
        [
          "authorization",
          `Bearer ${[{ alg: "none" }, { sub: w }].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.x`,
        ],
      ],
      CHAT,
    ),
  "a key of an API": (w) => sent([["api-key", w]], CHAT),
  "x-api-key": (w) => sent([["x-api-key", w]], CHAT),
  "a continued header": (w) => sent([["x-note", `a\r\n ${w}`]]),
  "a purpose": (w) => sent([["x-yumen-purpose", w]]),
  "a conversation": (w) => sent([["x-yumen-conversation", w]]),
  "named by Connection": (w) =>
    sent([
      ["connection", "x-note"],
      ["x-note", w],
    ]),
};

export const row: Row = {
  row: 11,
  title: "headers, their names, what stands for a credential",
  cases: [
    ...compose(PLACES, [PLAIN], NUMBERS),
    ...compose(Object.fromEntries(Object.entries(PLACES).slice(0, 12)), SOME.slice(1), ONE),
    ...compose(WRITTEN, [PLAIN], TWO),
  ],
};
