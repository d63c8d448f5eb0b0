// Where in a text patterns can begin. Law: every bordered match that somebody asks for begins at a place that is
// listed; a text is walked once for all patterns together, and forgotten when its windows are done with.

import { unitsOf } from "../scan/locate.ts";
import { type Beginnings, NOT_ASCII, runOf } from "./first-run.ts";
import { Columns, type Listed, type Openness } from "./list.ts";

export type { Listed, Openness } from "./list.ts";

const BACKSLASH = 0x5c;
const POINT = 0x2e;
/** 1: digit; 2: letter or underscore. By unit of ASCII, or by byte: 0 for what is none. */
export const WORD: Uint8Array = new Uint8Array(256);
for (let code = 0; code < 128; code++)
  WORD[code] = /\d/.test(String.fromCharCode(code)) ? 1 : /\w/.test(String.fromCharCode(code)) ? 2 : 0;

/** Not the beginning of a row: what stands before one. */
const SIGN = -1;
/** Units that are no letter or digit and begin a pattern. */
const isSign = new Uint8Array(0x10000);
/** Of texts whose turn comes more than once; and of any other, one at a time. */
const many = new Columns();
const other = new Columns();
/** Of the text whose turn it is. */
let places: Columns = other;
let first = 0;
let last = 0;
let walked: string | null = null;
/** Those of the places that are open to whose turn it is. */
let mine: Int32Array = new Int32Array(many.length);
let mineCount = 0;
let isAsked = false;

/** Says where a new pattern begins. */
export function learn({ first }: Beginnings): void {
  for (const unit of first) if (unit >= WORD.length || WORD[unit] === 0) isSign[unit] = 1;
  walked = null;
}

/** Lists the places of a text, unless that is done already. */
export function walk(text: string): void {
  if (walked === text) return;
  places = other;
  other.count = 0;
  list(text);
}

/**
 * The same of a text whose turn comes again, for those alone that are open there. @param bytes in which the text
 * stands, as UTF-8, from `from` on. @param to null: everybody everywhere.
 */
export function walkOpen(text: string, bytes: Uint8Array, from: number, to: Openness | null): Listed {
  places = many;
  if (to === null) list(text);
  else listOpen(text, bytes, from, to);
  walked = null;
  return { text, first, last, isOpen: to === null };
}

/** The places that follow are those of a text that was walked, open to a detector. @param nth of the registry. */
export function ask(nth: number, listed: Listed): void {
  places = many;
  walked = listed.text;
  first = listed.first;
  last = listed.last;
  isAsked = !listed.isOpen;
  if (!isAsked) return;
  const set = nth < 32 ? many.low : many.high;
  const bit = 1 << (nth & 31);
  if (mine.length < last - first) mine = new Int32Array(many.length);
  mineCount = 0;
  for (let i = first; i < last; i++) if ((set[i]! & bit) !== 0) mine[mineCount++] = i;
}

/** Lets go of all texts. */
export function forget(): void {
  walked = null;
  isAsked = false;
  first = last = 0;
  many.letGo();
  other.letGo();
  if (mine.length > many.length) mine = new Int32Array(many.length);
}

/** The first place of the text. */
export function firstPlace(): number {
  return first;
}

/** How many places are open to whose turn it is. */
export function openCount(): number {
  return isAsked ? mineCount : last - first;
}

/** The nth of them. */
export function openAt(nth: number): number {
  return isAsked ? mine[nth]! : first + nth;
}

/** The unit of the nth place. */
export function placeAt(nth: number): number {
  return places.at[nth]!;
}

/** Whether a pattern can begin at the nth place. */
export function begins({ first, firsts, ends, goesOn, next }: Beginnings, nth: number): boolean {
  const unit = places.unit[nth]!;
  if (unit < NOT_ASCII ? firsts[unit] === 0 : !first.has(unit)) return false;
  const run = places.run[nth]!;
  if (run === SIGN || ends[run] === 1) return true;
  const after = places.next[nth]!;
  return after >= 0 && goesOn[run] === 1 && next[after] === 1;
}

