// Words that make a bare number mean something. Law: context is the member's name and 24 characters either side, no
// more.

import type { Certainty } from "../../words.ts";
import type { Context } from "../detector.ts";
import { isDigit } from "./compact.ts";

const REACH_UNITS = 24;
const NAME_UNITS_MAX = 24;
const BACKSLASHES_MAX = 3;
const BACKSLASH = 0x5c;
const NUMBERED = /\d{4}|.{65}/;

/** What kinds of word vouch for a type: in running text, and as a member's name. */
export interface Words {
  readonly text: RegExp;
  readonly key: RegExp;
}

/** @returns "key", "format+context" or null: nothing near vouches for text[start, end). */
export function vouched(text: string, start: number, end: number, context: Context, words: Words): Certainty | null {
  if (context.key !== "" && isNameOf(context.key, words)) return "key";
  if (isNamedBefore(text, start, words)) return "key";
  return standsNear(text, start, end, REACH_UNITS, words.text) ? "format+context" : null;
}

function isNameOf(name: string, words: Words): boolean {
  return words.key.test(name) || words.text.test(name);
}

/** Whether the name of a member in the text itself says what begins at text[start]. */
export function isNamedBefore(text: string, start: number, words: Words): boolean {
  const name = nameBefore(text, start);
  return name !== "" && words.key.test(name);
}

/**
 * `"sjh":"`, `sjh=`: a member's name in JSON, a form or a log line inside the string, quotes escaped or not, right
 * before text[start]. @returns at most 24 units of it, "" for none.
 */
export function nameBefore(text: string, start: number): string {
  let at = beforeQuote(text, start);
  if (isSpace(text.charCodeAt(at - 1))) at--;
  if (!isColon(text.charCodeAt(at - 1))) return "";
  at--;
  if (isSpace(text.charCodeAt(at - 1))) at--;
  const end = beforeQuote(text, at);
  let from = end;
  while (from > 0 && end - from < NAME_UNITS_MAX && isOfName(text.charCodeAt(from - 1))) from--;
  return text.slice(from, end);
}

/** Before a quote and the backslashes that escape it. */
function beforeQuote(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  let at = last === 0x22 || last === 0x27 ? end - 1 : end;
  for (let i = 0; i < BACKSLASHES_MAX && text.charCodeAt(at - 1) === BACKSLASH; i++) at--;
  return at;
}

function isColon(unit: number): boolean {
  return unit === 0x3a || unit === 0x3d || unit === 0xff1a;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0xa0 && /\s/.test(String.fromCharCode(unit)));
}

/** Letters, digits, `_`, `-`, and Chinese characters. */
function isOfName(unit: number): boolean {
  if (unit < 0x80)
    return ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || isDigit(unit) || unit === 0x5f || unit === 0x2d;
  return unit >= 0x4e00 && unit <= 0x9fff;
}

/** `isNameOf` the member's name, asked once of one that comes again. */
export function namedBy(words: Words): (context: Context) => boolean {
  return byName((name) => name !== "" && isNameOf(name, words));
}

/** Remembers what was said of the last name; not of one that may itself be somebody's number. */
export function byName(is: (name: string) => boolean): (context: Context) => boolean {
  let last = "";
  let said = is(last);
  return ({ key }) => {
    if (key === last) return said;
    const now = is(key);
    if (!NUMBERED.test(key)) {
      last = key;
      said = now;
    }
    return now;
  };
}

/** Whether one of the words stands within so many units of text[start, end), before it or after. */
export function standsNear(text: string, start: number, end: number, units: number, words: RegExp): boolean {
  return words.test(`${text.slice(Math.max(0, start - units), start)}\u0000${text.slice(end, end + units)}`);
}
