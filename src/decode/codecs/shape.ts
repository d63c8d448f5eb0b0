// Tokens of any codec, put together in document order. Law: what comes out is shaped like JSON's: a value in an object
// has a key, an item of an array its ordinal, and nothing lies deeper or is more than the tokenizer of JSON allows.

import type { Tokens } from "../../words.ts";
import { ARRAY, KEY, KIND, OBJECT, STRING } from "../json/classes.ts";
import { TokenRows } from "../json/token-rows.ts";
import { DEPTH_MAX, TOKENS_MAX } from "../json/tokenize.ts";
import { Refused } from "../refused.ts";

const ROWS_AT_FIRST = 64;

/** Throws Refused over the limits of depth and number. */
export class Shape {
  readonly #rows = new TokenRows(ROWS_AT_FIRST);
  #count = 0;
  /** Open containers, and what the next value of each has for its slot. */
  readonly #open: number[] = [];
  readonly #slots: number[] = [-1];

  object(start: number): void {
    this.#container(OBJECT, start);
  }

  array(start: number): void {
    this.#container(ARRAY, start);
  }

  close(end: number): void {
    this.#rows.end[this.#open.pop()!] = end;
    this.#slots.pop();
  }

  /** @param escapes see TokenKind. @returns its token, which `as` takes for other rows. */
  key(start: number, end: number, escapes = 0): number {
    const key = this.#token(KEY | escapes, start, end, -1);
    this.as(key);
    return key;
  }

  /** The next value's key, wherever it stands. */
  as(key: number): void {
    this.#slots[this.#slots.length - 1] = key;
  }

  string(start: number, end: number, escapes = 0): void {
    this.#token(STRING | escapes, start, end, this.#next());
  }

  /** A document inside, as one value. @param offset where its bytes begin. */
  graft(tokens: Tokens, offset: number): void {
    const base = this.#count;
    const slot = this.#next();
    this.#depthFor(tokens);
    for (let i = 0; i < tokens.count; i++) {
      const parent = tokens.parent[i]!;
      const own = tokens.slot[i]!;
      const named = parent >= 0 && (tokens.kind[parent]! & KIND) === OBJECT && own >= 0;
      const at = this.#token(
        tokens.kind[i]!,
        tokens.start[i]! + offset,
        tokens.end[i]! + offset,
        parent < 0 ? slot : named ? own + base : own,
      );
      if (parent >= 0) this.#rows.parent[at] = parent + base;
    }
  }

  done(): Tokens {
    return this.#rows.taken(this.#count);
  }

  #depthFor(tokens: Tokens): void {
    if (this.#open.length === 0) return;
    const depths = new Uint8Array(tokens.count);
    for (let i = 0; i < tokens.count; i++) {
      const parent = tokens.parent[i]!;
      depths[i] = parent < 0 ? this.#open.length : depths[parent]! + 1;
      if (depths[i]! > DEPTH_MAX) throw new Refused("json_too_deep", `nested deeper than ${DEPTH_MAX}`);
    }
  }

  #container(kind: number, start: number): void {
    if (this.#open.length === DEPTH_MAX)
      throw new Refused("json_too_deep", `nested deeper than ${DEPTH_MAX} at byte ${start}`);
    this.#open.push(this.#token(kind, start, start, this.#next()));
    this.#slots.push(kind === ARRAY ? 0 : -1);
  }

  /** The slot of the value that comes now. */
  #next(): number {
    const top = this.#slots.length - 1;
    const slot = this.#slots[top]!;
    const inside = this.#open.at(-1);
    if (inside !== undefined && this.#rows.kind[inside] === ARRAY) this.#slots[top] = slot + 1;
    return slot;
  }

  #token(kind: number, start: number, end: number, slot: number): number {
    const rows = this.#rows;
    if (this.#count === rows.kind.length) {
      if (this.#count >= TOKENS_MAX) throw new Refused("body_too_large", `more than ${TOKENS_MAX} values`);
      rows.grow(TOKENS_MAX);
    }
    const token = this.#count++;
    rows.kind[token] = kind;
    rows.start[token] = start;
    rows.end[token] = end;
    rows.parent[token] = this.#open.at(-1) ?? -1;
    rows.slot[token] = slot;
    return token;
  }
}
