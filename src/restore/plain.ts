// A plain text answer in pieces. Law: valid UTF-8 comes out restored; anything else comes out as it went in.

import { decodeUtf8, encode } from "./json.ts";
import type { StandIns } from "./stand-ins.ts";
import { Lane, type Tally } from "./text.ts";

export class PlainText {
  readonly #standIns: StandIns;
  readonly #lane: Lane;
  /** The beginning of a character that a chunk border cut: at most three bytes. */
  #open: Uint8Array = new Uint8Array(0);
  #isBroken = false;

  constructor(standIns: StandIns, tally: Tally) {
    this.#standIns = standIns;
    this.#lane = new Lane(standIns, tally, false);
  }

  feed(chunk: Uint8Array): Uint8Array {
    if (this.#isBroken) return chunk;
    const bytes = this.#open.length === 0 ? chunk : Buffer.concat([this.#open, chunk]);
    const whole = wholeCharacters(bytes);
    this.#open = bytes.slice(whole);
    const ready = bytes.subarray(0, whole);
    if (!this.#lane.busy && !this.#standIns.suspect(ready)) return ready;
    const text = decodeUtf8(ready);
    return text === null ? this.#giveUp(ready) : encode(this.#lane.feed(text, false));
  }

  end(): Uint8Array {
    if (this.#isBroken) return new Uint8Array(0);
    return Buffer.concat([encode(this.#lane.feed("", true)), this.#open]);
  }

  #giveUp(ready: Uint8Array): Uint8Array {
    const out = Buffer.concat([encode(this.#lane.feed("", true)), ready, this.#open]);
    this.#isBroken = true;
    return out;
  }
}

/** How many bytes end with a whole character. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
