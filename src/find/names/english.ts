// Names in Latin letters: each word that could be one's is judged by itself, its neighbours and its line, and each
// stretch of such words gets its best reading. Law: linear; words that stand in no list are judged all the same.

import { Features, runsOn, SLOT_BITS } from "./english-features.ts";
import { DOT, GAPS, HYPHEN, SPACE } from "./english-gaps.ts";
import { TITLE, Tokens } from "./english-tokens.ts";
import { GIVEN, THING, WORD, WordList } from "./english-words.ts";
import type { Reader } from "./reader.ts";

export interface Found {
  readonly start: number;
  readonly end: number;
}

/** What a stretch of words scores. */
export interface EnglishWeights {
  /** By slot: added where the word is a name's. */
  readonly table: Int8Array;
  /** gap * 4 + before * 2 + after, where 0 is no name's word and 1 is one. */
  readonly moves: Int16Array;
  /** Added to every word of a name: trades misses for false hits. */
  readonly bias: number;
}

export const MOVES: number = GAPS * 4;
/** "YME1", little-endian. */
const MAGIC = 0x31454d59;
/** What a name must make up for in code, by how much of the text is code (Tokens.machine). */
const CODE_MARGIN = 14;
const RUN_REACH = 8;
/** A given name as strong as this takes in a strange word after it. */
const GIVEN_SURE = 2;
const LATIN_SIGN = /[A-Za-z\u00c0-\u024f]{2}/u;

/**
 * Layout: magic, word list, bias, moves, table (all little-endian).
 * @throws RangeError on anything else.
 */
export function readEnglish(reader: Reader): English {
  if (reader.u32() !== MAGIC) throw new RangeError("names model: not an English model of this version");
  const list = new WordList(reader);
  const bias = reader.i16();
  const moves = new Int16Array(MOVES);
  for (let i = 0; i < MOVES; i++) moves[i] = reader.i16();
  const table = reader.bytes(1 << SLOT_BITS);
  return new English(list, { table: new Int8Array(table.buffer, table.byteOffset, table.byteLength), moves, bias });
}

export class English {
  readonly #tokens: Tokens;
  readonly #features = new Features();
  readonly #weights: EnglishWeights;
  #back = new Uint8Array(0);
  #tags = new Uint8Array(0);

  constructor(list: WordList, weights: EnglishWeights) {
    this.#tokens = new Tokens(list);
    this.#weights = weights;
  }

  /** People named in `text`, in order. */
  find(text: string): Found[] {
    if (!LATIN_SIGN.test(text)) return [];
    const tokens = this.#tokens;
    tokens.read(text);
    if (this.#tags.length <= tokens.count) {
      this.#tags = new Uint8Array(tokens.count * 2 + 1);
      this.#back = new Uint8Array(tokens.count * 4);
    }
    this.#tags.fill(0, 0, tokens.count + 1);
    for (let i = 0; i < tokens.count; i++) {
      if (tokens.open[i] === 0) continue;
      const from = i;
      while (i < tokens.count && tokens.open[i] === 1) i++;
      this.#decode(from, i);
    }
    this.#complete();
    return this.#spans();
  }

  /** Tags words [from, to) by their best reading; their neighbours are no names. */
  #decode(from: number, to: number): void {
    const { moves } = this.#weights;
    const { gap } = this.#tokens;
    const back = this.#back;
    let none = 0;
    let name = Number.NEGATIVE_INFINITY;
    walkRuns(this.#tokens, from, to, (i, first, last) => {
      const score = this.#score(i, first, last);
      const move = gap[i]! * 4;
      const noneAfterName = name + moves[move + 2]!;
      const nameAfterName = name + moves[move + 3]!;
      const noneAfterNone = none + moves[move]!;
      const nameAfterNone = none + moves[move + 1]!;
      back[i * 2] = noneAfterName > noneAfterNone ? 1 : 0;
      back[i * 2 + 1] = nameAfterName > nameAfterNone ? 1 : 0;
      none = Math.max(noneAfterNone, noneAfterName);
      name = Math.max(nameAfterNone, nameAfterName) + score;
    });
    const move = gap[to]! * 4;
    let tag = name + moves[move + 2]! > none + moves[move]! ? 1 : 0;
    for (let i = to - 1; i >= from; i--) {
      this.#tags[i] = tag;
      tag = back[i * 2 + tag]!;
    }
  }

  #score(i: number, first: number, last: number): number {
    const features = this.#features;
    const { table, bias } = this.#weights;
    const tokens = this.#tokens;
    const count = features.of(tokens, i, first, last);
    let sum = bias - (tokens.declaring.has(tokens.line[i]!) ? 0 : tokens.machine * CODE_MARGIN);
    for (let f = 0; f < count; f++) sum += table[features.slots[f]!]!;
    return sum;
  }

  /** A strange word after a sure given name is the surname; whoever was named in full is known by either part. */
  #complete(): void {
    const t = this.#tokens;
    const tags = this.#tags;
    const known = new Set<number>();
    for (let i = 1; i < t.count; i++) {
      if (tags[i - 1] === 0 || !joins(t, i)) continue;
      if (tags[i] === 0 && isStrange(t, i) && (t.flags[i - 1]! & GIVEN) >= GIVEN_SURE) tags[i] = 1;
      if (tags[i] === 0) continue;
      if (isStrange(t, i)) known.add(t.hash[i]!);
      if (isStrange(t, i - 1)) known.add(t.hash[i - 1]!);
    }
    if (known.size === 0) return;
    for (let i = 0; i < t.count; i++) if (tags[i] === 0 && known.has(t.hash[i]!) && isStrange(t, i)) tags[i] = 1;
  }

  #spans(): Found[] {
    const t = this.#tokens;
    const found: Found[] = [];
    for (let i = 0; i < t.count; i++) {
      if (this.#tags[i] === 0) continue;
      const start = t.start[i]!;
      while (this.#tags[i + 1] === 1 && joins(t, i + 1)) i++;
      found.push({ start, end: t.end[i]! });
    }
    return found;
  }
}

/** Whether word `i` may go on the name that ends in the word before it. */
function joins(t: Tokens, i: number): boolean {
  const gap = t.gap[i];
  return gap === SPACE || gap === HYPHEN || gap === DOT;
}

/** Written as a name and neither an ordinary word nor a thing. */
function isStrange(t: Tokens, i: number): boolean {
  return t.open[i] === 1 && t.shape[i] === TITLE && (t.flags[i]! & (WORD | THING)) === 0;
}

/** Calls `visit` for each word of [from, to) with the ends of its run of large words, as far as RUN_REACH. */
export function walkRuns(
  t: Tokens,
  from: number,
  to: number,
  visit: (i: number, first: number, last: number) => void,
): void {
  let first = from;
  while (first > 0 && from - first < RUN_REACH && runsOn(t, first)) first--;
  let last = first;
  for (let i = from; i < to; i++) {
    if (i > from && !runsOn(t, i)) first = i;
    if (last < i) last = i;
    while (last + 1 < t.count && last - i < RUN_REACH && runsOn(t, last + 1)) last++;
    visit(i, first, last);
  }
}