/** Whether a match that begins at the place before may reach the nth. */
export function isReached({ inside, longest }: Beginnings, nth: number, text: string): boolean {
  const to = places.at[nth]!;
  let unit = places.at[nth - 1]!;
  if (to - unit >= longest) return false;
  while (unit < to && inside[Math.min(text.charCodeAt(unit), NOT_ASCII)] === 1) unit++;
  return unit === to;
}

function begin(text: string, isOpen: boolean): void {
  walked = text;
  isAsked = !isOpen;
  first = places.count;
  mineCount = 0;
}

/** All places. */
function list(text: string): void {
  begin(text, true);
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (unit < NOT_ASCII && WORD[unit] !== 0) {
      const end = rowEnd(text, at);
      addRow(text, at, end);
      at = end;
    } else {
      if (isSign[unit] === 1) addSign(text, at, unit);
      at++;
    }
  }
  last = places.count;
}

/** Those of the rows that are open, and the signs right before each; what lies between is not looked at. */
function listOpen(text: string, bytes: Uint8Array, from: number, to: Openness): void {
  begin(text, false);
  let byte = from;
  let at = 0;
  for (let next = to.nextFrom(byte); next >= 0; next = to.nextFrom(byte)) {
    while ((bytes[next]! & 0xc0) === 0x80) next++;
    at += unitsOf(bytes, byte, next);
    byte = next;
    if (at >= text.length) break;
    if (wordAt(text, at) === 0) {
      const unit = text.charCodeAt(at);
      const isPair = (unit & 0xf800) === 0xd800;
      byte += isPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      at += isPair ? 2 : 1;
      continue;
    }
    // what is open may be the row without the letter of an escape
    const back = at > 0 && wordAt(text, at - 1) !== 0 ? 1 : 0;
    const end = rowEnd(text, at);
    if (back === 0 || text.charCodeAt(at - 2) === BACKSLASH) addOpen(text, at - back, end, byte - back, to);
    byte += end - at;
    at = end;
  }
  last = places.count;
}

/** A row, if it is open, and the signs before it. */
function addOpen(text: string, start: number, end: number, byte: number, open: Openness): void {
  // it may begin with the letter of an escape
  const rest = end - start > 1 && text.charCodeAt(start - 1) === BACKSLASH ? byte + 1 : byte;
  const low = open.lowAt(byte) | (rest > byte ? open.lowAt(rest) : 0);
  const high = open.highAt(byte) | (rest > byte ? open.highAt(rest) : 0);
  if ((low | high) === 0) return;
  const before = places.count;
  let sign = start;
  while (sign > 0 && isSign[text.charCodeAt(sign - 1)] === 1) sign--;
  for (; sign < start; sign++) addSign(text, sign, text.charCodeAt(sign));
  addRow(text, start, end);
  for (let nth = before; nth < places.count; nth++) {
    places.low[nth] = low;
    places.high[nth] = high;
  }
}

function rowEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit >= NOT_ASCII || WORD[unit] === 0) break;
  }
  return end;
}

function addSign(text: string, at: number, unit: number): void {
  if (isBorderBefore(text, at)) places.add(at, unit, SIGN, -1);
}

/** A row of letters and digits: it, and what is left of it after `\n` written out or a label. */
function addRow(text: string, start: number, end: number): void {
  const next = end < text.length ? Math.min(text.charCodeAt(end), NOT_ASCII) : -1;
  addFrom(text, start, end, next);
  // After `\n` written out a word begins within the row, or a number behind a label of one letter.
  if (end - start > 1 && WORD[text.charCodeAt(start)] === 2) addFrom(text, start + 1, end, next);
}

