// A token's place as a JSON Pointer (RFC 6901). Law: built only when asked for, from the parents; a hidden name shows
// as `*`.

import type { Doc } from "../../words.ts";
import { KEY, KIND, OBJECT } from "./classes.ts";
import { readString } from "./read.ts";

const NONE: ReadonlySet<number> = new Set();

/**
 * The pointer of a value; of a key, the pointer of its member.
 * @param hidden key tokens whose names must not be shown: they hold personal information themselves.
 */
export function pointerOf(doc: Doc, token: number, hidden: ReadonlySet<number> = NONE): string {
  const { kind, parent, slot } = doc.tokens;
  let pointer = "";
  for (let at = token; parent[at]! >= 0; at = parent[at]!) {
    const isKey = (kind[at]! & KIND) === KEY;
    const key = isKey ? at : kind[parent[at]!] === OBJECT ? slot[at]! : -1;
    const name = key < 0 ? String(slot[at]) : hidden.has(key) ? "*" : escapeSegment(readString(doc, key));
    pointer = `/${name}${pointer}`;
  }
  return pointer;
}

function escapeSegment(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
