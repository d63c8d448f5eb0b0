// Values of a Doc. Law: reading never changes it, and an absent pointer is undefined, never a guess.

import type { Doc } from "../../words.ts";
import { ESCAPES, textIn } from "../escapes.ts";
import { ARRAY, BACKSLASH, ESCAPED, KEY, KIND, LITERAL, NUMBER, OBJECT, QUOTE, STRING } from "./classes.ts";

export { asciiText, textOf, unescapeInto } from "./text.ts";

/** The decoded text of a key or string; of a number or literal, its digits or letters; of a container "". */
export function readString(doc: Doc, token: number): string {
  const { kind, start, end } = doc.tokens;
  const flags = kind[token]!;
  if ((flags & KIND) < KEY) return "";
  return textIn(doc.bytes, start[token]!, end[token]!, flags);
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
    // A value is asked for its key, not a key for its value: the rows of a table share theirs.
    if (array ? slot[token] === ordinal : (kind[token]! & KIND) !== KEY && isNamed(doc, slot[token]!, name))
      return token;
  }
  return -1;
}

/** Nearly all names differ in length or in the first character: only the others are read. */
function isNamed(doc: Doc, key: number, name: string): boolean {
  const { kind, start, end } = doc.tokens;
  const first = doc.bytes[start[key]!]!;
  const plain = (kind[key]! & ESCAPES & ~ESCAPED) === 0;
  // Every UTF-16 unit takes a byte or more.
  if (end[key]! - start[key]! < name.length) return false;
  if (plain && first < 0x80 && first !== BACKSLASH && first !== QUOTE && first !== name.charCodeAt(0)) return false;
  return readString(doc, key) === name;
}
