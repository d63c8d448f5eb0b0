// From what the scanner saw to who looks closer. Law: whoever would find something there is asked; what is open by
// mistake costs time alone.

import { highOf, lowOf, triggered, WIDTH, WORDLESS } from "../anchors/clauses.ts";
import { Heard } from "../anchors/heard.ts";
import { Rows } from "../anchors/rows.ts";
import type { Windows } from "./windows.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** The ways that are open at the place in question, and those among them that ask for a word. */
const ways = new Int32Array(WIDTH);
const asked = new Int32Array(WIDTH);

/** Opens windows over one string after another. */
export class Openings {
  readonly #windows: Windows;
  readonly #heard = new Heard();
  readonly #rows = new Rows();
  #bytes = NO_BYTES;
  #from = 0;
  #to = 0;
  #raw = false;
  #says: Int32Array | null = null;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  /** @param raw the string holds escapes. @param says the ways whose words the member's name says. */
  over(bytes: Uint8Array, from: number, to: number, raw: boolean, says: Int32Array | null): void {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    this.#raw = raw;
    this.#says = says;
    this.#heard.over(bytes, from, to);
    this.#rows.over(bytes, to, raw);
  }

  /** Something whose match begins somewhere else: no shape tells. */
  hit(start: number, end: number, triggers: number): void {
    triggered(triggers, ways);
    this.#open(start, Math.min(end, this.#to));
  }

  /** Letters and digits, with which a match begins or goes on. @param floor after the last escape. */
  shaped(floor: number, start: number, end: number, triggers: number): void {
    triggered(triggers, ways);
    this.#rows.narrow(floor, start, end, ways);
    this.#open(start, end);
  }

  /** A window for the ways that are left, once those that ask for a word have it. */
  #open(start: number, end: number): void {
    let any = 0;
    let asking = 0;
    for (let word = 0; word < WIDTH; word++) {
      any |= ways[word]!;
      asking |= asked[word] = ways[word]! & ~WORDLESS[word]!;
    }
    if (any === 0) return;
    // what an escape hides is not heard: the string is scanned once more without
    if (asking !== 0 && !this.#raw) {
      this.#heard.narrow(start, end, this.#says, asked);
      any = 0;
      for (let word = 0; word < WIDTH; word++) any |= ways[word] = (ways[word]! & WORDLESS[word]!) | asked[word]!;
      if (any === 0) return;
    }
    this.#windows.add(this.#bytes, this.#from, this.#to, start, end, lowOf(ways), highOf(ways));
  }
}
