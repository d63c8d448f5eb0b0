// Which ways of which detectors are open at a place, in bytes. Law: wider than the detectors: a way that is shut here
// would have found nothing; what is open by mistake costs time alone.

import { DETECTORS } from "../all.ts";
import type { Clause, Detector } from "../detector.ts";
import { plainName } from "../shared/label.ts";
import { NOT_ASCII, RUN_KINDS, RUN_UNITS_MAX, runOf } from "./first-run.ts";
import { literalsOf } from "./literals.ts";
import { treeOf } from "./syntax.ts";

interface Way extends Clause {
  readonly detector: number;
  readonly triggers: number;
}

const WAYS: readonly Way[] = DETECTORS.flatMap(({ clauses, triggers }: Detector, detector) =>
  (clauses ?? [{}]).map((clause: Clause) => ({ triggers, ...clause, detector })),
);
/** Words of 32 bits in a set of ways. */
export const WIDTH: number = Math.ceil(WAYS.length / 32);
/** By unit of ASCII: 1 digit, 2 letter or underscore; 0 for bytes that are not. */
const WORD = new Uint8Array(256);
for (let code = 0; code < 128; code++)
  WORD[code] = /\d/.test(String.fromCharCode(code)) ? 1 : /\w/.test(String.fromCharCode(code)) ? 2 : 0;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const ROWS = RUN_KINDS * (RUN_UNITS_MAX + 1);
const TRIGGERS = 1 << 12;
/** How far a match can begin before what was seen of it: `+44 (0)20 …`, `CHN 3101…`. */
const ROWS_BACK = 2;
const BACK_BYTES_MAX = 20;
const GAP_BYTES_MAX = 2;
const GAPS = new Uint8Array(256);
for (const character of " -./()+*") GAPS[character.charCodeAt(0)] = 1;
/** Rows that are kept, by the lowest bits of where they start. */
const KEPT = 16;
const NAMES_MAX = 4096;

/** `rows` sets of ways, one after another. */
function sets(rows: number, has: (way: Way, row: number) => boolean): Int32Array {
  const table = new Int32Array(rows * WIDTH);
  for (const [i, way] of WAYS.entries())
    for (let row = 0; row < rows; row++) if (has(way, row)) table[row * WIDTH + (i >> 5)]! |= 1 << (i & 31);
  return table;
}

const isAnywhere = ({ shape }: Way) => shape === undefined || shape === null;
const ANYWHERE = sets(1, isAnywhere);
const FIRST = sets(128, ({ shape }, unit) => shape?.first.has(unit) === true);
const ENDS = sets(ROWS, ({ shape }, row) => shape?.ends[row] === 1);
const GOES_ON = sets(ROWS, ({ shape }, row) => shape?.goesOn[row] === 1);
const NEXT = sets(NOT_ASCII + 1, ({ shape }, unit) => shape?.next[unit] === 1);
/** Bytes that begin a match and are no letter or digit. */
const IS_FIRST = new Uint8Array(256);
for (let unit = 0; unit < 128; unit++)
  if (WORD[unit] === 0 && WAYS.some(({ shape }) => shape?.first.has(unit))) IS_FIRST[unit] = 1;
/** By code point, not ASCII: who begins with it. */
const SPECIAL = new Map<number, Int32Array>();
for (const point of new Set(WAYS.flatMap(({ shape }) => [...(shape?.first ?? [])])))
  if (point >= 128)
    SPECIAL.set(
      point,
      sets(1, ({ shape }) => shape?.first.has(point) === true),
    );
/** Ways that ask for no word. */
export const WORDLESS: Int32Array = sets(1, ({ said }) => said === undefined);

/** Ways whose words may stand further away. */
export const FAR: Int32Array = sets(1, ({ detector }) => DETECTORS[detector]!.identifies === "secret");

const byTriggers = new Int32Array(TRIGGERS * WIDTH);
const isKnown = new Uint8Array(TRIGGERS);

/** Sets `into` to the ways that such triggers open. */
export function triggered(bits: number, into: Int32Array): void {
  const at = bits * WIDTH;
  if (isKnown[bits] === 0) {
    byTriggers.set(
      sets(1, ({ triggers }) => (triggers & bits) !== 0),
      at,
    );
    isKnown[bits] = 1;
  }
  for (let word = 0; word < WIDTH; word++) into[word] = byTriggers[at + word]!;
}

