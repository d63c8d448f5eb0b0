// People in text: declared ones first, then the model's, then those in Latin letters. Law: lines are cut at
// LINE_MAX, so a text of any length costs its length; the model runs on windows around signs of a name only.

import type { Certainty } from "../../words.ts";
import type { Stretch } from "./address.ts";
import { isHan } from "./chars.ts";
import { composedNames } from "./composed.ts";
import { Decoder, NAME_FIRST, NAME_INNER, NAME_LAST } from "./decode.ts";
import type { English } from "./english.ts";
import { Line, PAD } from "./features.ts";
import { Labelled } from "./labelled.ts";
import type { Model } from "./model.ts";
import { NEVER } from "./traits.ts";
import { mayWiden, signedIn, widened } from "./widened.ts";

export interface Person {
  readonly stretch: Stretch;
  readonly certainty: Certainty;
}

const LINE_MAX = 400;
/** Names of three characters and more are looked for again, so many of them in a text. */
const ECHO_MIN = 3;
const ECHOES_MAX = 32;
const HAN_SIGN = /[\u3400-\u9fff]{2}/u;
const NUMBER_SIGN = /\d{4}[- ]?\d{4}/u;
/** A lead of OTHER, in the table's unit, that no neighbour turns but once in a thousand characters. */
const CLEAR = 120;
/** How far a window reaches before its first sign, after its last, and over how wide a gap it goes on. */
const WINDOW_BEFORE = 3;
const WINDOW_AFTER = 4;
const WINDOW_JOIN = 6;
/** How far the features of a character look. */
const CONTEXT = 3;
/** Classes of lexicon.ts that a value under a name's key may have: none, name, foreign. */
const NAME_CLASSES = new Set([0, 5, 6, 21, 22, 26]);

