// Bytes → Tokens in one pass. Law: accepts exactly RFC 8259 minus what parsers read differently (duplicate members,
// lone surrogates); never recurses; never copies text. UTF-8 is already known to be valid (decode.ts asks before).

import type { Tokens, Unreadable } from "../../words.ts";
import { Refused } from "../refused.ts";
import {
  ARRAY,
  BACKSLASH,
  ESCAPED,
  hex4,
  KEY,
  LETTER_U,
  LITERAL,
  NUMBER,
  OBJECT,
  QUOTE,
  SHORT_ESCAPES,
  STRING,
} from "./classes.ts";
import { closeMembers } from "./members.ts";
import { Runs } from "./runs/plain.ts";
import { SimdRuns } from "./runs/simd.ts";
import { TokenRows } from "./token-rows.ts";

export const DEPTH_MAX = 128;
export const TOKENS_MAX = 1_000_000;

const LITERALS = ["true", "false", "null"].map((word) => Buffer.from(word));
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;

/**
 * @param bytes one JSON document in UTF-8. @returns its index, or why it is not one. `detail` says a byte offset,
 * never text.
 */
export function tokenize(bytes: Uint8Array): Tokens | Unreadable {
  try {
    return tokenizer.run(bytes);
  } catch (refused) {
    if (refused instanceof Refused) return refused.unreadable;
    throw refused;
  } finally {
    tokenizer.done();
  }
}

/** A shorter document is read sooner than it is handed over. */
const SIMD_BYTES_MIN = 128;
const NO_BYTES: Uint8Array = new Uint8Array(0);
const plain = new Runs();
const fast = SimdRuns.made() ?? plain;

/** One for all documents: reading is synchronous, and never begins inside another reading. */
class Tokenizer {
  #bytes = NO_BYTES;
  #at = 0;
  #depth = 0;
  /** The open container, -1 at the root. */
  #container = -1;
  /** Slot of the next value: an ordinal in an array, the key's token in an object. */
  #slot = -1;
  /** Items so far of the open arrays, by depth; for objects the last key, for the chain that members.ts reads. */
  readonly #held = new Int32Array(DEPTH_MAX + 2);
  #count = 0;
  #runs: Runs | SimdRuns = plain;
  readonly #rows = new TokenRows();

