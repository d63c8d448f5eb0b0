// Which words stand near a place, in bytes. Law: every match of every word of every way that lies within reach is
// heard; only what somebody asks about is read, and nothing is read twice.

import { AFTER_UNITS, BEFORE_UNITS } from "../shared/label.ts";
import { ByStart } from "./by-start.ts";
import { FAR, literalsByWay, WIDTH, waysOfName } from "./clauses.ts";
import { BORDER } from "./literals.ts";

const BYTES_OF_UNIT = 3;
/** A match may begin a little before what was seen of it (rows.ts), and go on a little after. */
const BEGUN_UNITS = 20;
const GOES_ON_UNITS = 32;
const REACH_BEFORE = BEFORE_UNITS + BEGUN_UNITS;
const REACH_AFTER = AFTER_UNITS + GOES_ON_UNITS;
const BEFORE_BYTES = BEFORE_UNITS * BYTES_OF_UNIT;
const AFTER_BYTES = AFTER_UNITS * BYTES_OF_UNIT + GOES_ON_UNITS;
/** The name of a password stands before its value, which may be long. */
const FAR_BYTES = 320;
/** How much is read at once, at least. */
const STEP_BYTES = 128;
/** Words that are kept of a string; what a large one took is given back. */
const WORDS_KEPT = 1024;
const NAME_BYTES_MAX = 32;
const NAME_END_BYTES = 6;

interface Literal {
  readonly bytes: Uint8Array;
  /** No letter stands before it, or after it. */
  readonly begins: boolean;
  readonly ends: boolean;
  /** Where in WAYS its set begins. */
  readonly ways: number;
}

const { literals, always } = literalsByWay();
/** Whose words the literals are: sets, one after another. */
const WAYS = new Int32Array(literals.size * WIDTH);
const byStart = new ByStart<Literal>();
const begins = new Uint8Array(256);
/** Letters of ASCII in one case. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
for (const [nth, [text, ways]] of [...literals].entries()) {
  const bare = text.replaceAll(BORDER, "");
  const bytes = Buffer.from(bare);
  byStart.add(bare, { bytes, begins: text.startsWith(BORDER), ends: text.endsWith(BORDER), ways: nth * WIDTH });
  WAYS.set(ways, nth * WIDTH);
  begins[bytes[0]!] = 1;
}
for (let byte = 0x41; byte <= 0x5a; byte++) begins[byte] = begins[byte | 0x20]!;
/** What may stand between a name and its value, what ends the name, and what is in it. */
const SPACES = tableOf(" \t\n\r\"'\\([+");
const ENDS = tableOf(":=>");
const NAMES = tableOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** Hears the words of one string after another, as far as somebody asks. */
export class Heard {
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;
  /** What was read: [low, high). */
  #low = 0;
  #high = 0;
  /** The words in it: where each begins, ascending, and where in WAYS its set does. */
  #at: Int32Array = new Int32Array(WORDS_KEPT);
  #of: Int32Array = new Int32Array(WORDS_KEPT);
  #count = 0;
  /** The first word that may be within reach of the last question. */
  #cursor = 0;
  /** Where the last question was, and who heard a word there. */
  #nearStart = 0;
  #nearEnd = -1;
  readonly #near = new Int32Array(WIDTH);

  /** The string [from, to) of `bytes`. */
  over(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    this.#forget(from);
    this.#nearEnd = -1;
    if (this.#at.length > WORDS_KEPT) {
      this.#at = new Int32Array(WORDS_KEPT);
      this.#of = new Int32Array(WORDS_KEPT);
    }
  }

