// Where something may stand written otherwise: windows for views/. Law: as wide as the views; every look is bounded,
// and goes no further back than what was looked at already.

import { ALPHANUMERIC } from "./classes.ts";
import { escapesEnd, isCommat, isSoftNear } from "./escaped.ts";
import { markedEnd } from "./markup.ts";
import { INVISIBLE, ODD_DIGIT, ODD_LETTER } from "./odd.ts";
import { FOLDED, MARKUP, ONLY, SIGNS, SPELLED } from "./runs.ts";
import { isHan, isOfName, isOfPair } from "./shapes.ts";
import { isBracketedAt, isLooseAt, isSpeltAt, mailEnd, signAfter } from "./signs.ts";
import { spelledEnd } from "./spelled.ts";
import type { Windows } from "./windows.ts";

const PERCENT = 0x25;
const EQUALS = 0x3d;
const HASH = 0x23;
const ACCOUNT_BYTES_MAX = 24;

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Looks at one string at a time. */
export class Disguised {
  readonly windows: Windows;
  #bytes = NO_BYTES;
  #from = 0;
  #to = 0;
  /** Up to here it was already looked at. */
  #escapedEnd = 0;
  #spelledEnd = 0;
  #markedEnd = 0;

  constructor(windows: Windows) {
    this.windows = windows;
  }

  /** The string [from, to). */
  over(bytes: Uint8Array, from: number, to: number): void {
    this.windows.clear();
    this.#bytes = bytes;
    this.#from = this.#escapedEnd = this.#spelledEnd = this.#markedEnd = from;
    this.#to = to;
  }

  /** @param kind of scan/runs.ts. */
  hit(start: number, end: number, kind: number): void {
    this.windows.add(this.#bytes, this.#from, this.#to, start, Math.min(end, this.#to), ONLY[kind]!);
  }

  /** A digit or numeral that is not ASCII: of a pair before a colon; or, if it can be nothing else, behind letters. */
  digit(kind: number, start: number, end: number): void {
    const bytes = this.#bytes;
    if ((bytes[end]! < 0x80 && isOfPair(bytes, end)) || (kind === ODD_DIGIT && isOfName(bytes, this.#from, start)))
      this.hit(start, end, FOLDED);
  }

  /** A letter that is not ASCII, or what nobody sees. */
  letter(kind: number, start: number, end: number): void {
    const bytes = this.#bytes;
    if (kind !== ODD_LETTER && kind !== INVISIBLE) return;
    const before = start > this.#from ? bytes[start - 1]! : 0;
    const after = end < this.#to ? bytes[end]! : 0;
    // Cyrillic among Cyrillic is Cyrillic; a joiner between two emoji joins them.
    if (bytes[start]! >= 0xe2 && kind === ODD_LETTER) this.hit(start, end, FOLDED);
    else if (ALPHANUMERIC[before] === 1 || ALPHANUMERIC[after] === 1 || isHan(before, bytes, start))
      this.hit(start, end, FOLDED);
  }

  /** A token behind `%`, `=` or `&#` may be the first of several that are escaped. */
  afterSign(start: number): void {
    const before = this.#bytes[start - 1]!;
    if (before === PERCENT || before === EQUALS) this.escaped(start - 1);
    else if (before === HASH) this.escaped(start - 2);
    else if (isCommat(this.#bytes, this.#from, start)) this.hit(start - 1, start, FOLDED);
  }

  escaped(at: number): void {
    if (at < this.#escapedEnd || at < this.#from) return;
    const end = escapesEnd(this.#bytes, at, this.#to);
    if (end < 0) return;
    this.#escapedEnd = end;
    this.hit(at, end, FOLDED);
  }

  /** @param at what may be the gap after a character that stands alone. */
  spelled(at: number): void {
    if (at < this.#spelledEnd) return;
    const end = spelledEnd(this.#bytes, this.#from, at, this.#to);
    if (end < 0) return;
    this.#spelledEnd = end;
    this.hit(at, end, SPELLED);
  }

  /** Behind 微: an account may be spelled out, without one digit. */
  account(from: number): void {
    const until = Math.min(this.#to, from + ACCOUNT_BYTES_MAX);
    for (let at = from; at < until; at++) if (ALPHANUMERIC[this.#bytes[at]!] === 1) return this.spelled(at + 1);
  }

  /** @param at behind `digits` digits, where markup may begin. */
  marked(at: number, digits: number): void {
    if (at < this.#markedEnd) return;
    const end = markedEnd(this.#bytes, at, this.#to, digits);
    if (end < 0) return;
    this.#markedEnd = end;
    this.hit(at, end, MARKUP);
  }

  /** @param at an `@`. */
  atSign(at: number): void {
    const bytes = this.#bytes;
    if (bytes[at + 1] === bytes[at - 1] && ALPHANUMERIC[bytes[at + 1]!] === 0) this.spelled(at + 1);
    if (isLooseAt(bytes, this.#from, at, this.#to)) this.hit(at, at + 1, SIGNS);
    if (isSoftNear(bytes, this.#from, at, this.#to)) this.hit(at, at + 1, FOLDED);
  }

  /** @param at a bracket. */
  bracket(at: number): void {
    if (isBracketedAt(this.#bytes, at)) this.hit(at, at + 3, SIGNS);
  }

  /** @param end of what says that an address follows. */
  mail(end: number): void {
    const at = end < 0 ? -1 : signAfter(this.#bytes, end, this.#to);
    if (at >= 0) this.hit(at, at + 3, SIGNS);
  }

  /** @param at a capital A or E. */
  capital(at: number): void {
    if (isSpeltAt(this.#bytes, at)) this.bracket(at - 1);
    else this.mail(mailEnd(this.#bytes, at, this.#to));
  }
}
