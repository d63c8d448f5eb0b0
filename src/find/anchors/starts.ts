// Where in a text patterns can begin. Law: every bordered match that somebody asks for begins at a place that is
// listed; a text is walked once for all patterns together, and forgotten when its windows are done with.

import { type Beginnings, NOT_ASCII, runOf } from "./first-run.ts";

const BACKSLASH = 0x5c;
const POINT = 0x2e;
/** 1: digit; 2: letter or underscore. By unit of ASCII, or by byte: 0 for what is none. */
export const WORD: Uint8Array = new Uint8Array(256);
for (let code = 0; code < 128; code++)
  WORD[code] = /\d/.test(String.fromCharCode(code)) ? 1 : /\w/.test(String.fromCharCode(code)) ? 2 : 0;

/** Who is open where, by byte: sets of detectors, in two words. */
export interface Openness {
  lowAt(byte: number): number;
  highAt(byte: number): number;
}

/** Not the beginning of a row: what stands before one. */
const SIGN = -1;
/** Units that are no letter or digit and begin a pattern. */
const isSign = new Uint8Array(0x10000);
const READ_KEPT = 4096;

/** Places of the text that was walked last, ascending: by what follows. */
let places = roomFor(256);
let count = 0;
let walked: string | null = null;
/** Who is asked where; null: everybody everywhere. */
let open: Openness | null = null;
/** Those of the places that are open to whose turn it is. */
let mine: Int32Array = new Int32Array(256);
let mineCount = 0;

function roomFor(length: number) {
  const of = () => new Int32Array(length);
  return { length, at: of(), unit: of(), run: of(), next: of(), low: of(), high: of() };
}

/** Says where a new pattern begins. */
export function learn({ first }: Beginnings): void {
  for (const unit of first) if (unit >= WORD.length || WORD[unit] === 0) isSign[unit] = 1;
  walked = null;
}

/** Lists the places of a text, unless that is done already. */
export function walk(text: string): void {
  if (walked !== text) list(text, 0, null);
}

/** The same for those alone that are open there. @param from the byte that the text begins with. */
export function walkOpen(text: string, from: number, to: Openness): void {
  list(text, from, to);
}

/** The places that follow are those open to a detector. @param nth of the registry. */
export function ask(nth: number): void {
  if (open === null) return;
  const set = nth < 32 ? places.low : places.high;
  const bit = 1 << (nth & 31);
  mineCount = 0;
  for (let i = 0; i < count; i++) if ((set[i]! & bit) !== 0) mine[mineCount++] = i;
}

/** Lets go of the text. */
export function forget(): void {
  walked = open = null;
  if (places.length <= READ_KEPT) return;
  places = roomFor(READ_KEPT);
  mine = new Int32Array(READ_KEPT);
}

/** How many places are open to whose turn it is. */
export function openCount(): number {
  return open === null ? count : mineCount;
}

/** The nth of them. */
export function openAt(nth: number): number {
  return open === null ? nth : mine[nth]!;
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

function list(text: string, from: number, to: Openness | null): void {
  walked = text;
  open = to;
  count = mineCount = 0;
  let byte = from;
  /** The first of the signs that stand right before the next row. */
  let signs = 0;
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (unit < NOT_ASCII && WORD[unit] !== 0) {
      const end = rowEnd(text, at);
      addRow(text, at, end, byte, signs);
      byte += end - at;
      at = end;
      signs = count;
    } else {
      if (isSign[unit] === 1) addSign(text, at, unit);
      else if (to === null) signs = count;
      else count = signs;
      byte += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
      at++;
    }
  }
  if (to !== null) count = signs;
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
  if (isBorderBefore(text, at)) add(at, unit, SIGN, -1);
}

/** A row of letters and digits: it, what is left of it after `\n` written out or a label, and the signs before it. */
function addRow(text: string, start: number, end: number, byte: number, signs: number): void {
  // it may begin with the letter of an escape
  const rest = text.charCodeAt(start - 1) === BACKSLASH ? byte + 1 : byte;
  const low = open === null ? 0 : open.lowAt(byte) | (rest > byte ? open.lowAt(rest) : 0);
  const high = open === null ? 0 : open.highAt(byte) | (rest > byte ? open.highAt(rest) : 0);
  if (open !== null && (low | high) === 0) {
    count = signs;
    return;
  }
  const next = end < text.length ? Math.min(text.charCodeAt(end), NOT_ASCII) : -1;
  addFrom(text, start, end, next);
  // After `\n` written out a word begins within the row.
  if (end - start > 1) addFrom(text, start + 1, end, next);
  for (let nth = signs; nth < count; nth++) {
    places.low[nth] = low;
    places.high[nth] = high;
  }
}

/** What begins at `start` of the row that ends at `end`, and behind a label there. */
function addFrom(text: string, start: number, end: number, next: number): void {
  if (!isBorderBefore(text, start)) return;
  add(start, text.charCodeAt(start), rowOf(text, start, end), next);
  const glued = afterLabel(text, start, end);
  if (glued > 0) add(glued, text.charCodeAt(glued), rowOf(text, glued, end), next);
}

function rowOf(text: string, start: number, end: number): number {
  let kind = 0;
  for (let at = start; at < end; at++) kind |= WORD[text.charCodeAt(at)]!;
  return runOf(kind, end - start);
}

/** @param next what ends the row, -1 for the text's end. */
function add(at: number, unit: number, run: number, next: number): void {
  if (count === places.length) {
    const before = places;
    places = roomFor(count * 2);
    for (const name of ["at", "unit", "run", "next", "low", "high"] as const) places[name].set(before[name]);
    mine = new Int32Array(count * 2);
  }
  places.at[count] = at;
  places.unit[count] = unit;
  places.run[count] = run;
  places.next[count++] = next;
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
