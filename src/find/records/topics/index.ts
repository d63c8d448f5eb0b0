// Where such words stand. Law: an alternative is tried only where its first two Chinese characters stand, or its first
// three letters at the start of a word; so a text costs one look at each character, and bytes are never decoded for it.

import type { PiType } from "../../../words.ts";
import { DRUGS_EN, WORDS_EN } from "./words-en.ts";
import { DRUGS_ZH, ENDINGS_ZH, WORDS_ZH } from "./words-zh.ts";

/** A word of a kind: UTF-16 units. `taken`: it tells of somebody only who takes it. */
export interface Said {
  readonly type: PiType;
  readonly start: number;
  readonly end: number;
  readonly taken: boolean;
}

interface Entry {
  readonly type: PiType;
  /** What it begins with in any case, lower case: unlike text costs no expression. */
  readonly prefix: string;
  readonly pattern: RegExp;
  readonly taken: boolean;
  /** Characters before that belong to it, at most. */
  readonly before: number;
}

const HEAD_LETTERS = 3;
const BEFORE_MAX = 4;
const HAN_FIRST = 0x3400;
const HAN_LAST = 0x9fff;
/** Between these and the end of a word of illness there is none of it. */
const NOT_OF_WORD = /[的了患得是有因为被和与及或诊查出行做过切除治疗术，、毛通看生疾弊诟语发犯探老伤抱]/;
const SIMPLE = 1;
const PAIRED = 2;

const entries = new Map<number, Entry[]>();
/** By UTF-16 unit: what may begin with it. */
const heads = new Uint8Array(1 << 16);
/**
 * A bit a hash of two units: whether something may begin so. It is near, and nearly always says no: looks that come out
 * one way and the other cost what a wrong guess of the processor costs.
 */
const begun = new Uint32Array(1 << 11);
/** A bit a unit: whether it may begin something alone. */
const alone = new Uint32Array(1 << 11);

for (const [type, words] of WORDS_ZH) addHan(type, words, false);
addHan("health", DRUGS_ZH, true);
for (const [type, endings] of ENDINGS_ZH)
  for (const ending of endings.split("|")) {
    put(ending.charCodeAt(0), ending, { type, pattern: new RegExp(ending, "y"), taken: false, before: BEFORE_MAX });
    heads[ending.charCodeAt(0)]! |= SIMPLE;
    mark(alone, ending.charCodeAt(0));
  }
for (const [type, words] of WORDS_EN) addLatin(type, words, false);
addLatin("health", DRUGS_EN, true);

function addHan(type: PiType, words: string, taken: boolean): void {
  for (const word of alternatives(words)) {
    const first = word.charCodeAt(0);
    heads[first]! |= PAIRED;
    mark(begun, hashOf(first, word.charCodeAt(1)));
    put(pairOf(word, 0), word, { type, pattern: new RegExp(word, "y"), taken, before: 0 });
  }
}

function addLatin(type: PiType, words: string, taken: boolean): void {
  for (const word of alternatives(words)) {
    heads[word.toLowerCase().charCodeAt(0)]! |= PAIRED;
    for (const first of casesOf(word[0]!))
      for (const second of casesOf(word[1]!)) mark(begun, hashOf(first.charCodeAt(0), second.charCodeAt(0)));
    put(keyOf(word, 0), word, { type, pattern: new RegExp(`(?:${word})(?![A-Za-z])`, "iy"), taken, before: 0 });
  }
}

function casesOf(letter: string): readonly string[] {
  return [letter.toLowerCase(), letter.toUpperCase()];
}

function hashOf(first: number, second: number): number {
  return ((first << 5) ^ second) & 0xffff;
}

function mark(bits: Uint32Array, at: number): void {
  bits[at >>> 5]! |= 1 << at;
}

