// How much may come out of a file. Law: whatever is opened is paid for here first, whoever opens it and however deep.

import { Refused } from "../../decode/refused.ts";

/** Up to here any ratio is allowed; beyond, at most this many times the bytes of the file (decode/encodings.ts). */
const RATIO_FREE_BYTES = 1 << 20;
const RATIO_MAX = 100;
/** What lies between the packed file and its texts (markup, pictures) may be so many times the limit of a body. */
const INFLATED_PER_LIMIT = 4;
export const ENTRIES_MAX = 4_000;
/** A file in a file in a file: an archive, a document in it, a table embedded there. */
export const DEPTH_MAX = 2;

export class Budget {
  #inflatedLeft: number;
  #textLeft: number;
  #entriesLeft = ENTRIES_MAX;

  /** @param fileBytes of the outermost file. @param bytesMax the limit of a body, for the texts that come out. */
  constructor(fileBytes: number, bytesMax: number) {
    this.#inflatedLeft = Math.min(INFLATED_PER_LIMIT * bytesMax, Math.max(RATIO_FREE_BYTES, fileBytes * RATIO_MAX));
    this.#textLeft = bytesMax;
  }

  get inflatedLeft(): number {
    return this.#inflatedLeft;
  }

  /** Throws Refused, as all of these. */
  inflated(bytes: number): void {
    this.#inflatedLeft -= bytes;
    if (this.#inflatedLeft < 0) this.tooLarge("it unpacks to more than the limits allow");
  }

  entries(count: number): void {
    this.#entriesLeft -= count;
    if (this.#entriesLeft < 0) this.tooLarge(`more than ${ENTRIES_MAX} entries`);
  }

  text(bytes: number): void {
    this.#textLeft -= bytes;
    if (this.#textLeft < 0) this.tooLarge("its text is over the limit");
  }

  tooLarge(what: string): never {
    throw new Refused("body_too_large", `a file: ${what}`);
  }
}
