// Where to look closer. Law: a window holds its hit whole, with room for the words around it, and its borders cut
// neither a UTF-8 sequence nor a token; overlapping windows become one, so that no byte is looked at twice.

import { TOKEN } from "./classes.ts";

/** 24 characters of three bytes: the reach of context (shared/near.ts). */
const MARGIN_BYTES = 72;

export class Windows {
  count = 0;
  /** Start, end (byte offsets), and a set of two words: who looks there. */
  #fours = new Int32Array(256);

  start(i: number): number {
    return this.#fours[i * 4]!;
  }

  end(i: number): number {
    return this.#fours[i * 4 + 1]!;
  }

  low(i: number): number {
    return this.#fours[i * 4 + 2]!;
  }

  high(i: number): number {
    return this.#fours[i * 4 + 3]!;
  }

  clear(): void {
    this.count = 0;
  }

  /** One window over the whole string, for whoever was to look at its parts. */
  all(from: number, to: number): void {
    let low = 0;
    let high = 0;
    for (let i = 0; i < this.count; i++) {
      low |= this.low(i);
      high |= this.high(i);
    }
    this.clear();
    this.#push(from, to, low, high);
  }

  /** Hits come in order of their ends. [from, to) is the string. */
  add(bytes: Uint8Array, from: number, to: number, hitStart: number, hitEnd: number, low: number, high: number): void {
    const fours = this.#fours;
    const last = this.count * 4 - 4;
    if (last >= 0 && hitEnd <= fours[last + 1]! - MARGIN_BYTES && hitStart >= fours[last]!) {
      fours[last + 2]! |= low;
      fours[last + 3]! |= high;
      return;
    }
    const start = leftEdge(bytes, from, hitStart, last >= 0 ? fours[last + 1]! : from);
    const end = rightEdge(bytes, to, hitEnd);
    if (last >= 0 && start <= fours[last + 1]!) {
      fours[last] = Math.min(start, fours[last]!);
      fours[last + 1] = Math.max(end, fours[last + 1]!);
      fours[last + 2]! |= low;
      fours[last + 3]! |= high;
    } else this.#push(start, end, low, high);
  }

  #push(start: number, end: number, low: number, high: number): void {
    const at = this.count++ * 4;
    if (at === this.#fours.length) {
      const wider = new Int32Array(at * 2);
      wider.set(this.#fours);
      this.#fours = wider;
    }
    this.#fours[at] = start;
    this.#fours[at + 1] = end;
    this.#fours[at + 2] = low;
    this.#fours[at + 3] = high;
  }
}

/** @param known the end of the window before: what lies left of it is in that window already. */
function leftEdge(bytes: Uint8Array, from: number, hitStart: number, known: number): number {
  let at = Math.max(from, hitStart - MARGIN_BYTES);
  if (at <= known) return Math.min(known, hitStart);
  while (at > known && TOKEN[bytes[at - 1]!] === 1) at--;
  return isInside(bytes, at) ? sequenceStart(bytes, at, from) : at;
}

function rightEdge(bytes: Uint8Array, to: number, hitEnd: number): number {
  let at = Math.min(to, hitEnd + MARGIN_BYTES);
  while (at < to && (TOKEN[bytes[at]!] === 1 || isInside(bytes, at))) at++;
  return at;
}

function isInside(bytes: Uint8Array, at: number): boolean {
  return (bytes[at]! & 0xc0) === 0x80;
}

function sequenceStart(bytes: Uint8Array, at: number, from: number): number {
  let start = at;
  while (start > from && isInside(bytes, start)) start--;
  return start;
}
