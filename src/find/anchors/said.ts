// Whether a text can say a word near a place. Law: `maySay` is true wherever the expression matches within the stretch;
// a text is read once for all expressions together, and forgotten with its windows.

import { BORDER, foldOf, literalsOf } from "./literals.ts";
import { treeOf } from "./syntax.ts";

const HASHES = 1 << 14;
/** A detector's words are constants: whoever makes an expression a call gets no list of its words. */
const KNOWN_MAX = 1024;
/** What a large text took is given back. */
const PLACES_KEPT = 4096;

/** An expression's words in the text of the last reading: where they begin, ascending. */
interface Said {
  count: number;
  at: Int32Array;
}

interface Literal {
  readonly text: string;
  readonly of: Said[];
}

const known = new Map<RegExp, Said | null>();
const literals = new Map<string, Literal>();
/** By hash of the first two units; those of one character by it. */
const byHash: Literal[][] = Array.from({ length: HASHES }, () => []);
const single = new Map<number, Literal>();
/** By unit: bits of what begins with it; by hash: whether there is any. */
const begins = new Uint8Array(0x10000);
const SINGLE = 1;
const LONGER = 2;
const isHash = new Uint8Array(HASHES);
const all: Said[] = [];
let read: string | null = null;

/** @returns false only where `words` matches nothing within text[start, end). */
export function maySay(text: string, start: number, end: number, words: RegExp): boolean {
  let said = known.get(words);
  if (said === undefined) {
    if (known.size >= KNOWN_MAX) return true;
    said = learn(words);
  }
  if (said === null) return true;
  if (read !== text) readAll(text);
  return firstFrom(said, start) < end;
}

/** Lets go of the text. */
export function forget(): void {
  if (read === null) return;
  read = null;
  for (const said of all) if (said.at.length > PLACES_KEPT) said.at = new Int32Array(PLACES_KEPT);
}

/** Where the first word begins that begins at `start` or after. */
function firstFrom({ at, count }: Said, start: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < count ? at[low]! : Number.POSITIVE_INFINITY;
}

function learn(words: RegExp): Said | null {
  const tree = treeOf(words);
  const needed = tree === null ? null : literalsOf(tree);
  const said = needed === null ? null : { count: 0, at: new Int32Array(16) };
  known.set(words, said);
  if (said === null) return null;
  for (const text of new Set(needed!.map((piece) => piece.replaceAll(BORDER, "")))) literalOf(text).of.push(said);
  all.push(said);
  read = null;
  return said;
}

function literalOf(text: string): Literal {
  const before = literals.get(text);
  if (before !== undefined) return before;
  const literal = { text, of: [] };
  literals.set(text, literal);
  const first = text.charCodeAt(0);
  begins[first]! |= text.length === 1 ? SINGLE : LONGER;
  if (text.length === 1) single.set(first, literal);
  else {
    const hash = hashOf(first, text.charCodeAt(1));
    byHash[hash]!.push(literal);
    isHash[hash] = 1;
  }
  return literal;
}

function hashOf(one: number, two: number): number {
  return ((one << 5) ^ (one >> 6) ^ two) & (HASHES - 1);
}

function readAll(text: string): void {
  for (const said of all) said.count = 0;
  const last = text.length - 1;
  let next = foldOf(text.charCodeAt(0));
  for (let at = 0; at <= last; at++) {
    const unit = next;
    next = at < last ? foldOf(text.charCodeAt(at + 1)) : 0;
    const kinds = begins[unit]!;
    if (kinds === 0) continue;
    if ((kinds & SINGLE) !== 0) mark(single.get(unit)!, at);
    const hash = hashOf(unit, next);
    if (isHash[hash] === 1) markLonger(text, at, byHash[hash]!);
  }
  read = text;
}

function markLonger(text: string, at: number, some: readonly Literal[]): void {
  for (const literal of some) if (stands(text, at, literal.text)) mark(literal, at);
}

function stands(text: string, at: number, literal: string): boolean {
  for (let i = 0; i < literal.length; i++) if (foldOf(text.charCodeAt(at + i)) !== literal.charCodeAt(i)) return false;
  return true;
}

function mark({ of }: Literal, at: number): void {
  for (const said of of) {
    if (said.count === said.at.length) {
      const wider = new Int32Array(said.count * 2);
      wider.set(said.at);
      said.at = wider;
    }
    said.at[said.count++] = at;
  }
}
