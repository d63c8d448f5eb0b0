// Values of a Doc. Law: reading never changes it, and an absent pointer is undefined, never a guess.

import { transcode } from "node:buffer";
import type { Doc } from "../../words.ts";
import {
  ARRAY,
  BACKSLASH,
  ESCAPED,
  hex4,
  KEY,
  KIND,
  LETTER_U,
  LITERAL,
  NUMBER,
  OBJECT,
  QUOTE,
  SHORT_ESCAPES,
  STRING,
} from "./classes.ts";

/** Below this many bytes a loop of our own is the fastest decoder: transcode allocates, toString is slow on Chinese. */
const SHORT_BYTES = 1024;
/** UTF-16LE of one short text at a time. */
const units = Buffer.allocUnsafeSlow(2 * SHORT_BYTES);

/** Decodes bytes of UTF-8 known to be valid, JSON escapes undone where `escaped`. */
export function textOf(bytes: Uint8Array, start: number, end: number, escaped: boolean): string {
  const text = end - start <= SHORT_BYTES ? shortText(bytes, start, end) : longText(bytes, start, end);
  return escaped ? (JSON.parse(`"${text}"`) as string) : text;
}

/** transcode is SIMD: 3.3 GB/s on Chinese text where toString does 0.26 on Node 20. */
function longText(bytes: Uint8Array, start: number, end: number): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  return transcode(view, "utf8", "ucs2").toString("ucs2");
}

function shortText(bytes: Uint8Array, start: number, end: number): string {
  let to = 0;
  let ascii = true;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    const extra = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    let point = extra === 0 ? byte : byte & (0x3f >> extra);
    for (let i = 1; i <= extra; i++) point = (point << 6) | (bytes[at + i]! & 0x3f);
    if (extra !== 0) ascii = false;
    at += extra + 1;
    if (extra === 3) {
      to = putUnit(to, 0xd7c0 + (point >> 10));
      point = 0xdc00 | (point & 0x3ff);
    }
    to = putUnit(to, point);
  }
  // Of ASCII a string of one byte a character: half the memory, and its bytes are every other one here.
  return ascii ? asciiText(bytes, start, end) : units.toString("ucs2", 0, to);
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  if (bytes instanceof Buffer) return bytes.toString("latin1", start, end);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

function putUnit(to: number, unit: number): number {
  units[to] = unit;
  units[to + 1] = unit >> 8;
  return to + 2;
}

/** The decoded text of a key or string; of a number or literal, its digits or letters; of a container "". */
export function readString(doc: Doc, token: number): string {
  const { kind, start, end } = doc.tokens;
  const flags = kind[token]!;
  if ((flags & KIND) < KEY) return "";
  return textOf(doc.bytes, start[token]!, end[token]!, (flags & ESCAPED) !== 0);
}

/** The value at a JSON Pointer (RFC 6901). undefined: absent, or a container. */
export function readAt(doc: Doc, pointer: string): string | number | boolean | null | undefined {
  const token = tokenAt(doc, pointer);
  if (token < 0) return undefined;
  const kind = doc.tokens.kind[token]! & KIND;
  const text = readString(doc, token);
  if (kind === STRING) return text;
  if (kind === NUMBER) return Number(text);
  if (kind !== LITERAL) return undefined;
  return text === "null" ? null : text === "true";
}

/** The value's token at a JSON Pointer (RFC 6901); -1: absent or not a pointer. */
export function tokenAt(doc: Doc, pointer: string): number {
  if (doc.tokens.count === 0) return -1;
  const names = segmentsOf(pointer);
  let token = names === null ? -1 : 0;
  for (let i = 0; token >= 0 && i < names!.length; i++) token = child(doc, token, names![i]!);
  return token;
}

/** Pointers are asked for by policy and API shapes: few, short, and the same at every crossing. */
const split = new Map<string, readonly string[] | null>();
const SPLIT_MAX = 1000;

/** The reference tokens of a pointer, a pure memo; null: not a pointer. */
function segmentsOf(pointer: string): readonly string[] | null {
  const known = split.get(pointer);
  if (known !== undefined) return known;
  const [root, ...segments] = pointer.split("/");
  const names = root === "" ? segments.map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~")) : null;
  if (split.size >= SPLIT_MAX) split.clear();
  split.set(pointer, names);
  return names;
}

function child(doc: Doc, container: number, name: string): number {
  const { count, kind, start, end, parent, slot } = doc.tokens;
  const array = kind[container] === ARRAY;
  if (!array && kind[container] !== OBJECT) return -1;
  if (array && !/^(?:0|[1-9]\d{0,9})$/.test(name)) return -1;
  const ordinal = array ? Number(name) : -1;
  const limit = end[container]!;
  for (let token = container + 1; token < count && start[token]! < limit; token++) {
    if (parent[token] !== container) continue;
    if (array ? slot[token] === ordinal : (kind[token]! & KIND) === KEY && isNamed(doc, token, name))
      return array ? token : token + 1;
  }
  return -1;
}

/** Nearly all names differ in length or in the first character: only the others are read. */
function isNamed(doc: Doc, key: number, name: string): boolean {
  const { start, end } = doc.tokens;
  const first = doc.bytes[start[key]!]!;
  // Every UTF-16 unit takes a byte or more.
  if (end[key]! - start[key]! < name.length) return false;
  if (first < 0x80 && first !== BACKSLASH && first !== QUOTE && first !== name.charCodeAt(0)) return false;
  return readString(doc, key) === name;
}

/**
 * Undoes JSON escapes into `out`, as UTF-8. @param out at least `end - start` bytes: no escape grows.
 * @returns the bytes written. The range must have passed the tokenizer.
 */
export function unescapeInto(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let to = 0;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    if (byte !== BACKSLASH) {
      out[to++] = byte;
      at++;
    } else if (bytes[at + 1] !== LETTER_U) {
      out[to++] = SHORT_ESCAPES[bytes[at + 1]!]!;
      at += 2;
    } else {
      const unit = hex4(bytes, at + 2);
      const pair = unit >= 0xd800 && unit <= 0xdfff;
      const point = pair ? 0x10000 + ((unit - 0xd800) << 10) + (hex4(bytes, at + 8) - 0xdc00) : unit;
      to = putUtf8(out, to, point);
      at += pair ? 12 : 6;
    }
  }
  return to;
}

function putUtf8(out: Uint8Array, to: number, point: number): number {
  if (point < 0x80) {
    out[to] = point;
    return to + 1;
  }
  const trail = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  out[to] = ((0xff00 >> (trail + 1)) & 0xff) | (point >> (6 * trail));
  for (let i = 1; i <= trail; i++) out[to + i] = 0x80 | ((point >> (6 * (trail - i))) & 0x3f);
  return to + trail + 1;
}