function put(key: number, word: string, rest: Omit<Entry, "prefix">): void {
  const entry = { ...rest, prefix: /^(?:[\p{L}\d -](?![?*{]))*/u.exec(word.split("|")[0]!)![0].toLowerCase() };
  const before = entries.get(key);
  if (before === undefined) entries.set(key, [entry]);
  else before.push(entry);
}

/** Those of `a|(?:b|c)d|e`: a group at the start is opened. */
export function alternatives(words: string): readonly string[] {
  return split(words).flatMap((word) => {
    if (!word.startsWith("(?:")) return [word];
    const end = closing(word);
    return split(word.slice(3, end)).map((head) => head + word.slice(end + 1));
  });
}

function split(words: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let i = 0; i < words.length; i++) {
    const unit = words[i]!;
    if (unit === "(" || unit === "[") depth++;
    else if (unit === ")" || unit === "]") depth--;
    else if (unit === "|" && depth === 0) {
      parts.push(words.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(words.slice(from));
  return parts;
}

/** Of the bracket that the word begins with. */
function closing(word: string): number {
  let depth = 0;
  for (let i = 0; i < word.length; i++) {
    if (word[i] === "(") depth++;
    else if (word[i] === ")" && --depth === 0) return i;
  }
  return word.length;
}

/** Of two units. */
function pairOf(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}

/** Of three letters, in lower case: below every pair of Chinese characters. */
function keyOf(text: string, at: number): number {
  let key = 0;
  for (let i = 0; i < HEAD_LETTERS; i++) key = (key << 8) | (text.charCodeAt(at + i) | 0x20);
  return key;
}

/** Whether one may stand in these bytes of UTF-8. */
export function maySay(bytes: Uint8Array, start: number, end: number): boolean {
  let word = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80) {
      const isLetter = ((byte | 0x20) - 0x61) >>> 0 < 26;
      if (isLetter && !word && heads[byte | 0x20] !== 0 && at + 2 < end && isHead(bytes, at)) return true;
      word = isLetter;
      continue;
    }
    word = false;
    if (byte < 0xe3 || byte > 0xe9) continue;
    const head = heads[unitAt(bytes, at)]!;
    if (head !== 0 && ((head & SIMPLE) !== 0 || (bytes[at + 3]! >= 0xe3 && isPair(bytes, at)))) return true;
    at += 2;
  }
  return false;
}

function isHead(bytes: Uint8Array, at: number): boolean {
  return entries.has(((bytes[at]! | 0x20) << 16) | ((bytes[at + 1]! | 0x20) << 8) | (bytes[at + 2]! | 0x20));
}

function isPair(bytes: Uint8Array, at: number): boolean {
  return entries.has((unitAt(bytes, at) << 16) | unitAt(bytes, at + 3));
}

function unitAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
}

/** @returns words of [from, to), in order, disjoint. */
export function saidIn(text: string, from = 0, to: number = text.length): readonly Said[] {
  const found: Said[] = [];
  let free = from;
  let following = unitOf(text, from);
  for (let at = from; at < to; at++) {
    const unit = following;
    following = unitOf(text, at + 1);
    const hash = hashOf(unit, following);
    if ((((begun[hash >>> 5]! >>> hash) | (alone[unit >>> 5]! >>> unit)) & 1) === 0) continue;
    const said = saidAt(text, at, unit, free);
    if (said === null) continue;
    found.push(said);
    free = said.end;
    at = said.end - 1;
    following = unitOf(text, said.end);
  }
  return found;
}

/** 0 behind the end: what is not a number would make numbers of another kind of all that follow. */
function unitOf(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

function saidAt(text: string, at: number, unit: number, free: number): Said | null {
  if (unit < 0x80) return isWordAt(text, at) ? longest(text, at, entries.get(keyOf(text, at)), free) : null;
  return longest(text, at, entries.get(pairOf(text, at)), free) ?? longest(text, at, entries.get(unit), free);
}

function isWordAt(text: string, at: number): boolean {
  return at === 0 || !isLetter(text.charCodeAt(at - 1));
}

function longest(text: string, at: number, tried: readonly Entry[] | undefined, free: number): Said | null {
  let best: Said | null = null;
  for (const { type, prefix, pattern, taken, before } of tried ?? []) {
    if (!begins(text, at, prefix)) continue;
    pattern.lastIndex = at;
    if (!pattern.test(text)) continue;
    const end = pattern.lastIndex;
    let start = at;
    while (start > free && at - start < before && isOfWord(text[start - 1]!)) start--;
    if (before > 0 && start === at) continue;
    if (best === null || end > best.end) best = { type, start, end, taken };
  }
  return best;
}

/** @param prefix lower case. */
function begins(text: string, at: number, prefix: string): boolean {
  if (at + prefix.length > text.length) return false;
  for (let i = 0; i < prefix.length; i++) {
    const unit = text.charCodeAt(at + i);
    const wanted = prefix.charCodeAt(i);
    if (unit !== wanted && (unit > 0x7f || (unit | 0x20) !== wanted)) return false;
  }
  return true;
}

function isOfWord(character: string): boolean {
  const unit = character.charCodeAt(0);
  return unit >= HAN_FIRST && unit <= HAN_LAST && !NOT_OF_WORD.test(character);
}

function isLetter(unit: number): boolean {
  return ((unit | 0x20) - 0x61) >>> 0 < 26;
}
