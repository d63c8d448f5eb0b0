// Passwords in a sentence or a line of settings: short ones, with signs, of digits. Law: its name and something that
// links them stand right before it; and it is one that somebody made: no word, no variable, no placeholder, no type.

import type { Span } from "../detector.ts";
import { isCodeName, isOther, isPlaceholder, isVariable, NUMBER_OF_PERSON } from "./placeholders.ts";

const UNITS_MIN = 6;
const SIGNED_UNITS_MIN = 8;
const DIGITS_MAX = 16;
const OWNER_UNITS = 24;
const QUOTE = "\\\\?[\"'`“‘]";
/** What ends one that is not quoted; in quotes commas and brackets belong to it. */
const BARE = "[!#-&*-+\\--:=-\\[\\]-_a-~]";
const VALUE = `(?:(${QUOTE})([!-&(-\\[\\]-_a-~]{4,128})(?=\\\\?["'\`”’])|((?:(?![&<>,;])${BARE}){4,128}))`;
const ENGLISH = "pass(?:word|wd|phrase|code)|pwd";
const LINK = String.raw`\s?(?::=|=>|[:：=])\s{0,2}`;
/** Without a link, `--password x` and `password x`, it has to look like one. */
const ENGLISH_LINK = String.raw`(?:${LINK}|\sis:?\s|(\s))`;
const CHINESE_LINK = String.raw`(?:${LINK}|\s?(?:就?[是为]|[改设][成为]了?)[:：]?\s{0,2}|\s{0,2})`;
const AFTER_NAME = "(?:\\\\?[\"'`”])?";
const SHAPE = new RegExp(
  `(?:(?:${ENGLISH})${AFTER_NAME}${ENGLISH_LINK}|(密码|口令)${AFTER_NAME}${CHINESE_LINK})${VALUE}`,
  "giu",
);
const MAY_HOLD = /passw|passphrase|passcode|pwd|密码|口令/i;
/** `ERR_PASSWORD = 100103` is no password. */
const OWNER =
  /^(?:(?:the|my|db|user|login|root|admin|default|init|initial|old|new|wifi|pay|mysql|redis|ftp|smtp|mail)[_-]?)?$/i;
/** 密码6位, 密码100000次. */
const COUNTED = /^\s?[位次个人条元年天分种字]/;

/** @returns spans of values, in order. */
export function passwordsIn(text: string): Span[] {
  const spans: Span[] = [];
  if (!MAY_HOLD.test(text)) return spans;
  SHAPE.lastIndex = 0;
  for (let match = SHAPE.exec(text); match !== null; match = SHAPE.exec(text)) {
    const [all, unlinked, chinese, quote, quoted, bare] = match;
    const [owner] = /[\w-]*$/.exec(text.slice(Math.max(0, match.index - OWNER_UNITS), match.index))!;
    const end = match.index + all.length;
    const value = quoted ?? bare!.replace(/[.!?:]$/, "");
    const start = end - (quoted ?? bare!).length;
    SHAPE.lastIndex = start;
    if (text[end] === "(" || COUNTED.test(text.slice(end, end + 2))) continue;
    if (unlinked !== undefined && !owner.startsWith("--") && !isStrong(value)) continue;
    if (!isPassword(value, quote !== undefined, chinese !== undefined || OWNER.test(owner))) continue;
    spans.push({ start, end: start + value.length, certainty: "format+context", canonical: value });
  }
  return spans;
}

function isStrong(value: string): boolean {
  return value.length >= SIGNED_UNITS_MIN && /\d/.test(value) && /[A-Za-z]/.test(value) && /[!@#$%^*]/.test(value);
}

/** @param isOwned its name says whose it is, or nothing else. */
function isPassword(value: string, isQuoted: boolean, isOwned: boolean): boolean {
  if (value.length < UNITS_MIN || isPlaceholder(value) || isCodeName(value) || isOther(value)) return false;
  if (NUMBER_OF_PERSON.test(value) || (!isQuoted && /[()[\]{}]/.test(value))) return false;
  const hasDigit = /\d/.test(value);
  if (/^\d+$/.test(value)) return isOwned && value.length <= DIGITS_MAX;
  if (!/[A-Za-z]/.test(value)) return isQuoted && hasDigit;
  if (!isQuoted && isVariable(value)) return false;
  if (hasDigit) return true;
  return value.length >= SIGNED_UNITS_MIN && /[!@#$%^*~?+]/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value);
}
