// The way of strings: scan each, and where something was seen, keep a window as text; then the detectors and the views
// look at all that was kept. Law: only windows ever become JavaScript strings; a string that holds nothing costs one
// pass over its bytes.

import { unescapeInto } from "../decode/escapes.ts";
import { textOf } from "../decode/json/read.ts";
import { WIDTH } from "./anchors/clauses.ts";
import { type Context, KEYED_BYTES_MAX } from "./detector.ts";
import { MARKED } from "./scan/classes.ts";
import { bytesOf, unitsOf } from "./scan/locate.ts";
import { Places } from "./scan/places.ts";
import { TriggerScan } from "./scan/triggers.ts";
import { Windows } from "./scan/windows.ts";
import { forgetText } from "./shared/forget.ts";
import { type Asked, answer, asked, type Claim, type Window } from "./spans.ts";
import { claimsInViews, type Inner } from "./views/look.ts";
import { joinedWith, overlapped, type Stretch } from "./views/overlap.ts";

/** A claim with its place: units in the decoded string, bytes in the decoded bytes from the string's start. */
export interface Place extends Claim {
  readonly start: number;
  readonly end: number;
  readonly byteStart: number;
  readonly byteEnd: number;
}

/** A window for the views. @see claimsInViews */
interface Odd extends Window {
  readonly seen: number;
}

/** A string that is looked at: its windows, in order; those for the detectors by their place in the list of all. */
interface Kept {
  readonly context: Context;
  readonly first: number;
  readonly last: number;
  readonly odd: readonly Odd[];
}

const NOTHING_ODD: readonly Odd[] = [];
const NONE: readonly Place[] = [];
const NO_ANSWERS: readonly (readonly Place[])[] = [];
const DEPTH_MAX = 2;
/** These alone leave digits and letters as they are: a scan of the raw bytes says whether there is anything. */
const JSON_ESCAPES = 0x10;
const SCRATCH_BYTES = 4096;
const SCRATCH_BYTES_KEPT = 1 << 20;
/** `a@b.cn`, six digits: nothing shorter identifies. */
const UNITS_MIN = 6;
/** How much is kept before it is looked at: windows and their units. */
const KEPT_MAX = 256;
const KEPT_UNITS_MAX = 1 << 16;

/** Reads the strings of one document. Its scratch space is reused from call to call. */
export class Search {
  readonly #windows = new Windows(WIDTH);
  readonly #odd = new Windows(1);
  readonly #places = new Places();
  readonly #scan = new TriggerScan(this.#windows, this.#odd, this.#places);
  /** Unescaped strings and texts of their own, one at a time. */
  #scratch = Buffer.alloc(0);
  #bytes: Uint8Array = this.#scratch;
  /** The string of the last `opens`: its bytes, and where it begins and ends in them. */
  #seen: Uint8Array = this.#scratch;
  #base = 0;
  #end = 0;
  readonly #inner: Inner;
  #kept: Kept[] = [];
  #asked: Asked[] = [];
  #keptUnits = 0;
  #deeper: Search | null = null;

  /** @param depth how often a reading of a reading may be read: base64 of base64 is undone, a third layer is not. */
  constructor(depth = DEPTH_MAX) {
    this.#room(SCRATCH_BYTES);
    this.#inner = {
      plain: (text, context) => asClaims(this.#nested(depth).placesInText(text, context, true)),
      whole: (text, context) => (depth === 0 ? [] : asClaims(this.#nested(depth).placesInText(text, context))),
    };
  }

  #nested(depth: number): Search {
    this.#deeper ??= new Search(Math.max(0, depth - 1));
    return this.#deeper;
  }

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#scan.over(bytes);
  }

