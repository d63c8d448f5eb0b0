// What a server takes for the members of a request. Law of this file: a body that some server could read as an object
// while another label stands on it is neither an object nor a form.

import type { Doc } from "../words.ts";
import { KEY, KIND, OBJECT } from "./json/classes.ts";
import { readString, tokenAt } from "./json/read.ts";

/** `object`: JSON that can be rewritten; `form`: fields that no JSON reader could take for an object. */
export type Root = "empty" | "object" | "form" | "other";

/** @param contentType as the caller labelled it. */
export function rootOf({ codec, bytes, tokens, fixed }: Doc, contentType: string): Root {
  if (codec === "empty") return "empty";
  if (codec === "json") {
    const isPlain = fixed !== true && tokens.kind[0] === OBJECT && !(FORM.test(contentType) && bytes.includes(AND));
    return isPlain ? "object" : "other";
  }
  return (codec === "form" || codec === "multipart") && !opensLikeJson(bytes) ? "form" : "other";
}

/** JSON under a form's label is read, as curl sends it; behind a `&` a reader of forms would find other fields. */
const FORM = /^\s*application\/x-www-form-urlencoded/i;
const AND = 0x26;

/** White space, byte order marks and the zeros of UTF-16 may stand before it. */
function opensLikeJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => !PASSED_OVER.has(byte));
  return first === 0x7b || first === 0x5b;
}

const PASSED_OVER: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20, 0x00, 0xef, 0xbb, 0xbf, 0xfe, 0xff]);

/**
 * @returns whether a name on the way stands there in another case, which some servers read as the same (Go's json), or,
 * in a form, twice.
 */
export function hasTwin(doc: Doc, pointer: string): boolean {
  for (let at = pointer.indexOf("/"); at >= 0; ) {
    const next = pointer.indexOf("/", at + 1);
    const parent = tokenAt(doc, pointer.slice(0, at));
    if (parent < 0) return false;
    const name = pointer.slice(at + 1, next < 0 ? undefined : next);
    if (isTwinned(doc, parent, name.replaceAll("~1", "/").replaceAll("~0", "~"))) return true;
    at = next;
  }
  return false;
}

function isTwinned(doc: Doc, object: number, name: string): boolean {
  const { count, kind, start, end, parent, slot } = doc.tokens;
  if (kind[object] !== OBJECT) return false;
  const wanted = folded(name);
  let same = 0;
  for (let token = object + 1; token < count && start[token]! < end[object]!; token++) {
    if (parent[token] !== object || (kind[token]! & KIND) === KEY) continue;
    const key = slot[token]!;
    if (end[key]! - start[key]! < name.length) continue;
    const said = readString(doc, key);
    if (folded(said) === wanted && (said !== name || ++same > 1)) return true;
  }
  return false;
}

/** Up and down again: ſ is an s to Go, and K a k. */
function folded(name: string): string {
  return name.toUpperCase().toLowerCase();
}
