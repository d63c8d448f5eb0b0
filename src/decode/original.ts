// Law: the text inside prints as "[original]" in every way that JavaScript prints; only `reveal` gives it out.

import type { Original } from "../words.ts";

class Held implements Original {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return "[original]";
  }

  toJSON(): string {
    return "[original]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[original]";
  }
}

/** Takes payload text out of sight. */
export function hold(text: string): Original {
  return new Held(text);
}
