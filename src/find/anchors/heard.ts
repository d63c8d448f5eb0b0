// Which words stand near a place, in bytes. Law: every match of every word of every way that lies within reach is
// heard; only what somebody asks about is read, and nothing is read twice.

import { AFTER_UNITS, BEFORE_UNITS } from "../shared/label.ts";
import { FAR, literalsByWay, WIDTH, waysOfName } from "./clauses.ts";
import { BORDER } from "./literals.ts";

const BYTES_OF_UNIT = 3;
const BEFORE_BYTES = BEFORE_UNITS * BYTES_OF_UNIT;
/** The name of a password stands before its value, which may be long. */
const FAR_BYTES = 320;
const BLOCK_BITS = 6;
/** What a string takes that is no longer than 16 KiB. */
const BLOCKS_KEPT = 256;
/** A value may go on a little after what was seen of it. */
const AFTER_BYTES = AFTER_UNITS * BYTES_OF_UNIT + 32;
const HASHES = 1 << 12;
const BEGINS_LONGER = 1;
const BEGINS_PAIR = 2;
const NAME_BYTES_MAX = 32;
const NAME_END_BYTES = 6;

interface Literal {
  readonly bytes: Uint8Array;
  /** No letter stands before it, or after it. */
  readonly begins: boolean;
  readonly ends: boolean;
  readonly ways: Int32Array;
}

const { literals, always } = literalsByWay();
/** By hash of the first three bytes; of two where there are no more. */
const byHash: Literal[][] = Array.from({ length: HASHES }, () => []);
const isHash = new Uint8Array(HASHES);
const begins = new Uint8Array(256);
/** Letters of ASCII in one case. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
for (const [text, ways] of literals) {
  const bytes = Buffer.from(text.replaceAll(BORDER, ""));
  const hash = bytes.length === 2 ? hashOf(bytes[0]!, bytes[1]!, 0) : hashOf(bytes[0]!, bytes[1]!, bytes[2]!);
  begins[bytes[0]!]! |= bytes.length === 2 ? BEGINS_PAIR : BEGINS_LONGER;
  byHash[hash]!.push({ bytes, begins: text.startsWith(BORDER), ends: text.endsWith(BORDER), ways });
  isHash[hash] = 1;
}
/** What may stand between a name and its value, what ends the name, and what is in it. */
const SPACES = tableOf(" \t\n\r\"'\\([+");
const ENDS = tableOf(":=>");
const NAMES = tableOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

function hashOf(one: number, two: number, three: number): number {
  return ((one << 6) ^ (two << 3) ^ (three * 5)) & (HASHES - 1);
}

/** Hears the words of one string after another, a block at a time. */
export class Heard {
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;
  /** The blocks that were read: [low, high). */
  #low = 0;
  #high = 0;
  /** By block: whose words begin in it. */
  #ways = new Int32Array(BLOCKS_KEPT * WIDTH);

  /** The string [from, to) of `bytes`. */
  over(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    this.#low = this.#high = 0;
  }

  /** Takes out of `ways`, all of which ask for words, those of which none stands near [start, end). */
  narrow(start: number, end: number, says: Int32Array | null, ways: Int32Array): void {
    let far = 0;
    for (let word = 0; word < WIDTH; word++) {
      open[word] = always[word]! | (says === null ? 0 : says[word]!);
      far |= ways[word]! & FAR[word]!;
    }
    const name = this.#nameBefore(start);
    if (name !== null) for (let word = 0; word < WIDTH; word++) open[word]! |= name[word]!;
    const before = far === 0 ? BEFORE_BYTES : FAR_BYTES;
    const low = Math.max(0, start - this.#from - before) >> BLOCK_BITS;
    const high = ((Math.min(this.#to, end + AFTER_BYTES) - this.#from - 1) >> BLOCK_BITS) + 1;
    this.#read(low, high);
    for (let at = low * WIDTH; at < high * WIDTH; at += WIDTH)
      for (let word = 0; word < WIDTH; word++) open[word]! |= this.#ways[at + word]!;
    for (let word = 0; word < WIDTH; word++) ways[word]! &= open[word]!;
  }

  #read(low: number, high: number): void {
    if (low < this.#low || low > this.#high) this.#low = this.#high = low;
    if (high * WIDTH > this.#ways.length) this.#widen(high);
    for (; this.#high < high; this.#high++) {
      this.#ways.fill(0, this.#high * WIDTH, (this.#high + 1) * WIDTH);
      const start = this.#from + (this.#high << BLOCK_BITS);
      this.#block(start, Math.min(this.#to, start + (1 << BLOCK_BITS)), this.#high * WIDTH);
    }
  }

  #widen(blocks: number): void {
    const wider = new Int32Array(blocks * 2 * WIDTH);
    wider.set(this.#ways);
    this.#ways = wider;
  }

  #block(start: number, end: number, into: number): void {
    const bytes = this.#bytes;
    for (let at = start; at < end; at++) {
      const one = FOLD[bytes[at]!]!;
      const kinds = begins[one]!;
      if (kinds === 0) continue;
      const two = FOLD[bytes[at + 1]!]!;
      if ((kinds & BEGINS_LONGER) !== 0) {
        const hash = hashOf(one, two, FOLD[bytes[at + 2]!]!);
        if (isHash[hash] === 1) this.#hear(at, byHash[hash]!, into);
      }
      if ((kinds & BEGINS_PAIR) !== 0) {
        const hash = hashOf(one, two, 0);
        if (isHash[hash] === 1) this.#hear(at, byHash[hash]!, into);
      }
    }
  }

  #hear(at: number, some: readonly Literal[], into: number): void {
    for (const { bytes, begins, ends, ways } of some)
      if (
        this.#stands(at, bytes) &&
        !(begins && this.#isLetter(at - 1)) &&
        !(ends && this.#isLetter(at + bytes.length))
      )
        for (let word = 0; word < WIDTH; word++) this.#ways[into + word]! |= ways[word]!;
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
