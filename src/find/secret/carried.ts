// Credentials told by what carries them: the address of a robot, a cookie, a connection string, a pair of access keys.
// Law: the carrier stands in full beside a value that a generator made.

import type { Context, Span } from "../detector.ts";
import { isPlaceholder } from "./placeholders.ts";

const DISTINCT_MIN = 8;
const BEFORE_UNITS = 240;
const COOKIE = /cookie/i;
/** `a=1; sid=…` and `sid=…; path=/`. */
const PAIR_BEFORE = /=[^\s;=]{1,128};\s?$/;
const PAIR_AFTER = /^;\s?(?:[\w.-]{1,64}=|HttpOnly|Secure)/i;

/** One of these is in whatever carries one; asked first. */
const MAY_CARRY = new RegExp(
  [
    String.raw`hooks\.slack|oapi\.ding|weixin\.qq|/hook/|sess|\.sid|sid=|accountkey|accesskey|`,
    `(?<![a-z])[as]k["' :：=]|access[_-]key|secret[_-]?id`,
  ].join(""),
  "i",
);
/** Whose last group is the credential. */
const ROBOTS = [
  String.raw`hooks\.slack\.com\/(?:services|workflows)\/(T[A-Z0-9]{6,14}(?:\/[A-Za-z0-9]{6,40}){2,3})`,
  String.raw`oapi\.dingtalk\.com\/robot\/send\?access_token=([A-Za-z0-9]{32,128})`,
  String.raw`qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/\w{1,24}\?(?:\w{1,16}=\w{0,32}&){0,2}key=([A-Za-z0-9-]{32,40})`,
  String.raw`open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/(?:v2\/)?hook\/([A-Za-z0-9-]{20,64})`,
].map((shape) => new RegExp(shape, "g"));
/** Names that only cookies of sessions have. */
const SESSION = new RegExp(
  [
    String.raw`(?<![\w.-])(?:PHPSESSID|JSESSIONID(?:SSO)?|ASP\.NET_SessionId|connect\.sid|`,
    String.raw`SESSDATA|laravel_session)=([\w%.~+/:-]{16,512})`,
  ].join(""),
  "gi",
);
/** Names that others have, too. */
const OTHER_SESSION = /(?<![\w.-])(?:session_?id|_?session|sid|session[_-]token)=([\w%.~+/:-]{16,512})/gi;
const CONNECTION = /(?<![A-Za-z])(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,100}={0,2})/g;
/** AK, SK: as the clouds of China call them. */
const PAIR = new RegExp(
  [
    `(?<![A-Za-z0-9_])(?:[as]k|(?:secret[_-]?)?access[_-]?key[_-]?id|`,
    String.raw`secret[_-]?id)["']?\s{0,2}[:：=]\s{0,2}["']?([A-Za-z0-9+/_-]{16,64})`,
    "(?![A-Za-z0-9])",
  ].join(""),
  "gi",
);
/** With its host. A word that documentation writes is no password. */
const STORE = new RegExp(
  [
    String.raw`\b(?:postgres(?:ql)?|mysql|mariadb|rediss?|mongodb(?:\+srv)?|amqps?|mssql|`,
    String.raw`sqlserver|clickhouse|s?ftp|ldaps?|smb)://(([^\s:/@"'<>]{0,64}):([^\s/@"'<>]{4,128})@[\w.[\]-]{1,253})`,
  ].join(""),
  "gi",
);
const DOCUMENTED =
  /^(?:pass(?:word|wd)?\d{0,3}|pwd|secret|root|admin|test|user|postgres|mysql|guest|redis|mongo|changeme|example)$/i;

/** @returns spans of values. */
export function carriedIn(text: string, context: Context): Span[] {
  const spans: Span[] = [];
  if (MAY_CARRY.test(text)) {
    for (const robot of ROBOTS) add(robot, text, isMade, spans);
    add(SESSION, text, isMade, spans);
    add(OTHER_SESSION, text, (value, start) => isMade(value) && isInCookie(text, start, value, context), spans);
    add(CONNECTION, text, isMade, spans);
    add(PAIR, text, isMade, spans);
  }
  if (text.includes("://") && text.includes("@")) add(STORE, text, (_, __, match) => isOfStore(match), spans);
  return spans;
}

type Judge = (value: string, start: number, match: RegExpExecArray) => boolean;

function add(shape: RegExp, text: string, is: Judge, into: Span[]): void {
  shape.lastIndex = 0;
  for (let match = shape.exec(text); match !== null; match = shape.exec(text)) {
    const value = match[1]!;
    const start = match.index + match[0].lastIndexOf(value);
    if (is(value, start, match))
      into.push({ start, end: start + value.length, certainty: "format+context", canonical: value });
  }
}

/** Letters and digits, and many of them. */
function isMade(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || isPlaceholder(value)) return false;
  return new Set(value).size >= DISTINCT_MIN;
}

function isInCookie(text: string, start: number, value: string, { key }: Context): boolean {
  const end = start + value.length;
  if (COOKIE.test(key)) return true;
  const before = text.slice(Math.max(0, start - BEFORE_UNITS), start);
  const name = before.search(/[\w.-]+=$/);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return COOKIE.test(line) || PAIR_BEFORE.test(before.slice(0, name)) || PAIR_AFTER.test(text.slice(end, end + 80));
}

function isOfStore([, , user, password]: RegExpExecArray): boolean {
  return !isPlaceholder(password!) && !DOCUMENTED.test(password!) && password !== user && !/^[${%]/.test(password!);
}
