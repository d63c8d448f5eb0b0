// The rows of letters and digits of a short value, one sign between two of them, and what the scanner
// (scan/triggers.ts) would see in it. Law: a value that is not wholly such, or in which views/ might read something
// else, is none; nothing is kept but numbers.

import { addBegun } from "../anchors/heard.ts";
import { isLabelBytes, WORD } from "../anchors/starts.ts";
import { AT, CODE, COLONS, DATE, DOTTED, WORDED } from "../scan/bits.ts";
import { SEPARATORS, TOKEN } from "../scan/classes.ts";
import { isFloating } from "../scan/escaped.ts";
import { isNamedAt } from "../scan/labels.ts";
import { type ColonsSeen, colonsAt, domainEnd } from "../scan/marks.ts";
import { isUnderscored, mayBeBackwards } from "../scan/pieces.ts";
import { DigitRuns } from "../scan/runs.ts";
import { hasPrefix, MAY_BE_SECRET } from "../scan/secrets.ts";
import { isFours, isOfDay, isPairs, isSmallWechat, isWeChat, ofDigits } from "../scan/shapes.ts";
import { isLooseAt } from "../scan/signs.ts";
import { mayBeCoded, type TokenSeen, tokenAt } from "../scan/tokens.ts";
import { Windows } from "../scan/windows.ts";

const ROWS_MAX = 12;
/** So many characters that stand alone may be spelled out. */
const SINGLES_MAX = 2;
const DIGITS_MIN = 6;
const DIGITS_MAX = 40;
const DAY_DIGITS = 4;
const DOTTED_POINTS_MIN = 3;
const DOTTED_DIGITS_MIN = 4;
/** Fewer are no number in pieces, nor backwards. */
const PIECES_DIGITS_MIN = 11;
/** Nothing shorter is code. */
const CODE_BYTES_MIN = 9;
const FOUR = 4;
const POINT = 0x2e;
const COLON = 0x3a;
const AT_SIGN = 0x40;
const CAPITAL_E = 0x45;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;
const SMALL_M = 0x6d;
const SMALL_W = 0x77;
const SMALL = 0x20;
const DIGIT = 1;
const LETTER = 2;

/** Signs that may stand in a value: within a token, and between two. */
const NONE = 0;
const JOINS = 1;
const PARTS = 2;
const SIGNS = new Uint8Array(256);
for (const sign of "-+/") SIGNS[sign.charCodeAt(0)] = JOINS;
for (const sign of " .:@") SIGNS[sign.charCodeAt(0)] = PARTS;

const odd = new Windows(1);
const runs = new DigitRuns(odd);
const token: TokenSeen = { start: 0, end: 0, isCode: false, isLookalike: false, isCoded: false };
const colons: ColonsSeen = { start: 0, end: 0, isAddress: false };

/** Reads one value at a time. */
export class ValueRows {
  /** Where each row begins and ends; 1: digits, 2: letters, 3: both. */
  readonly start = new Int32Array(ROWS_MAX);
  readonly end = new Int32Array(ROWS_MAX);
  readonly kind = new Uint8Array(ROWS_MAX);
  count = 0;
  /** Bits of scan/bits.ts: seen in its rows; and in what begins somewhere else. */
  bits = 0;
  hits = 0;
  isDigits = false;
  hasColon = false;
  #from = 0;
  #colonsEnd = 0;
  #digits = 0;

  /** @param heard takes up the ways whose words may begin in it. @returns whether [from, to) is such a value. */
  read(bytes: Uint8Array, from: number, to: number, heard: Int32Array): boolean {
    this.count = this.bits = this.hits = 0;
    this.#from = from;
    this.hasColon = false;
    this.isDigits = isAllDigits(bytes, from, to);
    if (this.isDigits) return this.#digitsOnly(bytes, from, to);
    this.#digits = 0;
    return this.#rows(bytes, from, to, heard) && (this.#digits < DAY_DIGITS || this.#runs(bytes, from, to));
  }

