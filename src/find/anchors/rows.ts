// Which ways begin with a row of letters and digits. Law: wider than the expressions: every bordered match that begins
// in a row, or with a sign right before it, has its bit.

import { ANYWHERE, ENDS, FIRST, GOES_ON, IS_FIRST, LOOKING, mayBegin, NEXT, SPECIAL, WIDTH } from "./clauses.ts";
import { NOT_ASCII, runOf } from "./first-run.ts";
import { isLabelBytes, LABEL_UNITS_MAX, WORD } from "./starts.ts";

const BACKSLASH = 0x5c;
const POINT = 0x2e;
/** How far a match can begin before what was seen of it: `+44 (0)20 …`, `CHN 3101…`. */
const ROWS_BACK = 2;
const BACK_BYTES_MAX = 20;
const GAP_BYTES_MAX = 2;
const GAPS = new Uint8Array(256);
for (const character of " -./()+*") GAPS[character.charCodeAt(0)] = 1;
/** Rows that are kept, by the lowest bits of where they start. */
const KEPT = 16;

/** Who is told what is open at the row that begins at a byte. */
export interface Opened {
  openRow(byte: number, ways: Int32Array): void;
}

/** The last rows of letters and digits of a string, and the ways that may begin with them or right before. */
export class Rows {
  readonly #starts = new Int32Array(KEPT);
  readonly #ends = new Int32Array(KEPT);
  readonly #ways = new Int32Array(KEPT * WIDTH);
  /** Those that a sign before the row opened, and those that have looked at it. */
  readonly #signs = new Int32Array(KEPT * WIDTH);
  readonly #looked = new Int32Array(KEPT * WIDTH);
  #bytes: Uint8Array = new Uint8Array(0);
  #floor = 0;
  #to = 0;
  #raw = false;
  /** The row that was looked at last: runs of digits in one long row must not each walk back to where it begins. */
  #lastStart = -1;
  #lastEnd = -1;

  /** Another string. @param to where it ends. @param raw an escape may stand for what goes on. */
  over(bytes: Uint8Array, to: number, raw: boolean): void {
    this.#bytes = bytes;
    this.#to = to;
    this.#raw = raw;
    this.#starts.fill(-1);
    this.#lastStart = -1;
  }

