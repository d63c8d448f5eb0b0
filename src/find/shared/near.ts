// Words that make a bare number mean something. Law: context is the member's name and 24 characters either side, no
// more.

import type { Certainty } from "../../words.ts";
import type { Context } from "../detector.ts";

const REACH_UNITS = 24;
const COLON_REACH_UNITS = 6;
/** `"sjh":"`, `sjh=`: a member's name in JSON, a form or a log line inside the string, quotes escaped or not. */
const NAMED = /([\w\u4e00-\u9fff-]{1,24})\\{0,3}["']?\s?[:=：]\s?\\{0,3}["']?$/;

/** What kinds of word vouch for a type: in running text, and as a member's name. */
export interface Words {
  readonly text: RegExp;
  readonly key: RegExp;
}

/** @returns "key", "format+context" or null: nothing near vouches for text[start, end). */
export function vouched(text: string, start: number, end: number, context: Context, words: Words): Certainty | null {
  if (context.key !== "" && (words.key.test(context.key) || words.text.test(context.key))) return "key";
  if (isAfterColon(text, start)) {
    const name = NAMED.exec(text.slice(Math.max(0, start - 2 * REACH_UNITS), start))?.[1];
    if (name !== undefined && words.key.test(name)) return "key";
  }
  return standsNear(text, start, end, REACH_UNITS, words.text) ? "format+context" : null;
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
