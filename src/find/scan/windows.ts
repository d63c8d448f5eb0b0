// Where to look closer. Law: a window holds its hit whole, with room for the words around it, and its borders cut
// neither a UTF-8 sequence nor a token; overlapping windows become one, so that no byte is looked at twice.

import { TOKEN } from "./classes.ts";

/** 24 characters of three bytes: the reach of context (shared/near.ts). */
const MARGIN_BYTES = 72;

export class Windows {
  count = 0;
  /** Triples of start, end (byte offsets) and triggers. */
  #triples = new Int32Array(192);

  start(i: number): number {
    return this.#triples[i * 3]!;
  }

  end(i: number): number {
    return this.#triples[i * 3 + 1]!;
  }

  triggers(i: number): number {
    return this.#triples[i * 3 + 2]!;
  }

  clear(): void {
    this.count = 0;
  }

  /** One window over the whole string, with what was seen in its parts. */
  all(from: number, to: number, trigger: number): void {
    let triggers = trigger;
    for (let i = 0; i < this.count; i++) triggers |= this.triggers(i);
    this.clear();
    this.#push(from, to, triggers);
  }

  /** Hits come in order of their ends. [from, to) is the string. */
  add(bytes: Uint8Array, from: number, to: number, hitStart: number, hitEnd: number, trigger: number): void {
    const last = this.count * 3 - 3;
    if (last >= 0 && hitEnd <= this.#triples[last + 1]! - MARGIN_BYTES && hitStart >= this.#triples[last]!) {
      this.#triples[last + 2]! |= trigger;
      return;
    }
    const start = leftEdge(bytes, from, hitStart, last >= 0 ? this.#triples[last + 1]! : from);
    const end = rightEdge(bytes, to, hitEnd);
    if (last >= 0 && start <= this.#triples[last + 1]!) {
      this.#triples[last] = Math.min(start, this.#triples[last]!);
      this.#triples[last + 1] = Math.max(end, this.#triples[last + 1]!);
      this.#triples[last + 2]! |= trigger;
    } else this.#push(start, end, trigger);
  }

  #push(start: number, end: number, trigger: number): void {
    const at = this.count++ * 3;
    if (at === this.#triples.length) {
      const wider = new Int32Array(at * 2);
      wider.set(this.#triples);
      this.#triples = wider;
    }
    this.#triples[at] = start;
    this.#triples[at + 1] = end;
    this.#triples[at + 2] = trigger;
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
