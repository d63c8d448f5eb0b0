// Names of people and addresses in one string. Law: pure, linear, and the model is read once; what a key says
// is certain, what a label or a grammar says is context, the rest is the model's word.

import type { Span } from "../detector.ts";
import { Addresses, type Stretch } from "./address.ts";
import { englishAddresses } from "./address-en.ts";
import { keySays } from "./keys.ts";
import { readModel } from "./model.ts";
import { People } from "./people.ts";
import { canonicalName, squeeze } from "./spaced.ts";

/** A span of a name or an address. */
export interface NameSpan extends Span {
  readonly type: "person" | "address";
}

export interface Tagger {
  readonly everywhere: boolean;
  /**
   * @param text one string value, or a piece of one cut at a line's end. @param key the member's name it is the value
   * of, "" for none. @returns spans in UTF-16 units, in order, disjoint.
   */
  read(text: string, key: string): readonly NameSpan[];
}

const NONE: readonly NameSpan[] = [];
/** A value longer than this under a key is prose, not an address or a name. */
const VALUE_MAX = 200;
/** A member's name, and its value, in JSON inside a text: quotes escaped or not. */
const MEMBERS = /"\s?:\s?\\?"/;
const MEMBER = /(\\?"([\w\u4e00-\u9fff-]{2,32})\\?"\s?:\s?\\?")([^"\\\n]{2,200})(?=\\?")/g;
const READABLE = /[\u3400-\u9fff]|[A-Z][a-z]|[A-Za-z]{2} [A-Za-z]{2}/u;

/**
 * @param model bytes of models/names.bin. @param english bytes of models/names-en.bin. @param guesses false: only what
 * a key, a label or a grammar says; the model's own word costs twenty times that. @throws RangeError where they are
 * none.
 */
export function createTagger(model: Uint8Array, english: Uint8Array, guesses = true): Tagger {
  const known = readModel(model, english);
  const people = new People(known);
  const addresses = new Addresses(known.lexicon);

  function read(text: string, key: string): readonly NameSpan[] {
    if (text.length < 2 || !READABLE.test(text)) return NONE;
    const keyed = text.length <= VALUE_MAX ? byKey(text, key) : null;
    if (keyed !== null) return [keyed];
    const view = squeeze(text);
    if (view === null) return inPlain(text);
    return inPlain(view.text).map((span) => {
      const start = view.at[span.start]!;
      return { ...span, start, end: view.at[span.end - 1]! + 1 };
    });
  }

  function byKey(text: string, key: string): NameSpan | null {
    const says = keySays(key);
    if (says === null) return null;
    const start = text.length - text.trimStart().length;
    const end = text.trimEnd().length;
    const value = canonicalName(text.slice(start, end));
    const fits = says === "address" ? looksLikeAddress(value) : people.looksLikeName(value, says === "person");
    if (!fits) return null;
    return { type: says === "address" ? "address" : "person", start, end, certainty: "key", canonical: value };
  }

  function looksLikeAddress(value: string): boolean {
    if (value.length < 4 || /^[\w.+-]+@|:\/\/|^[\d.:a-fA-F]+$/u.test(value)) return false;
    if (/[\u3400-\u9fff]/u.test(value)) return /[^\u3400-\u9fff]|[省市区县镇乡村路街道巷弄号室楼苑园厦组]/u.test(value);
    return /\d/u.test(value) && /[A-Za-z]{2}.*[ ,]|[ ,].*[A-Za-z]{2}/u.test(value);
  }

  /** `"xm": "张伟"`: members of a document that stands in the text, tool arguments above all. */
  function keyedInside(text: string): readonly NameSpan[] {
    const spans: NameSpan[] = [];
    if (!MEMBERS.test(text)) return spans;
    for (const match of text.matchAll(MEMBER)) {
      const value = match[3]!;
      const span = byKey(value, match[2]!);
      const from = match.index + match[1]!.length;
      if (span !== null) spans.push({ ...span, start: from + span.start, end: from + span.end });
    }
    return spans;
  }

  function inPlain(text: string): readonly NameSpan[] {
    const spans: NameSpan[] = [];
    const taken = new Uint8Array(text.length);
    const put = ({ start, end }: Stretch, type: NameSpan["type"], certainty: Span["certainty"]) => {
      for (let i = start; i < end; i++) if (taken[i] === 1) return;
      for (let i = start; i < end; i++) taken[i] = 1;
      spans.push({ type, start, end, certainty, canonical: canonicalName(text.slice(start, end)) });
    };
    for (const { start, end, type } of keyedInside(text)) put({ start, end }, type, "key");
    for (const stretch of addresses.find(text)) put(stretch, "address", "format+context");
    for (const stretch of englishAddresses(text)) put(stretch, "address", "format+context");
    for (const { stretch, certainty } of guesses ? people.find(text) : people.declared(text))
      put(stretch, "person", certainty);
    return spans.sort((a, b) => a.start - b.start);
  }
  return { everywhere: true, read };
}
