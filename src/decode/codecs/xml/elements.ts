// The elements of one document → Tokens. Law: iterative; every character between `<` and the end is markup that is
// understood, or text that is a token; a name that could hold personal information is read and cannot be rewritten.

import type { HeadText } from "../../../words.ts";
import { ENTITY, textIn } from "../../escapes.ts";
import { Refused } from "../../refused.ts";
import { entityAt } from "../../xml-entity.ts";
import { markedBytes } from "../mark.ts";
import { Shape } from "../shape.ts";
import { afterSpace, isSpace, nameEnd } from "./names.ts";

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const AMPERSAND = 0x26;
const CDATA = Buffer.from("<![CDATA[");
const CDATA_END = Buffer.from("]]>");
const COMMENT = Buffer.from("<!--");
const COMMENT_END = Buffer.from("--");
const INSTRUCTION = Buffer.from("<?");
const INSTRUCTION_END = Buffer.from("?>");
/** A name that says more than what it names. */
const TELLING = /[^\u0000-\u007f]|\d{4}/;
const NAMES_MAX = 1000;

interface Open {
  readonly start: number;
  readonly end: number;
}

export class Elements {
  readonly #bytes: Buffer;
  readonly #shape = new Shape();
  readonly #stack: Open[] = [];
  readonly #telling = new Set<string>();
  readonly #head: HeadText[] = [];
  #at: number;
  #roots = 0;
  /** Chunks of text that nothing parts but an element that touches them: who reads the document reads them as one. */
  #chunks: string[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = markedBytes(bytes);
  }

  read() {
    const bytes = this.#bytes;
    this.#shape.object(this.#at);
    if (this.#is(INSTRUCTION)) this.#instruction();
    while (this.#at < bytes.length) {
      if (bytes[this.#at] !== LT) this.#text();
      else if (this.#is(CDATA)) this.#cdata();
      else if (this.#is(COMMENT)) this.#comment();
      else if (this.#is(INSTRUCTION)) this.#instruction();
      else if (bytes[this.#at + 1] === SLASH) this.#endTag();
      else this.#startTag();
    }
    if (this.#stack.length > 0 || this.#roots !== 1) this.#invalid();
    this.#joined();
    this.#shape.close(bytes.length);
    for (const name of this.#telling) this.#head.push({ where: "reading", name: "a name in the XML", text: name });
    return { tokens: this.#shape.done(), head: this.#head };
  }

  #startTag(): void {
    if (isSpace(this.#bytes[this.#at - 1]!)) this.#joined();
    if (this.#stack.length === 0 && this.#roots++ > 0) this.#invalid();
    const name = this.#name(this.#at + 1);
    this.#shape.key(name.start, name.end);
    const opened = this.#attributes();
    const bytes = this.#bytes;
    if (bytes[this.#at] === SLASH && bytes[this.#at + 1] === GT) {
      this.#at += 2;
      if (opened) this.#shape.close(this.#at);
      else this.#shape.string(this.#at, this.#at);
      return;
    }
    if (bytes[this.#at] !== GT) this.#invalid();
    this.#at++;
    if (!opened && this.#simple(name)) return;
    if (!opened) this.#shape.object(name.start);
    this.#stack.push(name);
  }

  /** An element that holds nothing but one run of text is a string. @returns whether it was one. */
  #simple(name: Open): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    let end = start;
    while (end < bytes.length && bytes[end] !== LT) end++;
    if (bytes[end + 1] !== SLASH) return false;
    this.#checkText(start, end);
    this.#shape.string(start, end, ENTITY);
    this.#at = end;
    this.#close(name);
    if (this.#chunks.length > 0 || this.#isTouched()) this.#chunks.push(textIn(bytes, start, end, ENTITY));
    return true;
  }

  /** @returns whether there were any: then the element's object is open. */
  #attributes(): boolean {
    const bytes = this.#bytes;
    const seen = new Set<string>();
    for (;;) {
      const at = afterSpace(bytes, this.#at);
      if (bytes[at] === GT || bytes[at] === SLASH) {
        this.#at = at;
        return seen.size > 0;
      }
      if (at === this.#at) this.#invalid();
      if (seen.size === 0) this.#shape.object(at);
      const { start, end } = this.#name(at);
      const name = bytes.toString("latin1", start, end);
      if (seen.has(name)) this.#invalid();
      seen.add(name);
      this.#shape.key(start, end);
      this.#attributeValue();
    }
  }

  #attributeValue(): void {
    const bytes = this.#bytes;
    const equals = afterSpace(bytes, this.#at);
    if (bytes[equals] !== 0x3d) this.#invalid();
    const open = afterSpace(bytes, equals + 1);
    const quote = bytes[open];
    if (quote !== 0x22 && quote !== 0x27) this.#invalid();
    const end = bytes.indexOf(quote!, open + 1);
    if (end < 0) this.#invalid();
    this.#checkText(open + 1, end);
    if (bytes.subarray(open + 1, end).includes(LT)) this.#invalid();
    this.#shape.string(open + 1, end, ENTITY);
    this.#at = end + 1;
  }

  #endTag(): void {
    const open = this.#stack.pop();
    if (open === undefined) this.#invalid();
    this.#close(open!);
    if (!this.#isTouched()) this.#joined();
    this.#shape.close(this.#at);
  }

  /** `</name>` at the cursor. */
  #close({ start, end }: Open): void {
    const bytes = this.#bytes;
    const from = this.#at + 2;
    const to = from + end - start;
    if (bytes.compare(bytes, from, Math.min(to, bytes.length), start, end) !== 0) this.#invalid();
    const at = afterSpace(bytes, to);
    if (bytes[at] !== GT) this.#invalid();
    this.#at = at + 1;
  }

  /** Whether text follows with nothing between. */
  #isTouched(): boolean {
    const byte = this.#bytes[this.#at];
    return byte !== undefined && byte !== LT && !isSpace(byte);
  }

  #text(): void {
    const start = this.#at;
    const found = this.#bytes.indexOf(LT, start);
    const end = found < 0 ? this.#bytes.length : found;
    this.#at = end;
    if (this.#isBlank(start, end)) return;
    if (this.#stack.length === 0) this.#invalid(start);
    this.#checkText(start, end);
    this.#chunk(start, end, ENTITY);
  }

  #cdata(): void {
    const start = this.#at + CDATA.length;
    const end = this.#bytes.indexOf(CDATA_END, start);
    if (end < 0 || this.#stack.length === 0) this.#invalid();
    this.#at = end + CDATA_END.length;
    this.#chunk(start, end, 0);
  }

  #comment(): void {
    const start = this.#at + COMMENT.length;
    const end = this.#bytes.indexOf(COMMENT_END, start);
    if (end < 0 || this.#bytes[end + 2] !== GT) this.#invalid();
    this.#at = end + 3;
    this.#nameless(start, end, 0);
  }

  #instruction(): void {
    const start = this.#at + INSTRUCTION.length;
    const end = this.#bytes.indexOf(INSTRUCTION_END, start);
    if (end < 0) this.#invalid();
    this.#at = end + INSTRUCTION_END.length;
    this.#nameless(start, end, 0);
  }

  #chunk(start: number, end: number, escapes: number): void {
    this.#nameless(start, end, escapes);
    this.#chunks.push(textIn(this.#bytes, start, end, escapes));
  }

  /** Text that has no name: a member whose name is empty. */
  #nameless(start: number, end: number, escapes: number): void {
    this.#shape.key(start, start);
    this.#shape.string(start, end, escapes);
  }

  #joined(): void {
    if (this.#chunks.length > 1)
      this.#head.push({ where: "reading", name: "text in several sections", text: this.#chunks.join("") });
    if (this.#chunks.length > 0) this.#chunks = [];
  }

  #name(start: number): Open {
    const end = nameEnd(this.#bytes, start);
    if (end === start) this.#invalid(start);
    this.#at = end;
    const text = this.#bytes.toString("utf8", start, end);
    if (TELLING.test(text)) this.#telling.add(text);
    if (this.#telling.size > NAMES_MAX) throw new Refused("body_invalid", "xml: too many different names");
    return { start, end };
  }

  /** No reference but those that stand for a character, and no `]]>`. */
  #checkText(start: number, end: number): void {
    const text = this.#bytes.subarray(start, end);
    for (let at = text.indexOf(AMPERSAND); at >= 0; at = text.indexOf(AMPERSAND, at)) {
      const { length } = entityAt(text, at);
      if (length === 0) this.#invalid(start + at);
      at += length;
    }
    const close = text.indexOf(CDATA_END);
    if (close >= 0) this.#invalid(start + close);
  }

  #isBlank(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (!isSpace(this.#bytes[at])) return false;
    return true;
  }

  #is(word: Buffer): boolean {
    return (
      this.#bytes.compare(word, 0, word.length, this.#at, Math.min(this.#at + word.length, this.#bytes.length)) === 0
    );
  }

  #invalid(at = this.#at): never {
    throw new Refused("body_invalid", `xml: not well-formed (or a document type) at byte ${at}`);
  }
}
