// A mobile number that `_` or letters join to a name: `avatar_139….jpg`, `"user": "u139…"`, `/u/u139…`. Law: only where
// people name things after people: a file, a link, a member that says so; the block of a disk and the number of an
// order are named so, too, and stay what they are.

import type { PiType } from "../../words.ts";
import type { Context } from "../detector.ts";
import { nameBefore } from "../shared/near.ts";
import { matchesOf } from "../shared/pattern.ts";
import type { Joined } from "./joined.ts";

const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;
const KINDS: readonly PiType[] = ["cn-mobile"];
const AROUND_UNITS = 64;
const NAME = String.raw`[A-Za-z\p{Script=Han}]`;
/** Words and short numbers, joined by `_` or `-`; the last word may touch. */
const BEFORE = new RegExp(String.raw`(?:(?:${NAME}{1,24}|\d{1,8})[_-]){0,5}(?:${NAME}{1,16})?$`, "u");
const AFTER = new RegExp(String.raw`^(?:[_-](?:${NAME}{1,24}|\d{1,8})(?![A-Za-z0-9])){0,5}`, "u");
const JOINED = /[A-Za-z0-9_]/;
/** Things of machines. */
const THING = new RegExp(
  `(?:^|[^A-Za-z])(?:${[
    "blk|block|chunk|part|shard|segment|node|host|build|version|ver|rev|commit|hash|digest|seed|core|heap|dump|task",
    "job|queue|msg|message|seq|trace|span|req|request|log|event|order|trade|txn?|transaction|bill|invoice|sku|item",
    "goods|product|batch|serial|sn|ts|time|timestamp|epoch|size|offset|cache|tmp|temp|pid|tid|port|bytes|len|count",
  ].join("|")})s?(?:[_-]|$)`,
  "i",
);
const PHONE = /(?:phone|mobile|cell|tel|whatsapp|sjh?|dh|手机号?码?|电话号?码?)[_-]?$/i;
const PERSON = new RegExp(
  [
    "(?:^|[_-])(?:u|usr|user(?:name|id)?|uid|account|acct|avatar|head|face|",
    "photo|member|vip|customer|client|cust|contact|friend|profile|resume|cv|",
    "login|nick|name|owner|driver|student|patient|kh|yh|头像|用户|客户|会员|联系人)[_-]?$",
  ].join(""),
  "i",
);
/** `v139….zip`. */
const LETTER_ALONE = /(?:^|[_-])[A-Za-z]$/;
/** Files that people make. */
const FILE = new RegExp(
  [
    String.raw`^\.(?:jpe?g|png|gif|webp|bmp|heic|tiff?|pdf|docx?|xlsx?|pptx?|wps|et|csv|`,
    "tsv|vcf|eml|zip|rar|7z|mp[34]|wav|m4a|amr|aac|silk|mov|avi)(?![A-Za-z0-9])",
  ].join(""),
  "i",
);
const OTHER_FILE = /^\.(?:txt|json|xml|html?|md|log)(?![A-Za-z0-9])/i;
const KEY = new RegExp(
  "phone|mobile|avatar|user|account|login|member|customer|contact|nick|owner|(?:^|_)(?:tel|cell|uid)(?:$|_)|" +
    "^(?:name|file_?name|tool_?name|title)$|用户|账号|头像|手机|电话|联系|文件名",
  "i",
);
const OF_PERSON = new RegExp(
  ["(?:^|/)(?:u|users?|members?|avatars?|profiles?|customers?|contacts?|accounts?|", "phones?|mobiles?|tel)/$"].join(
    "",
  ),
  "i",
);
const IN_PATH_END = /^(?:[/?#\s"'\\]|$)/;

/** Every number of `text` that is joined so, in order. */
export function gluedIn(text: string, context: Context): Joined[] {
  const found: Joined[] = [];
  for (const { 0: digits, index: start } of matchesOf(MOBILE, text)) {
    const end = start + digits.length;
    if (isGlued(text, start, end, context)) found.push({ start, end, digits, vouched: KINDS, alone: KINDS });
  }
  return found;
}

function isGlued(text: string, start: number, end: number, context: Context): boolean {
  const around = text.slice(Math.max(0, start - AROUND_UNITS), start);
  const before = BEFORE.exec(around)?.[0] ?? "";
  const after = AFTER.exec(text.slice(end, end + AROUND_UNITS))?.[0] ?? "";
  if (!/[A-Za-z_]$/.test(before) && !after.startsWith("_")) return false;
  const first = start - before.length;
  const last = end + after.length;
  if (JOINED.test(text[first - 1] ?? "") || JOINED.test(text[last] ?? "") || THING.test(before)) return false;
  const word = PHONE.exec(before) ?? PERSON.exec(before);
  const isOfPerson = word !== null;
  // nothing stands before the word: `a_tel139…` is a name in code
  const isAlone = word?.index === 0;
  const rest = text.slice(last, last + 8);
  if ((FILE.test(rest) && (isOfPerson || !LETTER_ALONE.test(before))) || (isOfPerson && OTHER_FILE.test(rest)))
    return true;
  if (/^\.\w/.test(rest) || rest.startsWith("@")) return false;
  if (isAlone && ((PHONE.test(before) && before.endsWith("_")) || (first === 0 && last === text.length))) return true;
  const path = text.slice(Math.max(0, first - AROUND_UNITS), first);
  if (path.endsWith("/") && IN_PATH_END.test(rest)) return isOfPerson || OF_PERSON.test(path);
  if (KEY.test(nameBefore(text, first))) return true;
  return KEY.test(context.key) && text.trim().length === last - first;
}
