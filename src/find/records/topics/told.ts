// What a text tells of the people in it: an illness, a faith, an offence, an income. Law: a word counts only where
// somebody found stands in its clause or sentence, or a sentence beside goes on about somebody found; general
// questions, institutions and the news tell of nobody.

import type { PiType } from "../../../words.ts";
import {
  ASKS,
  GENERAL_AFTER,
  HAPPENED,
  NOT_TOLD_AFTER,
  NOT_TOLD_BEFORE,
  OF_THE_WORLD,
  SOMEBODY,
  TAKES,
  TREATS_AFTER,
  TREATS_BEFORE,
} from "./evidence.ts";
import type { Said } from "./index.ts";

/** UTF-16 units of the text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Told extends Stretch {
  readonly type: PiType;
}

interface Sentence extends Stretch {
  readonly text: string;
  /** Whether somebody found stands in it. */
  readonly named: boolean;
  /** It is the world's: nothing in it is told of anybody. */
  readonly general: boolean;
}

const SENTENCE_MAX = 400;
const BEFORE_UNITS = 16;
const AFTER_UNITS = 24;
/** How far from somebody found a sentence without anybody may stand. */
const REACH_UNITS = 400;
/** A clause that is hardly more than the word: a cell, `糖尿病十年了`. */
const LITTLE_MORE = 8;
const TOLD_MAX = 256;
const ENDS = /[。！？!?；;\n]|\.(?=\s|$)/;
const CLAUSE_ENDS = /[，,、:：|\t（）()]/;

/**
 * @param said in `text`. @param people found in it, in order. @param record whether the record that the text stands in
 * is about somebody.
 * @returns in order, disjoint.
 */
export function toldIn(
  text: string,
  said: readonly Said[],
  people: readonly Stretch[],
  record: boolean,
): readonly Told[] {
  if (said.length === 0 || (people.length === 0 && !record)) return [];
  const told: Told[] = [];
  const subjects = people.filter((one) => isSubject(text, one));
  if (subjects.length === 0 && !record) return [];
  let sentence: Sentence | null = null;
  for (const word of said) {
    if (told.length === TOLD_MAX) break;
    if (sentence === null || word.start >= sentence.end) sentence = sentenceAt(text, word, subjects);
    if (sentence.general || !isTold(text, word, sentence, subjects, record)) continue;
    told.push({ type: word.type, start: word.start, end: word.end });
  }
  return told;
}

function sentenceAt(text: string, { start, end }: Stretch, subjects: readonly Stretch[]): Sentence {
  let from = start;
  while (from > 0 && start - from < SENTENCE_MAX && !isEnd(text, from - 1)) from--;
  let to = end;
  while (to < text.length && to - end < SENTENCE_MAX && !isEnd(text, to)) to++;
  to = Math.min(text.length, to + 1);
  const words = text.slice(from, to);
  return { start: from, end: to, text: words, named: holds(subjects, from, to), general: OF_THE_WORLD.test(words) };
}

function isEnd(text: string, at: number): boolean {
  const unit = text[at]!;
  return unit === "." ? ENDS.test(text.slice(at, at + 2)) : ENDS.test(unit);
}

function isTold(text: string, word: Said, sentence: Sentence, subjects: readonly Stretch[], record: boolean): boolean {
  const before = text.slice(Math.max(sentence.start, word.start - BEFORE_UNITS), word.start);
  const after = text.slice(word.end, Math.min(sentence.end, word.end + AFTER_UNITS));
  if (NOT_TOLD_AFTER.test(after) || NOT_TOLD_BEFORE.test(before)) return false;
  const clause = clauseAt(text, word, sentence);
  const words = text.slice(clause.start, clause.end);
  if (word.taken && !TAKES.test(words) && words.length > word.end - word.start + LITTLE_MORE) return false;
  const general = GENERAL_AFTER.exec(after);
  if (general !== null) return isOneOf(text, word, word.end + general[0].length, subjects);
  const happened = HAPPENED.test(words);
  if (ASKS.test(words) && !happened) return false;
  if (holds(subjects, clause.start, clause.end)) return true;
  const little = words.trim().length <= word.end - word.start + LITTLE_MORE;
  if (sentence.named) return happened || little || SOMEBODY.test(words);
  if (record && (little || happened)) return !ASKS.test(sentence.text);
  if (!isNear(subjects, sentence) || ASKS.test(words)) return false;
  return happened && (SOMEBODY.test(sentence.text) || isBeside(text, subjects, sentence));
}

/** What stands between a name and such a word, at most. */
const LINK_UNITS = 24;

/** `糖尿病患者张伟`, `张伟是糖尿病患者`. */
function isOneOf(text: string, word: Said, end: number, subjects: readonly Stretch[]): boolean {
  for (let at = firstAfter(subjects, word.start - LINK_UNITS); at < subjects.length; at++) {
    const one = subjects[at]!;
    if (one.start > end + 2) return false;
    if (one.start >= end) return true;
    if (one.end <= word.start && LINKED.test(text.slice(one.end, word.start))) return true;
  }
  return false;
}

const LINKED = /^[^，。,.]{0,4}(?:是|为|系|属于|\bis an?\b|\bwas an?\b)[^，。,.]{0,8}$/i;

function clauseAt(text: string, word: Said, sentence: Sentence): Stretch {
  let start = word.start;
  while (start > sentence.start && !CLAUSE_ENDS.test(text[start - 1]!)) start--;
  let end = word.end;
  while (end < sentence.end && !CLAUSE_ENDS.test(text[end]!)) end++;
  return { start, end };
}

/** Whoever treats or judges is told of only where something happens right after the name. */
function isSubject(text: string, { start, end }: Stretch): boolean {
  const after = text.slice(end, end + AFTER_UNITS);
  const treats = TREATS_AFTER.exec(after);
  if (treats === null && !TREATS_BEFORE.test(text.slice(Math.max(0, start - BEFORE_UNITS), start))) return true;
  const rest = after.slice(treats?.[0].length ?? 0);
  return /^[^，。,.；;]{0,6}(?:患|得了|确诊|查出|住院|因病|被判|被捕|被诊断|去世|病逝|was diagnosed|has been diagnosed)/.test(
    rest,
  );
}

function holds(people: readonly Stretch[], start: number, end: number): boolean {
  const first = people[firstAfter(people, start)];
  return first !== undefined && first.start < end;
}

/** @returns the place of the first that ends after `start`; how many there are where none does. */
function firstAfter(people: readonly Stretch[], start: number): number {
  let low = 0;
  let high = people.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (people[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isNear(subjects: readonly Stretch[], { start, end }: Sentence): boolean {
  return holds(subjects, start - REACH_UNITS, end + REACH_UNITS);
}

/** The sentence before names somebody. */
function isBeside(text: string, subjects: readonly Stretch[], { start }: Sentence): boolean {
  let from = start - 1;
  while (from > 0 && start - from < SENTENCE_MAX && !isEnd(text, from - 1)) from--;
  return from >= 0 && holds(subjects, from, start);
}
