// A text cut into words of Latin letters and numbers, with what stands between them and how each line looks. Law: one
// pass; what is glued to an identifier, a path or an address of the net is never a word of a name.

import { DOT, GLUE, gapIn, LINE, SLASH, SPACE } from "./english-gaps.ts";
import { FAMILY, FOLD, FOLD_MAX, GIVEN, grown, hashOf, SEED, WORD, type WordList } from "./english-words.ts";

/** Shapes of a word. */
export const LOWER = 0;
export const TITLE = 1;
export const UPPER = 2;
export const MIXED = 3;
export const SINGLE = 4;
export const NUMBER = 5;
export const SHAPES = 6;

/** How a line is written: all small, as prose, as a heading, all large, too short to tell. */
const CAPS_NONE = 0;
const CAPS_PROSE = 1;
const CAPS_TITLE = 2;
const CAPS_ALL = 3;
const CAPS_SHORT = 4;

const LETTERS_MAX = 24;
/** Weak strengths as a name: of these, a small word must have a stronger one. */
const STRONG = 2 | (2 << 2);
const RARE_WORD = 1 << 4;
/** Lines of prose that a text has to spare before it counts as code. */
const SPARE_LINES = 8;
const CODE_SIGNS = marks("{}[]();=<>_$\\|`~^*+%/");
const GLUED_BEFORE = marks("@#/\\_=$&~.0123456789");
const GLUED_AFTER = marks("@/\\_=$(0123456789");
const PARTICLES = hashes("de del della di da dos du van von der den la le el al bin ibn ben ter ten abu y e af zu");
const SHORTENED = hashes(
  "mr mrs ms dr prof st sr jr sen rep gov gen col capt lt sgt rev hon mme mlle ft mt no vs etc inc co corp ltd",
);
/** Words that in code declare a person on their line. */
const DECLARING = hashes("author authors copyright maintainer maintainers contributor contributors signed");
/** Names with a large letter inside. */
const MAC = /^(?:Mc\p{Lu}|Mac|O['’]|D['’]|De\p{Lu}|Di\p{Lu}|La\p{Lu}|Le\p{Lu}|Van|Fit)/u;

function marks(chars: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
}

function hashes(words: string): ReadonlySet<number> {
  return new Set(words.split(" ").map(hashOf));
}

const marked = (table: Uint8Array, unit: number): boolean => unit < 128 && table[unit] === 1;
const isLetter = (unit: number): boolean => unit < FOLD_MAX && FOLD[unit] !== 0;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

export class Tokens {
  text = "";
  count = 0;
  start: Int32Array = new Int32Array(0);
  end: Int32Array = new Int32Array(0);
  hash: Int32Array = new Int32Array(0);
  line: Int32Array = new Int32Array(0);
  shape: Uint8Array = new Uint8Array(0);
  flags: Uint8Array = new Uint8Array(0);
  /** gap[i] stands before word i, gap[count] after the last. */
  gap: Uint8Array = new Uint8Array(0);
  /** Whether a word may be one of a name. */
  open: Uint8Array = new Uint8Array(0);
  /** By line: how much of it is signs of code, 0–4. */
  code: number[] = [];
  /** By line: how it is written, 0–4. */
  caps: number[] = [];
  /** How much of the text is code, 0–3. */
  machine = 0;
  /** In code: the lines that declare who wrote it. */
  readonly declaring: Set<number> = new Set();
  readonly #list: WordList;
  #signs = 0;
  #lineStart = 0;
  #lineFirst = 0;

  constructor(list: WordList) {
    this.#list = list;
  }

  /** Reads `text`, whole: everything above is of it until the next. */
  read(text: string): void {
    this.text = text;
    this.count = this.code.length = this.caps.length = 0;
    this.#signs = this.#lineStart = this.#lineFirst = 0;
    let from = 0;
    for (let i = 0; i < text.length; ) {
      const unit = text.charCodeAt(i);
      if (isLetter(unit) || isDigit(unit)) {
        from = i = this.#word(i, this.#gap(from, i));
        continue;
      }
      if (unit === 10) this.#endLine(i);
      else if (marked(CODE_SIGNS, unit)) this.#signs++;
      else if (unit === 0x20 && text.charCodeAt(i - 1) === 10 && text.startsWith("    ", i)) this.#signs += 2;
      i++;
    }
    if (this.count === this.start.length) this.#grow();
    this.gap[this.count] = LINE;
    this.#endLine(text.length);
    this.#judge();
    for (let i = 0; i < this.count; i++) this.open[i] = this.#mayBe(i) ? 1 : 0;
    for (let i = 0; i < this.count; i++) this.#reconsider(i);
  }

