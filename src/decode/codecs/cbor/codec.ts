// CBOR (RFC 8949), read as JSON. Law: one item and nothing after it; text is UTF-8; what is counted is there.

import { isUtf8 } from "node:buffer";
import { Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { Cursor } from "../cursor.ts";
import { Render, renderedReading } from "../render.ts";

const BREAK = 0xff;
const INDEFINITE = 31;
const POSITIVE_BIGNUM = 2n;
const NEGATIVE_BIGNUM = 3n;
/** Tags lie around each other without end otherwise. */
const TAGS_MAX = 16;
/** Shorter bytes hold no number that identifies. */
const HELD_BYTES_MIN = 8;
const LEVELS_MAX = 8;

class Items extends Cursor {
  /** How many bytes lie around it. */
  readonly level: number;

  constructor(bytes: Uint8Array, level: number) {
    super(bytes, "cbor");
    this.level = level;
  }
}

export const cbor: BodyCodec = {
  id: "cbor",
  media: ["application/cbor", "+cbor"],
  raw: true,
  read(bytes) {
    return renderedReading(bytes, (to) => {
      const from = new Items(bytes, 0);
      item(from, to, 0);
      if (from.at !== from.end) from.refuse("bytes after the end");
    });
  },
};

function item(from: Items, to: Render, tags: number): void {
  const head = from.byte();
  const [major, info] = [head >> 5, head & 0x1f];
  if (major === 0) return to.number(argument(from, info));
  if (major === 1) return to.number(-1n - argument(from, info));
  if (major === 2) return bytes(from, to, info);
  if (major === 3) return to.string(textOf(from, info));
  if (major === 4) return array(from, to, info);
  if (major === 5) return map(from, to, info);
  if (major === 6) return tagged(from, to, info, tags);
  simple(from, to, info);
}

function argument(from: Items, info: number): bigint {
  if (info < 24) return BigInt(info);
  if (info > 27) from.refuse("a length that is none");
  return from.unsigned(1 << (info - 24));
}

/** The bytes of a string, in one piece or, where its length is not said, in several. */
function chunks(from: Items, info: number, major: number): Uint8Array {
  if (info !== INDEFINITE) return from.slice(argument(from, info));
  const parts: Uint8Array[] = [];
  for (let head = from.byte(); head !== BREAK; head = from.byte()) {
    if (head >> 5 !== major || (head & 0x1f) === INDEFINITE) from.refuse("a chunk of another kind");
    parts.push(from.slice(argument(from, head & 0x1f)));
  }
  return Buffer.concat(parts);
}

/**
 * What is written in bytes may be CBOR again (tag 24, COSE): the length in front of a text of eleven characters is a
 * `k`, which would hide a number behind it. Read as they are and, where they are one, as an item.
 */
function bytes(from: Items, to: Render, info: number): void {
  const held = chunks(from, info, 2);
  const inner = held.length < HELD_BYTES_MIN ? null : itemIn(held, from.level + 1);
  if (inner === null) return to.blob(held, from.at);
  to.open("[");
  to.blob(held, from.at);
  to.literal(inner);
  to.close("]");
}

/** @returns one item and nothing else, as JSON; null: they are something else. */
function itemIn(held: Uint8Array, level: number): string | null {
  if (level > LEVELS_MAX) throw new Refused("json_too_deep", `cbor: bytes in bytes deeper than ${LEVELS_MAX}`);
  const from = new Items(held, level);
  const to = new Render();
  try {
    item(from, to, 0);
  } catch (error) {
    if (error instanceof Refused && error.unreadable.code === "body_invalid") return null;
    throw error;
  }
  return from.at === from.end ? to.text() : null;
}

function textOf(from: Items, info: number): string {
  const bytes = chunks(from, info, 3);
  if (!isUtf8(bytes)) from.refuse("a string that is not UTF-8");
  return Buffer.from(bytes).toString("utf8");
}

function array(from: Items, to: Render, info: number): void {
  to.open("[");
  each(from, info, () => item(from, to, 0));
  to.close("]");
}

function map(from: Items, to: Render, info: number): void {
  to.open("{");
  each(from, info, () => {
    to.key(nameIn(from));
    item(from, to, 0);
  });
  to.close("}");
}

function each(from: Items, info: number, one: () => void): void {
  if (info !== INDEFINITE) {
    for (let left = argument(from, info); left > 0n; left--) one();
    return;
  }
  while (from.bytes[from.at] !== BREAK) one();
  from.at++;
}

/** Numbers name members too (COSE); a container does not. */
function nameIn(from: Items): string {
  const head = from.byte();
  const [major, info] = [head >> 5, head & 0x1f];
  if (major === 0) return String(argument(from, info));
  if (major === 1) return String(-1n - argument(from, info));
  if (major === 3) return textOf(from, info);
  return from.refuse("a name that is no text and no number");
}

function tagged(from: Items, to: Render, info: number, tags: number): void {
  const tag = argument(from, info);
  if (tags === TAGS_MAX) from.refuse("too many tags");
  if (tag !== POSITIVE_BIGNUM && tag !== NEGATIVE_BIGNUM) return item(from, to, tags + 1);
  const head = from.byte();
  const bytes = head >> 5 === 2 ? chunks(from, head & 0x1f, 2) : from.refuse("a number without bytes");
  if (bytes.length > 64) from.refuse("a number that is too long");
  const value = BigInt(`0x0${Buffer.from(bytes).toString("hex")}`);
  to.number(tag === POSITIVE_BIGNUM ? value : -1n - value);
}

function simple(from: Items, to: Render, info: number): void {
  if (info === 20 || info === 21) return to.literal(info === 21 ? "true" : "false");
  if (info === 22 || info === 23) return to.literal("null");
  if (info === 25) return to.number(half(Number(from.unsigned(2))));
  if (info === 26 || info === 27) return to.number(from.float(info === 26 ? 4 : 8));
  if (info > 27) from.refuse("a simple value that is none");
  to.number(argument(from, info));
}

/** IEEE 754 binary16 (RFC 8949 appendix D). */
function half(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (fraction + 1024) * 2 ** (exponent - 25);
}
