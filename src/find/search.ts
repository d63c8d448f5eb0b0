// One string's way: scan, and where something was seen, a window as text for the detectors and the views. Law: only
// windows ever become JavaScript strings; a string that holds nothing costs one pass over its bytes.

import { unescapeInto } from "../decode/escapes.ts";
import { textOf } from "../decode/json/read.ts";
import { WIDTH } from "./anchors/clauses.ts";
import { type Context, KEYED_BYTES_MAX } from "./detector.ts";
import { NO_CONTEXT } from "./keys.ts";
import { MARKED } from "./scan/classes.ts";
import { bytesOf, unitsOf } from "./scan/locate.ts";
import { Places } from "./scan/places.ts";
import { TriggerScan } from "./scan/triggers.ts";
import { Windows } from "./scan/windows.ts";
import { wordsIn } from "./scan/words.ts";
import { forgetText } from "./shared/forget.ts";
import { type Claim, claimsIn } from "./spans.ts";
import { claimsInViews, type Inner } from "./views/look.ts";
import { joinedWith, overlapped, type Stretch } from "./views/overlap.ts";

/** A claim with its place: units in the decoded string, bytes in the decoded bytes from the string's start. */
export interface Place extends Claim {
  readonly start: number;
  readonly end: number;
  readonly byteStart: number;
  readonly byteEnd: number;
}

type Reader = (text: string, window: number, context: Context) => readonly Claim[];

const NONE: readonly Place[] = [];
const DEPTH_MAX = 2;
/** These alone leave digits and letters as they are: a scan of the raw bytes says whether there is anything. */
const JSON_ESCAPES = 0x10;
const SCRATCH_BYTES = 4096;
const SCRATCH_BYTES_KEPT = 1 << 20;
/** `a@b.cn`, six digits: nothing shorter identifies. */
const UNITS_MIN = 6;

/** Reads the strings of one document. Its scratch space is reused from call to call. */
export class Search {
  readonly #windows = new Windows(WIDTH);
  readonly #odd = new Windows(1);
  readonly #places = new Places();
  readonly #scan = new TriggerScan(this.#windows, this.#odd, this.#places);
  /** Unescaped strings and texts of their own, one at a time. */
  #scratch = Buffer.alloc(0);
  #scratchWords: DataView = new DataView(this.#scratch.buffer, 0, 0);
  #bytes: Uint8Array = this.#scratch;
  #words = this.#scratchWords;
  #wordsAt: readonly number[] | null = null;
  /** The string of the last `opens`: its bytes, and where it begins and ends in them. */
  #seen: Uint8Array = this.#scratch;
  #base = 0;
  #end = 0;
  readonly #direct: Reader = (text, window, context) =>
    claimsIn(text, this.#windows.set(window), context, this.#windows.start(window), this.#places);
  readonly #viewed: Reader = (text, window, context) =>
    claimsInViews(text, this.#odd.set(window)[0]!, context, this.#inner);
  readonly #inner: Inner;
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
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#wordsAt = wordsIn(bytes);
    this.#scan.over(bytes, this.#words, this.#wordsAt);
  }

  /** Lets go of the document, and of scratch space that a large one needed. */
  done(): void {
    if (this.#scratch.length > SCRATCH_BYTES_KEPT) this.#room(SCRATCH_BYTES);
    this.#bytes = this.#seen = this.#scratch;
    this.#words = this.#scratchWords;
    this.#wordsAt = null;
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
    this.#scan.over(this.#bytes, this.#words, this.#wordsAt);
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
    const places = this.#isNothing() ? NONE : this.look(context);
    this.done();
    return places;
  }

  #inScratch(length: number, says: Int32Array | null): void {
    this.#scan.over(this.#scratch, this.#scratchWords, wordsIn(this.#scratch.subarray(0, length)));
    this.#scan.scan(0, length, false, says);
    this.#seen = this.#scratch;
    this.#base = 0;
    this.#end = length;
  }

  #room(bytes: number): void {
    this.#scratch = Buffer.allocUnsafeSlow(bytes);
    this.#scratchWords = new DataView(this.#scratch.buffer, 0, bytes);
  }

  /** What the detectors find in the string of the last `opens`, in order and disjoint. */
  look(context: Context = NO_CONTEXT): readonly Place[] {
    const plain = this.#windows.count === 0 ? NONE : this.#read(this.#windows, context, this.#direct);
    if (this.#odd.count === 0) return plain;
    return together(plain, this.#read(this.#odd, context, this.#viewed));
  }

  #read(windows: Windows, context: Context, reader: Reader): readonly Place[] {
    const bytes = this.#seen;
    const base = this.#base;
    const places: Place[] = [];
    let units = 0;
    let counted = base;
    for (let i = 0; i < windows.count; i++) {
      const from = windows.start(i);
      const text = textOf(bytes, from, windows.end(i), false);
      let unit = 0;
      let byte = from;
      for (const { detector, span } of reader(text, i, context)) {
        const byteStart = byte + bytesOf(text, unit, span.start);
        const byteEnd = byteStart + bytesOf(text, span.start, span.end);
        const start = units + unitsOf(bytes, counted, byteStart);
        const end = start + span.end - span.start;
        places.push({ detector, span, start, end, byteStart: byteStart - base, byteEnd: byteEnd - base });
        unit = span.end;
        units = end;
        byte = counted = byteEnd;
      }
    }
    return places;
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
