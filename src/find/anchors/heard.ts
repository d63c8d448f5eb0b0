// Which words stand near a place, in bytes. Law: every match of every word of every way that lies within reach is
// heard; only what somebody asks about is read, and nothing is read twice.

import { AFTER_UNITS, BEFORE_UNITS } from "../shared/label.ts";
import { ByStart } from "./by-start.ts";
import { clauseStart, linkFrom } from "./clause-ends.ts";
import { FAR, LABELLED, literalsByWay, WIDTH } from "./clauses.ts";
import { BORDER } from "./literals.ts";
import { waysNamedBefore } from "./name-before.ts";
import { firstRow } from "./rows.ts";
import { Words } from "./words-heard.ts";

const BYTES_OF_UNIT = 3;
/** A match may begin a little before what was seen of it (rows.ts), and go on a little after. */
const BEGUN_UNITS = 20;
const GOES_ON_UNITS = 32;
const REACH_BEFORE = BEFORE_UNITS + BEGUN_UNITS;
const REACH_AFTER = AFTER_UNITS + GOES_ON_UNITS;
const BEFORE_BYTES = BEFORE_UNITS * BYTES_OF_UNIT;
const AFTER_BYTES = AFTER_UNITS * BYTES_OF_UNIT + GOES_ON_UNITS;
/** The name of a password stands before its value, which may be long. */
const FAR_BYTES = 320;
/** How much is read at once, at least. */
const STEP_BYTES = 128;

const { literals, always } = literalsByWay();
/** Whose words the literals are, as labels and otherwise: sets, one after another. */
const AS_LABELS = new Int32Array(literals.size * WIDTH);
const AS_OTHERS = new Int32Array(literals.size * WIDTH);
const AS_FAR = new Int32Array(literals.size * WIDTH);
/** By how they begin: which they are. Their bytes, one after another; where each ends; and what there is to know. */
const byStart = new ByStart<number>();
const letters = new Uint8Array([...literals.keys()].reduce((sum, text) => sum + Buffer.byteLength(text), 0));
const letterEnds = new Int32Array(literals.size + 1);
const traits = new Uint8Array(literals.size);
/** No letter stands before it, or after it. */
const BEGINS = 1;
const ENDS = 2;
/** Ways in its set ask for a label; others are; may stand far away. */
const IS_LABEL = 4;
const IS_OTHER = 8;
const IS_FAR = 16;
const begins = new Uint8Array(256);
/** Letters of ASCII in one case. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
for (const [nth, [text, ways]] of [...literals].entries()) {
  const bare = text.replaceAll(BORDER, "");
  const bytes = Buffer.from(bare);
  byStart.add(bare, nth);
  letters.set(bytes, letterEnds[nth]!);
  letterEnds[nth + 1] = letterEnds[nth]! + bytes.length;
  for (let word = 0; word < WIDTH; word++) {
    AS_LABELS[nth * WIDTH + word] = ways[word]! & LABELLED[word]!;
    AS_OTHERS[nth * WIDTH + word] = ways[word]! & ~LABELLED[word]! & ~FAR[word]!;
    AS_FAR[nth * WIDTH + word] = ways[word]! & FAR[word]!;
  }
  const isAny = (sets: Int32Array) => sets.subarray(nth * WIDTH, (nth + 1) * WIDTH).some((bits) => bits !== 0);
  traits[nth] =
    (text.startsWith(BORDER) ? BEGINS : 0) |
    (text.endsWith(BORDER) ? ENDS : 0) |
    (isAny(AS_LABELS) ? IS_LABEL : 0) |
    (isAny(AS_OTHERS) ? IS_OTHER : 0) |
    (isAny(AS_FAR) ? IS_FAR : 0);
  begins[bytes[0]!] = 1;
}
for (let byte = 0x41; byte <= 0x5a; byte++) begins[byte] = begins[byte | 0x20]!;
/** By list of `byStart`: whose words are in it. */
const OF_LIST: Int32Array[] = [];

function ofList(list: number): Int32Array {
  const before = OF_LIST[list];
  if (before !== undefined) return before;
  const ways = new Int32Array(WIDTH);
  for (const nth of byStart.list(list))
    for (let word = 0; word < WIDTH; word++)
      ways[word]! |= AS_LABELS[nth * WIDTH + word]! | AS_OTHERS[nth * WIDTH + word]! | AS_FAR[nth * WIDTH + word]!;
  OF_LIST[list] = ways;
  return ways;
}

