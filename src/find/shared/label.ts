// The word that names a number: its label. Law: a label stands before its number with nothing but its own clause
// between (no other number, no other label, no end), or right after it (`12345678是我的病历号`); the nearer label has the
// better claim, so every claim says how near its label is. And what another label names is nobody's to claim alone.

import type { Certainty } from "../../words.ts";
import { isOfOneClause } from "../anchors/clause-ends.ts";
import type { Clause, Context } from "../detector.ts";
import { byName, type Words } from "./near.ts";

export interface Label {
  readonly certainty: Extract<Certainty, "key" | "format+context">;
  /** UTF-16 units between label and value; 0 for a member's name. */
  readonly near: number;
}

export const BEFORE_UNITS = 48;
export const AFTER_UNITS = 40;
const OTHER_UNITS = 20;
/** A member's name speaks for a value, not for all that a long text holds. */
const NAMED_UNITS_MAX = 64;
/** A label after its number convinces less than one that stands before another. */
const AFTER_PENALTY = 12;

const QUOTE = String.raw`\\{0,3}["'“”‘’「」『』]?`;
const STOP = String.raw`\d。；;!！?？\n"'“”<>&{}[\]|\\\u0000`;
/** `：`, ` number is `, `丢了，号码是`, `" : "`: at most one colon, and no comma after it. */
const CLAUSE = new RegExp(
  `^[^${STOP}:：=、]{0,20}${QUOTE}[ \\t]?(?:[:：=]|=>)?[ \\t]?${QUOTE}[^${STOP}:：=,，、]{0,10}$`,
);
/** The label's own end (` no.`), then a cell of a table, the next line, an element of XML. */
const PUNCTUATION =
  /^(?:\s?(?:no|num|number|id|card|file|account|permit|号码?|编号|账号)\.?){0,3}[\s|:：#>"'\\()（）[\]【】\-—*_~.]*$/i;
/** Other things that numbers count: with one of these in between, the number is theirs. */
const OTHER = anyOf(
  "订单|单号|流水|编号|编码|版本|批次|批号|金额|价格|时间|日期|手机|电话",
  "order|invoice|trace|request|version|build|ticket|amount|price|phone|mobile|serial|batch|timestamp",
  String.raw`\bsku\b|\bport\b`,
);
/** Such a label right before a number, and a member's name that is one. */
const OTHER_BEFORE = new RegExp(`(?:${OTHER.source})[^${STOP}，,、]{0,8}["'“]?[:：=]?\\s?["'“]?$`, "i");
const OTHER_NAME = new RegExp(`(?:${OTHER.source}|\\bid)(?:no|num|number|id|code|sn)?$`, "i");
/** A cell that stands empty between label and number: the number is the next column's. */
const EMPTY_CELL = /\|[ \t]*-?[ \t]*\|/;
/** `（`, `是`, `，是我的`, ` is my `; not `（不含`. */
const LINK =
  /^["'”」)）\s]{0,2}(?:[(（[【][^\d，,。;；\n不除另含需]{0,8}|[,，]?\s?(?:是|为|即|is|was|as|being)[^\d，,。;；\n]{0,8})\s?$/i;
const NAME = String.raw`([A-Za-z][\w.-]{0,31})`;
/** `"sjh":"`, `sjh=`, `<sjh>`: a member's name inside the string, quotes escaped or not. */
const NAMED = new RegExp(`(?:^|[^\\w.-])${NAME}(?:\\\\{0,3}["']\\s?[:=]\\s?\\\\{0,3}["']?|\\s?=\\s?["']?|>)$`);
/** `sjh: ` at the start of a line or after punctuation: after a word it is prose, `ID card: `. */
const LISTED = new RegExp(`(?:^|[^\\w.\\s]|\n)[ \\t]{0,8}${NAME}\\s?:\\s?["']?$`);
/** What LINK begins with. */
const LINK_START = /["'”」)）\s]{0,2}(?:[(（[【]|[,，]?\s?(?:是|为|即|is|was|as|being))/iy;
/** A colon, and what may follow it. */
const NAME_END_UNITS = 6;
const NAME_ENDS = /[:=>][\s\\"']{0,5}$/;
const SEPARATORS = /[_.\s-]/g;

/** A member's name as `Words.key` and `Detector.keys` know it: lower case, separators gone. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(SEPARATORS, "");
}

/** What a clause asks where one of the words stands near. */
export function worded(...words: readonly Words[]): Pick<Clause, "said" | "named"> {
  return { said: words.map(({ text }) => text), named: words.map(({ key }) => key) };
}

/** What a clause asks where `labelOf` does. */
export function labelledBy(...words: readonly Words[]): Pick<Clause, "said" | "named" | "labelled"> {
  return { ...worded(...words), labelled: true };
}

/** Whether something else's label stands right before text[start], or names the member. */
export function isOthers(text: string, start: number, context: Context): boolean {
  if (isOtherName(context)) return true;
  return OTHER_BEFORE.test(text.slice(Math.max(0, start - OTHER_UNITS), start));
}

const isOtherName = byName((name) => name !== "" && OTHER_NAME.test(plainName(name)));

/** Whether a member's name says what its value is. */
export function isNamedBy(name: string, words: Words): boolean {
  return name !== "" && (words.key.test(plainName(name)) || words.text.test(name));
}

/** @returns the label of text[start, end), or null. `words.key` is tested against plain names. */
export function labelOf(text: string, start: number, end: number, context: Context, words: Words): Label | null {
  if (text.length - end + start <= NAMED_UNITS_MAX && isNamedBy(context.key, words))
    return { certainty: "key", near: 0 };
  const from = Math.max(0, start - BEFORE_UNITS);
  const name = nameBefore(text, start, from);
  if (name !== "" && words.key.test(name)) return { certainty: "key", near: 0 };
  const before = text.slice(isOne(words) ? clauseOf(text, from, start) : from, start);
  const gap = gapAfterLast(before, words.text);
  if (gap !== null && isGap(gap)) return { certainty: "format+context", near: gap.length };
  LINK_START.lastIndex = end;
  if (!LINK_START.test(text)) return null;
  const after = text.slice(end, end + AFTER_UNITS);
  const found = words.text.exec(after);
  if (found === null || !LINK.test(after.slice(0, found.index)) || isOthers(text, start, context)) return null;
  return { certainty: "format+context", near: AFTER_PENALTY + found.index };
}

/** Names by where their values begin, of each text that is asked about: kinds of number ask in turn. */
const namesOf = new Map<string, Map<number, string>>();
let names: Map<number, string> = new Map();
let named = "";

/** The plain name that stands before text[start], "" for none. */
function nameBefore(text: string, start: number, from: number): string {
  if (!mayEndName(text, start)) return "";
  if (named !== text) turnTo(text);
  const known = names.get(start);
  if (known !== undefined) return known;
  const name = readName(text, start, from);
  names.set(start, name);
  return name;
}

function turnTo(text: string): void {
  names = namesOf.get(text) ?? new Map();
  namesOf.set(text, names);
  named = text;
}

/** Lets go of the texts. */
export function forgetNames(): void {
  namesOf.clear();
  names = new Map();
  named = "";
}

function readName(text: string, start: number, from: number): string {
  const before = text.slice(from, start);
  if (!NAME_ENDS.test(before)) return "";
  return plainName((NAMED.exec(before) ?? LISTED.exec(before))?.[1] ?? "");
}

/** Whether NAME_ENDS can match before `start`. */
function mayEndName(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && at >= start - NAME_END_UNITS; at--) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3a || unit === 0x3d || unit === 0x3e) return true;
  }
  return false;
}

/** Whose labels have nothing in them that ends a clause. */
const ofOneClause = new WeakMap<Words, boolean>();

function isOne(words: Words): boolean {
  const is = ofOneClause.get(words) ?? isOfOneClause(words.text);
  ofOneClause.set(words, is);
  return is;
}

/** What ends the clause of a label: none of it is in a label, and none between a label and its number. */
const CLAUSE_ENDS = new Set([..."。；;!！?？<&{}"].map((end) => end.charCodeAt(0)));

/** @returns the unit that ends the clause before the one that goes on to text[start), but not before `from`. */
function clauseOf(text: string, from: number, start: number): number {
  for (let at = start - 1; at >= from; at--) {
    const unit = text.charCodeAt(at);
    if (unit > 0x40 && unit < 0x7b) continue;
    if (isDigit(unit) ? isDigit(text.charCodeAt(at - 1)) : CLAUSE_ENDS.has(unit)) return at;
  }
  return from;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isGap(gap: string): boolean {
  if (gap === "" || gap === "：" || gap === ": " || gap === " ") return true;
  if (PUNCTUATION.test(gap)) return !EMPTY_CELL.test(gap);
  return CLAUSE.test(gap) && !OTHER.test(gap);
}

/** What stands between the last label and the end of `before`. */
function gapAfterLast(before: string, words: RegExp): string | null {
  let gap: string | null = null;
  for (let rest = before, found = words.exec(rest); found !== null; found = words.exec(rest)) {
    rest = rest.slice(found.index + found[0].length);
    gap = rest;
    if (found[0] === "") break;
  }
  return gap;
}

/**
 * The `Words.key` of plain names. A number after a name changes nothing: `phone2`.
 *
 * @param exact whole names: short ones, pinyin initials.
 * @param endings what longer names end in: `buyer_passport_no` ends in `passportno`.
 */
export function keyNames(exact: readonly string[], endings: readonly string[]): RegExp {
  const whole = `^(?:${exact.join("|")})`;
  return new RegExp(`(?:${endings.length === 0 ? whole : `${whole}|(?:${endings.join("|")})`})\\d?$`);
}

/** The `Words.text` of a kind, written over several lines: any of the alternatives, letters of either case. */
export function anyOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join("|"), "i");
}
