// Where a string's run of ordinary characters ends. Law: it ends at the first quote, backslash or control character and
// nowhere else; every byte is looked at a bounded number of times, however hostile the document.

import { BACKSLASH, QUOTE, STOPS } from "../classes.ts";

/** A multiple of eight. Up to here a native search costs more than it saves. */
const NEAR_BYTES = 128;
const NO_BYTES: Uint8Array = new Uint8Array(0);
const NO_WORDS: DataView = new DataView(NO_BYTES.buffer);

/** Reads one document at a time, forwards. */
export class Runs {
  #bytes = NO_BYTES;
  #words = NO_WORDS;
  /** The first quote and backslash not before where they were last looked for: each stretch is searched once. */
  #quote = -1;
  #backslash = -1;

  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#words = bytes.length === 0 ? NO_WORDS : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#quote = -1;
    this.#backslash = -1;
  }

  /** @returns the end of the run from `from`: eight bytes a step while none of them can end it. */
  end(from: number): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const near = Math.min(bytes.length, from + NEAR_BYTES) - 8;
    let at = from;
    while (at <= near) {
      if (((stopsIn(words.getInt32(at, true)) | stopsIn(words.getInt32(at + 4, true))) & 0x80808080) !== 0) break;
      at += 8;
    }
    if (at === from + NEAR_BYTES) at = this.#far(at);
    // Which of the eight it was, or the last seven.
    while (at < bytes.length) {
      if (STOPS[bytes[at]!] === 1) return at;
      at++;
    }
    return at;
  }

  /**
   * Of a long run the next quote and backslash are looked for natively, and only control characters are left to the
   * loop. @returns less than eight before the end of the run.
   */
  #far(from: number): number {
    const words = this.#words;
    if (this.#quote < from) this.#quote = indexOrEnd(this.#bytes, QUOTE, from);
    if (this.#backslash < from) this.#backslash = indexOrEnd(this.#bytes, BACKSLASH, from);
    const last = Math.min(this.#quote, this.#backslash) - 8;
    let at = from;
    while (at <= last) {
      if (((controlsIn(words.getInt32(at, true)) | controlsIn(words.getInt32(at + 4, true))) & 0x80808080) !== 0) break;
      at += 8;
    }
    return at;
  }
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}

/** The top bit of some byte is set if and only if one of the four is a control character. */
function controlsIn(word: number): number {
  return (word - 0x20202020) & ~word;
}

/** The same for a quote, a backslash or a control character. */
function stopsIn(word: number): number {
  const quote = word ^ 0x22222222;
  const slash = word ^ 0x5c5c5c5c;
  return controlsIn(word) | ((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash);
}
