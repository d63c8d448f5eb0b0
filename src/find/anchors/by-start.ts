// Literals by how they begin. Law: whatever stands at a place is in a list of that place; what else is in the list
// costs a comparison. Letters of ASCII count in either case.

const TRIPLES = 1 << 15;
const PLANE = 1 << 16;
const LETTERS = 32;
/** Spreads pairs over a table: an odd number. */
const SPREAD = 0x9e35;

/** Lists of whatever belongs to a literal: at most two for each place of a text, most often none. */
export class ByStart<T> {
  /** By three bytes, the first of ASCII, five bits each; by two others; by the first of those that no other follows. */
  readonly #triples = new Uint16Array(TRIPLES);
  readonly #pairs = new Uint16Array(PLANE);
  readonly #units = new Uint16Array(PLANE);
  /** Zero is no list. */
  readonly #lists: T[][] = [[]];
  /** A bit for each of the tables: most places begin nothing, and a small table stays near. */
  readonly #isTriple = new Uint8Array(TRIPLES >> 3);
  readonly #isPair = new Uint8Array(PLANE >> 3);
  readonly #isUnit = new Uint8Array(PLANE >> 3);

  /** @param text of two units or more, or one that is not ASCII. */
  add(text: string, one: T): void {
    const first = text.charCodeAt(0);
    const second = text.charCodeAt(1);
    if (first >= 0x80 && second >= 0x80) this.#into(this.#pairs, this.#isPair, pair(first, second), one);
    else if (first >= 0x80) this.#into(this.#units, this.#isUnit, first, one);
    else {
      const [, next, last] = Buffer.from(text);
      for (const third of last === undefined ? Array(LETTERS).keys() : [last])
        this.#into(this.#triples, this.#isTriple, triple(first, next!, third), one);
    }
  }

  #into(table: Uint16Array, bits: Uint8Array, at: number, one: T): void {
    if (table[at] === 0) table[at] = this.#lists.push([]) - 1;
    bits[at >> 3]! |= 1 << (at & 7);
    this.#lists[table[at]!]!.push(one);
  }

  /** @returns what may stand where these three bytes do, the first of ASCII: 0 for nothing, or a list. */
  ofAscii(one: number, two: number, three: number): number {
    const at = triple(one, two, three);
    return (this.#isTriple[at >> 3]! & (1 << (at & 7))) === 0 ? 0 : this.#triples[at]!;
  }

  /** The same of two units that are not ASCII, */
  ofPair(one: number, two: number): number {
    const at = pair(one, two);
    return (this.#isPair[at >> 3]! & (1 << (at & 7))) === 0 ? 0 : this.#pairs[at]!;
  }

  /** and of one, whatever follows. */
  ofUnit(unit: number): number {
    return (this.#isUnit[unit >> 3]! & (1 << (unit & 7))) === 0 ? 0 : this.#units[unit]!;
  }

  list(nth: number): readonly T[] {
    return this.#lists[nth]!;
  }
}

function triple(one: number, two: number, three: number): number {
  return ((one & 31) << 10) | ((two & 31) << 5) | (three & 31);
}

function pair(one: number, two: number): number {
  return (one ^ Math.imul(two, SPREAD)) & (PLANE - 1);
}