export class People {
  readonly #line: Line;
  readonly #decoder: Decoder;
  readonly #labelled: Labelled;
  readonly #english: English;
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
    this.#line = new Line(model.lexicon, model.traits, model.tableBits);
    this.#decoder = new Decoder(model.weights, CLEAR);
    this.#labelled = new Labelled(model.traits);
    this.#english = model.english;
  }

  /** Those whom a label or a row of a table declares: no model is asked. */
  declared(text: string): Person[] {
    const declared: Person[] = [];
    if (!HAN_SIGN.test(text)) return declared;
    if (NUMBER_SIGN.test(text)) for (const stretch of this.#labelled.inRows(text)) declared.push(said(stretch));
    for (const stretch of this.#labelled.afterLabels(text)) declared.push(said(stretch));
    for (const stretch of this.#labelled.inColumns(text)) declared.push(said(stretch));
    return declared;
  }

  /** In no order; earlier ones are surer. */
  find(text: string): Person[] {
    const declared: Person[] = [];
    const guessed: Person[] = [];
    if (HAN_SIGN.test(text)) {
      if (NUMBER_SIGN.test(text)) for (const stretch of this.#labelled.inRows(text)) declared.push(said(stretch));
      for (let at = 0; at < text.length; ) {
        const end = sentenceEnd(text, at);
        this.#inSentence(text, at, end, declared, guessed);
        at = end;
      }
    }
    for (const stretch of this.#labelled.inColumns(text)) declared.push(said(stretch));
    for (const stretch of composedNames(text)) guessed.push({ stretch, certainty: "model" });
    addEchoes(text, guessed);
    for (const stretch of this.#english.find(text)) guessed.push({ stretch, certainty: "model" });
    for (const stretch of signedIn(text)) declared.push(said(stretch));
    for (const [i, one] of guessed.entries())
      if (mayWiden(text, one.stretch) && !this.#isFull(text, one.stretch))
        guessed[i] = { ...one, stretch: widened(text, one.stretch) };
    return declared.concat(guessed);
  }

  /** A Chinese name of three characters has nothing before a dot. */
  #isFull(text: string, { start, end }: Stretch): boolean {
    return (
      end - start === ECHO_MIN && isHan(text.charCodeAt(start)) && this.#labelled.cost(text.slice(start, end)) < NEVER
    );
  }

  #inSentence(text: string, start: number, end: number, declared: Person[], guessed: Person[]): void {
    const line = this.#line;
    const length = end - start;
    line.fold(text, start, end);
    const gate = this.#model.gate;
    let cut = 0;
    let i = gate.next(line.codes, PAD, length + PAD) - PAD;
    for (const stretch of this.#labelled.afterLabels(text, start, end, i < 0)) declared.push(said(stretch));
    while (i >= 0) {
      let last = i;
      let next = i;
      do {
        last = next;
        next = gate.next(line.codes, last + PAD + 1, Math.min(length, last + WINDOW_JOIN + 1) + PAD) - PAD;
      } while (next >= 0);
      const from = Math.max(0, i - WINDOW_BEFORE);
      const to = Math.min(length, last + WINDOW_AFTER);
      cut = this.#cutAround(from, to, cut);
      const { start: heads, end: tails } = line.words;
      const reached = tails[to - 1]!;
      this.#inWindow(text, start, heads[from]!, reached, guessed);
      i = gate.next(line.codes, reached + PAD, length + PAD) - PAD;
    }
  }

  /** Cuts the clauses about [from, to) into words, those before `done` were. @returns up to where it cut. */
  #cutAround(from: number, to: number, done: number): number {
    const line = this.#line;
    let head = Math.max(0, from - CONTEXT);
    while (head > done && !line.isBorder(head)) head--;
    let tail = Math.min(line.length, to + CONTEXT);
    while (tail < line.length && !line.isBorder(tail - 1)) tail++;
    head = Math.max(head, done);
    if (head < tail) line.cut(head, tail);
    return Math.max(done, tail);
  }

  /** Tags characters [from, to) of the line that begins at `start`. */
  #inWindow(text: string, start: number, from: number, to: number, guessed: Person[]): void {
    const tags = this.#decoder.decode(this.#line, from, to, this.#model.bias);
    const length = to - from;
    for (let i = 0; i < length; i++) {
      if (tags[i] !== NAME_FIRST && tags[i] !== NAME_LAST) continue;
      let last = i;
      if (tags[i] === NAME_FIRST) {
        last++;
        while (tags[last] === NAME_INNER) last++;
      }
      const stretch = { start: start + from + i, end: start + from + last + 1 };
      if (hasHan(text, stretch.start, stretch.end)) guessed.push({ stretch, certainty: "model" });
      i = last;
    }
  }

  /** Whether a value could be a person's name at all. @param sure its key says that it is one. */
  looksLikeName(value: string, sure: boolean): boolean {
    if (value.length < 2 || value.length > 40) return false;
    if (/^[\u3400-\u9fff·•]+$/u.test(value)) return this.#hanName(value, sure);
    if (/[\u3400-\u9fff]/u.test(value)) return sure && /^[\u3400-\u9fff]{2,4}[（( ]/u.test(value);
    if (!/^[\p{L}][\p{L}.'’, -]*$/u.test(value)) return false;
    if (sure) return /^\p{Lu}/u.test(value) || value.includes(" ");
    return this.#english.find(value).some(({ start, end }) => start === 0 && end >= value.length - 4);
  }

  #hanName(value: string, sure: boolean): boolean {
    if (value.includes("·")) return value.length >= 3;
    const payload = this.#model.lexicon.look(value, 0, value.length);
    const strange = payload !== 0 && !NAME_CLASSES.has(payload >> 4);
    const cost = value.length <= 4 ? this.#labelled.cost(value) : NEVER;
    if (cost < NEVER && !(strange && !sure && (payload & 15) >= 3)) return true;
    if (!sure) return /^[\u3400-\u9fff]某{1,2}$/u.test(value);
    return value.length <= 6 && !(strange && (payload & 15) >= 2);
  }
}

function said(stretch: Stretch): Person {
  return { stretch, certainty: "format+context" };
}

/** Whoever is named once is that person wherever the same text names them again. */
function addEchoes(text: string, guessed: Person[]): void {
  const names = new Set<string>();
  for (const { stretch } of guessed) {
    if (names.size === ECHOES_MAX) break;
    if (stretch.end - stretch.start >= ECHO_MIN) names.add(text.slice(stretch.start, stretch.end));
  }
  for (const name of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      guessed.push({ stretch: { start: at, end: at + name.length }, certainty: "model" });
  }
}

/** The end of the sentence or line at `start`, or of as much of it as is read at once. */
function sentenceEnd(text: string, start: number): number {
  const most = Math.min(text.length, start + LINE_MAX);
  for (let i = start; i < most; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || unit === 0x3002 || unit === 0xff01 || unit === 0xff1f || unit === 0xff1b) return i + 1;
  }
  for (let i = most; most < text.length && i > most - 40; i--) if (" ,，、;".includes(text[i - 1]!)) return i;
  return most;
}

function hasHan(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (isHan(text.charCodeAt(i))) return true;
  return false;
}