  #gap(from: number, to: number): number {
    const last = this.count - 1;
    if (last < 0) return LINE;
    if (to === from) return GLUE;
    if (to - from === 1 && this.text.charCodeAt(from) === 0x20) return SPACE;
    return gapIn(this.text, from, to, this.shape[last] === SINGLE || SHORTENED.has(this.hash[last]!));
  }

  /** Takes the word or number at `from`. @returns its end. */
  #word(from: number, gap: number): number {
    if (this.count + 1 >= this.start.length) this.#grow();
    const { text } = this;
    const i = this.count++;
    let end = from;
    let hash = SEED;
    let upper = 0;
    let digits = 0;
    let letters = 0;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      const letter = unit < FOLD_MAX ? FOLD[unit]! : 0;
      if (letter !== 0) {
        hash = grown(hash, letter);
        letters++;
        if (isUpper(unit)) upper++;
      } else if (isDigit(unit)) digits++;
      else if ((unit !== 0x27 && unit !== 0x2019) || !this.#isInside(end)) break;
    }
    this.start[i] = from;
    this.end[i] = end;
    this.hash[i] = digits > 0 ? Math.min(4, digits) : hash;
    this.gap[i] = gap;
    this.line[i] = this.code.length;
    this.shape[i] = digits > 0 ? NUMBER : shapeOf(text.charCodeAt(from), upper, letters);
    this.flags[i] = digits > 0 || letters > LETTERS_MAX ? 0 : this.#list.flags(hash);
    return end;
  }

  /** Whether the apostrophe at `at` is inside a word: O'Brien, not Brien's. */
  #isInside(at: number): boolean {
    const next = this.text.charCodeAt(at + 1);
    if (!isLetter(next)) return false;
    return FOLD[next] !== 0x73 || isLetter(this.text.charCodeAt(at + 2));
  }

  #endLine(at: number): void {
    if (this.#lineFirst < this.count || at === this.text.length) {
      const share = this.#signs / Math.max(8, at - this.#lineStart);
      this.code.push(share === 0 ? 0 : share < 0.015 ? 1 : share < 0.05 ? 2 : share < 0.12 ? 3 : 4);
      this.caps.push(this.#capsFrom(this.#lineFirst));
      this.#signs = 0;
      this.#lineFirst = this.count;
    }
    this.#lineStart = at;
  }

  #capsFrom(first: number): number {
    let upper = 0;
    let title = 0;
    let words = 0;
    for (let i = first; i < this.count; i++) {
      const shape = this.shape[i]!;
      if (shape === NUMBER || this.end[i]! - this.start[i]! < 2) continue;
      words++;
      if (shape === UPPER) upper++;
      else if (shape === TITLE) title++;
    }
    if (words < 3) return CAPS_SHORT;
    if (upper > words * 0.6) return CAPS_ALL;
    if (upper + title > words * 0.6) return CAPS_TITLE;
    return upper + title === 0 ? CAPS_NONE : CAPS_PROSE;
  }

  #judge(): void {
    const coded = this.code.reduce((sum, code) => sum + (code > 1 ? 1 : 0), 0) / (this.code.length + SPARE_LINES);
    this.machine = coded < 0.15 ? 0 : coded < 0.3 ? 1 : coded < 0.55 ? 2 : 3;
    this.declaring.clear();
    if (this.machine === 0) return;
    for (let i = 0; i < this.count; i++) if (DECLARING.has(this.hash[i]!)) this.declaring.add(this.line[i]!);
  }

  #mayBe(i: number): boolean {
    const shape = this.shape[i]!;
    const flags = this.flags[i]!;
    const length = this.end[i]! - this.start[i]!;
    if (shape === NUMBER || length > LETTERS_MAX || (shape === MIXED && !this.#isMac(i))) return false;
    if (shape === LOWER) {
      if (length < 3 || (flags & STRONG) === 0 || (flags & WORD) > RARE_WORD) return false;
      if (this.machine > 0 || this.code[this.line[i]!]! > 1) return false;
    } else if ((flags & (GIVEN | FAMILY)) === 0 && (flags & WORD) === WORD) return false;
    return this.#isFree(i);
  }

  /** Particles, initials and small words depend on their neighbours. */
  #reconsider(i: number): void {
    const { open, shape, gap, flags } = this;
    const afterOpen = i > 0 && open[i - 1] === 1;
    const beforeLarge = i + 1 < this.count && isLarge(shape[i + 1]!);
    if (open[i] === 0) {
      if (afterOpen && beforeLarge && PARTICLES.has(this.hash[i]!) && gap[i] === SPACE && gap[i + 1] === SPACE)
        open[i] = this.#isFree(i) ? 1 : 0;
      return;
    }
    if (shape[i] === SINGLE) {
      const leads = beforeLarge && (gap[i + 1] === DOT || gap[i + 1] === SPACE);
      if (!leads && !(afterOpen && shape[i - 1] !== SINGLE)) open[i] = 0;
    } else if (shape[i] === LOWER && (flags[i]! & WORD) !== 0 && !afterOpen) {
      const leads = i + 1 < this.count && shape[i + 1] === LOWER && (flags[i + 1]! & (GIVEN | FAMILY)) !== 0;
      if (!leads) open[i] = 0;
    }
  }

  /** Whether nothing glues the word to an identifier, a path or an address. */
  #isFree(i: number): boolean {
    const { text } = this;
    const start = this.start[i]!;
    if (start > 0 && marked(GLUED_BEFORE, text.charCodeAt(start - 1)) && this.gap[i] !== DOT && !this.#isPair(i))
      return false;
    const end = this.end[i]!;
    if (end === text.length) return true;
    const after = text.charCodeAt(end);
    if (marked(GLUED_AFTER, after) && !this.#isPair(i + 1)) return false;
    const next = text.charCodeAt(end + 1);
    if (after === 0x3a) return next !== 0x3a && next !== 0x2f;
    return after !== 0x2e || !isLetter(next) || this.shape[i] === SINGLE;
  }

  /** Whether a slash alone parts two large words, and no path goes on: SMITH/JOHN. */
  #isPair(i: number): boolean {
    if (this.gap[i] !== SLASH || !isLarge(this.shape[i - 1]!) || !isLarge(this.shape[i]!)) return false;
    const before = this.text.charCodeAt(this.start[i - 1]! - 1);
    const after = this.text.charCodeAt(this.end[i]!);
    return !marked(GLUED_BEFORE, before) && !marked(GLUED_AFTER, after) && after !== 0x2e;
  }

  /** Whether a word with a large letter inside is written as names are: McDonald, O'Brien, DeLuca. */
  #isMac(i: number): boolean {
    const start = this.start[i]!;
    if ((this.flags[i]! & (GIVEN | FAMILY)) !== 0) return isUpper(this.text.charCodeAt(start));
    return MAC.test(this.text.slice(start, start + 3));
  }

  #grow(): void {
    const size = this.start.length * 2 + 256;
    for (const name of ["start", "end", "hash", "line"] as const) this[name] = wider(this[name], new Int32Array(size));
    for (const name of ["shape", "flags", "gap", "open"] as const) this[name] = wider(this[name], new Uint8Array(size));
  }
}

function wider<Kind extends Int32Array | Uint8Array>(old: Kind, wide: Kind): Kind {
  wide.set(old);
  return wide;
}

export function isLarge(shape: number): boolean {
  return shape >= TITLE && shape <= SINGLE;
}

/** Of a letter. */
function isUpper(unit: number): boolean {
  if (unit < 128) return unit <= 0x5a;
  if (unit < 0x100) return unit < 0xdf;
  const char = String.fromCharCode(unit);
  return char !== char.toLowerCase();
}

function shapeOf(first: number, upper: number, letters: number): number {
  if (upper === 0) return LOWER;
  if (letters === 1) return SINGLE;
  if (upper === letters) return UPPER;
  return upper === 1 && isUpper(first) ? TITLE : MIXED;
}