  #forget(at: number): void {
    this.#low = this.#high = at;
    this.#count = this.#cursor = 0;
  }

  /**
   * Takes out of `ways`, all of which ask for words, those of which none stands near [start, end). @param isPlace a
   * match begins there; or somewhere near.
   */
  narrow(start: number, end: number, says: Int32Array | null, ways: Int32Array, isPlace: boolean): void {
    let far = 0;
    for (let word = 0; word < WIDTH; word++) {
      open[word] = always[word]! | (says === null ? 0 : says[word]!);
      far |= ways[word]! & FAR[word]!;
    }
    const name = this.#nameBefore(start);
    if (name !== null) for (let word = 0; word < WIDTH; word++) open[word]! |= name[word]!;
    if (far !== 0) this.#hearFar(Math.max(this.#from, start - FAR_BYTES), Math.min(this.#to, end + AFTER_BYTES));
    // the digits of a token hear no more than the token did
    if (start < this.#nearStart || end > this.#nearEnd) this.#hearNear(start, end, isPlace);
    for (let word = 0; word < WIDTH; word++) ways[word]! &= open[word]! | this.#near[word]!;
  }

  #hearNear(start: number, end: number, isPlace: boolean): void {
    const near = this.#near;
    this.#nearStart = start;
    this.#nearEnd = end;
    for (let word = 0; word < WIDTH; word++) near[word] = 0;
    let low = Math.max(this.#from, start - BEFORE_BYTES);
    let high = Math.min(this.#to, end + AFTER_BYTES);
    this.#seek(low, high);
    if (this.#cursor === this.#count || this.#at[this.#cursor]! >= high) return;
    if (isPlace) {
      if (this.#at[this.#cursor]! < start - REACH_BEFORE) low = unitsBack(this.#bytes, start, low);
      high = unitsOn(this.#bytes, end, high);
    }
    for (let i = this.#cursor; i < this.#count && this.#at[i]! < high; i++)
      if (this.#at[i]! >= low) for (let word = 0; word < WIDTH; word++) near[word]! |= WAYS[this.#of[i]! + word]!;
  }

  #hearFar(low: number, high: number): void {
    this.#seek(low, high);
    for (let i = this.#cursor; i < this.#count && this.#at[i]! < high; i++)
      for (let word = 0; word < WIDTH; word++) open[word]! |= WAYS[this.#of[i]! + word]! & FAR[word]!;
  }

  /** Reads up to `high`, and finds the first word that begins at `low` or after. */
  #seek(low: number, high: number): void {
    if (low < this.#low || low > this.#high) this.#forget(low);
    if (this.#high < high) this.#read(Math.min(this.#to, Math.max(high, this.#high + STEP_BYTES)));
    while (this.#cursor > 0 && this.#at[this.#cursor - 1]! >= low) this.#cursor--;
    while (this.#cursor < this.#count && this.#at[this.#cursor]! < low) this.#cursor++;
  }

  #read(high: number): void {
    const bytes = this.#bytes;
    for (let at = this.#high; at < high; at++) {
      const byte = bytes[at]!;
      if (begins[byte] === 0) continue;
      const list =
        byte < 0x80 ? byStart.ofAscii(byte, bytes[at + 1]!, bytes[at + 2]!) : byStart.ofUnit(unitAt(bytes, at, byte));
      if (list !== 0) this.#hear(at, byStart.list(list));
    }
    this.#high = high;
  }

  #hear(at: number, some: readonly Literal[]): void {
    for (const { bytes, begins, ends, ways } of some)
      if (
        this.#stands(at, bytes) &&
        !(begins && this.#isLetter(at - 1)) &&
        !(ends && this.#isLetter(at + bytes.length))
      )
        this.#keep(at, ways);
  }

  #keep(at: number, ways: number): void {
    if (this.#count === this.#at.length) {
      this.#at = wider(this.#at);
      this.#of = wider(this.#of);
    }
    this.#at[this.#count] = at;
    this.#of[this.#count++] = ways;
  }

  #stands(at: number, literal: Uint8Array): boolean {
    if (at + literal.length > this.#to) return false;
    for (let i = 1; i < literal.length; i++) if (FOLD[this.#bytes[at + i]!] !== literal[i]) return false;
    return FOLD[this.#bytes[at]!] === literal[0];
  }

  #isLetter(at: number): boolean {
    if (at < this.#from || at >= this.#to) return false;
    const letter = FOLD[this.#bytes[at]!]!;
    return letter >= 0x61 && letter <= 0x7a;
  }

  /** The ways that a name in the text right before `start` opens: `sjh=`, `"sjh": "`. */
  #nameBefore(start: number): Int32Array | null {
    const bytes = this.#bytes;
    const from = this.#from;
    let at = start;
    while (at > from && NAMES[bytes[at - 1]!] === 1 && start - at < NAME_BYTES_MAX) at--;
    const nearest = at;
    while (at > from && nearest - at < NAME_END_BYTES && SPACES[bytes[at - 1]!] === 1) at--;
    if (at === from || ENDS[bytes[at - 1]!] === 0) return null;
    at--;
    for (let i = 0; i < NAME_END_BYTES && at > from && SPACES[bytes[at - 1]!] === 1; i++) at--;
    let name = at;
    while (name > from && at - name < NAME_BYTES_MAX && NAMES[bytes[name - 1]!] === 1) name--;
    return name === at ? null : waysOfBytes(bytes, name, at);
  }
}

function wider(list: Int32Array): Int32Array {
  const more = new Int32Array(list.length * 2);
  more.set(list);
  return more;
}

/** @returns where REACH_BEFORE units before `start` begin, but not before `low`. */
function unitsBack(bytes: Uint8Array, start: number, low: number): number {
  let at = start;
  for (let units = 0; at > low && units < REACH_BEFORE; ) if ((bytes[--at]! & 0xc0) !== 0x80) units++;
  return at;
}

/** @returns where REACH_AFTER units after `end` end, but not after `high`. */
function unitsOn(bytes: Uint8Array, end: number, high: number): number {
  let at = end;
  for (let units = 0; at < high && units <= REACH_AFTER; at++) if ((bytes[at]! & 0xc0) !== 0x80) units++;
  return at;
}

/** The unit whose UTF-8 begins at `at`, of the basic plane. */
function unitAt(bytes: Uint8Array, at: number, lead: number): number {
  const second = bytes[at + 1]! & 0x3f;
  return lead < 0xe0 ? ((lead & 0x1f) << 6) | second : ((lead & 0x0f) << 12) | (second << 6) | (bytes[at + 2]! & 0x3f);
}

const open = new Int32Array(WIDTH);

/** Names by a hash of their bytes: one lookup for what logs say in every line. */
const remembered: ({ readonly bytes: Uint8Array; readonly ways: Int32Array | null } | undefined)[] = [];
const REMEMBERED = 1024;
/** No word of a name holds more: a time, somebody's number. */
const NAME_DIGITS_MAX = 3;

function waysOfBytes(bytes: Uint8Array, start: number, end: number): Int32Array | null {
  let hash = 0x811c9dc5;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    hash = Math.imul(hash ^ byte, 0x01000193);
    if (byte >= 0x30 && byte <= 0x39) digits++;
  }
  if (digits > NAME_DIGITS_MAX) return null;
  const slot = (hash >>> 8) & (REMEMBERED - 1);
  const before = remembered[slot];
  if (before !== undefined && isSame(before.bytes, bytes, start, end)) return before.ways;
  const name = Buffer.from(bytes.subarray(start, end));
  const ways = waysOfName(name.toString("latin1"));
  remembered[slot] = { bytes: name, ways };
  return ways;
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
  return true;
}