/** Adds the ways of all words that may begin with the byte of ASCII at `at`: of more than stand there. */
export function addBegun(bytes: Uint8Array, at: number, into: Int32Array): void {
  if (begins[bytes[at]!] === 0) return;
  const list = byStart.ofAscii(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!);
  if (list !== 0) join(into, ofList(list));
}

/** The same of a character of three bytes at `at`, with ASCII behind it. */
export function addBegunUnit(bytes: Uint8Array, at: number, into: Int32Array): void {
  const list = byStart.ofUnit(unitAt(bytes, at, bytes[at]!));
  if (list !== 0) join(into, ofList(list));
}

function join(into: Int32Array, ways: Int32Array): void {
  for (let word = 0; word < WIDTH; word++) into[word]! |= ways[word]!;
}

/** Hears the words of one string after another, as far as somebody asks. */
export class Heard {
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;
  /** What was read: [low, high). */
  #low = 0;
  #high = 0;
  /** The words in it: that say something only as labels, that may stand far away, and others; one may be all. */
  readonly #labels = new Words(AS_LABELS);
  readonly #others = new Words(AS_OTHERS);
  readonly #far = new Words(AS_FAR);
  /** Where the last question was, and who heard a word there, so far: [nearFrom, nearTo). */
  #start = 0;
  #end = -1;
  #nearFrom = 0;
  #nearTo = 0;
  readonly #near = new Int32Array(WIDTH);
  /** Whose words were looked for there; where a link stands after it, -1 for not looked for. */
  readonly #heard = new Int32Array(WIDTH);
  #link = -1;

  /** The string [from, to) of `bytes`. */
  over(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    this.#end = -1;
    this.#forget(from);
    this.#labels.giveBack();
    this.#others.giveBack();
    this.#far.giveBack();
  }

