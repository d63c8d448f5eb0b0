// One string's way: scan, and where something was seen, a window as text for the detectors. Law: only windows ever
// become JavaScript strings; a string that holds nothing costs one pass over its bytes.

import { textOf, unescapeInto } from "../decode/json/read.ts";
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
const SCRATCH_BYTES_KEPT = 1 << 20;

/** Reads the strings of one document. Its scratch space is reused from call to call. */
export class Search {
  readonly #windows = new Windows();
  readonly #scan = new TriggerScan(this.#windows);
  #scratch = Buffer.allocUnsafe(4096);
  #bytes: Uint8Array = new Uint8Array(0);

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#scan.over(bytes);
  }

  /** Lets go of the document, and of scratch space that a large one needed. */
  done(): void {
    this.over(new Uint8Array(0));
    if (this.#scratch.length > SCRATCH_BYTES_KEPT) this.#scratch = Buffer.allocUnsafe(4096);
  }

  /** @param escaped [start, end) holds JSON escapes. @param key asked only when a window opens. */
  places(start: number, end: number, escaped: boolean, key: () => string): readonly Place[] {
    const whole = this.#scan.scan(start, end, escaped);
    if (whole && this.#windows.count === 0) return NONE;
    if (!escaped) return this.#look(this.#bytes, start, key);
    const document = this.#bytes;
    if (this.#scratch.length < end - start) this.#scratch = Buffer.allocUnsafe(2 * (end - start));
    const length = unescapeInto(document, start, end, this.#scratch);
    this.#scan.over(this.#scratch);
    this.#scan.scan(0, length, false);
    this.#scan.over(document);
    return this.#windows.count === 0 ? NONE : this.#look(this.#scratch, 0, key);
  }

  /** Text that is not part of a document. */
  placesInText(text: string, key: string): readonly Place[] {
    const bytes = Buffer.from(text, "utf8");
    this.over(bytes);
    const places = this.places(0, bytes.length, false, () => key);
    this.done();
    return places;
  }

  #look(bytes: Uint8Array, base: number, key: () => string): readonly Place[] {
    const context = { key: key() };
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