  run(bytes: Uint8Array): Tokens {
    this.#bytes = bytes;
    this.#runs = bytes.length < SIMD_BYTES_MIN ? plain : fast;
    this.#runs.over(bytes);
    this.#at = 0;
    this.#depth = 0;
    this.#container = -1;
    this.#slot = -1;
    this.#count = 0;
    do this.#value();
    while (this.#more());
    return this.#rows.taken(this.#count);
  }

  /** Lets go of the document. */
  done(): void {
    this.#bytes = NO_BYTES;
    this.#runs.over(NO_BYTES);
    this.#rows.done();
  }

  /** One value; opening a container goes on to its first value, so that `run` sees only finished ones. */
  #value(): void {
    for (;;) {
      const byte = this.#next();
      if (byte === QUOTE) return this.#string(STRING);
      if (byte === 0x7b) {
        this.#open(OBJECT);
        if (this.#next() === 0x7d) return this.#close();
        this.#key();
      } else if (byte === 0x5b) {
        this.#open(ARRAY);
        if (this.#next() === 0x5d) return this.#close();
      } else if (byte === MINUS || (byte >= ZERO && byte <= 0x39)) return this.#number();
      else return this.#literal(byte);
    }
  }

  /** After a value: closes what ends here. @returns false at the document's end. */
  #more(): boolean {
    for (;;) {
      const byte = this.#next();
      if (this.#container < 0) {
        if (byte !== -1) this.#invalid();
        return false;
      }
      const object = this.#rows.kind[this.#container] === OBJECT;
      if (byte === COMMA) {
        this.#at++;
        if (object) this.#key();
        else this.#slot = ++this.#held[this.#depth]!;
        return true;
      }
      if (byte !== (object ? 0x7d : 0x5d)) this.#invalid();
      this.#close();
    }
  }

  /** Skips white space. @returns the byte there, -1 at the end. */
  #next(): number {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at]!;
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return byte;
      this.#at++;
    }
    return -1;
  }

  #open(kind: number): void {
    if (++this.#depth > DEPTH_MAX)
      throw new Refused("json_too_deep", `nested deeper than ${DEPTH_MAX} at byte ${this.#at}`);
    this.#container = this.#token(kind, this.#at, this.#at, this.#slot);
    this.#at++;
    this.#held[this.#depth] = kind === OBJECT ? -1 : 0;
    this.#slot = 0;
  }

  #close(): void {
    const container = this.#container;
    const { kind, start, end, parent } = this.#rows;
    if (kind[container] === OBJECT && !this.#membersDiffer())
      throw new Refused("json_ambiguous", `a member stands twice in the object at byte ${start[container]}`);
    end[container] = ++this.#at;
    this.#container = parent[container]!;
    this.#depth--;
  }

  #membersDiffer(): boolean {
    const { kind, start, end, slot } = this.#rows;
    return closeMembers(this.#bytes, kind, start, end, slot, this.#held[this.#depth]!);
  }

  /** A member's name and its colon. Until the object closes, `slot` of a key is the key before it. */
  #key(): void {
    if (this.#next() !== QUOTE) this.#invalid();
    this.#slot = this.#held[this.#depth]!;
    this.#held[this.#depth] = this.#count;
    this.#string(KEY);
    if (this.#next() !== 0x3a) this.#invalid();
    this.#at++;
    this.#slot = this.#count - 1;
  }

  #string(kind: number): void {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let at = start;
    let flags = kind;
    for (;;) {
      at = this.#runs.end(at);
      if (at >= bytes.length) this.#invalid();
      const byte = bytes[at]!;
      if (byte === QUOTE) break;
      if (byte !== BACKSLASH) this.#invalid(at);
      flags |= ESCAPED;
      at = this.#escape(at + 1);
    }
    this.#token(flags, start, at, this.#slot);
    this.#at = at + 1;
  }

  /** @param at after the backslash. @returns after the escape. */
  #escape(at: number): number {
    const letter = at < this.#bytes.length ? this.#bytes[at]! : 0;
    if (SHORT_ESCAPES[letter] !== 0) return at + 1;
    const unit = letter === LETTER_U ? hex4(this.#bytes, at + 1) : -1;
    if (unit < 0) this.#invalid(at);
    if (unit < 0xd800 || unit > 0xdfff) return at + 5;
    const paired = unit < 0xdc00 && this.#bytes[at + 5] === BACKSLASH && this.#bytes[at + 6] === LETTER_U;
    const low = paired ? hex4(this.#bytes, at + 7) : -1;
    if (low >= 0xdc00 && low <= 0xdfff) return at + 11;
    throw new Refused("json_ambiguous", `half a surrogate pair at byte ${at}`);
  }

  #number(): void {
    const start = this.#at;
    let at = start;
    if (this.#bytes[at] === MINUS) at++;
    at = this.#bytes[at] === ZERO ? at + 1 : this.#digits(at);
    if (this.#bytes[at] === DOT) at = this.#digits(at + 1);
    if ((this.#bytes[at]! | 0x20) === 0x65) {
      const sign = this.#bytes[at + 1];
      at = this.#digits(sign === 0x2b || sign === MINUS ? at + 2 : at + 1);
    }
    this.#token(NUMBER, start, at, this.#slot);
    this.#at = at;
  }

  /** At least one digit. */
  #digits(at: number): number {
    const bytes = this.#bytes;
    const start = at;
    while (at < bytes.length && bytes[at]! >= ZERO && bytes[at]! <= 0x39) at++;
    if (at === start) this.#invalid(at);
    return at;
  }

  #literal(first: number): void {
    const word = LITERALS.find((literal) => literal[0] === first);
    if (word === undefined || !word.every((byte, i) => this.#bytes[this.#at + i] === byte)) this.#invalid();
    this.#token(LITERAL, this.#at, this.#at + word!.length, this.#slot);
    this.#at += word!.length;
  }

  #token(kind: number, start: number, end: number, slot: number): number {
    const token = this.#count;
    const rows = this.#rows;
    if (token === rows.kind.length) this.#grow();
    rows.kind[token] = kind;
    rows.start[token] = start;
    rows.end[token] = end;
    rows.parent[token] = this.#container;
    rows.slot[token] = slot;
    this.#count = token + 1;
    return token;
  }

  #grow(): void {
    if (this.#count === TOKENS_MAX) throw new Refused("body_too_large", `more than ${TOKENS_MAX} values`);
    this.#rows.grow(TOKENS_MAX);
  }

  #invalid(at = this.#at): never {
    throw new Refused("json_invalid", `not JSON at byte ${at}`);
  }
}

const tokenizer = new Tokenizer();
