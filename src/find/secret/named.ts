// Credentials that no issuer's prefix tells: a password beside its name, in a URL, behind `Bearer`. Law: the name is
// not enough: the value is one that a person or a generator made, no placeholder, no variable, no word of code; no rule
// looks at entropy, because logs are full of it.

import type { Context, Span } from "../detector.ts";
import { plainName } from "../shared/label.ts";
import { matchesOf } from "../shared/pattern.ts";
import { carriedIn } from "./carried.ts";
import { passwordsIn } from "./passwords.ts";
import { isCodeName, isOther, isPlaceholder, isVariable, NUMBER_OF_PERSON } from "./placeholders.ts";

const UNITS_MIN = 8;
const PASSWORD_UNITS_MIN = 6;
/** Names of members as plainName writes them. A token of `token` alone may be a word, a page, a device. */
export const KEYS: RegExp = new RegExp(
  `^(?:${[
    "(?:[a-z0-9]{0,24})(?:password|passwd|passphrase)|pwd|(?:user|login|db|old|new|pay|trade)pwd|mima|denglumima|mm",
    "(?:[a-z0-9]{0,24})(?:apikey|secretkey|accesskey|accesskeysecret|secretaccesskey|privatekey|signingkey)",
    "(?:[a-z0-9]{0,24})(?:clientsecret|appsecret|apisecret|secret|accesstoken|refreshtoken|authtoken|apitoken|idtoken)",
    "[^a-z0-9]{0,8}(?:密码|口令|密钥)",
    "authorization|bearertoken|sessiontoken|jwt|token|(?:user|login|bot|github|gitlab|slack)token|appkey",
  ].join("|")})$`,
);
/** Of these a short one counts, and one of digits. */
const PASSWORD = /(?:password|passwd|pwd|mima|密码|口令)$/;
const PHRASED = /passphrase$/;
const PHRASE = /^(?!.*\b(?:your|enter|passphrase|the)\b)[!-~]{2,24}(?: [!-~]{2,24}){3,11}$/i;
const PATH = /^(?:~?\/|[A-Za-z]:\\)/;
const LOOSE = /^(?:[a-z]{0,12}token|authorization|appkey|[a-z0-9]{0,24}accesskey|mm|jwt)$/;
const IN_VALUE = String.raw`[^\s"'“”\\,;，；。、)）&<`;
const WORD = "(?:password|passwd|passphrase|pwd|(?:api|secret|access|private)[_-]?key|secret|token)";
/** Where such a name may end. */
const NAMED_THERE = new RegExp(`${WORD}(?![A-Za-z0-9_-])|密码|口令|密钥`, "gi");
const NAME_UNITS_MAX = 52;
const ASSIGNED = new RegExp(
  [
    String.raw`(?<![\w-])([\w-]{0,32}?${WORD}|密码|口令|密钥)`,
    String.raw`(?:\\?["'])?\s{0,2}(?:[:：=]|=>|是|为|\bis\b)\s{0,2}(\\?["'“]?)`,
    `(${IN_VALUE}]{7,255}${IN_VALUE}.!?])`,
  ].join(""),
  "iy",
);
const BEARER = /\b(?:Bearer|Basic)\s{1,2}([A-Za-z0-9+/_.~-]{16,2048}={0,2})/g;
/** With its host: `password@host` alone would be a mailbox. */
const IN_URL = /\b[a-z][a-z0-9+.-]{1,15}:\/\/([^\s:/@"'<>]{0,64}:([^\s:/@"'<>]{6,128})@[\w.[\]-]{1,253})/gi;
/** What names a value in ASSIGNED and BEARER. */
export const NAMES: RegExp = new RegExp(
  [
    "passw(?:or)?d|passphrase|passcode|pwd|(?:api|access|private|account)[_-]?key|secret|token(?![A-Za-z])",
    String.raw`bearer|basic|密码|口令|密钥|cookie|sess(?:ion)?_?id|sessdata|connect\.sid|_session|\b[as]k\b`,
    String.raw`hooks\.slack|webhook|\/hook\/`,
  ].join("|"),
  "i",
);

/** @returns spans of values, in order of their rules. */
export function namedIn(text: string, context: Context): Span[] {
  const keyed = ofKey(text, context);
  if (keyed !== null) return [keyed];
  const spans: Span[] = [];
  if (text.includes("Bearer") || text.includes("Basic"))
    for (const match of matchesOf(BEARER, text)) if (isToken(match[1]!)) spans.push(spanOf(match, match[1]!));
  if (text.includes("://") && text.includes("@"))
    for (const match of matchesOf(IN_URL, text)) if (!isPlaceholder(match[2]!)) spans.push(spanOf(match, match[1]!));
  let free = 0;
  for (const { index, 0: word } of matchesOf(NAMED_THERE, text)) {
    ASSIGNED.lastIndex = nameStart(text, index, free);
    const match = ASSIGNED.exec(text);
    if (match === null || match.index + match[1]!.length < index + word.length) continue;
    free = match.index + match[0].length;
    if (isAssigned(match) && !isCall(match, text)) spans.push(spanOf(match, match[3]!));
  }
  return [...spans, ...passwordsIn(text), ...carriedIn(text, context)];
}

/** The start of the name that a word ends: it does not reach back into what was read before. */
function nameStart(text: string, at: number, free: number): number {
  let start = at;
  while (start > free && at - start < NAME_UNITS_MAX && /[\w-]/.test(text[start - 1]!)) start--;
  return start;
}

function ofKey(text: string, { key }: Context): Span | null {
  const name = plainName(key);
  const value = text.trim();
  if (!KEYS.test(name) || value.length < (PASSWORD.test(name) ? PASSWORD_UNITS_MIN : UNITS_MIN)) return null;
  if (!(/^[!-~]+$/.test(value) || (PHRASED.test(name) && PHRASE.test(value))) || isPlaceholder(value)) return null;
  // the working directory
  if (name === "pwd" && PATH.test(value)) return null;
  if (isCodeName(value) || NUMBER_OF_PERSON.test(value) || (LOOSE.test(name) && !isToken(value))) return null;
  const start = text.indexOf(value);
  return { start, end: start + value.length, certainty: "key", canonical: value };
}

/** Tokens of a page, of a body, of a sentence. */
const OTHER_TOKEN = /face|voice|page|next|continuation|cursor|sync|csrf|xsrf|special|eos|bos|pad|max|min/i;

/** In text the value must be no word: code says `password: string` and `token = nextToken()`. */
function isAssigned([, name, quote, value]: RegExpExecArray): boolean {
  if (value === undefined || isPlaceholder(value) || isCodeName(value) || !/^[!-~]+$/.test(value)) return false;
  if (PATH.test(value) || OTHER_TOKEN.test(name!) || /[()[\]{}]/.test(value)) return false;
  const isOfToken = /token|key|secret|密钥/i.test(name!);
  if (!isOfToken && quote === "" && (isOther(value) || isVariable(value))) return false;
  const mixed = /\d/.test(value) && /[A-Za-z]/.test(value);
  return isOfToken ? isToken(value) : mixed || (quote !== "" && /[^A-Za-z]/.test(value));
}

/** `token = next2(`. */
function isCall(match: RegExpExecArray, text: string): boolean {
  return text.startsWith("(", match.index + match[0].length);
}

/** Letters and digits, as generators make them. */
function isToken(value: string): boolean {
  return value.length >= 16 && /\d/.test(value) && /[A-Za-z]/.test(value) && !isPlaceholder(value);
}

/** The value is the end of its match. */
function spanOf(match: RegExpExecArray, value: string): Span {
  const end = match.index + match[0].length;
  return { start: end - value.length, end, certainty: "format+context", canonical: value };
}
