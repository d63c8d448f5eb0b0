// How each kind of place wants to be told. Law of this file: the message formats of the vendors and nothing else; what
// is sent is signed where the place has a secret; an answer of 200 that says no is a no.
//   webhook: JSON, X-Yumen-Signature: t=<s>,v1=<hex HMAC-SHA-256 of "<s>.<body>">
//   feishu, dingtalk, wecom: a group's custom robot (text; their limits are 20 KB, 20 KB and 2,048 bytes)

import { createHash, createHmac } from "node:crypto";
import type { AlarmPlace } from "../../words.ts";
import type { Change } from "./alarms.ts";
import { say } from "./say.ts";

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One a change, however often it is sent: whoever has seen it takes it for known. */
export function keyOf({ what, alarm: { code, about, severity, since } }: Change): string {
  return createHash("sha256").update([what, code, about, severity, since].join("\u0000")).digest("hex").slice(0, 32);
}

type Robot = Exclude<AlarmPlace["kind"], "webhook">;

/** @param place with address and secret as they are, not as references. */
export function messageOf(place: AlarmPlace, change: Change, nowMs: number): Message {
  const json = { "content-type": "application/json; charset=utf-8" };
  if (place.kind === "webhook") {
    const body = JSON.stringify({
      v: 1,
      key: keyOf(change),
      what: change.what,
      ...change.alarm,
      text: say(change, place.language).join("\n"),
    });
    return { url: place.url, headers: { ...json, ...signature(place.secret, body, nowMs) }, body };
  }
  const { query = {}, ...body } = ROBOTS[place.kind](cut(say(change, place.language).join("\n")), place.secret, nowMs);
  const url = new URL(place.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { url: url.href, headers: json, body: JSON.stringify(body) };
}

/** The second is signed with it: whoever holds a message cannot send it again tomorrow. */
function signature(secret: string | undefined, body: string, nowMs: number): Record<string, string> {
  if (secret === undefined) return {};
  const t = Math.floor(nowMs / 1000);
  const v1 = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return { "x-yumen-signature": `t=${t},v1=${v1}` };
}

interface Said {
  readonly query?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

const ROBOTS: Readonly<Record<Robot, (text: string, secret: string | undefined, nowMs: number) => Said>> = {
  // the key is time and secret, what is signed is empty: so the vendor has it
  feishu(text, secret, nowMs) {
    const timestamp = String(Math.floor(nowMs / 1000));
    const sign = secret === undefined ? {} : { timestamp, sign: base64(`${timestamp}\n${secret}`, "") };
    return { ...sign, msg_type: "text", content: { text } };
  },
  dingtalk(text, secret, nowMs) {
    const timestamp = String(nowMs);
    const query = secret === undefined ? {} : { timestamp, sign: base64(secret, `${timestamp}\n${secret}`) };
    return { query, msgtype: "text", text: { content: text } };
  },
  wecom: (text) => ({ msgtype: "text", text: { content: text } }),
};

function base64(key: string, message: string): string {
  return createHmac("sha256", key).update(message).digest("base64");
}

/** The smallest limit of the three, in characters of three bytes. */
const UNITS_MAX = 600;

function cut(text: string): string {
  return text.length <= UNITS_MAX ? text : `${text.slice(0, UNITS_MAX).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Robots answer 200 and say in the body what went wrong. @param text what came back. */
export function isTaken(kind: AlarmPlace["kind"], status: number, text: string): boolean {
  if (status < 200 || status > 299) return false;
  if (kind === "webhook") return true;
  try {
    const said = JSON.parse(text) as { readonly code?: unknown; readonly errcode?: unknown };
    return (kind === "feishu" ? said.code : said.errcode) === 0;
  } catch {
    return false;
  }
}
