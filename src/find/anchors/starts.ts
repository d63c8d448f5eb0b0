// Where in a text which pattern can begin. Law: every bordered match of every pattern begins at a place that is listed
// for it; a text is walked once for all patterns together, and forgotten when its windows are done with.

import { type Beginnings, beginningsOfShape, NOT_ASCII, RUN_KINDS, RUN_UNITS_MAX, runOf } from "./first-run.ts";

const BACKSLASH = 0x5c;
const POINT = 0x2e;
const BITS = 32;
/** What a large text took is given back. */
const PLACES_KEPT = 4096;
/** Characters that are not ASCII and begin a pattern: 〒, full width brackets. */
const SPECIAL_MAX = 126;
/** 1: digit; 2: letter or underscore. By unit of ASCII, or by byte: 0 for what is none. */
export const WORD: Uint8Array = new Uint8Array(256);
for (let code = 0; code < 128; code++)
  WORD[code] = /\d/.test(String.fromCharCode(code)) ? 1 : /\w/.test(String.fromCharCode(code)) ? 2 : 0;

/** A pattern's places in the text of the last `startsIn`. */
export interface Places {
  count: number;
  at: Int32Array;
  readonly beginnings: Beginnings;
}

const patterns: Beginnings[] = [];
const places: Places[] = [];
let tables: Tables | null = null;
let walked: string | null = null;

/** @returns the places of a new pattern, null where it can begin anywhere. */
export function placesOf(shape: RegExp): Places | null {
  const beginnings = beginningsOfShape(shape);
  if (beginnings === null) return null;
  const mine = { count: 0, at: new Int32Array(16), beginnings };
  patterns.push(beginnings);
  places.push(mine);
  tables = walked = null;
  return mine;
}

/** Fills the places of every pattern, unless they are this text's already. */
export function walk(text: string): void {
  if (walked === text) return;
  tables ??= new Tables(patterns);
  for (const one of places) one.count = 0;
  walkOver(text, tables);
  walked = text;
}

/** Whether a match that begins at the place before may reach the nth. */
export function isReached({ at, beginnings }: Places, nth: number, text: string): boolean {
  const { inside, longest } = beginnings;
  const to = at[nth]!;
  let unit = at[nth - 1]!;
  if (to - unit >= longest) return false;
  while (unit < to && inside[Math.min(text.charCodeAt(unit), NOT_ASCII)] === 1) unit++;
  return unit === to;
}

/** Lets go of the text. */
export function forget(): void {
  if (walked === null) return;
  walked = null;
  for (const one of places) if (one.at.length > PLACES_KEPT) one.at = new Int32Array(PLACES_KEPT);
}

/** Bit sets of patterns, `width` words of 32 each. */
class Tables {
  readonly width: number;
  /** By the row of the first unit. */
  readonly first: Int32Array;
  /** By unit: ASCII is itself, what begins no pattern is NOT_ASCII. */
  readonly rows = new Uint8Array(0x10000).fill(NOT_ASCII);
  readonly ends: Int32Array;
  readonly goesOn: Int32Array;
  readonly next: Int32Array;

  constructor(of: readonly Beginnings[]) {
    this.width = Math.ceil(of.length / BITS);
    const special = [...new Set(of.flatMap(({ first }) => [...first]))].filter((unit) => unit >= NOT_ASCII);
    for (let unit = 0; unit < NOT_ASCII; unit++) this.rows[unit] = unit;
    if (special.length > SPECIAL_MAX) throw new Error("too many characters begin a pattern");
    for (const [i, unit] of special.entries()) this.rows[unit] = NOT_ASCII + 1 + i;
    const bits = (rows: number, has: (one: Beginnings, row: number) => boolean) => {
      const table = new Int32Array(rows * this.width);
      for (let row = 0; row < rows; row++)
        for (const [i, one] of of.entries()) if (has(one, row)) table[row * this.width + (i >> 5)]! |= 1 << (i & 31);
      return table;
    };
    const units = [...Array(NOT_ASCII).keys(), -1, ...special];
    const runs = RUN_KINDS * (RUN_UNITS_MAX + 1);
    this.first = bits(units.length, ({ first }, row) => first.has(units[row]!));
    this.ends = bits(runs, ({ ends }, row) => ends[row] === 1);
    this.goesOn = bits(runs, ({ goesOn }, row) => goesOn[row] === 1);
    this.next = bits(NOT_ASCII + 1, ({ next }, row) => next[row] === 1);
  }
}

function walkOver(text: string, of: Tables): void {
  const { rows, width, first } = of;
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (unit < NOT_ASCII && WORD[unit] !== 0) at = run(text, at, of);
    else {
      const row = rows[unit]!;
      if (row !== NOT_ASCII && hasAny(first, row, width) && isBorderBefore(text, at)) list(at, row, -1, 0, of);
      at++;
    }
  }
}

function hasAny(table: Int32Array, row: number, width: number): boolean {
  for (let word = row * width; word < (row + 1) * width; word++) if (table[word] !== 0) return true;
  return false;
}

/** A row of letters and digits. @returns its end. */
function run(text: string, start: number, of: Tables): number {
  let end = start;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit >= NOT_ASCII || WORD[unit] === 0) break;
  }
  const next = end < text.length ? Math.min(text.charCodeAt(end), NOT_ASCII) : -1;
  listFrom(text, start, end, next, of);
  // After `\n` written out a word begins within the row.
  if (end - start > 1) listFrom(text, start + 1, end, next, of);
  return end;
}

/** What begins at `start` of the row that ends at `end`, and behind a label there. */
function listFrom(text: string, start: number, end: number, next: number, of: Tables): void {
  if (!isBorderBefore(text, start)) return;
  list(start, text.charCodeAt(start), rowOf(text, start, end), next, of);
  const glued = afterLabel(text, start, end);
  if (glued > 0) list(glued, text.charCodeAt(glued), rowOf(text, glued, end), next, of);
}

function rowOf(text: string, start: number, end: number): number {
  let kind = 0;
  for (let at = start; at < end; at++) kind |= WORD[text.charCodeAt(at)]!;
  return runOf(kind, end - start);
}

/** @param row of the first unit. @param run -1 for none. @param next what ends the row, -1 for the text's end. */
function list(at: number, row: number, run: number, next: number, { width, first, ends, goesOn, next: nexts }: Tables) {
  for (let word = 0; word < width; word++) {
    let bits = first[row * width + word]!;
    if (run >= 0 && bits !== 0) {
      const on = next < 0 ? 0 : goesOn[run * width + word]! & nexts[next * width + word]!;
      bits &= ends[run * width + word]! | on;
    }
    for (; bits !== 0; bits &= bits - 1) add(places[word * BITS + 31 - Math.clz32(bits & -bits)]!, at);
  }
}

function add(places: Places, at: number): void {
  if (places.count === places.at.length) {
    const wider = new Int32Array(places.count * 2);
    wider.set(places.at);
    places.at = wider;
  }
  places.at[places.count++] = at;
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
  while (at < end && at - start <= LABEL_UNITS_MAX && WORD[text.charCodeAt(at)] === 2) at++;
  return at > start && at < end && WORD[text.charCodeAt(at)] === 1 && isLabel(text.slice(start, at)) ? at : -1;
}

export function isLabel(letters: string): boolean {
  return LABELS.has(letters.toLowerCase());
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