  #forget(at: number): void {
    this.#low = this.#high = at;
    this.#labels.clear();
    this.#others.clear();
    this.#far.clear();
  }

  /**
   * Takes out of `ways`, all of which ask for words, those of which none stands near [start, end). @param floor a
   * match begins in the rows there (rows.ts), after `floor`; or, if that is negative, somewhere near.
   */
  narrow(start: number, end: number, says: Int32Array | null, ways: Int32Array, floor: number): void {
    const name = waysNamedBefore(this.#bytes, this.#from, start);
    let far = 0;
    for (let word = 0; word < WIDTH; word++) {
      far |= ways[word]! & FAR[word]!;
      open[word] = always[word]! | (says === null ? 0 : says[word]!) | (name === null ? 0 : name[word]!);
    }
    if (far !== 0) this.#hearFar(Math.max(this.#from, start - FAR_BYTES), Math.min(this.#to, end + AFTER_BYTES));
    // the digits of a token hear no more than the token did
    if (floor < 0 || start < this.#start || end > this.#end) this.#turnTo(start, end, floor);
    const near = this.#near;
    let label = 0;
    let other = 0;
    for (let word = 0; word < WIDTH; word++) {
      const asking = ways[word]! & ~open[word]! & ~near[word]! & ~this.#heard[word]!;
      label |= asLabels[word] = asking & LABELLED[word]!;
      other |= asOthers[word] = asking & ~LABELLED[word]! & ~FAR[word]!;
      this.#heard[word]! |= asking;
    }
    if (label !== 0) this.#hearAfter();
    if (other !== 0) this.#hearOthers();
    for (let word = 0; word < WIDTH; word++) ways[word]! &= open[word]! | near[word]!;
  }

  /** Another question: of labels before it, in the clause that goes on to its rows, it always hears. */
  #turnTo(start: number, end: number, floor: number): void {
    const isPlace = floor >= 0;
    this.#start = start;
    this.#end = isPlace ? end : -1;
    this.#nearFrom = Math.max(this.#from, start - BEFORE_BYTES);
    this.#nearTo = Math.min(this.#to, end + AFTER_BYTES);
    this.#link = -1;
    this.#reach(this.#nearFrom, this.#nearTo);
    for (let word = 0; word < WIDTH; word++) {
      this.#near[word] = 0;
      this.#heard[word] = isPlace ? 0 : -1;
    }
    if (isPlace) {
      // a row may be as long as the string: what lies further than a label may stand is not walked
      const rows = firstRow(this.#bytes, Math.max(floor, this.#nearFrom), start);
      this.#labels.add(clauseStart(this.#bytes, this.#nearFrom, rows), end, this.#near);
      return;
    }
    this.#labels.add(this.#nearFrom, this.#nearTo, this.#near);
    this.#others.add(this.#nearFrom, this.#nearTo, this.#near);
  }

  /** Labels after it, behind a link. */
  #hearAfter(): void {
    const words = this.#labels;
    for (let i = words.first(this.#end, this.#nearTo, asLabels); i >= 0; i = words.next(i, this.#nearTo, asLabels)) {
      if (this.#link < 0) this.#link = linkFrom(this.#bytes, this.#end, this.#nearTo);
      if (words.at(i) >= this.#link) words.addOne(i, this.#near);
    }
  }

  /** Other words, within so many units. */
  #hearOthers(): void {
    const words = this.#others;
    const to = this.#nearTo;
    for (let i = words.first(this.#nearFrom, to, asOthers); i >= 0; i = words.next(i, to, asOthers))
      if (this.#isWithin(words.at(i))) words.addOne(i, this.#near);
  }

  /** A unit has a byte at least: most need no counting. */
  #isWithin(at: number): boolean {
    if (at < this.#start)
      return at >= this.#start - REACH_BEFORE || unitsOf(this.#bytes, at, this.#start) <= REACH_BEFORE;
    return at <= this.#end + REACH_AFTER || unitsOf(this.#bytes, this.#end, at) <= REACH_AFTER;
  }

  #hearFar(low: number, high: number): void {
    this.#reach(low, high);
    this.#far.add(low, high, open);
  }

  /** Reads up to `high`; words from `low` on are known. */
  #reach(low: number, high: number): void {
    if (low < this.#low || low > this.#high) this.#forget(low);
    if (this.#high < high) this.#read(Math.min(this.#to, Math.max(high, this.#high + STEP_BYTES)));
  }

  #read(high: number): void {
    const bytes = this.#bytes;
    let at = this.#high;
    while (at < high) {
      const byte = bytes[at]!;
      if (begins[byte] === 0) at++;
      else if (byte < 0x80) {
        const list = byStart.ofAscii(byte, bytes[at + 1]!, bytes[at + 2]!);
        if (list !== 0) this.#hear(at, byStart.list(list));
        at++;
      } else {
        const width = byte < 0xe0 ? 2 : 3;
        const unit = unitAt(bytes, at, byte);
        const next = bytes[at + width]!;
        const pair = next < 0xc0 ? 0 : byStart.ofPair(unit, unitAt(bytes, at + width, next));
        if (pair !== 0) this.#hear(at, byStart.list(pair));
        const single = byStart.ofUnit(unit);
        if (single !== 0) this.#hear(at, byStart.list(single));
        at += width;
      }
    }
    this.#high = high;
  }

  /** @param some literals. Nearly all that are none differ in their last byte. */
  #hear(at: number, some: readonly number[]): void {
    for (let i = 0; i < some.length; i++) {
      const nth = some[i]!;
      const last = letterEnds[nth + 1]! - 1;
      const end = at + last + 1 - letterEnds[nth]!;
      if (FOLD[this.#bytes[end - 1]!] !== letters[last] || end > this.#to || !this.#stands(end - 2, last - 1, at))
        continue;
      const is = traits[nth]!;
      if (((is & BEGINS) !== 0 && this.#isLetter(at - 1)) || ((is & ENDS) !== 0 && this.#isLetter(end))) continue;
      if ((is & IS_LABEL) !== 0) this.#labels.keep(at, nth * WIDTH);
      if ((is & IS_OTHER) !== 0) this.#others.keep(at, nth * WIDTH);
      if ((is & IS_FAR) !== 0) this.#far.keep(at, nth * WIDTH);
    }
  }

  /** Whether a literal stands at `at`, backwards from bytes[end] and letters[last]. */
  #stands(end: number, last: number, at: number): boolean {
    const bytes = this.#bytes;
    for (let i = end, k = last; i >= at; i--, k--) if (FOLD[bytes[i]!] !== letters[k]) return false;
    return true;
  }

  #isLetter(at: number): boolean {
    if (at < this.#from || at >= this.#to) return false;
    const letter = FOLD[this.#bytes[at]!]!;
    return letter >= 0x61 && letter <= 0x7a;
  }
}

/** Characters of the basic plane and of others alike. */
function unitsOf(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) units++;
  return units;
}

/** The unit whose UTF-8 begins at `at`, of the basic plane. */
function unitAt(bytes: Uint8Array, at: number, lead: number): number {
  const second = bytes[at + 1]! & 0x3f;
  return lead < 0xe0 ? ((lead & 0x1f) << 6) | second : ((lead & 0x0f) << 12) | (second << 6) | (bytes[at + 2]! & 0x3f);
}

const open = new Int32Array(WIDTH);
/** Ways that ask for words which say something as labels, and for others. */
const asLabels = new Int32Array(WIDTH);
const asOthers = new Int32Array(WIDTH);
