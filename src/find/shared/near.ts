// Words that make a bare number mean something. Law: context is the member's name and 24 characters either side, no
// more.

import type { Certainty } from "../../words.ts";
import type { Context } from "../detector.ts";

const REACH_UNITS = 24;
const COLON_REACH_UNITS = 6;
/** `"sjh":"`, `sjh=`: a member's name in JSON, a form or a log line inside the string, quotes escaped or not. */
const NAMED = /([\w\u4e00-\u9fff-]{1,24})\\{0,3}["']?\s?[:=：]\s?\\{0,3}["']?$/;

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
  if (!isAfterColon(text, start)) return false;
  const name = NAMED.exec(text.slice(Math.max(0, start - 2 * REACH_UNITS), start))?.[1];
  return name !== undefined && words.key.test(name);
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

/** Whether NAMED can match before `start`: a space, three backslashes and a quote are all that may follow its colon. */
function isAfterColon(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && at >= start - COLON_REACH_UNITS; at--) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3a || unit === 0x3d || unit === 0xff1a) return true;
  }
  return false;
}
