// The tokenizer's plain twin. Law: written from RFC 8259 and the tokenizer's own law alone, one character after another
// and by recursion, so that it shares no mistake with what it judges.

export type Row = readonly [kind: number, start: number, end: number, parent: number, slot: number];

class No extends Error {}

const SPACE = /[ \n\r\t]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const CHARACTERS = /[^"\\\x00-\x1f]+|\\["\\/bfnrt]/y;
const UNIT = /\\u([0-9a-fA-F]{4})/y;
const DEPTH_MAX = 128;

/** @returns the rows of `tokenize`, or its code. */
export function rowsOf(bytes: Buffer): readonly Row[] | string {
  try {
    return new Twin(bytes.toString("latin1")).rows();
  } catch (no) {
    if (no instanceof No) return no.message;
    throw no;
  }
}

class Twin {
  readonly #text: string;
  readonly #rows: (readonly [number, number, number, number, number])[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  rows(): readonly Row[] {
    this.#value(-1, -1, 0);
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw new No("json_invalid");
    return this.#rows;
  }

  #take(shape: RegExp): string | null {
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  #sign(sign: string): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#sign(sign)) throw new No("json_invalid");
  }

  #value(parent: number, slot: number, depth: number): void {
    if (this.#sign('"')) return void this.#string(3, parent, slot);
    const start = this.#at;
    if (this.#sign("{")) return this.#members(start, parent, slot, depth + 1);
    if (this.#sign("[")) return this.#items(start, parent, slot, depth + 1);
    const kind = this.#take(NUMBER) !== null ? 4 : this.#take(LITERAL) !== null ? 5 : -1;
    if (kind < 0) throw new No("json_invalid");
    this.#rows.push([kind, start, this.#at, parent, slot]);
  }

  #container(kind: number, start: number, parent: number, slot: number, depth: number): number {
    if (depth > DEPTH_MAX) throw new No("json_too_deep");
    return this.#rows.push([kind, start, start, parent, slot]) - 1;
  }

  #closed(row: number): void {
    const [kind, start, , parent, slot] = this.#rows[row]!;
    this.#rows[row] = [kind, start, this.#at, parent, slot];
  }

  #members(start: number, parent: number, slot: number, depth: number): void {
    const own = this.#container(0, start, parent, slot, depth);
    const names: string[] = [];
    if (!this.#sign("}")) {
      do {
        this.#expect('"');
        const key = this.#rows.length;
        names.push(this.#string(2, own, -1));
        this.#expect(":");
        this.#value(own, key, depth);
      } while (this.#sign(","));
      this.#expect("}");
    }
    if (new Set(names).size < names.length) throw new No("json_ambiguous");
    this.#closed(own);
  }

  #items(start: number, parent: number, slot: number, depth: number): void {
    const own = this.#container(1, start, parent, slot, depth);
    if (!this.#sign("]")) {
      let nth = 0;
      do this.#value(own, nth++, depth);
      while (this.#sign(","));
      this.#expect("]");
    }
    this.#closed(own);
  }

  /** @returns what it says. */
  #string(kind: number, parent: number, slot: number): string {
    const start = this.#at;
    while (this.#take(CHARACTERS) !== null || this.#unit());
    const raw = this.#text.slice(start, this.#at);
    if (this.#text[this.#at++] !== '"') throw new No("json_invalid");
    this.#rows.push([raw.includes("\\") ? kind | 0x10 : kind, start, this.#at - 1, parent, slot]);
    return JSON.parse(`"${Buffer.from(raw, "latin1").toString()}"`) as string;
  }

  /** One `\u`, or the two of a pair. */
  #unit(): boolean {
    const unit = this.#take(UNIT);
    if (unit === null) return false;
    if (!/^\\u[dD][89a-fA-F]/.test(unit)) return true;
    const low = /^\\u[dD][89abAB]/.test(unit) ? this.#take(UNIT) : null;
    if (low === null || !/^\\u[dD][c-fC-F]/.test(low)) throw new No("json_ambiguous");
    return true;
  }
}
