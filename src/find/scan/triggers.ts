// The one pass over every string. Law: cheaper than any detector, and never misses what a detector could find; what
// it hits too often only costs time. Linear: every look backwards or ahead is bounded or is skipped over afterwards.

import { AT, CODE, COLONS, DATE, DOTTED, PLATE, SECRET, WORDED } from "./bits.ts";
import { AT_SIGN, BRACKET, CLASSES, COLON, DIGIT, HIGH, SEPARATORS, TOKEN, UPPER } from "./classes.ts";
import { Disguised } from "./disguised.ts";
import { isHidden } from "./escaped.ts";
import { type ColonsSeen, colonsAt, domainEnd } from "./marks.ts";
import { MARKING } from "./markup.ts";
import { KINDS, MAIL, NUMERAL, ODD_DIGIT, oddness, WORD } from "./odd.ts";
import { Openings } from "./openings.ts";
import { mayBeBackwards } from "./pieces.ts";
import type { Places } from "./places.ts";
import { isPlateStart } from "./plates.ts";
import { BACKWARDS, CODED, DigitRuns, FOLDED, LOOKALIKE } from "./runs.ts";
import { secretEnd, secretStart } from "./secrets.ts";
import {
  afterEscape,
  inRange,
  isFours,
  isOfDay,
  isPairs,
  isVx,
  isWeChat,
  isWidePairs,
  ofDigits,
  pointAt,
} from "./shapes.ts";
import { type TokenSeen, tokenAt } from "./tokens.ts";
import type { Windows } from "./windows.ts";

const DIGITS_MIN = 6;
/** In one piece: an account has thirty at most, and what is a part of a longer number is nobody's. */
const DIGITS_MAX = 40;
const LONG_DIGITS_MIN = 11;
const DOTTED_DIGITS_MIN = 4;
const DOTTED_POINTS_MIN = 3;
const LOCAL_BYTES_MAX = 64;
const LETTER_A = 0x41;
const LETTER_E = 0x45;
const OPEN = 0x28;
const POINT = 0x2e;
/** 微 is E5 BE AE: no other of the words ends so. */
const WEI = 0xae;
const NEVER = Number.MAX_SAFE_INTEGER;

const NO_BYTES: Uint8Array = new Uint8Array(0);
const NO_WORDS: DataView = new DataView(NO_BYTES.buffer);

/** Scans one string at a time; holds no text between calls. */
export class TriggerScan {
  readonly windows: Windows;
  /** What views/ looks at. */
  readonly odd: Windows;
  readonly #runs: DigitRuns;
  readonly #openings: Openings;
  readonly #disguised: Disguised;
  readonly #token: TokenSeen = { start: 0, end: 0, isCode: false, isLookalike: false, isCoded: false };
  readonly #colons: ColonsSeen = { start: 0, end: 0, isAddress: false };
  #bytes = NO_BYTES;
  #words = NO_WORDS;
  #from = 0;
  #to = 0;
  /** After the last escape: its letter belongs to no word. */
  #edge = 0;
  /** Up to here a credential was already marked. */
  #secretEnd = 0;
  /** Up to here a token was already looked at, and a run of colons. */
  #tokenEnd = 0;
  #colonsEnd = 0;
  /** Where the document holds a word of scan/words.ts; the one that comes next. */
  #wordsAt: readonly number[] | null = null;
  #nextWord = 0;
  #wordAt = NEVER;

  constructor(windows: Windows, odd: Windows, places: Places) {
    this.windows = windows;
    this.odd = odd;
    this.#openings = new Openings(windows, places);
    this.#runs = new DigitRuns(odd);
    this.#disguised = new Disguised(odd);
  }

  /**
   * @param words a view of the same bytes: making one costs as much as scanning a short text. @param wordsAt of
   * scan/words.ts, in order.
   */
  over(bytes: Uint8Array, words: DataView, wordsAt: readonly number[] | null): void {
    this.#bytes = bytes;
    this.#words = words;
    this.#wordsAt = wordsAt;
    this.#nextWord = 0;
  }

  /** Lets go of the bytes. */
  done(): void {
    this.#bytes = NO_BYTES;
    this.#words = NO_WORDS;
    this.#wordsAt = null;
  }