  /** Half of all values of records. */
  #digitsOnly(bytes: Uint8Array, from: number, to: number): boolean {
    this.#add(from, to, DIGIT);
    const count = to - from;
    if (count >= DIGITS_MIN) this.bits = ofDigits(bytes, from, from, to, to, count, 0);
    return isForwards(bytes, from, to) && !mayBeCoded(bytes, from, to);
  }

  #add(start: number, end: number, kind: number): void {
    const nth = this.count++;
    this.start[nth] = start;
    this.end[nth] = end;
    this.kind[nth] = kind;
  }

  #rows(bytes: Uint8Array, from: number, to: number, heard: Int32Array): boolean {
    let singles = 0;
    let tokenStart = -1;
    this.#colonsEnd = from;
    for (let at = from; at < to; ) {
      if (WORD[bytes[at]!] !== 0) {
        const end = this.#row(bytes, at, to, heard);
        if (end < 0 || (end - at === 1 && ++singles > SINGLES_MAX)) return false;
        if (tokenStart < 0) tokenStart = at;
        at = end;
        continue;
      }
      const sign = SIGNS[bytes[at]!]!;
      if (sign === NONE || (at > from && WORD[bytes[at - 1]!] === 0)) return false;
      if (sign === PARTS) {
        if (tokenStart >= 0 && !this.#token(bytes, tokenStart, at, to)) return false;
        tokenStart = -1;
        if (!this.#sign(bytes, at, from, to)) return false;
      } else if (tokenStart < 0) tokenStart = at;
      at++;
    }
    return tokenStart < 0 || this.#token(bytes, tokenStart, to, to);
  }

  /** @returns its end, -1 where there is more to it. */
  #row(bytes: Uint8Array, start: number, to: number, heard: Int32Array): number {
    if (this.count === ROWS_MAX) return -1;
    let kind = 0;
    let end = start;
    for (; end < to; end++) {
      const word = WORD[bytes[end]!]!;
      if (word === 0) break;
      if (word === LETTER) {
        if (!isMere(bytes, end, to)) return -1;
        addBegun(bytes, end, heard);
        if ((bytes[end]! | SMALL) === SMALL_W && (isSmallWechat(bytes, end, to) || isWeChat(bytes, end, to)))
          this.hits |= WORDED;
      } else if (kind === LETTER && isLabelBytes(bytes, start, end)) return -1;
      else this.#digits++;
      kind |= word;
    }
    this.#add(start, end, kind);
    return end;
  }

  #sign(bytes: Uint8Array, at: number, from: number, to: number): boolean {
    const sign = bytes[at]!;
    if (sign !== AT_SIGN && sign !== POINT && isNamedAt(bytes, from, at + 1)) return false;
    if (sign === COLON) {
      this.hasColon = true;
      if (at < this.#colonsEnd) return true;
      colonsAt(bytes, from, at, to, colons);
      this.#colonsEnd = colons.end;
      if (colons.isAddress) this.hits |= COLONS;
    } else if (sign === AT_SIGN) {
      if (domainEnd(bytes, at, to) >= 0 && at > from && TOKEN[bytes[at - 1]!] === 1) this.hits |= AT;
      return !isLooseAt(bytes, from, at, to);
    }
    return true;
  }

  /** As the scanner does at the first digit or capital of a token. @returns whether views/ would read no text in it. */
  #token(bytes: Uint8Array, start: number, end: number, to: number): boolean {
    let at = start;
    while (at < end && !asks(bytes, at, this.#from)) at++;
    if (at === end) return true;
    token.isCode = token.isCoded = token.isLookalike = false;
    if (end - start >= CODE_BYTES_MIN) tokenAt(bytes, start, at, to, token);
    if (token.isCode) this.bits |= CODE;
    else if (isPairs(bytes, at, to) || (end - start >= FOUR && isFours(bytes, end - FOUR, to))) this.hits |= COLONS;
    return !token.isCoded && !token.isLookalike;
  }

  /** Its digits, with single separators between. @returns whether they are no number in pieces, or backwards. */
  #runs(bytes: Uint8Array, from: number, to: number): boolean {
    odd.clear();
    runs.clear();
    for (let at = from; at < to; ) {
      if (WORD[bytes[at]!] !== DIGIT) {
        at++;
        continue;
      }
      const start = at;
      let separators = 0;
      let points = 0;
      for (; at < to; at++) {
        if (WORD[bytes[at]!] === DIGIT) continue;
        if (SEPARATORS[bytes[at]!] !== 1 || at + 1 === to || WORD[bytes[at + 1]!] !== DIGIT) break;
        separators++;
        if (bytes[at] === POINT) points++;
      }
      const count = at - start - separators;
      if (count >= DIGITS_MIN) this.bits |= ofDigits(bytes, from, start, at, to, count, points);
      else if (points >= DOTTED_POINTS_MIN && count >= DOTTED_DIGITS_MIN) this.bits |= DOTTED;
      else if (count === DAY_DIGITS && isOfDay(bytes, from, start, at, to)) this.hits |= DATE;
      if (separators === 0 && (!isForwards(bytes, start, at) || isUnderscored(bytes, from, start, at))) return false;
      if (points > 0 && isFloating(bytes, start, at, to, count)) return false;
      if (this.#digits >= PIECES_DIGITS_MIN) runs.add(bytes, from, to, start, at, count, separators > 0);
    }
    return odd.count === 0;
  }
}

function isAllDigits(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && WORD[bytes[at]!] === DIGIT) at++;
  return at === to;
}

/** A capital, or a digit that goes on no number: that was looked at where it began. */
function asks(bytes: Uint8Array, at: number, from: number): boolean {
  if (WORD[bytes[at]!] !== DIGIT) return bytes[at]! >= 0x41 && bytes[at]! <= 0x5a;
  if (at === from || WORD[bytes[at - 1]!] === DIGIT) return at === from;
  return at - 2 < from || SEPARATORS[bytes[at - 1]!] !== 1 || WORD[bytes[at - 2]!] !== DIGIT;
}

/** A letter that begins no credential, `mail` of E-mail, nor two underscores. */
function isMere(bytes: Uint8Array, at: number, to: number): boolean {
  const next = at + 1 < to ? bytes[at + 1]! : 0;
  if (bytes[at] === UNDERSCORE) return next !== UNDERSCORE;
  if (bytes[at] === CAPITAL_E && (next === DASH || (next | SMALL) === SMALL_M)) return false;
  return MAY_BE_SECRET[bytes[at]!] === 0 || !hasPrefix(bytes, at, to);
}

/** Digits [start, end) that are no number backwards. */
function isForwards(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < PIECES_DIGITS_MIN) return true;
  return end - start <= DIGITS_MAX && !mayBeBackwards(bytes, start, end);
}
