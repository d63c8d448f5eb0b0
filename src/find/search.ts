// One string's way: scan, and where something was seen, a window as text for the detectors. Law: only windows ever
// become JavaScript strings; a string that holds nothing costs one pass over its bytes.

import { textOf, unescapeInto } from "../decode/json/read.ts";
import { MARKED } from "./scan/classes.ts";
import { bytesOf, unitsOf } from "./scan/locate.ts";
import { TriggerScan } from "./scan/triggers.ts";
import { Windows } from "./scan/windows.ts";
import { type Claim, claimsIn } from "./spans.ts";

/** A claim with its place: units in the decoded string, bytes in the decoded bytes from the string's start. */
export interface Place extends Claim {
  readonly start: number;
  readonly end: number;
  readonly byteStart: number;
  readonly byteEnd: number;
}

const NONE: readonly Place[] = [];
const SCRATCH_BYTES = 4096;
const SCRATCH_BYTES_KEPT = 1 << 20;
/** `a@b.cn`, six digits: nothing shorter identifies. */
const UNITS_MIN = 6;

/** Reads the strings of one document. Its scratch space is reused from call to call. */
export class Search {
  readonly #windows = new Windows();
  readonly #scan = new TriggerScan(this.#windows);
  /** Unescaped strings and texts of their own, one at a time. */
  #scratch = Buffer.alloc(0);
  #scratchWords: DataView = new DataView(this.#scratch.buffer, 0, 0);
  #bytes: Uint8Array = this.#scratch;
  #words: DataView = this.#scratchWords;
  /** Where the windows of the last `opens` lie, and where its string begins. */
  #seen: Uint8Array = this.#scratch;
  #base = 0;

  constructor() {
    this.#room(SCRATCH_BYTES);
  }

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#scan.over(bytes, this.#words);
  }

  /** Lets go of the document, and of scratch space that a large one needed. */
  done(): void {
    if (this.#scratch.length > SCRATCH_BYTES_KEPT) this.#room(SCRATCH_BYTES);
    this.#bytes = this.#seen = this.#scratch;
    this.#words = this.#scratchWords;
    this.#scan.done();
  }

  /**
   * Scans a string of the document. @param escaped [start, end) holds JSON escapes.
   * @returns whether there is anything to look at.
   */
  opens(start: number, end: number, escaped: boolean): boolean {
    const whole = this.#scan.scan(start, end, escaped);
    if (whole && this.#windows.count === 0) return false;
    this.#seen = this.#bytes;
    this.#base = start;
    if (!escaped) return true;
    if (this.#scratch.length < end - start) this.#room(2 * (end - start));
    const length = unescapeInto(this.#bytes, start, end, this.#scratch);
    this.#inScratch(length);
    this.#scan.over(this.#bytes, this.#words);
    return this.#windows.count > 0;
  }

  /** Text that is not part of a document, between documents. */
  placesInText(text: string, key: string): readonly Place[] {
    if (text.length < UNITS_MIN || !MARKED.test(text)) return NONE;
    const bytesMax = text.length * 3;
    if (this.#scratch.length < bytesMax) this.#room(bytesMax);
    this.#inScratch(this.#scratch.write(text, 0, "utf8"));
    const places = this.#windows.count === 0 ? NONE : this.look(key);
    this.done();
    return places;
  }

  #inScratch(length: number): void {
    this.#scan.over(this.#scratch, this.#scratchWords);
    this.#scan.scan(0, length, false);
    this.#seen = this.#scratch;
    this.#base = 0;
  }

  #room(bytes: number): void {
    this.#scratch = Buffer.allocUnsafeSlow(bytes);
    this.#scratchWords = new DataView(this.#scratch.buffer, 0, bytes);
  }

  /** What the detectors find in the string of the last `opens`. @param key the member's name, as context. */
  look(key: string): readonly Place[] {
    const context = { key };
    const bytes = this.#seen;
    const base = this.#base;
    const places: Place[] = [];
    let units = 0;
    let counted = base;
    for (let i = 0; i < this.#windows.count; i++) {
      const from = this.#windows.start(i);
      const text = textOf(bytes, from, this.#windows.end(i), false);
      let unit = 0;
      let byte = from;
      for (const { detector, span } of claimsIn(text, this.#windows.triggers(i), context)) {
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