  /**
   * Fills `windows` and `odd`. Strings come in order. @param raw the range holds JSON escapes; without it a backslash
   * is a backslash. @param says the ways whose words the member's name says.
   * @returns false where it met a \u escape, or one written out: what that hides is seen only when it is undone.
   */
  scan(from: number, to: number, raw: boolean, says: Int32Array | null = null): boolean {
    this.#openings.over(this.#bytes, from, to, raw, says);
    this.#from = this.#edge = this.#secretEnd = this.#tokenEnd = this.#colonsEnd = from;
    this.#to = to;
    this.windows.clear();
    this.#disguised.over(this.#bytes, from, to);
    this.#runs.clear();
    this.#findWord(from);
    const bytes = this.#bytes;
    for (let at = this.#skip(from); at < to; at = this.#skip(at)) {
      if (at >= this.#wordAt) this.#word(at);
      // what is escaped is read again without its escapes, if there is anything to see at all
      if (raw && (this.windows.count | this.odd.count) !== 0) return true;
      const kind = CLASSES[bytes[at]!]!;
      if (kind === HIGH) at = this.#high(at);
      else if (kind === DIGIT) at = this.#digits(at);
      else if (kind === AT_SIGN) at = this.#at(at);
      else if (kind === COLON) at = this.#colon(at);
      else if (kind === UPPER) at = this.#upper(at);
      else if (kind === BRACKET) this.#disguised.bracket(at++);
      else if (raw && isHidden(bytes, at)) return false;
      else {
        if (!raw) this.#disguised.escaped(at);
        at = this.#edge = afterEscape(bytes, at, raw);
      }
    }
    if (this.#wordAt < to) this.#word(to);
    return true;
  }

  #findWord(from: number): void {
    this.#wordAt = NEVER;
    const at = this.#wordsAt;
    if (at === null) return;
    while (this.#nextWord > 0 && at[this.#nextWord - 1]! >= from) this.#nextWord--;
    while (this.#nextWord < at.length && at[this.#nextWord]! < from) this.#nextWord++;
    if (this.#nextWord < at.length) this.#wordAt = at[this.#nextWord]!;
  }

  #word(until: number): void {
    while (this.#wordAt <= until && this.#wordAt < this.#to) {
      if (this.#bytes[this.#wordAt] === OPEN) this.#disguised.bracket(this.#wordAt);
      else this.#openings.hit(this.#wordAt, this.#wordAt + 2, WORDED);
      this.#findWord(this.#wordAt + 1);
    }
  }

  /** To the next byte with a class: eight bytes are passed in one step where all are ASCII outside [0x30, 0x5c]. */
  #skip(from: number): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const to = this.#to;
    let at = from;
    while (at < to) {
      while (at + 8 <= to) {
        const one = words.getInt32(at, true);
        const two = words.getInt32(at + 4, true);
        if (((inRange(one) | inRange(two) | one | two) & 0x80808080) !== 0) break;
        at += 8;
      }
      const stop = Math.min(at + 8, to);
      for (; at < stop; at++) if (CLASSES[bytes[at]!] !== 0) return at;
    }
    return at;
  }

  #digits(start: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    this.#tokenOf(start);
    let at = start;
    let count = 0;
    let points = 0;
    let separators = 0;
    while (at < to) {
      if (CLASSES[bytes[at]!] === DIGIT) {
        count++;
        at++;
      } else if (SEPARATORS[bytes[at]!] === 1 && at + 1 < to && CLASSES[bytes[at + 1]!] === DIGIT) {
        separators++;
        if (bytes[at] === POINT) points++;
        at++;
      } else break;
    }
    if (count === at - start && count > DIGITS_MAX) return at;
    if (count >= DIGITS_MIN)
      this.#openings.shaped(this.#edge, start, at, ofDigits(bytes, this.#from, start, at, to, count, points));
    else if (points >= DOTTED_POINTS_MIN && count >= DOTTED_DIGITS_MIN)
      this.#openings.shaped(this.#edge, start, at, DOTTED);
    else if (count === 4 && isOfDay(bytes, this.#from, start, at, to)) this.#openings.hit(start, at, DATE);
    if (count >= LONG_DIGITS_MIN && separators === 0 && mayBeBackwards(bytes, start, at))
      this.#disguised.hit(start, at, BACKWARDS);
    this.#runs.add(bytes, this.#from, to, start, at, count, separators > 0);
    if (MARKING[bytes[at]!] === 1) this.#disguised.marked(at, count);
    if (at - start === 2 * count - 1 && bytes[at] === bytes[at + 2]) this.#disguised.spelled(at);
    return at;
  }

  /** Characters that are not ASCII, as many as follow one another. */
  #high(start: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    let at = start;
    while (at < to) {
      const lead = bytes[at]!;
      if (lead >= 0xe0 && lead < 0xf0) {
        const kind = KINDS[((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)]!;
        if (kind !== 0) this.#odd(kind, at, at + 3);
        at += 3;
      } else if (lead < 0x80) break;
      else at = this.#rare(at, lead < 0xe0 ? 2 : 4);
    }
    if (isVx(bytes, at, to)) this.#openings.hit(at, at + 2, WORDED);
    return at;
  }

  #rare(at: number, width: number): number {
    const kind = oddness(pointAt(this.#bytes, at, width));
    if (kind !== 0) this.#odd(kind, at, at + width);
    return at + width;
  }

  #odd(kind: number, start: number, end: number): void {
    if (kind === ODD_DIGIT || kind === NUMERAL) {
      this.#runs.add(this.#bytes, this.#from, this.#to, start, end, 1, true);
      if (kind === ODD_DIGIT || this.#bytes[end]! < 0x80) this.#disguised.digit(kind, start, end);
    } else if (kind === WORD) {
      this.#openings.hit(start, end, WORDED);
      if (this.#bytes[end - 1] === WEI) this.#disguised.account(end);
    } else if (kind === MAIL) this.#disguised.mail(end);
    else this.#disguised.letter(kind, start, end);
  }

  /** The token at the first digit or capital of it. */
  #tokenOf(at: number): void {
    if (at < this.#tokenEnd) return this.#secret(at);
    const { start, end, isCode, isLookalike, isCoded } = tokenAt(this.#bytes, this.#edge, at, this.#to, this.#token);
    this.#tokenEnd = end;
    this.#secret(at);
    if (start > this.#from) this.#disguised.afterSign(start);
    if (isCode) this.#openings.shaped(this.#edge, start, end, CODE);
    else if (isPairs(this.#bytes, at, this.#to)) this.#openings.hit(at, end, COLONS);
    else if (end - start >= 4 && isFours(this.#bytes, end - 4, this.#to)) this.#openings.hit(end - 4, end + 10, COLONS);
    else if (end - start === 2 && isWidePairs(this.#bytes, start, this.#to))
      this.#disguised.hit(start, start + 27, FOLDED);
    if (isLookalike) this.#disguised.hit(start, end, LOOKALIKE);
    if (isCoded) this.#disguised.hit(start, end, CODED);
  }

  /** MAC and IPv6 addresses. */
  #colon(at: number): number {
    if (at < this.#colonsEnd) return at + 1;
    const run = colonsAt(this.#bytes, this.#edge, at, this.#to, this.#colons);
    this.#colonsEnd = run.end;
    if (run.isAddress) this.#openings.hit(run.start, run.end, COLONS);
    return at + 1;
  }

  #at(at: number): number {
    const bytes = this.#bytes;
    const end = domainEnd(bytes, at, this.#to);
    this.#disguised.atSign(at);
    if (end >= 0 && at > this.#from && TOKEN[bytes[at - 1]!] === 1)
      this.#openings.hit(Math.max(this.#from, at - LOCAL_BYTES_MAX), end, AT);
    return at + 1;
  }

  #upper(at: number): number {
    this.#tokenOf(at);
    if (isWeChat(this.#bytes, at, this.#to)) this.#openings.hit(at, at + 6, WORDED);
    if (this.#bytes[at] === LETTER_A || this.#bytes[at] === LETTER_E) this.#disguised.capital(at);
    if (isPlateStart(this.#bytes, this.#from, at, this.#to)) this.#openings.hit(at - 3, at + 12, PLATE);
    return at + 1;
  }

  /** At the first capital or digit of a token: does a credential's prefix stand there? */
  #secret(at: number): void {
    if (at < this.#secretEnd) return;
    const start = secretStart(this.#bytes, this.#edge, at, this.#to);
    if (start < 0) return;
    this.#secretEnd = secretEnd(this.#bytes, start, at, this.#to);
    this.#openings.hit(start, this.#secretEnd, SECRET);
  }
}
