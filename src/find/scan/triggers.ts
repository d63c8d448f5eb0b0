// The one pass over every string. Law: cheaper than any detector, and never misses what a detector could find; what
// it hits too often only costs time. Linear: every look backwards or ahead is bounded or is skipped over afterwards.
// What is new here is new in short/rows.ts, too, which reads short values the same way (test/find-short.test.ts).

import { AT, CODE, COLONS, DATE, DOTTED, PLATE, SECRET, WORDED } from "./bits.ts";
import { AT_SIGN, BRACKET, CLASSES, COLON, DIGIT, HIGH, PLAIN, SEPARATORS, TOKEN, UPPER } from "./classes.ts";
import { Disguised } from "./disguised.ts";
import { isFloating, isHidden } from "./escaped.ts";
import { namedStart } from "./labels.ts";
import { type ColonsSeen, colonsAt, domainEnd, isOfLogin } from "./marks.ts";
import { MARKING } from "./markup.ts";
import { KINDS, MAIL, NUMERAL, ODD_DIGIT, oddness, WORD } from "./odd.ts";
import { Openings } from "./openings.ts";
import { isUnderscored, mayBeBackwards } from "./pieces.ts";
import type { Places } from "./places.ts";
import { isPlateStart } from "./plates.ts";
import { BACKWARDS, CODED, DigitRuns, FOLDED, LOOKALIKE, RUN } from "./runs.ts";
import { secretEnd, secretStart } from "./secrets.ts";
import {
  afterEscape,
  isFours,
  isOfDay,
  isPairs,
  isSmallWechat,
  isVx,
  isWeChat,
  isWidePairs,
  ofDigits,
  pointAt,
} from "./shapes.ts";
import { Stops } from "./stops/stops.ts";
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

const NO_BYTES: Uint8Array = new Uint8Array(0);

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
  readonly #stops: Stops;
  #bytes = NO_BYTES;
  #from = 0;
  #to = 0;
  /** After the last escape: its letter belongs to no word. */
  #edge = 0;
  /** Up to here a credential was already marked. */
  #secretEnd = 0;
  /** Up to here a token was already looked at, and a run of colons. */
  #tokenEnd = 0;
  #colonsEnd = 0;

  /** @param stops says where to look: at a byte more than it has to, and nothing else is seen. */
  constructor(windows: Windows, odd: Windows, places: Places, stops = new Stops()) {
    this.windows = windows;
    this.odd = odd;
    this.#stops = stops;
    this.#openings = new Openings(windows, places);
    this.#runs = new DigitRuns(odd);
    this.#disguised = new Disguised(odd);
  }

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  /** Lets go of the bytes. */
  done(): void {
    this.#bytes = NO_BYTES;
    this.#stops.done();
  }

  /**
   * Fills `windows` and `odd`. @param raw the range holds JSON escapes; without it a backslash is a backslash.
   * @param says the ways whose words the member's name says.
   * @returns false where it met a \u escape, or one written out: what that hides is seen only when it is undone.
   */
  scan(from: number, to: number, raw: boolean, says: Int32Array | null = null): boolean {
    this.#openings.over(this.#bytes, from, to, raw, says);
    this.#from = this.#edge = this.#secretEnd = this.#tokenEnd = this.#colonsEnd = from;
    this.#to = to;
    this.windows.clear();
    this.#disguised.over(this.#bytes, from, to);
    this.#runs.clear();
    const bytes = this.#bytes;
    this.#stops.over(bytes, from, to);
    for (let at = this.#stops.next(from); at < to; at = this.#stops.next(at)) {
      // what is escaped is read again without its escapes, if there is anything to see at all
      if (raw && (this.windows.count | this.odd.count) !== 0) return true;
      const kind = CLASSES[bytes[at]!]!;
      if (kind === HIGH) at = this.#high(at);
      else if (kind === DIGIT) at = this.#digits(at);
      else if (kind === AT_SIGN) at = this.#at(at);
      else if (kind === COLON) at = this.#colon(at);
      else if (kind === UPPER) at = this.#upper(at);
      else if (kind === BRACKET) this.#disguised.bracket(at++);
      else if (kind === PLAIN) this.#word(at++);
      else if (raw && isHidden(bytes, at)) return false;
      else {
        if (!raw) this.#disguised.escaped(at);
        at = this.#edge = afterEscape(bytes, at, raw);
      }
    }
    return true;
  }

  /** At a small letter or a bracket: wechat, vx, (at. */
  #word(at: number): void {
    if (this.#bytes[at] === OPEN) this.#disguised.bracket(at);
    else if (isSmallWechat(this.#bytes, at, this.#to)) this.#openings.hit(at, at + 2, WORDED);
    else this.#vx(at);
  }

  /** Behind a character that is not ASCII. */
  #vx(at: number): void {
    if (at > this.#from && this.#bytes[at - 1]! >= 0x80 && isVx(this.#bytes, at, this.#to))
      this.#openings.hit(at, at + 2, WORDED);
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
    if (separators === 0 && isUnderscored(bytes, this.#from, start, at)) this.#disguised.hit(start, at, RUN);
    if (points > 0 && isFloating(bytes, start, at, to, count)) this.#disguised.hit(start, at, FOLDED);
    this.#runs.add(bytes, this.#from, to, start, at, count, separators > 0);
    if (MARKING[bytes[at]!] === 1) this.#disguised.marked(at, count);
    if (at - start === 2 * count - 1 && bytes[at] === bytes[at + 2]) this.#disguised.spelled(at);
    return at;
  }

  /** A character that is not ASCII. @returns its end. */
  #high(at: number): number {
    const width = this.#bytes[at]! < 0xe0 ? 2 : this.#bytes[at]! < 0xf0 ? 3 : 4;
    const point = pointAt(this.#bytes, at, width);
    const kind = point < KINDS.length ? KINDS[point]! : oddness(point);
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
    const named = namedStart(this.#bytes, this.#from, at);
    if (named >= 0) this.#openings.hit(named, end, WORDED);
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
    if (end >= 0 && at > this.#from && (TOKEN[bytes[at - 1]!] === 1 || bytes[at - 1]! >= 0x80))
      this.#openings.hit(Math.max(this.#from, at - LOCAL_BYTES_MAX), end, AT);
    else if (end < 0 && isOfLogin(bytes, this.#from, at)) this.#openings.hit(at - 1, at + 1, AT);
    return at + 1;
  }

  #upper(at: number): number {
    this.#vx(at);
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