  /**
   * Opens those of `ways` of which a match begins in or shortly before [start, end), each at its row, and takes out
   * the others. @param floor where the string begins, or after its last escape.
   */
  open(floor: number, start: number, end: number, ways: Int32Array, places: Opened): void {
    const bytes = this.#bytes;
    this.#floor = floor;
    for (let word = 0; word < WIDTH; word++) begun[word] = ANYWHERE[word]!;
    for (let at = firstRow(bytes, floor, start, this.#rowAround(floor, start)); at < end; ) {
      if (WORD[bytes[at]!] === 0) {
        at++;
        continue;
      }
      const slot = at & (KEPT - 1);
      if (this.#starts[slot] !== at) this.#row(at, slot);
      let any = 0;
      for (let word = 0; word < WIDTH; word++) any |= row[word] = this.#ways[slot * WIDTH + word]! & ways[word]!;
      if (any !== 0 && this.#look(slot)) places.openRow(at, row);
      this.#lastStart = at;
      at = this.#lastEnd = this.#ends[slot]!;
    }
    for (let word = 0; word < WIDTH; word++) ways[word]! &= begun[word]!;
  }

  /** @returns a place in the row around `start`, as near to where it begins as is known. */
  #rowAround(floor: number, start: number): number {
    const isInLast = this.#lastStart >= floor && start > this.#lastStart && start <= this.#lastEnd;
    return isInLast ? this.#lastStart : start;
  }

  /** Takes out of `row` the ways that look at its bytes and see it is none of theirs. @returns whether any stay. */
  #look(slot: number): boolean {
    const start = this.#starts[slot]!;
    let any = 0;
    for (let word = 0; word < WIDTH; word++) {
      const at = slot * WIDTH + word;
      for (let bits = row[word]! & LOOKING[word]! & ~this.#looked[at]!; bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits;
        const opened = (this.#signs[at]! & bit) !== 0;
        this.#looked[at]! |= bit;
        if (!mayBegin(word * 32 + 31 - Math.clz32(bit), this.#bytes, start, this.#ends[slot]!, opened))
          this.#ways[at]! &= ~bit;
      }
      row[word]! &= this.#ways[at]!;
      begun[word]! |= row[word]!;
      any |= row[word]!;
    }
    return any !== 0;
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
    clear();
    if (!isFraction(bytes, this.#floor, start)) {
      begin(bytes[start]!, runOf(kind, end - start), next, isOpen);
      this.#beforeRow(start, end, kind, next, isOpen);
    }
    const glued = kind === 3 ? afterLabel(bytes, start, end) : -1;
    if (glued > 0) this.#glued(start, glued, end, next, isOpen);
    for (let word = 0; word < WIDTH; word++) {
      const at = slot * WIDTH + word;
      this.#ways[at] = row[word]! | signs[word]!;
      this.#signs[at] = signs[word]!;
      this.#looked[at] = glued > 0 ? -1 : 0;
    }
  }

  /** A number right behind its label: as if it stood alone. Who looks does so at once: it may look at either. */
  #glued(start: number, glued: number, end: number, next: number, isOpen: boolean): void {
    look(this.#bytes, start, end);
    const labelled = row.slice();
    let kind = 0;
    for (let at = glued; at < end; at++) kind |= WORD[this.#bytes[at]!]!;
    clear();
    begin(this.#bytes[glued]!, runOf(kind, end - glued), next, isOpen);
    look(this.#bytes, glued, end);
    for (let word = 0; word < WIDTH; word++) row[word]! |= labelled[word]!;
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

/**
 * @returns where the row around `start` begins, or one of the few before it. @param floor no row begins before it.
 * @param known a place of that row, at or before `start`.
 */
export function firstRow(bytes: Uint8Array, floor: number, start: number, known: number = start): number {
  const far = Math.max(floor, start - BACK_BYTES_MAX);
  let at = known;
  while (at > floor && WORD[bytes[at - 1]!] !== 0) at--;
  for (let rows = 0; rows < ROWS_BACK; rows++) {
    let gap = at;
    while (gap > far && at - gap < GAP_BYTES_MAX && GAPS[bytes[gap - 1]!] === 1) gap--;
    if (gap === at || gap <= far || WORD[bytes[gap - 1]!] === 0) return at;
    at = gap;
    while (at > far && WORD[bytes[at - 1]!] !== 0) at--;
  }
  return at;
}

/** @returns where the number begins in a row that begins with a label, -1 for none. */
function afterLabel(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && at - start <= LABEL_UNITS_MAX && WORD[bytes[at]!] === 2) at++;
  if (at === start || at >= end || WORD[bytes[at]!] !== 1) return -1;
  return isLabelBytes(bytes, start, at) ? at : -1;
}

/** After a point and a digit nothing begins (shared/pattern.ts). */
function isFraction(bytes: Uint8Array, floor: number, start: number): boolean {
  return start - 2 >= floor && bytes[start - 1] === POINT && WORD[bytes[start - 2]!] === 1;
}

const begun = new Int32Array(WIDTH);
/** Ways that may begin with the row that is looked at; and with a sign before it. */
const row = new Int32Array(WIDTH);
const signs = new Int32Array(WIDTH);

function clear(): void {
  for (let word = 0; word < WIDTH; word++) row[word] = signs[word] = 0;
}

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
      const way = word * 32 + 31 - Math.clz32(bit);
      if (!mayBegin(way, bytes, start, end, (signs[word]! & bit) !== 0)) row[word]! &= ~bit;
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
