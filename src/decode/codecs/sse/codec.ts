// text/event-stream (WHATWG HTML §9.2): an array of its events' data. Law: every line is read; data that lies over
// several lines is one text with the stream's own words in between, so it is read and not rewritten.

import type { HeadText } from "../../../words.ts";
import { tokenize } from "../../json/tokenize.ts";
import { orRefused, Refused } from "../../refused.ts";
import type { BodyCodec } from "../codec.ts";
import { looksLikeJson, markedBytes } from "../mark.ts";
import { Shape } from "../shape.ts";

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const DATA = Buffer.from("data");

interface Line {
  readonly start: number;
  readonly end: number;
}

export const sse: BodyCodec = {
  id: "sse",
  media: ["text/event-stream"],
  read: (bytes) => orRefused(() => new Events(bytes).read()),
};

class Events {
  readonly #bytes: Uint8Array;
  readonly #shape = new Shape();
  readonly #head: HeadText[] = [];
  #data: Line[] = [];
  #event = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read() {
    const bytes = this.#bytes;
    this.#shape.array(0);
    for (let at = markedBytes(bytes); at < bytes.length; ) {
      const end = lineEnd(bytes, at);
      if (end === at) this.#dispatch();
      else this.#line(at, end);
      at = end + (bytes[end] === RETURN && bytes[end + 1] === NEWLINE ? 2 : 1);
    }
    this.#dispatch();
    this.#shape.close(bytes.length);
    return { tokens: this.#shape.done(), head: this.#head };
  }

  /** Comments, ids and event names are read like data: somebody may put anything there. */
  #line(start: number, end: number): void {
    const bytes = this.#bytes;
    let colon = start;
    while (colon < end && bytes[colon] !== COLON) colon++;
    const value = Math.min(end, colon + (bytes[colon + 1] === SPACE ? 2 : 1));
    const isData = colon - start === DATA.length && DATA.every((byte, i) => bytes[start + i] === byte);
    if (isData) this.#data.push({ start: value, end });
    else this.#shape.string(colon === end ? start : value, end);
  }

  #dispatch(): void {
    const [only, more] = this.#data;
    if (only !== undefined && more === undefined) this.#whole(only);
    if (more !== undefined) {
      const text = this.#data.map(({ start, end }) => Buffer.from(this.#bytes.subarray(start, end)).toString("utf8"));
      this.#head.push({ where: "reading", name: `data of event ${this.#event}`, text: text.join("\n") });
    }
    if (only !== undefined) this.#event++;
    this.#data = [];
  }

  #whole({ start, end }: Line): void {
    const bytes = this.#bytes.subarray(start, end);
    const tokens = looksLikeJson(bytes) ? tokenize(bytes) : null;
    if (tokens === null) return this.#shape.string(start, end);
    if (!("code" in tokens)) return this.#shape.graft(tokens, start);
    if (tokens.code !== "json_invalid") throw new Refused(tokens.code, `event ${this.#event}: ${tokens.detail} of it`);
    this.#shape.string(start, end);
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== NEWLINE && bytes[at] !== RETURN) at++;
  return at;
}
