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
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/** The pointers of a document's values, in order: what one has in common with the last is built once. */
export class Pointers {
  readonly #doc: Doc;
  readonly #hidden: ReadonlySet<number>;
  #parent = -1;
  #above = "";

  /** @param hidden as `pointerOf` has it. */
  constructor(doc: Doc, hidden: ReadonlySet<number> = NONE) {
    this.#doc = doc;
    this.#hidden = hidden;
  }

  /** `pointerOf` a value. @param name of the member that it stands under, through arrays. */
  of(token: number, name: string): string {
    const { kind, parent, slot } = this.#doc.tokens;
    const above = parent[token]!;
    if (above < 0) return "";
    if (above !== this.#parent) {
      this.#parent = above;
      this.#above = `${pointerOf(this.#doc, above, this.#hidden)}/`;
    }
    if (kind[above] !== OBJECT) return this.#above + slot[token]!;
    return this.#above + (this.#hidden.has(slot[token]!) ? "*" : escapeSegment(name));
  }
}
