// Literals by how they begin. Law: whatever stands at a place is in the list of that place; what else is in the list
// costs a comparison. Letters of ASCII count in either case.

const TRIPLES = 1 << 15;
const PLANE = 1 << 16;
const LETTERS = 32;

/** Lists of whatever belongs to a literal, one look for each place of a text. */
export class ByStart<T> {
  /** By three units of ASCII, five bits each; and by the first unit of all others. Zero is no list. */
  readonly #triples = new Uint16Array(TRIPLES);
  readonly #units = new Uint16Array(PLANE);
  readonly #lists: T[][] = [[]];
  /** A bit for each of both tables: most places begin nothing, and a small table stays near. */
  readonly #isTriple = new Uint8Array(TRIPLES >> 3);
  readonly #isUnit = new Uint8Array(PLANE >> 3);

  /** @param text of two units or more, or one that is not ASCII. */
  add(text: string, one: T): void {
    const first = text.charCodeAt(0);
    if (first >= 0x80) return this.#into(this.#units, this.#isUnit, first, one);
    const second = text.charCodeAt(1);
    const thirds = text.length > 2 ? [text.charCodeAt(2)] : Array(LETTERS).keys();
    for (const third of thirds) this.#into(this.#triples, this.#isTriple, triple(first, second, third), one);
  }

  #into(table: Uint16Array, bits: Uint8Array, at: number, one: T): void {
    if (table[at] === 0) table[at] = this.#lists.push([]) - 1;
    bits[at >> 3]! |= 1 << (at & 7);
    this.#lists[table[at]!]!.push(one);
  }

  /** @returns what may stand where these three units, or bytes, of ASCII do: 0 for nothing, or a list. */
  ofAscii(one: number, two: number, three: number): number {
    const at = triple(one, two, three);
    return (this.#isTriple[at >> 3]! & (1 << (at & 7))) === 0 ? 0 : this.#triples[at]!;
  }

  /** The same of a unit that is not ASCII. */
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
