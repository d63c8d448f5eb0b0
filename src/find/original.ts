// Law 6: the text inside prints, serialises and inspects as "[original]"; only `reveal` gives it out.

import type { Original } from "../words.ts";

export class FoundText implements Original {
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