/** What begins at `start` of the row that ends at `end`, and behind a label there. */
function addFrom(text: string, start: number, end: number, next: number): void {
  if (isBorderBefore(text, start)) places.add(start, text.charCodeAt(start), rowOf(text, start, end), next);
  else if (wordAt(text, start - 1) !== 0) return;
  const glued = afterLabel(text, start, end);
  if (glued > 0) places.add(glued, text.charCodeAt(glued), rowOf(text, glued, end), next);
}

function rowOf(text: string, start: number, end: number): number {
  let kind = 0;
  for (let at = start; at < end; at++) kind |= WORD[text.charCodeAt(at)]!;
  return runOf(kind, end - start);
}

function wordAt(text: string, at: number): number {
  const code = at >= 0 && at < text.length ? text.charCodeAt(at) : BACKSLASH;
  return code < 128 ? WORD[code]! : 0;
}

/**
 * No letter, digit, underscore or decimal point before; but a `\n`, `\r` or `\t` written out, as JSON inside a JSON
 * string has it, is a border although it ends in a letter, and so is a label that is glued to its number.
 */
export function isBorderBefore(text: string, start: number): boolean {
  if (wordAt(text, start - 1) === 0) return text.charCodeAt(start - 1) !== POINT || wordAt(text, start - 2) !== 1;
  return isWrittenOut(text, start) || isAfterLabel(text, start);
}

/** After a `\n`, `\r` or `\t` written out. */
function isWrittenOut(text: string, start: number): boolean {
  return text.charCodeAt(start - 2) === BACKSLASH && "nrt".includes(text[start - 1]!);
}

/** What people write before a number without a space: `tel139…`, `加v139…`, `ID1101…`. */
const LABELS: ReadonlySet<string> = new Set(
  "tel mob mobile phone ph cell call hp sj sjh dh v vx wx id idcard sfz sfzh card kh yhk yhkh".split(" "),
);
export const LABEL_UNITS_MAX = 6;

/** @returns where the number begins in a row of letters and digits that begins with such a label, -1 for none. */
function afterLabel(text: string, start: number, end: number): number {
  let at = start;
  let hash = 0;
  for (; at < end && at - start <= LABEL_UNITS_MAX; at++) {
    const unit = text.charCodeAt(at);
    if (WORD[unit] !== 2) break;
    hash = (hash << 5) | (unit & 31);
  }
  if (at === start || at >= end || WORD[text.charCodeAt(at)] !== 1 || !LABEL_HASHES.has(hash)) return -1;
  return isLabel(text.slice(start, at)) ? at : -1;
}

function isLabel(letters: string): boolean {
  return LABELS.has(letters.toLowerCase());
}

const LABEL_HASHES: ReadonlySet<number> = new Set(
  [...LABELS].map((label) => hashOf(Buffer.from(label), 0, label.length)),
);

/** Whether bytes [start, end), letters or underscores, are such a label. */
export function isLabelBytes(bytes: Uint8Array, start: number, end: number): boolean {
  return LABEL_HASHES.has(hashOf(bytes, start, end)) && isLabel(String.fromCharCode(...bytes.subarray(start, end)));
}

/** Five bits of each of six letters. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = (hash << 5) | (bytes[at]! & 31);
  return hash;
}

/** Whether such a label, and nothing else, stands right before the digit at `start`. */
function isAfterLabel(text: string, start: number): boolean {
  if (wordAt(text, start) !== 1 || wordAt(text, start - 1) !== 2) return false;
  let at = start - 1;
  while (at > 0 && start - at <= LABEL_UNITS_MAX && wordAt(text, at - 1) === 2) at--;
  if (at > 0 && wordAt(text, at - 1) !== 0) return false;
  return isLabel(text.slice(isWrittenOut(text, at + 1) ? at + 1 : at, start));
}

/** The same after; a full stop ends a sentence unless a digit follows it. */
export function isBorderAfter(text: string, end: number): boolean {
  return wordAt(text, end) === 0 && (text.charCodeAt(end) !== POINT || wordAt(text, end + 1) !== 1);
}