/** Ways that look at the bytes themselves before they say that they begin. */
const LOOKING: Int32Array = sets(1, ({ may }) => may !== undefined);

/** The last rows of letters and digits of a string, and the ways that may begin with them or right before. */
export class Rows {
  readonly #starts = new Int32Array(KEPT);
  readonly #ends = new Int32Array(KEPT);
  readonly #ways = new Int32Array(KEPT * WIDTH);
  #bytes: Uint8Array = new Uint8Array(0);
  #floor = 0;
  #to = 0;
  #raw = false;

  /** Another string. @param to where it ends. @param raw an escape may stand for what goes on. */
  over(bytes: Uint8Array, to: number, raw: boolean): void {
    this.#bytes = bytes;
    this.#to = to;
    this.#raw = raw;
    this.#starts.fill(-1);
  }

  /**
   * Takes out of `ways` those of which no match begins in or shortly before [start, end). @param floor where the string
   * begins, or after its last escape.
   */
  narrow(floor: number, start: number, end: number, ways: Int32Array): void {
    const bytes = this.#bytes;
    this.#floor = floor;
    begun.set(ANYWHERE);
    let at = this.#before(start);
    while (at < end) {
      if (WORD[bytes[at]!] === 0) {
        at++;
        continue;
      }
      const slot = at & (KEPT - 1);
      if (this.#starts[slot] !== at) this.#row(at, slot);
      for (let word = 0; word < WIDTH; word++) begun[word]! |= this.#ways[slot * WIDTH + word]!;
      at = this.#ends[slot]!;
    }
    for (let word = 0; word < WIDTH; word++) ways[word]! &= begun[word]!;
  }

  /** The start of the row around `start`, or of one of the few before it. */
  #before(start: number): number {
    const bytes = this.#bytes;
    const far = Math.max(this.#floor, start - BACK_BYTES_MAX);
    let at = start;
    while (at > this.#floor && WORD[bytes[at - 1]!] !== 0) at--;
    for (let rows = 0; rows < ROWS_BACK; rows++) {
      let gap = at;
      while (gap > far && at - gap < GAP_BYTES_MAX && GAPS[bytes[gap - 1]!] === 1) gap--;
      if (gap === at || gap <= far || WORD[bytes[gap - 1]!] === 0) return at;
      at = gap;
      while (at > far && WORD[bytes[at - 1]!] !== 0) at--;
    }
    return at;
  }

  /** A row of letters and digits, and what stands before it, into a slot. */
  #row(start: number, slot: number): void {
    const bytes = this.#bytes;
    let end = start;
    let kind = 0;
    for (; end < this.#to; end++) {
      const word = WORD[bytes[end]!]!;
      if (word === 0) break;
      kind |= word;
    }
    this.#starts[slot] = start;
    this.#ends[slot] = end;
    const next = end < this.#to ? Math.min(bytes[end]!, NOT_ASCII) : -1;
    const isOpen = this.#raw && next === BACKSLASH;
    row.fill(0);
    signs.fill(0);
    if (isFraction(bytes, this.#floor, start)) return void this.#ways.set(row, slot * WIDTH);
    begin(bytes[start]!, runOf(kind, end - start), next, isOpen);
    this.#beforeRow(start, end, kind, next, isOpen);
    look(bytes, start, end);
    this.#ways.set(row, slot * WIDTH);
  }

  /** `n` of a `\n` written out belongs to the row or not; `+`, `(` and the like begin a match before it. */
  #beforeRow(start: number, end: number, kind: number, next: number, isOpen: boolean): void {
    const bytes = this.#bytes;
    const floor = this.#floor;
    let at = start - 1;
    if (start === floor && at > 0 && bytes[at - 1] === BACKSLASH)
      begin(bytes[at]!, runOf(kind | 2, end - at), next, isOpen);
    for (; at >= floor && IS_FIRST[bytes[at]!] === 1; at--) first(bytes[at]!);
    if (at >= floor && bytes[at]! >= 0x80) special(bytes, floor, at);
  }
}

/** After a point and a digit nothing begins (shared/pattern.ts). */
function isFraction(bytes: Uint8Array, floor: number, start: number): boolean {
  return start - 2 >= floor && bytes[start - 1] === POINT && WORD[bytes[start - 2]!] === 1;
}

const begun = new Int32Array(WIDTH);
/** Ways that may begin with the row that is looked at; and with a sign before it. */
const row = new Int32Array(WIDTH);
const signs = new Int32Array(WIDTH);

function begin(first: number, length: number, next: number, isOpen: boolean): void {
  for (let word = 0; word < WIDTH; word++) {
    const on = next < 0 ? 0 : isOpen ? -1 : NEXT[next * WIDTH + word]!;
    const goes = ENDS[length * WIDTH + word]! | (GOES_ON[length * WIDTH + word]! & on);
    row[word]! |= FIRST[first * WIDTH + word]! & goes;
  }
}

/** Takes out the ways that look at the row and see that it is nothing of theirs. */
function look(bytes: Uint8Array, start: number, end: number): void {
  for (let word = 0; word < WIDTH; word++) {
    const all = row[word]! | signs[word]!;
    row[word] = all;
    for (let bits = all & LOOKING[word]!; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      const { may } = WAYS[word * 32 + 31 - Math.clz32(bit)]!;
      if (!may!(bytes, start, end, (signs[word]! & bit) !== 0)) row[word]! &= ~bit;
    }
  }
}

function first(byte: number): void {
  for (let word = 0; word < WIDTH; word++) signs[word]! |= FIRST[byte * WIDTH + word]!;
}

/** @param at the last byte of a character that is not ASCII. */
function special(bytes: Uint8Array, floor: number, at: number): void {
  if (at - 2 < floor) return;
  const point = ((bytes[at - 2]! & 0x0f) << 12) | ((bytes[at - 1]! & 0x3f) << 6) | (bytes[at]! & 0x3f);
  const ways = SPECIAL.get(point);
  if (ways !== undefined) for (let word = 0; word < WIDTH; word++) signs[word]! |= ways[word]!;
}

/** Pieces of text, as `foldOf` compares them, and whose ways each opens; ways whose words are no such list. */
export function literalsByWay(): { readonly literals: ReadonlyMap<string, Int32Array>; readonly always: Int32Array } {
  const literals = new Map<string, Int32Array>();
  const always = new Int32Array(WIDTH);
  for (const [i, { said }] of WAYS.entries())
    for (const words of said ?? []) {
      const tree = treeOf(words);
      const needed = tree === null ? null : literalsOf(tree);
      if (needed === null) always[i >> 5]! |= 1 << (i & 31);
      for (const text of needed ?? []) {
        const ways = literals.get(text) ?? new Int32Array(WIDTH);
        ways[i >> 5]! |= 1 << (i & 31);
        literals.set(text, ways);
      }
    }
  return { literals, always };
}

const byName = new Map<string, Int32Array | null>();

/** @returns the ways whose words a member's name says, null for none. */
export function waysOfName(name: string): Int32Array | null {
  const before = byName.get(name);
  if (before !== undefined) return before;
  const plain = plainName(name);
  const says = ({ said, named }: Way) =>
    said?.some((words) => words.test(name)) || named?.some((words) => words.test(plain) || words.test(name)) || false;
  const ways = WAYS.some(says) ? sets(1, says) : null;
  if (byName.size >= NAMES_MAX) byName.clear();
  byName.set(name, ways);
  return ways;
}

/** Sets of detectors, as two words: bit i of them is DETECTORS[i]. */
const LOW = new Int32Array(WIDTH * 32);
const HIGH = new Int32Array(WIDTH * 32);
for (const [i, { detector }] of WAYS.entries()) (detector < 32 ? LOW : HIGH)[i] = 1 << (detector & 31);
if (DETECTORS.length > 64) throw new Error("more than 64 detectors: a set of them takes two words");

/** @returns the lower word of the set of detectors whose ways these are. */
export function lowOf(ways: Int32Array): number {
  return detectorsOf(ways, LOW);
}

/** @returns the upper word. */
export function highOf(ways: Int32Array): number {
  return detectorsOf(ways, HIGH);
}

function detectorsOf(ways: Int32Array, words: Int32Array): number {
  let set = 0;
  for (let word = 0; word < WIDTH; word++)
    for (let bits = ways[word]!; bits !== 0; bits &= bits - 1) set |= words[word * 32 + 31 - Math.clz32(bits & -bits)]!;
  return set;
}
