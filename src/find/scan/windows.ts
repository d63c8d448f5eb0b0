// Where to look closer. Law: a window holds its hit whole, with room for the words around it, and its borders cut
// neither a UTF-8 sequence nor a token; overlapping windows become one, so that no byte is looked at twice.

import { TOKEN } from "./classes.ts";

/** 24 characters of three bytes: the reach of context (shared/near.ts). */
export const MARGIN_BYTES = 72;

export class Windows {
  count = 0;
  /** Words of the set of a window: of those who look there. */
  readonly width: number;
  /** Start, end (byte offsets), set. */
  #records: Int32Array;
  readonly #all: Int32Array;

  constructor(width: number) {
    this.width = width;
    this.#records = new Int32Array(64 * (2 + width));
    this.#all = new Int32Array(width);
  }

  start(i: number): number {
    return this.#records[i * (2 + this.width)]!;
  }

  end(i: number): number {
    return this.#records[i * (2 + this.width) + 1]!;
  }

  /** Where the set begins in `sets`, */
  set(i: number): number {
    return i * (2 + this.width) + 2;
  }

  /** until the next one is added. */
  get sets(): Int32Array {
    return this.#records;
  }

  clear(): void {
    this.count = 0;
  }

  /** One window over the whole string, for whoever was to look at its parts. */
  all(from: number, to: number): void {
    this.#all.fill(0);
    for (let i = 0; i < this.count; i++)
      for (let word = 0; word < this.width; word++) this.#all[word]! |= this.#records[this.set(i) + word]!;
    this.clear();
    this.#push(from, to, this.#all);
  }

  /** Hits come in order of their ends. [from, to) is the string. @param set who looks. */
  add(bytes: Uint8Array, from: number, to: number, hitStart: number, hitEnd: number, set: Int32Array): void {
    const records = this.#records;
    const last = (this.count - 1) * (2 + this.width);
    if (last >= 0 && hitEnd <= records[last + 1]! - MARGIN_BYTES && hitStart >= records[last]!)
      return this.#join(last, set);
    const start = leftEdge(bytes, from, hitStart, last >= 0 ? records[last + 1]! : from);
    const end = rightEdge(bytes, to, hitEnd);
    if (last < 0 || start > records[last + 1]!) return this.#push(start, end, set);
    records[last] = Math.min(start, records[last]!);
    records[last + 1] = Math.max(end, records[last + 1]!);
    this.#join(last, set);
  }

  #join(at: number, set: Int32Array): void {
    for (let word = 0; word < this.width; word++) this.#records[at + 2 + word]! |= set[word]!;
  }

  #push(start: number, end: number, set: Int32Array): void {
    const at = this.count++ * (2 + this.width);
    if (at === this.#records.length) {
      const wider = new Int32Array(at * 2);
      wider.set(this.#records);
      this.#records = wider;
    }
    this.#records[at] = start;
    this.#records[at + 1] = end;
    for (let word = 0; word < this.width; word++) this.#records[at + 2 + word] = set[word]!;
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