  /** Lets go of the document, and of scratch space that a large one needed. */
  done(): void {
    if (this.#scratch.length > SCRATCH_BYTES_KEPT) this.#room(SCRATCH_BYTES);
    this.#bytes = this.#seen = this.#scratch;
    this.#scan.done();
    this.#places.done();
    forgetText();
  }

  /**
   * Scans a string of the document. @param escapes how [start, end) is escaped, 0 for not. What a detector knows the
   * name of is looked at from end to end.
   * @returns whether there is anything to look at.
   */
  opens(start: number, end: number, escapes: number, context: Context): boolean {
    const whole = context.keyed !== undefined;
    const says = context.says ?? null;
    const read = (escapes & ~JSON_ESCAPES) === 0 && this.#scan.scan(start, end, escapes !== 0, says);
    if (read && !whole && this.#isNothing()) return false;
    this.#seen = this.#bytes;
    this.#base = start;
    this.#end = end;
    if (escapes !== 0) this.#unescape(start, end, escapes, says);
    if (whole && this.#end - this.#base <= KEYED_BYTES_MAX) this.#windows.all(this.#base, this.#end);
    return !this.#isNothing();
  }

  #isNothing(): boolean {
    return this.#windows.count === 0 && this.#odd.count === 0;
  }

  #unescape(start: number, end: number, escapes: number, says: Int32Array | null): void {
    if (this.#scratch.length < end - start) this.#room(2 * (end - start));
    this.#inScratch(unescapeInto(this.#bytes, start, end, this.#scratch, escapes), says);
    this.#scan.over(this.#bytes);
  }

  /** Text that is not part of a document, between documents. @param plainly not what it may be read as. */
  placesInText(text: string, context: Context, plainly = false): readonly Place[] {
    const whole = context.keyed !== undefined;
    if (!whole && (text.length < UNITS_MIN || !MARKED.test(text))) return NONE;
    const bytesMax = text.length * 3;
    if (this.#scratch.length < bytesMax) this.#room(bytesMax);
    this.#inScratch(this.#scratch.write(text, 0, "utf8"), context.says ?? null);
    if (whole && this.#end <= KEYED_BYTES_MAX) this.#windows.all(0, this.#end);
    if (plainly) this.#odd.clear();
    if (!this.#isNothing()) this.keep(context);
    const [places = NONE] = this.answers();
    this.done();
    return places;
  }

  #inScratch(length: number, says: Int32Array | null): void {
    this.#scan.over(this.#scratch);
    this.#scan.scan(0, length, false, says);
    this.#seen = this.#scratch;
    this.#base = 0;
    this.#end = length;
  }

  #room(bytes: number): void {
    this.#scratch = Buffer.allocUnsafeSlow(bytes);
  }

  /** Keeps what there is to look at in the string of the last `opens`, for `answers`. */
  keep(context: Context): void {
    const first = this.#asked.length;
    for (let i = 0, byte = this.#base, units = 0; i < this.#windows.count; i++) {
      const from = this.#windows.start(i);
      const text = textOf(this.#seen, from, this.#windows.end(i), false);
      units += unitsOf(this.#seen, byte, from);
      byte = from;
      this.#keptUnits += text.length;
      const { sets } = this.#windows;
      const set = this.#windows.set(i);
      this.#asked.push(asked(text, sets, set, context, this.#seen, from, this.#places, from - this.#base, units));
    }
    const odd = this.#odd.count === 0 ? NOTHING_ODD : this.#keepOdd();
    this.#kept.push({ context, first, last: this.#asked.length, odd });
  }

  #keepOdd(): Odd[] {
    const odd: Odd[] = [];
    for (let i = 0, byte = this.#base, units = 0; i < this.#odd.count; i++) {
      const from = this.#odd.start(i);
      const text = textOf(this.#seen, from, this.#odd.end(i), false);
      units += unitsOf(this.#seen, byte, from);
      byte = from;
      odd.push({ text, seen: this.#odd.sets[this.#odd.set(i)]!, byte: from - this.#base, units });
    }
    return odd;
  }

  /** Whether what is kept should be looked at before more is. */
  isFull(): boolean {
    return this.#asked.length >= KEPT_MAX || this.#keptUnits >= KEPT_UNITS_MAX;
  }

  /** What the detectors find in each string that was kept, in order and disjoint. */
  answers(): readonly (readonly Place[])[] {
    const kept = this.#kept;
    if (kept.length === 0) return NO_ANSWERS;
    const windows = this.#asked;
    answer(windows);
    this.#kept = [];
    this.#asked = [];
    this.#keptUnits = 0;
    forgetText();
    return kept.map(({ context, first, last, odd }) => {
      const places: Place[] = [];
      for (let i = first; i < last; i++) addPlaces(windows[i]!, windows[i]!.claims, places);
      if (odd.length === 0) return places;
      const viewed: Place[] = [];
      for (const one of odd) addPlaces(one, claimsInViews(one.text, one.seen, context, this.#inner), viewed);
      return viewed.length === 0 ? places : together(places, viewed);
    });
  }
}

/** @param claims in the window's units, in order. */
function addPlaces(window: Window, claims: readonly Claim[], into: Place[]): void {
  const { text, units } = window;
  let byte = window.byte;
  let unit = 0;
  for (const { detector, span } of claims) {
    const byteStart = byte + bytesOf(text, unit, span.start);
    const byteEnd = byteStart + bytesOf(text, span.start, span.end);
    into.push({ detector, span, start: units + span.start, end: units + span.end, byteStart, byteEnd });
    unit = span.end;
    byte = byteEnd;
  }
}

/**
 * What a text says plainly stands before what it may be read as; but a reading that holds all of it, and has a check
 * digit or is of the same kind, is the whole of which the plain one was a part.
 */
function together(plain: readonly Place[], viewed: readonly Place[]): readonly Place[] {
  const whole = viewed.filter(({ detector, start, end, span }) => {
    const under = overlapped(plain, { start, end }, stretchOf);
    const isSurer = (one: Place) => span.certainty === "checksum" || one.detector === detector;
    return under.length > 0 && under.every((one) => isSurer(one) && isWithin(one, start, end));
  });
  const rest = whole.length === 0 ? plain : plain.filter((one) => overlapped(whole, one, stretchOf).length === 0);
  return joinedWith(joinedWith(whole, rest, stretchOf), viewed, stretchOf);
}

const stretchOf = (place: Place): Stretch => place;

function isWithin(one: Place, start: number, end: number): boolean {
  return start <= one.start && one.end <= end && end - start > one.end - one.start;
}

/** In units of the text itself. */
function asClaims(places: readonly Place[]): readonly Claim[] {
  return places.map(({ detector, span, start, end }) => ({ detector, span: { ...span, start, end } }));
}
