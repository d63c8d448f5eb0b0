// From what the scanner saw to who looks closer. Law: whoever would find something there is asked; what is open by
// mistake costs time alone.

import { triggered, WIDTH, WORDLESS } from "../anchors/clauses.ts";
import { Heard } from "../anchors/heard.ts";
import { Rows } from "../anchors/rows.ts";
import type { Places } from "./places.ts";
import { MARGIN_BYTES, type Windows } from "./windows.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Of what begins somewhere near, not in a row. */
const NOWHERE = -1;

/** The ways that are open at the place in question, and those among them that ask for a word. */
const ways = new Int32Array(WIDTH);
const asked = new Int32Array(WIDTH);

/** Opens windows over one string after another. */
export class Openings {
  readonly #windows: Windows;
  readonly #places: Places;
  readonly #heard = new Heard();
  readonly #rows = new Rows();
  #bytes = NO_BYTES;
  #from = 0;
  #to = 0;
  #raw = false;
  #says: Int32Array | null = null;

  constructor(windows: Windows, places: Places) {
    this.#windows = windows;
    this.#places = places;
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
    this.#places.over(from);
  }

  /** Something whose match begins somewhere else: no shape tells. */
  hit(start: number, end: number, triggers: number): void {
    triggered(triggers, ways);
    if (!this.#isWorded(start, Math.min(end, this.#to), NOWHERE)) return;
    this.#windows.add(this.#bytes, this.#from, this.#to, start, Math.min(end, this.#to), ways);
    this.#places.open(Math.max(this.#from, start - MARGIN_BYTES), Math.min(this.#to, end + MARGIN_BYTES), ways);
  }

  /** Letters and digits, with which a match begins or goes on. @param floor after the last escape. */
  shaped(floor: number, start: number, end: number, triggers: number): void {
    triggered(triggers, ways);
    if (!this.#isWorded(start, end, floor)) return;
    this.#rows.open(floor, start, end, ways, this.#places);
    if (isAny(ways)) this.#windows.add(this.#bytes, this.#from, this.#to, start, end, ways);
  }

  /**
   * Takes out the ways that ask for a word and do not have it. @param floor after the last escape; or NOWHERE.
   * @returns whether any are left.
   */
  #isWorded(start: number, end: number, floor: number): boolean {
    let any = 0;
    let asking = 0;
    for (let word = 0; word < WIDTH; word++) {
      any |= ways[word]!;
      asking |= asked[word] = ways[word]! & ~WORDLESS[word]!;
    }
    // what an escape hides is not heard: the string is scanned once more without
    if (asking === 0 || this.#raw) return any !== 0;
    this.#heard.narrow(start, end, this.#says, asked, floor);
    for (let word = 0; word < WIDTH; word++) ways[word] = (ways[word]! & WORDLESS[word]!) | asked[word]!;
    return isAny(ways);
  }
}

function isAny(set: Int32Array): boolean {
  for (let word = 0; word < WIDTH; word++) if (set[word] !== 0) return true;
  return false;
}
