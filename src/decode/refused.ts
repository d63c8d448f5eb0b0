// A refusal on its way out of a reader. Law: not an Error, because nobody reads its stack; `detail` says a place, never
// text.

import type { Unreadable } from "../words.ts";

export class Refused {
  readonly unreadable: Unreadable;

  constructor(code: Unreadable["code"], detail: string) {
    this.unreadable = { code, detail };
  }
}

/** @returns what `read` returns, or what it refused with. Anything else that is thrown is a bug and goes on. */
export function orRefused<T>(read: () => T): T | Unreadable {
  try {
    return read();
  } catch (refused) {
    if (refused instanceof Refused) return refused.unreadable;
    throw refused;
  }
}
